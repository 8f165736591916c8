"""The words of a clause in one language: changed one language at a time, the former words kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.documents.characters import clean, clean_line
from consultations.engine import journal
from consultations.engine.drafts import changed_meanwhile, take_clause
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts.drafts import has_words, words_sha256
from consultations.models.drafts import NodeRevision
from consultations.models.events import Event
from consultations.models.standards import Node, NodeText, StandardVersion
from consultations.wording import LANGUAGES
from workflows.refusals import Refused, refusal


@dataclass(frozen=True)
class Words:
    """What a clause says in one language, in the form in which it is stored."""

    heading: str = ""
    text: str = ""
    guidance: str = ""

    @classmethod
    def typed(cls, heading: str | None, text: str | None, guidance: str | None = "") -> "Words":
        """Words as somebody typed them: without double blanks and empty lines, as an import cleans them."""
        return cls(clean_line(heading or ""), clean(text or ""), clean(guidance or ""))


def reword(
    node_id: int, language: str, *, words: Words, known: str, translates: str = "", by: Actor, at: datetime
) -> Node:
    """Change the words of a clause in one language.

    Arguments: `known` words_sha256 of what the form was shown; `translates` words_sha256 of the reference words that a
    translation was written from ("": nothing is said of that, and what was said before stays).
    The same words again change nothing. Errors: Refused `edited_meanwhile`, `clause_words_missing`, frozen, under
    review; NotFound.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if language not in LANGUAGES:
        raise Refused(refusal("language_unknown", language=language))
    is_reference = language == version.reference_language
    if is_reference and not (words.heading or words.text):
        raise Refused(refusal("clause_words_missing"))
    there = text_of(node, language)
    said = words_sha256(words)
    if said == words_sha256(there):
        return _confirm(node, there, "" if is_reference else translates, by=by, at=at)
    if known != words_sha256(there):
        raise changed_meanwhile(version, node)
    write_words(node, version, language, words, translates="" if is_reference else translates, by=by, at=at)
    journal.record("clause_reworded", node, by=by, at=at, language=language, words=said, version=f"standardversion/{version.id}")  # fmt: skip
    return node


def write_words(
    node: Node,
    version: StandardVersion,
    language: str,
    words: Words,
    *,
    translates: str = "",
    by: Actor,
    at: datetime,
) -> NodeText:
    """Put words in the place of others, which become a revision; the caller has locked, checked and records.

    Of a translation that nobody said anything about, it is kept what it stood beside when the reference words change.
    """
    there = text_of(node, language)
    if language == version.reference_language:
        _date_translations(node, words_sha256(there), language)
    if there is None:
        there = NodeText(node_id=node.id, language=language, heading="", text="", guidance="")
        db.session.add(there)
    elif has_words(there):
        keep_revision(node, version, there)
    there.heading, there.text, there.guidance = words.heading, words.text, words.guidance
    there.translates_sha256 = translates or there.translates_sha256
    db.session.flush()
    return there


def keep_revision(node: Node, version: StandardVersion, words: NodeText) -> NodeRevision:
    """Keep the words as they stand, with who wrote them and when."""
    of = (NodeRevision.node_id == node.id, NodeRevision.language == words.language)
    last = db.session.scalar(select(func.max(NodeRevision.number)).where(*of)) or 0
    written_at, written_by_id = _written(node, version, words.language)
    return add(
        NodeRevision(
            node_id=node.id, language=words.language, number=last + 1, heading=words.heading, text=words.text,
            guidance=words.guidance, written_at=written_at, written_by_id=written_by_id,
        )
    )  # fmt: skip


def text_of(node: Node, language: str) -> NodeText | None:
    """The row of a clause's words in a language."""
    return db.session.scalar(select(NodeText).filter_by(node_id=node.id, language=language))


def _confirm(node: Node, there: NodeText | None, translates: str, *, by: Actor, at: datetime) -> Node:
    """The words stay and somebody says from which reference words they are."""
    if there is not None and translates and translates != there.translates_sha256:
        there.translates_sha256 = translates
        journal.record("translation_confirmed", node, by=by, at=at, language=there.language, words=translates)
    return node


def _date_translations(node: Node, former: str, reference: str) -> None:
    query = select(NodeText).where(
        NodeText.node_id == node.id, NodeText.language != reference, NodeText.translates_sha256.is_(None)
    )
    for text in db.session.scalars(query):
        if has_words(text):
            text.translates_sha256 = former


def _written(node: Node, version: StandardVersion, language: str) -> tuple[datetime, int | None]:
    """When the words that stand were written, and by whom: at the last rewording, else when the clause or its version came."""
    reworded = select(Event).where(
        Event.subject_kind == "node", Event.subject_id == node.id, Event.name == "clause_reworded",
        Event.payload.contains(f'"language":"{language}"', autoescape=True),
    )  # fmt: skip
    came = select(Event).where(
        Event.subject_kind == "standardversion", Event.subject_id == version.id,
        Event.name.in_(("clause_added", "clause_split", "clauses_merged")),
        Event.payload.contains(f'"node/{node.id}"', autoescape=True),
    )  # fmt: skip
    found = [
        db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first() for query in (reworded, came)
    ]
    last = max((event for event in found if event), key=lambda event: event.id, default=None)
    return (last.at, last.person_id) if last else (version.imported_at, version.imported_by_id)
