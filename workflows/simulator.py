"""What a rule would decide: sample outcomes on a roll, computed by decide() like every other figure.

Those in favour are those whose votes go furthest: the heaviest, or those of the groups that take fewest; the others come
from every group in turn, as organisations are spread. Who takes part is present in person; who stays away has no ballot.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workflows.conditions import BLANK, NOT_VOTED, Branch
from workflows.decisions import Decision, decide
from workflows.faults import InputRefusedError
from workflows.monotony import grows_with_presence, grows_with_yes
from workflows.presets import preset, preset_names
from workflows.rolls import Roll
from workflows.rules import Rule
from workflows.turning import Doing, fewest_turned

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
    """What came out; a sample that there is none of is left out.

    `least`: the fewest in favour that pass if all vote, whoever they are; None: nothing passes. `certain`: no fewer can
    (nothing can); otherwise it is an example. `alike`: it does not matter who they are. `asked`: whether this call asks
    for a quorum. `short_certain`: of those who miss it no more can.
    """

    electors: int
    call: int
    least: int | None
    certain: bool
    alike: bool
    asked: bool
    short_certain: bool
    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Reach:
    """How many can do something, None if none can; whether that is certain; and the hall in which those who do it are
    the first."""

    number: int | None
    certain: bool
    hall: "Hall"


@dataclass(frozen=True)
class Hall:
    """A rule, the roll it is tried on, the call, and the roll's electors in the order in which they vote in favour; then
    come those who are neutral, those who stay away, and those against."""

    rule: Rule
    roll: Roll
    call: int
    names: tuple[str, ...]

    def decide(self, votes: Votes, rule: Rule | None = None) -> Decision:
        """What the rule (another, if given) decides. Raises InputRefusedError where rule and roll do not fit."""
        yes, no, neutral = _choices(self.rule)
        said = [yes] * votes.favour + [neutral] * votes.neutral + [""] * votes.away + [no] * votes.against
        ballots = [(name, word) for name, word in zip(self.names, said, strict=True) if word]
        asked = rule or self.rule
        fits = rule is None or not asked.quorum or asked.call(self.call)
        call = self.call if fits else asked.quorum[-1].number
        return decide(asked, _attended(self.roll, [name for name, _ in ballots]), ballots, call=call)

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
    reach, short = least_in_favour(hall), _most_short(hall)
    size, least = len(roll), reach.number
    votes: dict[Key, tuple[Hall, Votes]] = {}
    if least is not None:
        votes["passes"] = reach.hall, Votes(least, size - least)
    if least != 0:
        favour = size if least is None else least - 1
        votes["fails"] = reach.hall, Votes(favour, size - favour)
    if short.number is not None:
        votes["no_quorum"] = short.hall, Votes(short.number, 0, 0, size - short.number)
    outcomes = tuple(_outcome(there, key, said) for key, (there, said) in votes.items())
    changes = tuple(change for outcome in outcomes for change in _changes(votes[outcome.key][0], outcome))
    asked = rule.call(call) is not None
    return Simulation(size, call, least, reach.certain, _alike(hall), asked, short.certain, outcomes, changes)


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


def least_in_favour(hall: Hall) -> Reach:
    """The fewest in favour that pass when all others vote against, whoever they are.

    Raises InputRefusedError when the rule cannot be asked of the roll or has no such call.
    """
    hall.decide(Votes(0, len(hall.names)))  # refuses what cannot be asked
    yes, no, _ = _choices(hall.rule)
    asked = Branch("all", (*_quorum(hall), hall.rule.require))
    turned = fewest_turned(hall.roll, Doing(no, "yes"), Doing(yes, "yes"), asked)
    first = replace(hall, names=_before_the_others(turned.electors, hall.names))
    tries = [first] if first.names == hall.names or turned.number is None else [first, hall]
    found: list[tuple[int, Hall]] = []
    for one in tries:
        if (least := _least_along(one)) is not None:
            found.append((least, one))
        if least == turned.number:
            break
    number, best = min(found, key=lambda pair: pair[0], default=(None, first))
    return Reach(number, number == turned.number, best)


def _least_along(hall: Hall) -> int | None:
    """The fewest, of the first electors of the hall, with whom it passes; None: not even with all."""
    size = len(hall.names)
    if not grows_with_yes(hall.rule, *_choices(hall.rule)[:2]):
        return next((favour for favour in range(size + 1) if hall.passes(favour)), None)
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if hall.passes(middle) else (middle + 1, high)
    return low if hall.passes(low) else None


def _most_short(hall: Hall) -> Reach:
    """The most who may come and still miss the quorum, whoever they are; none where nobody coming is enough or none is
    asked."""
    if not _quorum(hall):
        return Reach(None, certain=True, hall=hall)
    yes, size = _choices(hall.rule)[0], len(hall.names)
    turned = fewest_turned(
        hall.roll, Doing(yes, "yes"), Doing(NOT_VOTED, "no"), Branch("all", _quorum(hall)), met=False
    )
    away = _before_the_others(turned.electors, hall.names[::-1])
    last = replace(hall, names=away[::-1])
    most = None if turned.number is None else size - turned.number
    found = [(short, one) for one in (last, hall) if (short := _short_along(one)) is not None]
    number, best = max(found, key=lambda pair: pair[0], default=(None, last))
    return Reach(number, number == most, best)


def _short_along(hall: Hall) -> int | None:
    """The most, of the first electors of the hall, who may come and still miss the quorum; None: not even nobody."""
    size = len(hall.names)
    if not grows_with_presence(hall.rule, hall.call, _choices(hall.rule)[0]):
        return next((here for here in reversed(range(size + 1)) if hall.misses(here)), None)
    low, high = 0, size + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle <= size and hall.misses(middle) else (low, middle)
    return low - 1 if low else None


def _quorum(hall: Hall) -> tuple[Branch, ...]:
    entry = hall.rule.call(hall.call)
    return () if entry is None else (entry.require,)


def _before_the_others(first: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    chosen = set(first)
    return (*first, *(name for name in names if name not in chosen))


def _alike(hall: Hall) -> bool:
    """Whether the rule tells no elector of the roll from another."""
    asked = [one for branch in (*_quorum(hall), hall.rule.require) for one in branch.conditions()]
    weighed = any(one.measure == "weight" for one in asked)
    return not any(one.attributes() for one in asked) and not (weighed and len(set(hall.roll.units)) > 1)


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
