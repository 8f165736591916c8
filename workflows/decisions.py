"""decide(): from a rule, a roll and ballots to a decision (decision-rules.md). Pure, exact and deterministic."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, Protocol

from workflows.ballots import Ballot, Ballots, allowed_choices, ballots_of, ballots_sha256, place
from workflows.conditions import NOT_VOTED, Branch, Condition
from workflows.exact import exact_text
from workflows.faults import InputRefusedError, shown
from workflows.groups import Grouping, measure_groups, plain_line
from workflows.lines import Line
from workflows.roll_parts import counted_by_heads
from workflows.rolls import Roll, roll_sha256
from workflows.rules import Call, Rule
from workflows.sentences import sentences
from workflows.tally import Tally, count

Status = Literal["adopted", "rejected", "no_quorum", "tie_pending"]


class Asking(Protocol):
    """What has conditions: a rule, or the terms of an election."""

    def conditions(self) -> Iterable[Condition]: ...


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether the quorum was asked at this call and met; met is True where none is asked."""

    asked: bool
    met: bool
    call: int
    conditions: tuple[Line, ...]


@dataclass(frozen=True)
class Decision:
    """The outcome and everything it rests on. `to_dict` and `to_json` give the format of decision-rules.md."""

    status: Status
    tie: str
    tied: bool
    casting_vote: str | None
    rule_id: str
    rule_version: int
    rule_sha256: str
    roll_sha256: str
    ballots_sha256: str
    electors: int
    heads: Mapping[str, int]
    weight: Mapping[str, Fraction]
    groupings: tuple[Grouping, ...]
    quorum: Quorum
    conditions: tuple[Line, ...]

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """The decision in sentences, per language: the quorum's lines, the conditions' lines, the outcome."""
        return sentences(self)

    def to_dict(self) -> dict[str, object]:
        """Return the Decision of decision-rules.md, ready for JSON."""
        return {
            "status": self.status,
            "rule": {"id": self.rule_id, "version": self.rule_version, "sha256": self.rule_sha256},
            "roll_sha256": self.roll_sha256,
            "ballots_sha256": self.ballots_sha256,
            "electors": self.electors,
            "heads": dict(self.heads),
            "weight": {choice: exact_text(weight) for choice, weight in self.weight.items()},
            "groups": _groups_dict(self.groupings),
            "quorum": {
                "asked": self.quorum.asked,
                "met": self.quorum.met,
                "call": self.quorum.call,
                "conditions": [line.to_dict() for line in self.quorum.conditions],
            },
            "conditions": [line.to_dict() for line in self.conditions],
            "sentences": self.sentences,
        }

    def to_json(self) -> str:
        """Return the Decision as indented JSON text, the same for the same input."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)


def decide(
    rule: Rule,
    roll: Roll,
    ballots: Ballots | Iterable[Ballot],
    *,
    call: int = 1,
    casting_vote: str | None = None,
) -> Decision:
    """Decide by the rule.

    `ballots` are pairs (elector, choice); `call` picks the quorum's entry; `casting_vote` (yes or no) settles a tie
    where the rule asks for one and is otherwise without effect. Raises InputRefusedError with every reason: ballots that
    do not fit, attributes the roll lacks, a call that is not on the ladder.
    """
    given = ballots_of(ballots)
    placed, misfits = place(roll, given, rule.choices)
    if faults := [
        *call_faults(rule.quorum, call),
        *_casting_faults(casting_vote),
        *roll_faults(rule, roll),
        *misfits,
    ]:
        raise InputRefusedError(faults)
    attributes = {name for condition in rule.conditions() for name in condition.attributes()}
    counted = count(roll, placed, attributes)
    quorum, quorum_groups = ask_quorum(rule.quorum, call, counted, rule.choices)
    lines, groupings = _measure(rule.require, rule.choices, counted)
    tied = _is_tied(rule.require, lines)
    everyone = (*allowed_choices(rule.choices), NOT_VOTED)
    return Decision(
        status=_status(quorum.met, _holds(rule.require, lines), tied, rule.tie, casting_vote),
        tie=rule.tie,
        tied=tied,
        casting_vote=casting_vote,
        rule_id=rule.id,
        rule_version=rule.version,
        rule_sha256=rule.sha256,
        roll_sha256=roll_sha256(roll),
        ballots_sha256=ballots_sha256(given),
        electors=len(roll),
        heads={choice: counted.heads((choice,)) for choice in everyone},
        weight={choice: counted.weight((choice,)) for choice in everyone},
        groupings=(*quorum_groups, *groupings),
        quorum=quorum,
        conditions=lines,
    )


def roll_faults(rule: Asking, roll: Roll) -> list[str]:
    """List where the rule asks for attributes that the roll lacks, leaves empty where groups are made, or parts heads by."""
    faults = []
    for condition in rule.conditions():
        missing = sorted(condition.attributes() - roll.attributes.keys())
        faults += [
            f"condition {shown(condition.id)}: the roll has no attribute {shown(name)}" for name in missing
        ]
        if condition.groups and not missing:
            faults += _ungrouped(condition, condition.groups.by, roll)
    faults += [
        f"condition {shown(condition.id)}: counts heads, and the roll parts electors by {shown(name)}; count weight"
        for condition, name in counted_by_heads(rule.conditions(), roll)
    ]
    return faults


def _ungrouped(condition: Condition, by: str, roll: Roll) -> Iterator[str]:
    if "" not in roll.attributes[by]:
        return
    for n, elector in enumerate(roll.electors):
        inside = all(roll.attributes[name][n] == value for name, value in condition.where)
        if inside and roll.attributes[by][n] == "":
            yield f"condition {shown(condition.id)}: the elector {shown(elector)} has no {shown(by)} to be grouped by"


def call_faults(quorum: Iterable[Call], call: int) -> Iterator[str]:
    """List why this call cannot be asked: it is no number of a call, or it is not on the ladder that there is."""
    numbers = [entry.number for entry in quorum]
    if call < 1:
        yield f"call {call}: calls are numbered from 1"
    elif numbers and call not in numbers:
        known = ", ".join(map(str, numbers))
        yield f"call {call} is not on the rule's quorum ladder; its calls are: {known}"


def _casting_faults(casting_vote: str | None) -> Iterator[str]:
    if casting_vote not in (None, "yes", "no"):
        yield f"the casting vote {shown(casting_vote)} is unknown; it is yes or no"


def ask_quorum(
    quorum: Iterable[Call], call: int, counted: Tally, choices: tuple[str, ...]
) -> tuple[Quorum, list[Grouping]]:
    """Measure the ladder's entry for this call; a ladder without it asks for nothing."""
    entry = next((entry for entry in quorum if entry.number == call), None)
    if entry is None:
        return Quorum(asked=False, met=True, call=call, conditions=()), []
    lines, groupings = _measure(entry.require, choices, counted)
    return Quorum(asked=True, met=_holds(entry.require, lines), call=call, conditions=lines), groupings


