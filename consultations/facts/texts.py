"""The text of a version as one canonical value: what is hashed when it is frozen, and what is checked later."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.standards import Node, NodeText, Standard, StandardVersion
from workflows.canonical import sha256_of

CLAUSES = ("chapter", "section", "requirement")
DELETED = "deleted"
"""The kind of a clause that was deleted from a draft: its row stays for its revisions, the text is without it."""


def text_sha256(version_id: int) -> str:
    """SHA-256 (hex) of the version's text in RFC 8785 canonical JSON (verifiability.md, "The board").

    The value: {"standard": code, "label", "reference_language", "nodes": [node, …]}, nodes in reading order, each
    {"stable_id", "parent" (a stable id or ""), "depth", "kind", "number", "requirement_kind" and "years" (or ""),
    "texts": {language: {"heading", "text", "guidance"}}}, and "applies_to" where something is said of it. Database
    ids are no part of it.
    """
    return sha256_of(canonical_text(version_id))


def canonical_text(version_id: int) -> dict[str, Any]:
    """The value that `text_sha256` hashes."""
    query = select(Standard.code, StandardVersion.label, StandardVersion.reference_language)
    code, label, language = db.session.execute(
        query.join(StandardVersion, StandardVersion.standard_id == Standard.id).where(
            StandardVersion.id == version_id
        )
    ).one()
    texts = _texts(version_id)
    rows = db.session.execute(
        select(
            Node.id,
            Node.stable_id,
            Node.parent_id,
            Node.depth,
            Node.kind,
            Node.number,
            Node.requirement_kind,
            Node.years,
            Node.applies_to,
        )
        .where(Node.version_id == version_id, Node.kind != DELETED)
        .order_by(Node.position)
    ).all()
    stable = {row.id: row.stable_id for row in rows}
    nodes = [
        {
            "stable_id": row.stable_id, "parent": stable.get(row.parent_id, ""), "depth": row.depth, "kind": row.kind,
            "number": row.number, "requirement_kind": row.requirement_kind or "", "years": row.years or "",
            "texts": texts.get(row.id, {}), **({"applies_to": row.applies_to} if row.applies_to else {}),
        }
        for row in rows
    ]  # fmt: skip
    return {"standard": code, "label": label, "reference_language": language, "nodes": nodes}


def languages_complete(version_id: int) -> frozenset[str]:
    """The languages in which every clause that has words in the reference language has words too."""
    reference = db.session.scalar(
        select(StandardVersion.reference_language).where(StandardVersion.id == version_id)
    )
    worded: dict[str, set[int]] = {}
    for node_id, by_language in _texts(version_id).items():
        for language, words in by_language.items():
            if any(words.values()):
                worded.setdefault(language, set()).add(node_id)
    wanted = worded.get(reference or "", set())
    return frozenset(language for language, there in worded.items() if wanted and wanted <= there)


def numbering(version_id: int) -> tuple[int, tuple[str, ...]]:
    """How many requirements have no number, and which numbers of clauses stand more than once, in reading order."""
    query = select(Node.kind, Node.number).where(Node.version_id == version_id, Node.kind.in_(CLAUSES))
    rows = db.session.execute(query.order_by(Node.position)).all()
    unnumbered = sum(1 for row in rows if row.kind == "requirement" and not row.number)
    times = Counter(row.number for row in rows if row.number)
    return unnumbered, tuple(number for number, count in times.items() if count > 1)


def _texts(version_id: int) -> dict[int, dict[str, dict[str, str]]]:
    found: dict[int, dict[str, dict[str, str]]] = {}
    query = select(NodeText).join(Node, Node.id == NodeText.node_id).where(Node.version_id == version_id)
    for text in db.session.scalars(query):
        words = {"heading": text.heading, "text": text.text, "guidance": text.guidance}
        found.setdefault(text.node_id, {})[text.language] = words
    return found
