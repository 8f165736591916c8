"""Builders for the tests of decide(): rules, rolls and ballots in a line each."""

from typing import Any

from workflows.decisions import Decision, decide
from workflows.rolls import roll_of
from workflows.rules import Rule, rule_from

YES = ["yes"]
YES_NO = ["yes", "no"]


def condition(
    id: str = "majority",
    count: Any = YES,
    base: Any = YES_NO,
    cmp: str = ">",
    share: Any = "1/2",
    **more: Any,
) -> dict[str, Any]:
    """A condition as JSON."""
    return {"id": id, "measure": "heads", "count": count, "base": base, "cmp": cmp, "share": share, **more}


def by_group(**more: Any) -> dict[str, Any]:
    """A condition over countries as JSON: more than half of those on the roll."""
    inner = {"count": YES, "base": YES_NO, "cmp": ">", "share": "1/2"}
    start = {"id": "countries", "measure": "groups", "by": "country", "group_passes": inner}
    return {
        **start,
        "base": "groups_on_roll",
        "cmp": ">",
        "share": "1/2",
        "empty_group": "not_passed",
        **more,
    }


def rule_json(*conditions: Any, **more: Any) -> dict[str, Any]:
    """A rule as JSON; `more` replaces or adds keys."""
    start = {
        "id": "r",
        "version": 1,
        "title": {"es": "Regla", "en": "Rule"},
        "cites": "Estatutos, art. 31",
        "choices": ["yes", "no", "abstain"],
        "quorum": [],
        "pass": {"all": list(conditions or [condition()])},
        "tie": "rejected",
    }
    return {**start, **more}


def rule(*conditions: Any, **more: Any) -> Rule:
    """A rule."""
    return rule_from(rule_json(*conditions, **more))


def decided(
    used: Rule,
    *votes: tuple[Any, ...],
    attributes: tuple[str, ...] = (),
    call: int = 1,
    casting: str | None = None,
) -> Decision:
    """Decide over votes (how many, choice or None, weight, present, attributes…); missing parts are 1 and yes."""
    rows: list[tuple[str, ...]] = []
    ballots: list[tuple[str, str]] = []
    for times, choice, *rest in votes:
        weight, present, *values = (*rest, *("1", "yes")[len(rest) :])
        for _ in range(times):
            name = f"e{len(rows):06}"
            rows.append((name, weight, present, *values))
            if choice is not None:
                ballots.append((name, choice))
    return decide(used, roll_of(rows, attributes), ballots, call=call, casting_vote=casting)


def line_of(decision: Decision, at: int = 0) -> dict[str, Any]:
    """One line of a decision as its JSON."""
    return dict(decision.conditions[at].to_dict())
