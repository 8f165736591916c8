"""An assembly as a delegate meets it: the agenda, whether they are in, who votes for their organisation now and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.votes import person
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.people import Person
from consultations.models.presence import Interest, Presence
from consultations.models.votes import Vote
from consultations.queries.own_proxies import ProxyLine, own_proxies
from consultations.queries.sessions import AssemblyLine, line_of
from consultations.queries.vote_lines import VoteLine, lines_of
from workflows.assembly import ASSEMBLY
from workflows.machine import allowed
from workflows.refusals import Refusal, refusal
from workflows.representation import Voter

UNSEEN = ("draft",)
OVER = ("closed", "minutes_signed", "called_off", "not_installed")
ABSENT = ("voter_absent", "proxy_holder_absent")
"""Why nobody votes that says nothing before it begins."""
ITEM_LIVE = ("planned", "discussed")


@dataclass(frozen=True)
class AttendedItem:
    """One item; `interest`: what the own organisation declared in it, `excluded`: so that it takes no part."""

    id: int
    position: int
    kind: str
    titles: dict[str, str]
    motion: dict[str, str]
    background: dict[str, str]
    state: str
    amends: int | None
    vote: VoteLine | None
    interest: str
    excluded: bool
    may_declare: bool


@dataclass(frozen=True)
class VoterNow:
    """Who votes for the own organisation at this instant: `capacity` as in workflows/representation.py, or `reasons` why nobody."""

    name: str
    is_me: bool
    capacity: str
    mode: str
    holder: str
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True)
class AttendingPage:
    """One assembly for one organisation of its roll."""

    line: AssemblyLine
    body: dict[str, str]
    place: str
    link: str
    ends_at: datetime | None
    adjourned_until: datetime | None
    call: int
    elector_id: int
    elector: str
    organisation: str
    weight: str
    items: tuple[AttendedItem, ...]
    voter: VoterNow | None
    inside: str
    can: frozenset[str]
    given: tuple[ProxyLine, ...]
    held: tuple[ProxyLine, ...]
    open_votes: tuple[VoteLine, ...]
    proxies_allowed: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to come."""
        return self.line.state in OVER

    @property
    def has_badge(self) -> bool:
        """Whether there is a door to be let in at, and this person is not in yet."""
        return self.line.form in ("in_person", "hybrid") and not self.is_over and not self.inside

    @property
    def meets(self) -> bool:
        """Whether it has a door."""
        return self.line.form != facts.WRITTEN


def of_organisation(by: Actor) -> tuple[AssemblyLine, ...]:
    """The convened assemblies on whose roll the own organisation is, newest first."""
    query = (
        select(Assembly)
        .join(AssemblyElector, AssemblyElector.assembly_id == Assembly.id)
        .where(AssemblyElector.organisation_id == by.organisation_id, Assembly.state.not_in(UNSEEN))
        .order_by(Assembly.starts_at.desc(), Assembly.id.desc())
    )
    return tuple(line_of(row) for row in db.session.scalars(query))


def own_elector(assembly_id: int, by: Actor) -> AssemblyElector | None:
    """The line of the own organisation on the roll of a convened assembly."""
    query = (
        select(AssemblyElector)
        .join(Assembly, AssemblyElector.assembly_id == Assembly.id)
        .where(
            AssemblyElector.assembly_id == assembly_id, AssemblyElector.organisation_id == by.organisation_id,
            Assembly.state.not_in(UNSEEN),
        )
    )  # fmt: skip
    return db.session.scalar(query)


def page(assembly_id: int, *, by: Actor, at: datetime) -> AttendingPage | None:
    """One assembly; None for an organisation that is not on its roll, and before it is convened."""
    mine = own_elector(assembly_id, by)
    if mine is None:
        return None
    row = db.session.get_one(Assembly, assembly_id)
    votes = _votes(assembly_id)
    inside = _inside(mine.id, by)
    given, held = own_proxies(row, mine, by=by, at=at)
    over = row.state in OVER
    return AttendingPage(
        line=line_of(row), body=row.body.names, place=row.place, link=row.link, ends_at=row.ends_at,
        adjourned_until=row.adjourned_until if row.state == "adjourned" else None, call=row.call, elector_id=mine.id,
        elector=mine.elector, organisation=mine.name, weight=mine.weight, items=_items(row, mine, votes),
        voter=None if over else _voter(row, mine, by, at), inside=inside, can=frozenset() if over else _can(row, by, at, inside),
        given=given, held=held, open_votes=tuple(vote for vote in votes.values() if vote.is_open and vote.closes_at > at),
        proxies_allowed=facts.representation_of(row).proxies.allowed and not over,
    )  # fmt: skip


