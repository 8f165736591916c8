"""Drafts to edit: a version drawn up from the bilingual one, and what a form about one of its clauses would know."""

from uuid import uuid4

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import draft_words, drafts
from consultations.engine.draft_words import Words
from consultations.extensions import db
from consultations.facts.drafts import clause_stamp, terms_sha256, words_sha256
from consultations.models.standards import Node, StandardVersion
from tests.factories import people, rounds, standards
from workflows.roles import Role

START = rounds.START


def unit() -> Actor:
    """Somebody of the Standards Unit."""
    return people.actor(Role.UNIT, network=people.network())


def drawn_up(by: Actor, label: str = "2.0", source: StandardVersion | None = None) -> StandardVersion:
    """A draft made from a version (the bilingual one unless another is given)."""
    return drafts.draw_up((source or standards.bilingual()).id, label=label, by=by, at=START)


def clause(version: StandardVersion, number: str) -> Node:
    """The clause of that number."""
    return db.session.scalars(
        select(Node).filter_by(version_id=version.id, number=number).order_by(Node.position)
    ).one()


def outline(version: StandardVersion) -> list[tuple[str, int]]:
    """Number and depth of every clause in reading order."""
    query = select(Node).where(Node.version_id == version.id, Node.kind != "deleted").order_by(Node.position)
    return [(node.number, node.depth) for node in db.session.scalars(query)]


def words(node: Node, language: str) -> Words:
    """What a clause says now."""
    row = draft_words.text_of(node, language)
    return Words(row.heading, row.text, row.guidance) if row else Words()


def known(node: Node, language: str = "es") -> str:
    """What a form shown now knows of the words."""
    return words_sha256(draft_words.text_of(node, language))


def reword(node: Node, text: str, by: Actor, language: str = "es", translates: str = "") -> Node:
    """Change the text of a clause, as somebody who has just opened it."""
    return draft_words.reword(
        node.id,
        language,
        words=Words(text=text),
        known=known(node, language),
        translates=translates,
        by=by,
        at=START,
    )


def place(node: Node) -> dict[str, str]:
    """What a form about the clause's place, shown now, sends."""
    return {"known": clause_stamp(node), "request": str(uuid4())}


def terms_known(node: Node) -> str:
    """What a form about the clause's terms, shown now, knows."""
    return terms_sha256(node)
