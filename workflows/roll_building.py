"""Build a roll from the members of a body by its rule: entries, and who is left out for which reasons (workflows.roll_rules).

Pure: members come in as plain values. What the register lacks to weigh or group somebody is refused, never guessed, and
leaves nobody out in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction

from workflows.caps import capped
from workflows.durations import wait_over
from workflows.exact import exact_text, parse_exact
from workflows.refusals import Refusal, Refused, refusal
from workflows.roll_members import Built, Entry, Exclusion, Exemption, Member
from workflows.roll_parts import PARTS
from workflows.roll_rules import MANY, GroupRule, RollRule
from workflows.rolls import Roll, roll_of, roll_sha256


def build(rule: RollRule, members: Iterable[Member], on: date, exemptions: Iterable[Exemption] = ()) -> Built:
    """Build the roll of the day `on`; entries and exclusions are sorted by elector.

    Raises Refused with every reason why there cannot be one: nobody on it, one member twice, weights or groups that the
    register lacks, a cap that nobody could keep, an exemption without reason or of nobody.
    """
    known = sorted(members, key=lambda member: member.elector)
    exempt = {exemption.elector: exemption for exemption in exemptions}
    against = {member.elector: reasons_against(rule, member, on) for member in known}
    admitted = [m for m in known if not against[m.elector] or m.elector in exempt]
    reasons = [
        *_twice(known),
        *_exemption_faults(exempt, known),
        *_nobody(admitted),
        *_lacking(rule, admitted),
    ]
    if reasons:
        raise Refused(*reasons)
    weights = _weights(rule, admitted)
    entries = tuple(
        Entry(
            m.elector,
            m.name,
            weight,
            _attributes(rule, m),
            exempt.get(m.elector) if against[m.elector] else None,
        )
        for m, weight in zip(admitted, weights, strict=True)
    )
    left_out = [m for m in known if against[m.elector] and m.elector not in exempt]
    return Built(entries, tuple(Exclusion(m.elector, m.name, on, against[m.elector]) for m in left_out))


def reasons_against(rule: RollRule, member: Member, on: date) -> tuple[Refusal, ...]:
    """Everything in the rule that keeps this member off the roll of `on`."""
    networks, kinds, period = rule.networks, rule.kinds, rule.minimum_membership
    found: list[Refusal | None] = []
    if kinds is not None and member.kind not in kinds:
        found.append(refusal("roll_kind_not_admitted"))
    if networks is not None and set(networks).isdisjoint(member.networks):
        found.append(refusal("roll_network_missing", networks=", ".join(networks)))
    if rule.good_standing and not member.good_standing:
        found.append(refusal("roll_not_in_good_standing"))
    if period is not None:
        found.append(_too_recent(period, member, on))
    return tuple(reason for reason in found if reason is not None)


def roll_from_entries(entries: Sequence[Entry], present: Mapping[str, str] | None = None) -> Roll:
    """The Roll of the rules; `present` elector -> yes, proxy or no. Raises InputRefusedError as `roll_of` does."""
    names = tuple(sorted({name for entry in entries for name, _ in entry.attributes}))
    there = present or {}
    rows = [
        (
            e.elector,
            exact_text(e.weight),
            there.get(e.elector, ""),
            *(dict(e.attributes).get(n, "") for n in names),
        )
        for e in entries
    ]
    return roll_of(rows, names)


def entries_sha256(entries: Sequence[Entry]) -> str:
    """The hash of the roll, which anybody recomputes from its export (workflows.rolls, `roll_sha256`)."""
    return roll_sha256(roll_from_entries(entries))


def _too_recent(period: str, member: Member, on: date) -> Refusal | None:
    if member.since is None:
        return refusal("roll_membership_undated")
    since = datetime.combine(member.since, time(), UTC)
    first = wait_over(since, period, "UTC").date()
    return refusal("roll_member_too_recent", day=first.isoformat()) if on < first else None


def _nobody(admitted: Sequence[Member]) -> Iterable[Refusal]:
    if not admitted:
        yield refusal("roll_empty")


def _twice(members: Sequence[Member]) -> Iterable[Refusal]:
    names = [member.elector for member in members]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        yield refusal("roll_member_twice", names=", ".join(doubled))


def _exemption_faults(exempt: Mapping[str, Exemption], members: Sequence[Member]) -> Iterable[Refusal]:
    known = {member.elector for member in members}
    if strangers := sorted(exempt.keys() - known):
        yield refusal("exemption_of_no_member", names=", ".join(strangers))
    if silent := sorted(name for name, given in exempt.items() if not given.reason.strip()):
        yield refusal("exemption_without_reason", names=", ".join(silent))


def _lacking(rule: RollRule, admitted: Sequence[Member]) -> Iterable[Refusal]:
    """What the register does not say of those who are on the roll."""
    weightless = _electors(member for member in admitted if _raw_weight(rule, member) is None)
    if weightless and rule.weight.field is not None:
        names = ", ".join(weightless)
        yield refusal("weights_missing", field=rule.weight.field, count=len(weightless), names=names)
    count = len(_electors(admitted))
    if count and rule.cap and rule.cap.share is not None and rule.cap.share * count < 1:
        yield refusal("roll_cap_unreachable", share=str(rule.cap.share), count=count)
    for group in rule.groups:
        if outside := _electors(member for member in admitted if not _groups_of(group, member)):
            yield refusal("roll_group_missing", attribute=group.attribute, names=", ".join(outside))


def _electors(members: Iterable[Member]) -> list[str]:
    """Each of them once, even where one is listed twice."""
    return list(dict.fromkeys(member.elector for member in members))


def _weights(rule: RollRule, admitted: Sequence[Member]) -> tuple[Fraction, ...]:
    raw = [weight for member in admitted if (weight := _raw_weight(rule, member)) is not None]
    return capped(raw, rule.cap)


def _raw_weight(rule: RollRule, member: Member) -> Fraction | None:
    """The weight before the cap; None where the field is missing, no exact number, nought, or in no band."""
    weighing = rule.weight
    if weighing.field is None:
        return Fraction(1)
    try:
        value = parse_exact(member.fields.get(weighing.field, ""))
    except ValueError:
        return None
    if weighing.by == "field":
        return value or None
    return next((band.weight for band in weighing.bands if band.holds(value)), None)


def _attributes(rule: RollRule, member: Member) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((group.attribute, PARTS.join(_groups_of(group, member))) for group in rule.groups))


def _groups_of(group: GroupRule, member: Member) -> tuple[str, ...]:
    """The groups that the member is in under the rule; empty where the register does not say enough."""
    if group.by not in MANY:
        only = member.country if group.by == "country" else member.kind
        return (only,) if only else ()
    several = tuple(sorted(set(member.products if group.by == "product" else member.networks)))
    if len(several) < 2 or group.several == "fractional":
        return several
    primary = member.primary.get(group.by, "")
    return (primary,) if primary in several else ()