def item(item_id: int, *, by: Actor, at: datetime) -> tuple[AttendingPage, AttendedItem] | None:
    """One item of an assembly on whose roll the own organisation is."""
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id))
    found = page(assembly_id, by=by, at=at) if assembly_id else None
    return (found, next(one for one in found.items if one.id == item_id)) if found else None


def _votes(assembly_id: int) -> dict[int, VoteLine]:
    found = db.session.scalars(select(Vote).where(Vote.assembly_id == assembly_id).order_by(Vote.id)).all()
    return {line.id: line for line in lines_of(found) if line.has_page}


def _items(row: Assembly, mine: AssemblyElector, votes: dict[int, VoteLine]) -> tuple[AttendedItem, ...]:
    query = select(AgendaItem).where(AgendaItem.assembly_id == row.id).order_by(AgendaItem.position)
    rows = db.session.scalars(query).all()
    declared = {
        one.item_id: one for one in db.session.scalars(select(Interest).filter_by(elector_id=mine.id))
    }
    places = {one.id: one.position for one in rows}
    return tuple(_item(one, declared.get(one.id), places, votes) for one in rows)


def _item(
    row: AgendaItem, interest: Interest | None, places: dict[int, int], votes: dict[int, VoteLine]
) -> AttendedItem:
    vote = votes.get(row.vote_id or 0)
    unopened = vote is None or vote.state == "convened"
    return AttendedItem(
        row.id, row.position, row.kind, row.titles, row.motion, row.background, row.state, places.get(row.amends_id or 0), vote,
        interest.words if interest else "", interest.excluded if interest else False,
        row.kind != "information" and row.state in ITEM_LIVE and unopened and interest is None,
    )  # fmt: skip


def _voter(row: Assembly, mine: AssemblyElector, by: Actor, at: datetime) -> VoterNow:
    voter = facts.voter_of(row, mine, at)
    waits = row.state == "convened" and not row.attendance_open and at < row.starts_at
    reasons = tuple(_named(row, one) for one in voter.reasons if not (waits and one.code in ABSENT))
    return VoterNow(
        name=_name(voter), is_me=voter.person is not None and voter.person == str(person(by.person_id)),
        capacity=voter.capacity or "", mode=voter.mode or "", holder=_holder(row, voter), reasons=reasons,
    )  # fmt: skip


def _named(row: Assembly, reason: Refusal) -> Refusal:
    """The organisations of a reason by their names: a code says nothing to whom it is of."""
    codes = [value for _name, value in reason.params]
    query = select(AssemblyElector.elector, AssemblyElector.name).where(
        AssemblyElector.assembly_id == row.id, AssemblyElector.elector.in_(codes)
    )
    names = dict(db.session.execute(query).all())
    return refusal(reason.code, **{name: names.get(value, value) for name, value in reason.params})


def _name(voter: Voter) -> str:
    if voter.person is None:
        return ""
    id = int(voter.person.rpartition("/")[2])
    return db.session.scalar(select(Person.name).where(Person.id == id)) or ""


def _holder(row: Assembly, voter: Voter) -> str:
    query = select(AssemblyElector.name).where(
        AssemblyElector.assembly_id == row.id, AssemblyElector.elector == (voter.holder or "")
    )
    return db.session.scalar(query) or ""


def _inside(elector_id: int, by: Actor) -> str:
    """How this person attends for the organisation now: in_person, online, or "" when they do not."""
    query = select(Presence.mode).where(
        Presence.elector_id == elector_id, Presence.person_id == by.person_id, Presence.left_at.is_(None)
    )
    return db.session.scalar(query) or ""


def _can(row: Assembly, by: Actor, at: datetime, inside: str) -> frozenset[str]:
    """`attend` and `leave` of the table of moves; whoever is in the room leaves at the door, not here."""
    asked: dict[str, Any] = {
        "on_roll": True,
        "present": bool(inside),
        "mode": "online",
        "attends_elsewhere": False,
    }
    told = facts.assembly_facts(row, by=by, at=at, **asked)
    moves = {"attend", "leave"} & set(allowed(ASSEMBLY, row.state, by.role, told))
    return frozenset(moves - {"leave"} if inside == "in_person" else moves)
