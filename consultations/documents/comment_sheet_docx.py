"""Comment sheets in DOCX: the body's tables, with the headings that the pages show above them.

The 2012-03 form keeps its headings in the page header and data from the first row of the body. Its file also carries
a first-page header with the older 7-column form, which is shown only if the section says so (w:titlePg).
"""

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.section import Section
from lxml import etree

from consultations.documents.characters import clean, has_override
from consultations.documents.comment_sheet_grid import MAX_ROWS, Cell, Grid, GridReader, Line
from consultations.documents.docx_numbering import Numbering
from consultations.documents.docx_package import open_package
from consultations.documents.docx_styles import Style, read_styles
from consultations.documents.docx_tables import (
    content,
    goes_on,
    is_deleted,
    is_inserted,
    left_out,
    span,
    value,
)
from consultations.documents.docx_text import ParagraphText
from consultations.documents.findings import Doubt, refuse

_EMPTY = Cell()
_P, _TBL, _TR, _TC, _CHUNK, _P_PR = (
    qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc", "w:altChunk", "w:pPr")
)

_DELETED_MARK = f"{_P_PR}/{qn('w:rPr')}/{qn('w:del')}"
"""A paragraph whose end is a tracked deletion goes on in the next one."""


def read_docx_sheet(data: bytes, reader: GridReader) -> None:
    """Read every table of comments of a DOCX into the reader. Raises FileRefused."""
    package = open_package(data)
    # The form as it is handed out names the template of whoever made it: nothing of the sheet lies there.
    reader.doubts += [doubt for doubt in package.doubts if doubt.params.get("kind") != "attachedTemplate"]
    document = package.document
    texts = _CellTexts(document)
    headings = _page_headings(document, texts)
    found = False
    for index, (table, section) in enumerate(_tables(document.element.body), 1):
        rows = list(_rows(table))
        if len(rows) > MAX_ROWS:
            raise refuse("too_many_rows", limit=MAX_ROWS)
        above = headings[min(section, len(headings) - 1)] if headings else ()
        if reader.read(Grid(index, _lines(rows, texts), above)):
            found = True
        else:
            reader.doubts.append(Doubt("table_ignored", None, {"index": index}))
    if not found:
        raise refuse("no_comment_table")


def _tables(body: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Yield the tables of the body with the section they stand in, from 0; of a table that frames others, those."""
    section = 0
    for element in content(body):
        if element.tag == _P:
            section += element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        elif element.tag == _TBL:
            for table in _unframed(element):
                yield table, section


def _unframed(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the table, or the tables inside it where it is only a frame: no row of it has more than two cells."""
    inner = [one for row in _rows(table) for cell in _cells(row) for one in content(cell) if one.tag == _TBL]
    if not inner or any(len(list(_cells(row))) > MOST_CELLS_OF_A_FRAME for row in _rows(table)):
        yield table
        return
    for one in inner:
        yield from _unframed(one)


MOST_CELLS_OF_A_FRAME = 2


def _page_headings(document: Document, texts: "_CellTexts") -> list[tuple[tuple[str, ...], ...]]:
    """Return the headings in the page headers of each section. Raises FileRefused for parts that are not what they say."""
    try:
        return [_headings(document, section, texts) for section in document.sections]
    except (KeyError, ValueError, AttributeError, InvalidXmlError):
        raise refuse("damaged_document") from None


def _headings(document: Document, section: Section, texts: "_CellTexts") -> tuple[tuple[str, ...], ...]:
    """Return the rows of the tables in the headers that this section's pages show, those of most pages first."""
    shown = [section.header]
    if document.settings.odd_and_even_pages_header_footer:
        shown.append(section.even_page_header)
    if section.different_first_page_header_footer:
        shown.append(section.first_page_header)
    tables = [table._tbl for header in shown for table in header.tables]
    lines = [line for table in tables for line in _lines(list(_rows(table)), texts)]
    return tuple(tuple(clean(text) for text in line.texts) for line in lines)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in content(table) if row.tag == _TR)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in content(row) if cell.tag == _TC)


def _lines(rows: list[etree._Element], texts: "_CellTexts") -> tuple[Line, ...]:
    lines: list[Line] = []
    above: tuple[Cell, ...] = ()
    for number, row in enumerate(rows, 1):
        if is_deleted(row):
            continue
        line = _line(number, row, above, texts)
        above = line.cells
        lines.append(line)
    return tuple(lines)


def _line(number: int, row: etree._Element, above: tuple[Cell, ...], texts: "_CellTexts") -> Line:
    """Return a row with a cell for each column: a merged cell's text in its first one, one from above again."""
    cells = [_EMPTY] * left_out(row)
    given = list(_cells(row))
    for cell in given:
        width, at = span(cell), len(cells)
        doubts = ("merged_beside",) if width > 1 else ()
        if goes_on(cell):
            upper = above[at].text if at < len(above) else ""
            cells.append(Cell(upper, (), (*doubts, *(("merged_above",) if upper else ())), carried=True))
        else:
            text, odd = texts.read(cell)
            cells.append(Cell(text, (), (*odd, *(doubts if text else ()))))
        cells += [_EMPTY] * (width - 1)
    if is_inserted(row) and cells:
        cells[0] = Cell(cells[0].text, (), (*cells[0].doubts, "tracked_insertion"), cells[0].carried)
    return Line(number, tuple(cells), spans=len(given) == 1 and len(cells) > 1)


class _CellTexts:
    """Reads cells as a reader of the accepted document sees them, with automatic numbers and what was left out."""

    def __init__(self, document: Document) -> None:
        self._styles, self._default = read_styles(document.styles.element)
        self._numbering = Numbering(_numbering(document), self._styles)
        self._text = ParagraphText(self._styles)

    def read(self, cell: etree._Element) -> tuple[str, tuple[str, ...]]:
        """Return the text, a line for each paragraph, and the codes of the doubts, each once."""
        lines: list[str] = []
        codes: list[str] = []
        is_joined = False
        for element in content(cell):
            if element.tag == _TBL:
                codes.append("nested_table")
            elif element.tag == _CHUNK:
                codes.append("embedded_ignored")
            paragraphs = element.iter(_P) if element.tag != _CHUNK else ()
            for paragraph in paragraphs:
                text, odd = self._paragraph(paragraph)
                lines[-1:] = [clean(f"{lines[-1]} {text}")] if is_joined else [*lines[-1:], text]
                is_joined = paragraph.find(_DELETED_MARK) is not None
                codes += [*odd, *(["tracked_deletion"] if is_joined else [])]
        return "\n".join(line for line in lines if line), tuple(dict.fromkeys(codes))

    def _paragraph(self, paragraph: etree._Element) -> tuple[str, list[str]]:
        raw, codes = self._text.read(paragraph)
        properties = paragraph.find(_P_PR)
        named = None if properties is None else value(properties, "w:pStyle")
        style = self._styles.get(named or self._default, Style(named or self._default))
        label = self._label(properties, style)
        if has_override(raw):
            codes.append("direction_override")
        if style.is_hidden and raw.strip():
            return "", [*codes, "hidden_text"]
        text = clean(raw)
        return (f"{label} {text}" if label and text else text), codes

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        own = None if properties is None else properties.find(qn("w:numPr"))
        num_id, level = (None, None) if own is None else (value(own, "w:numId"), value(own, "w:ilvl"))
        label = self._numbering.label(num_id, int(level) if level and level.isdigit() else None, style)
        return label.text if label else ""


def _numbering(document: Document) -> etree._Element | None:
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except (KeyError, AttributeError):
        return None
