"""The questions of a round, written while it is a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import consulted
from consultations.facts.rounds import round_facts
from consultations.models.rounds import Question, Round
from workflows.round import ROUND


@dataclass(frozen=True)
class QuestionText:
    """A question as it is written (kinds: workflows.questions); `texts` and each option per language.

    `asked_if`: {"question": position, "values": […]} of an earlier question; `purpose`: see facts.consulted.
    """

    kind: str
    texts: Mapping[str, str]
    options: tuple[Mapping[str, str], ...] = ()
    required: bool = False
    node_id: int | None = None
    lowest: int | None = None
    highest: int | None = None
    asked_if: Mapping[str, Any] | None = None
    purpose: str = ""


def begin(round: Round) -> None:
    """A new round asks how the members were consulted, and nothing else yet."""
    _replace(round, _with_consulted([]))


def set_questions(
    round_id: int, questions: Iterable[QuestionText], *, known: int | None = None, by: Actor, at: datetime
) -> Round:
    """Replace the questions of a draft round, in this order; what cannot be answered as written is refused only when
    the round is submitted (consultation-model.md, "Questionnaire"). How the members were consulted is always asked:
    where the list leaves it out, it comes last, in the words that it had. `known`: the round's last event when the form was
    shown, so that nobody's question is lost. Errors: Refused (`edited_meanwhile` among others), NotFound."""
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    check_unchanged(round, known)
    wanted = _with_consulted(list(questions), _consulted(round))
    journal.move(
        round, ROUND, "edit", by=by, at=at, facts=round_facts(round, by=by, at=at), questions=len(wanted)
    )
    _replace(round, wanted)
    return round


def _replace(round: Round, wanted: list[QuestionText]) -> None:
    db.session.execute(delete(Question).where(Question.round_id == round.id))
    db.session.add_all(_row(round.id, position, question) for position, question in enumerate(wanted, 1))
    db.session.flush()
    db.session.expire(round, ["questions"])


def _with_consulted(wanted: list[QuestionText], before: QuestionText | None = None) -> list[QuestionText]:
    """The list with the question that every organisation is asked: exactly once, required, and on no condition."""
    always = before or QuestionText("multiple", consulted.TEXTS, consulted.OPTIONS)
    places = [place for place, one in enumerate(wanted) if one.purpose == consulted.PURPOSE]
    if places:
        always = wanted[places[0]]
    always = replace(always, required=True, asked_if=None, purpose=consulted.PURPOSE)
    if not places:
        return [*wanted, always]
    kept = [one for place, one in enumerate(wanted) if place not in places[1:]]
    return [*kept[: places[0]], always, *kept[places[0] + 1 :]]


def _consulted(round: Round) -> QuestionText | None:
    row = next((one for one in round.questions if one.purpose == consulted.PURPOSE), None)
    return QuestionText(row.kind, row.texts, tuple(row.options)) if row else None


def _row(round_id: int, position: int, question: QuestionText) -> Question:
    return Question(
        round_id=round_id, position=position, kind=question.kind, texts=_worded(question.texts),
        options=[_worded(option) for option in question.options], required=question.required, node_id=question.node_id,
        lowest=question.lowest, highest=question.highest, purpose=question.purpose,
        asked_if=dict(question.asked_if) if question.asked_if else None,
    )  # fmt: skip


def _worded(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
