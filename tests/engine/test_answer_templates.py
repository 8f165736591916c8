"""Ready-made answers of the Unit's body: written, changed while nobody else did, removed; and filled in for a comment."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import answer_templates
from consultations.engine.answer_templates import Ready
from consultations.extensions import db
from consultations.facts.answer_templates import filled, unknown_places
from consultations.facts.last_events import last_event
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.points import AnswerTemplate
from consultations.queries import answer_templates as read
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import AFTER, Scene, scene
from workflows.roles import Role

THANKS = Ready("Thanks", "noted", "No change.", {"es": " Gracias por {number}, sobre {clause}. ", "pt": ""})


def write(here: Scene, ready: Ready = THANKS) -> AnswerTemplate:
    return answer_templates.write_template(ready, by=here.unit, at=AFTER)


def events() -> list[str]:
    query = select(Event.name).where(Event.subject_kind == "answertemplate").order_by(Event.id)
    return list(db.session.scalars(query))


def test_one_is_written_changed_and_removed_each_once(app: Flask) -> None:
    here = scene()
    made = write(here)
    assert (made.name, made.outcome, made.responses) == (
        "Thanks",
        "noted",
        {"es": "Gracias por {number}, sobre {clause}."},
    )
    assert write(here).id == made.id
    other = Ready("Thanks", "accepted", "", {"es": "Sí."})
    for _ in range(2):
        answer_templates.change_template(made.id, other, by=here.second, at=AFTER)
    assert (made.outcome, made.written_by_id) == ("accepted", here.second.person_id)
    removed = [answer_templates.remove_template(made.id, by=here.unit, at=AFTER) for _ in range(2)]
    assert removed == [True, False]
    assert events() == ["answer_template_written", "answer_template_changed", "answer_template_removed"]


@pytest.mark.parametrize(
    ("ready", "codes"),
    [
        (Ready(" ", "", "", {"es": " "}), ["template_name_missing", "outcome_missing", "response_missing"]),
        (Ready("x" * 101, "maybe", "", {"es": "a"}), ["template_name_long", "outcome_missing"]),
        (
            Ready("a", "noted", "{who}", {"es": "{clause} {cláusula} {who}"}),
            ["place_unknown", "place_unknown"],
        ),
        (Ready("a", "noted", "", {"qq": "a"}), ["value_unknown"]),
        (Ready("THANKS", "noted", "", {"es": "a"}), ["template_taken"]),
    ],
)
def test_every_reason_against_one_is_said(app: Flask, ready: Ready, codes: list[str]) -> None:
    here = scene()
    write(here)
    with refused_with(*codes):
        write(here, ready)
    own = write(here, Ready("Own", "noted", "", {"es": "a"}))
    with refused_with(*codes):
        answer_templates.change_template(own.id, ready, by=here.unit, at=AFTER)


def test_nobody_writes_over_what_a_colleague_changed_unread(app: Flask) -> None:
    here = scene()
    made = write(here)
    seen = last_event("answertemplate", made.id).id
    answer_templates.change_template(
        made.id, Ready("Thanks", "noted", "", {"es": "Uno."}), known=seen, by=here.second, at=AFTER
    )
    with refused_with("edited_meanwhile"):
        answer_templates.change_template(
            made.id, Ready("Thanks", "noted", "", {"es": "Dos."}), known=seen, by=here.unit, at=AFTER
        )


def test_only_the_unit_writes_and_each_body_has_its_own(app: Flask) -> None:
    here = scene()
    made = write(here)
    elsewhere = people.actor(Role.UNIT, network=people.network())
    for who in (here.delegates[0], here.chair):
        with refused_with("role_may_not"):
            answer_templates.write_template(THANKS, by=who, at=AFTER)
    assert answer_templates.write_template(THANKS, by=elsewhere, at=AFTER).id != made.id
    with pytest.raises(NotFound):
        answer_templates.change_template(made.id, THANKS, by=elsewhere, at=AFTER)
    assert answer_templates.remove_template(made.id, by=elsewhere, at=AFTER) is False
    assert [line.id for line in read.templates(by=here.second)] == [made.id]
    assert read.template(made.id, by=elsewhere) is None


def test_it_is_filled_in_for_a_comment_in_its_language(app: Flask) -> None:
    here = scene()
    made = write(here)
    given = {"clause": "1.1", "number": "R1-7", "by": here.unit}
    assert read.fill(made.id, language="es", **given).response == "Gracias por R1-7, sobre 1.1."
    assert read.fill(made.id, language="pt", **given).response == ""
    assert read.fill(made.id + 1, language="es", **given) is None


def test_only_known_places_are_filled_and_nothing_filled_in_is_filled_again() -> None:
    assert filled("{clause} {x} {number}", clause="{number}", number="7") == "{number} {x} 7"
    assert unknown_places("{clause}{number}{x}{ }{x}") == ("x", " ")
