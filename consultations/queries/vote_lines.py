"""What every page says of a vote in the same words: its line in a list, the steps of its way, its contests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import elections
from consultations.facts.votes import Stop, newest_count, stops
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Count
from consultations.models.votes import Contest, RollEntry, Vote
from workflows.roles import Role
from workflows.vote import VoteState

S = VoteState
WRITTEN = "written"
BEFORE_CALL = (S.DRAFT, S.REVIEWED)
WITH_COUNT = (S.COUNTED, S.NO_QUORUM, S.TIED, S.PROVISIONAL, S.CONTESTED, S.FINAL, S.ANNULLED)


@dataclass(frozen=True)
class VoteLine:
    """One vote in a list. `has_page`: the public may open it; `has_result`: with a decision; `stop`: it stands still.

    `put_in_session`: it opens when it is put to the vote in the session of its assembly, and no hour is set before.
    """

    id: int
    code: str
    titles: dict[str, str]
    questions: dict[str, str]
    state: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    has_page: bool
    has_result: bool
    is_open: bool
    stop: Stop | None
    put_in_session: bool = False
    method: str = elections.RULE
    options: tuple[tuple[str, dict[str, str]], ...] = ()

    @property
    def is_election(self) -> bool:
        """Whether options are chosen: `options` are their ids and names."""
        return self.method != elections.RULE


@dataclass(frozen=True)
class Step:
    """One step of a vote's line: key, past|now|next, and when."""

    key: str
    state: str
    at: datetime | None


OFFICERS = (Role.COMMITTEE, Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER)
"""Who of the body reads the grounds of a contest as soon as it is raised."""


@dataclass(frozen=True)
class ContestLine:
    """A contest and its answer."""

    id: int
    organisation: str
    grounds: str
    raised_at: datetime
    resolution: str | None
    reason: str
    resolved_at: datetime | None


@dataclass(frozen=True)
class Contests:
    """What one viewer may read of the contests of a vote; `others` wait for their answers and are only counted."""

    lines: tuple[ContestLine, ...] = ()
    others: int = 0


NO_CONTESTS = Contests()


def closing(vote: Vote) -> datetime:
    """When it closes, or closed where that was earlier than set."""
    return min(vote.closed_at or vote.closes_at, vote.closes_at)


def line_of(vote: Vote) -> VoteLine:
    """A vote in a list."""
    return lines_of((vote,))[0]


def lines_of(found: Sequence[Vote]) -> tuple[VoteLine, ...]:
    """Votes in a list, in this order."""
    stopped, waiting = stops(found), _put_in_session(found)
    return tuple(
        VoteLine(
            vote.id, vote.code, vote.titles, vote.questions, vote.state, vote.opens_at, closing(vote), vote.zone,
            vote.convened_at is not None, vote.state in WITH_COUNT, vote.state == S.OPEN, stopped.get(vote.id),
            vote.id in waiting,
            vote.method, _options(vote),
        )
        for vote in found
    )  # fmt: skip


def _put_in_session(found: Sequence[Vote]) -> frozenset[int]:
    """Those that wait for their assembly to meet: what their rows have as times is no hour that anybody set."""
    of = {
        vote.id: vote.assembly_id for vote in found if vote.assembly_id is not None and vote.opened_at is None
    }
    if not of:
        return frozenset()
    query = select(Assembly.id).where(Assembly.id.in_(set(of.values())), Assembly.form != WRITTEN)
    meeting = set(db.session.scalars(query))
    return frozenset(id for id, assembly_id in of.items() if assembly_id in meeting)


def _options(vote: Vote) -> tuple[tuple[str, dict[str, str]], ...]:
    """Who or what an election chooses among."""
    if not elections.is_election(vote):
        return ()
    return tuple((option["id"], option["names"]) for option in vote.rule["options"])


def shown(vote: Vote) -> Count | None:
    """The count that anyone may see; None before there is one."""
    return newest_count(vote.id) if vote.state in WITH_COUNT else None


def text_label(vote: Vote) -> str:
    """The label of the version that is voted on; "" for a motion of an agenda."""
    return vote.version.label if vote.version else ""


def of_body(actor: Actor) -> tuple[VoteLine, ...]:
    """The votes of the body somebody acts in, newest first; an auditor reads those of every body."""
    query = select(Vote)
    if actor.role is not Role.AUDITOR:
        query = query.where(Vote.body_id == actor.network_id)
    return lines_of(db.session.scalars(query.order_by(Vote.id.desc())).all())


def of_dossier(dossier_id: int, *, public: bool = True) -> tuple[VoteLine, ...]:
    """The votes of a dossier, oldest first; the public sees them once convened or called off."""
    query = select(Vote).where(Vote.dossier_id == dossier_id).order_by(Vote.id)
    if public:
        query = query.where(Vote.state.not_in(BEFORE_CALL))
    return lines_of(db.session.scalars(query).all())


def steps(vote: Vote, count: Count | None) -> tuple[Step, ...]:
    """The line of a vote: what is behind it, where it is, what comes; none for a vote that was called off."""
    if vote.state == S.VOIDED:
        return ()
    order = {S.DRAFT: 0, S.REVIEWED: 0, S.CONVENED: 1, S.OPEN: 2, S.SUSPENDED: 2, S.CLOSED: 3, S.COUNTED: 3,
             S.NO_QUORUM: 3, S.TIED: 3, S.PROVISIONAL: 4, S.CONTESTED: 4, S.FINAL: 6, S.ANNULLED: 4}  # fmt: skip
    times = {
        "convene": vote.convened_at, "open": vote.opened_at or vote.opens_at, "close": None if vote.state == S.SUSPENDED else closing(vote),
        "count": vote.provisional_at or (count.counted_at if count else None), "contest": None if vote.state == S.ANNULLED else vote.contest_until, "final": None,
    }  # fmt: skip
    if _put_in_session((vote,)):
        times |= {"open": None, "close": None}
    here = order[S(vote.state)]
    place = ("past", "now", "next")
    return tuple(Step(key, place[(n > here) + (n >= here)], at) for n, (key, at) in enumerate(times.items()))


def contests_for(vote: Vote, by: Actor) -> Contests:
    """The contests of a vote that this viewer may read, oldest first: grounds become public with the answer, as promised.

    Before that the officers of the body, its committee, auditors and the contesting organisation read them.
    """
    officer = by.role is Role.AUDITOR or (by.role in OFFICERS and by.network_id == vote.body_id)
    lines, others = [], 0
    for line, organisation_id in _contests(vote.id):
        mine = by.organisation_id is not None and by.organisation_id == organisation_id
        if officer or mine or line.resolution is not None:
            lines.append(line)
        else:
            others += 1
    return Contests(tuple(lines), others)


def contests_of(vote_id: int) -> tuple[ContestLine, ...]:
    """The contests of a vote with their answers, oldest first, for whoever may read all of them."""
    return tuple(line for line, _ in _contests(vote_id))


def _contests(vote_id: int) -> list[tuple[ContestLine, int]]:
    query = (
        select(Contest, RollEntry.name)
        .join(
            RollEntry,
            (RollEntry.vote_id == Contest.vote_id) & (RollEntry.organisation_id == Contest.organisation_id),
        )
        .where(Contest.vote_id == vote_id)
        .order_by(Contest.id)
    )
    return [
        (
            ContestLine(c.id, name, c.grounds, c.raised_at, c.resolution, c.resolution_reason, c.resolved_at),
            c.organisation_id,
        )
        for c, name in db.session.execute(query)
    ]
