"""A rule as the sentences of a form: what the sentence builder can say, to and from the rule's JSON without loss.

A rule is said as lines. Those of `passing` hold together; lines joined by `or` are alternatives of one another, and every
such group must hold. A call of the ladder has lines like these, or none: whoever is there will do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows.faults import InputRefusedError
from workflows.rules import rule_from

COUNTS = ("yes", "no", "abstain", "no+abstain", "voted", "present", "represented")
BASES = (
    "yes+no", "yes+no+abstain", "valid", "voted", "present", "represented", "roll", "fixed", "yes", "no", "abstain",
)  # fmt: skip
GROUP_BASES = ("groups_on_roll", "groups_with_votes", "fixed")
CHOICES = ("yes", "no", "abstain")
OFFERED = (CHOICES, ("yes", "no"))
UNITS = ("minutes", "hours", "days")
_ISO = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D"}


@dataclass(frozen=True)
class Comparison:
    """One comparison: `count` cmp `share` of `base`; of a fixed base the number is `fixed`. Choices are joined by `+`."""

    count: str = "yes"
    cmp: str = ">"
    share: str = "1/2"
    base: str = "yes+no"
    fixed: str = ""
    at_least: str = ""
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence. `measure`: heads, weight or groups; for groups `test` compares groups of `by`, and `inner` is what
    each group must meet. `joined`: and, or (an alternative of the line before)."""

    id: str = ""
    measure: str = "heads"
    test: Comparison = Comparison()
    joined: str = "and"
    by: str = ""
    inner: Comparison = Comparison()
    empty: str = "not_passed"


@dataclass(frozen=True)
class CallLine:
    """A call of the ladder: how long it waits after the one before ("" for the first), and what it asks."""

    wait: str = ""
    unit: str = "hours"
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Said:
    """A rule in sentences: who may say what, the ladder, what passes, and what a tie is."""

    choices: tuple[str, ...] = CHOICES
    calls: tuple[CallLine, ...] = ()
    passing: tuple[Line, ...] = (Line(),)
    tie: str = "rejected"


def to_json(said: Said) -> dict[str, Any]:
    """The parts of a rule's JSON that say what it asks: choices, quorum, pass, tie. Lines without an id get one.

    Whether the rule can be meant is for `rule_from` to say.
    """
    said = with_ids(said)
    return {
        "choices": list(said.choices),
        "quorum": [call_json(number, call) for number, call in enumerate(said.calls, 1)],
        "pass": _passing_json(said.passing),
        "tie": said.tie,
    }


def from_json(content: dict[str, Any]) -> Said | None:
    """The sentences of a rule, or None when it says more than the builder can: then nothing of it is said.

    Certain: the sentences mean the same rule, condition for condition. `content` is a rule that can be read.
    """
    try:
        said = Said(
            choices=_choices(tuple(content["choices"])),
            calls=tuple(call_said(n, call) for n, call in enumerate(content["quorum"], 1)),
            passing=tuple(_passing(content["pass"])),
            tie=content.get("tie", "rejected"),
        )
        same = _meaning({**content, **to_json(said)}) == _meaning(content)
    except (RicherError, InputRefusedError, KeyError, TypeError, ValueError):
        return None
    return said if same else None


def with_ids(said: Said) -> Said:
    """Every line named: those that have an id keep it, the others get one after what they count."""
    taken = {line.id for line in _lines(said) if line.id}

    def named(lines: Sequence[Line], prefix: str = "") -> tuple[Line, ...]:
        made = []
        for line in lines:
            name = line.id or _free(f"{prefix}{line.by or line.test.count.replace('+', '_')}", taken)
            taken.add(name)
            made.append(replace(line, id=name))
        return tuple(made)

    calls = tuple(
        replace(call, lines=named(call.lines, f"call_{n}_")) for n, call in enumerate(said.calls, 1)
    )
    return replace(said, calls=calls, passing=named(said.passing))


class RicherError(Exception):
    """The rule says something for which there is no sentence."""


def _choices(choices: tuple[str, ...]) -> tuple[str, ...]:
    if choices not in OFFERED:
        raise RicherError
    return choices


def _lines(said: Said) -> Iterator[Line]:
    for call in said.calls:
        yield from call.lines
    yield from said.passing


def _free(name: str, taken: set[str]) -> str:
    return next(one for one in (name, *(f"{name}_{n}" for n in range(2, 10_000))) if one not in taken)


