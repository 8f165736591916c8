"""Votes on paper: count sheets entered twice by two people, differences resolved on record, merged with online ballots."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from workflows.ballots import Ballot
from workflows.guards import different
from workflows.refusals import Refusal, Refused, refusal

NUMBERS = ("issued", "spoilt", "unused")
COUNTERS = ("counter_1", "counter_2")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One count sheet. `counters` are the two persons who counted; `ballots` the elector and choice of each paper used.

    `spoilt` papers were given back and replaced before they were cast; a paper that was cast and cannot be read is a
    ballot with the choice `invalid`.
    """

    serial: str
    counters: tuple[str, str]
    ballots: tuple[Ballot, ...]
    issued: int
    spoilt: int = 0
    unused: int = 0

    @property
    def used(self) -> int:
        """How many papers were cast."""
        return len(self.ballots)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """What one person typed from a sheet."""

    sheet: Sheet
    by: str


@dataclass(frozen=True, slots=True)
class DifferingLine:
    """Where two entries differ: `line` is an elector, or one of NUMBERS and COUNTERS. "" is nothing there."""

    line: str
    first: str
    second: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a line is, by whom it was looked up again on the sheet, and why. `value` "" takes an elector's line out."""

    line: str
    value: str
    reason: str
    by: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """The sheet that counts, with the differences there were and how each was resolved, for the record."""

    sheet: Sheet
    differences: tuple[DifferingLine, ...] = ()
    resolutions: tuple[Resolution, ...] = ()


def objections_to_sheet(sheet: Sheet, electors: Iterable[str], choices: Iterable[str]) -> tuple[Refusal, ...]:
    """Everything wrong with one sheet as it stands; `electors` are those on the roll, `choices` those of a ballot."""
    return tuple(chain(_of_people(sheet), _of_lines(sheet, set(electors), set(choices)), _of_numbers(sheet)))


def differences(first: Sheet, second: Sheet) -> tuple[DifferingLine, ...]:
    """Line by line where two entries of one sheet differ: its head (numbers, counters) first, then electors by name."""
    head = [DifferingLine(n, a, b, is_head=True) for n, a, b in _pairs(_head(first), _head(second))]
    return (*head, *(DifferingLine(n, a, b) for n, a, b in _pairs(_choices(first), _choices(second))))


def objections_to_resolving(
    first: SheetEntry, second: SheetEntry, resolutions: Sequence[Resolution]
) -> tuple[Refusal, ...]:
    """Everything that speaks against making one sheet of the two entries."""
    found: list[Refusal] = []
    if not different(first.by, second.by):
        found.append(refusal("sheet_entered_by_one", serial=first.sheet.serial))
    if first.sheet.serial != second.sheet.serial:
        found.append(refusal("sheet_serials_differ", first=first.sheet.serial, second=second.sheet.serial))
    if twice := _repeated(name for name, _ in first.sheet.ballots) + _repeated(
        n for n, _ in second.sheet.ballots
    ):
        found.append(
            refusal("sheet_elector_twice", serial=first.sheet.serial, names=", ".join(sorted(set(twice))))
        )
    return (*found, *_of_resolutions(first.sheet, second.sheet, resolutions))


def resolved(first: SheetEntry, second: SheetEntry, resolutions: Sequence[Resolution] = ()) -> Resolved:
    """The sheet that counts: what both entries say, and the resolution where they differ. Raises Refused."""
    if against := objections_to_resolving(first, second, resolutions):
        raise Refused(*against)
    head, choices = _head(first.sheet), _choices(first.sheet)
    for given in resolutions:
        (head if given.is_head else choices)[given.line] = given.value
    ballots = tuple((elector, choice) for elector, choice in choices.items() if choice)
    issued, spoilt, unused = (int(head[name]) for name in NUMBERS)
    one, two = (head[name] for name in COUNTERS)
    sheet = Sheet(first.sheet.serial, (one, two), ballots, issued, spoilt, unused)
    return Resolved(sheet, differences(first.sheet, second.sheet), tuple(resolutions))


def objections_to_merging(online: Iterable[Ballot], sheets: Sequence[Sheet]) -> tuple[Refusal, ...]:
    """Everything that speaks against counting paper and online together: nobody has a ballot in two places."""
    found: list[Refusal] = []
    if serials := _repeated(sheet.serial for sheet in sheets):
        found.append(refusal("sheet_serial_twice", names=", ".join(serials)))
    on_paper = [elector for sheet in sheets for elector, _ in sheet.ballots]
    if both := sorted(set(on_paper) & {elector for elector, _ in online}):
        found.append(refusal("voted_in_two_channels", names=", ".join(both)))
    if twice := _repeated(on_paper):
        found.append(refusal("voted_on_two_papers", names=", ".join(twice)))
    for sheet in sheets:
        found.extend(_of_numbers(sheet))
    return tuple(found)


