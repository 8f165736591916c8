"""The page on which one answer is given to many points: what waits, what it is filtered by, which languages are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.coding import Spot
from consultations.models.rounds import Round
from consultations.queries import desk_points
from consultations.queries.answers import clauses_of
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.desk_points import DeskPoint
from consultations.queries.queues import Choices, choices_of, today_in
from workflows.roles import Role, implies

PER_PAGE = 50


@dataclass(frozen=True)
class ManyPage:
    """The points without an answer that the filters leave: `found` all of them, `rows` one page.

    `clauses`: (stable id, number) of the text, for what an answer changed.
    """

    head: Head
    found: tuple[Spot, ...]
    rows: tuple[DeskPoint, ...]
    languages: tuple[str, ...]
    choices: Choices
    codes: tuple[tuple[int, str], ...]
    clauses: tuple[tuple[str, str], ...]
    page: int
    pages: int
    can: frozenset[str]


def page(
    round_id: int, wanted: Mapping[str, str], number: int, *, by: Actor, at: datetime
) -> ManyPage | None:
    """The points of a round that wait for an answer, filtered (see desk_points.waiting)."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    found = desk_points.waiting(round_id, wanted, today=today_in(top, at), by=by)
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = [spot for spot, _ in found[(number - 1) * PER_PAGE : number * PER_PAGE]]
    return ManyPage(
        top, tuple(spot for spot, _ in found), desk_points.points(shown, by=by),
        tuple(sorted({language for _, language in found})), choices_of(round_id, at),
        tuple((tag.id, tag.code) for tag in coding.codes(round_id)), clauses_of(db.session.get_one(Round, round_id)),
        number, pages,
        frozenset({"give"}) if top.answering and Role.UNIT in implies(by.role) else frozenset(),
    )  # fmt: skip
