"""A rule of representation as the sentences of a form, to and from its JSON without loss (workflows.representation_rules)."""

from dataclasses import dataclass, replace
from typing import Any

from workflows.faults import InputRefusedError
from workflows.representation_rules import OPENING, SCOPES, representation_from
from workflows.rule_builder import RicherError
from workflows.rule_spans import NO_HOURS, Span, span_json, span_said


@dataclass(frozen=True)
class RepresentationSaid:
    """By whom an organisation votes. Of proxies nothing is said where they are not allowed; `per_holder` and `share` ""
    are no bound; no `deadline`: until the vote, or the assembly, is opened."""

    delegate: bool = True
    alternates: int = 2
    allowed: bool = False
    per_holder: str = ""
    share: str = ""
    own_weight: bool = False
    same_country: bool = False
    scope: tuple[str, ...] = SCOPES
    instrument: bool = False
    deadline: Span = NO_HOURS
    take_back_until: str = "closing"
    presence: str = "suspends"


def to_json(said: RepresentationSaid) -> dict[str, Any]:
    """The rule's JSON without its heading."""
    proxies = _proxies_json(said) if said.allowed else {"allowed": False}
    return {"delegate": said.delegate, "alternates": said.alternates, "proxies": proxies}


def from_json(content: dict[str, Any]) -> RepresentationSaid | None:
    """The sentences of a rule, or None when it says more than they can. `content` is a rule that can be read."""
    try:
        said = _said(content)
        kept = {key: value for key, value in content.items() if key not in to_json(said)}
        same = _meaning({**kept, **to_json(said)}) == _meaning(content)
    except (RicherError, InputRefusedError, KeyError, TypeError, ValueError):
        return None
    return said if same else None


def _proxies_json(said: RepresentationSaid) -> dict[str, Any]:
    return {
        "allowed": True,
        "per_holder": int(said.per_holder) if said.per_holder else None,
        "share": said.share or None,
        "own_weight": said.own_weight,
        "same_country": said.same_country,
        "scope": list(said.scope),
        "instrument": said.instrument,
        "deadline": span_json(said.deadline) or OPENING,
        "take_back_until": said.take_back_until,
        "presence": said.presence,
    }


def _said(content: dict[str, Any]) -> RepresentationSaid:
    base = RepresentationSaid(delegate=content["delegate"], alternates=content["alternates"])
    proxies = content["proxies"]
    if not proxies["allowed"]:
        return base
    deadline = None if proxies["deadline"] == OPENING else proxies["deadline"]
    return replace(
        base,
        allowed=True,
        per_holder=str(proxies["per_holder"] or ""),
        share=str(proxies["share"] or ""),
        own_weight=proxies.get("own_weight", False),
        same_country=proxies["same_country"],
        scope=tuple(word for word in SCOPES if word in proxies["scope"]),
        instrument=proxies["instrument"],
        deadline=span_said(deadline, "hours"),
        take_back_until=proxies["take_back_until"],
        presence=proxies.get("presence", "suspends"),
    )


def _meaning(content: dict[str, Any]) -> object:
    rule = representation_from(content)
    return replace(rule, heading=replace(rule.heading, canonical=""))
