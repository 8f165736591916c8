"""An assembly for everybody, once it is convened: convocation, agenda with its motions, roll, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.assembly_rolls import EXCEPTION, EXCLUDED
from consultations.models.assemblies import AgendaItem, Assembly, RollChange
from consultations.models.organisations import Organisation
from consultations.models.votes import Vote
from consultations.queries.assembly_rolls import Amendment, amendments
from consultations.queries.sessions import AssemblyLine, line_of
from consultations.queries.vote_lines import VoteLine, lines_of
from workflows.rolls import exported

HIDDEN = ("draft",)


@dataclass(frozen=True)
class PublicItem:
    """One item of the agenda; `vote` once it is convened."""

    position: int
    kind: str
    titles: dict[str, str]
    motion: dict[str, str]
    background: dict[str, str]
    state: str
    amends: int | None
    vote: VoteLine | None


@dataclass(frozen=True)
class LeftOut:
    """Who is not on the roll and why (codes of refusals), or is on it all the same, since which day."""

    name: str
    country: str
    kind: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class PublicAssembly:
    """A convened assembly."""

    line: AssemblyLine
    body: dict[str, str]
    body_id: int
    place: str
    link: str
    ends_at: datetime | None
    adjourned_until: datetime | None
    call: int
    roll_size: int
    roll_sha256: str
    items: tuple[PublicItem, ...]
    left_out: tuple[LeftOut, ...]
    amendments: tuple[Amendment, ...]


def coming() -> tuple[AssemblyLine, ...]:
    """The assemblies that are convened or under way, the next to begin first."""
    over = (*HIDDEN, "closed", "minutes_signed", "called_off", "not_installed")
    query = select(Assembly).where(Assembly.state.not_in(over)).order_by(Assembly.starts_at, Assembly.id)
    return tuple(line_of(row) for row in db.session.scalars(query))


def page(assembly_id: int) -> PublicAssembly | None:
    """One assembly; None before it is convened."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or row.state in HIDDEN or row.convened_at is None:
        return None
    return PublicAssembly(
        line=line_of(row), body=row.body.names, body_id=row.body_id, place=row.place, link=row.link, ends_at=row.ends_at,
        adjourned_until=row.adjourned_until if row.state == "adjourned" else None, call=row.call,
        roll_size=len(facts.electors(row.id)), roll_sha256=row.roll_sha256 or "", items=_items(row.id), left_out=_left_out(row.id),
        amendments=amendments(row.id),
    )  # fmt: skip


def roll_csv(assembly_id: int) -> str | None:
    """The roll as it was frozen, from which anybody recomputes its hash; None before it is."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or row.convened_at is None:
        return None
    return exported(facts.roll(facts.electors(assembly_id)))


def _items(assembly_id: int) -> tuple[PublicItem, ...]:
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == assembly_id).order_by(AgendaItem.position)
    ).all()
    votes = db.session.scalars(
        select(Vote).where(Vote.assembly_id == assembly_id, Vote.convened_at.is_not(None))
    ).all()
    lines = {line.id: line for line in lines_of(votes)}
    places = {row.id: row.position for row in rows}
    return tuple(
        PublicItem(
            row.position, row.kind, row.titles, row.motion, row.background, row.state, places.get(row.amends_id or 0),
            lines.get(row.vote_id or 0),
        )
        for row in rows
    )  # fmt: skip


def _left_out(assembly_id: int) -> tuple[LeftOut, ...]:
    query = (
        select(RollChange, Organisation.name, Organisation.country)
        .join(Organisation, RollChange.organisation_id == Organisation.id)
        .where(RollChange.assembly_id == assembly_id)
        .where(
            (RollChange.kind == EXCLUDED)
            | ((RollChange.kind == EXCEPTION) & RollChange.confirmed_at.is_not(None))
        )
        .order_by(RollChange.id)
    )
    return tuple(
        LeftOut(name, country, row.kind, row.reason, row.proposed_at)
        for row, name, country in db.session.execute(query)
    )
