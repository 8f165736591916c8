"""The text that a vote is bound to: that of a dossier's standard, or the motion of an item of an agenda."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import texts
from consultations.models.assemblies import AgendaItem
from consultations.models.votes import Vote
from workflows.canonical import sha256_of


def stored_sha256(vote: Vote) -> str | None:
    """The hash that was stored when the text was frozen; of a motion, that of its words as they stand."""
    return vote.version.text_sha256 if vote.version else motions_sha256(vote.id)


def text_sha256(vote: Vote) -> str | None:
    """The hash of the words themselves as they stand now; None when there are none."""
    return texts.text_sha256(vote.version_id) if vote.version_id else motions_sha256(vote.id)


def motions_sha256(vote_id: int) -> str | None:
    """The hash of the motions that are put to this vote, in the order of the agenda; None while there are none."""
    query = select(AgendaItem.motion).where(AgendaItem.vote_id == vote_id).order_by(AgendaItem.position)
    motions = list(db.session.scalars(query))
    return sha256_of(motions) if motions else None
