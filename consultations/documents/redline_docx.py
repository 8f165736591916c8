"""The redline as a Word document with real tracked changes: accepted it is the new text, rejected the old one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consultations.documents.docx_paragraphs import (
    GUIDANCE,
    MARKS,
    NUMBER,
    TEXT,
    Run,
    Tracking,
    add_paragraph,
    new_document,
    saved,
)
from consultations.documents.redline import Change, Clause
from consultations.documents.redline_order import running
from consultations.documents.redline_words import ADDED, REMOVED, SAME, passages
from consultations.documents.standard_lines import Line, guidance_lines, heading_line, text_lines
from consultations.documents.standard_marks import Marks


@dataclass(frozen=True, slots=True)
class Tracked:
    """A paragraph that came, went or stayed (`kind`), with runs that came, went or stayed."""

    style: str
    runs: tuple[Run, ...]
    kind: str = SAME


def write_redline(
    old: Sequence[Clause], new: Sequence[Clause], changes: Sequence[Change],
    *, title: str, language: str, author: str, at: datetime,
) -> bytes:  # fmt: skip
    """Return the DOCX of a comparison (`changes`: what `redline.compare` made of `old` and `new`).

    Arguments: `author` and `at` stand beside every change; `language` of the words; `title` above the text.
    """
    document, tracking = new_document(title, language, at), Tracking(author, at)
    for paragraph in apart(list(tracked(old, new, changes, language))):
        add_paragraph(document, paragraph.style, paragraph.runs, tracking, paragraph.kind)
    return saved(document)


def tracked(
    old: Sequence[Clause], new: Sequence[Clause], changes: Sequence[Change], language: str
) -> Iterator[Tracked]:
    """Yield the paragraphs of the redline in reading order."""
    before, after = _Version(old, language), _Version(new, language)
    for was, is_now in running(old, new, changes):
        if was and is_now:
            yield from _heading(before.heading(was), after.heading(is_now))
            yield from _words(was.text, is_now.text, TEXT)
            yield from _words(was.guidance, is_now.guidance, GUIDANCE)
        elif was:
            yield from _whole(before.lines(was), REMOVED)
        elif is_now:
            yield from _whole(after.lines(is_now), ADDED)


def apart(paragraphs: Sequence[Tracked]) -> list[Tracked]:
    """The paragraphs with none that stays and ends in words of the kind of the whole paragraph behind it.

    LibreOffice takes such neighbours for one change that holds the end of the first paragraph too: rejected (or
    accepted, of what was taken out) it would join paragraphs that were apart. The first is taken out and put in whole.
    """
    made: list[Tracked] = []  # from the last to the first
    for paragraph in reversed(paragraphs):
        behind = made[-1].kind if made else SAME
        last = paragraph.runs[-1].kind if paragraph.runs else SAME
        if paragraph.kind == SAME and last == behind != SAME:
            made += [_only(paragraph, ADDED), _only(paragraph, REMOVED)]
        else:
            made.append(paragraph)
    return made[::-1]


def _only(paragraph: Tracked, kind: str) -> Tracked:
    """The paragraph as it is after (added) or was before (removed), whole of that kind."""
    runs = tuple(Run(run.text, run.style, kind) for run in paragraph.runs if run.kind in (SAME, kind))
    return Tracked(paragraph.style, runs, kind)


class _Version:
    """One side: how deep each clause lies, and which one is only the text before the first chapter."""

    def __init__(self, clauses: Sequence[Clause], language: str) -> None:
        self.language = language
        self.levels = _levels(clauses)
        parents = {clause.parent for clause in clauses}
        first = clauses[0] if clauses else None
        bare = first and first.kind == "chapter" and not (first.number or first.heading or first.guidance)
        self.preamble = first.key if first and bare and first.key not in parents else None

    def heading(self, clause: Clause) -> Line | None:
        if clause.key == self.preamble:
            return None
        year = int(clause.years) if clause.years.isdecimal() else None
        marks = Marks(clause.kind, clause.requirement_kind or None, year, None, clause.applies_to)
        return heading_line(clause.number, clause.heading, marks, self.levels[clause.key], self.language)

    def lines(self, clause: Clause) -> list[Line]:
        heading = self.heading(clause)
        return [*([heading] if heading else []), *text_lines(clause.text), *guidance_lines(clause.guidance)]


def _levels(clauses: Sequence[Clause]) -> Mapping[int, int]:
    levels: dict[int, int] = {}
    for clause in clauses:
        levels[clause.key] = levels.get(clause.parent, 0) + 1 if clause.parent is not None else 1
    return levels


def _heading(was: Line | None, is_now: Line | None) -> Iterator[Tracked]:
    if was and is_now and was.style == is_now.style:
        yield Tracked(is_now.style, tuple(_runs(was, is_now)))
    else:
        yield from _whole([was] if was else [], REMOVED)
        yield from _whole([is_now] if is_now else [], ADDED)


def _runs(was: Line, is_now: Line) -> Iterator[Run]:
    """Number, heading and marks, each with what changed in it."""
    for style in (NUMBER, "", MARKS):
        before, after = _of(was, style), _of(is_now, style)
        if before == after:
            yield Run(after, style)
        elif style:
            yield from (Run(before, style, REMOVED), Run(after, style, ADDED))
        else:
            yield from (
                Run(piece.text, style, piece.kind) for passage in passages(before, after) for piece in passage
            )


def _of(line: Line, style: str) -> str:
    return "".join(run.text for run in line.runs if run.style == style)


def _words(before: str, after: str, style: str) -> Iterator[Tracked]:
    for passage in passages(before, after):
        kinds = {piece.kind for piece in passage}
        runs = tuple(Run(piece.text, "", piece.kind) for piece in passage)
        yield Tracked(style, runs, kinds.pop() if len(kinds) == 1 else SAME)


def _whole(lines: Sequence[Line], kind: str) -> Iterator[Tracked]:
    for line in lines:
        yield Tracked(line.style, tuple(Run(run.text, run.style, kind) for run in line.runs), kind)
