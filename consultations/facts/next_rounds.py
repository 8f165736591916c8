"""What speaks for and against the next round of a dossier, and what the round before leaves to it."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import placements, texts
from consultations.facts.rounds import round_facts
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.round import RoundFacts, RoundState

READ = "redline_reviewed"


def next_facts(round: Round, version_id: int | None, *, by: Actor, at: datetime) -> RoundFacts:
    """What the table asks before a round is followed by another on `version_id` (None: no version is chosen yet).

    Without a version there is nothing to read or to place: only the version is missing.
    """
    if version_id is None:
        return round_facts(round, by=by, at=at, new_version=None, redline=True, anchors_pending=0)
    return round_facts(
        round, by=by, at=at, new_version=f"version/{version_id}", redline=redline_read(round, version_id),
        anchors_pending=placements.pending(round.id, version_id),
    )  # fmt: skip


def redline_read(round: Round, version_id: int) -> bool:
    """Whether a person read the changes from the round's text to that of a version as it stands now."""
    return last_read(round.id, version_id) == texts.text_sha256(version_id)


def last_read(round_id: int, version_id: int) -> str | None:
    """The hash of the version's text when its changes were last read; None if they never were."""
    query = select(Event.payload).where(
        Event.subject_kind == "round", Event.subject_id == round_id, Event.name == READ
    )
    said = (json.loads(payload) for payload in db.session.scalars(query.order_by(Event.id.desc())))
    return next(
        (one["text_sha256"] for one in said if one["version"] == f"standardversion/{version_id}"), None
    )


def unfollowed(dossier_id: int) -> Round | None:
    """The dossier's published round that no other has followed yet: the next one begins from it."""
    query = select(Round).where(Round.dossier_id == dossier_id, Round.state == RoundState.PUBLISHED)
    return db.session.scalars(query.order_by(Round.number.desc()).limit(1)).first()


def before(round: Round) -> Round | None:
    """The round of the dossier before this one that was not withdrawn."""
    query = select(Round).where(*_of_dossier(round), Round.number < round.number)
    return db.session.scalars(query.order_by(Round.number.desc()).limit(1)).first()


def after(round: Round, version_id: int) -> Round | None:
    """The round of the dossier that followed this one on a version."""
    query = select(Round).where(
        *_of_dossier(round), Round.number > round.number, Round.version_id == version_id
    )
    return db.session.scalars(query.order_by(Round.number).limit(1)).first()


def _of_dossier(round: Round) -> tuple[ColumnElement[bool], ...]:
    return (Round.dossier_id == round.dossier_id, Round.state != RoundState.WITHDRAWN)