def _measure(
    branch: Branch, choices: tuple[str, ...], counted: Tally
) -> tuple[tuple[Line, ...], list[Grouping]]:
    lines: list[Line] = []
    groupings: list[Grouping] = []
    for condition in branch.conditions():
        within = counted.where(condition.where)
        if condition.groups is None:
            lines.append(plain_line(condition, within))
        else:
            line, grouping = measure_groups(condition, condition.groups, within, choices)
            lines.append(line)
            groupings.append(grouping)
    return tuple(lines), groupings


def _holds(branch: Branch, lines: Iterable[Line]) -> bool:
    return branch.holds({line.id: line.passes for line in lines})


def _is_tied(branch: Branch, lines: tuple[Line, ...]) -> bool:
    """Say whether the motion fails, and every failing condition by exact equality under a strict comparison.

    Taken literally: a condition that fails within an `any` that is met is a failing condition too.
    """
    return not _holds(branch, lines) and all(line.tied for line in lines if not line.passes)


def _status(quorum_met: bool, holds: bool, tied: bool, tie: str, casting_vote: str | None) -> Status:
    if not quorum_met:
        return "no_quorum"
    if holds:
        return "adopted"
    if not tied or tie == "rejected":
        return "rejected"
    # A second vote is a new set of ballots; a casting vote cannot stand in for it.
    if tie == "second_vote" or casting_vote is None:
        return "tie_pending"
    return "adopted" if casting_vote == "yes" else "rejected"


def _groups_dict(groupings: Iterable[Grouping]) -> dict[str, dict[str, object]]:
    """Key the groups by attribute; a second condition over one attribute is keyed `attribute/condition id`."""
    found: dict[str, dict[str, object]] = {}
    for grouping in groupings:
        key = f"{grouping.by}/{grouping.condition_id}" if grouping.by in found else grouping.by
        found[key] = {group.name: group.to_dict() for group in grouping.groups}
    return dict(sorted(found.items()))
