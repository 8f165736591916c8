"""The minutes of an assembly: as everybody reads them after closing, and as its officers write and sign them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_document import Signed, Version, document
from consultations.extensions import db
from consultations.facts import minutes as facts
from consultations.facts.minutes_versions import newest, numbered, signatures
from consultations.facts.minutes_votes import iso
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyMinutes
from consultations.queries.sessions import AssemblyLine, line_of
from workflows.assembly import AssemblyState
from workflows.roles import Role

HELD = (AssemblyState.CLOSED, AssemblyState.MINUTES_SIGNED)
SIGNERS = (Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER)


@dataclass(frozen=True)
class VersionLine:
    """One version in the list of all of them."""

    number: int
    sha256: str
    made_at: datetime
    signed: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A place for words: its key, the item's titles where it is one, and the words that stand there."""

    key: str
    position: int
    titles: dict[str, str]
    words: str


@dataclass(frozen=True)
class MinutesPage:
    """The newest version, or the one asked for. `can`: make, sign."""

    line: AssemblyLine
    body: dict[str, str]
    language: str
    number: int
    newest: int
    sha256: str
    signed: tuple[Signed, ...]
    is_signed: bool
    document: Minutes
    places: tuple[Place, ...]
    versions: tuple[VersionLine, ...]
    can: frozenset[str]


def page(assembly_id: int, number: int | None = None, *, by: Actor) -> MinutesPage | None:
    """The minutes of an assembly that is closed, in the reader's language; None before, or for a version there is not."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or row.state not in HELD or row.closed_at is None:
        return None
    last = newest(assembly_id)
    chosen = last if number is None else numbered(assembly_id, number)
    if chosen is None and number is not None:
        return None
    version = _version(chosen) if chosen else _unwritten(row)
    return MinutesPage(
        line=line_of(row), body=row.body.names, language=row.language, number=version.number,
        newest=last.number if last else 0, sha256=version.sha256, signed=version.signed,
        is_signed=row.state == AssemblyState.MINUTES_SIGNED, document=document(version), places=_places(row, version),
        versions=_versions(assembly_id), can=_can(row, chosen, last, by),
    )  # fmt: skip


def _unwritten(row: Assembly) -> Version:
    """The figures alone, while nobody has made minutes."""
    assert row.closed_at is not None  # asked before
    found = facts.figures(row, row.closed_at)
    return Version(0, found, {}, facts.sha256(found, {}))


def _version(row: AssemblyMinutes) -> Version:
    signed = tuple(Signed(one.role, one.person.name, str(iso(one.signed_at))) for one in signatures([row.id]))
    return Version(row.number, row.figures, row.words, row.sha256, signed)


def _places(row: Assembly, version: Version) -> tuple[Place, ...]:
    """Where words may stand; before there are any, what was noted of the items in session."""
    words = version.words
    found = [
        Place(f"item-{item.position}", item.position, item.titles, words.get(f"item-{item.position}") or _noted(item, row, version))
        for item in db.session.scalars(select(AgendaItem).filter_by(assembly_id=row.id).order_by(AgendaItem.position))
    ]  # fmt: skip
    first, last = (Place(key, 0, {}, words.get(key, "")) for key in ("introduction", "closing"))
    return (first, *found, last)


def _noted(item: AgendaItem, row: Assembly, version: Version) -> str:
    return item.notes.get(row.language, "") if version.number == 0 else ""


def _versions(assembly_id: int) -> tuple[VersionLine, ...]:
    query = select(
        AssemblyMinutes.id, AssemblyMinutes.number, AssemblyMinutes.sha256, AssemblyMinutes.made_at
    )
    rows = db.session.execute(
        query.filter_by(assembly_id=assembly_id).order_by(AssemblyMinutes.number.desc())
    ).all()
    signed: dict[int, list[str]] = {}
    for one in signatures([row.id for row in rows]):
        signed.setdefault(one.minutes_id, []).append(one.role)
    return tuple(
        VersionLine(row.number, row.sha256, row.made_at, tuple(signed.get(row.id, ()))) for row in rows
    )


def _can(
    row: Assembly, chosen: AssemblyMinutes | None, last: AssemblyMinutes | None, by: Actor
) -> frozenset[str]:
    """`make` for the secretary, `sign` for who has not signed the newest version; for officers of the body alone."""
    if row.body_id != by.network_id or row.state != AssemblyState.CLOSED:
        return frozenset()
    found = {"make"} if by.role is Role.SECRETARY else set()
    if chosen is not None and last is not None and chosen.number == last.number and by.role in SIGNERS:
        signed = signatures([last.id])
        if not any(one.role == by.role or one.person_id == by.person_id for one in signed):
            found.add("sign")
    return frozenset(found)
