"""How the content of a rule is checked, by its kind: a small registry."""

from collections.abc import Callable
from typing import Any

from workflows.assembly_rule_contradictions import of_calls, of_representation, of_roll
from workflows.call_reading import calls_from
from workflows.elections.templates import template_from
from workflows.refusals import Refused
from workflows.representation_rules import representation_from
from workflows.roll_rule_reading import roll_rule_from
from workflows.rule_book import RuleKind
from workflows.rule_contradictions import calls_contradictions, contradictions
from workflows.rules import rule_from

Validator = Callable[[object], object]
"""Raises InputRefusedError with every fault of what cannot be meant, Refused with every contradiction; its answer is
not looked at."""


def decision(content: object) -> None:
    """A decision rule: it can be read, and does not contradict itself."""
    if reasons := contradictions(rule_from(content)):
        raise Refused(*reasons)


def calls(content: object) -> None:
    """A rule of calls and notice."""
    if reasons := of_calls(calls_from(content)):
        raise Refused(*reasons)


def representation(content: object) -> None:
    """A rule of representation."""
    if reasons := of_representation(representation_from(content)):
        raise Refused(*reasons)


def roll(content: object) -> None:
    """A rule of the roll."""
    if reasons := of_roll(roll_rule_from(content)):
        raise Refused(*reasons)


def election(content: object) -> None:
    """A template of elections: its terms can be read, and their calls do not contradict each other."""
    if reasons := calls_contradictions(template_from(content).quorum, ("named",)):
        raise Refused(*reasons)


VALIDATORS: dict[RuleKind, Validator] = {
    RuleKind.DECISION: decision,
    RuleKind.REPRESENTATION: representation,
    RuleKind.CALLS: calls,
    RuleKind.ROLL: roll,
    RuleKind.ELECTION: election,
}


def check(kind: str, content: object) -> None:
    """Raise InputRefusedError or Refused, with every reason, for content that a rule of this kind cannot have."""
    VALIDATORS[RuleKind(kind)](content)


def stamped(
    kind: str, content: dict[str, Any], *, key: str, version: int, titles: dict[str, str], cites: str
) -> dict[str, Any]:
    """The content as it is kept: a rule carries its own id, version, title and source, which are hashed with it."""
    if kind == RuleKind.ELECTION:
        return content
    return {**content, "id": key, "version": version, "title": titles, "cites": cites}
