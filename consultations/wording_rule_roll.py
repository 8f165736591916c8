"""A rule of the roll in sentences, in the reader's language."""

from collections.abc import Iterator

from flask_babel import gettext

from consultations.wording_assembly_rules import GROUPS, SEVERAL
from consultations.wording_participation import KINDS
from consultations.wording_spans import span
from workflows.exact import exact_text
from workflows.roll_rules import Band, Cap, GroupRule, RollRule, Weighing


def sentences(rule: RollRule) -> list[str]:
    """What the rule says, a sentence each: who is on the roll, with which weight, in which groups."""
    cap = [] if rule.cap is None else [_cap(rule.cap)]
    return [*_who(rule), *_weight(rule.weight), *cap, *(_group(group) for group in rule.groups)]


def _who(rule: RollRule) -> Iterator[str]:
    if rule.kinds is None and rule.networks is None:
        yield gettext("All members of the body are on the roll.")
    if rule.kinds is not None:
        kinds = ", ".join(str(KINDS.get(kind, kind)) for kind in rule.kinds)
        yield gettext("On the roll are members of these kinds: %(kinds)s.", kinds=kinds)
    if rule.networks is not None:
        yield gettext(
            "They belong to one of these networks: %(networks)s.", networks=", ".join(rule.networks)
        )
    if rule.good_standing:
        yield gettext("They are in good standing.")
    if rule.minimum_membership is not None:
        yield gettext("They have been members for at least %(span)s.", span=span(rule.minimum_membership))


def _weight(weighing: Weighing) -> Iterator[str]:
    if weighing.by == "one":
        yield gettext("Each has one vote.")
    elif weighing.by == "field":
        yield gettext("Each weighs what the register says under “%(field)s”.", field=weighing.field)
    else:
        yield gettext(
            "The weight goes by bands of what the register says under “%(field)s”.", field=weighing.field
        )
        yield from (_band(band) for band in weighing.bands)


def _band(band: Band) -> str:
    first, weight = exact_text(band.first), exact_text(band.weight)
    if band.last is None:
        return gettext("From %(first)s on: weight %(weight)s.", first=first, weight=weight)
    return gettext(
        "From %(first)s to %(last)s: weight %(weight)s.",
        first=first,
        last=exact_text(band.last),
        weight=weight,
    )


def _cap(cap: Cap) -> str:
    if cap.share is not None and cap.most is not None:
        return gettext(
            "Nobody weighs more than %(part)s of all, nor more than %(weight)s; what is above is cut off.",
            part=exact_text(cap.share),
            weight=exact_text(cap.most),
        )
    if cap.share is not None:
        return gettext(
            "Nobody weighs more than %(part)s of all; what is above is cut off.", part=exact_text(cap.share)
        )
    return gettext("Nobody weighs more than %(weight)s.", weight=exact_text(cap.most or 0))


def _group(group: GroupRule) -> str:
    if group.attribute == group.by:
        said = gettext("Organisations are grouped by %(by)s.", by=GROUPS[group.by])
    else:
        said = gettext(
            "Groups by %(by)s are called “%(attribute)s”.", by=GROUPS[group.by], attribute=group.attribute
        )
    if group.several is None:
        return said
    several = gettext("If an organisation is in several, %(what)s.", what=SEVERAL[group.several])
    return f"{said} {several}"
