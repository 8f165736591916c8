"""What a form of a round is made of, and what it is checked against when it comes back."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.questions import asking, of_round
from consultations.facts.texts import text_sha256
from consultations.models.rounds import Round
from consultations.models.standards import Node
from workflows.questions import Asking


def clauses(round: Round) -> list[Node]:
    """Every part of the text that has a number, in reading order."""
    query = select(Node).where(Node.version_id == round.version_id, Node.number != "").order_by(Node.position)
    return list(db.session.scalars(query))


def askings(round: Round) -> list[Asking]:
    """The questions without their words."""
    return [asking(row) for row in of_round(round.id)]


def text_of(round: Round) -> str:
    """The hash of the text that the form shows."""
    return round.text_sha256 or text_sha256(round.version_id)
