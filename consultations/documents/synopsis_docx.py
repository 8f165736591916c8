"""A synopsis as a Word document: real headings and lists, tables whose heads are repeated, and its language on every word."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docx import Document as NewPackage
from docx.document import Document as Package
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from consultations.documents.docx_paragraphs import saved, writable
from consultations.documents.synopsis_blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Side,
    Sides,
    Table,
)

BAR = 24  # characters on each side of a drawn bar
_LOCALES = {"es": "es-419", "en": "en-GB", "pt": "pt-BR", "fr": "fr-FR"}


def fingerprint(document: Document) -> str:
    """By which the DOCX of a document is known: of all that it is made from."""
    made_from = (Path(__file__).read_text(), version("python-docx"), repr(document))
    return hashlib.sha256("\0".join(made_from).encode(errors="surrogatepass")).hexdigest()


def write_docx(document: Document) -> bytes:
    """The DOCX of a synopsis."""
    package = NewPackage()
    _describe(package, document)
    package.add_paragraph(writable(document.title), style="Title")
    writer = _Writer(package)
    for block in document.blocks:
        writer.add(block)
    return saved(package)


class _Writer:
    """Appends blocks; paragraphs as elements of their own, because python-docx looks each style up by its name."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = {style.name: style.style_id for style in package.styles}
        self._end = package.element.body.sectPr
        self._numbering = package.part.numbering_part.element
        self._ordered = self._abstract("List Number")
        self._last_number = max(number.numId for number in self._numbering.num_lst)
        self._write: dict[type, Callable[[Any], None]] = {
            Heading: self._heading, Paragraph: self._paragraph, Items: self._items, Table: self._table, Sides: self._sides,
        }  # fmt: skip

    def add(self, block: Block) -> None:
        self._write[type(block)](block)

    def _heading(self, block: Heading) -> None:
        self._append(block.words, f"Heading {min(block.level, 9)}")

    def _paragraph(self, block: Paragraph) -> None:
        self._append(block.words, "Normal", block.language, italic=block.soft)

    def _items(self, block: Items) -> None:
        for place, words in enumerate(block.items):
            paragraph = self._append(words, "List Number" if block.ordered else "List Bullet", block.language)
            if block.ordered:
                self._number(paragraph, first=place == 0)

    def _table(self, block: Table) -> None:
        self._append(block.caption, "Caption")
        self._rows(block.caption, block.heads, block.rows, block.numbers)
        if block.counted:
            self._append(block.counted, "Normal", italic=True)

    def _sides(self, block: Sides) -> None:
        """The bars are drawn with characters; the figures beside them say the same."""
        span = max([1, *(one for row in block.rows for one in (row.against, row.favour) if one)])
        heads = (block.heads[0], block.heads[1], f"◀ {block.heads[1]} | {block.heads[2]} ▶", *block.heads[2:])
        rows = [_side(row, span) for row in block.rows]
        self._append(block.caption, "Caption")
        self._rows(block.caption, heads, rows, (1, 3, 4))
        if block.counted:
            self._append(block.counted, "Normal", italic=True)

    def _append(self, words: str, style: str, language: str = "", *, italic: bool = False) -> Any:
        paragraph = _paragraph(words, self._styles[style], language, italic=italic)
        self._end.addprevious(paragraph)
        return paragraph

    def _rows(
        self, caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]], numbers: tuple[int, ...]
    ) -> None:
        heads = tuple(heads)
        table = self._package.add_table(rows=1, cols=len(heads), style="Table Grid")
        _describe_table(table, caption)
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(writable(words)).bold = True
        _repeat(table.rows[0])
        for row in rows:
            table._tbl.append(_row(tuple(row), numbers))
        self._package.add_paragraph()

    def _number(self, paragraph: Any, *, first: bool) -> None:
        """Each ordered list begins at one: a number of its own on the style's abstract numbering."""
        if first:
            self._last_number += 1
            self._numbering.append(_restarted(self._last_number, self._ordered))
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._last_number

    def _abstract(self, style_name: str) -> int:
        style = next(style for style in self._package.styles if style.name == style_name)
        num_id = style.element.pPr.numPr.numId.val
        return int(next(n for n in self._numbering.num_lst if n.numId == num_id).abstractNumId.val)


def _restarted(number: int, abstract: int) -> Any:
    """w:num that begins at one again."""
    made, of, override, start = (
        OxmlElement(name) for name in ("w:num", "w:abstractNumId", "w:lvlOverride", "w:startOverride")
    )
    made.set(qn("w:numId"), str(number))
    of.set(qn("w:val"), str(abstract))
    override.set(qn("w:ilvl"), "0")
    start.set(qn("w:val"), "1")
    override.append(start)
    made.append(of)
    made.append(override)
    return made


def _side(row: Side, span: int) -> tuple[str, ...]:
    left, right = BAR * row.against // span, BAR * row.favour // span
    return (row.name, str(row.against), f"{'█' * left}|{'▒' * right}", str(row.favour), str(row.neutral))


def _paragraph(words: str, style_id: str, language: str = "", *, italic: bool = False) -> Any:
    paragraph, properties, named = OxmlElement("w:p"), OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    named.set(qn("w:val"), style_id)
    properties.append(named)
    paragraph.append(properties)
    run = OxmlElement("w:r")
    if italic or language:
        told = OxmlElement("w:rPr")
        if italic:
            told.append(OxmlElement("w:i"))
        if language:
            told.append(_language(language))
        run.append(told)
    text = OxmlElement("w:t")
    text.text = writable(words)
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    paragraph.append(run)
    return paragraph


def _row(cells: tuple[str, ...], numbers: tuple[int, ...]) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    row.append(properties)
    for place, words in enumerate(cells):
        cell, paragraph = OxmlElement("w:tc"), _paragraph(words, "Normal")
        if place in numbers:
            side = OxmlElement("w:jc")
            side.set(qn("w:val"), "right")
            paragraph.pPr.append(side)
        cell.append(paragraph)
        row.append(cell)
    return row


def _repeat(row: Any) -> None:
    """The head of a table, again on every page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _describe_table(table: Any, caption: str) -> None:
    """Its alternative text, for who does not see it."""
    for name in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(name)
        said.set(qn("w:val"), writable(caption))
        table._tbl.tblPr.append(said)


def _describe(package: Package, document: Document) -> None:
    properties = package.core_properties
    properties.title, properties.author, properties.comments = writable(document.title)[:255], "Plenaria", ""
    properties.language, properties.subject = _locale(document.language), document.subject[:255]
    frozen = datetime.combine(date.fromisoformat(document.date), datetime.min.time(), tzinfo=UTC)
    properties.created = properties.modified = frozen.replace(tzinfo=None)
    defaults = package.styles.element.find(qn("w:docDefaults"))
    told = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in told.findall(qn("w:lang")):
        told.remove(old)
    told.append(_language(document.language))
    package.styles["Normal"].paragraph_format.space_after = Pt(6)


def _language(code: str) -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _locale(code))
    return language


def _locale(code: str) -> str:
    return _LOCALES.get(code, code)
