"""Who was at an assembly from when to when and by proxy of whom, the quorum of every call, and what interrupted it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import assemblies
from consultations.facts.minutes_votes import iso
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.models.presence import Presence, Proxy
from workflows.faults import InputRefusedError

CALLS = ("first_call_made", "second_call_made", "third_call_made")
DECLARED = ("assembly_installed", "assembly_not_installed")
MOMENTS = (
    "assembly_installed", "assembly_not_installed", "assembly_suspended", "assembly_adjourned", "assembly_resumed",
    "written_procedure_opened", "written_procedure_closed", "assembly_closed",
)  # fmt: skip


def attendance(assembly: Assembly, electors: Sequence[AssemblyElector], at: datetime) -> dict[str, Any]:
    """Every organisation of the roll with its stays, and whose proxy another of them held."""
    stays, held = _stays(assembly.id, at), _held(assembly, at)
    rows = [
        {
            "elector": row.elector, "name": row.name, "country": row.attributes.get("country", ""),
            "stays": stays.get(row.id, []), "proxy": held.get(row.elector, []),
        }
        for row in electors
    ]  # fmt: skip
    came = sum(bool(row["stays"]) for row in rows)
    sent = sum(bool(row["proxy"] and not row["stays"]) for row in rows)
    return {"came": came, "represented": sent, "absent": len(rows) - came - sent, "rows": rows}


def calls(assembly: Assembly, at: datetime) -> list[dict[str, Any]]:
    """Each call with the quorum as it was measured last: when it was declared, or when the next call was made."""
    found = _events(assembly.id, (*CALLS, *DECLARED), at)
    made = [event for event, _ in found if event.name in CALLS]
    declared = [event.at for event, _ in found if event.name in DECLARED][:1]
    ends = [*(event.at for event in made[1:]), *declared, at]
    return [_call(assembly, n, event.at, min(ends[n - 1], at)) for n, event in enumerate(made, 1)]


def moments(assembly: Assembly, at: datetime) -> list[dict[str, Any]]:
    """When it was installed, suspended, adjourned, went on and was closed; by whom, who presided that is, and why."""
    return [
        {
            "event": event.name, "at": iso(event.at), "reason": event.reason, "until": _payload(event).get("until"),
            "person": name or "", "role": event.role,
        }
        for event, name in _events(assembly.id, MOMENTS, at)
    ]  # fmt: skip


def _call(assembly: Assembly, number: int, made_at: datetime, at: datetime) -> dict[str, Any]:
    words = list(assemblies.presence_words(assembly, at).values())
    told = {
        "call": number, "made_at": iso(made_at), "at": iso(at), "present": words.count("yes"),
        "represented": words.count("proxy"), "asked": False, "met": None, "conditions": [],
    }  # fmt: skip
    try:
        quorum = assemblies.quorum(assembly, at, number)
    except InputRefusedError:  # the roll lacks what the call asks for: it was never measured
        return told
    lines = [line.to_dict() for line in quorum.lines]
    return {**told, "asked": quorum.asked, "met": quorum.met, "conditions": lines}


def _stays(assembly_id: int, at: datetime) -> dict[int, list[dict[str, Any]]]:
    query = (
        select(Presence, Person.name)
        .outerjoin(Person, Presence.person_id == Person.id)
        .where(Presence.assembly_id == assembly_id, Presence.entered_at <= at)
        .order_by(Presence.entered_at, Presence.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row, name in db.session.execute(query):
        left = row.left_at if row.left_at is not None and row.left_at <= at else None
        stay = {"from": iso(row.entered_at), "to": iso(left), "mode": row.mode, "person": name or ""}
        found.setdefault(row.elector_id, []).append(stay)
    return found


def _held(assembly: Assembly, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """{who gave: proxies}, those taken back before the assembly began left out."""
    names = _holders(assembly.id)
    positions = dict(_positions(assembly.id))
    found: dict[str, list[dict[str, Any]]] = {}
    for proxy in assemblies.proxies(assembly.id):
        ended = proxy.withdrawn_at if proxy.withdrawn_at is not None and proxy.withdrawn_at <= at else None
        if proxy.given_at > at or (ended is not None and ended <= assembly.starts_at):
            continue
        told = {
            "holder": names[proxy.holder], "given_at": iso(proxy.given_at), "withdrawn_at": iso(ended),
            "item": positions.get(proxy.item),
        }  # fmt: skip
        found.setdefault(proxy.principal, []).append(told)
    return found


def _holders(assembly_id: int) -> dict[str, str]:
    """{elector: name} of whoever held a proxy, also of those that were taken off the roll since."""
    held = select(Proxy.holder_id).where(Proxy.assembly_id == assembly_id)
    rows = db.session.scalars(select(AssemblyElector).where(AssemblyElector.id.in_(held)))
    return {row.elector: row.name for row in rows}


def _positions(assembly_id: int) -> list[tuple[str | None, int]]:
    query = select(AgendaItem.id, AgendaItem.position).where(AgendaItem.assembly_id == assembly_id)
    return [(assemblies.item_id(id), position) for id, position in db.session.execute(query)]


def _events(assembly_id: int, names: Sequence[str], at: datetime) -> list[tuple[Event, str | None]]:
    query = (
        select(Event, Person.name)
        .outerjoin(Person, Event.person_id == Person.id)
        .where(Event.subject_kind == "assembly", Event.subject_id == assembly_id, Event.name.in_(names), Event.at <= at)
        .order_by(Event.id)
    )  # fmt: skip
    return [(event, name) for event, name in db.session.execute(query)]


def _payload(event: Event) -> dict[str, Any]:
    return dict(json.loads(event.payload))
