"""Votes on paper: what a count sheet may say, and where two entries of it by two people differ.

Who enters, resolves and merges, and that nobody has a ballot in two channels, is in the table of moves (workflows.sheet).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from workflows.ballots import Ballot
from workflows.refusals import Refusal, Refused, refusal

Lines = Mapping[str, str]
"""Elector -> choice, as one entry has them."""


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
    set_aside: int = 0  # cast, and taken out of the sheet with a reason: they count nowhere

    @property
    def used(self) -> int:
        """How many papers were cast."""
        return len(self.ballots)


def objections_to_sheet(sheet: Sheet, electors: Iterable[str], choices: Iterable[str]) -> tuple[Refusal, ...]:
    """Everything wrong with one sheet as it stands; `electors` are those on the roll, `choices` those of a ballot."""
    return tuple(chain(_of_people(sheet), _of_lines(sheet, set(electors), set(choices)), _of_numbers(sheet)))


def differing(first: Lines, second: Lines) -> tuple[str, ...]:
    """The electors of whom two entries of one sheet say different things, sorted."""
    return tuple(sorted(name for name in {*first, *second} if first.get(name) != second.get(name)))


def resolved(serial: str, first: Lines, second: Lines, said: Lines) -> dict[str, str]:
    """The lines that count: what both entries say, and what was `said` where they differ ("" takes an elector out).

    What is said of others is not heard. Raises Refused where something is said of not every difference; what comes out
    is to be held against `objections_to_sheet` as any entry is.
    """
    differ = differing(first, second)
    if left := [elector for elector in differ if elector not in said]:
        raise Refused(
            refusal("sheet_differences_left", serial=serial, count=len(left), names=", ".join(left))
        )
    whole = {**first, **{elector: said[elector] for elector in differ}}
    return {elector: choice for elector, choice in whole.items() if choice}


def corrected(serial: str, standing: Lines, said: Lines) -> dict[str, str]:
    """The lines of a sheet that agrees as they are `said` anew ("" takes an elector out); the others stay.

    Raises Refused where a line is taken out that is not there, or nothing is said that the sheet does not say already.
    """
    if strangers := sorted(
        elector for elector, choice in said.items() if not choice and elector not in standing
    ):
        raise Refused(refusal("sheet_line_not_there", serial=serial, names=", ".join(strangers)))
    whole = {elector: choice for elector, choice in {**standing, **said}.items() if choice}
    if whole == dict(standing):
        raise Refused(refusal("sheet_unchanged", serial=serial))
    return whole


def _of_people(sheet: Sheet) -> Iterable[Refusal]:
    if not sheet.serial.strip():
        yield refusal("sheet_serial_missing")
    one, other = (name.strip().casefold() for name in sheet.counters)
    if not one or not other or one == other:
        yield refusal("sheet_needs_two_counters", serial=sheet.serial)


def _of_lines(sheet: Sheet, electors: set[str], choices: set[str]) -> Iterable[Refusal]:
    if strangers := sorted({elector for elector, _ in sheet.ballots} - electors):
        yield refusal("sheet_elector_not_on_roll", serial=sheet.serial, names=", ".join(strangers))
    if twice := _repeated(elector for elector, _ in sheet.ballots):
        yield refusal("sheet_elector_twice", serial=sheet.serial, names=", ".join(twice))
    if unknown := sorted({elector for elector, choice in sheet.ballots if choice not in choices}):
        yield refusal("sheet_choice_unknown", serial=sheet.serial, names=", ".join(unknown))


def _of_numbers(sheet: Sheet) -> Iterable[Refusal]:
    """What was issued is what was used, set aside, spoilt and left over."""
    accounted = sheet.used + sheet.set_aside + sheet.spoilt + sheet.unused
    if min(sheet.issued, sheet.spoilt, sheet.unused) < 0 or sheet.issued != accounted:
        yield refusal(
            "sheet_not_reconciled", serial=sheet.serial, issued=sheet.issued, used=sheet.used,
            spoilt=sheet.spoilt, unused=sheet.unused,
        )  # fmt: skip


def _repeated(names: Iterable[str]) -> list[str]:
    seen = Counter(names)
    return sorted(name for name, times in seen.items() if times > 1)
