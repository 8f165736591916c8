"""What anyone may read: matters under way, results, and one dossier's story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from consultations.extensions import db
from consultations.facts.rule_words import in_words
from consultations.facts.votes import Stop, rule_of, stops
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.votes import Vote
from consultations.queries.published_participation import CLOSED
from workflows.dossier import DossierState
from workflows.round import RoundState

PUBLIC_ROUNDS = (
    "scheduled", "open", "paused", "closed", "answering", "synopsis_review", "published", "superseded", "ready_for_vote",
)  # fmt: skip
RESULTS = ("provisional", "contested", "final", "no_quorum", "tied", "annulled")
PUBLIC_VOTES = ("convened", "open", "suspended", "closed", "counted", "voided", *RESULTS)
MINUTED = ("counted", *RESULTS)
ENDED = ("withdrawn_by_unit", "withdrawn_by_commission", "postponed")
ARCHIVE = 50

STAGE_EVENTS = {
    "in_round": ("round_opened",), "final_review": ("text_declared_ready_for_vote",), "convened": ("vote_convened",),
    "adopted": ("dossier_adopted", "dossier_not_adopted"), "sent": ("position_sent",),
    "outcome_recorded": ("outcome_recorded",),
}  # fmt: skip
"""A state of each stage -> the events that begin it, all of them public."""


@dataclass(frozen=True)
class Matter:
    """A dossier, or a round or vote of it, in a list. Of a dossier: `round_state`, where its newest round stands while it
    is in consultation, else "". Of a vote: `has_page`, and the `stop` if it stands still.

    Of a vote that was called off before it was convened only that and when: its question and the reason were written for
    the body's officers.
    """

    dossier_id: int
    code: str
    titles: dict[str, str]
    state: str
    body: dict[str, str]
    id: int = 0
    number: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    first_closes_at: datetime | None = None
    zone: str = "UTC"
    questions: dict[str, str] | None = None
    has_page: bool = False
    has_result: bool = False
    stop: Stop | None = None
    version_id: int = 0  # of the text, 0 until it is frozen
    version_label: str = ""
    has_synopsis: bool = False
    has_minutes: bool = False
    has_participation: bool = False
    round_state: str = ""


@dataclass(frozen=True)
class Procedure:
    """By which rule a vote is decided: its title, its sentences, where it is from."""

    title: dict[str, str]
    words: dict[str, list[str]]
    cites: str


@dataclass(frozen=True)
class Front:
    """The public front page."""

    rounds: tuple[Matter, ...]
    votes: tuple[Matter, ...]
    results: tuple[Matter, ...]
    dossiers: tuple[Matter, ...]


@dataclass(frozen=True)
class DossierPage:
    """One dossier as the public sees it."""

    dossier: Matter
    objectives: dict[str, str]
    rounds: tuple[Matter, ...]
    votes: tuple[Matter, ...]
    procedure: Procedure | None
    reached: dict[str, datetime]


def front() -> Front:
    """Open rounds and votes (the next to close first), the newest results, and every dossier, newest first."""
    rounds = db.session.scalars(
        _rounds().where(Round.state.in_(("open", "paused", "scheduled"))).order_by(Round.closes_at)
    )
    votes = list(db.session.scalars(_votes().where(Vote.state.in_(PUBLIC_VOTES)).order_by(Vote.closes_at)))
    dossiers = (
        select(Dossier)
        .options(joinedload(Dossier.body))
        .where(shown())
        .order_by(Dossier.id.desc())
        .limit(ARCHIVE)
    )
    live = [vote for vote in votes if vote.state in ("convened", "open", "suspended")]
    results = [vote for vote in reversed(votes) if vote.state in RESULTS][:10]
    listed = list(db.session.scalars(dossiers))
    stand = _standing(listed)
    return Front(
        tuple(_round(row) for row in rounds), _matters(live), _matters(results),
        tuple(_dossier(row, stand) for row in listed),
    )  # fmt: skip


def dossier(dossier_id: int) -> DossierPage | None:
    """A dossier with its rounds and votes that are public; None when the public has nothing to see."""
    query = select(Dossier).options(joinedload(Dossier.body)).where(Dossier.id == dossier_id, shown())
    found = db.session.scalar(query)
    if found is None:
        return None
    rounds = (
        _rounds().where(Round.dossier_id == found.id, Round.state.in_(PUBLIC_ROUNDS)).order_by(Round.number)
    )
    query_votes = _votes().where(Vote.dossier_id == found.id, Vote.state.in_(PUBLIC_VOTES)).order_by(Vote.id)
    votes = list(db.session.scalars(query_votes))
    return DossierPage(
        _dossier(found, _standing([found])), found.objectives,
        tuple(_round(row) for row in db.session.scalars(rounds)),
        _matters(votes), _procedure(votes), _reached(found.id),
    )  # fmt: skip


def _procedure(votes: list[Vote]) -> Procedure | None:
    """The rule of the newest vote that was convened: until then it may still be another."""
    convened = [vote for vote in votes if vote.convened_at is not None]
    if not convened:
        return None
    rule = rule_of(convened[-1])
    return Procedure(dict(rule.title), in_words(rule, convened[-1].call), rule.cites)


def _reached(dossier_id: int) -> dict[str, datetime]:
    """When each stage of the process was first reached, as far as an event that anyone may know says so."""
    stages = {event: stage for stage, events in STAGE_EVENTS.items() for event in events}
    query = select(Event.name, func.min(Event.at)).where(
        Event.dossier_id == dossier_id, Event.name.in_(stages)
    )
    found: dict[str, datetime] = {}
    for name, at in db.session.execute(query.group_by(Event.name)):
        found[stages[name]] = min(at, found.get(stages[name], at))
    return found


def shown() -> ColumnElement[bool]:
    """A dossier is public from its profile on (process.md), or as soon as a round or vote of it is.

    Withdrawn or postponed before that, it stays with those who knew of it.
    """
    public_round = (
        select(Round.id)
        .where(Round.dossier_id == Dossier.id, Round.state.in_(PUBLIC_ROUNDS))
        .correlate(Dossier)
        .exists()
    )
    scoped = (
        select(Event.id)
        .where(Event.dossier_id == Dossier.id, Event.name == "dossier_scoped")
        .correlate(Dossier)
        .exists()
    )
    ended = Dossier.state.in_(ENDED)
    return or_(
        Dossier.state.not_in(("requested", "assessed", *ENDED)),
        and_(ended, scoped),
        public_round,
    )


def _rounds() -> Select[tuple[Round]]:
    return select(Round).options(
        joinedload(Round.dossier).joinedload(Dossier.body), joinedload(Round.version)
    )


def _votes() -> Select[tuple[Vote]]:
    return select(Vote).options(joinedload(Vote.dossier), joinedload(Vote.body), joinedload(Vote.version))


def _standing(dossiers: Sequence[Dossier]) -> dict[int, str]:
    """Where the newest round stands of each dossier that is in consultation, by the dossier's id."""
    ids = [row.id for row in dossiers if row.state == DossierState.IN_ROUND]
    query = select(Round.dossier_id, Round.state).where(
        Round.dossier_id.in_(ids), Round.state != RoundState.WITHDRAWN
    )
    rows = db.session.execute(query.order_by(Round.number)).all()
    return dict(rows)  # the newest of a dossier is the last


