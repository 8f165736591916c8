"""A round for those who lead it: dates, questions, who has answered, and what may be done now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import register
from consultations.facts.commission import commission_of
from consultations.facts.last_events import last_event
from consultations.facts.questions import faults
from consultations.facts.rounds import (
    after_pause,
    days_of,
    extensions_allowed,
    languages_missing,
    minimum_days,
    round_facts,
)
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Organisation
from consultations.models.reviews import Review
from consultations.models.rounds import LateGrant, Question, Round
from consultations.models.standards import StandardVersion
from consultations.queries import hand_overs, histories
from consultations.queries.hand_overs import HandOver
from consultations.queries.histories import Happening
from consultations.queries.round_steps import Step, steps_of
from consultations.wording_comments import TYPES
from consultations.wording_process import QUESTION_KINDS, REVIEW_STATES, ROUND_STATES, tag_kind
from workflows.machine import allowed, objections, possible
from workflows.refusals import Refusal
from workflows.remarks import types_asked
from workflows.roles import Role, implies
from workflows.round import ROUND, RoundFacts


@dataclass(frozen=True)
class QuestionLine:
    """A question as it is written; `faulty` when it cannot be answered as it is."""

    position: int
    kind: str
    kind_label: str
    texts: dict[str, str]
    options: tuple[dict[str, str], ...]
    required: bool
    faulty: bool
    node_id: int | None
    lowest: int | None = None
    highest: int | None = None
    asked_if: dict[str, Any] | None = None
    purpose: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Granted:
    """A late entry."""

    organisation: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class Participation:
    """How many are asked, and how many of them have answered in any way."""

    asked: int
    answered: int
    frozen: bool
    unsent: int

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


@dataclass(frozen=True)
class RoundPage:
    """One round. `can`: moves open to who asks; `possible`: moves of their role whose guards may still object."""

    id: int
    number: int
    dossier_id: int
    code: str
    titles: dict[str, str]
    standard_code: str
    version_id: int
    version_label: str
    state: str
    tag: str
    editable: bool
    paused: bool
    paused_at: datetime | None
    resumed_closes_at: datetime | None  # the closing if it goes on now and the pause is added
    running: bool
    objectives: dict[str, str]
    zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    first_closes_at: datetime | None
    moved: bool
    days: int | None
    minimum_days: int | None
    day_count: str
    both_ends: bool
    extensions: int
    extensions_allowed: int
    languages: tuple[str, ...]
    incomplete: tuple[str, ...]
    waivers: dict[str, str]
    reference: str
    organisation_signoff: bool
    comment_types: tuple[str, ...]  # that are asked
    text_sha256: str | None
    register_sha256: str | None
    questions: tuple[QuestionLine, ...]
    participation: Participation
    grants: tuple[Granted, ...]
    review_id: int | None
    review_state: str
    review_due_at: datetime | None  # while the Commission reads the draft
    steps: tuple[Step, ...]
    can: frozenset[str]
    possible: frozenset[str]
    waits: HandOver | None  # once it is published: what it waits for before the vote
    history: tuple[Happening, ...]
    known: int  # the last event: what a form was shown

    @property
    def types_in_words(self) -> str:
        """The types of comment that are asked, as its reader calls them."""
        return ", ".join(str(TYPES[kind]) for kind in self.comment_types)


def page(round_id: int, *, by: Actor, at: datetime) -> RoundPage:
    """One round for those who lead it. Raises NotFound."""
    row = _row(round_id)
    return RoundPage(
        objectives=row.objectives,
        questions=questions(row.id),
        participation=participation(row, at=at),
        grants=_grants(row.id),
        can=_can(row, by, at),
        possible=frozenset(possible(ROUND, row.state, by.role)),
        waits=hand_overs.of_round(row, by=by, at=at),
        history=histories.of_subject("round", row.id),
        known=_known(row.id),
        **_names(row),
        **_stage(row, at),
        **_dates(row),
        **_languages(row),
        **_review(row),
    )


def _names(row: Round) -> dict[str, Any]:
    return {
        "id": row.id, "number": row.number, "dossier_id": row.dossier_id, "code": row.dossier.code,
        "titles": row.dossier.titles, "standard_code": row.version.standard.code, "version_id": row.version_id,
        "version_label": row.version.label, "text_sha256": row.text_sha256, "register_sha256": row.register_sha256,
        "organisation_signoff": row.organisation_signoff, "comment_types": types_asked(row.comment_types or (), TYPES),
    }  # fmt: skip


def _stage(row: Round, at: datetime) -> dict[str, Any]:
    rests = row.paused_at is not None and row.closes_at is not None
    return {
        "paused_at": row.paused_at, "resumed_closes_at": after_pause(row, at) if rests else None,
        "state": str(ROUND_STATES[row.state]), "tag": tag_kind(row.state), "editable": row.state == "draft",
        "paused": row.state == "paused", "running": row.state in ("open", "paused"),
    }  # fmt: skip


def _dates(row: Round) -> dict[str, Any]:
    return {
        "zone": row.zone, "opens_at": row.opens_at, "closes_at": row.closes_at, "first_closes_at": row.first_closes_at,
        "moved": row.closes_at != row.first_closes_at, "days": days_of(row), "minimum_days": minimum_days(row),
        "day_count": row.day_count, "both_ends": row.day_count == "inclusive", "extensions": row.extensions,
        "extensions_allowed": extensions_allowed(row),
    }  # fmt: skip


def _languages(row: Round) -> dict[str, Any]:
    missing = set(languages_missing(row)) | (set(row.waived_languages) & set(row.languages))
    return {
        "languages": tuple(row.languages), "incomplete": tuple(code for code in row.languages if code in missing),
        "waivers": row.waived_languages, "reference": row.version.reference_language,
    }  # fmt: skip


def _review(row: Round) -> dict[str, Any]:
    """The newest review of the round, and the line of its steps."""
    newest = select(Review).where(Review.round_id == row.id).order_by(Review.id.desc())
    review = db.session.scalars(newest.limit(1)).first()
    reads_draft = review is not None and review.subject == "draft" and review.state == "open"
    return {
        "review_id": review.id if review else None,
        "review_state": str(REVIEW_STATES[review.state]) if review else "",
        "review_due_at": review.due_at if review and reads_draft else None,
        "steps": steps_of(row, review),
    }


def objections_to_submit(round_id: int, *, by: Actor, at: datetime) -> tuple[Refusal, ...]:
    """Everything that speaks against submitting the round to CECLAC. Raises NotFound."""
    row = _row(round_id)
    against = objections(ROUND, row.state, "submit", by.role, round_facts(row, by=by, at=at))
    return against if commission_of(row.dossier, at=at) else (*against, Refusal("commission_missing"))


def questions(round_id: int) -> tuple[QuestionLine, ...]:
    """The questions of a round, in order. Raises NotFound."""
    row = _row(round_id)
    wrong = faults(row)
    found = db.session.scalars(
        select(Question).where(Question.round_id == round_id).order_by(Question.position)
    )
    return tuple(
        QuestionLine(
            one.position, one.kind, str(QUESTION_KINDS.get(one.kind, one.kind)), one.texts, tuple(one.options), one.required,
            one.position in wrong, one.node_id, one.lowest, one.highest, one.asked_if, one.purpose,
            wrong.get(one.position, ()),
        )
        for one in found
    )  # fmt: skip


def participation(row: Round, *, at: datetime) -> Participation:
    """How many of those asked have answered in any way; two or three selects."""
    asked = register.size(row, at=at)
    frozen = row.register_sha256 is not None
    answered = asked - register.missing_count(row.id) if frozen else 0
    return Participation(asked, answered, frozen, register.unsent_count(row.id) if frozen else 0)


def may_remind(state: str, role: Role) -> bool:
    """Whether somebody in this role may remind those who are missing in a round that stands so."""
    return state == "open" and Role.UNIT in implies(role)


def _known(round_id: int) -> int:
    last = last_event("round", round_id)
    return last.id if last else 0


def _row(round_id: int) -> Round:
    query = select(Round).where(Round.id == round_id)
    row = db.session.scalar(
        query.options(
            joinedload(Round.dossier).joinedload(Dossier.body),
            joinedload(Round.version).joinedload(StandardVersion.standard),
        )
    )
    if row is None:
        raise NotFound(f"Round {round_id}")
    return row


def _can(row: Round, by: Actor, at: datetime) -> frozenset[str]:
    """The moves open to `by`, taking as given what their forms will ask for: a reason, later dates, one organisation;
    what must not be published is hidden on the way there."""
    body = commission_of(row.dossier, at=at) if by.role is Role.CHAIR else None
    if by.role is Role.CHAIR and (body is None or body.id != by.network_id):
        return frozenset()
    facts = round_facts(row, by=by, at=at)
    moves = set(allowed(ROUND, row.state, by.role, _filled_in(facts, at)))
    # Whoever reviews does so in the review; what is answered and published has its own desk.
    moves -= {"approve", "return", "comment", "no_comment", "create"}
    if "open" in moves and by.role is Role.UNIT_HEAD and row.opens_at and row.opens_at <= at:
        moves.discard("open")  # the clock is about to
    if may_remind(row.state, by.role):
        moves.add("remind")
    return frozenset(moves)


def _filled_in(facts: RoundFacts, at: datetime) -> RoundFacts:
    later = max(filter(None, (facts.closes_at, at))) + timedelta(days=1)
    return replace(
        facts, reason="-", consents_missing=0, small_cells=0, new_closes_at=later, pause_waiver="-", late_organisation="-", late_until=later,
        opens_at=max(filter(None, (facts.opens_at, at + timedelta(days=1)))), days=max(facts.days or 0, facts.minimum_days or 0),
    )  # fmt: skip


def _grants(round_id: int) -> tuple[Granted, ...]:
    query = select(Organisation.name, LateGrant.until, LateGrant.reason).join(
        Organisation, Organisation.id == LateGrant.organisation_id
    )
    return tuple(
        Granted(*row)
        for row in db.session.execute(query.where(LateGrant.round_id == round_id).order_by(LateGrant.id))
    )
