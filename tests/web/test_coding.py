"""Coding in the browser: the codebook, points coded blind by two people, their agreement, what they settle, and files."""

import csv
import gzip
import re
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.actor import Actor
from consultations.engine import coding as verbs
from consultations.extensions import db
from consultations.models.coding import CodingSample, SettledMark
from consultations.models.comments import Comment
from consultations.models.points import Tag, TagMark
from tests.browsing import post, token
from tests.factories import people
from tests.factories.coding import WATER, code, draw
from tests.factories.comments import AFTER, Scene, answering, comment, scene
from tests.web.visiting import english
from workflows.roles import Role


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    comment(made, who=0, text="No alcanza el agua.")
    comment(made, who=1, clause=None, text="Cuesta mucho.")
    answering(made)
    db.session.commit()
    return made


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    return english(client, who, AFTER)


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def ids(model: type) -> list[int]:
    return list(db.session.scalars(select(model.id).order_by(model.id)))  # type: ignore[attr-defined]


def coded(client: FlaskClient, who: Actor, *wanted: tuple[int, ...]) -> None:
    """Code the scene's comments in turn with these codes, none where empty."""
    acting(client, who)
    for comment_id, codes in zip(ids(Comment), wanted, strict=True):
        url = f"/desk/comments/{comment_id}/points/1/codes"
        data: dict[str, object] = {"csrf_token": token(client, url), "codes": [str(code) for code in codes]}
        if not codes:
            data["none"] = "1"
        assert client.post(url, data=data).status_code == 303


