"""Who has not answered yet among a network's members: in rounds that are open and votes that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.organisations import Membership, Organisation
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.votes import RollEntry, Vote
from consultations.queries.public import PUBLIC_ROUNDS

PAGE = 25
NOT_SENT = ("draft", "awaiting_organisation", "withdrawn")


@dataclass(frozen=True)
class Running:
    """An open round or vote, with how many of the members asked are silent."""

    kind: str
    id: int
    titles: dict[str, str]
    number: str
    closes_at: datetime
    zone: str
    total: int
    silent: int


@dataclass(frozen=True)
class Member:
    """A member that is silent, and whom to call."""

    id: int
    name: str
    country: str
    delegates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A round or a vote as a network follows it: one page of its silent members, and the names of the others."""

    kind: str
    number: str
    dossier_id: int
    code: str
    titles: dict[str, str]
    questions: dict[str, str]
    closes_at: datetime | None
    zone: str
    running: bool  # it is open now, so that a call still helps
    silent: int
    page: int
    pages: int
    members: tuple[Member, ...]
    answered: tuple[str, ...]


def running(network_id: int, *, at: datetime) -> tuple[Running, ...]:
    """Open rounds and votes in which members of this network are asked."""
    rounds = (
        select(
            Round.id,
            Dossier.titles,
            Round.number,
            Round.closes_at,
            Round.zone,
            *_figures(RegisterEntry.id, _spoke()),
        )
        .join(RegisterEntry, RegisterEntry.round_id == Round.id)
        .join(Dossier, Round.dossier_id == Dossier.id)
        .where(
            Round.state == "open",
            Round.closes_at > at,
            _member(RegisterEntry.organisation_id, network_id, at),
        )
        .group_by(Round.id, Dossier.id)
    )
    votes = (
        select(Vote.id, Vote.titles, Vote.code, Vote.closes_at, Vote.zone, *_figures(RollEntry.id, _voted()))
        .join(RollEntry, RollEntry.vote_id == Vote.id)
        .where(Vote.state == "open", Vote.closes_at > at, _member(RollEntry.organisation_id, network_id, at))
        .group_by(Vote.id)
    )
    return (*_run("round", rounds), *_run("vote", votes))


def members_in_round(round_id: int, network_id: int, page: int = 1, *, at: datetime) -> Asked | None:
    """The network's members asked in a round: those that are silent, with whom to call.

    None when there is no such round, when none of them is asked, or while the round is not for everybody to know.
    """
    row = db.session.get(Round, round_id)
    if row is None or row.state not in PUBLIC_ROUNDS:
        return None
    asked = select(RegisterEntry.organisation_id, _spoke()).where(RegisterEntry.round_id == round_id)
    mine = asked.where(_member(RegisterEntry.organisation_id, network_id, at))
    return _asked("round", str(row.number), row, {}, mine, page, at)


def members_in_vote(vote_id: int, network_id: int, page: int = 1, *, at: datetime) -> Asked | None:
    """The network's members on a roll: those that have not voted, with whom to call. That others voted is shown, never what.

    None when there is no such vote, when none of them is on its roll, or before it is convened.
    """
    row = db.session.get(Vote, vote_id)
    if row is None or row.convened_at is None:
        return None
    asked = select(RollEntry.organisation_id, _voted()).where(RollEntry.vote_id == vote_id)
    mine = asked.where(_member(RollEntry.organisation_id, network_id, at))
    return _asked("vote", row.code, row, row.questions, mine, page, at)


def _run(
    kind: str, query: Select[tuple[int, dict[str, str], object, datetime, str, int, int]]
) -> list[Running]:
    return [
        Running(kind, id, titles, str(number), closes_at, zone, total, total - spoke)
        for id, titles, number, closes_at, zone, total, spoke in db.session.execute(query)
    ]


def _figures(entry: ColumnElement[int], answered: ColumnElement[bool]) -> tuple[ColumnElement[int], ...]:
    return func.count(entry), func.count(entry).filter(answered)


def _asked(
    kind: str, number: str, of: Round | Vote, questions: dict[str, str], asked: Select[tuple[int, bool]], page: int,
    at: datetime,
) -> Asked | None:  # fmt: skip
    answered = dict(db.session.execute(asked).all())
    if not answered:
        return None
    columns = select(Organisation.id, Organisation.name, Organisation.country)
    named = columns.where(Organisation.id.in_(answered)).order_by(
        Organisation.country, Organisation.name, Organisation.id
    )
    rows = db.session.execute(named).all()
    silent = [row for row in rows if not answered[row.id]]
    pages = max(1, -(-len(silent) // PAGE))
    page = min(max(1, page), pages)
    return Asked(
        kind, number, of.dossier_id, of.dossier.code if of.dossier else of.code, of.titles if isinstance(of, Vote) else of.dossier.titles, questions, of.closes_at, of.zone,
        of.state == "open" and of.closes_at is not None and of.closes_at > at, len(silent), page,
        pages, _members(silent[(page - 1) * PAGE : page * PAGE], at),
        tuple(row.name for row in rows if answered[row.id]),
    )  # fmt: skip


def _members(rows: Sequence[Row[tuple[int, str, str]]], at: datetime) -> tuple[Member, ...]:
    people = _delegates([row.id for row in rows], at)
    return tuple(Member(id, name, country, tuple(people.get(id, ()))) for id, name, country in rows)


def _delegates(ids: list[int], at: datetime) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(Mandate.organisation_id, Person.name, Person.email)
        .join(Person)
        .where(Mandate.organisation_id.in_(ids), Mandate.role == "delegate", Mandate.starts_at <= at)
        .where(or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
        .order_by(Mandate.rank)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for id, name, email in db.session.execute(query):
        found.setdefault(id, []).append((name, email))
    return found


def _member(organisation: ColumnElement[int], network_id: int, at: datetime) -> ColumnElement[bool]:
    today = at.date()
    mine = and_(Membership.organisation_id == organisation, Membership.network_id == network_id)
    return exists().where(
        mine, Membership.since <= today, or_(Membership.until.is_(None), Membership.until > today)
    )


def _spoke() -> ColumnElement[bool]:
    """The organisation of the register's entry commented, sent its answers, or declared "no comment"."""
    entry = RegisterEntry
    commented = exists().where(
        Comment.round_id == entry.round_id,
        Comment.organisation_id == entry.organisation_id,
        Comment.state.not_in(NOT_SENT),
    )
    return or_(entry.no_comment_at.is_not(None), entry.sheet_sent_at.is_not(None), commented)


def _voted() -> ColumnElement[bool]:
    return exists().where(Ballot.roll_entry_id == RollEntry.id)
