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
from consultations.facts import questions as questions_facts
from consultations.facts.last_events import last_event
from consultations.facts.rounds import round_facts
from consultations.models.rounds import Question, Round
from consultations.wording import LANGUAGES
from workflows.refusals import Refusal, Refused, refusal
from workflows.round import ROUND

_REFUSALS = {
    "words_missing": "question_words_missing", "options_few": "question_options_few",
    "options_many": "question_options_many", "options_wordless": "question_options_wordless",
    "options_same": "question_options_same", "bounds_missing": "question_bounds_missing",
    "bounds_order": "question_bounds_order", "scale_long": "question_scale_long",
    "clause_elsewhere": "question_clause_elsewhere", "condition_later": "question_condition_later",
    "condition_kind": "question_condition_kind", "condition_empty": "question_condition_empty",
    "condition_value": "question_condition_value",
}  # fmt: skip


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
    """Replace the questions of a draft round, in this order; what stands already is not written again.

    How the members were consulted is always asked: where the list leaves it out, it comes last, in the words that it had.
    `known`: the round's last event when the form was shown, so that nobody's question is lost. Errors: Refused
    (`edited_meanwhile`, everything that makes a new or changed question unanswerable), NotFound.
    """
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    wanted = _with_consulted([_worded(question) for question in questions], _consulted(round))
    return _change(round, wanted, _present(round), known, by=by, at=at)


def add_question(
    round_id: int, question: QuestionText, *, known: int | None = None, by: Actor, at: datetime
) -> Round:
    """Write one more question, before the one that every round asks where that comes last; sent twice from one form, it
    is one. Arguments and errors as above."""
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    wanted, present = _worded(question), _present(round)
    always = [present[-1]] if present and present[-1].purpose else []
    others = present[: len(present) - len(always)]
    if others[-1:] == [wanted] and _just_sent(round, known, by):
        return round
    return _change(round, _with_consulted([*others, wanted, *always]), present, known, by=by, at=at)


def _just_sent(round: Round, known: int | None, by: Actor) -> bool:
    """Whether this person has changed the round since the form was shown."""
    last = last_event("round", round.id)
    return known is not None and last is not None and last.id != known and last.person_id == by.person_id


def _change(
    round: Round, wanted: list[QuestionText], present: list[QuestionText], known: int | None, *, by: Actor, at: datetime
) -> Round:  # fmt: skip
    if wanted == present:
        return round
    check_unchanged(round, known)
    _check_answerable(round, wanted, present)
    facts = round_facts(round, by=by, at=at)
    journal.move(round, ROUND, "edit", by=by, at=at, facts=facts, questions=len(wanted))
    _replace(round, wanted)
    return round


def _check_answerable(round: Round, wanted: list[QuestionText], present: list[QuestionText]) -> None:
    """What stood before as it is hinders nobody; it is named when the round is submitted."""
    rows = [_row(round.id, position, question) for position, question in enumerate(wanted, 1)]
    language = LANGUAGES.get(round.version.reference_language, round.version.reference_language)
    found = [
        _said(reason, wanted[position - 1], language)
        for position, reasons in questions_facts.faults(round, rows).items()
        if wanted[position - 1] not in present
        for reason in reasons
    ]
    if found:
        raise Refused(*dict.fromkeys(found))


def _said(reason: str, question: QuestionText, language: str) -> Refusal:
    if reason == "kind_unknown":
        return refusal("value_unknown", value=question.kind)
    worded = reason in ("words_missing", "options_wordless")
    return refusal(_REFUSALS[reason], **({"language": language} if worded else {}))


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


def _present(round: Round) -> list[QuestionText]:
    return [
        QuestionText(
            row.kind, row.texts, tuple(row.options), row.required, row.node_id, row.lowest, row.highest, row.asked_if,
            row.purpose,
        )
        for row in questions_facts.of_round(round.id)
    ]  # fmt: skip


def _row(round_id: int, position: int, question: QuestionText) -> Question:
    return Question(
        round_id=round_id, position=position, kind=question.kind, texts=dict(question.texts),
        options=list(question.options), required=question.required, node_id=question.node_id,
        lowest=question.lowest, highest=question.highest, purpose=question.purpose,
        asked_if=dict(question.asked_if) if question.asked_if else None,
    )  # fmt: skip


def _worded(question: QuestionText) -> QuestionText:
    """The question as it is kept: without the languages in which nothing is written."""
    options = tuple(_written(option) for option in question.options)
    return replace(question, texts=_written(question.texts), options=options)


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
