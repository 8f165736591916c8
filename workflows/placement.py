"""Where a comment stands on a later version of the text: by evidence, in a fixed order, never guessed.

consultation-model.md, "Comment": stable id, then the clause map, then the quote, then a likeness of at least 0.75
that leads by 0.05; else it is an orphan, which a person places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

LEAST = Fraction(3, 4)
LEAD = Fraction(1, 20)


class How(StrEnum):
    """By what a comment was placed."""

    STABLE_ID = "stable_id"
    CLAUSE_MAP = "clause_map"
    QUOTE = "quote"
    SIMILAR = "similar"
    PERSON = "person"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Evidence:
    """What speaks for clauses of the later version, each named by an opaque number.

    `same`: the clause of the same stable id; `mapped`: what persons said became of the clause: None when nobody spoke,
    empty when it was deleted, several when it was split; `quoting`: where the quoted words stand, for a comment on
    words; `likeness`: from nought to one.
    """

    same: int | None = None
    mapped: frozenset[int] | None = None
    quoting: frozenset[int] = frozenset()
    likeness: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where it stands and by what; without a clause it is an orphan."""

    clause: int | None
    how: How


ORPHAN = Place(None, How.ORPHANED)


def place(evidence: Evidence) -> Place:
    """The place that the first evidence gives which names one clause alone; an orphan when none does.

    Of a clause that persons said was split only its parts come into question; of a deleted one, nothing.
    """
    if evidence.same is not None:
        return Place(evidence.same, How.STABLE_ID)
    mapped = evidence.mapped
    if mapped is not None and len(mapped) < 2:
        return Place(min(mapped), How.CLAUSE_MAP) if mapped else ORPHAN
    quoting = evidence.quoting if mapped is None else evidence.quoting & mapped
    if len(quoting) == 1:
        return Place(min(quoting), How.QUOTE)
    nearest = leader(
        {key: near for key, near in evidence.likeness.items() if mapped is None or key in mapped}
    )
    return ORPHAN if nearest is None else Place(nearest, How.SIMILAR)


def leader(likeness: Mapping[int, Fraction]) -> int | None:
    """The clause that is alike enough and clearly more so than any other; None when there is none."""
    ranked = sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < LEAST:
        return None
    second = ranked[1][1] if len(ranked) > 1 else Fraction(0)
    return ranked[0][0] if ranked[0][1] - second >= LEAD else None
