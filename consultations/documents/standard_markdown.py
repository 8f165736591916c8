"""A standard in Markdown: headings, numbered paragraphs, lists, quotations (guidance) and tables; HTML stays text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consultations.documents.characters import clean_line, has_override
from consultations.documents.findings import Doubt, Place, refuse
from consultations.documents.numbering import Number, has_parts, recognise
from consultations.documents.safe_files import decode_utf8
from consultations.documents.standard_blocks import Block
from consultations.documents.standard_tables import Row, TableReader
from consultations.documents.standard_tree import KINDS, MAX_APPLIES_TO, REQUIREMENT_KINDS

MAX_MARKDOWN_BYTES = 1024 * 1024
"""A standard of 24,000 words has 0.2 MB; parsing hostile Markdown takes seconds per MB."""

FORMAT_LINE = "plenaria-format: 1"
_FRONT = re.compile(r"\A---[ \t]*\n(?P<body>(?:.*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ATTRIBUTES = re.compile(r"\s*\{(?P<items>[^{}]*)\}\s*\Z")
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def read_markdown(data: bytes) -> tuple[list[Block], list[Doubt]]:
    """Return the blocks and doubts of a Markdown file; raise FileRefused."""
    if len(data) > MAX_MARKDOWN_BYTES:
        raise refuse("text_file_too_large", limit=MAX_MARKDOWN_BYTES // (1024 * 1024))
    text = decode_utf8(data).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front:
        # Blank lines instead of the front matter keep the line numbers of the rest.
        text = "\n" * front[0].count("\n") + text[front.end() :]
    literal = bool(front) and FORMAT_LINE in front["body"].splitlines()  # type: ignore[index]
    reader = _Reader(literal)
    reader.read(_PARSER.parse(text))
    return reader.blocks, reader.doubts


class _Reader:
    def __init__(self, literal: bool) -> None:
        self.literal = literal
        self.blocks: list[Block] = []
        self.doubts: list[Doubt] = []
        self.tables = 0
        self._items: list[str] = []
        self._quotes = 0

    def read(self, tokens: Sequence[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[index:end])
                index = end
            elif token.type == "inline":
                self._inline(token, tokens[index - 1])
            else:
                self._other(token)
            index += 1

    def _other(self, token: Token) -> None:
        if token.type in ("blockquote_open", "blockquote_close"):
            self._quotes += token.nesting
        elif token.type == "list_item_open":
            self._items.append(f"{token.info}. " if token.info else "- ")
        elif token.type == "list_item_close":
            self._items.pop()
        elif token.type in ("fence", "code_block"):
            self._add(Block(_place(token), token.content, is_item=True))

    def _inline(self, token: Token, opening: Token) -> None:
        place = _place(token)
        if opening.type == "heading_open":
            level = int(opening.tag[1])
            block = Block(place, self._text(token, place), level)
            self._add(self._literal_heading(block, token) if self.literal else block)
            return
        lines = [line for line in self._text(token, place, "\n").split("\n") if line.strip()]
        text = self._text(token, place, " ", quiet=True)
        if len(lines) > 1 and not self.literal and has_parts(lines[0]) and any(map(has_parts, lines[1:])):
            for line_index, line in enumerate(_joined(lines)):
                self._paragraph(replace(place, index=place.index + line_index), line)
        else:
            self._paragraph(place, text)

    def _paragraph(self, place: Place, text: str) -> None:
        item = self._items[-1] if self._items else ""
        if item and not has_parts(text):
            text = item + text
        # Only the first paragraph of an item carries its mark.
        if self._items:
            self._items[-1] = ""
        self._add(Block(place, text, is_item=bool(self._items), is_guidance=self._quotes > 0))

    def _add(self, block: Block) -> None:
        self.blocks.append(replace(block, is_literal=self.literal))

    def _text(self, token: Token, place: Place, soft: str = " ", *, quiet: bool = False) -> str:
        parts = []
        for child in token.children or []:
            if child.type == "image" and not quiet:
                self.doubts.append(Doubt("image_ignored", place))
            parts.append({"softbreak": soft, "hardbreak": "\n"}.get(child.type, child.content))
        if has_override(token.content) and not quiet:
            self.doubts.append(Doubt("direction_override", place))
        return "".join(parts)

    def _literal_heading(self, block: Block, token: Token) -> Block:
        """Read '### `1.2.1` Title {.requirement .core year=2}', which our export writes."""
        attributes = _ATTRIBUTES.search(block.text)
        if not attributes:
            return replace(block, heading=block.text, text="", kind="section")
        items = attributes["items"].split()
        names = [item[1:] for item in items if item.startswith(".")]
        values = dict(item.split("=", 1) for item in items if "=" in item)
        title, number = block.text[: attributes.start()], None
        first = next((child for child in token.children or [] if child.type != "text" or child.content), None)
        if first is not None and first.type == "code_inline":
            number = _literal_number(first.content)
            title = title[len(first.content) :]
        return replace(
            block,
            text="",
            heading=title.strip(),
            number=number,
            level=_small(values.get("level")) or block.level,
            kind=next((name for name in names if name in KINDS), "section"),
            requirement_kind=next((name for name in names if name in REQUIREMENT_KINDS), None),
            from_year=_small(values.get("year")),
            applies_to=clean_line(unquote(values.get("applies", "")))[:MAX_APPLIES_TO],
        )

    def _table(self, tokens: Sequence[Token]) -> None:
        self.tables += 1
        rows: list[tuple[Place, list[str]]] = []
        for token in tokens:
            if token.type == "tr_open":
                line = token.map[0] + 1 if token.map else 1
                rows.append((Place("row", len(rows) + 1, self.tables), []))
                if token.map:
                    rows[-1] = (Place("line", line), [])
            elif token.type == "inline":
                rows[-1][1].append(self._text(token, rows[-1][0]))
        reader = TableReader()
        self.blocks += reader.read(Row(tuple(cells), place) for place, cells in rows)
        self.doubts += reader.doubts


def _joined(lines: Sequence[str]) -> list[str]:
    """Join wrapped lines to the numbered line they belong to; '' keeps the count of lines right."""
    joined: list[str] = []
    start = 0
    for index, line in enumerate(lines):
        if has_parts(line):
            start = index
            joined.append(line)
        else:
            joined[start] += f" {line}"
            joined.append("")
    return joined


def _place(token: Token) -> Place:
    return Place("line", token.map[0] + 1 if token.map else 1)


def _literal_number(text: str) -> Number:
    found = recognise(text)
    return replace(found.number, text=text) if found.number and not found.rest else Number(text, text, ())


def _small(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,2}", text) else None
