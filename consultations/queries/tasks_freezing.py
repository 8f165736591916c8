"""Matters without a round whose text waits to be frozen by a second person."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.commission import commission_of
from consultations.facts.dossiers import text_ready
from consultations.models.dossiers import Dossier
from consultations.queries.task import Task
from workflows.dossier import KINDS, DossierState
from workflows.roles import Role


def to_freeze(actor: Actor, *, at: datetime) -> list[Task]:
    """The dossiers in their final review whose text this actor's role freezes, and that have none yet."""
    kinds = [kind for kind, rules in KINDS.items() if rules.frozen_by == actor.role]
    waiting = select(Dossier).where(
        Dossier.state == DossierState.FINAL_REVIEW, Dossier.kind.in_(kinds), Dossier.archived.is_(False)
    )
    return [
        Task("freeze_text", "unit.freeze_text", {"dossier_id": one.id}, one.titles, rank=1)
        for one in db.session.scalars(waiting.order_by(Dossier.id))
        if text_ready(one) is None and _theirs(one, actor, at)
    ]


def _theirs(dossier: Dossier, actor: Actor, at: datetime) -> bool:
    """A chair acts in the body that reviews the dossier."""
    if actor.role is not Role.CHAIR:
        return True
    body = commission_of(dossier, at=at)
    return body is not None and body.id == actor.network_id
