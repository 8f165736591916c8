"""The comments of a round as a comment sheet holds them: words, place and the answer that stands, without ids of people."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.points import newest_number, with_answers
from consultations.facts.removals import WHOLE, Shown, kept_from_others
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.organisations import Organisation
from consultations.models.points import Point
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
    points: int = 1
    kept: Shown = WHOLE

    @property
    def received(self) -> bool:
        """Whether it was sent and not withdrawn."""
        return self.state not in NOT_RECEIVED

    @property
    def words(self) -> str:
        """What it says with its reasons, as the form's column for comments has both."""
        return "\n".join(part for part in (self.text, self.justification) if part.strip())

    def for_others(self) -> "Remark":
        """The comment as a sheet that is handed on has it: without what the Unit removed or hid."""
        if self.kept.whole:
            return self
        return replace(
            self, text=self.kept.text(self.text), justification=self.kept.more(self.justification),
            proposal=self.kept.more(self.proposal), response=self.kept.more(self.response),
        )  # fmt: skip


def remarks(round_id: int) -> tuple[Remark, ...]:
    """Every comment of the round, in the order of its public numbers, those not sent last; four selects at most.

    One that was split has the responses to all its points, numbered, and an outcome where all have the same.
    """
    split = _split(round_id)
    query = (
        select(Comment, CommentVersion, Answer, Organisation.code, Node.number)
        .join(Organisation, Organisation.id == Comment.organisation_id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(Answer, (Answer.comment_id == Comment.id) & (Answer.number == newest_number(Comment.id)))
        .outerjoin(Node, Node.id == Comment.node_id)
        .where(Comment.round_id == round_id)
        .order_by(Comment.public_number.is_(None), Comment.public_number, Comment.id)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    kept = kept_from_others([row[0] for row in rows])
    return tuple(
        Remark(
            comment.id, comment.client_uuid, comment.organisation_id, code, comment.state, comment.version, comment.node_id,
            number or "", comment.quote, words.type, words.text, words.justification, words.proposal,
            *split.get(comment.id, (answer.outcome if answer else None, answer.response if answer else "", 1)),
            kept(comment.id),
        )
        for comment, words, answer, code, number in rows
    )  # fmt: skip


def _split(round_id: int) -> dict[int, tuple[str | None, str, int]]:
    """(outcome, responses, how many points) of the comments that were split."""
    of_round = select(Point.comment_id, Point.number).join(Comment, Comment.id == Point.comment_id)
    points = of_round.where(Comment.round_id == round_id).subquery()
    query = with_answers(points, Answer.outcome, Answer.response).order_by(
        points.c.comment_id, points.c.number
    )
    found: dict[int, list[tuple[int, str | None, str | None]]] = {}
    for id, number, outcome, response, _ in db.session.execute(query):
        found.setdefault(id, []).append((number, outcome, response))
    return {id: _together(rows) for id, rows in found.items()}


def _together(rows: list[tuple[int, str | None, str | None]]) -> tuple[str | None, str, int]:
    outcomes = {outcome for _, outcome, _ in rows}
    told = "\n".join(f"({number}) {response}" for number, _, response in rows if response)
    return outcomes.pop() if len(outcomes) == 1 else None, told, len(rows)


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
