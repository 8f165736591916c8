"""Answers to the round's questions: saved in part, revised, refused when they cannot be meant."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import questionnaires
from consultations.extensions import db
from consultations.models.rounds import QuestionAnswer
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, question, scene
from workflows.refusals import Refused


def revisions() -> list[tuple[int, str, str]]:
    rows = db.session.scalars(select(QuestionAnswer).order_by(QuestionAnswer.id))
    return [(row.revision, row.value, row.text) for row in rows]


def test_each_changed_answer_is_a_revision_and_the_rest_stays(app: Flask) -> None:
    here = scene()
    agree, single = question(here.round, 1, "agree"), question(here.round, 2, "single", ("Sí", "No"))
    words = question(here.round, 3, "text")
    save = questionnaires.answer
    by = here.delegates[0]
    assert save(here.round.id, {agree.id: ("partly", "Casi."), single.id: ("", "")}, by=by, at=DURING) == 1
    assert save(here.round.id, {agree.id: ("partly", " Casi. ")}, by=by, at=DURING) == 0
    assert (
        save(
            here.round.id,
            {agree.id: ("agree", ""), single.id: ("1", ""), words.id: ("", "Hola")},
            by=by,
            at=DURING,
        )
        == 3
    )
    assert save(here.round.id, {words.id: ("", "")}, by=by, at=DURING) == 1
    assert revisions() == [
        (1, "partly", "Casi."),
        (2, "agree", ""),
        (1, "1", ""),
        (1, "", "Hola"),
        (2, "", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "value"), [("agree", "maybe"), ("single", "2"), ("single", "agree"), ("text", "0")]
)
def test_a_value_that_was_not_offered_is_refused(app: Flask, kind: str, value: str) -> None:
    here = scene()
    asked = question(here.round, 1, kind, ("Sí", "No"))
    with pytest.raises(Refused) as refused:
        questionnaires.answer(here.round.id, {asked.id: (value, "")}, by=here.delegates[0], at=DURING)
    assert [reason.code for reason in refused.value.refusals] == ["value_unknown"]


def test_a_question_of_another_round_is_refused(app: Flask) -> None:
    here, other = scene(), scene()
    asked = question(other.round, 1, "text")
    with pytest.raises(Refused):
        questionnaires.answer(here.round.id, {asked.id: ("", "x")}, by=here.delegates[0], at=DURING)


def test_strangers_and_latecomers_are_refused(app: Flask) -> None:
    here = scene()
    asked = question(here.round, 1, "text")
    for by, at in ((people.delegate(), DURING), (here.delegates[0], CLOSES)):
        with pytest.raises(Refused):
            questionnaires.answer(here.round.id, {asked.id: ("", "x")}, by=by, at=at)
    assert revisions() == []
