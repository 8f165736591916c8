"""What a rule would decide: sample outcomes on a roll, computed by decide() like every other figure.

Who votes in favour is taken from every group in turn, as organisations are spread. Those who take part are present in
person; those who stay away have no ballot.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workflows.conditions import BLANK
from workflows.decisions import Decision, decide
from workflows.faults import InputRefusedError
from workflows.monotony import grows_with_presence, grows_with_yes
from workflows.presets import preset, preset_names
from workflows.rolls import Roll
from workflows.rules import Rule

Key = Literal["passes", "fails", "no_quorum"]
Effect = Literal["favour_abstains", "favour_stays_away", "against_abstains", "against_stays_away"]


@dataclass(frozen=True)
class Votes:
    """How many of a roll do what; `neutral` is an abstention, or a blank ballot where the rule knows none."""

    favour: int
    against: int
    neutral: int = 0
    away: int = 0


@dataclass(frozen=True)
class Outcome:
    """A sample: the votes, what the rule decides, and what each rule that ships would say (None: it cannot be asked)."""

    key: Key
    votes: Votes
    decision: Decision
    others: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Change:
    """What one voter more who abstains or stays away makes of a sample; `of` is the sample, `before` its status."""

    of: Key
    effect: Effect
    votes: Votes
    before: str
    after: str


@dataclass(frozen=True)
class Simulation:
    """`least`: the fewest in favour that pass if all vote; None: nothing passes. `asked`: whether this call asks for a
    quorum. A sample that there is none of is left out."""

    electors: int
    call: int
    least: int | None
    asked: bool
    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Hall:
    """A rule, the roll it is tried on, the call, and the roll's electors in the order in which they vote in favour."""

    rule: Rule
    roll: Roll
    call: int
    names: tuple[str, ...]

    def decide(self, votes: Votes, rule: Rule | None = None) -> Decision:
        """What the rule (another, if given) decides. Raises InputRefusedError where rule and roll do not fit."""
        yes, no, neutral = _choices(self.rule)
        said = [*[yes] * votes.favour, *[no] * votes.against, *[neutral] * votes.neutral]
        here, asked = self.names[: len(said)], rule or self.rule
        fits = rule is None or not asked.quorum or asked.call(self.call)
        call = self.call if fits else asked.quorum[-1].number
        return decide(asked, _attended(self.roll, here), zip(here, said, strict=True), call=call)

    def passes(self, favour: int) -> bool:
        """Whether so many in favour pass when all others vote against."""
        return self.decide(Votes(favour, len(self.names) - favour)).status == "adopted"

    def misses(self, here: int) -> bool:
        """Whether so many who come, all in favour, miss the quorum."""
        return self.decide(Votes(here, 0, 0, len(self.names) - here)).status == "no_quorum"


def simulate(rule: Rule, roll: Roll, *, call: int = 1) -> Simulation:
    """Three samples, the least that passes, what abstaining and staying away do, and what other rules would say.

    Passes: the fewest in favour that pass, all others against. Fails: one less. No quorum: the most who may come and
    still miss it. Another rule without this call is asked at its last. Raises InputRefusedError when the rule cannot be
    asked of the roll or has no such call.
    """
    hall = hall_of(rule, roll, call)
    size, least = len(roll), least_in_favour(hall)
    votes: dict[Key, Votes] = {}
    if least is not None:
        votes["passes"] = Votes(least, size - least)
    if least != 0:
        favour = size if least is None else least - 1
        votes["fails"] = Votes(favour, size - favour)
    if (short := _most_short(hall)) is not None:
        votes["no_quorum"] = Votes(short, 0, 0, size - short)
    outcomes = tuple(_outcome(hall, key, said) for key, said in votes.items())
    changes = tuple(change for outcome in outcomes for change in _changes(hall, outcome))
    return Simulation(size, call, least, rule.call(call) is not None, outcomes, changes)


def hall_of(rule: Rule, roll: Roll, call: int) -> Hall:
    """The rule with its roll; electors come in turn from what the rule tells apart first: its groups, or else a kind."""
    grouped = [one.groups.by for one in rule.conditions() if one.groups]
    told_apart = [*grouped, *(name for one in rule.conditions() for name, _ in one.where), ""]
    places = roll.attributes.get(told_apart[0], ("",) * len(roll))
    return Hall(rule, roll, call, spread(roll.electors, places))


def spread(electors: Sequence[str], places: Sequence[str]) -> tuple[str, ...]:
    """One of each place, then the second of each, and so on."""
    seen: dict[str, int] = defaultdict(int)
    turns = []
    for elector, place in zip(electors, places, strict=True):
        turns.append((seen[place], place, elector))
        seen[place] += 1
    return tuple(name for _, _, name in sorted(turns))


def least_in_favour(hall: Hall) -> int | None:
    """The fewest in favour that pass when all others vote against; None: not even all of them."""
    size = len(hall.names)
    if not grows_with_yes(hall.rule):
        return next((favour for favour in range(size + 1) if hall.passes(favour)), None)
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if hall.passes(middle) else (middle + 1, high)
    return low if hall.passes(low) else None


def _most_short(hall: Hall) -> int | None:
    """The most who may come and still miss the quorum; None where nobody coming is enough or none is asked."""
    size = len(hall.names)
    if not grows_with_presence(hall.rule, hall.call):
        return next((here for here in reversed(range(size + 1)) if hall.misses(here)), None)
    low, high = 0, size + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle <= size and hall.misses(middle) else (low, middle)
    return low - 1 if low else None


def _outcome(hall: Hall, key: Key, votes: Votes) -> Outcome:
    others = tuple((name, _of_other(hall, votes, preset(name))) for name in preset_names())
    return Outcome(key, votes, hall.decide(votes), others)


def _of_other(hall: Hall, votes: Votes, other: Rule) -> str | None:
    try:
        return hall.decide(votes, other).status
    except InputRefusedError:
        return None


def _changes(hall: Hall, outcome: Outcome) -> list[Change]:
    """One in favour of what just passes, and one against what just fails, abstains or stays away."""
    return [
        Change(outcome.key, effect, votes, outcome.decision.status, hall.decide(votes).status)
        for effect, votes in _moved(outcome.key, outcome.votes)
    ]


def _moved(key: Key, votes: Votes) -> list[tuple[Effect, Votes]]:
    if key == "passes" and votes.favour:
        less = replace(votes, favour=votes.favour - 1)
        return [
            ("favour_abstains", replace(less, neutral=votes.neutral + 1)),
            ("favour_stays_away", replace(less, away=votes.away + 1)),
        ]
    if key == "fails" and votes.against:
        less = replace(votes, against=votes.against - 1)
        return [
            ("against_abstains", replace(less, neutral=votes.neutral + 1)),
            ("against_stays_away", replace(less, away=votes.away + 1)),
        ]
    return []


def _choices(rule: Rule) -> tuple[str, str, str]:
    """In favour, against and neutral: of a rule with other choices its first, its last, and a blank ballot."""
    yes, no = ("yes", "no") if {"yes", "no"} <= set(rule.choices) else (rule.choices[0], rule.choices[-1])
    return yes, no, "abstain" if "abstain" in rule.choices else BLANK


def _attended(roll: Roll, here: Sequence[str]) -> Roll:
    """The roll with those who take part present in person and nobody else."""
    there = set(here)
    return replace(roll, present=tuple("yes" if elector in there else "no" for elector in roll.electors))
