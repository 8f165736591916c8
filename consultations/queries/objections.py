"""CECLAC's agenda: the organisations that object to their answers, with the answer, and what the Commission decided."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.objections import Given, replies
from consultations.facts.points import FIRST
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.queries.comments import AnswerView, CommentView, rows, seen
from consultations.queries.delegate_rounds import Head, head
from workflows.comment import COMMENT, CommentState
from workflows.machine import possible
from workflows.roles import Role


@dataclass(frozen=True)
class Objection:
    """An objection to an answer. `answered_by`: commission once it has decided, and only then the objection is settled;
    unit where that has replied meanwhile; "" while its last word is the organisation's. `can`: answer_objection, decide (for the Commission).

    `open`: the points that the Commission has not decided since; the only one of a comment that was not split is FIRST."""

    comment: CommentView
    raised_at: datetime
    answered_by: str
    answered_at: datetime | None
    can: frozenset[str]
    open: tuple[int, ...]

    def answer(self, point: int) -> AnswerView | None:
        """What stands at a point now."""
        return dict(_standing(self.comment)).get(point)


@dataclass(frozen=True)
class Agenda:
    """The objections of one round, those that wait for the Commission first."""

    head: Head
    waiting: int
    lines: tuple[Objection, ...]


def agenda(*, by: Actor, at: datetime) -> tuple[Agenda, ...]:
    """Every published round to whose answers somebody objects, the newest first; four selects and two for each round."""
    objected = Comment.state == CommentState.OBJECTED, Round.published_at.is_not(None)
    query = rows(*objected).order_by(Round.id.desc(), Comment.public_number)
    lines = _lines(seen(query, by=by, at=at), by)
    made = []
    for round_id, group in groupby(lines, key=lambda line: line.comment.round_id):
        top, held = head(round_id, by=by, at=at), sorted(group, key=_settled)
        if top is not None:
            waiting = sum(1 for line in held if not _settled(line))
            made.append(Agenda(top, waiting, tuple(held)))
    return tuple(made)


def objection(comment_id: int, *, by: Actor, at: datetime) -> tuple[Head, Objection] | None:
    """One objection of a published round; None when nobody objects there."""
    query = rows(
        Comment.id == comment_id, Comment.state == CommentState.OBJECTED, Round.published_at.is_not(None)
    )
    lines = _lines(seen(query, by=by, at=at), by)
    top = head(lines[0].comment.round_id, by=by, at=at) if lines else None
    return (top, lines[0]) if top else None


def _lines(views: tuple[CommentView, ...], by: Actor) -> list[Objection]:
    ids = [view.id for view in views]
    events, given = _events(ids), replies(ids)
    may = possible(COMMENT, CommentState.OBJECTED, by.role)
    can = frozenset({"answer_objection"} & set(may))
    if by.role is Role.CHAIR:
        can |= can and {"decide"}
    made = []
    for view in views:
        raised = [event for event in events[view.id] if event.name == "objection_raised"]
        since = [event for event in events[view.id] if not raised or event.id > raised[-1].id]
        reply = next((one for one in since[::-1] if one.role == Role.CHAIR), since[-1] if since else None)
        by_whom = "" if reply is None else "commission" if reply.role == Role.CHAIR else "unit"
        at = raised[-1].at if raised else view.written_at
        made.append(
            Objection(
                view, at, by_whom, reply.at if reply else None, can, _open(view, given.get(view.id, {}))
            )
        )
    return made


def _settled(line: Objection) -> bool:
    return line.answered_by == "commission"


def _standing(view: CommentView) -> tuple[tuple[int, AnswerView | None], ...]:
    return tuple((point.number, point.answer) for point in view.points) or ((FIRST, view.answer),)


def _open(view: CommentView, given: Mapping[int, Given]) -> tuple[int, ...]:
    decided = {number for number, reply in given.items() if reply.role == Role.CHAIR}
    return tuple(
        number for number, answer in _standing(view) if answer is None or answer.number not in decided
    )


def _events(ids: list[int]) -> dict[int, list[Any]]:
    query = select(Event.id, Event.subject_id, Event.name, Event.at, Event.role).where(
        Event.subject_kind == "comment",
        Event.subject_id.in_(ids),
        Event.name.in_(("objection_raised", "objection_answered")),
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for event in db.session.execute(query.order_by(Event.id)) if ids else ():
        found[event.subject_id].append(event)
    return found
