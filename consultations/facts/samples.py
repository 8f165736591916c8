"""Three sample outcomes of a rule on a roll, for who reviews a vote: computed by decide(), like every other figure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.facts.rolls import Elector, as_counted, roll
from workflows.conditions import BLANK
from workflows.decisions import Decision, decide
from workflows.rolls import Roll
from workflows.rules import Rule


@dataclass(frozen=True)
class Sample:
    """`key`: least (the fewest in favour that pass), one_less, tie; with the heads that vote, and the decision."""

    key: str
    favour: int
    against: int
    neutral: int
    decision: dict[str, Any]


def samples(rule: Rule, electors: Sequence[Elector], call: int) -> tuple[Sample, ...]:
    """All vote. First the fewest in favour that pass (all of them, if nothing passes), then one less, then a tie.

    Those in favour are taken from every country in turn, as organisations are spread.
    Raises InputRefusedError when rule and roll do not fit.
    """
    names = _spread(electors)
    counted = roll(as_counted(electors, set(names)))
    least = _least(rule, counted, names, call)
    half = len(names) // 2
    return (
        _sample("least", rule, counted, names, least, len(names) - least, call),
        _sample("one_less", rule, counted, names, max(least - 1, 0), len(names) - max(least - 1, 0), call),
        _sample("tie", rule, counted, names, half, half, call),
    )


def _least(rule: Rule, counted: Roll, names: list[str], call: int) -> int:
    """By halving: more in favour never turns adopted into rejected for the rules that ship."""
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        passes = _decide(rule, counted, names, middle, len(names) - middle, call).status == "adopted"
        low, high = (low, middle) if passes else (middle + 1, high)
    return low


def _sample(
    key: str, rule: Rule, counted: Roll, names: list[str], favour: int, against: int, call: int
) -> Sample:
    decision = _decide(rule, counted, names, favour, against, call)
    return Sample(key, favour, against, len(names) - favour - against, decision.to_dict())


def _decide(rule: Rule, counted: Roll, names: list[str], favour: int, against: int, call: int) -> Decision:
    yes, no = ("yes", "no") if {"yes", "no"} <= set(rule.choices) else (rule.choices[0], rule.choices[-1])
    neutral = "abstain" if "abstain" in rule.choices else BLANK
    said = [yes] * favour + [no] * against + [neutral] * (len(names) - favour - against)
    return decide(rule, counted, zip(names, said, strict=True), call=call)


def _spread(electors: Sequence[Elector]) -> list[str]:
    """One of each country, then the second of each, and so on."""
    seen: dict[str, int] = defaultdict(int)
    places = []
    for elector in electors:
        country = elector.attributes.get("country", "")
        places.append((seen[country], country, elector.elector))
        seen[country] += 1
    return [name for _, _, name in sorted(places)]
