"""The conditions of a decision as figures to draw (templates/_macros/figures.html): integers on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from workflows.conditions import Condition
from workflows.decisions import Asking
from workflows.exact import parse_exact

FINE = 1000  # steps of a drawn base that is no small integer


@dataclass(frozen=True)
class Segment:
    """A part of the base: the choice (or have|rest), its size on the scale, its colour, and the exact figure."""

    key: str
    value: int
    look: str
    shown: str


@dataclass(frozen=True)
class GroupMark:
    """One group: name, whether it passes, what it weighs on the scale, its heads; `silent`: nobody in it voted."""

    name: str
    passes: bool
    silent: bool
    weight: int
    counts: dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One condition. `sentences`: per language; `needed_shown` exact; `ceiling`: the most that is allowed."""

    id: str
    unit: str
    sentences: dict[str, str]
    passes: bool
    base: int
    needed: int
    needed_shown: str
    ceiling: bool
    quorum: bool
    by: str = ""
    segments: tuple[Segment, ...] = ()
    groups: tuple[GroupMark, ...] = field(default=())


def figures(
    rule: Asking, decision: dict[str, Any], voters: Sequence[Mapping[str, str]]
) -> tuple[Figure, ...]:
    """One figure per condition that was measured: the quorum's, then those of the decision.

    `voters`: the attributes of each elector with a ballot, blank and invalid ones too.
    """
    asked, lines = decision["quorum"]["conditions"], decision["conditions"]
    conditions = {condition.id: condition for condition in rule.conditions()}
    skip = 0 if decision["quorum"]["asked"] else 1  # the sentence that no quorum is asked
    return tuple(
        _figure(line, conditions[line["id"]], decision, voters, n + skip, quorum=n < len(asked))
        for n, line in enumerate((*asked, *lines))
    )


def _figure(
    line: dict[str, Any], condition: Condition, decision: dict[str, Any], voters: Sequence[Mapping[str, str]], place: int,
    *, quorum: bool,
) -> Figure:  # fmt: skip
    heard = _heard(condition, voters)
    groups = decision["groups"].get(condition.groups.by, {}) if condition.groups else {}
    weights = {name: _weight(condition, name) for name in groups}
    base, needed, have = (
        parse_exact(line[key]) if line[key][0] != "-" else Fraction(0) for key in ("base", "needed", "have")
    )
    whole = max(base, needed, have, Fraction(1))
    scale = scale_of(whole, (*weights.values(), base, needed, have))
    return Figure(
        id=line["id"], unit=line["unit"], passes=line["passes"], needed_shown=line["needed"], quorum=quorum,
        sentences={lang: said[place] for lang, said in decision["sentences"].items()},
        base=int(whole * scale), needed=int(needed * scale), ceiling=line["cmp"] in ("<", "<="),
        by=condition.groups.by if condition.groups else "",
        segments=() if groups else _segments(condition, decision, line, base, have, scale),
        groups=tuple(GroupMark(n, g["passes"], n not in heard, int(weights[n] * scale), g) for n, g in groups.items()),
    )  # fmt: skip


def _heard(condition: Condition, voters: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """The groups of a condition in which somebody voted, among those whom it asks."""
    if condition.groups is None:
        return frozenset()
    asked = (voter for voter in voters if all(voter.get(name) == value for name, value in condition.where))
    return frozenset(voter.get(condition.groups.by, "") for voter in asked)


def _weight(condition: Condition, group: str) -> Fraction:
    return dict(condition.groups.weights).get(group, Fraction(1)) if condition.groups else Fraction(1)


def scale_of(whole: Fraction, amounts: tuple[Fraction, ...]) -> Fraction:
    """Exact when the common denominator is small; else a thousand steps for the whole."""
    common = lcm(*(amount.denominator for amount in amounts))
    return Fraction(common) if common <= FINE else Fraction(FINE) / whole


def _segments(
    condition: Condition,
    decision: dict[str, Any],
    line: dict[str, Any],
    base: Fraction,
    have: Fraction,
    scale: Fraction,
) -> tuple[Segment, ...]:
    """Per choice where the decision's totals are the condition's own; else what there is, and the rest."""
    sides = [side for side in (condition.count, condition.base) if isinstance(side, tuple)]
    if len(sides) == 2 and not condition.where:
        totals = decision["weight" if condition.measure == "weight" else "heads"]
        named = dict.fromkeys((*sides[0], *sides[1]))
        return tuple(
            Segment(choice, int(parse_exact(str(totals[choice])) * scale), _look(choice), str(totals[choice]))
            for choice in named
        )
    rest = max(base - have, Fraction(0))
    key = condition.count[0] if isinstance(condition.count, tuple) and len(condition.count) == 1 else "have"
    return (
        Segment(key, int(have * scale), _look(key), line["have"]),
        Segment("rest", int(rest * scale), "rest", str(rest)),
    )


def _look(choice: str) -> str:
    return choice if choice in ("yes", "no", "abstain") else "rest" if choice == "rest" else "yes"
