"""The clause map between two versions to correct: what persons said, what the machine took, and what has no partner."""

from dataclasses import dataclass

from sqlalchemy import select

from consultations.documents.redline import Change, Clause
from consultations.extensions import db
from consultations.models.drafts import ClauseLink
from consultations.queries.redlines import Redline, redline


@dataclass(frozen=True)
class Named:
    """A clause in a list: its id and what it is called."""

    id: int
    number: str
    words: str


@dataclass(frozen=True)
class MapLine:
    """A line that a person made; None on a side: deleted, or added."""

    id: int
    before: Named | None
    after: Named | None


@dataclass(frozen=True)
class Guess:
    """What became of clauses by their words alone, or by nothing: worth a look."""

    kinds: tuple[str, ...]
    before: tuple[Named, ...]
    after: tuple[Named, ...]


@dataclass(frozen=True)
class ClauseMap:
    """Everything for the page on which a person corrects the map."""

    made: Redline
    lines: tuple[MapLine, ...]
    guesses: tuple[Guess, ...]
    old: tuple[Named, ...]
    new: tuple[Named, ...]


def clause_map(before_id: int, after_id: int, language: str = "") -> ClauseMap:
    """The map between two versions. Raises NotFound."""
    made = redline(before_id, after_id, language)
    old, new = ({clause.key: _named(clause) for clause in side} for side in (made.old, made.new))
    query = select(ClauseLink).filter_by(from_version_id=before_id, to_version_id=after_id)
    lines = tuple(
        MapLine(row.id, old.get(row.from_node_id or 0), new.get(row.to_node_id or 0))
        for row in db.session.scalars(query.order_by(ClauseLink.id))
    )
    guesses = tuple(_guess(change) for change in made.changes if change.evidence in ("words", ""))
    return ClauseMap(made, lines, guesses, tuple(old.values()), tuple(new.values()))


def _guess(change: Change) -> Guess:
    return Guess(change.kinds, tuple(map(_named, change.before)), tuple(map(_named, change.after)))


def _named(clause: Clause) -> Named:
    return Named(clause.key, clause.number, (clause.heading or clause.text)[:60])
