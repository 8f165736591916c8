"""Counting: one pass over the roll into cells, then sums of cells in heads and in weight.

A cell is one combination of choice, presence and the attributes the rule reads. There are few cells however many
electors there are, so the pass over the electors does integer additions only, and fractions appear at the end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from workflows.ballots import Ballot, ballots_of, place
from workflows.conditions import INVALID, NOT_VOTED
from workflows.faults import InputRefusedError
from workflows.roll_parts import is_parted, parted, parted_choices
from workflows.rolls import Roll


class Cell(NamedTuple):
    """Electors alike in choice, presence and attributes: how many, and their weight in units of 1/denominator."""

    choice: str
    present: str
    attributes: tuple[str, ...]
    heads: int
    units: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Cells, the names of their attributes, and the denominator of their weights.

    `parts`: for each attribute by which electors are parted (roll_parts), the same electors part by part.
    """

    attributes: tuple[str, ...]
    cells: tuple[Cell, ...]
    denominator: int
    parts: "Mapping[str, Tally]" = field(default_factory=dict)

    def where(self, wanted: Iterable[tuple[str, str]]) -> "Tally":
        """Keep only the electors, or the parts of electors, with these attributes."""
        asked = tuple(wanted)
        for name, _value in asked:
            if name in self.parts:
                return self.parts[name].where(asked)
        tests = [(self.attributes.index(name), value) for name, value in asked]
        kept = (cell for cell in self.cells if all(cell.attributes[at] == value for at, value in tests))
        parts = {name: part.where(asked) for name, part in self.parts.items()}
        return Tally(self.attributes, tuple(kept), self.denominator, parts)

    def groups(self, by: str) -> "dict[str, Tally]":
        """Split by the values of one attribute, sorted by value; a parted elector is in each of its groups."""
        if by in self.parts:
            return self.parts[by].groups(by)
        at = self.attributes.index(by)
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.attributes[at]].append(cell)
        return {
            value: Tally(self.attributes, tuple(found[value]), self.denominator) for value in sorted(found)
        }

    def heads(self, counted: tuple[str, ...] | str) -> int:
        """Count the electors that `counted` names (choices, or a word of decision-rules.md such as `voted`)."""
        return sum(cell.heads for cell in self.cells if belongs(cell, counted))

    def weight(self, counted: tuple[str, ...] | str) -> Fraction:
        """Add the weights of the electors that `counted` names."""
        return Fraction(sum(cell.units for cell in self.cells if belongs(cell, counted)), self.denominator)

    def amount(self, measure: str, counted: tuple[str, ...] | str) -> Fraction:
        """Return heads or weight, as the measure says."""
        return self.weight(counted) if measure == "weight" else Fraction(self.heads(counted))

    def grid(self, measure: str) -> int:
        """Return n where amounts of this measure come in steps of 1/n."""
        return self.denominator if measure == "weight" else 1


def belongs(cell: Cell, counted: tuple[str, ...] | str) -> bool:
    """Say whether a cell is counted.

    voted = any ballot, blank and invalid ones too; valid = voted less invalid; present = in person; represented = in
    person or by proxy; roll = everyone. Presence is what the roll says: a ballot does not make its elector present.
    """
    match counted:
        case tuple():
            return cell.choice in counted
        case "voted":
            return cell.choice != NOT_VOTED
        case "valid":
            return cell.choice not in (NOT_VOTED, INVALID)
        case "present":
            return cell.present == "yes"
        case "represented":
            return cell.present in ("yes", "proxy")
        case "roll":
            return True
        case _:
            raise ValueError(f"{counted!r} cannot be counted")


def tally(
    roll: Roll, ballots: Iterable[Ballot], choices: Iterable[str], attributes: Iterable[str] = ()
) -> Tally:
    """Count ballots over a roll, apart for every combination of the attributes.

    Raises InputRefusedError with every fault of the ballots, and KeyError for an attribute the roll does not have.
    """
    placed, faults = place(roll, ballots_of(ballots), choices)
    if faults:
        raise InputRefusedError(faults)
    return count(roll, placed, attributes)


def count(roll: Roll, chosen: Iterable[str], attributes: Iterable[str] = ()) -> Tally:
    """Count choices that stand in the order of the roll already. Raises KeyError as `tally` does."""
    names = tuple(sorted(set(attributes)))
    chosen = tuple(chosen)
    columns = (roll.attributes[name] for name in names)
    # zip without a list: it reuses one tuple, so a million electors allocate next to nothing.
    keys = zip(chosen, roll.present, *columns, strict=True)
    heads: dict[tuple[str, ...], int] = defaultdict(int)
    units: dict[tuple[str, ...], int] = defaultdict(int)
    for key, weight in zip(keys, roll.units, strict=True):
        heads[key] += 1
        units[key] += weight
    cells = (Cell(key[0], key[1], key[2:], heads[key], units[key]) for key in sorted(heads))
    parts = {
        name: count(parted(roll, name), parted_choices(roll, chosen, name), names)
        for name in names
        if is_parted(roll, name)
    }
    return Tally(names, tuple(cells), roll.denominator, parts)
