"""The rule book of a body as anybody reads it, and as its officers write it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.rule_books import rule_facts
from consultations.facts.rule_words import in_words
from consultations.facts.rules_in_force import is_in_force
from consultations.facts.rules_of_assemblies import taken_by
from consultations.models.organisations import Network
from consultations.models.people import Person
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from workflows.machine import allowed, objections, possible
from workflows.refusals import Refusal
from workflows.roles import Role
from workflows.rule_book import RULE_BOOK, RuleKind
from workflows.rules import rule_from

OFFICERS = frozenset(
    {Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE, Role.COMMISSION, Role.CHAIR}
)
"""Who reads the drafts of the body they act in; an auditor reads those of every body."""

TOLD = ("approve", "withdraw", "discard", "edit")


@dataclass(frozen=True)
class Used:
    """A vote, or an assembly, that was convened by a version."""

    id: int
    code: str
    titles: dict[str, str]
    state: str


@dataclass(frozen=True)
class Line:
    """A version in the book. `now`: it is in force today, where the body is."""

    id: int
    kind: str
    key: str
    version: int
    titles: dict[str, str]
    cites: str
    state: str
    in_force_from: date
    in_force_until: date | None
    now: bool
    votes: tuple[Used, ...]
    assemblies: tuple[Used, ...]


@dataclass(frozen=True)
class Book:
    """The versions of a body by kind, in the order of the kinds; of each rule the newest first. `drafts` is for officers."""

    body_id: int
    names: dict[str, str]
    kinds: tuple[tuple[str, tuple[Line, ...]], ...]
    drafts: tuple[Line, ...]


@dataclass(frozen=True)
class RulePage:
    """One version, whole. `words`: a decision rule in sentences, per language; `own`: of the body who asks acts in; `against`: what
    speaks against each act."""

    line: Line
    body_id: int
    body: dict[str, str]
    sha256: str
    content: dict[str, Any]
    words: dict[str, list[str]]
    tie: str
    calls: tuple[int, ...]
    written_by: str
    approved_by: str
    approved_at: datetime | None
    own: bool
    can: frozenset[str]
    against: dict[str, tuple[Refusal, ...]]


def book(body_id: int, *, by: Actor, at: datetime) -> Book | None:
    """The book of a body; None: there is no such body."""
    body = db.session.get(Network, body_id)
    if body is None:
        return None
    query = select(RuleVersion).where(RuleVersion.body_id == body_id)
    rows = db.session.scalars(query.order_by(RuleVersion.key, RuleVersion.version.desc())).all()
    lines = _lines(rows, _day(body, at))
    known = [line for row, line in lines if row.approved_at is not None]
    kinds = tuple((str(kind), tuple(one for one in known if one.kind == kind)) for kind in RuleKind)
    drafts = tuple(line for row, line in lines if row.state == "draft") if _inside(body_id, by) else ()
    return Book(body.id, body.names, tuple(part for part in kinds if part[1]), drafts)


def books(*, by: Actor, at: datetime) -> tuple[Book, ...]:
    """The books of every body that has written a rule, by the bodies' codes."""
    written = select(RuleVersion.body_id)
    ids = db.session.scalars(select(Network.id).where(Network.id.in_(written)).order_by(Network.code)).all()
    return tuple(found for body_id in ids if (found := book(body_id, by=by, at=at)))


def page(version_id: int, *, by: Actor, at: datetime) -> RulePage | None:
    """One version; None when there is none, or when it was never approved and who asks is no officer of its body."""
    row = db.session.get(RuleVersion, version_id)
    if row is None or (row.approved_at is None and not _inside(row.body_id, by)):
        return None
    ((_, line),) = _lines([row], _day(row.body, at))
    rule = rule_from(row.content) if row.kind == RuleKind.DECISION else None
    names = _names(row)
    return RulePage(
        line, row.body_id, row.body.names, row.sha256, row.content, in_words(rule) if rule else {}, rule.tie if rule else "",
        tuple(call.number for call in rule.quorum) if rule else (), names.get(row.written_by_id, ""),
        names.get(row.approved_by_id, ""), row.approved_at, row.body_id == by.network_id,
        *_acts(row, by, at),
    )  # fmt: skip


