"""What editing a draft asks of its rows: whether it may be changed, what stood when a form was shown, how fresh it is."""

from typing import Any, Protocol

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.canonical import sha256_of
from workflows.refusals import Refusal, refusal
from workflows.round import RoundState

COHORTS = ("before", "after")
"""Certified before or after the publication of the version (consultation-model.md, "Draft standard")."""

REFERENCE, FRESH, STALE, UNKNOWN, MISSING = "reference", "fresh", "stale", "unknown", "missing"


class Worded(Protocol):
    """Anything with the words of a clause in one language."""

    heading: str
    text: str
    guidance: str


def words_sha256(words: Worded | None) -> str:
    """SHA-256 (hex) of a clause's words in one language; of empty words when there are none."""
    heading, text, guidance = (words.heading, words.text, words.guidance) if words else ("", "", "")
    return sha256_of({"heading": heading, "text": text, "guidance": guidance})


def freshness(words: NodeText | None, reference: NodeText | None) -> str:
    """How a translation stands beside the reference words.

    FRESH: it was written from the words that stand now; STALE: from others; UNKNOWN: nobody said from which; MISSING: there are
    reference words and no translation; REFERENCE: these are the reference words, or there are none to translate.
    """
    if reference is None or words is reference or not has_words(reference):
        return REFERENCE
    if words is None or not has_words(words):
        return MISSING
    if words.translates_sha256 is None:
        return UNKNOWN
    return FRESH if words.translates_sha256 == words_sha256(reference) else STALE


def has_words(words: Worded) -> bool:
    """Whether anything is written."""
    return bool(words.heading or words.text or words.guidance)


def terms_sha256(node: Node) -> str:
    """SHA-256 (hex) of what holds of a clause beside its words."""
    return sha256_of(_terms(node))


def clause_stamp(node: Node) -> str:
    """SHA-256 (hex) of a clause with all its words, its place among its sisters and what lies below it.

    What a form about its place was shown: while the stamp stays, nobody has touched what the form was about.
    """
    sisters = select(Node.id).where(
        Node.version_id == node.version_id, Node.parent_id == node.parent_id, Node.kind != DELETED
    )
    below = select(Node.id).where(Node.parent_id == node.id)
    texts = db.session.scalars(
        select(NodeText).where(NodeText.node_id == node.id).order_by(NodeText.language)
    )
    return sha256_of(
        {
            **_terms(node),
            "texts": {text.language: words_sha256(text) for text in texts},
            "sisters": list(db.session.scalars(sisters.order_by(Node.position))),
            "below": list(db.session.scalars(below.order_by(Node.position))),
        }
    )


def editing_objections(version: StandardVersion) -> tuple[Refusal, ...]:
    """Why a version's text cannot be changed: it is frozen, or the Commission is reading it."""
    if version.text_sha256 is not None:
        return (refusal("draft_frozen", label=version.label),)
    return (refusal("draft_under_review", label=version.label),) if under_review(version) else ()


def under_review(version: StandardVersion) -> bool:
    """Whether CECLAC is reading this text: what its members took positions on is what the chair approves."""
    reading = select(Round.id).where(
        Round.version_id == version.id, Round.state == RoundState.COMMISSION_REVIEW
    )
    return db.session.scalars(reading.limit(1)).first() is not None


def _terms(node: Node) -> dict[str, Any]:
    return {
        "kind": node.kind, "number": node.number, "requirement_kind": node.requirement_kind or "",
        "years": node.years or "", "applies_to": node.applies_to,
    }  # fmt: skip
