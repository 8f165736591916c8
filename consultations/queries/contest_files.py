"""The evidence of contests: everybody's once the committee has answered, before that the committee's and the organisation's."""

from sqlalchemy import ColumnElement, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.votes import Contest, ContestFile, Vote
from consultations.queries.attachments import Download, FileLine
from workflows.roles import Role


def of_vote(vote_id: int, *, by: Actor) -> dict[int, tuple[FileLine, ...]]:
    """{contest: its files} of those whose files this viewer may fetch; one select."""
    query = (
        select(ContestFile, ContestFile.contest_id)
        .join(Contest, ContestFile.contest_id == Contest.id)
        .join(Vote, Contest.vote_id == Vote.id)
        .where(Contest.vote_id == vote_id, _readable(by))
        .order_by(ContestFile.id)
    )
    found: dict[int, tuple[FileLine, ...]] = {}
    for row, contest_id in db.session.execute(query):
        line = FileLine(row.id, row.name, max(1, -(-row.size // 1024)), row.sha256, row.kept_at)
        found[contest_id] = (*found.get(contest_id, ()), line)
    return found


def download(file_id: int, *, by: Actor) -> Download | None:
    """The file, for whoever may fetch it; None for any other."""
    query = (
        select(ContestFile)
        .join(Contest, ContestFile.contest_id == Contest.id)
        .join(Vote, Contest.vote_id == Vote.id)
        .where(ContestFile.id == file_id, _readable(by))
    )
    row = db.session.scalar(query)
    return Download(row.name, row.media_type, row.content) if row else None


def _readable(by: Actor) -> ColumnElement[bool]:
    answered = Contest.resolved_at.is_not(None)
    if by.role is Role.COMMITTEE:
        return or_(answered, Vote.body_id == by.network_id)
    return (
        answered
        if by.organisation_id is None
        else or_(answered, Contest.organisation_id == by.organisation_id)
    )
