"""The reverse report of a round as its page shows it: what changed since the round before, and what asked for it."""

from dataclasses import dataclass

from consultations.actor import Actor
from consultations.documents.reverse_report import Explained, of_round
from consultations.extensions import db
from consultations.facts.change_reasons import Asking, so_far
from consultations.models.base import NotFound
from consultations.models.rounds import Round
from consultations.queries.redline_pages import Shown, shown_as
from workflows.roles import Role, implies
from workflows.round import RoundState


@dataclass(frozen=True)
class ChangeLine:
    """A change to read, the comments that asked for it, and the reason that a person wrote."""

    sha256: str
    shown: Shown
    comments: tuple[Asking, ...]
    reason: str
    unexplained: bool


@dataclass(frozen=True)
class ReversePage:
    """The changes from the text of the round `before` to that of this one; `can`: explain."""

    round_id: int
    number: int
    code: str
    titles: dict[str, str]
    before: int
    language: str
    lines: tuple[ChangeLine, ...]
    can: frozenset[str]

    @property
    def unexplained(self) -> int:
        """How many changes nothing explains."""
        return sum(line.unexplained for line in self.lines)

    def line(self, sha256: str) -> ChangeLine | None:
        """One of them, by its hash."""
        return next((line for line in self.lines if line.sha256 == sha256), None)


def page(round_id: int, *, by: Actor) -> ReversePage:
    """The report of a round that followed another. Raises NotFound, also for a first round."""
    row = db.session.get(Round, round_id)
    before = so_far(row)[:-1] if row is not None and row.state != RoundState.WITHDRAWN else ()
    if row is None or not before:
        raise NotFound(f"Reverse report of round {round_id}")
    open_ = row.state != RoundState.READY_FOR_VOTE and Role.UNIT in implies(by.role)
    return ReversePage(
        row.id, row.number, row.dossier.code, row.dossier.titles, before[-1].number, row.version.reference_language,
        tuple(map(_line, of_round(row))), frozenset({"explain"} if open_ else ()),
    )  # fmt: skip


def unexplained(round_id: int) -> int | None:
    """How many changes that led to this round's text nothing explains; None for a first round."""
    row = db.session.get(Round, round_id)
    if row is None or row.state == RoundState.WITHDRAWN or len(so_far(row)) < 2:
        return None
    return sum(one.unexplained for one in of_round(row))


def _line(one: Explained) -> ChangeLine:
    return ChangeLine(one.sha256, shown_as(one.change), one.comments, one.reason, one.unexplained)
