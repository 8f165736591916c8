"""A rule of the roll as the sentences of a form, to and from its JSON without loss (workflows.roll_rules)."""

from dataclasses import dataclass, replace
from typing import Any

from workflows.faults import InputRefusedError
from workflows.roll_rule_reading import roll_rule_from
from workflows.roll_rules import MANY
from workflows.rule_builder import RicherError
from workflows.rule_headings import OPTIONAL, REQUIRED
from workflows.rule_spans import NO_MONTHS, Span, span_json, span_said

HEADING = (*REQUIRED, *OPTIONAL)
MOST_BANDS, MOST_GROUPS = 12, 4
CAPS = ("none", "share", "most")


@dataclass(frozen=True)
class BandLine:
    """Who has from `first` to `last` of the field ("" is without end) weighs `weight`."""

    first: str = "1"
    last: str = ""
    weight: str = "1"


@dataclass(frozen=True)
class GroupLine:
    """Groups by country, kind, product or network, under the name of an attribute of the roll. `several`: what becomes of
    who is in more than one; it says nothing where there can be only one."""

    attribute: str = "country"
    by: str = "country"
    several: str = "primary"


@dataclass(frozen=True)
class RollSaid:
    """Who is on the roll. No `kinds` or `networks`: all. `cap`: none, share or most, with its number in `cap_number`;
    both: the share there, and the weight in `cap_most`."""

    kinds: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    good_standing: bool = True
    membership: Span = NO_MONTHS
    weight: str = "one"
    field: str = ""
    bands: tuple[BandLine, ...] = ()
    cap: str = "none"
    cap_number: str = ""
    cap_most: str = ""
    groups: tuple[GroupLine, ...] = ()


def to_json(said: RollSaid) -> dict[str, Any]:
    """The rule's JSON without its heading."""
    return {
        "kinds": list(said.kinds) or None,
        "networks": list(said.networks) or None,
        "good_standing": said.good_standing,
        "minimum_membership": span_json(said.membership),
        "weight": _weight_json(said),
        "cap": _cap_json(said),
        "groups": [_group_json(group) for group in said.groups],
    }


def from_json(content: dict[str, Any]) -> RollSaid | None:
    """The sentences of a rule, or None when it says more than they can. `content` is a rule that can be read."""
    try:
        said = _said(content)
        kept = {key: value for key, value in content.items() if key in HEADING}
        same = _meaning({**kept, **to_json(said)}) == _meaning(content)
    except (RicherError, InputRefusedError, KeyError, TypeError, ValueError):
        return None
    return said if same and len(said.bands) <= MOST_BANDS and len(said.groups) <= MOST_GROUPS else None


def _weight_json(said: RollSaid) -> dict[str, Any]:
    made: dict[str, Any] = {"by": said.weight}
    if said.weight != "one":
        made["field"] = said.field
    if said.weight == "bands":
        made["bands"] = [
            {"from": band.first, "to": band.last or None, "weight": band.weight} for band in said.bands
        ]
    return made


def _cap_json(said: RollSaid) -> dict[str, str] | None:
    if said.cap == "both":
        return {"share": said.cap_number, "most": said.cap_most}
    return None if said.cap == "none" else {said.cap: said.cap_number}


def _group_json(group: GroupLine) -> dict[str, Any]:
    several = {"several": group.several} if group.by in MANY else {}
    return {"attribute": group.attribute, "by": group.by, **several}


def _said(content: dict[str, Any]) -> RollSaid:
    weight, cap = content["weight"], content.get("cap") or {}
    kind = "both" if len(cap) > 1 else next(iter(cap), "none")
    return RollSaid(
        kinds=tuple(content.get("kinds") or ()),
        networks=tuple(content.get("networks") or ()),
        good_standing=content["good_standing"],
        membership=span_said(content.get("minimum_membership"), "months"),
        weight=weight["by"],
        field=weight.get("field", ""),
        bands=tuple(_band(band) for band in weight.get("bands", ())),
        cap=kind,
        cap_number=str(cap.get("most" if kind == "most" else "share", "")),
        cap_most=str(cap["most"]) if kind == "both" else "",
        groups=tuple(
            GroupLine(group["attribute"], group["by"], group.get("several", "primary"))
            for group in content.get("groups", ())
        ),
    )


def _band(band: dict[str, Any]) -> BandLine:
    return BandLine(str(band["from"]), "" if band["to"] is None else str(band["to"]), str(band["weight"]))


def _meaning(content: dict[str, Any]) -> object:
    rule = roll_rule_from(content)
    return replace(rule, heading=replace(rule.heading, canonical=""))
