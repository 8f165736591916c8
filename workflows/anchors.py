"""Where a comment points: the text as a whole, one clause, words inside a clause, or a question of the questionnaire.

consultation-model.md, "Comment": every anchor works without selecting text; quoted words are never needed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

AROUND = 30
"""How many characters before and after the quoted words are kept, to find them again."""

_MARKS = "\"'“”«»„‘’ "


class Anchor(StrEnum):
    """What kind of place it is; which chapter, section, requirement, annex or definition the clause itself says."""

    WHOLE = "whole"
    CLAUSE = "clause"
    RANGE = "range"
    QUESTION = "question"


@dataclass(frozen=True)
class Quoted:
    """Words of a clause as they stand there, what stands round them, and how often they stand there; the first is meant."""

    words: str
    prefix: str
    suffix: str
    times: int


def anchor(node_id: int | None, question_id: int | None, quoted: Quoted | None) -> Anchor:
    """What a comment points at."""
    if question_id is not None:
        return Anchor.QUESTION
    if node_id is None:
        return Anchor.WHOLE
    return Anchor.RANGE if quoted else Anchor.CLAUSE


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
            return Quoted(text[start:end], before, after, len(found))
    return None


def _pattern(words: str, flags: int) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())), flags)
