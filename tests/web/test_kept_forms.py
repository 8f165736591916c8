"""Who changes the language half-way through a form loses nothing, and nothing is done."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.events import Event
from tests.browsing import Form, forms
from tests.factories import comments, people, rules
from tests.factories import votes as make
from tests.web.visiting import english
from workflows.roles import Role

HOUR = timedelta(hours=1)
TYPED = "Half of a sentence that"
Page = tuple[Actor, str, datetime, dict[str, str]]


def a_comment() -> Page:
    here = comments.scene()
    url = f"/d/rounds/{here.round.id}/clauses/{here.clauses[0].id}"
    return here.delegates[0], url, comments.DURING, {"stance": "against", "text": TYPED}


def a_change_of_a_comment() -> Page:
    here = comments.scene()
    made = comments.comment(here)
    return here.delegates[0], f"/d/comments/{made.id}/edit", comments.DURING, {"text": TYPED}


def answers_to_questions() -> Page:
    here = comments.scene()
    asked = comments.question(here.round, 1, "agree")
    fields = {f"v{asked.id}": "partly", f"t{asked.id}": TYPED}
    return here.delegates[0], f"/d/rounds/{here.round.id}/questions", comments.DURING, fields


def a_contest() -> Page:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yn")
    return hall.delegates[0], f"/results/{vote.id}/contest", make.CLOSES + 3 * HOUR, {"grounds": TYPED}


def the_reason_of_an_act() -> Page:
    hall = make.hall(1)
    vote = make.opened(hall)
    return hall.president, f"/a/votes/{vote.id}/act/suspend", make.OPENS + HOUR, {"reason": TYPED}


def the_terms_of_a_vote() -> Page:
    hall = make.hall(1)
    rule = rules.in_book(hall.body, make.rule("two-thirds"))
    fields = {"question_es": TYPED, "rule": str(rule.id), "opens_on": "2026-11-16"}
    return hall.secretary, f"/a/dossiers/{hall.dossier.id}/vote", make.CALLED, fields


def a_position() -> Page:
    vote = make.final(make.hall(1), "y")
    head = people.actor(Role.UNIT_HEAD, network=people.network())
    url = f"/results/dossiers/{vote.dossier_id}/position"
    return head, url, vote.contest_until + HOUR, {"recipient": "Fairtrade", "letter": TYPED}


def a_ballot() -> Page:
    hall = make.hall(1)
    vote = make.opened(hall)
    return hall.delegates[0], f"/v/{vote.id}", make.OPENS + HOUR, {"choice": "no"}


PAGES = (
    a_comment, a_change_of_a_comment, answers_to_questions, a_contest, the_reason_of_an_act, the_terms_of_a_vote, a_position,
    a_ballot,
)  # fmt: skip


def events() -> int:
    db.session.rollback()
    return db.session.query(Event).count()


def typed(page: str, url: str) -> Form:
    """The form of this page that people fill in."""
    return next(form for form in forms(page) if form.action in ("", url, f"{url}/check"))


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.__name__)
def test_the_form_comes_back_as_it_was_in_the_other_language(
    app: Flask, client: FlaskClient, made: Callable[[], Page]
) -> None:
    who, url, at, fields = made()
    db.session.commit()
    english(client, who, at)
    before = events()
    with time_machine.travel(at, tick=False):
        form = typed(client.get(url).get_data(as_text=True), url)
        answer = client.post(form.action or url, data={**form.fields, **fields, "read_in": "pt"})
    back = answer.get_data(as_text=True)
    assert (answer.status_code, '<html lang="pt"' in back, 'role="alert"' in back) == (200, True, False)
    again = typed(back, url)
    assert {name: again.fields.get(name) for name in fields} == fields
    assert events() == before


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.__name__)
def test_the_languages_send_the_form_and_enter_does_not_press_them(
    app: Flask, client: FlaskClient, made: Callable[[], Page]
) -> None:
    who, url, at, _ = made()
    db.session.commit()
    english(client, who, at)
    with time_machine.travel(at, tick=False):
        page = client.get(url).get_data(as_text=True)
    assert page.count('id="typed"') == 1
    assert "/language/" not in page
    first, *languages = re.findall(r'<button form="typed"([^>]*)>', page)
    assert "name=" not in first
    assert [re.findall(r'name="(\w+)" value="(\w+)"', button) for button in languages] == [
        [("read_in", "es")], [("read_in", "pt")], [("read_in", "fr")],
    ]  # fmt: skip


def test_where_nothing_can_be_typed_the_languages_are_links(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.convened(hall)
    db.session.commit()
    english(client, hall.delegates[0], make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        page = client.get(f"/v/{vote.id}").get_data(as_text=True)
    assert (page.count('form="typed"'), page.count('id="typed"'), page.count("/language/")) == (0, 0, 3)


def test_an_unknown_language_changes_none_and_does_nothing(app: Flask, client: FlaskClient) -> None:
    who, url, at, fields = a_contest()
    db.session.commit()
    english(client, who, at)
    before = events()
    with time_machine.travel(at, tick=False):
        form = typed(client.get(url).get_data(as_text=True), url)
        back = client.post(url, data={**form.fields, **fields, "read_in": "xx"}).get_data(as_text=True)
    assert '<html lang="en"' in back
    assert TYPED in back
    assert events() == before


def test_what_was_typed_comes_back_when_the_round_has_closed_meanwhile(
    app: Flask, client: FlaskClient
) -> None:
    who, url, _, fields = a_comment()
    db.session.commit()
    before, after = comments.CLOSES - HOUR / 4, comments.CLOSES + HOUR / 4
    english(client, who, before)
    with time_machine.travel(before, tick=False):
        form = typed(client.get(url).get_data(as_text=True), url)
    with time_machine.travel(after, tick=False):
        back = client.post(url, data={**form.fields, **fields, "read_in": "fr"}).get_data(as_text=True)
    assert '<html lang="fr"' in back
    assert TYPED in back
