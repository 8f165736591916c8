"""Questions: what cannot be answered is refused when it is written, with every reason."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import rounds
from consultations.engine.rounds import QuestionText
from consultations.extensions import db
from consultations.facts.last_events import last_event
from consultations.models.events import Event
from consultations.models.rounds import Question, Round
from tests.factories import rounds as make
from workflows.refusals import Refused

A, B = {"es": "Sí"}, {"es": "No"}
FAULTY = [
    (QuestionText("single", {"es": "¿Cuál?"}), ["question_options_few"]),
    (QuestionText("single", {"es": "¿Cuál?"}, (A,)), ["question_options_few"]),
    (QuestionText("single", {"es": "¿Cuál?"}, (A, {"en": "No"})), ["question_options_wordless"]),
    (QuestionText("single", {"es": "¿Cuál?"}, (A, B, A)), ["question_options_same"]),
    (QuestionText("text", {"en": "Which?"}), ["question_words_missing"]),
    (QuestionText("riddle", {"es": "¿Cuál?"}), ["value_unknown"]),
    (QuestionText("single", {"es": " "}, ({"en": "Yes"},)), ["question_words_missing", "question_options_few", "question_options_wordless"]),
]  # fmt: skip


def written(round: Round) -> list[tuple[str, dict[str, str], int]]:
    rows = db.session.scalars(
        select(Question)
        .where(Question.round_id == round.id, Question.purpose == "")
        .order_by(Question.position)
    )
    return [(row.kind, row.texts, len(row.options)) for row in rows]


@pytest.mark.parametrize(("question", "reasons"), FAULTY)
def test_a_question_that_cannot_be_answered_is_refused_with_every_reason(
    app: Flask, question: QuestionText, reasons: list[str]
) -> None:
    house = make.house()
    round = make.draft(house)
    with pytest.raises(Refused) as refused:
        rounds.add_question(round.id, question, by=house.unit, at=make.START)
    assert [reason.code for reason in refused.value.refusals] == reasons
    assert written(round) == []


def test_a_question_that_stood_before_does_not_hinder_what_is_written_beside_it(app: Flask) -> None:
    house = make.house()
    round = make.draft(house)
    old = QuestionText("single", {"es": "¿Cuál?"}, (A,))
    db.session.add(
        Question(round_id=round.id, position=2, kind="single", texts={"es": "¿Cuál?"}, options=[A])
    )
    db.session.flush()
    rounds.add_question(
        round.id, QuestionText("single", {"es": "¿Va?"}, (A, B)), by=house.unit, at=make.START
    )
    assert written(round) == [("single", {"es": "¿Cuál?"}, 1), ("single", {"es": "¿Va?"}, 2)]
    rounds.set_questions(round.id, [old], by=house.unit, at=make.START)
    assert written(round) == [("single", {"es": "¿Cuál?"}, 1)]


def test_what_stands_already_is_not_written_again(app: Flask) -> None:
    house = make.house()
    round = make.draft(house)
    for _ in range(2):
        rounds.set_questions(
            round.id, [QuestionText("text", {"es": "¿Va?", "en": " "})], by=house.unit, at=make.START
        )
    events = db.session.scalars(select(Event).where(Event.name == "round_edited")).all()
    assert (written(round), len(events)) == ([("text", {"es": "¿Va?"}, 0)], 1)


@pytest.mark.parametrize(("again", "expected"), [("sent twice", 1), ("written anew", 2)])
def test_the_same_question_is_added_again_only_from_a_form_that_shows_it(
    app: Flask, again: str, expected: int
) -> None:
    house = make.house()
    round = make.draft(house)
    one, known = QuestionText("text", {"es": "¿Va?"}), last_event("round", round.id).id
    rounds.add_question(round.id, one, known=known, by=house.unit, at=make.START)
    known = known if again == "sent twice" else last_event("round", round.id).id
    rounds.add_question(round.id, one, known=known, by=house.unit, at=make.START)
    assert len(written(round)) == expected


def test_another_persons_question_is_not_taken_for_ones_own(app: Flask) -> None:
    house = make.house()
    round = make.draft(house)
    one, known = QuestionText("text", {"es": "¿Va?"}), last_event("round", round.id).id
    rounds.add_question(round.id, one, known=known, by=house.head, at=make.START)
    with pytest.raises(Refused) as refused:
        rounds.add_question(round.id, one, known=known, by=house.unit, at=make.START)
    assert [reason.code for reason in refused.value.refusals] == ["edited_meanwhile"]
