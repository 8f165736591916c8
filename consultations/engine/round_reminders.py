"""Reminders of an open round: by the clock 21, 7 and 2 days before its end, or now by the Unit; only to who is missing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.approvals import remind_approvers
from consultations.engine.mandates import check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.register import awaited
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.timers import Notice
from workflows.participation import AGAIN_AFTER, may_remind_again
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.round import RoundState

KIND = "round_closing_soon"
CLOCK_AGAIN_AFTER = timedelta(days=1)
"""The clock leaves out who was reminded on the day before: by the Unit, or for the deadline before it moved."""


def remind(round_id: int, *, organisations: Collection[int] | None = None, by: Actor, at: datetime) -> int:
    """Remind the organisations that are missing at `at`; returns how many people are told.

    `organisations`: only these of them. Who answered, declared "no comment" or declined is left out, and so is who was
    reminded less than 48 hours ago (by the clock: a day). Where all are reminded, so is who has comments to approve. The
    clock's reminder of a round that is not open reminds nobody.
    Errors: Refused (role, not open, everybody reminded lately), NotFound.
    """
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    if round.state != RoundState.OPEN:
        if by.role is Role.SYSTEM:
            return 0
        raise Refused(refusal("move_not_from_here", move="remind", state=round.state))
    if by.role not in (Role.SYSTEM, Role.UNIT, Role.UNIT_HEAD):
        raise Refused(refusal("role_may_not", move="remind", role=by.role.value))
    silent = [
        id for id in db.session.scalars(awaited(round.id)) if organisations is None or id in organisations
    ]
    told = _tell(round, _left_alone(round, silent, by, at), by=by, at=at)
    return told + (remind_approvers(round, at=at) if organisations is None else 0)


def last_reminders(round_id: int) -> dict[int, datetime]:
    """{organisation: when it was last reminded in this round}; one select."""
    query = (
        select(Notice.organisation_id, func.max(Event.at))
        .join(Event, Event.id == Notice.event_id)
        .where(Notice.kind == KIND, Notice.subject_kind == "round", Notice.subject_id == round_id)
        .group_by(Notice.organisation_id)
    )
    return {id: last for id, last in db.session.execute(query) if id is not None}


def _left_alone(round: Round, silent: list[int], by: Actor, at: datetime) -> list[int]:
    """Those whose last reminder is long enough ago."""
    wait = CLOCK_AGAIN_AFTER if by.role is Role.SYSTEM else AGAIN_AFTER
    told = last_reminders(round.id)
    lately = {id: last for id, last in told.items() if not may_remind_again(last, at, wait)}
    due = [id for id in silent if id not in lately]
    if silent and not due and by.role is not Role.SYSTEM:
        until = min(lately[id] for id in silent) + wait
        raise Refused(refusal("reminded_lately", until_at=until.isoformat()))
    return due


def _tell(round: Round, silent: list[int], *, by: Actor, at: datetime) -> int:
    to = delegates(silent, at=at)
    if not to:
        return 0
    event = journal.record("reminder_sent", round, by=by, at=at, organisations=len(silent), people=len(to))
    closes_at = round.closes_at.isoformat() if round.closes_at else ""
    return notify(KIND, to, round, due_at=at, event=event, once=at.isoformat(), closes_at=closes_at)
