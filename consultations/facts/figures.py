"""The named figures of a synopsis: each with what it counts, its value and what it is a share of.

In the words of a synopsis `{{figure:silent}}` stands for the value and `{{figure:silent.percent}}` for its share. A
figure is found in the figures of the round (facts.synopses.figures), exact or as published: None stands for hidden.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from consultations.wording_comments import OUTCOMES, STANCES, TYPES
from workflows.percent import percent

Found = Callable[[Mapping[str, Any]], int | None]
_NAMED = re.compile(r"\{\{\s*figure:\s*([a-z0-9_]+(?:\.[a-z_]+)?(?:\.percent)?)\s*\}\}")
_PARTS = ("commented", "no_comment", "questions_only")


@dataclass(frozen=True)
class Value:
    """A figure now, or as it was taken: its value and the base of its share; None is hidden, a base of None is no share."""

    value: int | None
    base: int | None = None

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded by itself; None where it is hidden or of nothing."""
        return None if self.value is None or not self.base else whole_percent(self.value, self.base)

    @classmethod
    def of(cls, kept: Any) -> "Value":
        """As `pair` wrote it."""
        return cls(*kept)

    def pair(self) -> list[int | None]:
        """For keeping as JSON."""
        return [self.value, self.base]


def whole_percent(part: int, total: int) -> int:
    """Whole percent, half up, each by itself (consultation-model.md, "Questionnaire"): 162 of 262 is 62."""
    return int(percent(Fraction(part, total), digits=0)) if total else 0


def names(text: str) -> tuple[str, ...]:
    """The figures that a text names, each once, without `.percent`, known or not."""
    return tuple(dict.fromkeys(name.removesuffix(".percent") for name in _NAMED.findall(text)))


def named_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The same of several texts."""
    return tuple(dict.fromkeys(name for text in texts for name in names(text)))


def pieces(text: str) -> Iterator[tuple[str, str, bool]]:
    """The text in order: words, and the figure that follows them with whether its percent; "" after the last words."""
    done = 0
    for found in _NAMED.finditer(text):
        yield text[done : found.start()], found[1].removesuffix(".percent"), found[1].endswith(".percent")
        done = found.end()
    yield text[done:], "", False


def value(figures: Mapping[str, Any], name: str) -> Value | None:
    """A figure by its name; None when there is no such figure.

    One that is hidden has no base either: the share with it would tell.
    """
    table, _, cell = name.partition(".")
    if cell:
        return _cell(figures, table, cell)
    if name not in PLAIN:
        return None
    find, base = PLAIN[name]
    return _shown(find(figures), base(figures) if base else None)


def offered(figures: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of all figures, in the order of a list to choose from."""
    cells = (
        f"{table}.{cell}"
        for table, all_cells in TABLES.items()
        for cell in all_cells
        if cell in figures.get(table, {})
    )
    return (*PLAIN, *cells)


def _cell(figures: Mapping[str, Any], table: str, cell: str) -> Value | None:
    cells = figures.get(table, {}) if table in TABLES else {}
    if cell not in cells:
        return None
    return _shown(cells[cell], sum_of(cells.values()) if table == "outcomes" else figures["received"])


def _shown(found: int | None, base: int | None) -> Value:
    return Value(None) if found is None else Value(found, base)


def sum_of(values: Iterable[int | None]) -> int | None:
    """The sum; None when a part of it is hidden."""
    held = list(values)
    return None if None in held else sum(one for one in held if one is not None)


def _of_organisations(part: str) -> Found:
    return lambda figures: figures["organisations"][part]


def _of_comments(key: str) -> Found:
    return lambda figures: figures.get(key)


def _answered(figures: Mapping[str, Any]) -> int | None:
    return sum_of(figures["organisations"][part] for part in _PARTS)


_INVITED, _RECEIVED = _of_organisations("invited"), _of_comments("received")
TABLES = {"types": TYPES, "stances": STANCES, "outcomes": OUTCOMES}
PLAIN: dict[str, tuple[Found, Found | None]] = {
    "invited": (_INVITED, None),
    "answered": (_answered, _INVITED),
    **{part: (_of_organisations(part), _INVITED) for part in (*_PARTS, "silent")},
    "received": (_RECEIVED, None),
    "points": (_of_comments("points"), None),
    "distinct": (_of_comments("distinct"), _of_comments("points")),
    **{key: (_of_comments(key), _RECEIVED) for key in ("late", "would_vote_no")},
    **{key: (_of_comments(key), None) for key in ("withdrawn", "unsent")},
    **{key: (_of_comments(key), _of_comments("points")) for key in ("changes", "substantive")},
}
"""Name -> where it is found, and what it is a share of."""

EVERY = frozenset((*PLAIN, *(f"{table}.{cell}" for table, cells in TABLES.items() for cell in cells)))
"""The names of all figures of any round."""
