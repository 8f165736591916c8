"""A decision rule: immutable, versioned, hashed data (decision-rules.md, "Rule (JSON)").

`read_rule` takes JSON, `rule_from` takes what JSON parses to. Both refuse a rule that cannot be meant with every
reason at once.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.canonical import canonical_json, read_json
from workflows.condition_reading import ConditionReader
from workflows.conditions import NOT_VOTED, Branch, Condition
from workflows.faults import InputRefusedError, shown
from workflows.json_fields import Faults

MOST_CALLS = 3
"""An assembly is called three times at most (workflows.assembly): a fourth call could never be made."""

TIES = ("rejected", "casting_vote", "second_vote")
_REQUIRED = ("id", "version", "choices", "quorum", "pass")
_OPTIONAL = ("title", "cites", "tie")

# How long the next call waits, as ISO 8601 has it (decision-rules.md, "after"); deciding itself needs no calendar.
DURATION = re.compile(r"P(?=[0-9T])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=[0-9])(\d+H)?(\d+M)?(\d+S)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Call:
    """One step of the quorum ladder: its number, the wait before it (ISO 8601 duration) and its conditions."""

    number: int
    after: str | None
    require: Branch


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data. `canonical` is its RFC 8785 form as given, and what `sha256` hashes."""

    id: str
    version: int
    title: tuple[tuple[str, str], ...]
    cites: str
    choices: tuple[str, ...]
    quorum: tuple[Call, ...]
    require: Branch
    tie: str
    canonical: str

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON of the rule as it was given."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def call(self, number: int) -> Call | None:
        """Return the ladder's entry for this call, if there is one."""
        return next((call for call in self.quorum if call.number == number), None)

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of the rule: those of the ladder, then those of `pass`."""
        for call in self.quorum:
            yield from call.require.conditions()
        yield from self.require.conditions()


def read_rule(data: bytes | str, name: str = "rule") -> Rule:
    """Read a rule from JSON in UTF-8. Raises InputRefusedError with every fault; `name` begins each of them."""
    value, faults = read_json(data, name)
    return rule_from(value, name, faults)


def rule_from(value: object, name: str = "rule", noted: list[str] | None = None) -> Rule:
    """Make a rule of parsed JSON. `noted` are faults found before, to be listed first. Raises InputRefusedError."""
    faults = Faults(list(noted or ()))
    content = faults.fields(value, name, _REQUIRED, _OPTIONAL)
    choices = _choices(content, name, faults)
    reader = ConditionReader(choices, faults, {})
    rule = Rule(
        id=faults.text(content["id"], f"{name}.id") if "id" in content else "",
        version=faults.integer(content["version"], f"{name}.version") if "version" in content else 1,
        title=title(content, name, faults),
        cites=faults.text(content["cites"], f"{name}.cites") if "cites" in content else "",
        choices=choices,
        quorum=ladder(content, name, reader),
        require=reader.branch(content["pass"], f"{name}.pass") if "pass" in content else Branch("all", ()),
        tie=faults.one_of(content["tie"], f"{name}.tie", TIES) if "tie" in content else TIES[0],
        canonical="",
    )
    if faults.found:
        raise InputRefusedError(faults.found)
    return replace(rule, canonical=canonical_json(value))


def _choices(content: dict[str, object], name: str, faults: Faults) -> tuple[str, ...]:
    if "choices" not in content:
        return ()
    path = f"{name}.choices"
    given = faults.items(content["choices"], path)
    choices = [faults.text(choice, f"{path}[{n}]") for n, choice in enumerate(given)]
    if content["choices"] == []:
        faults.add(path, "names no choice")
    for choice in sorted({c for c in choices if c and choices.count(c) > 1}):
        faults.add(path, f"names {shown(choice)} twice")
    if NOT_VOTED in choices:
        faults.add(path, f'"{NOT_VOTED}" is the count of those without a ballot and cannot be a choice')
    return tuple(choices)


def title(content: dict[str, object], name: str, faults: Faults) -> tuple[tuple[str, str], ...]:
    """Read the key `title`, texts by language, sorted by language; nothing where it is left out."""
    titles = faults.mapping(content["title"], f"{name}.title") if "title" in content else {}
    return tuple(sorted((lang, faults.text(title, f"{name}.title.{lang}")) for lang, title in titles.items()))


def ladder(content: dict[str, object], name: str, reader: ConditionReader) -> tuple[Call, ...]:
    """Read the key `quorum`, the calls of the ladder; nothing where it is left out."""
    if "quorum" not in content:
        return ()
    path = f"{name}.quorum"
    entries = reader.faults.items(content["quorum"], path)
    calls = tuple(_call(entry, f"{path}[{n}]", reader) for n, entry in enumerate(entries))
    numbers = [call.number for call in calls if call.number]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        reader.faults.add(path, f"call {number} is given twice")
    return calls


def _call(value: object, path: str, reader: ConditionReader) -> Call:
    faults = reader.faults
    entry = faults.fields(value, path, ("call",), ("after", "all", "any"))
    number = faults.integer(entry["call"], f"{path}.call") if "call" in entry else 0
    after = faults.text(entry["after"], f"{path}.after") if "after" in entry else None
    if after and not DURATION.fullmatch(after):
        faults.add(f"{path}.after", f"{shown(after)} is no ISO 8601 duration such as PT1H or P1D")
    nested = {key: entry[key] for key in ("all", "any") if key in entry}
    # `all: []` is a call that may go on with whoever is there.
    return Call(number, after, reader.branch(nested, path, may_be_empty=True))
