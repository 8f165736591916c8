"""Read a rule of calls and notice from JSON, noting every fault (workflows.calls says what its keys mean)."""

import calendar
import re
from fractions import Fraction

from workflows.calls import KINDS, Annual, CallRule, MonthDay
from workflows.canonical import read_json
from workflows.condition_reading import ConditionReader
from workflows.conditions import COUNTS, Condition
from workflows.faults import InputRefusedError, shown
from workflows.json_fields import Faults
from workflows.roles import Role
from workflows.rule_headings import OPTIONAL, REQUIRED, heading_of
from workflows.rules import DURATION, MOST_CALLS, Call

CONVENERS = (Role.PRESIDENT, Role.SECRETARY, Role.COMMITTEE)
_KEYS = (*REQUIRED, "convened_by", "notice_days", "calls", "quorum_again", "max_postponement", "annual")
_OPTIONAL = (*OPTIONAL, "on_request", "clear_days", "online", "written")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000
# What nobody can know before the vote: ballots.
_KNOWN_COUNTS = tuple(word for word in COUNTS if word != "voted")
_UNKNOWN_BASES = ("voted", "valid", "groups_with_votes")


def read_calls(data: bytes | str, name: str = "rule") -> CallRule:
    """Read a rule of calls from JSON in UTF-8. Raises InputRefusedError with every fault."""
    value, faults = read_json(data, name)
    return calls_from(value, name, faults)


def calls_from(value: object, name: str = "rule", noted: list[str] | None = None) -> CallRule:
    """Make a rule of parsed JSON. `noted` are faults found before, listed first. Raises InputRefusedError."""
    faults = Faults(list(noted or ()))
    content = faults.fields(value, name, _KEYS, _OPTIONAL)
    made = CallRule(
        heading=heading_of(content, name, faults),
        convened_by=_conveners(content, name, faults),
        on_request=_on_request(content, name, faults),
        notice_days=_notice(content, name, faults),
        clear_days=faults.flag(content, "clear_days", name),
        calls=_calls(content, name, faults),
        quorum_again=faults.flag(content, "quorum_again", name),
        online=faults.flag(content, "online", name),
        written=faults.flag(content, "written", name),
        max_postponement=_duration(content.get("max_postponement"), f"{name}.max_postponement", faults),
        annual=_annual(content.get("annual"), f"{name}.annual", faults),
    )
    if faults.found:
        raise InputRefusedError(faults.found)
    return made


def _conveners(content: dict[str, object], name: str, faults: Faults) -> tuple[Role, ...]:
    path = f"{name}.convened_by"
    given = faults.items(content["convened_by"], path) if "convened_by" in content else []
    if content.get("convened_by") == []:
        faults.add(path, "names nobody, so that no assembly could be convened")
    known = tuple(role.value for role in CONVENERS)
    conveners = tuple(Role(faults.one_of(word, f"{path}[{n}]", known)) for n, word in enumerate(given))
    for word in sorted({word for word in given if isinstance(word, str) and given.count(word) > 1}):
        faults.add(path, f"names {shown(word)} twice")
    return conveners


def _on_request(content: dict[str, object], name: str, faults: Faults) -> Fraction | None:
    value = content.get("on_request")
    share = None if value is None else faults.number(value, f"{name}.on_request")
    if share is not None and not 0 < share <= 1:
        faults.add(f"{name}.on_request", f"{shown(value)} is outside 0..1")
    return share


def _notice(content: dict[str, object], name: str, faults: Faults) -> tuple[int, int]:
    path = f"{name}.notice_days"
    days = faults.fields(content["notice_days"], path, KINDS) if "notice_days" in content else {}
    ordinary, extraordinary = (faults.whole(days[k], f"{path}.{k}") if k in days else 0 for k in KINDS)
    return ordinary, extraordinary


def _duration(value: object, path: str, faults: Faults) -> str | None:
    text = None if value is None else faults.text(value, path)
    if text and not DURATION.fullmatch(text):
        faults.add(path, f"{shown(text)} is no ISO 8601 duration such as PT1H or P30D")
    return text


def _calls(content: dict[str, object], name: str, faults: Faults) -> tuple[Call, ...]:
    if "calls" not in content:
        return ()
    path = f"{name}.calls"
    reader = ConditionReader((), faults, {})
    given = faults.items(content["calls"], path)
    if content["calls"] == []:
        faults.add(path, "holds no call")
    calls = tuple(_call(entry, f"{path}[{n}]", reader) for n, entry in enumerate(given))
    if [call.number for call in calls] != list(range(1, len(calls) + 1)):
        faults.add(path, "calls must be numbered 1, 2, … in this order")
    if len(calls) > MOST_CALLS:
        faults.add(path, f"{len(calls)} calls; an assembly is called {MOST_CALLS} times at most")
    if calls and calls[0].after is not None:
        faults.add(
            f"{path}[0].after", "the first call is made when the assembly begins; it waits for nothing"
        )
    return calls


def _call(value: object, path: str, reader: ConditionReader) -> Call:
    faults = reader.faults
    entry = faults.fields(value, path, ("call",), ("after", "all", "any"))
    number = faults.integer(entry["call"], f"{path}.call") if "call" in entry else 0
    nested = {key: entry[key] for key in ("all", "any") if key in entry}
    # `all: []` is a call that may go on with whoever is there.
    branch = reader.branch(nested, path, may_be_empty=True)
    for condition in branch.conditions():
        _without_ballots(condition, path, faults)
    return Call(number, _duration(entry.get("after"), f"{path}.after", faults), branch)


def _without_ballots(condition: Condition, path: str, faults: Faults) -> None:
    """A quorum is asked of who is there, before there are ballots."""
    where = f"{path}, condition {shown(condition.id)}"
    inner = condition.groups.passes if condition.groups else condition
    if inner.count not in _KNOWN_COUNTS:
        faults.add(where, f"a quorum counts one of: {', '.join(_KNOWN_COUNTS)}")
    for base in {condition.base, inner.base}:
        if isinstance(base, tuple) or base in _UNKNOWN_BASES:
            faults.add(
                where, "a quorum is held against roll, present, represented, groups_on_roll or a fixed number"
            )


def _annual(value: object, path: str, faults: Faults) -> Annual | None:
    if value is None:
        return None
    content = faults.fields(value, path, ("every",), ("window",))
    every = _duration(content.get("every"), f"{path}.every", faults)
    if not every or every.startswith("PT"):
        faults.add(f"{path}.every", "must be a period of days or more, such as P1Y")
    return Annual(every or "P1Y", _window(content.get("window"), f"{path}.window", faults))


def _window(value: object, path: str, faults: Faults) -> tuple[MonthDay, MonthDay] | None:
    if value is None:
        return None
    content = faults.fields(value, path, ("from", "to"))
    first, last = (_month_day(content.get(key), f"{path}.{key}", faults) for key in ("from", "to"))
    return first, last


def _month_day(value: object, path: str, faults: Faults) -> MonthDay:
    found = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    month, day = (int(part) for part in found.groups()) if found else (0, 0)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
        faults.add(path, f"{shown(value)} is no day of the year such as 03-31")
        return 1, 1
    return month, day
