"""The electoral roll: who may vote, with which weight, presence and attributes (decision-rules.md, "Roll and ballots").

Columns rather than one object per elector, and weights as integers over one common denominator, so that a million
electors are counted with integer additions alone.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm

from workflows.canonical import sha256_of
from workflows.exact import exact_text, parse_exact
from workflows.faults import InputRefusedError, shown
from workflows.tables import read_table

COLUMNS = ("elector", "weight", "present")
PRESENCES = ("yes", "proxy", "no", "")
# Real rolls stay far below; without a bound a hostile roll could make every sum endlessly long.
_MAX_DENOMINATOR_BITS = 4096


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll in columns of one length. A weight is `units[i] / denominator`."""

    electors: tuple[str, ...]
    units: tuple[int, ...]
    denominator: int
    present: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.electors)

    def weight_texts(self) -> list[str]:
        """Return each elector's weight as exact text in lowest terms."""
        text = cache(lambda units: exact_text(Fraction(units, self.denominator)))
        return [text(units) for units in self.units]


def read_roll(data: bytes | str, name: str = "roll") -> Roll:
    """Read a roll from CSV (header `elector,weight,present,…attributes`). Raises InputRefusedError with every fault."""
    table = read_table(data, name, COLUMNS, open_ended=True)
    names = [column for column in table.header if column not in COLUMNS]
    attributes = {column: table.column(column) for column in names}
    electors, weights, present = (table.column(column) for column in COLUMNS)
    labels = [f"{name}, line {line}" for line in table.lines]
    return _roll(electors, weights, present, attributes, labels, name)


def roll_of(rows: Iterable[Sequence[str]], attributes: Sequence[str] = ()) -> Roll:
    """Make a roll of rows (elector, weight, present, then the values of `attributes`), all of them text.

    Raises InputRefusedError with every fault; rows are numbered from 1.
    """
    table = [tuple(row) for row in rows]
    width = len(COLUMNS) + len(attributes)
    ragged = [
        f"roll, row {n}: {len(r)} values, not {width}" for n, r in enumerate(table, 1) if len(r) != width
    ]
    if ragged:
        raise InputRefusedError(ragged)
    columns = [list(column) for column in zip(*table, strict=True)] or [[] for _ in range(width)]
    rest = dict(zip(attributes, columns[3:], strict=True))
    labels = [f"roll, row {n}" for n in range(1, len(table) + 1)]
    return _roll(columns[0], columns[1], columns[2], rest, labels, "roll")


def roll_sha256(roll: Roll) -> str:
    """Return the SHA-256 of what the roll says, whatever the order of its rows and columns.

    It is taken over the canonical JSON of {"attributes": names sorted, "electors": [[elector, weight in lowest terms,
    present, values of the attributes in that order], … sorted by elector]}. Sorting is by code point.
    """
    names = sorted(roll.attributes)
    columns = [roll.attributes[name] for name in names]
    electors = sorted(zip(roll.electors, roll.weight_texts(), roll.present, *columns, strict=True))
    return sha256_of({"attributes": names, "electors": electors})


def exported(roll: Roll) -> str:
    """Return the roll as CSV, from which anybody reads it again (`read_roll`) and recomputes its hash."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180; so a lone \r is quoted too
    names = sorted(roll.attributes)
    columns = (roll.attributes[name] for name in names)
    writer.writerow((*COLUMNS, *names))
    writer.writerows(zip(roll.electors, roll.weight_texts(), roll.present, *columns, strict=True))
    return out.getvalue()


def _roll(
    electors: list[str],
    weights: list[str],
    present: list[str],
    attributes: dict[str, list[str]],
    labels: list[str],
    name: str,
) -> Roll:
    faults = [*_elector_faults(electors, labels), *_presence_faults(present, labels)]
    parsed, bad_weights = _parse_weights(weights, labels)
    faults += bad_weights
    if not electors:
        faults.append(f"{name}: holds no elector")
    denominator = _common_denominator(parsed.values())
    if denominator.bit_length() > _MAX_DENOMINATOR_BITS:
        faults.append(
            f"{name}: the weights have no common denominator of a sensible size; use simpler fractions"
        )
    if faults:
        raise InputRefusedError(faults)
    units = {text: weight.numerator * (denominator // weight.denominator) for text, weight in parsed.items()}
    columns = {column: tuple(values) for column, values in attributes.items()}
    return Roll(tuple(electors), tuple(map(units.__getitem__, weights)), denominator, tuple(present), columns)


def _elector_faults(electors: list[str], labels: list[str]) -> Iterable[str]:
    seen: set[str] = set()
    for elector, label in zip(electors, labels, strict=True):
        if not elector.strip():
            yield f"{label}: the elector has no name"
        elif elector != elector.strip():
            yield f"{label}: spaces around the elector {shown(elector)}; remove them"
        elif elector in seen:
            yield f"{label}: the elector {shown(elector)} is on the roll twice"
        seen.add(elector)


def _presence_faults(present: list[str], labels: list[str]) -> Iterable[str]:
    for presence, label in zip(present, labels, strict=True):
        if presence not in PRESENCES:
            yield f"{label}: present is {shown(presence)}; it must be yes, proxy, no or empty"


def _parse_weights(weights: list[str], labels: list[str]) -> tuple[dict[str, Fraction], list[str]]:
    """Parse each distinct weight text once."""
    parsed: dict[str, Fraction] = {}
    reasons: dict[str, str] = {}
    for text in set(weights):
        try:
            parsed[text] = parse_exact(text)
        except ValueError as error:
            reasons[text] = str(error)
        else:
            if parsed[text] == 0:
                reasons[text] = "must be more than 0"
    bad = zip(weights, labels, strict=True) if reasons else ()
    return parsed, [f"{label}: bad weight {shown(w)}: {reasons[w]}" for w, label in bad if w in reasons]


def _common_denominator(weights: Iterable[Fraction]) -> int:
    common = 1
    for denominator in {weight.denominator for weight in weights}:
        common = lcm(common, denominator)
        if common.bit_length() > _MAX_DENOMINATOR_BITS:
            break
    return common
