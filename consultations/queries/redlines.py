"""Two versions of a standard compared: what became of every clause, in one language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from consultations.documents.clause_map import map_lines
from consultations.documents.redline import Change, Clause, compare, counts
from consultations.extensions import db
from consultations.facts.drafts import MISSING, STALE, freshness
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.standards import Node, NodeText, StandardVersion


@dataclass(frozen=True)
class Side:
    """One of the two versions."""

    id: int
    label: str
    based_on_id: int | None
    reference: str
    frozen: bool
    imported_at: datetime


@dataclass(frozen=True)
class Redline:
    """A comparison. `old`, `new`: every clause in reading order; `borrowed`: shown in the reference language."""

    standard_id: int
    code: str
    titles: dict[str, str]
    before: Side
    after: Side
    language: str
    languages: tuple[str, ...]
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    changes: tuple[Change, ...]
    counts: dict[str, int]
    borrowed: frozenset[int]


_Words = dict[int, dict[str, Any]]


def redline(before_id: int, after_id: int, language: str = "") -> Redline:
    """Compare two versions of one standard. Six selects, and one for each version between them. Raises NotFound."""
    before, after = _version(before_id), _version(after_id)
    if before.standard_id != after.standard_id or before_id == after_id:
        raise NotFound(f"redline {before_id} {after_id}")
    nodes = {id: _nodes(id) for id in (before_id, after_id)}
    words = _words(before_id, after_id)
    languages = _languages(nodes, words, after.reference_language)
    shown = language if language in languages else languages[0] if languages else after.reference_language
    references = {row.id: row.reference_language for row in (before, after)}
    missing = _untranslated(nodes, words, shown, references)
    old, new = (
        tuple(
            _clause(node, words.get(node.id, {}), shown, row.reference_language, missing)
            for node in nodes[row.id]
        )
        for row in (before, after)
    )
    changes = compare(old, new, map_lines(before_id, after_id))
    borrowed = frozenset(node.id for rows in nodes.values() for node in rows if node.stable_id in missing)
    return Redline(
        before.standard_id, before.standard.code, before.standard.titles, _side(before), _side(after), shown, languages,
        old, new, changes, counts(changes), borrowed,
    )  # fmt: skip


def is_public(before_id: int, after_id: int) -> bool:
    """Whether anyone may read a comparison: the later text was approved for consultation, and so was the earlier one.

    An earlier text that nothing was drawn up before, and from which the later one was drawn up, counts as published: it is
    the standard that is being revised. A draft of the Unit's own in between stays the Unit's and the Commission's.
    """
    before, after = (db.session.get(StandardVersion, id) for id in (before_id, after_id))
    if before is None or after is None or before is after or before.standard_id != after.standard_id:
        return False
    is_root = before.based_on_id is None and before.id == after.based_on_id
    return after.text_sha256 is not None and (before.text_sha256 is not None or is_root)


def public_before(version_id: int) -> tuple[Side, ...]:
    """The earlier versions with which anyone may compare this one, newest first."""
    row = _version(version_id)
    query = select(StandardVersion).where(
        StandardVersion.standard_id == row.standard_id, StandardVersion.id < row.id
    )
    earlier = db.session.scalars(query.order_by(StandardVersion.id.desc())).all()
    return tuple(_side(one) for one in earlier if is_public(one.id, row.id))


def _version(id: int) -> StandardVersion:
    row = db.session.get(StandardVersion, id)
    if row is None:
        raise NotFound(f"StandardVersion {id}")
    return row


def _nodes(version_id: int) -> list[Any]:
    """The clauses in reading order: columns only, a thousand rows are not worth a thousand objects."""
    columns = ("id", "stable_id", "parent_id", "kind", "number", "requirement_kind", "years", "applies_to")
    query = select(*(getattr(Node, name) for name in columns))
    query = query.where(Node.version_id == version_id, Node.kind != DELETED).order_by(Node.position)
    return list(db.session.execute(query))


def _words(*version_ids: int) -> _Words:
    found: _Words = {}
    columns = ("node_id", "language", "heading", "text", "guidance", "translates_sha256")
    query = select(*(getattr(NodeText, name) for name in columns))
    query = query.join(Node).where(Node.version_id.in_(version_ids))
    query = query.where(or_(NodeText.heading != "", NodeText.text != "", NodeText.guidance != ""))
    for text in db.session.execute(query):
        found.setdefault(text.node_id, {})[text.language] = text
    return found


def _languages(nodes: dict[int, list[Any]], words: _Words, reference: str) -> tuple[str, ...]:
    """The languages in which both texts have words, the reference language first."""
    both = [{code for node in rows for code in words.get(node.id, ())} for rows in nodes.values()]
    return tuple(sorted(set.intersection(*both), key=lambda code: (code != reference, code)))


def _untranslated(
    nodes: dict[int, list[Any]], words: _Words, language: str, references: dict[int, str]
) -> frozenset[str]:
    """The stable ids of clauses that lack the language in one of the versions, or whose words there are out of date.

    Both are shown in the reference language: a translation that has not followed yet would hide what changed.
    """
    return frozenset(
        node.stable_id
        for id, rows in nodes.items() for node in rows
        if (said := words.get(node.id)) and freshness(said.get(language), said.get(references[id])) in (MISSING, STALE)
    )  # fmt: skip


def _clause(
    node: Any, words: dict[str, Any], language: str, reference: str, missing: frozenset[str]
) -> Clause:
    text = words.get(reference if node.stable_id in missing else language)
    heading, body, guidance = (text.heading, text.text, text.guidance) if text else ("", "", "")
    return Clause(
        node.id, node.stable_id, node.parent_id, node.kind, node.number, heading, body, guidance,
        node.requirement_kind or "", node.years or "", node.applies_to,
    )  # fmt: skip


def _side(row: StandardVersion) -> Side:
    return Side(
        row.id,
        row.label,
        row.based_on_id,
        row.reference_language,
        row.text_sha256 is not None,
        row.imported_at,
    )
