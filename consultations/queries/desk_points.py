"""The points of a round as the answering desk lists them: those that wait for an answer, those whose answer is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.coding import Spot
from consultations.facts.points import pieces, with_answers
from consultations.facts.queues import WAITING, matching
from consultations.facts.removals import Shown, kept_from
from consultations.models.comments import Answer, AnswerReturn, Comment, CommentVersion
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node
from workflows.comment import CommentState

PROPOSED_IN = (CommentState.TRIAGED, CommentState.PROPOSED)


@dataclass(frozen=True)
class Proposal:
    """The answer that is proposed for a point."""

    number: int
    outcome: str
    reason: str
    response: str
    change: str
    substantive: bool
    by_id: int | None
    by: str


@dataclass(frozen=True)
class DeskPoint:
    """A point with what its comment says around it."""

    comment_id: int
    point: int
    label: str
    who: str
    country: str
    clause: str
    language: str
    type: str
    stance: str
    would_vote_no: bool
    text: str
    proposal: Proposal | None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.comment_id}.{self.point}"


def waiting(
    round_id: int, wanted: Mapping[str, str], *, today: date, by: Actor
) -> tuple[tuple[Spot, str], ...]:
    """The points without an answer that fit the filters, in the public order, with the language of their comments.

    `wanted`: the filters of the queue (facts.queues.matching), and code: the id of one that holds for the point; what is
    empty or not understood filters nothing.
    """
    without = or_(
        Comment.state == CommentState.SUBMITTED, Answer.id.is_(None), AnswerReturn.answer_id.is_not(None)
    )
    fit = Comment.id.in_(matching(round_id, wanted, today=today, by=by))
    query = _rows(Comment.round_id == round_id, Comment.state.in_(WAITING), fit).where(without)
    found = tuple(((row.comment_id, row.number), row.Comment.language) for row in db.session.execute(query))
    code = wanted.get("code", "")
    if code not in {str(tag.id) for tag in coding.codes(round_id)}:
        return found
    said = coding.coded(round_id, without=coding.open_sample(round_id))
    return tuple(row for row in found if said.verdict(row[0], int(code)))


def proposed(round_id: int) -> tuple[tuple[Spot, int], ...]:
    """The points whose answer waits for a decision, with the number of that answer, in the public order."""
    query = _rows(Comment.round_id == round_id, Comment.state.in_(PROPOSED_IN)).where(
        Answer.id.is_not(None), AnswerReturn.answer_id.is_(None), Answer.decided_by_id.is_(None)
    )
    return tuple(((row.comment_id, row.number), row.Answer.number) for row in db.session.execute(query))


def points(spots: Sequence[Spot], *, by: Actor) -> tuple[DeskPoint, ...]:
    """These points with all that is shown of them, in the public order, as the viewer reads them; one select for the
    Unit and auditors, for others four."""
    if not spots:
        return ()
    ids, wanted = {id for id, _ in spots}, set(spots)
    rows, kept = db.session.execute(_rows(Comment.id.in_(ids))).all(), kept_from(ids, by=by)
    return tuple(_point(row, kept(row.comment_id)) for row in rows if (row.comment_id, row.number) in wanted)


def _rows(*conditions: ColumnElement[bool]) -> Select[Any]:
    found = pieces(*conditions)
    return (
        with_answers(
            found, found.c.text, Comment, CommentVersion, Answer, Round.number.label("round_number"),
            RegisterEntry.name.label("who"), RegisterEntry.country, Node.number.label("clause"), Person.name.label("proposer"),
        )
        .join(Comment, Comment.id == found.c.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .outerjoin(Node, Node.id == Comment.node_id)
        .outerjoin(Person, Person.id == Answer.proposed_by_id)
        .order_by(Comment.public_number, found.c.number)
    )  # fmt: skip


def _point(row: Any, kept: Shown) -> DeskPoint:
    said, answer = row.CommentVersion, row.Answer
    proposal = answer and Proposal(
        answer.number, answer.outcome, kept.more(answer.reason), kept.more(answer.response), kept.more(answer.change), answer.substantive,
        answer.proposed_by_id, row.proposer or "",
    )  # fmt: skip
    return DeskPoint(
        row.comment_id, row.number, f"R{row.round_number}-{row.Comment.public_number}", row.who or "", row.country or "",
        row.clause or "", row.Comment.language, said.type, said.stance, said.would_vote_no, kept.text(row.text), proposal,
    )  # fmt: skip
