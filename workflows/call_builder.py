"""A rule of calls and notice as the sentences of a form, to and from its JSON without loss (workflows.calls)."""

from dataclasses import dataclass, replace
from typing import Any

from workflows.call_reading import CONVENERS, calls_from
from workflows.faults import InputRefusedError
from workflows.rule_builder import (
    CallLine,
    Comparison,
    Line,
    RicherError,
    Said,
    call_json,
    call_said,
    with_ids,
)
from workflows.rule_headings import OPTIONAL, REQUIRED
from workflows.rule_spans import NO_DAYS, NO_YEARS, Span, span_json, span_said

HEADING = (*REQUIRED, *OPTIONAL)
HALF = Line(test=Comparison("represented", ">", "1/2", "roll"))


@dataclass(frozen=True)
class CallsSaid:
    """Who convenes, how long before, the ladder, and the rest. `window`: month and day (01-31) of the first and the last
    day of the yearly assembly, or two empty texts; `on_request`: the part of the members who may ask for one, or ""."""

    convened_by: tuple[str, ...] = ("president",)
    on_request: str = ""
    ordinary: int = 30
    extraordinary: int = 15
    clear_days: bool = False
    calls: tuple[CallLine, ...] = (CallLine(lines=(HALF,)),)
    quorum_again: bool = False
    online: bool = False
    written: bool = False
    postponement: Span = NO_DAYS
    every: Span = NO_YEARS
    window: tuple[str, str] = ("", "")


def to_json(said: CallsSaid) -> dict[str, Any]:
    """The rule's JSON without its heading. Lines without an id get one; whether it can be meant is for `calls_from`."""
    calls = with_ids(Said(calls=said.calls, passing=())).calls
    return {
        "convened_by": list(said.convened_by),
        "on_request": said.on_request or None,
        "notice_days": {"ordinary": said.ordinary, "extraordinary": said.extraordinary},
        "clear_days": said.clear_days,
        "calls": [call_json(number, call) for number, call in enumerate(calls, 1)],
        "quorum_again": said.quorum_again,
        "online": said.online,
        "written": said.written,
        "max_postponement": span_json(said.postponement),
        "annual": _annual_json(said),
    }


def from_json(content: dict[str, Any]) -> CallsSaid | None:
    """The sentences of a rule, or None when it says more than they can. `content` is a rule that can be read."""
    try:
        said = _said(content)
        kept = {key: value for key, value in content.items() if key in HEADING}
        same = _meaning({**kept, **to_json(said)}) == _meaning(content)
    except (RicherError, InputRefusedError, KeyError, TypeError, ValueError):
        return None
    return said if same else None


def _said(content: dict[str, Any]) -> CallsSaid:
    notice, annual = content["notice_days"], content.get("annual") or {}
    window = annual.get("window") or {"from": "", "to": ""}
    return CallsSaid(
        convened_by=tuple(role.value for role in CONVENERS if role.value in content["convened_by"]),
        on_request=str(content.get("on_request") or ""),
        ordinary=notice["ordinary"],
        extraordinary=notice["extraordinary"],
        clear_days=content.get("clear_days", False),
        calls=tuple(call_said(number, call) for number, call in enumerate(content["calls"], 1)),
        quorum_again=content["quorum_again"],
        online=content.get("online", False),
        written=content.get("written", False),
        postponement=span_said(content.get("max_postponement")),
        every=span_said(annual.get("every"), "years"),
        window=(window["from"], window["to"]),
    )


def _annual_json(said: CallsSaid) -> dict[str, Any] | None:
    if not said.every.number:
        return None
    first, last = said.window
    window = {"window": {"from": first, "to": last}} if first or last else {}
    return {"every": span_json(said.every), **window}


def _meaning(content: dict[str, Any]) -> object:
    rule = calls_from(content)
    conveners = tuple(role for role in CONVENERS if role in rule.convened_by)
    return replace(rule, heading=replace(rule.heading, canonical=""), convened_by=conveners)