def test_codes_are_written_changed_and_taken_out(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/codes"
    acting(client, here.unit)
    assert post(client, url, code="water", meaning="Amounts.").status_code == 303
    assert post(client, url, code="water", meaning="Something else.").status_code == 409
    assert post(client, url, code="", meaning="").status_code == 400
    (tag,) = ids(Tag)
    assert post(client, f"{url}/{tag}", meaning="Amounts of water.").status_code == 303
    assert "Amounts of water." in text(client, url)
    assert post(client, f"{url}/{tag}/retire", page_url=url).status_code == 303
    assert ids(Tag) == []


def test_two_code_alone_then_see_their_agreement_and_settle(client: FlaskClient, here: Scene) -> None:
    water, cost = code(here, WATER), code(here, "cost")
    db.session.commit()
    codes = water.id, cost.id
    base = f"/desk/rounds/{here.round.id}"
    acting(client, here.unit)
    kept = post(
        client,
        f"{base}/samples/new",
        size="5",
        first_id=str(here.unit.person_id),
        second_id=str(here.second.person_id),
    )
    assert kept.location == f"{base}/samples/1"
    assert len(db.session.scalars(select(CodingSample.seed)).one()) == 32
    one, two = ids(Comment)
    assert client.get(f"{base}/codes/next").location == f"/desk/comments/{one}/points/1/codes"
    coded(client, here.unit, (codes[0],), (codes[0],))
    acting(client, here.second)
    blind = text(client, f"/desk/comments/{one}/points/1/codes"), text(client, f"{base}/samples/1")
    assert "checked" not in blind[0]
    assert "Cohen" not in blind[1]
    assert _row(text(client, f"{base}/codes"), WATER) == ["0", "0", "0"]
    assert WATER not in text(client, f"{base}/codes/marks.csv")
    coded(client, here.second, (codes[0],), (codes[1],))
    page = text(client, f"{base}/samples/1")
    assert _row(page, WATER) == ["2", "1", "50.0 %", "0.000", "0.000"]
    assert _row(page, "All codes") == ["4", "2", "50.0 %", "0.000", "0.125"]
    assert "Not settled: 2 of 2" in page
    told = {"code": codes[0], "comment": two, "point": 1, "applies": "no"}
    settled = client.post(
        f"{base}/samples/1/settle", data={**told, "csrf_token": token(client, f"{base}/samples/1")}
    )
    assert settled.status_code == 303
    assert db.session.scalars(select(SettledMark.applies)).all() == [False]
    name = db.session.get_one(people.Person, here.second.person_id).name
    acting(client, here.unit)
    page = text(client, f"{base}/samples/1")
    assert ("Not settled: 2 of 2" in page, f"{name} proposes: it does not fit" in page) == (True, True)
    client.post(f"{base}/samples/1/settle", data={**told, "csrf_token": token(client, f"{base}/samples/1")})
    page = text(client, f"{base}/samples/1")
    assert "Not settled: 1 of 2" in page
    assert "Settled: it does not fit" in page
    assert _row(text(client, f"{base}/codes"), WATER) == ["1", "1", "0"]
    assert _row(text(client, f"{base}/codes"), "cost") == ["0", "0", "1"]


def _row(page: str, name: str) -> list[str]:
    """The figures of the row that names this code."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if re.search(rf">(?:<b>)?{name}<", row))
    return re.findall(r'<td class="n"[^>]*>([^<]*)</td>', row)


def test_kappa_that_is_not_defined_is_said_so(client: FlaskClient, here: Scene) -> None:
    water = code(here, WATER).id
    draw(here)
    db.session.commit()
    for who in (here.unit, here.second):
        coded(client, who, (water,), (water,))
    page = text(acting(client, here.chair), f"/desk/rounds/{here.round.id}/samples/1")
    assert page.count("not defined: both said the same everywhere") == 4
    assert "100.0 %" in page


def test_nothing_ticked_is_asked_about(client: FlaskClient, here: Scene) -> None:
    code(here, WATER)
    db.session.commit()
    url = f"/desk/comments/{ids(Comment)[0]}/points/1/codes"
    acting(client, here.unit)
    answer = client.post(url, data={"csrf_token": token(client, url)})
    assert answer.status_code == 400
    assert "say that none fits" in answer.get_data(as_text=True)
    assert ids(TagMark) == []


def test_a_point_outside_a_sample_shows_what_colleagues_found(client: FlaskClient, here: Scene) -> None:
    water = code(here, WATER).id
    db.session.commit()
    coded(client, here.unit, (water,), ())
    url = f"/desk/comments/{ids(Comment)[0]}/points/1/codes"
    name = db.session.get_one(people.Person, here.unit.person_id).name
    assert f"<li>{name}: {WATER}</li>" in text(acting(client, here.second), url)


def test_a_third_person_is_kept_out_of_a_sample(client: FlaskClient, here: Scene) -> None:
    water = code(here, WATER).id
    draw(here)
    db.session.commit()
    url = f"/desk/comments/{ids(Comment)[0]}/points/1/codes"
    acting(client, here.head)
    assert 'name="codes"' not in text(client, url)
    page = f"/desk/rounds/{here.round.id}/samples/new"
    refused = client.post(url, data={"csrf_token": token(client, page), "codes": str(water)})
    assert refused.status_code == 409
    assert ids(TagMark) == []
    assert (
        client.get(f"/desk/rounds/{here.round.id}/codes/next").location
        == f"/desk/rounds/{here.round.id}/codes"
    )


@pytest.mark.parametrize("role", ["auditor", "chair"])
def test_readers_read_and_change_nothing(client: FlaskClient, here: Scene, role: str) -> None:
    water = code(here, WATER).id
    who = people.actor(Role.AUDITOR) if role == "auditor" else here.chair
    db.session.commit()
    acting(client, who)
    base = f"/desk/rounds/{here.round.id}/codes"
    point = f"/desk/comments/{ids(Comment)[0]}/points/1/codes"
    assert 'name="meaning"' not in text(client, base)
    assert 'name="codes"' not in text(client, point)
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', text(client, "/account"))[1]  # type: ignore[index]
    written = client.post(base, data={"csrf_token": csrf, "code": "x", "meaning": "y"})
    ticked = client.post(point, data={"csrf_token": csrf, "codes": str(water)})
    assert (written.status_code, ticked.status_code, ids(Tag), ids(TagMark)) == (409, 409, [water], [])


def test_the_files_hold_the_codebook_and_every_mark(client: FlaskClient, here: Scene) -> None:
    water, cost = code(here, "=water").id, code(here, "cost").id
    sample = draw(here)
    for who, second in ((here.unit, set()), (here.second, {cost})):
        verbs.code_point(*sample.points[0], {water}, by=who, at=AFTER)
        verbs.code_point(*sample.points[1], second, by=who, at=AFTER)
    for who in (here.unit, here.second):
        verbs.settle(sample.id, cost, *sample.points[1], applies=True, by=who, at=AFTER)
    db.session.commit()
    acting(client, here.unit)
    base = f"/desk/rounds/{here.round.id}/codes"
    assert table(client, f"{base}/codebook.csv") == [
        ["code", "meaning", "points", "comments", "organisations", "differing"],
        ["'=water", "What is said of =water.", "1", "1", "1", "0"],
        ["cost", "What is said of cost.", "1", "1", "1", "0"],
    ]
    names = [db.session.get_one(people.Person, who.person_id).name for who in (here.unit, here.second)]
    assert table(client, f"{base}/marks.csv") == [
        ["comment", "point", "clause", "code", "by", "what"],
        ["R1-1", "1", "1.1", "'=water", names[0], "mark"],
        ["R1-1", "1", "1.1", "'=water", names[1], "mark"],
        ["R1-2", "1", "", "", names[0], "none"],
        ["R1-2", "1", "", "cost", names[1], "mark"],
        ["R1-2", "1", "", "cost", "", "settled_yes"],
    ]


def table(client: FlaskClient, url: str) -> list[list[str]]:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "path",
    [
        "rounds/987654/codes",
        "rounds/987654/samples/1",
        "comments/987654/points/1/codes",
        "rounds/987654/codes/marks.csv",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, here: Scene, path: str) -> None:
    text(acting(client, here.unit), f"/desk/{path}", 404)


def test_pages_stay_light_and_ask_as_often_for_many_as_for_few(client: FlaskClient, here: Scene) -> None:
    here.round.state = "open"
    more = [comment(here, text="Otro comentario bastante largo, como se escriben. " * 8) for _ in range(40)]
    answering(here)
    tags = [code(here, f"code {number}").id for number in range(12)]
    sample = draw(here, 42)
    for place, (comment_id, point) in enumerate(sample.points):
        verbs.code_point(comment_id, point, {tags[place % 12]}, by=here.unit, at=AFTER)
        verbs.code_point(comment_id, point, {tags[place % 11]}, by=here.second, at=AFTER)
    db.session.commit()
    acting(client, here.unit)
    assert len(more) == 40
    for path in ("codes", "samples/1", "samples/1?page=2"):
        page = client.get(f"/desk/rounds/{here.round.id}/{path}")
        assert page.status_code == 200
        assert len(gzip.compress(page.data)) < 60_000
        assert queries(client, f"/desk/rounds/{here.round.id}/{path}") <= 30


def queries(client: FlaskClient, url: str) -> int:
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(url)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_sample_is_given_up_with_a_reason(client: FlaskClient, here: Scene) -> None:
    code(here, WATER)
    draw(here)
    db.session.commit()
    acting(client, here.head)
    base = f"/desk/rounds/{here.round.id}"
    assert f"{base}/samples/1/give-up" in text(client, f"{base}/samples/1")
    assert post(client, f"{base}/samples/1/give-up").status_code == 400
    assert post(client, f"{base}/samples/1/give-up", reason="Se fue.").status_code == 303
    assert "Given up" in text(client, f"{base}/codes")
    page = text(client, f"{base}/samples/1")
    assert "Given up" in page
    assert "Cohen" not in page
