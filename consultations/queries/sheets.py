"""The count sheets of a vote, as its officers see them.

Nobody reads the first entry before the second is made. Until the vote is counted nobody reads what the papers say: the
desk, which has them in hand, sees the lines that differ, to resolve them (process.md: never a result before closing).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import sheets as facts
from consultations.facts.votes import person
from consultations.models.people import Person
from consultations.models.sheets import FIRST, RESOLVED, SECOND, CountSheet, SheetEntry
from consultations.models.votes import RollEntry, Vote
from consultations.queries.vote_lines import WITH_COUNT, VoteLine, line_of
from workflows import paper
from workflows.ballots import BLANK, INVALID
from workflows.machine import allowed
from workflows.roles import Role
from workflows.sheet import SHEET, SheetState
from workflows.vote import VoteState

DESK = (Role.SECRETARY, Role.SCRUTINEER)
READABLE = (SheetState.DIFFERENT, SheetState.AGREED, SheetState.MERGED)


@dataclass(frozen=True)
class Difference:
    """One organisation of which the two readings say different things; "" is nothing."""

    elector: str
    name: str
    first: str
    second: str


@dataclass(frozen=True)
class SheetPage:
    """One sheet. `set_aside`: how many papers were taken out of it with a reason. `lines` (elector, name, choice) once the vote is counted; `can` what this officer may do."""

    id: int
    serial: str
    place: str
    counters: tuple[str, str]
    issued: int
    spoilt: int
    unused: int
    state: str
    opened_at: datetime
    merged_at: datetime | None
    readers: tuple[tuple[int, str, datetime, str], ...]
    differences: tuple[Difference, ...]
    lines: tuple[tuple[str, str, str], ...]
    set_aside: int
    can: frozenset[str]

    @property
    def used(self) -> int:
        """The papers that came back as ballots, by the sheet's own numbers."""
        return self.issued - self.spoilt - self.unused

    @property
    def counted(self) -> int:
        """Those of them that become ballots: the others were taken out with a reason."""
        return self.used - self.set_aside


@dataclass(frozen=True)
class SheetsPage:
    """All sheets of a vote. `waits`: the serials of those that its count waits for; `sealed`: it is not counted."""

    vote: VoteLine
    vote_id: int
    choices: tuple[str, ...]
    electors: tuple[tuple[str, str], ...]
    sheets: tuple[SheetPage, ...]
    may_open: bool
    waits: tuple[str, ...] = ()
    sealed: bool = True

    def sheet(self, sheet_id: int) -> SheetPage | None:
        """One of them."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def is_last(self, sheet: SheetPage) -> bool:
        """Whether the vote is closed and waits for this sheet alone."""
        return self.vote.state == VoteState.CLOSED and self.waits == (sheet.serial,)


def page(vote_id: int, *, by: Actor) -> SheetsPage | None:
    """The sheets of a vote for an officer of its body (an auditor sees every body's); None for anybody else."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or (vote.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    rows = db.session.scalars(
        select(CountSheet).where(CountSheet.vote_id == vote_id).order_by(CountSheet.id)
    ).all()
    query = select(RollEntry.elector, RollEntry.name).where(
        RollEntry.vote_id == vote_id, RollEntry.excluded == ""
    )
    names = tuple(tuple(row) for row in db.session.execute(query.order_by(RollEntry.elector)))
    mine = vote.body_id == by.network_id
    return SheetsPage(
        line_of(vote), vote.id, (*facts.choices(vote), BLANK, INVALID), names,  # type: ignore[arg-type]
        tuple(_sheet(row, vote, by if mine else None, dict(names)) for row in rows),  # type: ignore[arg-type]
        mine and by.role in DESK and vote.state in facts.TAKING,
        facts.waiting(vote.id), vote.state not in WITH_COUNT,
    )  # fmt: skip


def _sheet(row: CountSheet, vote: Vote, by: Actor | None, names: dict[str, str]) -> SheetPage:
    entries = {
        entry.number: entry for entry in db.session.scalars(select(SheetEntry).filter_by(sheet_id=row.id))
    }
    counted = vote.state in WITH_COUNT
    readable = row.state in READABLE and (counted or (by is not None and by.role in DESK))
    one, two = (facts.lines(entries[n].id) if readable and n in entries else {} for n in (FIRST, SECOND))
    standing = facts.standing_lines(row.id) if counted and row.state == SheetState.MERGED else {}
    return SheetPage(
        row.id, row.serial, row.place, (row.first_counter, row.second_counter), row.issued, row.spoilt, row.unused, row.state,
        row.opened_at, row.merged_at,
        tuple((n, _name(entry.entered_by_id), entry.entered_at, entry.reason) for n, entry in sorted(entries.items())),
        tuple(
            Difference(elector, names.get(elector, elector), one.get(elector, ""), two.get(elector, ""))
            for elector in paper.differing(one, two)
        ),
        tuple((elector, names.get(elector, elector), choice) for elector, choice in sorted(standing.items())),
        facts.used(row) - len(facts.standing_lines(row.id)) if max(entries, default=0) > RESOLVED else 0,
        _can(row, vote, by, entries),
    )  # fmt: skip


def _can(row: CountSheet, vote: Vote, by: Actor | None, entries: dict[int, Any]) -> frozenset[str]:
    """What succeeds if what is typed is in order; `read` stands for both entries."""
    if by is None:
        return frozenset()
    first = entries.get(FIRST)
    known = facts.sheet_facts(
        row,
        vote,
        by=by,
        lines=facts.used(row),
        reason="-",
        differences=0,
        elsewhere=(),
        absent=(),
        first_reader=person(first.entered_by_id) if first else None,
    )
    names = set(allowed(SHEET, row.state, by.role, known))
    if names & {"enter", "enter_again"}:
        names.add("read")
    return frozenset(names - {"find_different"})


def _name(person_id: int) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
