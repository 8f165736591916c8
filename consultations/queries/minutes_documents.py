"""The minutes of a vote as a document, from its own figures, to be written out as a PDF; PDFs that were handed out."""

from datetime import datetime

from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_document import Signed
from consultations.documents.minutes_of_vote import vote_document
from consultations.extensions import db
from consultations.facts import minutes_of_vote as facts
from consultations.facts.minutes_versions import file_of
from consultations.facts.minutes_votes import count_at
from consultations.models.votes import Vote
from consultations.queries.decisions import shown


def of_vote(vote_id: int, *, at: datetime) -> tuple[str, Minutes] | None:
    """The code of a vote and its minutes in the reader's language; None before it is counted."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or shown(vote) is None or (changed := facts.last_change(vote, at)) is None:
        return None
    count = count_at(vote.id, changed)
    signed = tuple(Signed(**one) for one in facts.signatures(count, changed)) if count else ()
    return vote.code, vote_document(facts.figures(vote, changed), signed)


def is_kept(data: bytes) -> bool:
    """Whether the hash of this PDF is on record already."""
    return file_of(data) is not None
