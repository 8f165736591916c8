"""A standard's tree as Markdown that reads well and reads back to the same tree (consultation-model.md)."""

import re
from urllib.parse import quote

from consultations.documents.standard_markdown import FORMAT_LINE
from consultations.documents.standard_tree import Node, Tree

DEEPEST_HEADING = 6
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|])")
_AT_START = re.compile(r"^(?=[#+\-=~:])|^(\d{1,9})(?=[.)])")


def write_markdown(tree: Tree) -> str:
    """Return the tree as Markdown; `read_standard` of its UTF-8 bytes gives an equal tree."""
    parts = [f"---\n{FORMAT_LINE}\n---", *_paragraphs(tree.preamble)]
    for node in tree.nodes:
        parts += _node(node, 1)
    return "\n\n".join(parts) + "\n"


def _node(node: Node, level: int) -> list[str]:
    parts = [_heading(node, level), *_paragraphs(node.text)]
    guidance = _paragraphs(node.guidance)
    if guidance:
        parts.append("\n>\n".join(f"> {line}" for line in guidance))
    for child in node.children:
        parts += _node(child, level + 1)
    return parts


def _heading(node: Node, level: int) -> str:
    marks = [f".{node.kind}"]
    marks += [f".{node.requirement_kind}"] if node.requirement_kind else []
    marks += [f"year={node.from_year}"] if node.from_year is not None else []
    marks += [f"level={level}"] if level > DEEPEST_HEADING else []
    marks += [f"applies={_without_blanks(node.applies_to)}"] if node.applies_to else []
    number = [f"`{node.number}`"] if node.number else []
    heading = [_escaped(node.heading)] if node.heading else []
    return " ".join(["#" * min(level, DEEPEST_HEADING), *number, *heading, "{" + " ".join(marks) + "}"])


def _paragraphs(text: str) -> list[str]:
    return [_escaped(line) for line in text.split("\n") if line]


def _without_blanks(text: str) -> str:
    """As in an address: blanks, braces and the per cent sign by their codes."""
    return _escaped(re.sub(r"[\s%{}=]", lambda mark: quote(mark[0]), text))


def _escaped(line: str) -> str:
    line = _SPECIAL.sub(r"\\\1", line)
    return _AT_START.sub(lambda m: f"{m[1]}\\" if m[1] else "\\", line)
