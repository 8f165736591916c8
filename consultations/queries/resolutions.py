"""Everything that a body decided by a vote, to be searched by words, by year and by what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from consultations.documents.characters import unaccented
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.ballots import Count
from consultations.models.organisations import Network
from consultations.models.votes import Vote
from consultations.queries import election_rounds
from consultations.queries.election_rounds import Rounds
from consultations.queries.vote_lines import WITH_COUNT

PER_PAGE = 30
DECIDED = ("adopted", "rejected", "elected", "incomplete")


@dataclass(frozen=True)
class Resolution:
    """One matter that was decided; of an assembly's agenda, or a vote of its own on a dossier (`assembly_id` None).

    Of an election `rounds` are its votes in order, id and code, and `elected` names all whom they elected together.
    """

    vote_id: int
    code: str
    titles: dict[str, str]
    motion: dict[str, str]
    notes: dict[str, str]
    status: str
    state: str
    at: datetime
    year: int
    assembly_id: int | None
    assembly: dict[str, str]
    position: int
    rounds: tuple[tuple[int, str], ...] = ()
    elected: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Resolutions:
    """One page of those that were asked for, the newest first, and what may be asked for."""

    body_id: int
    body: dict[str, str]
    zone: str
    found: tuple[Resolution, ...]
    total: int
    page: int
    pages: int
    years: tuple[int, ...]
    statuses: tuple[str, ...]


def search(body_id: int, *, words: str, year: int | None, status: str, page: int) -> Resolutions | None:
    """The resolutions of a body whose titles, motion or notes hold every word, however accented; None without such a body.

    Four selects at most, however many there are.
    """
    body = db.session.get(Network, body_id)
    if body is None:
        return None
    every = _every(body)
    asked = [
        one for one in every if year in (None, one.year) and status in ("", one.status) and _holds(one, words)
    ]
    pages = max(1, -(-len(asked) // PER_PAGE))
    at = min(max(1, page), pages)
    return Resolutions(
        body_id=body.id, body=body.names, zone=body.zone, found=tuple(asked[(at - 1) * PER_PAGE : at * PER_PAGE]),
        total=len(asked), page=at, pages=pages, years=tuple(sorted({one.year for one in every}, reverse=True)),
        statuses=tuple(status for status in DECIDED if any(one.status == status for one in every)),
    )  # fmt: skip


def _every(body: Network) -> list[Resolution]:
    """An item of its own for each motion of a block; a vote on a dossier has none and is one."""
    votes = {row.id: (row, status, at) for row, status, at in db.session.execute(_counted(body.id))}
    items: dict[int, list[Any]] = {}
    query = (
        select(AgendaItem, Assembly)
        .join(Assembly, AgendaItem.assembly_id == Assembly.id)
        .where(Assembly.body_id == body.id, AgendaItem.state == "decided", AgendaItem.vote_id.is_not(None))
        .order_by(AgendaItem.position.desc())
    )
    for item, assembly in db.session.execute(query):
        items.setdefault(item.vote_id, []).append((item, assembly))
    zone = ZoneInfo(body.zone)
    told = election_rounds.rounds(vote for vote, _, _ in votes.values())
    found = [
        _resolution(vote, status, at, at.astimezone(zone).year, *pair, told.get(vote.id))
        for vote, status, at in votes.values()
        for pair in items.get(vote.id, [(None, None)])
    ]
    return sorted(found, key=lambda one: (one.at, one.vote_id, one.position), reverse=True)


def _counted(body_id: int) -> Any:
    """The votes of a body with their newest count, where it decides something and was not annulled."""
    newest = select(Count.vote_id, func.max(Count.number).label("number")).group_by(Count.vote_id).subquery()
    return (
        select(Vote, Count.status, Count.counted_at)
        .join(newest, newest.c.vote_id == Vote.id)
        .join(Count, (Count.vote_id == Vote.id) & (Count.number == newest.c.number))
        .where(
            Vote.body_id == body_id, Count.status.in_(DECIDED), Vote.state.in_(WITH_COUNT), Vote.state != "annulled"
        )
    )  # fmt: skip


def _resolution(
    vote: Vote,
    status: str,
    at: datetime,
    year: int,
    item: AgendaItem | None,
    assembly: Assembly | None,
    told: Rounds | None,
) -> Resolution:
    return Resolution(
        vote_id=vote.id, code=vote.code, titles=item.titles if item else vote.titles,
        motion=item.motion if item else vote.questions, notes=item.notes if item else {}, status=status, state=vote.state,
        at=at, year=year, assembly_id=assembly.id if assembly else None, assembly=assembly.titles if assembly else {},
        position=item.position if item else 0, rounds=told.votes if told else (), elected=told.elected if told else (),
    )  # fmt: skip


def _holds(one: Resolution, words: str) -> bool:
    elected = (name for names in one.elected for name in names.values())
    said = (*one.titles.values(), *one.motion.values(), *one.notes.values(), *elected)
    text = unaccented(" ".join((one.code, *said)))
    return all(word in text for word in unaccented(words).split())
