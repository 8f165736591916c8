"""A comment with its replies: for another organisation, which may support it or reply, and for its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.countries_shown import countries_shown
from consultations.facts.readers import visible_to
from consultations.facts.register import UNSENT
from consultations.facts.removals import WHOLE, Shown, kept_from_others, reads_all_words, reads_original
from consultations.facts.supports import stands
from consultations.models.comments import Comment
from consultations.models.organisations import Organisation
from consultations.models.remarks import Reply, Support
from consultations.models.rounds import Round
from consultations.queries.clause_pages import QuestionView, question_at
from consultations.queries.comments import CommentView, NodeView, node_view, rows, seen
from consultations.queries.delegate_rounds import Head, head
from workflows.comment import CommentState
from workflows.remarks import RemarkFacts, against_reply, against_support, unit_may_reply
from workflows.roles import Role, implies

REPLIES_PER_PAGE = 15


@dataclass(frozen=True)
class ReplyView:
    """A reply as this reader may see it. `who`: the organisation, for those who read all; `hidden`: why it is hidden."""

    id: int
    of_unit: bool
    own: bool
    who: str
    country: str
    text: str
    written_at: datetime
    hidden: str


@dataclass(frozen=True)
class Supporter:
    """An organisation that stands behind a comment, since when, and whether behind what it says now."""

    name: str
    country: str
    given_at: datetime
    stands: bool


@dataclass(frozen=True)
class SaidPage:
    """One comment with its replies in the order of writing, and what the reader may do: support, take_back, reply, hide."""

    head: Head
    comment: CommentView
    node: NodeView | None
    question: QuestionView | None
    replies: tuple[ReplyView, ...]
    page: int
    pages: int
    can: frozenset[str]


def said_page(comment_id: int, page: int | None = None, *, by: Actor, at: datetime) -> SaidPage | None:
    """A comment that was sent and that this reader may read; None for any other.

    `page`: of its replies, from 1; the last one, where the newest stand, unless another is asked for.
    """
    sent = Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN))
    found = seen(rows(Comment.id == comment_id, sent, visible_to(by)), by=by, at=at)
    top = head(found[0].round_id, by=by, at=at) if found else None
    row = db.session.get(Comment, comment_id)
    if top is None or row is None:
        return None
    view = found[0]
    pages = max(1, -(-view.around.replies // REPLIES_PER_PAGE))
    page = min(max(1, page or pages), pages)
    return SaidPage(
        top, view, node_view(view.round_id, view.node_id) if view.node_id else None,
        question_at(view.round_id, view.around.question), replies(comment_id, page, by=by), page, pages,
        _can(row, view, top, by=by),
    )  # fmt: skip


def replies(comment_id: int, page: int = 1, *, by: Actor) -> tuple[ReplyView, ...]:
    """One page of the replies to a comment, oldest first; the words of a hidden one are for those who read originals."""
    query = _replies(comment_id).limit(REPLIES_PER_PAGE).offset((page - 1) * REPLIES_PER_PAGE)
    return _read(comment_id, query, by)


def reply(comment_id: int, reply_id: int, *, by: Actor) -> ReplyView | None:
    """One reply to a comment."""
    return next(iter(_read(comment_id, _replies(comment_id).where(Reply.id == reply_id), by)), None)


def _replies(comment_id: int) -> Select[Any]:
    query: Select[Any] = (
        select(Reply, Organisation.name, Organisation.country)
        .outerjoin(Organisation, Organisation.id == Reply.organisation_id)
        .where(Reply.comment_id == comment_id)
        .order_by(Reply.id)
    )
    return query


def _read(comment_id: int, query: Select[Any], by: Actor) -> tuple[ReplyView, ...]:
    found = db.session.execute(query).all()
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        return ()
    shown = countries_shown(comment.round_id) if found else frozenset()
    # Beside a comment whose words were removed a reply repeats them; under a hidden one it speaks of them.
    kept = WHOLE if reads_original(by, comment.organisation_id) else kept_from_others((comment,))(comment_id)
    return tuple(_reply(row, name or "", country or "", shown, kept, by) for row, name, country in found)


def supporters(comment_id: int) -> tuple[Supporter, ...]:
    """Who stands behind a comment, in the order of time: for those who read all."""
    query = (
        select(Organisation.name, Organisation.country, Support.given_at, stands())
        .join(Support, Support.organisation_id == Organisation.id)
        .where(Support.comment_id == comment_id)
        .order_by(Support.given_at, Support.id)
    )
    return tuple(Supporter(*row) for row in db.session.execute(query))


def _reply(row: Reply, name: str, country: str, shown: frozenset[str], kept: Shown, by: Actor) -> ReplyView:
    staff = reads_all_words(by)
    own = by.organisation_id is not None and row.organisation_id == by.organisation_id
    hidden = row.hidden_reason or kept.hidden
    return ReplyView(
        row.id, row.organisation_id is None, own, name if staff else "", country if staff or country in shown else "",
        row.text if staff or own else "" if hidden else kept.more(row.text), row.written_at, hidden,
    )  # fmt: skip


def _can(row: Comment, view: CommentView, top: Head, *, by: Actor) -> frozenset[str]:
    own = by.organisation_id is not None and row.organisation_id == by.organisation_id
    facts = RemarkFacts(own=own, readable=row.hidden_at is None, text="-")
    if Role.UNIT in implies(by.role):
        state = db.session.scalar(select(Round.state).where(Round.id == row.round_id)) or ""
        may: Sequence[str] = () if unit_may_reply(state) or against_reply(facts) else ("reply",)
        return frozenset((*may, "hide") if by.role is Role.UNIT_HEAD else may)
    if "comment" not in top.can or by.organisation_id is None:
        return frozenset()
    may_support = () if view.around.supported or against_support(facts) else ("support",)
    supporting = (*may_support, *(("take_back",) if view.around.supported or view.around.turned else ()))
    return frozenset((*supporting, *(() if against_reply(facts) else ("reply",))))
