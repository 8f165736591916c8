"""Writing a synopsis in the browser, reading it, and taking it along: page, DOCX and PDF print the same figures."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from docx import Document as read_docx
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import reviews, synopses, synopsis_words
from consultations.extensions import db
from consultations.letters import VARIANTS, letter_of
from consultations.models.reviews import Review
from consultations.models.synopses import Synopsis
from consultations.models.timers import Notice
from tests.browsing import forms, post, token
from tests.conftest import signed_in
from tests.documents.pdf_text import catalogue, pdf_text
from tests.factories import people
from tests.factories.comments import AFTER, Scene, answered, answering, comment, question, scene
from workflows.roles import Role

ROWS = [
    ("Accepted", "162", "62 %"),
    ("Noted", "59", "23 %"),
    ("Not accepted", "41", "16 %"),
    ("Total", "262", "100 %"),
]


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=6)
    made.round.dossier.body.settings = {"commission": made.body.code}
    said = [comment(made, who=who, visibility="public", text=f"Dice {who}.") for who in range(6)]
    answering(made)
    for row in said:
        answered(made, row)
    db.session.commit()
    return made


def acting(client: FlaskClient, by: Actor | None) -> FlaskClient:
    if by is not None:
        signed_in(client, by)
    with client.session_transaction() as session:
        if by is None:
            session.clear()
        session["language"] = "en"
    return client


def text(client: FlaskClient, by: Actor | None, url: str, status: int = 200) -> str:
    answer = acting(client, by).get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def issued(here: Scene, **figures: object) -> Synopsis:
    """A published synopsis, some of its figures set."""
    made = synopses.submit(here.round.id, "Intro.", "Sigue.", by=here.unit, at=AFTER)
    made.figures = {**made.figures, **figures}
    db.session.scalars(select(Review)).one().state = "approved"
    synopses.publish(here.round.id, by=here.head, at=AFTER)
    db.session.commit()
    return made


def written(here: Scene) -> dict[str, str]:
    db.session.expire_all()
    return here.round.draft_sections


def test_a_section_is_written_in_each_language_with_a_figure_in_it(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/synopsis/summary"
    overview = text(client, here.unit, f"/desk/rounds/{here.round.id}/synopsis")
    assert (f'href="{url}"' in overview, "{{figure:silent}}" in overview) == (True, True)
    for code, words in (("es", "Callaron {{figure:silent.percent}}."), ("en", "<b>Short</b>")):
        assert post(acting(client, here.unit), f"{url}?in={code}", text=words).status_code == 303
    assert written(here) == {
        "summary.es": "Callaron {{figure:silent.percent}}.",
        "summary.en": "<b>Short</b>",
    }
    odd = post(client, f"{url}?in=es", text="{{figure:odd}}")
    assert (odd.status_code, "is not the name of a figure" in odd.get_data(as_text=True)) == (409, True)


def test_the_second_editor_of_a_section_is_told_and_keeps_what_they_typed(
    client: FlaskClient, here: Scene
) -> None:
    url = f"/desk/rounds/{here.round.id}/synopsis/summary?in=es"
    shown = forms(text(client, here.unit, url))[-1].fields
    synopsis_words.write_section(here.round.id, "summary", "es", "De la otra.", by=here.second, at=AFTER)
    db.session.commit()
    answer = client.post(url, data={**shown, "text": "Lo mío."})
    said = answer.get_data(as_text=True)
    assert (answer.status_code, "Lo mío." in said, "De la otra." in said) == (409, True, True)
    assert client.post(url, data={**forms(said)[-1].fields, "text": "Ambos."}).status_code == 303
    assert written(here) == {"summary.es": "Ambos."}


def test_a_stale_figure_is_shown_with_both_values_and_taken_by_a_button(
    client: FlaskClient, here: Scene
) -> None:
    synopsis_words.write_section(
        here.round.id, "summary", "es", "{{figure:received}}", by=here.unit, at=AFTER
    )
    here.round.draft_figures = {"received": [5, None]}
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/synopsis"
    said = text(client, here.unit, url)
    row = said.partition("Comments received (received)")[2].partition("</tr>")[0]
    assert re.findall(r">(\d+)<", row) == ["5", "6"]
    refused = post(client, url, introduction="a", way_forward="b", send="1")
    assert (refused.status_code, "“received” was 5 when it was taken and is 6 now" in refused.get_data(as_text=True)) == (
        409, True,
    )  # fmt: skip
    assert post(client, f"{url}/figures", page_url=url).status_code == 303
    assert 'id="stale"' not in text(client, here.unit, url)


@pytest.mark.parametrize("who", ["public", "delegate", "chair"])
def test_sections_are_closed_to_others(client: FlaskClient, here: Scene, who: str) -> None:
    by = {"public": None, "delegate": here.delegates[0], "chair": here.chair}[who]
    answer = acting(client, by).get(f"/desk/rounds/{here.round.id}/synopsis/summary")
    assert answer.status_code in (302, 303, 403)


def test_a_text_that_is_not_published_has_no_file(client: FlaskClient, here: Scene) -> None:
    synopses.submit(here.round.id, "Intro.", "Sigue.", by=here.unit, at=AFTER)
    db.session.commit()
    for by, status in (
        (None, 404),
        (here.delegates[0], 404),
        (here.chair, 200),
        (people.actor(Role.AUDITOR), 200),
    ):
        db.session.commit()
        for kind in ("docx", "pdf"):
            assert acting(client, by).get(f"/rounds/{here.round.id}/synopsis.{kind}").status_code == status


def test_the_page_the_docx_and_the_pdf_print_the_same_shares_and_the_total_prints_100(
    client: FlaskClient, here: Scene
) -> None:
    outcomes = dict.fromkeys(synopses.facts_of.OUTCOMES, 0) | {"accepted": 162, "noted": 59, "rejected": 41}
    issued(here, outcomes=outcomes, points=262)
    url = f"/rounds/{here.round.id}/synopsis"
    page = text(client, None, url)
    table = page.partition("<caption>What became of the points</caption>")[2].partition("</table>")[0]
    cells = [re.findall(r">([^<>]+)</t[hd]>", row) for row in table.partition("<tbody>")[2].split("</tr>")]
    assert [tuple(row) for row in cells if row] == ROWS
    docx = read_docx(BytesIO(acting(client, None).get(f"{url}.docx?in=en").data))
    found = [[tuple(cell.text for cell in row.cells) for row in one.rows[1:]] for one in docx.tables]
    assert ROWS in found
    said = pdf_text(acting(client, None).get(f"{url}.pdf?in=en").data)
    assert re.findall(r"(Accepted|Noted|Not accepted|Total) +(162|59|41|262) +(\d+ %)", said) == ROWS


def test_a_file_is_in_the_language_asked_for_and_has_every_public_comment(
    client: FlaskClient, here: Scene
) -> None:
    issued(here)
    for code, word in (("es", b"/Lang(es)"), ("fr", b"/Lang(fr)")):
        answer = acting(client, None).get(f"/rounds/{here.round.id}/synopsis.pdf?in={code}")
        assert answer.headers["Content-Disposition"].endswith(f"-synopsis-1-{code}.pdf")
        assert word in catalogue(answer.data)
    said = pdf_text(answer.data)
    assert [f"Dice {who}." in said for who in range(6)] == [True] * 6


def test_a_hall_behind_one_address_takes_the_files_along(client: FlaskClient, here: Scene) -> None:
    issued(here)
    reader = acting(client, None)
    answers = [reader.get(f"/rounds/{here.round.id}/synopsis.docx").status_code for _ in range(40)]
    assert answers == [200] * 40
    assert reader.get(f"/rounds/{here.round.id}/synopsis.pdf").status_code == 200


def test_after_the_decision_the_head_issues_it_again_and_the_earlier_version_says_so(
    client: FlaskClient, here: Scene
) -> None:
    issued(here)
    url = f"/desk/rounds/{here.round.id}/reissue"
    assert "Issue it again" not in text(client, here.head, url)
    refused = client.post(url, data={"csrf_token": token(client, f"/desk/rounds/{here.round.id}/synopsis")})
    assert refused.status_code == 409
    here.round.state, here.round.dossier.state = "ready_for_vote", "adopted"
    db.session.commit()
    assert post(acting(client, here.head), url).status_code == 303
    page = f"/rounds/{here.round.id}/synopsis"
    assert "An earlier version" not in text(client, None, page)
    assert "An earlier version" in text(client, None, f"{page}?version=1")
    text(client, None, f"{page}?version=3", 404)


def test_a_synopsis_of_a_round_without_comments_or_answers_is_read_in_full(
    client: FlaskClient, app: Flask
) -> None:
    made = scene(organisations=6)
    made.round.dossier.body.settings = {"commission": made.body.code}
    question(made.round, 1, "agree")
    answering(made)
    issued(made)
    url = f"/rounds/{made.round.id}/synopsis"
    page = text(client, None, url)
    assert ("Nobody answered this question." in page, "Shares are of these" in page) == (True, False)
    assert ("Thursday, 1 October 2026, 00:00 (Managua)" in page, "<caption>Topics</caption>" in page) == (
        True,
        False,
    )
    for kind in ("docx", "pdf"):
        assert acting(client, None).get(f"{url}.{kind}").status_code == 200


def test_what_looks_like_a_figure_in_a_comment_or_a_title_stays_as_it_was_written(
    client: FlaskClient, app: Flask
) -> None:
    made = scene(organisations=6)
    made.round.dossier.body.settings = {"commission": made.body.code}
    said = comment(made, visibility="public", text="Se cita {{figure:received}}.")
    made.round.dossier.titles = {"es": "De {{figure:invited}}", "en": "Of {{figure:invited}}"}
    answered(answering(made), said)
    issued(made)
    url = f"/rounds/{made.round.id}/synopsis"
    page = text(client, None, url)
    assert ("Se cita {{figure:received}}." in page, "Of {{figure:invited}}" in page) == (True, True)
    words = [
        one.text for one in read_docx(BytesIO(acting(client, None).get(f"{url}.docx?in=en").data)).paragraphs
    ]
    assert ("Se cita {{figure:received}}." in words, "Synopsis: Of {{figure:invited}}" in words) == (
        True,
        True,
    )


def test_a_figure_that_is_stale_in_one_language_alone_is_refused(client: FlaskClient, here: Scene) -> None:
    synopsis_words.write_section(here.round.id, "summary", "es", "Nada.", by=here.unit, at=AFTER)
    synopsis_words.write_section(
        here.round.id, "summary", "fr", "{{figure:received}}", by=here.unit, at=AFTER
    )
    here.round.draft_figures = {"received": [5, None]}
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/synopsis"
    text(client, here.unit, url)
    refused = post(client, url, introduction="a", way_forward="b", send="1")
    assert (refused.status_code, "“received” was 5" in refused.get_data(as_text=True)) == (409, True)


def test_the_commission_is_led_to_the_synopsis_that_it_reviews(client: FlaskClient, here: Scene) -> None:
    synopses.submit(here.round.id, "Intro.", "Sigue.", by=here.unit, at=AFTER)
    review = db.session.scalars(select(Review)).one()
    db.session.commit()
    read = f"/rounds/{here.round.id}/synopsis"
    member = people.actor(Role.COMMISSION, network=here.body)
    db.session.commit()
    desk = text(client, member, f"/commission/reviews/{review.id}")
    assert [f'href="{read}{kind}"' in desk for kind in ("", ".pdf", ".docx")] == [True] * 3
    assert "The synopsis may be published as it is." in desk
    assert ("The draft may go out" in desk, "To the text that is reviewed" in desk) == (False, False)
    for one in (member, here.chair):
        reviews.take_position(review.id, "approve", reason="Porque sí.", by=one, at=AFTER)
    db.session.commit()
    act = text(client, here.chair, f"/commission/reviews/{review.id}/approve")
    assert (f'href="{read}"' in act, "Of a draft" in act) == (True, False)
    assert "The Commission approves the synopsis: it may be published as it stands." in act
    back = text(client, here.chair, f"/commission/reviews/{review.id}/return")
    assert "The Standards Unit gets the synopsis back with your reason" in back
    notices = db.session.scalars(select(Notice).where(Notice.kind == "review_opened")).all()
    assert {letter_of(one.kind, one.params) for one in notices} == {VARIANTS["review_opened.synopsis"]}


def test_the_last_look_before_freezing_shows_the_figures_and_not_their_names(
    client: FlaskClient, here: Scene
) -> None:
    url = f"/desk/rounds/{here.round.id}/synopsis"
    acting(client, here.unit)
    words = "Llegaron {{figure:received}} comentarios; callaron {{figure:silent.percent}}."
    page = post(client, url, introduction=words, way_forward="Sigue con {{figure:received}}.")
    shown = page.get_data(as_text=True)
    assert "<p>Llegaron 6 comentarios; callaron 0 %.</p>" in shown
    assert "<p>Sigue con 6.</p>" in shown
    assert "Llegaron {{figure:received}} comentarios" in shown  # as it was typed, in the hidden field
