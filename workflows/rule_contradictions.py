"""What a rule says against itself: each contradiction a reason (issue 4, "rules that contradict themselves are refused").

Nothing is guessed: that something can never be is proved over all votes (rule_space); that something can be is shown by
a vote that is counted. Conditions are named by their number in the order of the rule, those of a quorum by their call.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workflows.comparisons import STRICT
from workflows.conditions import Branch, Condition
from workflows.refusals import Refusal, refusal
from workflows.rule_space import Part, Space, TooManyWaysError, space_of
from workflows.rules import MOST_CALLS, Call, Rule
from workflows.without_yes import adopted_without_yes


def contradictions(rule: Rule) -> tuple[Refusal, ...]:
    """Every reason why the rule cannot be meant, though it can be read; empty for a sound rule."""
    space = space_of(rule)
    try:
        return (*_of_ladder(rule), *_of_quorum(rule, space), *_of_passing(rule, space), *_of_tie(rule))
    except TooManyWaysError:
        return (refusal("rule_too_rich"),)


def calls_contradictions(
    calls: tuple[Call, ...], choices: tuple[str, ...] = ("yes", "no")
) -> tuple[Refusal, ...]:
    """Every reason why calls cannot be meant one after another, whatever is voted on; `choices`: what ballots may say."""
    rule = Rule("", 1, (), "", choices, calls, Branch("all", ()), "rejected", "")
    try:
        return (*_of_ladder(rule), *_of_quorum(rule, space_of(rule)))
    except TooManyWaysError:
        return (refusal("rule_too_rich"),)


def _of_passing(rule: Rule, space: Space) -> Iterator[Refusal]:
    numbers = {one.id: n for n, one in enumerate(rule.require.conditions(), 1)}
    never = [one for one in rule.require.conditions() if not space.possible(met=[one])]
    for one in never:
        yield refusal("condition_never_met", number=numbers[one.id])
    if not space.possible(met=[rule.require]):
        if not never or rule.require.kind == "any":
            yield refusal("rule_never_passes")
        return
    for call in rule.quorum:
        if _can_be_met(call, space) and not space.possible(met=[call.require, rule.require]):
            yield refusal("quorum_bars_passing", call=call.number)
    if not space.possible(failed=[rule.require]):
        yield refusal("rule_always_passes")
        return
    if adopted_without_yes(rule):
        yield refusal("rule_passes_without_yes")
    for number, other in _meaningless(rule.require, space, numbers):
        yield refusal("condition_meaningless", number=number, other=other)


def _of_quorum(rule: Rule, space: Space) -> Iterator[Refusal]:
    """A later call is made only after the one before was missed. So it must be open to some who missed that one; that it
    has a floor which on a tiny roll lies above it (so Ley 79/1988 of Colombia, art. 31: a tenth, and ten) is sound."""
    calls = sorted(rule.quorum, key=lambda call: call.number)
    for call in calls:
        yield from _of_call(call, space, last=call is calls[-1])
    for earlier, later in pairwise(calls):
        if not (_can_be_met(earlier, space) and _can_be_met(later, space)):
            continue
        if not space.possible(met=[later.require], failed=[earlier.require]):
            yield refusal("quorum_does_not_fall", call=later.number)


def _of_call(call: Call, space: Space, *, last: bool) -> Iterator[Refusal]:
    conditions = list(call.require.conditions())
    if not _can_be_met(call, space):
        alone = any(not space.possible(met=[one]) for one in conditions)
        yield refusal("quorum_above_all" if alone else "quorum_never_met", call=call.number)
        return
    if (conditions or not last) and not space.possible(failed=[call.require]):
        yield refusal("quorum_asks_nothing", call=call.number)
        return
    numbers = {one.id: n for n, one in enumerate(conditions, 1)}
    for number, other in _meaningless(call.require, space, numbers):
        yield refusal("quorum_condition_meaningless", call=call.number, number=number, other=other)


def _of_ladder(rule: Rule) -> Iterator[Refusal]:
    numbers = [call.number for call in rule.quorum]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield refusal("calls_not_in_a_row")
    if len(numbers) > MOST_CALLS:
        yield refusal("calls_too_many", most=MOST_CALLS)
    for call in rule.quorum:
        if call.number == 1 and call.after is not None:
            yield refusal("first_call_waits")
        if call.number > 1 and (call.after is None or not any(digit in call.after for digit in "123456789")):
            yield refusal("call_without_wait", call=call.number)


def _of_tie(rule: Rule) -> Iterator[Refusal]:
    if rule.tie != "rejected" and not any(one.cmp in STRICT for one in rule.require.conditions()):
        yield refusal("tie_impossible")


def _can_be_met(call: Call, space: Space) -> bool:
    return space.possible(met=[call.require])


def _meaningless(branch: Branch, space: Space, numbers: dict[str, int]) -> Iterator[tuple[int, int]]:
    """The conditions that another decides already, each with that other; by the number of their first condition."""
    for n, part in enumerate(branch.parts):
        if (other := _decided_by(n, branch, space)) is not None:
            yield numbers[_first(part)], numbers[_first(other)]
        elif isinstance(part, Branch):
            yield from _meaningless(part, space, numbers)


def _decided_by(n: int, branch: Branch, space: Space) -> Part | None:
    """In `all`: a part with which this one is met too. In `any`: a part that is met whenever this one is."""
    part, others = branch.parts[n], [(m, one) for m, one in enumerate(branch.parts) if m != n]
    for m, other in others:
        ask, given = (part, other) if branch.kind == "all" else (other, part)
        # Of two that say the same, the later one is the one too many.
        same = m > n and not space.possible(met=[ask], failed=[given])
        if not same and space.possible(met=[given]) and not space.possible(met=[given], failed=[ask]):
            return other
    return _by_all_together(part, [one for _, one in others], space) if branch.kind == "all" else None


def _by_all_together(part: Part, others: Sequence[Part], space: Space) -> Part | None:
    if len(others) > 1 and not space.possible(met=others, failed=[part]):
        return others[0]
    return None


def _first(part: Part) -> str:
    return part.id if isinstance(part, Condition) else next(part.conditions()).id
