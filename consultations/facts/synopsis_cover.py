"""What stands on the cover of a synopsis, frozen with it: the matter, the text, the dates; and what was decided by then."""

import json
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.votes import Vote
from workflows.dossier import DossierState

DECIDED = frozenset(
    {
        DossierState.ADOPTED, DossierState.NOT_ADOPTED, DossierState.SENT, DossierState.OUTCOME_RECORDED,
        DossierState.IN_FORCE, DossierState.REVIEW_DUE,
    }
)  # fmt: skip


MOVED = ("round_paused", "round_resumed", "round_extended", "round_reopened")
"""What moved the dates of a round, or held it."""


def is_decided(dossier: Dossier) -> bool:
    """Whether the assembly has decided on the matter."""
    return dossier.state in DECIDED


def cover(round_: Round) -> dict[str, Any]:
    """The cover as JSON; instants as ISO text in UTC."""
    dossier, version = round_.dossier, round_.version
    return {
        "code": dossier.code, "titles": dossier.titles, "body": dossier.body.names, "number": round_.number,
        "objectives": round_.objectives or dossier.objectives, "standard": version.standard.code,
        "standard_titles": version.standard.titles, "version": version.label, "reference": version.reference_language,
        "languages": list(round_.languages), "zone": round_.zone, "extensions": round_.extensions,
        **{name: _iso(getattr(round_, name)) for name in ("opens_at", "closes_at", "first_closes_at")},
        "changes": _changes(round_), "text_sha256": round_.text_sha256 or "", "decision": _decision(dossier),
    }  # fmt: skip


def _changes(round_: Round) -> list[dict[str, str]]:
    """Pauses, extensions and the like, oldest first: what, when, and until when the round was open from then on."""
    query = select(Event.name, Event.at, Event.payload).where(
        Event.subject_kind == "round", Event.subject_id == round_.id, Event.name.in_(MOVED)
    )
    return [
        {"what": name.removeprefix("round_"), "at": _iso(at), "closes_at": str(json.loads(payload).get("closes_at", ""))}
        for name, at, payload in db.session.execute(query.order_by(Event.id))
    ]  # fmt: skip


def _decision(dossier: Dossier) -> dict[str, Any]:
    """What the assembly decided, by which vote; empty before."""
    query = select(Event).where(
        Event.dossier_id == dossier.id, Event.name.in_(("dossier_adopted", "dossier_not_adopted"))
    )
    event = db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    if event is None or not is_decided(dossier):
        return {}
    votes = select(Vote).where(Vote.dossier_id == dossier.id, Vote.state == "final").order_by(Vote.id.desc())
    vote = db.session.scalars(votes.limit(1)).first()
    return {
        "state": event.name.removeprefix("dossier_"), "at": _iso(event.at), "vote": vote.code if vote else "",
        "vote_id": vote.id if vote else 0, "questions": vote.questions if vote else {},
    }  # fmt: skip


def _iso(at: Any) -> str:
    return at.isoformat() if at is not None else ""