def newest(body_id: int, kind: str, key: str) -> RuleVersion | None:
    """The newest version of a rule."""
    query = select(RuleVersion).filter_by(body_id=body_id, kind=kind, key=key)
    return db.session.scalar(query.order_by(RuleVersion.version.desc()).limit(1))


def waiting(actor: Actor) -> tuple[RuleVersion, ...]:
    """The drafts of the actor's body that somebody else wrote."""
    query = select(RuleVersion).where(
        RuleVersion.body_id == actor.network_id, RuleVersion.state == "draft",
        or_(RuleVersion.written_by_id.is_(None), RuleVersion.written_by_id != actor.person_id),
    )  # fmt: skip
    return tuple(db.session.scalars(query.order_by(RuleVersion.id)))


def offered(body_id: int, day: date) -> tuple[RuleVersion, ...]:
    """The decision rules that a vote of this body may take, now or from a day to come: approved, and not over by `day`."""
    query = select(RuleVersion).where(
        RuleVersion.body_id == body_id, RuleVersion.kind == RuleKind.DECISION, RuleVersion.approved_at.is_not(None),
        or_(RuleVersion.in_force_until.is_(None), RuleVersion.in_force_until > day),
    )  # fmt: skip
    rows = db.session.scalars(query.order_by(RuleVersion.key, RuleVersion.in_force_from))
    return tuple(row for row in rows if row.in_force_until != row.in_force_from)


def _acts(row: RuleVersion, by: Actor, at: datetime) -> tuple[frozenset[str], dict[str, tuple[Refusal, ...]]]:
    """What who asks may do with it, and what speaks against the rest; a reason will be given, and the day chosen."""
    if by.network_id != row.body_id:
        return frozenset(), {}
    until = None if row.state == "in_force" else row.in_force_until
    facts = rule_facts(row, by=by, at=at, reason="-", used_after=0, in_force_until=until)
    can = frozenset(allowed(RULE_BOOK, row.state, by.role, facts))
    against = {
        name: objections(RULE_BOOK, row.state, name, by.role, facts)
        for name in possible(RULE_BOOK, row.state, by.role)
        if name in TOLD and name not in can
    }
    return can, against


def _lines(rows: Iterable[RuleVersion], day: date) -> list[tuple[RuleVersion, Line]]:
    rows = list(rows)
    votes: dict[int, list[Used]] = defaultdict(list)
    query = select(Vote).where(
        Vote.rule_version_id.in_([row.id for row in rows]), Vote.convened_at.is_not(None)
    )  # fmt: skip
    for vote in db.session.scalars(query.order_by(Vote.id.desc())):
        votes[vote.rule_version_id or 0].append(Used(vote.id, vote.code, vote.titles, vote.state))
    assemblies = {
        version: tuple(
            Used(one.id, one.code, one.titles, one.state) for one in taken if one.convened_at is not None
        )
        for version, taken in taken_by(rows).items()
    }
    return [(row, _line(row, day, tuple(votes[row.id]), assemblies.get(row.id, ()))) for row in rows]


def _line(row: RuleVersion, day: date, votes: tuple[Used, ...], assemblies: tuple[Used, ...]) -> Line:
    return Line(
        row.id, row.kind, row.key, row.version, row.titles, row.cites, row.state, row.in_force_from, row.in_force_until,
        is_in_force(row, day), votes, assemblies,
    )  # fmt: skip


def _names(row: RuleVersion) -> dict[int | None, str]:
    query = select(Person.id, Person.name).where(Person.id.in_([row.written_by_id, row.approved_by_id]))
    return dict(tuple(row) for row in db.session.execute(query))


def _inside(body_id: int, by: Actor) -> bool:
    return by.role is Role.AUDITOR or (by.network_id == body_id and by.role in OFFICERS)


def _day(body: Network, at: datetime) -> date:
    return at.astimezone(ZoneInfo(body.zone)).date()
