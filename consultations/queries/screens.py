"""What a room looks at: the present item, quorum, countdown, turnout where it may be shown, and a result once it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import PUBLIC
from consultations.extensions import db
from consultations.facts import rolls, taken
from consultations.facts.here import Here, here
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from consultations.queries import consoles, decisions, room, sessions
from consultations.queries.assembly_public import HIDDEN
from consultations.queries.consoles import RUNNING
from consultations.queries.decisions import DecisionPage
from consultations.queries.election_rounds import rounds
from consultations.queries.half_circle import SILENT, HalfCircle, half_circle
from consultations.queries.room import CallNow, RoomPage
from consultations.queries.sessions import CALLED, AssemblyLine, line_of
from consultations.queries.vote_lines import WITH_COUNT, VoteLine
from consultations.queries.vote_lines import line_of as vote_line
from workflows.item import ItemState

S = ItemState
RULE = "rule"


@dataclass(frozen=True)
class ScreenItem:
    """One item of the agenda; `present`: what the room deals with now, or has dealt with last."""

    position: int
    titles: dict[str, str]
    motion: dict[str, str]
    kind: str
    state: str
    amends: int | None
    present: bool


@dataclass(frozen=True)
class VoteNow:
    """A vote before its result. `voted` of `may`: None where the turnout is not shown."""

    line: VoteLine
    may: int | None
    voted: int | None


@dataclass(frozen=True)
class Result:
    """A counted vote: the decision as its public page has it, and the half circle; of an election who is elected, by all its votes together."""

    line: VoteLine
    decision: DecisionPage | None
    seats: HalfCircle | None
    elected: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Screen:
    """The projector's page. `call`: whose quorum is asked now; `next_due_at`: when the next call may be made.

    `beside`: the items of its block that the room deals with together with `item`.
    """

    line: AssemblyLine
    body: dict[str, str]
    language: str
    adjourned_until: datetime | None
    items: tuple[ScreenItem, ...]
    item: ScreenItem | None
    beside: tuple[ScreenItem, ...]
    vote: VoteNow | None
    result: Result | None
    room: RoomPage
    call: CallNow | None
    next_call: CallNow | None


@dataclass(frozen=True)
class Frame:
    """What stands round the part that changes, at the price of one row."""

    line: AssemblyLine
    body: dict[str, str]
    language: str


def frame(assembly_id: int) -> Frame | None:
    """The frame of an assembly that everybody may see; None for one that they may not."""
    row = _public(assembly_id)
    return Frame(line_of(row), row.body.names, row.language) if row else None


def page(assembly_id: int, *, at: datetime) -> Screen | None:
    """What everybody in the room may see; None before the assembly is convened."""
    row = _public(assembly_id)
    if row is None:
        return None
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == row.id).order_by(AgendaItem.position)
    ).all()
    now = _present(rows)
    vote = db.session.get(Vote, now.vote_id) if now and now.vote_id else None
    there = here(row, at) if sessions.meets(row) else None
    measured = room.of(row, there)
    items = _items(rows, now)
    return Screen(
        line=line_of(row), body=row.body.names, language=row.language,
        adjourned_until=row.adjourned_until if row.state == "adjourned" else None, items=items,
        item=next((item for item in items if item.present), None), beside=_beside(rows, items, now), vote=_running(there, vote), result=_result(vote, at), room=measured,
        call=next((call for call in measured.calls if call.current), None),
        next_call=next((call for call in measured.calls if call.due_at), None) if row.state in ("convened", *CALLED) else None,
    )  # fmt: skip


def _public(assembly_id: int) -> Assembly | None:
    row = db.session.get(Assembly, assembly_id)
    return None if row is None or row.state in HIDDEN or row.convened_at is None else row


def _present(rows: Sequence[AgendaItem]) -> AgendaItem | None:
    """What is being voted on, else what is under discussion (an amendment before its main text), else what was decided last."""
    for state in (S.VOTED, S.DISCUSSED):
        if now := [row for row in rows if row.state == state]:
            return max(now, key=lambda row: (row.amends_id is not None, -row.position))
    decided = [row for row in rows if row.state == S.DECIDED and row.decided_at is not None]
    return max(decided, key=lambda row: (row.decided_at, -row.position), default=None)  # type: ignore[type-var, arg-type, return-value]


def _items(rows: Sequence[AgendaItem], now: AgendaItem | None) -> tuple[ScreenItem, ...]:
    places = {row.id: row.position for row in rows}
    return tuple(
        ScreenItem(
            row.position,
            row.titles,
            row.motion,
            row.kind,
            row.state,
            places.get(row.amends_id or 0),
            row is now,
        )
        for row in rows
        if row.state != S.WITHDRAWN
    )


def _beside(
    rows: Sequence[AgendaItem], items: Sequence[ScreenItem], now: AgendaItem | None
) -> tuple[ScreenItem, ...]:
    """Its block, as long as all of it is in one state: what left it is no longer dealt with together."""
    if now is None or not now.block:
        return ()
    places = {
        row.position for row in rows if row is not now and (row.block, row.state) == (now.block, now.state)
    }
    return tuple(item for item in items if item.position in places)


def _running(there: Here | None, vote: Vote | None) -> VoteNow | None:
    """The vote in hand, without anything of its result: while it runs, and until it is counted."""
    if vote is None or vote.opened_at is None or vote.state in WITH_COUNT:
        return None
    if there is None or not vote.show_turnout or vote.state not in RUNNING:
        return VoteNow(vote_line(vote), None, None)
    turnout = consoles.turnout(there, vote.id)
    return VoteNow(vote_line(vote), turnout.may, turnout.voted)


def _result(vote: Vote | None, at: datetime) -> Result | None:
    """Only of a vote that is counted: `decisions.page` has no figure before that either."""
    if vote is None or vote.state not in WITH_COUNT:
        return None
    decision = decisions.page(vote.id, by=PUBLIC, at=at)
    if decision is None or decision.status is None:
        return None
    if vote.method != RULE:
        return Result(decision.line, decision, None, rounds([vote])[vote.id].elected)
    said = dict(taken.standing(vote.id))
    seated = [
        (e.attributes.get("country", ""), said.get(e.elector, SILENT))
        for e in rolls.frozen(vote.id)
        if not e.excluded
    ]
    return Result(decision.line, decision, half_circle(seated, decision.choices))
