"""What happened to a vote by an instant: how its result stood, who annulled it and why, contests, interruptions, sheets.

Told by what was written by then, never by rows that later acts change: minutes are computed again from it.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.minutes_votes import iso
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.models.sheets import CountSheet
from consultations.models.votes import Contest, RollEntry, Vote
from workflows.machine import SAME
from workflows.roles import Role
from workflows.sheet import SHEET
from workflows.vote import VOTE, VoteState

TARGETS = {move.event: str(move.target) for move in VOTE.moves if move.target != SAME}
SHEET_TARGETS = {move.event: str(move.target) for move in SHEET.moves}
INTERRUPTIONS = ("vote_suspended", "vote_resumed", "vote_extended", "vote_voided")
Told = dict[str, Any]


def course(vote: Vote, at: datetime) -> Told:
    """`state` of the vote by then and since when; `annulled_by`, `contests`, `interruptions` and `sheets`."""
    state, since = _state(vote.id, at)
    annulled = annulment(vote.id, at) if state == VoteState.ANNULLED else []
    return {
        "state": state, "state_at": iso(since), "annulled_by": annulled, "contests": contests(vote.id, at),
        "interruptions": _interruptions(vote.id, at), "sheets": _sheets(vote.id, at),
    }  # fmt: skip


def last_move(vote_id: int, at: datetime) -> datetime | None:
    """When it last came into another state by then."""
    return _state(vote_id, at)[1]


def annulment(vote_id: int, at: datetime) -> list[Told]:
    """The two members of the committee who annulled a vote, each with the reason given; nothing of one that stands."""
    annulled = [event for event, _ in _events("vote", [vote_id], ("vote_annulled",), at)]
    if not annulled:
        return []
    of_contest = _payload(annulled[-1]).get("contest", "")
    first = [
        _said(event, name)
        for event, name in _events("vote", [vote_id], ("annulment_proposed",), at)
        if _payload(event).get("contest") == of_contest
    ]
    answered = (
        select(Contest, Person.name)
        .outerjoin(Person, Contest.resolved_by_id == Person.id)
        .where(Contest.vote_id == vote_id, Contest.id == int(of_contest.rpartition("/")[2] or 0))
    )
    second = [
        {
            "role": str(Role.COMMITTEE), "person": name or "", "reason": row.resolution_reason, "at": iso(row.resolved_at),
        }
        for row, name in db.session.execute(answered)
    ]  # fmt: skip
    return [*first[:1], *second]


def contests(vote_id: int, at: datetime) -> list[Told]:
    """The contests raised by then, with their answers by then; one that waits has neither name nor grounds yet."""
    query = (
        select(Contest, RollEntry.name)
        .join(
            RollEntry,
            (RollEntry.vote_id == Contest.vote_id) & (RollEntry.organisation_id == Contest.organisation_id),
        )
        .where(Contest.vote_id == vote_id, Contest.raised_at <= at)
        .order_by(Contest.id)
    )
    return [_contest(row, name, at) for row, name in db.session.execute(query)]


def _contest(row: Contest, name: str, at: datetime) -> Told:
    """Name and grounds become public with the answer."""
    answered = row.resolved_at is not None and row.resolved_at <= at
    return {
        "name": name if answered else "", "at": iso(row.raised_at), "grounds": row.grounds if answered else "",
        "resolution": row.resolution if answered else None, "reason": row.resolution_reason if answered else "",
        "answered_at": iso(row.resolved_at) if answered else None, "group": row.group_value if answered else "",
    }  # fmt: skip


def _state(vote_id: int, at: datetime) -> tuple[str, datetime | None]:
    found = _events("vote", [vote_id], tuple(TARGETS), at)
    return (TARGETS[found[-1][0].name], found[-1][0].at) if found else ("", None)


def _interruptions(vote_id: int, at: datetime) -> list[Told]:
    """When it was suspended, went on, was extended or was stopped for good, by whom and why."""
    return [
        {"event": event.name, **_said(event, name), "until": _payload(event).get("closes_at")}
        for event, name in _events("vote", [vote_id], INTERRUPTIONS, at)
    ]


def _sheets(vote_id: int, at: datetime) -> list[Told]:
    query = select(CountSheet).where(CountSheet.vote_id == vote_id, CountSheet.opened_at <= at)
    rows = db.session.scalars(query.order_by(CountSheet.id)).all()
    stood: dict[int, Event] = {}
    for event, _ in _events("countsheet", [row.id for row in rows], tuple(SHEET_TARGETS), at):
        stood[event.subject_id] = event
    return [
        {
            "serial": row.serial, "place": row.place, "first_counter": row.first_counter,
            "second_counter": row.second_counter, "issued": row.issued, "spoilt": row.spoilt, "unused": row.unused,
            "used": row.issued - row.spoilt - row.unused,
            "state": SHEET_TARGETS[stood[row.id].name] if row.id in stood else "",
            "reason": stood[row.id].reason if row.id in stood else "",
        }
        for row in rows
    ]  # fmt: skip


def _said(event: Event, name: str | None) -> Told:
    return {"role": event.role, "person": name or "", "reason": event.reason, "at": iso(event.at)}


def _events(
    kind: str, ids: Sequence[int], names: Sequence[str], at: datetime
) -> list[tuple[Event, str | None]]:
    query = (
        select(Event, Person.name)
        .outerjoin(Person, Event.person_id == Person.id)
        .where(Event.subject_kind == kind, Event.subject_id.in_(ids), Event.name.in_(names), Event.at <= at)
        .order_by(Event.id)
    )
    return [(event, name) for event, name in db.session.execute(query)]


def _payload(event: Event) -> Told:
    return dict(json.loads(event.payload))
