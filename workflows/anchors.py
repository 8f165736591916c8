"""Where a comment points: the text as a whole, one clause, words or a table inside a clause, or a question.

consultation-model.md, "Comment": every anchor works without selecting text; quoted words are never needed, and
sentences and tables can be chosen from a list.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

AROUND = 30
"""How many characters before and after the quoted words are kept, to find them again."""

CELLS = " | "
"""What parts the cells of a table's row, as the importers of drafts keep it."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?;…])\s+")
_MARKS = "\"'“”«»„‘’ "


class Anchor(StrEnum):
    """What kind of place it is; which chapter, section, requirement, annex or definition the clause itself says."""

    WHOLE = "whole"
    CLAUSE = "clause"
    RANGE = "range"
    TABLE = "table"
    QUESTION = "question"


QUOTING = frozenset({Anchor.RANGE, Anchor.TABLE})
"""Where what is quoted beside a comment stands in its clause word for word."""


@dataclass(frozen=True)
class Quoted:
    """Words of a clause as they stand there, what stands round them, and how often they stand there; the first is meant.

    `is_table`: they are a whole table.
    """

    words: str
    prefix: str
    suffix: str
    times: int
    is_table: bool = False


@dataclass(frozen=True)
class Part:
    """A sentence or a whole table of a clause, to be chosen from a list."""

    words: str
    is_table: bool


def anchor(node_id: int | None, question_id: int | None, quoted: Quoted | None) -> Anchor:
    """What a comment points at."""
    if question_id is not None:
        return Anchor.QUESTION
    if node_id is None:
        return Anchor.WHOLE
    if quoted is None:
        return Anchor.CLAUSE
    return Anchor.TABLE if quoted.is_table else Anchor.RANGE


def parts(text: str) -> tuple[Part, ...]:
    """The sentences and tables of a clause's `text` in reading order, each as it stands there.

    Two lines or more with cells are a table; one alone is a sentence like any other.
    """
    found: list[Part] = []
    for has_cells, group in groupby(text.split("\n"), key=lambda line: CELLS in line):
        lines = [line for line in group if line.strip()]
        if has_cells and len(lines) > 1:
            found.append(Part("\n".join(lines), is_table=True))
        else:
            found += [
                Part(one, is_table=False) for line in lines for one in _SENTENCE_ENDS.split(line.strip())
            ]
    return tuple(found)


def quoted(words: str, text: str) -> Quoted | None:
    """Find `words` in a clause's `text`; None when they do not stand there.

    Blanks and line ends of any length are alike, for a page sets them otherwise. Words that do not stand there as they
    were typed are looked for without the marks round them, and in capitals or not: a telephone writes those by itself.
    """
    bare = words.strip(_MARKS + "\n\t\r")
    for tried, flags in ((words, 0), (bare, 0), (bare, re.IGNORECASE)):
        found = list(_pattern(tried, flags).finditer(text)) if tried.split() else []
        if found:
            start, end = found[0].span()
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            return Quoted(text[start:end], before, after, len(found), text[start:end] in _tables(text))
    return None


def _tables(text: str) -> tuple[str, ...]:
    return tuple(part.words for part in parts(text) if part.is_table)


def _pattern(words: str, flags: int) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())), flags)
