"""Where a comment points (workflows/anchors.py): checked against the round's text and questions, and written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.rounds import Question, Round
from consultations.models.standards import NodeText
from workflows.anchors import QUOTING, Anchor, Quoted, anchor, quoted
from workflows.refusals import Refusal, refusal


@dataclass(frozen=True)
class Pointed:
    """A place as it is written beside a comment, and what speaks against it."""

    anchor: Anchor
    question_id: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    against: tuple[Refusal, ...] = ()


def pointed(
    round_: Round, node_id: int | None, question_id: int | None, quote: str, language: str
) -> Pointed:
    """The place that is meant: a clause (None: the whole text), words or a table inside it ("": none), or a question.

    The words are looked for in the text of `language` first, then in the reference language, then in the others: what a
    page shows depends on its reader. Where they stand several times, the first is meant.
    """
    found = _find(node_id, quote, (language, round_.version.reference_language)) if quote.strip() else None
    against = tuple(_against(round_, node_id, question_id, quote, found))
    place = anchor(node_id, question_id, found)
    if found is None:
        return Pointed(place, question_id, against=against)
    return Pointed(place, question_id, found.words, found.prefix, found.suffix, against)


def point(comment: Comment, place: Pointed, *, by: Actor, at: datetime) -> None:
    """Let a comment that is there already point at these words; the same again changes nothing."""
    if place.quote != words_of(comment):
        comment.anchor, comment.quote, comment.prefix, comment.suffix = (
            place.anchor, place.quote, place.prefix, place.suffix,
        )  # fmt: skip
        journal.record("comment_place_changed", comment, by=by, at=at, anchor=str(place.anchor))


def words_of(comment: Comment) -> str:
    """The words it quotes; what an imported sheet says of the place in its clause is no quotation."""
    return comment.quote if comment.anchor in QUOTING else ""


def _find(node_id: int | None, quote: str, first: tuple[str, ...]) -> Quoted | None:
    rows = db.session.execute(select(NodeText.language, NodeText.text).where(NodeText.node_id == node_id))
    texts: dict[str, str] = {language: text for language, text in rows if text}
    order = dict.fromkeys((*first, *sorted(texts)))
    return next((found for code in order if (found := quoted(quote, texts.get(code, "")))), None)


def _against(
    round_: Round, node_id: int | None, question_id: int | None, quote: str, found: Quoted | None
) -> Iterator[Refusal]:
    question = db.session.get(Question, question_id) if question_id is not None else None
    if question_id is not None and (question is None or question.round_id != round_.id):
        yield refusal("question_not_in_round")
    if quote.strip() and (node_id is None or question_id is not None):
        yield refusal("quote_without_clause")
    elif quote.strip() and found is None:
        yield refusal("quote_absent")
