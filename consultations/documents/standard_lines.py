"""A standard's clauses as the paragraphs of our DOCX: one heading line each, then its text and its guidance."""

from collections.abc import Iterator
from dataclasses import dataclass

from consultations.documents.docx_paragraphs import (
    DEEPEST_STYLE,
    GUIDANCE,
    MARKS,
    NUMBER,
    TEXT,
    Run,
    heading_style,
)
from consultations.documents.standard_marks import Marks, written
from consultations.documents.standard_tree import Node


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: the id of its style and its runs."""

    style: str
    runs: tuple[Run, ...]


def heading_line(number: str, heading: str, marks: Marks, level: int, language: str) -> Line:
    """The line that opens a clause: its number, its heading, and the marks that are read back."""
    if level > DEEPEST_STYLE:
        marks = Marks(marks.kind, marks.requirement_kind, marks.from_year, level, marks.applies_to)
    runs = (
        Run(number, NUMBER),
        Run(" " if number and heading else ""),
        Run(heading),
        Run(f"  {written(marks, language)}", MARKS),
    )
    return Line(heading_style(level), tuple(run for run in runs if run.text))


def text_lines(text: str, style: str = TEXT) -> Iterator[Line]:
    """A paragraph for each line of a text."""
    return (Line(style, (Run(line),)) for line in text.split("\n") if line)


def guidance_lines(text: str) -> Iterator[Line]:
    """A paragraph for each line of the guidance."""
    return text_lines(text, GUIDANCE)


def node_lines(node: Node, level: int, language: str) -> Iterator[Line]:
    """The paragraphs of a node and of what lies below it."""
    marks = Marks(node.kind, node.requirement_kind, node.from_year, None, node.applies_to)
    yield heading_line(node.number or "", node.heading, marks, level, language)
    yield from text_lines(node.text)
    yield from guidance_lines(node.guidance)
    for child in node.children:
        yield from node_lines(child, level + 1, language)
