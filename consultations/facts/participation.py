"""The register of a round as it is counted: each organisation with its axes, its status, and the ways by which it answered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from consultations.extensions import db
from consultations.facts.on_behalf import ways_of
from consultations.facts.register import UNSENT
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.organisations import Network
from consultations.models.outreach import Outreach
from consultations.models.people import Person
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry, Round
from consultations.models.standards import Node
from consultations.models.workshops import Attendance, Workshop
from workflows import concerned as rule
from workflows.comment import CommentState
from workflows.participation import DONE, SPOKEN, Attempt, Facts, Standing, size_class, standing

AXES = ("country", "region", "network", "product", "kind", "size", "language", "channel")
"""What organisations are counted by; the gender of those who took part is of people (`attended`)."""

OVERLAPPING = frozenset({"network", "product", "channel"})
"""Axes on which one organisation may stand in several places: their parts add up to more than all."""

PARTS = ("commented", "no_comment", "questions_only", "silent")

NOBODY = ""
"""The place of those of whom nothing is known on an axis, or that stand nowhere on it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation of the register. `part`: commented, no_comment, questions_only or silent; each in one place only."""

    organisation_id: int
    name: str
    status: Standing
    part: str
    places: Mapping[str, tuple[str, ...]]

    @property
    def spoke(self) -> bool:
        """Whether it has answered in any way."""
        return self.status in SPOKEN

    @property
    def missing(self) -> bool:
        """Whether an answer is still awaited from it."""
        return self.status not in DONE


@dataclass(frozen=True)
class Attended:
    """People who came to workshops."""

    women: int
    men: int
    others: int


def lines(round_id: int, *, at: datetime) -> tuple[Line, ...]:
    """Everybody asked in a round, by name; eleven selects, however many are asked and whatever they wrote."""
    kinds = dict(db.session.execute(select(Network.code, Network.kind)).all())
    sent, drafting = _written(round_id)
    drafting |= _sheets_kept(round_id)
    addressed, log, ways = _addressed(round_id, at), _log(round_id), ways_of(round_id)
    found = []
    for row in db.session.execute(_entries(round_id)):
        id, tried = row.organisation_id, log.get(("organisation", row.organisation_id), ())
        facts = Facts(
            answered=id in sent or row.sheet_sent_at is not None, no_comment=row.no_comment_at is not None,
            declined=row.declined_at is not None, drafting=id in drafting, seen=row.seen_at is not None,
            delivered=row.delivered_at is not None, bounced=row.bounced_at is not None, addressed=id in addressed,
            attempts=(*tried, *(a for code in row.networks for a in log.get(("network", code), ())), *log.get(("all", ""), ())),
        )  # fmt: skip
        part = _part(id in sent, row.no_comment_at is not None, row.sheet_sent_at is not None)
        found.append(
            Line(id, row.name, standing(facts), part, _places(row, kinds, ways.get(id, frozenset())))
        )
    return tuple(found)


def counted(found: Iterable[Line], axis: str) -> dict[str, Counter[Standing]]:
    """{place on the axis: how many of its organisations stand where}; on some axes one stands in several places."""
    table: dict[str, Counter[Standing]] = {}
    for line in found:
        for place in line.places[axis] or (NOBODY,):
            table.setdefault(place, Counter())[line.status] += 1
    return table


def crossed(found: Iterable[Line], rows: str, columns: str) -> dict[tuple[str, str], tuple[int, int]]:
    """{(place on one axis, place on another): (answered, asked)}."""
    table: dict[tuple[str, str], tuple[int, int]] = {}
    for line in found:
        for row in line.places[rows] or (NOBODY,):
            for column in line.places[columns] or (NOBODY,):
                answered, asked = table.get((row, column), (0, 0))
                table[row, column] = (answered + line.spoke, asked + 1)
    return table


def attended(round_id: int, network_id: int | None = None) -> Attended:
    """How many people came to the workshops of a round, or to those of one network; who came to two is counted twice."""
    sums = [
        func.coalesce(func.sum(column), 0) for column in (Attendance.women, Attendance.men, Attendance.others)
    ]
    query = (
        select(*sums)
        .join(Workshop, Workshop.id == Attendance.workshop_id)
        .where(Workshop.round_id == round_id)
    )
    if network_id is not None:
        query = query.where(Workshop.network_id == network_id)
    return Attended(*(int(value) for value in db.session.execute(query).one()))


def affected(round_id: int, found: Iterable[Line]) -> frozenset[int]:
    """The organisations that a requirement of the text consulted on concerns; one select."""
    query = (
        select(Node.applies_to)
        .join(Round, Round.version_id == Node.version_id)
        .where(Round.id == round_id, Node.kind == "requirement")
    )
    said, all_ = tuple(db.session.scalars(query.distinct())), tuple(found)
    products = {product for line in all_ for product in line.places["product"]}
    concerned = {
        key: rule.affected(said, rule.Organisation(*key), products) for key in {_key(line) for line in all_}
    }
    return frozenset(line.organisation_id for line in all_ if concerned[_key(line)])


def _key(line: Line) -> tuple[str, str, frozenset[str]]:
    return line.places["kind"][0], line.places["country"][0], frozenset(line.places["product"])


def standing_in(found: Iterable[Line], places: Mapping[str, str]) -> tuple[Line, ...]:
    """Those that stand in all these places: {axis: place}; an axis that is none, or an empty place, asks nothing."""
    asked = [(axis, place) for axis, place in places.items() if axis in AXES and place]
    return tuple(line for line in found if all(place in line.places[axis] for axis, place in asked))


def parts(found: Iterable[Line]) -> dict[str, int]:
    """How those asked answered: the parts add up to all of them (as facts.synopses counts them)."""
    table = Counter(line.part for line in found)
    return {part: table[part] for part in PARTS}


def _part(commented: bool, nothing: bool, sheet: bool) -> str:
    told = (("commented", commented), ("no_comment", nothing), ("questions_only", sheet))
    return next((part for part, holds in told if holds), "silent")


def _entries(round_id: int) -> Select[Any]:
    entry = RegisterEntry
    columns = (
        entry.organisation_id, entry.name, entry.country, entry.kind, entry.networks, entry.products, entry.members_count,
        entry.language, entry.delivered_at, entry.bounced_at, entry.seen_at, entry.declined_at, entry.sheet_sent_at,
        entry.no_comment_at,
    )  # fmt: skip
    return select(*columns).where(entry.round_id == round_id).order_by(entry.name, entry.organisation_id)


def _places(row: Row[Any], kinds: Mapping[str, str], ways: frozenset[str]) -> dict[str, tuple[str, ...]]:
    regional = tuple(code for code in row.networks if kinds.get(code) == "regional")
    return {
        "country": (row.country,), "region": regional, "kind": (row.kind,), "language": (row.language,),
        "network": tuple(code for code in row.networks if kinds.get(code) not in ("regional", "body")),
        "product": tuple(row.products), "size": (size_class(row.members_count),), "channel": tuple(sorted(ways)),
    }  # fmt: skip


def _written(round_id: int) -> tuple[set[int], set[int]]:
    """Organisations with comments that were sent, and those with drafts; what was withdrawn is neither."""
    unsent = Comment.state.in_(UNSENT)
    query = select(Comment.organisation_id, unsent.label("unsent")).where(
        Comment.round_id == round_id, Comment.state != CommentState.WITHDRAWN
    )
    sent, drafting = set(), set()
    for organisation_id, is_draft in db.session.execute(query.distinct()):
        (drafting if is_draft else sent).add(organisation_id)
    return sent, drafting


def _sheets_kept(round_id: int) -> set[int]:
    query = select(QuestionAnswer.organisation_id).join(Question, Question.id == QuestionAnswer.question_id)
    return set(db.session.scalars(query.where(Question.round_id == round_id).distinct()))


def _addressed(round_id: int, at: datetime) -> set[int]:
    """Organisations for which somebody acts to whom mail can go."""
    asked = select(RegisterEntry.organisation_id).where(RegisterEntry.round_id == round_id)
    query = select(Mandate.organisation_id).join(Person, Person.id == Mandate.person_id).where(
        Mandate.organisation_id.in_(asked), Mandate.role == "delegate", Person.active, Mandate.starts_at <= at,
        or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
    )  # fmt: skip
    return set(db.session.scalars(query.distinct()))


def _log(round_id: int) -> dict[tuple[str, int | str], list[Attempt]]:
    """The outreach log by whom it concerns: an organisation's id, a network's code, all."""
    query = (
        select(Outreach.organisation_id, Network.code, Outreach.reached)
        .outerjoin(Network, Network.id == Outreach.network_id)
        .where(Outreach.round_id == round_id)
        .order_by(Outreach.id)
    )
    found: dict[tuple[str, int | str], list[Attempt]] = {}
    for organisation_id, code, reached in db.session.execute(query):
        level: tuple[str, int | str] = (
            ("organisation", organisation_id)
            if organisation_id
            else ("network", code)
            if code
            else ("all", "")
        )
        found.setdefault(level, []).append(Attempt(level[0], reached))
    return found
