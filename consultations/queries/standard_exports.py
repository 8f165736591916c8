"""A version in one language as the tree that the writers of files take."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consultations.documents.findings import Place
from consultations.documents.standard_tree import Node as Branch
from consultations.documents.standard_tree import Tree
from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.standards import Node, NodeText, StandardVersion


@dataclass(frozen=True)
class Export:
    """What goes into a file, and what the file is called after."""

    code: str
    label: str
    titles: dict[str, str]
    language: str
    at: datetime
    tree: Tree

    @property
    def title(self) -> str:
        """What stands above the text: the standard's title in its language, or in any, and the version."""
        title = self.titles.get(self.language) or next(iter(self.titles.values()), self.code)
        return f"{title} {self.label}"


def export(version_id: int, language: str = "") -> Export:
    """The version in a language, the reference language by default; a clause not translated has no words in it.

    `at`: when the text was frozen, else when it came. Raises NotFound.
    """
    row = db.session.get(StandardVersion, version_id)
    if row is None:
        raise NotFound(f"StandardVersion {version_id}")
    shown = language or row.reference_language
    query = select(Node).where(Node.version_id == version_id, Node.kind != DELETED).order_by(Node.position)
    nodes = list(db.session.scalars(query.options(selectinload(Node.texts))))
    below: dict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        below[node.parent_id].append(node)
    at = row.frozen_at or row.imported_at
    return Export(row.standard.code, row.label, row.standard.titles, shown, at, _tree(below, shown))


def _tree(below: dict[int | None, list[Node]], language: str) -> Tree:
    """The text before the first chapter, which is a chapter without number and heading, is text of the tree itself."""
    tops = list(below[None])
    preamble = ""
    if tops and tops[0].kind == "chapter" and not tops[0].number and not below[tops[0].id]:
        words = _words(tops[0], language)
        if words is not None and not words.heading and not words.guidance:
            preamble = words.text
            tops = tops[1:]
    return Tree(preamble, tuple(_branch(node, below, language) for node in tops))


def _branch(node: Node, below: dict[int | None, list[Node]], language: str) -> Branch:
    words = _words(node, language)
    heading, text, guidance = (words.heading, words.text, words.guidance) if words else ("", "", "")
    return Branch(
        node.kind, node.number or None, heading, text, guidance, node.position, Place("line", node.position + 1),
        node.requirement_kind, int(node.years) if (node.years or "").isdecimal() else None,
        tuple(_branch(child, below, language) for child in below[node.id]), node.applies_to,
    )  # fmt: skip


def _words(node: Node, language: str) -> NodeText | None:
    return next((text for text in node.texts if text.language == language), None)
