"""Comment sheets on the Unit's pages: read, placed by hand, imported once, and exported."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.documents.comment_sheet import read_comment_sheet
from consultations.extensions import db
from consultations.models.comments import Comment
from tests import browsing
from tests.conftest import signed_in
from tests.factories import comments as make
from tests.factories import people
from workflows.roles import Role

HEADS = "MB,Clause,Paragraph,Type,Comment,Proposed change,Observations of the secretariat\n"
GOOD = "ORG,1.1,,te,Too <b>long</b>,Cut,\n"
ODD = "DE,1.1-1.2,,te,Elsewhere,,\n"


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.Scene:
    """An open round; the first organisation has the code ORG."""
    monkeypatch.setattr("consultations.clock.now", lambda: make.DURING)
    made = make.scene()
    made.organisations[0].code = "ORG"
    db.session.commit()
    return made


@pytest.fixture
def unit(client: FlaskClient, scene: make.Scene) -> FlaskClient:
    """The Unit's staff, reading English."""
    signed_in(client, scene.unit)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def uploaded(client: FlaskClient, scene: make.Scene, rows: str, name: str = "sheet.csv"):
    url = f"/unit/rounds/{scene.round.id}/comments/import"
    return browsing.post(client, url, file=(io.BytesIO((HEADS + rows).encode()), name))


def stored() -> list[tuple[str | None, str]]:
    db.session.rollback()
    rows = db.session.query(Comment).order_by(Comment.id)
    return [(comment.node.number if comment.node else None, comment.versions[0].text) for comment in rows]


def test_a_sheet_is_checked_then_imported_once(unit: FlaskClient, scene: make.Scene) -> None:
    check = uploaded(unit, scene, GOOD)
    assert check.status_code == 303
    page = unit.get(check.location).get_data(as_text=True)
    assert ("Too &lt;b&gt;long&lt;/b&gt;" in page, stored()) == (True, [])
    done = browsing.post(unit, check.location, confirm="1")
    assert (done.status_code, done.location) == (303, f"/unit/rounds/{scene.round.id}")
    assert stored() == [("1.1", "Too <b>long</b>")]
    assert "One comment is imported." in unit.get(done.location).get_data(as_text=True)
    gone = unit.get(check.location)
    assert gone.location == f"/unit/rounds/{scene.round.id}/comments/import"  # the file is not kept
    again = unit.get(uploaded(unit, scene, GOOD).location).get_data(as_text=True)
    assert ("There is nothing to import" in again, "already in the round" in again) == (True, True)


def test_what_matches_nothing_is_placed_by_hand(unit: FlaskClient, scene: make.Scene) -> None:
    url = uploaded(unit, scene, GOOD + ODD).location
    page = unit.get(url).get_data(as_text=True)
    assert ("Clauses that match nothing" in page, "Organisations that were not found" in page) == (True, True)
    refused = browsing.post(unit, url, confirm="1")
    assert (refused.status_code, stored()) == (409, [])
    wrong = browsing.post(unit, url, **{"clause-0": "7.7", "body-0": "NOBODY", "check": "1"})
    shown = wrong.get_data(as_text=True)
    assert shown.count("No clause has this number.") == 2  # beside the field, and at the top with a link
    assert ('href="#clause-0"' in shown, 'href="#body-0"' in shown, 'value="7.7"' in shown) == (True,) * 3
    done = browsing.post(unit, url, **{"clause-0": "1.2", "body-0": "org", "confirm": "1"})
    assert (done.status_code, stored()) == (303, [("1.1", "Too <b>long</b>"), ("1.2", "Elsewhere")])


def test_only_the_rows_without_error_when_that_is_asked_for(unit: FlaskClient, scene: make.Scene) -> None:
    url = uploaded(unit, scene, GOOD + ODD).location
    done = browsing.post(unit, url, confirm="1", only_valid="y")
    assert len(stored()) == 1
    assert "One row was left out." in unit.get(done.location).get_data(as_text=True)


def test_rows_are_shown_a_page_at_a_time_and_what_was_typed_stays(
    unit: FlaskClient, scene: make.Scene
) -> None:
    rows = "".join(f"ORG,1.1,,te,Comment number {n}.,,\n" for n in range(120)) + ODD
    url = uploaded(unit, scene, rows).location
    first = unit.get(url).get_data(as_text=True)
    assert first.index("Elsewhere") < first.index("Comment number 0.")  # what is in error comes first
    assert ("Comment number 48." in first, "Comment number 49." in first) == (True, False)
    second = browsing.post(unit, url, page="2", **{"body-0": "ORG"}).get_data(as_text=True)
    assert ("Comment number 48." in second, "Comment number 49." in second) == (False, True)
    assert ("Page 2 of 3" in second, 'value="ORG"' in second) == (True, True)


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.docx"])
def test_a_file_that_is_no_sheet_says_why(unit: FlaskClient, scene: make.Scene, name: str) -> None:
    url = f"/unit/rounds/{scene.round.id}/comments/import"
    answer = browsing.post(unit, url, file=(io.BytesIO(b"nothing of the kind"), name))
    assert (answer.status_code, "No table of comments was found" in answer.get_data(as_text=True)) == (
        400,
        True,
    )


def test_nobody_opens_the_file_of_another(unit: FlaskClient, scene: make.Scene) -> None:
    url = uploaded(unit, scene, GOOD).location
    signed_in(unit, scene.second)
    assert unit.get(url).location == f"/unit/rounds/{scene.round.id}/comments/import"
    assert unit.get(f"/unit/rounds/{scene.round.id}/comments/import/..").status_code == 404


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_the_unit_and_the_auditor_export_all(unit: FlaskClient, scene: make.Scene, form: str) -> None:
    make.comment(scene, text="Uno")
    db.session.commit()
    url = f"/unit/rounds/{scene.round.id}/comments/export/{form}"
    answer = unit.get(url)
    assert [row.comment for row in read_comment_sheet(answer.data, "x").rows] == ["Uno"]
    assert f"-comments.{form}" in answer.headers["Content-Disposition"]
    auditor = people.actor(Role.AUDITOR)
    db.session.commit()
    signed_in(unit, auditor)
    assert unit.get(url).status_code == 200
    page = unit.get(f"/unit/rounds/{scene.round.id}").get_data(as_text=True)
    assert (url in page, "comments/import" in page) == (True, False)
