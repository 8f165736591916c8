"""Whether more of something can only help under a rule, so that the least of it that suffices is found by halving."""

from workflows.comparisons import CEILINGS
from workflows.conditions import Condition
from workflows.rules import Rule


def grows_with_yes(rule: Rule, yes: str = "yes", no: str = "no") -> bool:
    """Whether a vote against that turns in favour never turns adopted into rejected; False where that is not plain.

    `yes` and `no` are what those in favour and against say. A floor must not count those against alone, nor a ceiling
    those in favour.
    """
    asked = [one for call in rule.quorum for one in call.require.conditions()]
    return all(_grows(one, yes, no) for one in (*asked, *rule.require.conditions()))


def grows_with_presence(rule: Rule, call: int, yes: str = "yes") -> bool:
    """Whether more who come, all in favour, never miss a quorum that fewer met; False where that is not plain."""
    entry = rule.call(call)
    asked = list(entry.require.conditions()) if entry else []
    return all(_plain_turnout(one, yes) for one in asked)


def _grows(condition: Condition, yes: str, no: str) -> bool:
    inner = condition.groups.passes if condition.groups else condition
    if condition.groups and (condition.cmp in CEILINGS or not _grows(inner, yes, no)):
        return False
    count, base = _moved(inner.count, yes, no), _moved(inner.base, yes, no)
    # What moves from no to yes changes the left side by `count`, the right one by a share of `base`, at most all of it.
    if inner.cmp in CEILINGS:
        return count <= 0 and base >= count and not (count and inner.at_least)
    return count >= 0 and base <= count


def _moved(side: object, yes: str, no: str) -> int:
    """By how much a side grows when one vote turns from `no` to `yes`."""
    return (yes in side) - (no in side) if isinstance(side, tuple) else 0


def _plain_turnout(condition: Condition, yes: str) -> bool:
    fixed = condition.base == "roll" or not isinstance(condition.base, str | tuple)
    counts_here = condition.count in ("voted", "present", "represented") or condition.count == (yes,)
    return condition.groups is None and condition.cmp not in CEILINGS and counts_here and fixed