def merged(online: Iterable[Ballot], sheets: Sequence[Sheet]) -> tuple[Ballot, ...]:
    """All ballots together, those online first, each sheet's in the order of its lines. Raises Refused."""
    cast = tuple(online)
    if against := objections_to_merging(cast, sheets):
        raise Refused(*against)
    return (*cast, *(ballot for sheet in sheets for ballot in sheet.ballots))


def _of_people(sheet: Sheet) -> Iterable[Refusal]:
    if not sheet.serial.strip():
        yield refusal("sheet_serial_missing")
    if not all(name.strip() for name in sheet.counters) or sheet.counters[0] == sheet.counters[1]:
        yield refusal("sheet_needs_two_counters", serial=sheet.serial)


def _of_lines(sheet: Sheet, electors: set[str], choices: set[str]) -> Iterable[Refusal]:
    if strangers := sorted({elector for elector, _ in sheet.ballots} - electors):
        yield refusal("sheet_elector_not_on_roll", serial=sheet.serial, names=", ".join(strangers))
    if twice := _repeated(elector for elector, _ in sheet.ballots):
        yield refusal("sheet_elector_twice", serial=sheet.serial, names=", ".join(twice))
    if unknown := sorted({elector for elector, choice in sheet.ballots if choice not in choices}):
        yield refusal("sheet_choice_unknown", serial=sheet.serial, names=", ".join(unknown))


def _of_numbers(sheet: Sheet) -> Iterable[Refusal]:
    """What was issued is what was used, spoilt and left over."""
    accounted = sheet.used + sheet.spoilt + sheet.unused
    if min(sheet.issued, sheet.spoilt, sheet.unused) < 0 or sheet.issued != accounted:
        yield refusal(
            "sheet_not_reconciled", serial=sheet.serial, issued=sheet.issued, used=sheet.used,
            spoilt=sheet.spoilt, unused=sheet.unused,
        )  # fmt: skip


def _of_resolutions(first: Sheet, second: Sheet, resolutions: Sequence[Resolution]) -> Iterable[Refusal]:
    differing = {(line.is_head, line.line) for line in differences(first, second)}
    given = [(resolution.is_head, resolution.line) for resolution in resolutions]
    if left := sorted(line for _, line in differing - set(given)):
        yield refusal("sheet_differences_left", serial=first.serial, count=len(left), names=", ".join(left))
    if idle := sorted(line for _, line in set(given) - differing):
        yield refusal("sheet_resolution_of_nothing", serial=first.serial, names=", ".join(idle))
    if twice := sorted({line for line in given if given.count(line) > 1}):
        yield refusal("sheet_resolved_twice", serial=first.serial, names=", ".join(line for _, line in twice))
    if bare := sorted(r.line for r in resolutions if not (r.reason.strip() and r.by.strip())):
        yield refusal("sheet_resolution_without_reason", serial=first.serial, names=", ".join(bare))
    if wrong := sorted(r.line for r in resolutions if r.is_head and not _head_value(r)):
        yield refusal("sheet_resolution_no_number", serial=first.serial, names=", ".join(wrong))


def _head_value(resolution: Resolution) -> bool:
    """A number of papers is a whole number; a counter is somebody."""
    if resolution.line in NUMBERS:
        return resolution.value.isascii() and resolution.value.isdigit()
    return bool(resolution.value.strip())


def _head(sheet: Sheet) -> dict[str, str]:
    numbers = (sheet.issued, sheet.spoilt, sheet.unused)
    # Who is written first of the two counters says nothing.
    return dict(zip(NUMBERS, map(str, numbers), strict=True)) | dict(
        zip(COUNTERS, sorted(sheet.counters), strict=True)
    )


def _choices(sheet: Sheet) -> dict[str, str]:
    return dict(sheet.ballots)


def _pairs(first: dict[str, str], second: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    for name in dict.fromkeys((*first, *second)):
        if first.get(name, "") != second.get(name, ""):
            yield name, first.get(name, ""), second.get(name, "")


def _repeated(names: Iterable[str]) -> list[str]:
    seen = Counter(names)
    return sorted(name for name, times in seen.items() if times > 1)