def _meaning(content: dict[str, Any]) -> object:
    return replace(rule_from(content), canonical="")


def _passing_json(lines: Iterable[Line]) -> dict[str, Any]:
    groups: list[list[dict[str, Any]]] = []
    for line in lines:
        if line.joined == "or" and groups:
            groups[-1].append(_line_json(line))
        else:
            groups.append([_line_json(line)])
    if len(groups) == 1 and len(groups[0]) > 1:
        return {"any": groups[0]}
    return {"all": [group[0] if len(group) == 1 else {"any": group} for group in groups]}


def _passing(branch: dict[str, Any]) -> Iterator[Line]:
    ((kind, parts),) = branch.items()
    for part in [branch] if kind == "any" else parts:
        alternatives = _alternatives(part)
        for n, one in enumerate(alternatives):
            yield _line(one, "or" if n else "and")


def _alternatives(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "all" in part:
        raise RicherError
    return list(part["any"]) if "any" in part else [part]


def call_json(number: int, call: CallLine) -> dict[str, Any]:
    """A call of a ladder as JSON; its lines have ids already (`with_ids`)."""
    wait = {"after": _ISO[call.unit].format(call.wait)} if call.wait else {}
    return {"call": number, **wait, **_passing_json(call.lines)}


def call_said(number: int, entry: dict[str, Any]) -> CallLine:
    """The call that an entry of a ladder makes. Raises RicherError where there is no sentence for it."""
    if entry["call"] != number:
        raise RicherError
    wait, unit = _waits(entry.get("after"))
    return CallLine(wait, unit, tuple(_passing({key: entry[key] for key in ("all", "any") if key in entry})))


def _waits(after: str | None) -> tuple[str, str]:
    """A duration of one unit: PT30M, PT1H, P1D. Others are richer."""
    if after is None:
        return "", "hours"
    for unit, form in _ISO.items():
        head, tail = form.split("{}")
        number = after.removeprefix(head).removesuffix(tail)
        if after == form.format(number) and number.isdecimal():
            return number, unit
    raise RicherError


def _line_json(line: Line) -> dict[str, Any]:
    outer = _test_json(line.test)
    if line.measure != "groups":
        return {"id": line.id, "measure": line.measure, **outer}
    del outer["count"]
    inner = {"by": line.by, "group_passes": _test_json(line.inner), "empty_group": line.empty}
    return {"id": line.id, "measure": "groups", **outer, **inner}


def _line(content: dict[str, Any], joined: str) -> Line:
    if "any" in content or "all" in content:
        raise RicherError
    if content["measure"] != "groups":
        return Line(content["id"], content["measure"], _test(content), joined)
    if "group_weights" in content or {"id", "measure"} & content["group_passes"].keys():
        raise RicherError
    outer = _test({**content, "count": "yes"}, GROUP_BASES)
    return Line(
        content["id"], "groups", outer, joined, content["by"],
        _test(content["group_passes"]), content.get("empty_group", "not_passed"),
    )  # fmt: skip


def _test_json(test: Comparison) -> dict[str, Any]:
    made: dict[str, Any] = {
        "count": _side_json(test.count),
        "base": {"fixed": test.fixed} if test.base == "fixed" else _side_json(test.base),
        "cmp": test.cmp,
        "share": test.share,
    }
    if test.at_least:
        made["at_least"] = test.at_least
    if test.attribute:
        made["where"] = {test.attribute: test.value}
    return made


def _test(content: dict[str, Any], bases: tuple[str, ...] = BASES) -> Comparison:
    where = content.get("where", {})
    if len(where) > 1:
        raise RicherError
    given = content["base"]
    base, fixed = ("fixed", str(given["fixed"])) if isinstance(given, dict) else (given, "")
    ((attribute, value),) = where.items() or [("", "")]
    return Comparison(
        _side(content["count"], COUNTS), content["cmp"], str(content["share"]), _side(base, bases), fixed,
        str(content.get("at_least", "")), attribute, value,
    )  # fmt: skip


def _side_json(side: str) -> Any:
    parts = side.split("+")
    return parts if set(parts) <= set(CHOICES) else side


def _side(side: Any, known: tuple[str, ...]) -> str:
    """A word that the builder offers; choices are joined in its order."""
    said = side if isinstance(side, str) else "+".join(side)
    if said not in known:
        raise RicherError
    return said
