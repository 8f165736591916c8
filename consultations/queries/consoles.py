"""The president's console: the item under discussion and its vote, who has voted (never how), and what can be done next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import sheets, votes
from consultations.facts.blocks import item_of_vote
from consultations.facts.commission import in_force
from consultations.facts.here import Here, here
from consultations.facts.minutes_votes import place
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Ballot
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.votes import RollEntry, Vote
from consultations.queries import room, sessions
from consultations.queries.room import CallNow, Named, by_country
from consultations.queries.sessions import ItemLine, SessionPage
from consultations.queries.vote_lines import VoteLine, line_of, shown
from workflows.assembly import AssemblyState
from workflows.deadlines import with_pause
from workflows.item import ItemState
from workflows.machine import allowed
from workflows.representation import Voter
from workflows.roles import Role
from workflows.vote import VOTE, VoteState

STOPPED = (AssemblyState.SUSPENDED, AssemblyState.ADJOURNED)
RUNNING = (VoteState.OPEN, VoteState.SUSPENDED)
NOW = (ItemState.VOTED, ItemState.DISCUSSED)
_WITH_BALLOT = (
    select(RollEntry.elector)
    .join(Ballot, Ballot.roll_entry_id == RollEntry.id)
    .where(Ballot.vote_id == bindparam("vote_id"))
    .distinct()
)
_EXCLUDED = select(RollEntry.elector).where(
    RollEntry.vote_id == bindparam("vote_id"), RollEntry.excluded != ""
)
LED = frozenset({"suspend", "resume", "extend", "close"})
AT_LEAST = timedelta(minutes=1)


@dataclass(frozen=True)
class Waiting:
    """An organisation that may vote and has not: who would cast, and whether by proxy."""

    name: str
    country: str
    person: str
    by_proxy: bool


@dataclass(frozen=True)
class Turnout:
    """How many of those who are there or represented have a ballot. `elsewhere`: ballots of organisations that left since."""

    may: int
    voted: int
    elsewhere: int
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class LastResult:
    """What came of the vote that was closed last: how many chose what, or who is elected; `awaits`: what it waits for."""

    line: VoteLine
    status: str
    heads: tuple[tuple[str, int], ...]
    electors: int
    elected: tuple[dict[str, str], ...]
    awaits: str


@dataclass(frozen=True)
class ConsolePage:
    """The console. `item` is under discussion or being voted on, `next` comes after it; `vote_can`: moves on its vote.

    `wait_for`: the presidents, one of whom has to go on with what stands still; None for a president, and while nothing does.
    `waits`: the sheets of ballots on paper of the vote that are neither merged nor given up.
    """

    page: SessionPage
    item: ItemLine | None
    next: ItemLine | None
    vote: VoteLine | None
    turnout: Turnout | None
    vote_can: frozenset[str]
    call: CallNow | None
    next_call: CallNow | None
    wait_for: tuple[str, ...] | None = None
    waits: tuple[str, ...] = ()
    last: LastResult | None = None


def page(assembly_id: int, *, by: Actor, at: datetime) -> ConsolePage | None:
    """The console, for an officer of the body (an auditor sees every body's); None for anybody else."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or (row.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    there = here(row, at) if sessions.meets(row) else None
    found, calls = sessions.of(row, there, by=by, at=at), room.of(row, there).calls
    item = present_item(found.items)
    vote = item.vote if item and item.state == ItemState.VOTED else None
    running = there is not None and vote is not None and vote.state in RUNNING
    return ConsolePage(
        page=found, item=item, next=_next(found.items, item), vote=vote,
        turnout=turnout(there, vote.id) if running and there and vote else None,
        vote_can=_moves(vote.id, row.state, by, at) if vote else frozenset(), call=next((call for call in calls if call.current), None),
        next_call=next((call for call in calls if not call.made and not call.current), None),
        wait_for=_presidents(row.body_id, at) if _stands_still(row, vote) and by.role is not Role.PRESIDENT else None,
        waits=sheets.waiting(vote.id) if vote and vote.state in sheets.TAKING else (),
        last=_last(row.id) if not running else None,
    )  # fmt: skip


def _last(assembly_id: int) -> LastResult | None:
    """Of the vote that was closed last, once it is counted."""
    query = select(Vote).where(Vote.assembly_id == assembly_id, Vote.closed_at.is_not(None))
    vote = db.session.scalar(query.order_by(Vote.closed_at.desc(), Vote.id.desc()).limit(1))
    count = shown(vote) if vote is not None else None
    if vote is None or count is None:
        return None
    line, heads = line_of(vote), count.decision["heads"]
    names = dict(line.options)
    return LastResult(
        line, count.status, () if line.is_election else tuple(sorted(heads.items(), key=lambda one: place(one[0]))),
        count.decision["electors"], tuple(names[one] for one in count.decision.get("elected", ())),
        votes.awaited(vote, count.status) if vote.state == VoteState.COUNTED else "",
    )  # fmt: skip


def _stands_still(row: Assembly, vote: VoteLine | None) -> bool:
    return row.state in STOPPED or (vote is not None and vote.state == VoteState.SUSPENDED)


def _presidents(body_id: int, at: datetime) -> tuple[str, ...]:
    """Who presides over a body by a mandate in force."""
    query = (
        select(Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.network_id == body_id, Mandate.role == Role.PRESIDENT, Person.active, *in_force(at))
        .distinct()
        .order_by(Person.name)
    )
    return tuple(db.session.scalars(query))


def _moves(vote_id: int, assembly: str, by: Actor, at: datetime) -> frozenset[str]:
    """What this officer can do with the vote in hand, what a form will bring taken as given; in a break it does not go on."""
    vote = db.session.get_one(Vote, vote_id)
    if vote.body_id != by.network_id:
        return frozenset()
    since = votes.suspended_from(vote) if vote.state == VoteState.SUSPENDED else None
    later = with_pause(vote.closes_at, since, at) if since else vote.closes_at + AT_LEAST
    told = votes.vote_facts(
        vote,
        by=by,
        at=at,
        reason="-",
        suspended_from=since,
        new_closes_at=later,
        board_head="-",
        extension_days=votes.extension_days(vote),
    )
    led = LED - {"resume"} if assembly == AssemblyState.SUSPENDED else LED
    return led & frozenset(allowed(VOTE, vote.state, by.role, told))


def present_item(items: tuple[ItemLine, ...]) -> ItemLine | None:
    """What is dealt with now: what is being voted on, else what is under discussion (the amendment before its main text)."""
    for state in NOW:
        now = [item for item in items if item.state == state]
        if now:
            return max(now, key=lambda item: (item.amends is not None, -item.position))
    return None


def _next(items: tuple[ItemLine, ...], now: ItemLine | None) -> ItemLine | None:
    """The first item that can be taken up, else the first that is still to come."""
    planned = [item for item in items if item.state == ItemState.PLANNED and item != now]
    return next((item for item in planned if "take_up" in item.can), planned[0] if planned else None)


def turnout(there: Here, vote_id: int) -> Turnout:
    """Who may vote now, and who of them has a ballot: that they have, never what it says."""
    item = item_of_vote(vote_id)
    voters, names = there.voters(item), room.named(there)
    excluded = set(db.session.scalars(_EXCLUDED, {"vote_id": vote_id}))
    voted = set(db.session.scalars(_WITH_BALLOT, {"vote_id": vote_id}))
    may = {elector for elector, voter in voters.items() if voter.person is not None} - excluded
    missing = by_country(names[elector] for elector in may - voted)
    return Turnout(
        may=len(may), voted=len(may & voted), elsewhere=len(voted - may), waiting=_waiting(missing, voters)
    )


def _waiting(missing: tuple[Named, ...], voters: dict[str, Voter]) -> tuple[Waiting, ...]:
    people = _people({voters[one.elector].person or "" for one in missing})
    return tuple(
        Waiting(
            one.name, one.country, people.get(voters[one.elector].person or "", ""), voters[one.elector].capacity == "holder"
        )
        for one in missing
    )  # fmt: skip


def _people(opaque: set[str]) -> dict[str, str]:
    ids = [int(one.removeprefix("person/")) for one in opaque if one.startswith("person/")]
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {f"person/{id}": name for id, name in db.session.execute(query)}


def vote_of(assembly_id: int, vote_id: int, *, by: Actor) -> bool:
    """Whether this vote is on the agenda of this assembly, and the assembly of the body somebody acts in."""
    vote = db.session.get(Vote, vote_id)
    return vote is not None and vote.assembly_id == assembly_id and vote.body_id == by.network_id
