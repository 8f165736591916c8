"""Read a rule of the roll from JSON, noting every fault (workflows.roll_rules says what its keys mean)."""

from fractions import Fraction
from itertools import pairwise
from typing import cast

from workflows.canonical import read_json
from workflows.exact import exact_text
from workflows.faults import InputRefusedError, shown
from workflows.json_fields import Faults
from workflows.roll_rules import (
    GROUPS,
    MANY,
    SEVERAL,
    WEIGHTS,
    Band,
    Cap,
    GroupBy,
    GroupRule,
    RollRule,
    Several,
    Weighing,
    WeightBy,
)
from workflows.rolls import COLUMNS
from workflows.rule_headings import OPTIONAL, REQUIRED, heading_of
from workflows.rules import DURATION

_OPTIONAL = (*OPTIONAL, "kinds", "networks", "minimum_membership", "cap", "groups")


def read_roll_rule(data: bytes | str, name: str = "rule") -> RollRule:
    """Read a rule of the roll from JSON in UTF-8. Raises InputRefusedError with every fault."""
    value, faults = read_json(data, name)
    return roll_rule_from(value, name, faults)


def roll_rule_from(value: object, name: str = "rule", noted: list[str] | None = None) -> RollRule:
    """Make a rule of parsed JSON. `noted` are faults found before, listed first. Raises InputRefusedError."""
    faults = Faults(list(noted or ()))
    content = faults.fields(value, name, (*REQUIRED, "good_standing", "weight"), _OPTIONAL)
    made = RollRule(
        heading=heading_of(content, name, faults),
        kinds=_names(content.get("kinds"), f"{name}.kinds", faults),
        networks=_names(content.get("networks"), f"{name}.networks", faults),
        good_standing=faults.flag(content, "good_standing", name),
        minimum_membership=_period(content.get("minimum_membership"), f"{name}.minimum_membership", faults),
        weight=_weighing(content, f"{name}.weight", faults),
        cap=_cap(content.get("cap"), f"{name}.cap", faults),
        groups=_groups(content.get("groups", []), f"{name}.groups", faults),
    )
    if faults.found:
        raise InputRefusedError(faults.found)
    return made


def _names(value: object, path: str, faults: Faults) -> tuple[str, ...] | None:
    if value is None:
        return None
    given = faults.items(value, path)
    if value == []:
        faults.add(path, "names nobody, so that the roll would be empty; write null for all")
    return tuple(faults.text(name, f"{path}[{n}]") for n, name in enumerate(given))


def _period(value: object, path: str, faults: Faults) -> str | None:
    text = None if value is None else faults.text(value, path)
    if text and not DURATION.fullmatch(text):
        faults.add(path, f"{shown(text)} is no ISO 8601 duration such as P6M")
    return text


def _weighing(content: dict[str, object], path: str, faults: Faults) -> Weighing:
    if "weight" not in content:
        return Weighing("one")
    given = faults.fields(content["weight"], path, ("by",), ("field", "bands"))
    by = cast(WeightBy, faults.word(given, "by", path, WEIGHTS))
    wanted = {"one": (), "field": ("field",), "bands": ("field", "bands")}[by]
    for key in ("field", "bands"):
        if (key in given) != (key in wanted):
            faults.add(
                f"{path}.{key}", f"{'must be given' if key in wanted else 'has no effect'} where by is {by}"
            )
    return Weighing(
        by,
        faults.text(given["field"], f"{path}.field") if "field" in given else None,
        _bands(given["bands"], f"{path}.bands", faults) if "bands" in given else (),
    )


def _bands(value: object, path: str, faults: Faults) -> tuple[Band, ...]:
    bands = tuple(_band(part, f"{path}[{n}]", faults) for n, part in enumerate(faults.items(value, path)))
    if not bands:
        faults.add(path, "holds no band")
    for n, (before, after) in enumerate(pairwise(bands), 1):
        if before.last is None or after.first <= before.last:
            faults.add(f"{path}[{n}].from", "must be above the band before; write the bands in their order")
    return bands


def _band(value: object, path: str, faults: Faults) -> Band:
    given = faults.fields(value, path, ("from", "to", "weight"))
    first = faults.number(given.get("from"), f"{path}.from") if "from" in given else None
    last = faults.number(given["to"], f"{path}.to") if given.get("to") is not None else None
    if first is not None and last is not None and last < first:
        faults.add(f"{path}.to", f"{exact_text(last)} is below {exact_text(first)}")
    return Band(first or Fraction(0), last, _more_than_nought(given, "weight", path, faults) or Fraction(1))


def _cap(value: object, path: str, faults: Faults) -> Cap | None:
    if value is None:
        return None
    given = faults.fields(value, path, (), ("share", "most"))
    if not given:
        faults.add(path, 'must hold "share", "most", or both')
    share = _more_than_nought(given, "share", path, faults)
    if share is not None and share > 1:
        faults.add(f"{path}.share", f"{shown(given['share'])} is outside 0..1")
    return Cap(share, _more_than_nought(given, "most", path, faults))


def _more_than_nought(given: dict[str, object], key: str, path: str, faults: Faults) -> Fraction | None:
    number = faults.number(given[key], f"{path}.{key}") if key in given else None
    if number == 0:
        faults.add(f"{path}.{key}", "must be more than 0")
    return number


def _groups(value: object, path: str, faults: Faults) -> tuple[GroupRule, ...]:
    groups = tuple(_group(part, f"{path}[{n}]", faults) for n, part in enumerate(faults.items(value, path)))
    names = [group.attribute for group in groups]
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        faults.add(path, f"the attribute {shown(name)} is made twice")
    if sum(1 for group in groups if group.several == "fractional") > 1:
        faults.add(path, "one attribute at most can part electors into fractions")
    return groups


def _group(value: object, path: str, faults: Faults) -> GroupRule:
    given = faults.fields(value, path, ("attribute", "by"), ("several",))
    attribute = faults.text(given["attribute"], f"{path}.attribute") if "attribute" in given else ""
    if attribute in COLUMNS or not attribute.isascii():
        faults.add(f"{path}.attribute", f"{shown(attribute)} cannot name an attribute of the roll")
    by = cast(GroupBy, faults.word(given, "by", path, GROUPS))
    if by in MANY and "several" not in given:
        faults.add(path, f"a member may have several of {by}: declare {' or '.join(SEVERAL)}")
    if by not in MANY and "several" in given:
        faults.add(f"{path}.several", f"has no effect: every member has one {by}")
    several = cast(Several, faults.word(given, "several", path, SEVERAL)) if "several" in given else None
    return GroupRule(attribute, by, several if by in MANY else None)
