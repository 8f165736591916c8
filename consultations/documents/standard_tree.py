"""A draft standard as a tree of frozen nodes, and the report of an import (consultation-model.md, "Draft standard")."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from consultations.documents.findings import Doubt, Place

KINDS = ("chapter", "section", "requirement", "annex", "definition")
NUMBERED_ONCE = ("chapter", "section", "requirement")
"""The kinds whose numbers may stand only once before a round goes to the Commission (facts.texts.CLAUSES)."""
REQUIREMENT_KINDS = ("core", "development", "progress")
MAX_APPLIES_TO = 300


@dataclass(frozen=True, slots=True)
class Node:
    """One numbered or titled piece of a standard; `place` says where it stood and does not count for equality.

    `position` is its rank in reading order, from 0. `requirement_kind` and `from_year` are only known when the
    document says so, and so is `applies_to`. Lines of `text` and `guidance` are separated by a newline.
    """

    kind: str
    number: str | None
    heading: str
    text: str
    guidance: str
    position: int
    place: Place = field(compare=False)
    requirement_kind: str | None = None
    from_year: int | None = None
    children: tuple["Node", ...] = ()
    applies_to: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the node and what lies below it for a JSON report."""
        names = ("kind", "number", "heading", "text", "guidance", "position", "requirement_kind", "from_year")
        names = (*names, "applies_to") if self.applies_to else names
        values: dict[str, Any] = {name: getattr(self, name) for name in names}
        values["place"] = self.place.to_dict()
        values["children"] = [child.to_dict() for child in self.children]
        return values


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole standard: text before the first chapter, and the top nodes."""

    preamble: str = ""
    nodes: tuple[Node, ...] = ()

    def walk(self) -> Iterator[tuple[Node, Node | None]]:
        """Yield every node with its parent (None at the top), in reading order."""
        stack: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(self.nodes)]
        while stack:
            node, parent = stack.pop()
            yield node, parent
            stack.extend((child, node) for child in reversed(node.children))


@dataclass(frozen=True, slots=True)
class Report:
    """What an import would make of a file: the tree and every doubt; `file_format` is docx or markdown."""

    tree: Tree
    doubts: tuple[Doubt, ...]
    file_format: str
    sha256: str

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of nodes, and of each kind, e.g. {"nodes": 52, "chapters": 5, …}."""
        kinds = Counter(node.kind for node, _ in self.tree.walk())
        return {
            "nodes": kinds.total(),
            **{f"{kind}s" if kind != "annex" else "annexes": kinds[kind] for kind in KINDS},
        }

    @property
    def repeated(self) -> dict[str, tuple[Place, ...]]:
        """Return the clause numbers that stand more than once, each with every place where it stands."""
        places: dict[str, list[Place]] = {}
        for node, _ in self.tree.walk():
            if node.number and node.kind in NUMBERED_ONCE:
                places.setdefault(node.number, []).append(node.place)
        return {number: tuple(found) for number, found in places.items() if len(found) > 1}

    def to_dict(self) -> dict[str, Any]:
        """Return the report for `--json`."""
        return {
            "format": self.file_format,
            "sha256": self.sha256,
            "counts": self.counts,
            "doubts": [doubt.to_dict() for doubt in self.doubts],
            "repeated": {number: [p.to_dict() for p in places] for number, places in self.repeated.items()},
            "preamble": self.tree.preamble,
            "nodes": [node.to_dict() for node in self.tree.nodes],
        }
