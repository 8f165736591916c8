"""Amend a frozen roll before opening: by two people, with a reason, and with the difference that is published.

Also the export of a roll, from which anybody recomputes its hash.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from workflows.deadlines import reached
from workflows.guards import different
from workflows.refusals import Refusal, Refused, refusal
from workflows.roll_building import entries_sha256, roll_from_entries
from workflows.roll_members import Entry
from workflows.rolls import COLUMNS, read_roll, roll_sha256

ChangeKind = Literal["add", "remove", "reweigh"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `add` brings the entry, `reweigh` the new weight, `remove` nothing."""

    kind: ChangeKind
    elector: str
    entry: Entry | None = None
    weight: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the published difference: an entry before and after; None where there was, or is, none."""

    elector: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amendment makes of a roll, for publication with its reason and both who signed it."""

    entries: tuple[Entry, ...]
    difference: tuple[Difference, ...]
    sha256_before: str
    sha256_after: str
    reason: str
    by: str
    second: str


def objections_to_amendment(
    entries: Sequence[Entry],
    changes: Sequence[Change],
    *,
    by: str | None,
    second: str | None,
    reason: str,
    at: datetime,
    opened_at: datetime | None,
) -> tuple[Refusal, ...]:
    """Everything that speaks against it. `opened_at` is when voting, or the assembly, was opened (None: not yet)."""
    against: list[Refusal] = []
    if not different(by, second):
        against.append(refusal("second_signature_missing"))
    if not reason.strip():
        against.append(refusal("reason_missing"))
    if opened_at is not None and reached(opened_at, at):
        against.append(refusal("roll_amended_after_opening", opened_at=opened_at.isoformat()))
    if not changes:
        against.append(refusal("roll_change_missing"))
    return (*against, *_of_changes(entries, changes))


def amended(
    entries: Sequence[Entry],
    changes: Sequence[Change],
    *,
    by: str,
    second: str,
    reason: str,
    at: datetime,
    opened_at: datetime | None = None,
) -> Amendment:
    """The roll after the changes, and the difference. Raises Refused with every reason."""
    if against := objections_to_amendment(
        entries, changes, by=by, second=second, reason=reason, at=at, opened_at=opened_at
    ):
        raise Refused(*against)
    before = {entry.elector: entry for entry in entries}
    after = dict(before)
    for change in changes:
        _apply(change, after)
    new = tuple(after[elector] for elector in sorted(after))
    touched = sorted({change.elector for change in changes})
    difference = tuple(Difference(name, before.get(name), after.get(name)) for name in touched)
    return Amendment(new, difference, entries_sha256(entries), entries_sha256(new), reason, by, second)


def exported(entries: Sequence[Entry]) -> str:
    """The roll as CSV (elector, weight, present, attributes), sorted by elector: what is published."""
    roll = roll_from_entries(sorted(entries, key=lambda entry: entry.elector))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180; so a lone \r is quoted too
    names = sorted(roll.attributes)
    writer.writerow((*COLUMNS, *names))
    columns = (roll.attributes[name] for name in names)
    writer.writerows(zip(roll.electors, roll.weight_texts(), roll.present, *columns, strict=True))
    return out.getvalue()


def sha256_of_export(data: bytes | str) -> str:
    """The hash of a published roll. Raises InputRefusedError for a file that is no roll."""
    return roll_sha256(read_roll(data))


def _of_changes(entries: Sequence[Entry], changes: Sequence[Change]) -> list[Refusal]:
    on_roll = {entry.elector for entry in entries}
    names = [change.elector for change in changes]
    twice = sorted({name for name in names if names.count(name) > 1})
    found = [refusal("roll_changed_twice", names=", ".join(twice))] if twice else []
    for change in changes:
        if change.kind == "add" and change.elector in on_roll:
            found.append(refusal("roll_has_elector", elector=change.elector))
        if change.kind != "add" and change.elector not in on_roll:
            found.append(refusal("roll_lacks_elector", elector=change.elector))
        if not _complete(change):
            found.append(refusal("roll_change_incomplete", elector=change.elector))
    if not twice and on_roll | set(names) <= {c.elector for c in changes if c.kind == "remove"}:
        found.append(refusal("roll_empty"))
    return found


def _complete(change: Change) -> bool:
    """An added entry is of that elector; every new weight is more than nought."""
    if change.kind == "add":
        return change.entry is not None and change.entry.elector == change.elector and change.entry.weight > 0
    return change.kind == "remove" or (change.weight is not None and change.weight > 0)


def _apply(change: Change, roll: dict[str, Entry]) -> None:
    if change.kind == "remove":
        del roll[change.elector]
    elif change.entry is not None:
        roll[change.elector] = change.entry
    elif change.weight is not None:
        roll[change.elector] = replace(roll[change.elector], weight=change.weight)
