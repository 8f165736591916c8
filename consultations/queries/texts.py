"""The frozen text of a version as anyone may read it, a chapter at a time."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from consultations.extensions import db
from consultations.models.standards import StandardVersion
from consultations.queries import standards
from consultations.queries.standards import Clause, Coverage


@dataclass(frozen=True)
class Chapter:
    """A chapter in the list; `number` counts from 1, whatever the text calls it."""

    number: int
    label: str
    heading: str


@dataclass(frozen=True)
class TextPage:
    """One chapter of a frozen text. `clauses` begins with the chapter's own heading."""

    version_id: int
    label: str
    code: str
    titles: dict[str, str]
    sha256: str
    frozen_at: datetime
    language: str
    reference: str
    coverage: tuple[Coverage, ...]
    chapters: tuple[Chapter, ...]
    number: int
    clauses: tuple[Clause, ...]


def page(version_id: int, number: int = 1, language: str = "") -> TextPage | None:
    """A chapter (the nearest there is) in a language (the reference language when the text has no words in it).

    None until the text is frozen: before that it is the Unit's and the Commission's.
    """
    row = db.session.get(StandardVersion, version_id)
    if row is None or row.text_sha256 is None or row.frozen_at is None:
        return None
    found = standards.version(version_id, language)
    parts = _parts(found.clauses)
    shown = min(max(number, 1), max(len(parts), 1))
    chapters = tuple(Chapter(n, part[0].number, part[0].heading) for n, part in enumerate(parts, 1))
    return TextPage(
        version_id, row.label, found.code, found.titles, row.text_sha256, row.frozen_at, found.language,
        row.reference_language, found.coverage, chapters, shown, parts[shown - 1] if parts else (),
    )  # fmt: skip


def _parts(clauses: tuple[Clause, ...]) -> list[tuple[Clause, ...]]:
    """The text cut before every node at the top of its tree; what stands before the first is a part too."""
    starts = [n for n, clause in enumerate(clauses) if clause.depth == 0 or n == 0]
    return [clauses[start:end] for start, end in pairwise([*starts, len(clauses)])]
