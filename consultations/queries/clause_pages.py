"""A clause or a question with what organisations say of it, and an organisation's own comments."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.approvals import UNASKED, Approval, of_comment
from consultations.facts.texts import DELETED
from consultations.models.comments import Comment
from consultations.models.rounds import Question
from consultations.queries.comments import UNSEEN, CommentView, NodeView, node_view, rows, seen
from consultations.queries.delegate_rounds import Head, Texts, head
from workflows.comment import CommentState

OTHERS_PER_PAGE = MINE_PER_PAGE = 10


@dataclass(frozen=True)
class QuestionView:
    """A question of the round that is commented on."""

    id: int
    position: int
    texts: Texts


@dataclass(frozen=True)
class ClausePage:
    """A clause (or a question; neither: the whole text), what others say of it (one page), and what the viewer's organisation says."""

    head: Head
    node: NodeView | None
    question: QuestionView | None
    mine: tuple[CommentView, ...]
    others: tuple[CommentView, ...]
    others_total: int
    page: int
    pages: int
    asked: tuple[QuestionView, ...] = ()  # the questions about this clause


@dataclass(frozen=True)
class CommentPage:
    """One comment of the viewer's organisation with its clause."""

    head: Head
    comment: CommentView
    node: NodeView | None
    question: QuestionView | None = None
    waiting: bool = False  # for the organisation's approval
    approval: Approval = UNASKED


@dataclass(frozen=True)
class MinePage:
    """The comments of the viewer's organisation, one page of them."""

    rows: tuple[CommentView, ...]
    page: int
    pages: int


def clause_page(
    round_id: int, node_id: int | None, page: int, *, question_id: int | None = None, by: Actor, at: datetime
) -> ClausePage | None:
    """The clause, or the question (neither: the whole text) for a delegate; None if it is not there, was deleted, or the
    round has not begun."""
    top = head(round_id, by=by, at=at)
    node = node_view(round_id, node_id) if node_id else None
    question = question_view(round_id, question_id)
    if top is None or not top.started or (question_id and question is None):
        return None
    if node_id and (node is None or node.kind == DELETED):
        return None
    here = _here(round_id, node_id, question_id)
    others = (
        *here,
        Comment.organisation_id != by.organisation_id,
        Comment.visibility.in_(("public", "members")),
        Comment.state.not_in(UNSEEN),
    )
    total = db.session.scalar(select(func.count(Comment.id)).where(*others)) or 0
    pages = max(1, -(-total // OTHERS_PER_PAGE))
    page = min(max(1, page), pages)
    shown = (
        rows(*others)
        .order_by(Comment.public_number)
        .limit(OTHERS_PER_PAGE)
        .offset((page - 1) * OTHERS_PER_PAGE)
    )
    own = rows(
        *here, Comment.organisation_id == by.organisation_id, Comment.state != CommentState.WITHDRAWN
    ).order_by(Comment.id)
    return ClausePage(
        top, node, question, seen(own, by=by, at=at), seen(shown, by=by, at=at), total, page, pages,
        _asked_about(round_id, node_id),
    )  # fmt: skip


def mine(round_id: int, *, by: Actor, at: datetime) -> tuple[CommentView, ...]:
    """Every comment of the viewer's organisation in the round, in the order of writing, those taken back among them."""
    query = rows(Comment.round_id == round_id, Comment.organisation_id == by.organisation_id)
    return seen(query.order_by(Comment.id), by=by, at=at)


def mine_page(round_id: int, page: int, *, by: Actor, at: datetime) -> MinePage:
    """The same, one page at a time: a page must reach a telephone in the hills."""
    here = Comment.round_id == round_id, Comment.organisation_id == by.organisation_id
    total = db.session.scalar(select(func.count(Comment.id)).where(*here)) or 0
    pages = max(1, -(-total // MINE_PER_PAGE))
    page = min(max(1, page), pages)
    query = rows(*here).order_by(Comment.id).limit(MINE_PER_PAGE).offset((page - 1) * MINE_PER_PAGE)
    return MinePage(seen(query, by=by, at=at), page, pages)


def own_comment(comment_id: int, *, by: Actor, at: datetime) -> CommentPage | None:
    """A comment of the viewer's own organisation; None for any other."""
    found = seen(rows(Comment.id == comment_id, Comment.organisation_id == by.organisation_id), by=by, at=at)
    top = head(found[0].round_id, by=by, at=at) if found else None
    if not found or top is None:
        return None
    view = found[0]
    waits = view.state == CommentState.AWAITING_ORGANISATION
    return CommentPage(
        top, view, node_view(view.round_id, view.node_id) if view.node_id else None,
        question_at(view.round_id, view.around.question), waits,
        of_comment((view.id, by.organisation_id), at=at) if waits or "ask_organisation" in view.can else UNASKED,
    )  # fmt: skip


def question_view(round_id: int, question_id: int | None) -> QuestionView | None:
    """A question of the round."""
    return _question(Question.round_id == round_id, Question.id == question_id) if question_id else None


def question_at(round_id: int, position: int) -> QuestionView | None:
    """The question at this position of the round; 0: none."""
    return _question(Question.round_id == round_id, Question.position == position) if position else None


def _asked_about(round_id: int, node_id: int | None) -> tuple[QuestionView, ...]:
    if node_id is None:
        return ()
    query = select(Question).filter_by(round_id=round_id, node_id=node_id).order_by(Question.position)
    return tuple(QuestionView(row.id, row.position, row.texts) for row in db.session.scalars(query))


def _question(*conditions: ColumnElement[bool]) -> QuestionView | None:
    row = db.session.scalar(select(Question).where(*conditions))
    return QuestionView(row.id, row.position, row.texts) if row else None


def _here(round_id: int, node_id: int | None, question_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """The comments that stand in this place."""
    node = Comment.node_id == node_id if node_id else Comment.node_id.is_(None)
    asked = Comment.question_id == question_id if question_id else Comment.question_id.is_(None)
    return Comment.round_id == round_id, node, asked
