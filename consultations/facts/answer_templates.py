"""Words ready for an answer: what may stand in them for a comment, and what they say of one."""

import re

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.points import AnswerTemplate

PLACES = ("clause", "number")
"""What may stand in braces: the number of the clause, the public number of the comment."""

_PLACE = re.compile(r"\{([^{}]*)\}")


def filled(text: str, *, clause: str, number: str) -> str:
    """The text with the clause and the number of a comment in their places."""
    known = {"clause": clause, "number": number}
    return _PLACE.sub(lambda found: known.get(found[1], found[0]), text)


def unknown_places(text: str) -> tuple[str, ...]:
    """What stands in braces and means nothing, in the order it is found."""
    return tuple(dict.fromkeys(name for name in _PLACE.findall(text) if name not in PLACES))


def templates_of(body_id: int | None) -> tuple[AnswerTemplate, ...]:
    """The ready-made answers of a body, by their names."""
    query = select(AnswerTemplate).where(AnswerTemplate.body_id == body_id).order_by(AnswerTemplate.name)
    return tuple(db.session.scalars(query))
