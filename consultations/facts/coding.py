"""What is known of the coding of a round's points: its codebook, its samples, and who marked what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from consultations.extensions import db
from consultations.models.coding import Coding, CodingSample, SettledMark
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.points import Tag, TagMark
from workflows.roles import Role
from workflows.round import RoundState

Spot = tuple[int, int]
"""A point: the id of its comment and its number in it."""

CODED_IN = (RoundState.CLOSED, RoundState.ANSWERING, RoundState.SYNOPSIS_REVIEW, RoundState.PUBLISHED)
"""Comments may change until the round closes; what another round follows is history."""
CODEBOOK_IN = (
    RoundState.DRAFT, RoundState.COMMISSION_REVIEW, RoundState.APPROVED, RoundState.SCHEDULED, RoundState.OPEN,
    RoundState.PAUSED, *CODED_IN,
)  # fmt: skip


@dataclass(frozen=True)
class Coded:
    """Who has coded which points, with which codes; and where two differed what both settled, or one of them proposes."""

    by: dict[Spot, dict[int, frozenset[int]]]  # point -> coder -> ids of codes, none where no code fits
    settled: dict[Spot, dict[int, bool]]  # point -> code -> whether it applies
    proposed: dict[Spot, dict[int, tuple[bool, int]]]  # the same, with the id of who proposes it

    def verdict(self, spot: Spot, code: int) -> bool | None:
        """Whether the code holds for the point; None where its coders differ and nothing is settled."""
        if code in self.settled.get(spot, {}):
            return self.settled[spot][code]
        said = {code in marks for marks in self.by.get(spot, {}).values()}
        return None if len(said) == 2 else True in said


def codes(round_id: int) -> tuple[Tag, ...]:
    """The codebook, by its codes."""
    return tuple(db.session.scalars(select(Tag).where(Tag.round_id == round_id).order_by(Tag.code)))


def used(round_id: int) -> frozenset[int]:
    """The ids of the codes that a sample was coded with, or that somebody marked."""
    marked = db.session.scalars(
        select(TagMark.tag_id).join(Tag, Tag.id == TagMark.tag_id).where(Tag.round_id == round_id).distinct()
    )
    sampled = db.session.scalars(select(CodingSample.codes).where(CodingSample.round_id == round_id))
    return frozenset(marked).union(*sampled)


def samples(round_id: int) -> tuple[CodingSample, ...]:
    """The samples of a round, oldest first."""
    query = select(CodingSample).where(CodingSample.round_id == round_id).order_by(CodingSample.number)
    return tuple(db.session.scalars(query))


def done_by(sample_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """sample -> coder -> how many of its points they have coded; one select."""
    query = (
        select(Coding.sample_id, Coding.coder_id, func.count())
        .where(Coding.sample_id.in_(list(sample_ids)))
        .group_by(Coding.sample_id, Coding.coder_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for sample_id, coder_id, count in db.session.execute(query):
        found[sample_id or 0][coder_id] = count
    return found


def finished(sample: CodingSample, done: dict[int, int]) -> bool:
    """Whether both coders have coded all of it; only then do they see each other's marks."""
    return all(done.get(coder, 0) == len(sample.points) for coder in (sample.first_id, sample.second_id))


def open_sample(round_id: int) -> CodingSample | None:
    """The sample that is being coded; there is one at a time."""
    found = samples(round_id)
    if not found:
        return None
    last = found[-1]
    return None if finished(last, done_by([last.id]).get(last.id, {})) else last


def spots(sample: CodingSample) -> tuple[Spot, ...]:
    """The points of a sample."""
    return tuple((comment_id, point) for comment_id, point in sample.points)


def coded(round_id: int, *, without: CodingSample | None = None) -> Coded:
    """Everything that was coded in a round, but for the points of a sample (`without`); three selects."""
    hidden = set(spots(without)) if without else set()
    by: dict[Spot, dict[int, set[int]]] = defaultdict(dict)
    here = select(Coding.comment_id, Coding.point, Coding.coder_id).join(
        Comment, Comment.id == Coding.comment_id
    )
    for comment_id, point, coder_id in db.session.execute(here.where(Comment.round_id == round_id)):
        by[comment_id, point][coder_id] = set()
    marks = select(TagMark).join(Tag, Tag.id == TagMark.tag_id).where(Tag.round_id == round_id)
    for mark in db.session.scalars(marks):
        by[mark.comment_id, mark.point].setdefault(mark.coder_id, set()).add(mark.tag_id)
    settled: dict[Spot, dict[int, bool]] = defaultdict(dict)
    agreed = select(SettledMark).join(Tag, Tag.id == SettledMark.tag_id).where(Tag.round_id == round_id)
    proposed: dict[Spot, dict[int, tuple[bool, int]]] = defaultdict(dict)
    for row in db.session.scalars(agreed):
        if row.confirmed_at is not None:
            settled[row.comment_id, row.point][row.tag_id] = row.applies
        else:
            proposed[row.comment_id, row.point][row.tag_id] = row.applies, row.settled_by_id or 0
    return Coded(
        {
            spot: {coder: frozenset(tags) for coder, tags in coders.items()}
            for spot, coders in by.items()
            if spot not in hidden
        },
        settled,
        proposed,
    )


def may_code(network_id: int | None, *, at: datetime) -> tuple[tuple[int, str], ...]:
    """Id and name of everyone who works in the Unit's body at `at`, by name."""
    query = (
        select(Person.id, Person.name)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(
            Person.active, Mandate.network_id == network_id, Mandate.role.in_((Role.UNIT, Role.UNIT_HEAD)),
            Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )  # fmt: skip
    return tuple((id, name) for id, name in db.session.execute(query))
