"""A comment as the Unit has it, beside what others read of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from consultations.actor import PUBLIC, Actor
from consultations.extensions import db
from consultations.facts.comments import comment_facts
from consultations.facts.likeness import resembling
from consultations.facts.removals import hider
from consultations.facts.reviews import person
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.remarks import Redaction
from consultations.models.rounds import Round
from consultations.queries.comments import CommentView, rows, seen
from consultations.queries.delegate_rounds import Head, head
from workflows.comment import COMMENT
from workflows.machine import allowed, possible
from workflows.roles import Role, implies
from workflows.round import RoundFacts


@dataclass(frozen=True)
class RemovalPage:
    """The comment, as others read it, and what the viewer may do: remove_words, hide, show. `alike`: words that others
    still read and that are a part of removed ones."""

    head: Head
    comment: CommentView
    others: CommentView
    alike: tuple[str, ...]
    can: frozenset[str]


def page(comment_id: int, *, by: Actor, at: datetime) -> RemovalPage | None:
    """A comment that was sent, for the Unit and the chair; None for any other."""
    query = rows(Comment.id == comment_id, Comment.state.not_in(NOT_RECEIVED))
    found, others = seen(query, by=by, at=at), seen(query, by=PUBLIC, at=at)
    top = head(found[0].round_id, by=by, at=at) if found else None
    if top is None:
        return None
    removed = db.session.scalars(select(Redaction.words).where(Redaction.comment_id == comment_id)).all()
    left = "\n".join((others[0].text, others[0].justification, others[0].proposal))
    return RemovalPage(top, found[0], others[0], resembling(left, removed), can(comment_id, by=by, at=at))


def can(comment_id: int, *, by: Actor, at: datetime) -> frozenset[str]:
    """Which of remove_words, hide and show are open to this viewer for a comment that was sent."""
    found = db.session.execute(
        select(Comment, Round).join(Round).where(Comment.id == comment_id, Comment.state.not_in(NOT_RECEIVED))
    ).one_or_none()
    if found is None:
        return frozenset()
    comment, round_ = found
    moves = {"remove_words"} if Role.UNIT in implies(by.role) else set()
    if {"hide", "show"}.isdisjoint(possible(COMMENT, comment.state, by.role)):
        return frozenset(moves)
    facts = replace(
        comment_facts(comment, round_, RoundFacts(), by=by, at=at, reason="-"),
        decided_by=person(hider(comment.id)),
    )
    return frozenset(moves | ({"hide", "show"} & set(allowed(COMMENT, comment.state, by.role, facts))))
