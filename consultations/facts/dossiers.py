"""A dossier's rows -> what its table of moves asks for."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts.text_freezes import Frozen, frozen_text
from consultations.models.ballots import Count
from consultations.models.dossiers import Dispatch, Dossier
from consultations.models.events import Event
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from consultations.models.votes import Vote
from workflows.dossier import KINDS, DossierFacts, DossierKind, KindRules
from workflows.review import ReviewState
from workflows.round import RoundState

HELD = (RoundState.PUBLISHED, RoundState.SUPERSEDED, RoundState.READY_FOR_VOTE)
OVER = (*HELD, RoundState.WITHDRAWN)


def dossier_facts(
    dossier: Dossier, *, at: datetime, reason: str = "", round_id: int | None = None, **given: Any
) -> DossierFacts:
    """Everything the table asks about a dossier at `at`.

    Arguments: `round_id` the round that begins; `given` what only the caller knows (assessment, vote_status of a
    count not yet written, effective_at, outcome_accepts …), which takes the place of what was read.
    The project profile is what the public page shows: it is public as soon as the objectives are written.
    """
    vote, dispatch = _vote(dossier), _dispatch(dossier)
    rounds = _rounds(dossier, without=round_id)
    read = DossierFacts(
        at=at,
        reason=reason,
        kind=DossierKind(dossier.kind) if dossier.kind in set(DossierKind) else None,
        title=next((text for text in dossier.titles.values() if text.strip()), None),
        profile_public=any(text.strip() for text in dossier.objectives.values()),
        standard=f"standard/{dossier.standard_id}" if dossier.standard_id else None,
        rounds_held=sum(count for state, count in rounds.items() if state in HELD),
        rounds_unfinished=sum(count for state, count in rounds.items() if state not in OVER),
        round_id=f"round/{round_id}" if round_id else None,
        commission_approved=_commission_approved(dossier),
        text_sha256=vote.text_sha256 if vote else text_ready(dossier),
        vote_state=vote.state if vote else None,
        vote_status=_status(vote) if vote else None,
        position=dispatch.letter if dispatch else None,
        outcome=dispatch.outcome_note if dispatch else None,
        outcome_accepts=bool(dispatch and dispatch.outcome in ("accepted", "accepted_in_part")),
        postponed_from=_postponed_from(dossier),
    )
    return replace(read, **given)


def rules_of(kind: str) -> KindRules:
    """What a kind of dossier asks for; a kind that is not known asks for everything."""
    return KINDS[DossierKind(kind) if kind in set(DossierKind) else DossierKind.NEW_STANDARD]


def _rounds(dossier: Dossier, without: int | None) -> dict[str, int]:
    query = select(Round.state, func.count()).where(
        Round.dossier_id == dossier.id, Round.id != (without or 0)
    )
    return dict(db.session.execute(query.group_by(Round.state)).all())


def _commission_approved(dossier: Dossier) -> bool:
    """The newest final review is approved; where none was opened, CECLAC's chair declared a round ready for vote, or
    froze the text of a matter without a round."""
    of_dossier = (
        select(Review.state).join(Round).where(Round.dossier_id == dossier.id, Review.subject == "final")
    )
    newest = db.session.scalars(of_dossier.order_by(Review.id.desc()).limit(1)).first()
    return newest == ReviewState.APPROVED if newest else text_ready(dossier) is not None


def text_ready(dossier: Dossier) -> str | None:
    """The hash of the text that was declared ready for vote, or was frozen without a round."""
    ready = ready_text(dossier)
    return ready.sha256 if ready else None


def ready_text(dossier: Dossier) -> Frozen | None:
    """The version on which the assembly is to vote, with its hash; None while there is none."""
    query = select(Round.version_id, Round.text_sha256).where(
        Round.dossier_id == dossier.id, Round.state == RoundState.READY_FOR_VOTE
    )
    of_round = db.session.execute(query.order_by(Round.number.desc()).limit(1)).one_or_none()
    return Frozen(of_round.version_id, str(of_round.text_sha256)) if of_round else frozen_text(dossier.id)


def _vote(dossier: Dossier) -> Vote | None:
    return db.session.scalars(
        select(Vote).where(Vote.dossier_id == dossier.id).order_by(Vote.id.desc()).limit(1)
    ).first()


def _status(vote: Vote) -> str | None:
    query = select(Count.status).where(Count.vote_id == vote.id).order_by(Count.number.desc()).limit(1)
    return db.session.scalars(query).first()


def _dispatch(dossier: Dossier) -> Dispatch | None:
    return db.session.scalar(select(Dispatch).where(Dispatch.dossier_id == dossier.id))


def _postponed_from(dossier: Dossier) -> str | None:
    query = select(Event.payload).where(Event.dossier_id == dossier.id, Event.name == "dossier_postponed")
    payload = db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    return json.loads(payload).get("was") if payload else None
