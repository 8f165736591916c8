"""Ready-made answers of the viewer's body: the list, one to be changed, and one filled in for a comment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.answer_templates import filled, templates_of
from consultations.facts.last_events import last_event
from consultations.models.people import Person
from consultations.models.points import AnswerTemplate


@dataclass(frozen=True)
class TemplateLine:
    """A ready-made answer with the languages it has words in; `known` is its last event."""

    id: int
    name: str
    outcome: str
    reason: str
    responses: dict[str, str]
    written_at: datetime
    written_by: str
    known: int = 0


@dataclass(frozen=True)
class Filled:
    """What a ready-made answer puts into the form; no response where it has no words in the comment's language."""

    id: int
    name: str
    outcome: str
    reason: str
    response: str


def templates(*, by: Actor) -> tuple[TemplateLine, ...]:
    """Those of the viewer's body, by name."""
    rows = templates_of(by.network_id) if by.network_id else ()
    writers = {row.written_by_id for row in rows}
    names: dict[int, str] = dict(
        db.session.execute(select(Person.id, Person.name).where(Person.id.in_(writers))).all()
    )
    return tuple(_line(row, names) for row in rows)


def template(template_id: int, *, by: Actor) -> TemplateLine | None:
    """One of the viewer's body, to be changed."""
    row = db.session.get(AnswerTemplate, template_id)
    if row is None or row.body_id != by.network_id:
        return None
    last = last_event("answertemplate", template_id)
    return _line(row, {}, last.id if last else 0)


def fill(template_id: int, *, language: str, clause: str, number: str, by: Actor) -> Filled | None:
    """One of the viewer's body with the clause and the number of a comment in it, in the commenter's language."""
    row = db.session.get(AnswerTemplate, template_id)
    if row is None or row.body_id != by.network_id:
        return None
    response = row.responses.get(language, "")
    return Filled(
        row.id, row.name, row.outcome, filled(row.reason, clause=clause, number=number),
        filled(response, clause=clause, number=number),
    )  # fmt: skip


def _line(row: AnswerTemplate, names: dict[int, str], known: int = 0) -> TemplateLine:
    return TemplateLine(
        row.id, row.name, row.outcome, row.reason, dict(row.responses), row.written_at,
        names.get(row.written_by_id or 0, ""), known,
    )  # fmt: skip
