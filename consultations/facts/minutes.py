"""The figures of an assembly's minutes, computed from its rows: canonical JSON, the same for the same rows.

Everything is as it was at `at`, so that minutes made then can be computed again later and compared. The names of people
stand beside the figures as the register had them; a figure is whatever stands under another key than PEOPLE.
"""

from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import assemblies
from consultations.facts.minutes_attendance import attendance, calls, moments
from consultations.facts.minutes_items import items
from consultations.facts.minutes_votes import by_then, iso
from consultations.models.assemblies import Assembly, RollChange
from consultations.models.organisations import Organisation
from workflows.calls import notice_given
from workflows.canonical import sha256_of

FORMAT = "plenaria-minutes/1"
PEOPLE = frozenset({"person", "prepared_by", "reviewed_by"})
"""Keys under which the name of a person stands."""
ABSENT = object()


def figures(assembly: Assembly, at: datetime) -> dict[str, Any]:
    """All that the minutes state of an assembly that was convened, as it stood at `at`."""
    rule = assemblies.calls_of(assembly)
    electors = assemblies.electors(assembly.id)
    assert assembly.convened_at is not None  # whoever is not convened has no minutes
    return {
        "format": FORMAT, "kind": "assembly", "id": assembly.id, "code": assembly.code, "as_of": iso(at),
        "body": assembly.body.names, "titles": assembly.titles, "assembly_kind": assembly.kind, "form": assembly.form,
        "place": assembly.place, "zone": assembly.zone, "language": assembly.language, "starts_at": iso(assembly.starts_at),
        "ends_at": iso(assembly.ends_at), "closed_at": by_then(assembly.closed_at, at), "convened_at": iso(assembly.convened_at),
        "notice_days": notice_given(rule, assembly.convened_at, assembly.starts_at, assembly.zone),
        "notice_days_needed": rule.notice_needed(assembly.kind), "cites": rule.heading.cites,  # type: ignore[arg-type]
        "roll": {"electors": len(electors), "sha256": assembly.roll_sha256, "changes": _changes(assembly, at)},
        "calls": calls(assembly, at), "attendance": attendance(assembly, electors, at), "moments": moments(assembly, at),
        "items": items(assembly, at),
    }  # fmt: skip


def sha256(found: dict[str, Any], words: dict[str, str]) -> str:
    """The hash that is signed: over the figures and the words around them."""
    return sha256_of({"figures": found, "words": words})


def differing(one: Any, other: Any, place: str = "") -> list[tuple[str, Any, Any]]:
    """Where two sets of figures differ: (place, what the one has, what the other has), in order; None is nothing there.

    Names of people are left out: the register may have corrected them since.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [key for key in dict.fromkeys((*one, *other)) if key not in PEOPLE]
        pairs = [(key, one.get(key, ABSENT), other.get(key, ABSENT)) for key in keys]
    elif isinstance(one, list) and isinstance(other, list):
        both = enumerate(zip_longest(one, other, fillvalue=ABSENT), 1)
        pairs = [(str(n), a, b) for n, (a, b) in both]
    else:
        same = one == other and type(one) is type(other)
        return [] if same else [(place, None if one is ABSENT else one, None if other is ABSENT else other)]
    return [found for key, a, b in pairs for found in differing(a, b, f"{place}/{key}" if place else key)]


def _changes(assembly: Assembly, at: datetime) -> list[dict[str, Any]]:
    query = (
        select(RollChange, Organisation.name, Organisation.country)
        .join(Organisation, RollChange.organisation_id == Organisation.id)
        .where(RollChange.assembly_id == assembly.id, RollChange.proposed_at <= at)
        .where((RollChange.kind == "excluded") | (RollChange.confirmed_at <= at))
        .order_by(RollChange.id)
    )
    return [
        {"name": name, "country": country, "kind": row.kind, "reason": row.reason, "at": iso(row.proposed_at)}
        for row, name, country in db.session.execute(query)
    ]
