"""Ballots: pairs of elector and choice, checked against the roll and the rule (decision-rules.md, "Roll and ballots")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

from workflows.canonical import sha256_of
from workflows.conditions import BLANK, INVALID, NOT_VOTED
from workflows.faults import shown
from workflows.rolls import Roll
from workflows.tables import read_table

Ballot = tuple[str, str]  # elector, choice
COLUMNS = ("elector", "choice")


@dataclass(frozen=True, slots=True)
class Ballots:
    """Ballots in the order they came; `lines` are their lines in the file, or empty when they come from elsewhere."""

    pairs: tuple[Ballot, ...]
    lines: tuple[int, ...] = ()
    name: str = "ballots"

    def __iter__(self) -> Iterator[Ballot]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def label(self, position: int) -> str:
        """Say where the ballot at this position (from 0) stands, for a message."""
        return (
            f"{self.name}, line {self.lines[position]}" if self.lines else f"{self.name}, row {position + 1}"
        )


def read_ballots(data: bytes | str, name: str = "ballots") -> Ballots:
    """Read ballots from CSV (header `elector,choice`). Raises InputRefusedError with every fault of form."""
    table = read_table(data, name, COLUMNS, open_ended=False)
    pairs = zip(table.column("elector"), table.column("choice"), strict=True)
    return Ballots(tuple(pairs), tuple(table.lines), name)


def ballots_of(ballots: "Ballots | Iterable[Ballot]") -> Ballots:
    """Take pairs (elector, choice) from anywhere."""
    if isinstance(ballots, Ballots):
        return ballots
    return Ballots(tuple(ballots))


def ballots_sha256(ballots: Iterable[Ballot]) -> str:
    """Return the SHA-256 of what the ballots say, whatever their order.

    It is taken over the canonical JSON of [[elector, choice], …] sorted by elector (by code point).
    """
    return sha256_of(sorted(ballots))


def allowed_choices(choices: Iterable[str]) -> tuple[str, ...]:
    """Return the choices a ballot may name: the rule's, blank and invalid."""
    return tuple(dict.fromkeys((*choices, BLANK, INVALID)))


def castable(choices: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody may cast on purpose: the rule's choices, and a blank ballot; a spoilt one is found on paper only."""
    return tuple(dict.fromkeys((*choices, BLANK)))


def ballot_faults(ballots: Ballots, roll: Roll | None, choices: Iterable[str] | None) -> list[str]:
    """List every ballot of nobody on the roll, with an unknown choice, or second of its elector.

    Where the roll or the rule's choices are None (because they were refused) that check is left out.
    """
    allowed = None if choices is None else set(allowed_choices(choices))
    on_roll = None if roll is None else set(roll.electors)
    return list(_faults_one_by_one(ballots, on_roll, allowed))


def _faults_one_by_one(ballots: Ballots, on_roll: set[str] | None, allowed: set[str] | None) -> Iterator[str]:
    first: dict[str, int] = {}
    for n, (elector, choice) in enumerate(ballots.pairs):
        if on_roll is not None and elector not in on_roll:
            yield f"{ballots.label(n)}: the elector {shown(elector)} is not on the roll"
        if elector in first:
            yield f"{ballots.label(n)}: second ballot of {shown(elector)}; the first is at {ballots.label(first[elector])}"
        first.setdefault(elector, n)
        if allowed is not None and choice not in allowed:
            yield f"{ballots.label(n)}: unknown choice {shown(choice)}; known: {', '.join(sorted(allowed))}"


def place(roll: Roll, ballots: Ballots, choices: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the choice of every elector in the order of the roll, and the faults of `ballot_faults`.

    `not_voted` stands for those without a ballot. The choices may be used only when there is no fault.
    """
    choice_of = dict(ballots.pairs)
    placed = list(map(choice_of.get, roll.electors, repeat(NOT_VOTED)))
    # Whole columns first: a million sound ballots need no loop.
    one_each = len(choice_of) == len(ballots)
    all_on_roll = len(placed) - placed.count(NOT_VOTED) == len(choice_of)
    if one_each and all_on_roll and set(choice_of.values()) <= set(allowed_choices(choices)):
        return placed, []
    return placed, ballot_faults(ballots, roll, choices)
