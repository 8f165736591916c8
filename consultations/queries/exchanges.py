"""An objection with what was said before and after it: the answer objected to, each reply, the Commission's decision."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.comments import Answer
from consultations.models.events import Event
from workflows.roles import Role

OBJECTION, ANSWER, REPLY, DECISION = "objection", "answer", "reply", "decision"


@dataclass(frozen=True)
class Turn:
    """Something said: `kind` objection (by the organisation), answer (the one objected to, by the Unit), reply (by the
    Unit, to the objection) or decision (by the Commission). `point`: which one it is about, 0 for the whole comment."""

    kind: str
    text: str
    at: datetime
    point: int = 0
    outcome: str = ""
    change: str = ""
    decided_in: str = ""


def exchanges(comment_ids: Collection[int]) -> Mapping[int, tuple[Turn, ...]]:
    """The turns of each comment that was objected to, in the order in which they were said; two selects."""
    if not comment_ids:
        return {}
    events, answers = _events(comment_ids), _answers(comment_ids)
    return {id: _turns(told, answers[id]) for id, told in events.items()}


def _turns(events: list[Event], answers: dict[int, Answer]) -> tuple[Turn, ...]:
    said = [(event, _number(event)) for event in events]
    later = {number for _, number in said if number}
    # What was proposed and what was decided in the same words are two rows: the newest of each point was objected to.
    first = {row.point: row for number, row in answers.items() if number not in later}
    turns = [_answer(ANSWER, first[point]) for point in sorted(first)]
    for event, number in said:
        if not number:
            turns.append(Turn(OBJECTION, event.reason, event.at))
        elif number in answers:
            turns.append(_answer(DECISION if event.role == Role.CHAIR else REPLY, answers[number]))
    return tuple(turns)


def _answer(kind: str, row: Answer) -> Turn:
    return Turn(kind, row.response, row.answered_at, row.point, row.outcome, row.change, row.decided_in)


def _number(event: Event) -> int:
    """Of the answer that the event is about; 0 for an objection."""
    return int(json.loads(event.payload)["answer"]) if event.name == "objection_answered" else 0


def _events(ids: Collection[int]) -> dict[int, list[Event]]:
    query = select(Event).where(
        Event.subject_kind == "comment",
        Event.subject_id.in_(ids),
        Event.name.in_(("objection_raised", "objection_answered")),
    )
    found: dict[int, list[Event]] = defaultdict(list)
    for event in db.session.scalars(query.order_by(Event.id)):
        found[event.subject_id].append(event)
    return found


def _answers(ids: Collection[int]) -> dict[int, dict[int, Answer]]:
    """By comment and number, in their order."""
    found: dict[int, dict[int, Answer]] = defaultdict(dict)
    query = select(Answer).where(Answer.comment_id.in_(ids)).order_by(Answer.comment_id, Answer.number)
    for row in db.session.scalars(query):
        found[row.comment_id][row.number] = row
    return found
