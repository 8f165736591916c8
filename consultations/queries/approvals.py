"""What waits for an organisation's approval in a round, for who approves there and for its delegates."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.approvals import last_asked
from consultations.facts.comments import entry_facts
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.standards import NodeText
from consultations.queries.comments import CommentView, rows, seen
from consultations.queries.delegate_rounds import Head, Texts, head
from workflows.comment import CommentState
from workflows.machine import allowed
from workflows.roles import Role
from workflows.round import ROUND


@dataclass(frozen=True)
class Waiting:
    """A comment that waits, with the words of its clause; `known`: its last event, by which what is approved is what was
    read; `can`: release, give_back."""

    comment: CommentView
    known: int
    clause: Texts
    can: frozenset[str]


@dataclass(frozen=True)
class ApprovalPage:
    """What waits (or still waited when the round closed: `missed`), and whether all may be approved at once."""

    head: Head
    waiting: tuple[Waiting, ...]
    missed: tuple[CommentView, ...]
    can: frozenset[str]

    @property
    def known(self) -> str:
        """What is read on this page, as a form sends it back: comment.event of each."""
        return " ".join(f"{one.comment.id}.{one.known}" for one in self.waiting)

    @property
    def last(self) -> int:
        """The newest event of all that waits."""
        return max((one.known for one in self.waiting), default=0)

    def until(self, last: int) -> "ApprovalPage":
        """The page as it was read when `last` was its newest event: without what came or was changed since."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.known <= last))


def page(round_id: int, *, by: Actor, at: datetime) -> ApprovalPage | None:
    """What waits for the organisation acted for; None where the round has not begun."""
    top, round_ = head(round_id, by=by, at=at), db.session.get(Round, round_id)
    if top is None or round_ is None or not top.started or by.organisation_id is None:
        return None
    own = Comment.round_id == round_id, Comment.organisation_id == by.organisation_id
    views = seen(
        rows(*own, Comment.state == CommentState.AWAITING_ORGANISATION).order_by(Comment.id), by=by, at=at
    )
    missed = rows(*own, Comment.state == CommentState.WITHDRAWN, Comment.submitted_at.is_(None), last_asked())
    texts = _texts([view.node_id for view in views if view.node_id])
    enters = _enters(round_, by, at)
    last = _last_events([view.id for view in views])
    waiting = tuple(
        Waiting(view, last[view.id], texts.get(view.node_id or 0, {}), _can(view, enters)) for view in views
    )
    every = (
        frozenset({"release_all"})
        if len(waiting) > 1 and all("release" in one.can for one in waiting)
        else frozenset()
    )
    return ApprovalPage(top, waiting, seen(missed.order_by(Comment.id), by=by, at=at), every)


def one(comment_id: int, *, by: Actor, at: datetime) -> tuple[Head, Waiting] | None:
    """One comment that waits; None when it does not, or is another organisation's."""
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
    found = page(round_id, by=by, at=at) if round_id else None
    line = next((one for one in found.waiting if one.comment.id == comment_id), None) if found else None
    return (found.head, line) if found and line else None


def _enters(round_: Round, by: Actor, at: datetime) -> bool:
    """Whether the round takes what delegates of the organisation enter: who approves lets that in."""
    facts = entry_facts(round_, organisation_id=by.organisation_id, at=at)
    return "comment" in allowed(ROUND, round_.state, Role.DELEGATE, facts)


def _can(view: CommentView, enters: bool) -> frozenset[str]:
    return view.can & {"release", "give_back"} if enters else view.can & {"give_back"}


def _last_events(comment_ids: list[int]) -> dict[int, int]:
    query = select(Event.subject_id, func.max(Event.id)).where(
        Event.subject_kind == "comment", Event.subject_id.in_(comment_ids)
    )
    return {id: last for id, last in db.session.execute(query.group_by(Event.subject_id))}  # noqa: C416 (rows are no pairs to mypy)


def _texts(node_ids: list[int]) -> dict[int, Texts]:
    found: dict[int, Texts] = {}
    for row in db.session.scalars(select(NodeText).where(NodeText.node_id.in_(node_ids))):
        if row.text:
            found.setdefault(row.node_id, {})[row.language] = row.text
    return found