def _dossier(row: Dossier, stand: Mapping[int, str]) -> Matter:
    return Matter(row.id, row.code, row.titles, row.state, row.body.names, round_state=stand.get(row.id, ""))


def _round(row: Round) -> Matter:
    return Matter(
        row.dossier_id, row.dossier.code, row.dossier.titles, row.state, row.dossier.body.names, row.id,
        str(row.number), row.opens_at, row.closes_at, row.first_closes_at, row.zone,
        version_id=row.version_id if row.version.frozen_at else 0, version_label=row.version.label,
        has_synopsis=row.published_at is not None, has_participation=row.state in CLOSED,
    )  # fmt: skip


def _matters(votes: Sequence[Vote]) -> tuple[Matter, ...]:
    stopped = stops(votes)
    return tuple(_told(_vote(row, stopped.get(row.id))) for row in votes)


def _told(vote: Matter) -> Matter:
    if vote.has_page:
        return vote
    stop = replace(vote.stop, reason="") if vote.stop else None
    return replace(vote, questions=None, version_id=0, version_label="", stop=stop)


def _vote(row: Vote, stop: Stop | None) -> Matter:
    return Matter(
        row.dossier_id, row.code, row.dossier.titles, row.state, row.body.names, row.id, row.code, row.opens_at,
        row.closes_at, row.first_closes_at, row.zone, row.questions, row.convened_at is not None, row.state in RESULTS,
        stop, row.version_id, row.version.label, has_minutes=row.state in MINUTED,
    )  # fmt: skip
