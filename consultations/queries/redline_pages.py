"""A comparison as a page shows it: one part of the changes, with what was taken out and put in."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.documents.redline import KINDS, Change, Clause
from consultations.documents.redline_words import Passage, passages
from consultations.queries.redlines import Redline

SHOWN = 25
CHANGED, ALL = "changed", "all"
FILTERS = (CHANGED, ALL, *KINDS)
TERMS = ("kind", "requirement_kind", "years", "applies_to")


@dataclass(frozen=True)
class Term:
    """Something beside the words that is another now: `name` is one of TERMS."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """A change to read. `anchor` names it on every page; passages are paragraphs in pieces."""

    anchor: str
    kinds: tuple[str, ...]
    before: tuple[str, ...]  # the numbers of the clauses
    after: tuple[str, ...]
    heading: tuple[Passage, ...]
    text: tuple[Passage, ...]
    guidance: tuple[Passage, ...]
    terms: tuple[Term, ...]
    evidence: str
    borrowed: bool


@dataclass(frozen=True)
class RedlinePage:
    """The changes of one kind, one page of them; `number` from 1. `total` counts those of the kind."""

    changes: tuple[Shown, ...]
    kind: str
    total: int
    number: int
    pages: int


def page(made: Redline, kind: str = CHANGED, number: int = 1) -> RedlinePage:
    """One page of a comparison: of one kind, of all that changed, or of all; the nearest page there is."""
    kind = kind if kind in FILTERS else CHANGED
    return page_of(made, [change for change in made.changes if _belongs(change, kind)], kind, number)


def page_of(made: Redline, chosen: Sequence[Change], kind: str, number: int) -> RedlinePage:
    """One page of these changes of a comparison, which are called `kind`; the nearest page there is."""
    pages = max(1, -(-len(chosen) // SHOWN))
    shown = min(max(number, 1), pages)
    part = chosen[(shown - 1) * SHOWN : shown * SHOWN]
    return RedlinePage(tuple(_shown(change, made) for change in part), kind, len(chosen), shown, pages)


def _belongs(change: Change, kind: str) -> bool:
    if kind == CHANGED:
        return change.kinds != ("same",)
    return kind == ALL or kind in change.kinds


def _shown(change: Change, made: Redline) -> Shown:
    words = [
        passages(_joined(change.before, name), _joined(change.after, name))
        for name in ("heading", "text", "guidance")
    ]
    return Shown(
        change.anchor, change.kinds, _numbers(change.before), _numbers(change.after), words[0], words[1], words[2],
        _terms(change), change.evidence, any(one.key in made.borrowed for one in (*change.before, *change.after)),
    )  # fmt: skip


def _joined(clauses: tuple[Clause, ...], name: str) -> str:
    return "\n".join(text for clause in clauses if (text := getattr(clause, name)))


def _numbers(clauses: tuple[Clause, ...]) -> tuple[str, ...]:
    return tuple(clause.number for clause in clauses)


def _terms(change: Change) -> tuple[Term, ...]:
    if len(change.before) != 1 or len(change.after) != 1:
        return ()
    pairs = zip(TERMS, change.before[0].terms, change.after[0].terms, strict=True)
    return tuple(Term(name, before, after) for name, before, after in pairs if before != after)
