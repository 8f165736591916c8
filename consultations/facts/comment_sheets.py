"""The comments of a round as a comment sheet holds them: words, place and the answer that stands, without ids of people."""

from dataclasses import dataclass

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.synopses import NOT_RECEIVED, newest_answers
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.organisations import Organisation
from consultations.models.rounds import Round
from consultations.models.standards import Node


@dataclass(frozen=True)
class Remark:
    """A comment in its version that counts; `place` is where in the clause ("Table 1, line 17"), "" for all of it."""

    id: int
    client_uuid: str
    organisation_id: int
    organisation: str  # its code
    state: str
    version: int
    node_id: int | None
    clause: str
    place: str
    type: str
    text: str
    justification: str
    proposal: str
    outcome: str | None
    response: str

    @property
    def received(self) -> bool:
        """Whether it was sent and not withdrawn."""
        return self.state not in NOT_RECEIVED

    @property
    def words(self) -> str:
        """What it says with its reasons, as the form's column for comments has both."""
        return "\n".join(part for part in (self.text, self.justification) if part.strip())


def remarks(round_id: int) -> tuple[Remark, ...]:
    """Every comment of the round, in the order of its public numbers, those not sent last; one select."""
    newest = newest_answers()
    query = (
        select(Comment, CommentVersion, Answer, Organisation.code, Node.number)
        .join(Organisation, Organisation.id == Comment.organisation_id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(newest, newest.c.comment_id == Comment.id)
        .outerjoin(Answer, (Answer.comment_id == Comment.id) & (Answer.number == newest.c.number))
        .outerjoin(Node, Node.id == Comment.node_id)
        .where(Comment.round_id == round_id)
        .order_by(Comment.public_number.is_(None), Comment.public_number, Comment.id)
    )  # fmt: skip
    return tuple(
        Remark(
            comment.id, comment.client_uuid, comment.organisation_id, code, comment.state, comment.version, comment.node_id,
            number or "", comment.quote, words.type, words.text, words.justification, words.proposal,
            answer.outcome if answer else None, answer.response if answer else "",
        )
        for comment, words, answer, code, number in db.session.execute(query)
    )  # fmt: skip


def clauses(round_id: int) -> list[tuple[int, str]]:
    """(node, number) of every clause of the round's text, in reading order."""
    query = select(Node.id, Node.number).join(Round, Round.version_id == Node.version_id)
    rows = db.session.execute(query.where(Round.id == round_id).order_by(Node.position))
    return [(id, number) for id, number in rows]


def organisations() -> list[tuple[int, str, str]]:
    """(id, code, name) of every organisation."""
    return [
        tuple(row)
        for row in db.session.execute(select(Organisation.id, Organisation.code, Organisation.name))
    ]
