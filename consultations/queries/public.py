"""What anyone may read: matters under way, results, and one dossier's story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from consultations.extensions import db
from consultations.facts.dossiers import rules_of
from consultations.facts.petitions import DECIDED
from consultations.facts.rule_words import in_words
from consultations.facts.votes import Stop, rule_of, stops
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.votes import Vote
from consultations.queries import redlines, took_part
from consultations.queries.published_participation import COUNTED
from workflows.dossier import DossierState
from workflows.round import RoundState

PUBLIC_ROUNDS = (
    "scheduled", "open", "paused", "closed", "answering", "synopsis_review", "published", "superseded", "ready_for_vote",
)  # fmt: skip
BEING_ANSWERED = ("closed", "answering", "synopsis_review")
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
    asked: int | None = None  # organisations of the register or of the roll
    answered: int | None = None  # once nobody can answer any more; None where it is hidden
    earlier: tuple[tuple[int, str], ...] = ()  # texts that anybody may compare this one with: id and label

    @property
    def rests(self) -> bool:
        """Whether a round is paused: what stands as its closing says nothing then."""
        return self.state == RoundState.PAUSED


@dataclass(frozen=True)
class Procedure:
    """By which rule a vote is decided: its title, its sentences, where it is from."""

    title: dict[str, str]
    words: dict[str, list[str]]
    cites: str


@dataclass(frozen=True)
class Front:
    """The public front page: rounds by where they stand, votes that are called or open, results."""

    open: tuple[Matter, ...]
    announced: tuple[Matter, ...]
    paused: tuple[Matter, ...]
    answering: tuple[Matter, ...]
    votes: tuple[Matter, ...]
    results: tuple[Matter, ...]
    dossiers: tuple[Matter, ...]


@dataclass(frozen=True)
class DossierPage:
    """One dossier as the public sees it. `gates`: what its kind has to pass; `consults`: whether it has rounds at all.

    `rounds_minimum` and `first_days`: how many rounds its kind asks at least, and how long the first. `running`: the
    rounds and votes in which somebody may take part now; `takes_remarks`: it is decided and published.
    """

    dossier: Matter
    objectives: dict[str, str]
    rounds: tuple[Matter, ...]
    votes: tuple[Matter, ...]
    procedure: Procedure | None
    reached: dict[str, datetime]
    kind: str
    standard: dict[str, str]
    gates: frozenset[str]
    consults: bool
    rounds_minimum: int
    first_days: int
    running: tuple[Matter, ...]
    takes_remarks: bool


def front() -> Front:
    """Rounds and votes under way (the next to close first), the newest results, and every dossier, newest first."""
    running = _rounds().where(Round.state.in_(("scheduled", "open", "paused", *BEING_ANSWERED)))
    rounds = [_round(row) for row in db.session.scalars(running.order_by(Round.closes_at, Round.id))]
    of_matters = _votes().where(Vote.state.in_(PUBLIC_VOTES), Vote.dossier_id.is_not(None))
    votes = list(db.session.scalars(of_matters.order_by(Vote.closes_at)))
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
        _at(rounds, "open"), _at(rounds, "scheduled"), _at(rounds, "paused"), _at(rounds, *BEING_ANSWERED),
        _matters(live), _matters(results),
        tuple(_dossier(row, stand) for row in listed),
    )  # fmt: skip


def dossier(dossier_id: int, *, at: datetime) -> DossierPage | None:
    """A dossier with its rounds and votes that are public; None when the public has nothing to see."""
    with_names = (joinedload(Dossier.body), joinedload(Dossier.standard))
    query = select(Dossier).options(*with_names).where(Dossier.id == dossier_id, shown())
    found = db.session.scalar(query)
    if found is None:
        return None
    rounds = (
        _rounds().where(Round.dossier_id == found.id, Round.state.in_(PUBLIC_ROUNDS)).order_by(Round.number)
    )
    query_votes = _votes().where(Vote.dossier_id == found.id, Vote.state.in_(PUBLIC_VOTES)).order_by(Vote.id)
    votes = list(db.session.scalars(query_votes))
    matters = _with_documents(db.session.scalars(rounds).all())
    voted = _matters(votes, with_rolls=True)
    rules = rules_of(found.kind)
    return DossierPage(
        _dossier(found, _standing([found])), found.objectives, matters, voted, _procedure(votes), _reached(found.id),
        kind=found.kind, standard=found.standard.titles, gates=frozenset(str(gate) for gate in rules.gates),
        consults=bool(rules.rounds_minimum or matters or found.state == DossierState.IN_ROUND),
        rounds_minimum=rules.rounds_minimum, first_days=rules.days_of_round(1),
        running=tuple(one for one in (*matters, *voted) if one.state == "open" and one.closes_at and one.closes_at > at),
        takes_remarks=found.state in DECIDED,
    )  # fmt: skip


def _at(rounds: Sequence[Matter], *states: str) -> tuple[Matter, ...]:
    return tuple(one for one in rounds if one.state in states)


def _with_documents(rows: Sequence[Round]) -> tuple[Matter, ...]:
    """Rounds with how many were asked, how many answered, and the texts that theirs can be compared with."""
    counts = took_part.in_rounds([row.id for row in rows])
    found = []
    for row in rows:
        made = _round(row)
        earlier = redlines.public_before(made.version_id) if made.version_id else ()
        asked, answered = counts.get(row.id, (None, None))
        answered = answered if row.state in COUNTED else None  # live figures would tell who came last
        compared = tuple((one.id, one.label) for one in earlier)
        found.append(replace(made, asked=asked, answered=answered, earlier=compared))
    return tuple(found)


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
        has_synopsis=row.published_at is not None, has_participation=row.state in COUNTED,
    )  # fmt: skip


def _matters(votes: Sequence[Vote], *, with_rolls: bool = False) -> tuple[Matter, ...]:
    stopped = stops(votes)
    rolls = took_part.electors([row.id for row in votes if row.convened_at]) if with_rolls else {}
    return tuple(replace(_told(_vote(row, stopped.get(row.id))), asked=rolls.get(row.id)) for row in votes)


def _told(vote: Matter) -> Matter:
    if vote.has_page:
        return vote
    stop = replace(vote.stop, reason="") if vote.stop else None
    return replace(vote, questions=None, version_id=0, version_label="", stop=stop)


def _vote(row: Vote, stop: Stop | None) -> Matter:
    return Matter(
        row.dossier_id, row.code, row.titles, row.state, row.body.names, row.id, row.code, row.opens_at,
        row.closes_at, row.first_closes_at, row.zone, row.questions, row.convened_at is not None, row.state in RESULTS,
        stop, row.version_id, row.version.label, has_minutes=row.state in MINUTED,
    )  # fmt: skip
