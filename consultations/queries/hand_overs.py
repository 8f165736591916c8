"""A published round on its way to the vote: until when members may object, and what the hand-over still waits for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.reverse_report import unexplained
from consultations.extensions import db
from consultations.facts.commission import commission_of
from consultations.facts.hand_over import hand_over_facts
from consultations.facts.objections import undecided_in
from consultations.models.rounds import Round
from workflows.machine import objections
from workflows.refusals import Refusal
from workflows.roles import Role
from workflows.round import ROUND, RoundState


@dataclass(frozen=True)
class HandOver:
    """`against`: what still speaks against it; `theirs`: whether the reader is the chair who takes this step."""

    round_id: int
    number: int
    until: datetime | None
    zone: str
    objecting: int
    against: tuple[Refusal, ...]
    theirs: bool


def of_dossier(dossier_id: int, *, by: Actor, at: datetime) -> HandOver | None:
    """The step that a dossier's newest round waits for; None unless that round is published."""
    of_dossier = select(Round).where(Round.dossier_id == dossier_id, Round.state != RoundState.WITHDRAWN)
    newest = db.session.scalars(of_dossier.order_by(Round.number.desc()).limit(1)).first()
    return of_round(newest, by=by, at=at) if newest else None


def of_round(row: Round, *, by: Actor, at: datetime) -> HandOver | None:
    """The step that a round waits for; None unless it is published."""
    if row.state != RoundState.PUBLISHED:
        return None
    return HandOver(
        row.id, row.number, row.satisfaction_until, row.zone, undecided_in(row.dossier_id),
        against(row, Role.CHAIR, by=by, at=at), _theirs(row, by, at),
    )  # fmt: skip


def against(row: Round, role: Role, *, by: Actor, at: datetime) -> tuple[Refusal, ...]:
    """Everything that speaks against `ready_for_vote` for whoever acts in `role`."""
    # Only a published round is handed over: before, nobody asks what explains its changes.
    left = unexplained(row) if row.state == RoundState.PUBLISHED else None
    facts = hand_over_facts(row, left, by=by, at=at)
    return objections(ROUND, row.state, "ready_for_vote", role, facts)


def _theirs(row: Round, by: Actor, at: datetime) -> bool:
    body = commission_of(row.dossier, at=at) if by.role is Role.CHAIR else None
    return body is not None and body.id == by.network_id
