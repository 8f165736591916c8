"""The PDFs of minutes that were handed out, by their hashes, so that each can be known again byte for byte."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.minutes_versions import file_of, numbered
from consultations.models.assemblies import Assembly, MinutesFile
from consultations.models.ballots import Count
from consultations.models.votes import Vote


def of_assembly(
    assembly_id: int, data: bytes, *, number: int, language: str, by: Actor, at: datetime
) -> MinutesFile:
    """Keep the hash of a PDF of a version of an assembly's minutes. The same bytes again are the file that was made first.

    Errors: NotFound where there is no such version.
    """
    if there := file_of(data):
        return there
    locked(Assembly, assembly_id)  # of two who ask at once one writes it
    if numbered(assembly_id, number) is None:
        raise NotFound(f"AssemblyMinutes {number} of Assembly {assembly_id}")
    return _kept(data, assembly_id=assembly_id, number=number, language=language, made_at=at)


def of_vote(vote_id: int, data: bytes, *, number: int, language: str, by: Actor, at: datetime) -> MinutesFile:
    """The same of the minutes of a vote; `number`: the count that they are of."""
    if there := file_of(data):
        return there
    locked(Vote, vote_id)
    if db.session.scalar(select(Count.id).where(Count.vote_id == vote_id, Count.number == number)) is None:
        raise NotFound(f"Count {number} of Vote {vote_id}")
    return _kept(data, vote_id=vote_id, number=number, language=language, made_at=at)


def _kept(data: bytes, **told: object) -> MinutesFile:
    return file_of(data) or add(MinutesFile(sha256=hashlib.sha256(data).hexdigest(), **told))
