"""What the rules of an assembly say against themselves, though they can be read: each contradiction a reason (issue 4)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from workflows.annual_assemblies import whole_years
from workflows.calls import CallRule
from workflows.exact import exact_text
from workflows.refusals import Refusal, refusal
from workflows.representation_rules import RepresentationRule
from workflows.roll_rules import GroupRule, RollRule
from workflows.rule_contradictions import calls_contradictions
from workflows.rule_spans import is_nothing

TAKEN = {"country": "country", "kind": "kind", "region": None, "networks": None}
"""The attributes that every roll has, each with the groups that it may be made anew of."""


def of_calls(rule: CallRule) -> tuple[Refusal, ...]:
    """Every reason why a rule of calls cannot be meant: its ladder, and the time of the yearly assembly."""
    every = rule.annual.every if rule.annual else None
    return (
        *calls_contradictions(rule.calls),
        *_of_nothing(rule.max_postponement, every),
        *_of_window(rule),
    )


def of_representation(rule: RepresentationRule) -> tuple[Refusal, ...]:
    """Every reason why a rule of representation cannot be meant."""
    binds_nobody = [refusal("proxy_share_binds_nobody")] if rule.proxies.share == 1 else []
    return (*binds_nobody, *_of_nothing(rule.proxies.deadline))


def of_roll(rule: RollRule) -> tuple[Refusal, ...]:
    """Every reason why a rule of the roll cannot be meant, whoever its members are."""
    return (
        *_of_nothing(rule.minimum_membership),
        *_of_bands(rule),
        *_of_cap(rule),
        *(
            refusal("roll_group_name_taken", attribute=group.attribute)
            for group in rule.groups
            if _taken(group)
        ),
    )


def _of_nothing(*durations: str | None) -> Iterator[Refusal]:
    for duration in durations:
        if duration is not None and duration.startswith("P") and is_nothing(duration):
            yield refusal("duration_nothing", duration=duration)


def _of_window(rule: CallRule) -> Iterator[Refusal]:
    annual = rule.annual
    if annual is not None and annual.window is not None and whole_years(annual.every) is None:
        yield refusal("annual_window_with_period")


def _of_bands(rule: RollRule) -> Iterator[Refusal]:
    """The numbers of a register are whole ones: the next band begins one above, or anywhere before."""
    for before, after in pairwise(rule.weight.bands):
        if before.last is not None and after.first > before.last + 1:
            yield refusal("roll_band_gap", last=exact_text(before.last), first=exact_text(after.first))


def _of_cap(rule: RollRule) -> Iterator[Refusal]:
    """A share of everything bounds nobody; equal weights stay equal under any cap; and bands show their bounds."""
    if rule.cap is None:
        return
    weights = [Fraction(1)] if rule.weight.by == "one" else [band.weight for band in rule.weight.bands]
    most = rule.cap.most
    equal = bool(weights) and min(weights) == max(weights)
    beside = most is not None and bool(weights) and not min(weights) < most < max(weights)
    if rule.cap.share == 1 or equal or beside:
        yield refusal("roll_cap_meaningless")


def _taken(group: GroupRule) -> bool:
    return group.attribute in TAKEN and TAKEN[group.attribute] != group.by
