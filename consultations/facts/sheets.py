"""Rows of count sheets -> what their table of moves and the rules of paper ask."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import elections
from consultations.facts.votes import person, rule_of
from consultations.models.ballots import Ballot
from consultations.models.sheets import FIRST, RESOLVED, CountSheet, SheetEntry, SheetLine
from consultations.models.votes import RollEntry, Vote
from workflows.conditions import BLANK, INVALID
from workflows.elections.choices import choice_refusals
from workflows.paper import Sheet
from workflows.sheet import SheetFacts, SheetState

TAKING = ("open", "suspended", "closed")  # a vote that is closed is not yet counted
SETTLED = (SheetState.MERGED, SheetState.CANCELLED)
NAMED = 10


def sheet_facts(sheet: CountSheet, vote: Vote, *, by: Actor, **known: Any) -> SheetFacts:
    """What is known of a sheet; `known` adds what the act brings."""
    own = {
        "actor": person(by.person_id), "serial": sheet.serial, "counters": (sheet.first_counter, sheet.second_counter),
        "used": used(sheet), "taking_ballots": vote.state in TAKING,
    }  # fmt: skip
    return SheetFacts(**{**own, **known})


def waiting(vote_id: int) -> tuple[str, ...]:
    """The serial numbers of the sheets of a vote that are neither merged nor given up: its count waits for them."""
    query = select(CountSheet.serial).where(CountSheet.vote_id == vote_id, CountSheet.state.not_in(SETTLED))
    return tuple(db.session.scalars(query.order_by(CountSheet.id)))


def entry(sheet_id: int, number: int) -> SheetEntry | None:
    """One reading of a sheet."""
    return db.session.scalar(select(SheetEntry).filter_by(sheet_id=sheet_id, number=number))


def reader(row: SheetEntry) -> str | None:
    """Who entered a reading, as the opaque id that guards compare."""
    return person(row.entered_by_id)


def lines(entry_id: int) -> dict[str, str]:
    """Elector -> choice, as one reading has it."""
    query = (
        select(RollEntry.elector, SheetLine.choice)
        .join(RollEntry, SheetLine.roll_entry_id == RollEntry.id)
        .where(SheetLine.entry_id == entry_id)
    )
    return dict(db.session.execute(query).all())


def settled(sheet_id: int) -> SheetEntry | None:
    """How a sheet was resolved or corrected, the newest of them."""
    query = select(SheetEntry).where(SheetEntry.sheet_id == sheet_id, SheetEntry.number >= RESOLVED)
    return db.session.scalar(query.order_by(SheetEntry.number.desc()).limit(1))


def standing_lines(sheet_id: int) -> dict[str, str]:
    """What counts of a sheet that agrees: how it was resolved or corrected last, else its first reading."""
    row = settled(sheet_id) or entry(sheet_id, FIRST)
    return lines(row.id) if row else {}


def used(sheet: CountSheet) -> int:
    """How many papers came back as ballots, by the sheet's own numbers."""
    return sheet.issued - sheet.spoilt - sheet.unused


def as_paper(sheet: CountSheet, read: Mapping[str, str], set_aside: int = 0) -> Sheet:
    """The sheet as the rules of paper read it."""
    counters = (sheet.first_counter, sheet.second_counter)
    return Sheet(
        sheet.serial, counters, tuple(read.items()), sheet.issued, sheet.spoilt, sheet.unused, set_aside
    )


def electors(vote_id: int) -> tuple[str, ...]:
    """Who may stand on a sheet: the roll of the vote without whoever is excluded from it."""
    query = select(RollEntry.elector).where(RollEntry.vote_id == vote_id, RollEntry.excluded == "")
    return tuple(db.session.scalars(query))


def choices(vote: Vote) -> tuple[str, ...]:
    """What a paper of this vote may say: the choices of its rule, or the options that an election's ballot names."""
    return elections.terms_of(vote).ids if elections.is_election(vote) else rule_of(vote).choices


def allowed(vote: Vote, said: Iterable[str]) -> tuple[str, ...]:
    """Which of these ballots can be counted; blank and spoilt ones too."""
    if not elections.is_election(vote):
        return (*choices(vote), BLANK, INVALID)
    terms = elections.terms_of(vote)
    return tuple(text for text in dict.fromkeys((*said, BLANK, INVALID)) if not choice_refusals(text, terms))


def elsewhere(vote_id: int, entries: Iterable[RollEntry]) -> tuple[str, ...]:
    """The names of those that have a ballot already, on line or on another sheet; the first few of them."""
    ids = [row.id for row in entries]
    query = (
        select(RollEntry.name)
        .where(
            RollEntry.id.in_(
                select(Ballot.roll_entry_id).where(Ballot.vote_id == vote_id, Ballot.roll_entry_id.in_(ids))
            )
        )
        .order_by(RollEntry.name)
    )
    return tuple(db.session.scalars(query.limit(NAMED)))
