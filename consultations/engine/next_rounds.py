"""The next round of a dossier on a new version of its text: the changes read, the comments placed, the questions carried.

Locks: the dossier before its rounds.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal, rounds
from consultations.engine.drafts import check_editor
from consultations.engine.placement_evidence import gather
from consultations.engine.round_questions import QuestionText, set_questions
from consultations.engine.work import NotFound, locked
from consultations.extensions import db
from consultations.facts import next_rounds as facts
from consultations.facts import questions as questions_facts
from consultations.facts import texts
from consultations.facts.placements import Anchored
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Question, Round
from consultations.models.standards import StandardVersion
from workflows.placement import place
from workflows.refusals import Refused, refusal
from workflows.round import ROUND, RoundState


def read_redline(round_id: int, version_id: int, *, by: Actor, at: datetime) -> bool:
    """A person says that they read every change from a round's text to a later version, as both stand.

    Said of these very words before, nothing happens; returns whether it is new. Errors: Refused, NotFound.
    """
    check_editor(by, at=at)
    round_ = locked(Round, round_id)
    _later(round_, version_id)
    if facts.redline_read(round_, version_id):
        return False
    journal.record(
        "redline_reviewed", round_, by=by, at=at, version=f"standardversion/{version_id}",
        text_sha256=texts.text_sha256(version_id),
    )  # fmt: skip
    return True


def begin_next(
    round_id: int, version_id: int, questions: Collection[int], *, by: Actor, at: datetime
) -> Round:
    """Let a published round be followed by the dossier's next one, a draft on a later version (process.md, "next_round").

    Objectives, languages and time zone are carried over, and the questions at these positions; dates are not. What a
    question asks about a clause goes along where the clause is known in the new text (workflows.placement). Asked
    again, the round that was begun is the answer. Errors: Refused with every reason; NotFound.
    """
    check_editor(by, at=at)
    dossier_id = db.session.scalar(select(Round.dossier_id).where(Round.id == round_id))
    if dossier_id is None:
        raise NotFound(f"Round {round_id}")
    locked(Dossier, dossier_id)
    round_ = locked(Round, round_id)
    if round_.state == RoundState.SUPERSEDED and (there := facts.after(round_, version_id)):
        return there
    version = _later(round_, version_id)
    known = facts.next_facts(round_, version_id, by=by, at=at)
    journal.move(
        round_, ROUND, "next_round", by=by, at=at, facts=known, version=f"standardversion/{version_id}",
        text_sha256=texts.text_sha256(version_id),
    )  # fmt: skip
    made = rounds.create(
        dossier_id, version_id, objectives=round_.objectives, zone=round_.zone, day_count=round_.day_count, opens_on=None,
        languages=round_.languages, waivers=round_.waived_languages, comment_types=round_.comment_types,
        organisation_signoff=round_.organisation_signoff, by=by, at=at,
    )  # fmt: skip
    set_questions(made.id, _carried(round_, version, questions), by=by, at=at)
    return made


def _later(round_: Round, version_id: int) -> StandardVersion:
    version = db.session.get(StandardVersion, version_id)
    if version is None:
        raise NotFound(f"StandardVersion {version_id}")
    if version.standard_id != round_.version.standard_id or version.id <= round_.version_id:
        raise Refused(refusal("other_standard"))
    return version


def _carried(round_: Round, version: StandardVersion, positions: Collection[int]) -> list[QuestionText]:
    """The chosen questions, and the one that every round asks, with their clauses in the new text."""
    chosen = [row for row in questions_facts.of_round(round_.id) if row.position in positions or row.purpose]
    known = gather(round_.version, version, ())
    clauses = {
        row.node_id: place(known.of(Anchored(0, row.node_id, ""))).clause for row in chosen if row.node_id
    }
    return renumbered([_text(row, clauses) for row in chosen], [row.position for row in chosen])


def renumbered(questions: Sequence[QuestionText], positions: Sequence[int]) -> list[QuestionText]:
    """The questions with what they depend on by its new position; a condition on one that stays behind falls away."""
    places = {position: place for place, position in enumerate(positions, 1)}
    return [
        replace(one, asked_if={**one.asked_if, "question": places[asked]} if asked in places else None)
        if one.asked_if and (asked := int(one.asked_if["question"]))
        else one
        for one in questions
    ]


def _text(row: Question, clauses: Mapping[int, int | None]) -> QuestionText:
    return QuestionText(
        row.kind, row.texts, tuple(row.options), row.required, clauses.get(row.node_id or 0), row.lowest, row.highest,
        row.asked_if, row.purpose,
    )  # fmt: skip
