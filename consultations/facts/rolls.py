"""The electors of a vote as the rules read them: as they would be, as frozen, and as counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, or_, select

from consultations.extensions import db
from consultations.models.organisations import Membership, Network, NetworkKind, Organisation
from consultations.models.votes import RollEntry
from workflows.decisions import Asking, roll_faults
from workflows.faults import InputRefusedError
from workflows.refusals import Refusal, refusal
from workflows.roll_objections import objections_to_parting
from workflows.rolls import Roll, roll_of, roll_sha256

ATTRIBUTES = ("country", "kind", "networks", "region")
"""What a rule may group by or select on. `networks`: codes, sorted, with a space between."""

NAMES_SHOWN = 5


@dataclass(frozen=True)
class Elector:
    """One organisation of a roll; `weight` is exact text, "" when the register has none."""

    organisation_id: int
    elector: str
    name: str
    weight: str
    attributes: dict[str, str]
    present: str = ""
    excluded: str = ""


def members(body_id: int, weight_field: str, day: date) -> tuple[Elector, ...]:
    """The organisations of a body in good standing, whose membership runs on `day`, sorted by code."""
    belongs = belonging(body_id, day)
    rows = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(belongs), Organisation.good_standing)
    )
    networks, regions = networks_of(belongs, day)
    found = (_elector(row, weight_field, networks[row.id], regions[row.id]) for row in rows)
    return tuple(sorted(found, key=lambda elector: elector.elector))


def languages(body_id: int, day: date) -> tuple[str, ...]:
    """The languages of the organisations that `members` would give, sorted by code."""
    query = select(Organisation.language).where(
        Organisation.id.in_(belonging(body_id, day)), Organisation.good_standing
    )
    return tuple(sorted(set(db.session.scalars(query.distinct()))))


def belonging(body_id: int, day: date) -> Select[tuple[int]]:
    """The organisations whose membership in a body runs on `day`, as a select of their ids."""
    return select(Membership.organisation_id).where(
        Membership.network_id == body_id,
        Membership.since <= day,
        or_(Membership.until.is_(None), Membership.until > day),
    )


def networks_of(belongs: object, day: date) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Per organisation of a select the codes of its networks on `day`, and those of them that are regions."""
    query = select(Membership.organisation_id, Network.code, Network.kind).join(Network).where(
        Membership.organisation_id.in_(belongs),  # type: ignore[arg-type]
        Membership.since <= day, or_(Membership.until.is_(None), Membership.until > day),
    )  # fmt: skip
    networks, regions = defaultdict(list), defaultdict(list)
    for organisation_id, code, kind in db.session.execute(query):
        networks[organisation_id].append(code)
        if kind == NetworkKind.REGIONAL:
            regions[organisation_id].append(code)
    return networks, regions


def _elector(row: Organisation, weight_field: str, networks: list[str], regions: list[str]) -> Elector:
    attributes = {
        "country": row.country,
        "kind": row.kind,
        "networks": " ".join(sorted(networks)),
        "region": min(regions, default=""),
    }
    weight = row.weights.get(weight_field, "") if weight_field else "1"
    return Elector(row.id, row.code, row.name, weight, attributes)


def objections(rule: Asking, weight_field: str, electors: Sequence[Elector]) -> tuple[Refusal, ...]:
    """Why these electors cannot be the roll of a vote under this rule, or of an assembly with this ladder of calls; empty
    when they can."""
    if not electors:
        return (refusal("roll_not_frozen"),)
    if missing := [e.name for e in electors if not e.weight]:
        names = ", ".join(missing[:NAMES_SHOWN]) + ("…" if len(missing) > NAMES_SHOWN else "")
        return (refusal("weights_missing", field=weight_field, count=len(missing), names=names),)
    try:
        made = roll(electors)
        if parted := objections_to_parting(rule, made):
            return parted
        faults = roll_faults(rule, made)
    except InputRefusedError as refused:
        faults = list(refused.faults)
    return tuple(refusal("roll_unfit", fault=fault) for fault in faults)


def frozen(vote_id: int) -> tuple[Elector, ...]:
    """The frozen electors of a vote, sorted by code (by code point, whatever the database's collation)."""
    query = select(
        RollEntry.organisation_id,
        RollEntry.elector,
        RollEntry.name,
        RollEntry.weight,
        RollEntry.attributes,
        RollEntry.present,
        RollEntry.excluded,
    ).where(RollEntry.vote_id == vote_id)
    return tuple(
        sorted((Elector(*row) for row in db.session.execute(query)), key=lambda elector: elector.elector)
    )


def as_counted(electors: Iterable[Elector], voters: set[str]) -> tuple[Elector, ...]:
    """The roll with attendance: in a written vote who has a ballot took part, nobody else (docs/decisions/0005).

    Presence recorded otherwise (an assembly's door) is left as it is. Whoever is excluded for an interest is off the
    roll of this vote, on both sides of every condition.
    """
    return tuple(
        replace(e, present=e.present or ("yes" if e.elector in voters else "no"))
        for e in electors
        if not e.excluded
    )


def attribute_names(electors: Iterable[Elector]) -> tuple[str, ...]:
    """What these electors may be grouped by: what every roll has, then what an assembly's rule of the roll added."""
    return (*ATTRIBUTES, *sorted({name for e in electors for name in e.attributes} - set(ATTRIBUTES)))


def roll(electors: Iterable[Elector]) -> Roll:
    """The Roll of the rules. Raises InputRefusedError for weights that cannot be meant, or nobody on it.

    An assembly's rule of the roll may have given groups of its own: they are attributes beside those of every roll.
    """
    found = tuple(electors)
    names = attribute_names(found)
    rows = [(e.elector, e.weight, e.present, *(e.attributes.get(name, "") for name in names)) for e in found]
    return roll_of(rows, names)


def sha256(vote_id: int) -> str | None:
    """The hash of the frozen rows as they stand now, presence left open as it was then; None while there are none."""
    electors = tuple(replace(elector, present="") for elector in frozen(vote_id))
    return roll_sha256(roll(electors)) if electors else None
