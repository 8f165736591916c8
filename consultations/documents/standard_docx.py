"""A standard in DOCX: headings by outline level, numbers typed or automatic, tables; to blocks for the builder."""

from dataclasses import replace

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from consultations.documents.characters import clean, has_override
from consultations.documents.docx_numbering import Label, Numbering
from consultations.documents.docx_package import open_package
from consultations.documents.docx_styles import Style, read_styles
from consultations.documents.docx_tables import content, is_deleted, is_merged, value
from consultations.documents.docx_text import ParagraphText
from consultations.documents.findings import Doubt, Place, refuse
from consultations.documents.numbering import recognise, recognise_annex
from consultations.documents.standard_blocks import Block
from consultations.documents.standard_docx_literal import literal_block
from consultations.documents.standard_tables import Row, TableReader

MAX_PARAGRAPHS = 100_000


def read_docx(data: bytes) -> tuple[list[Block], list[Doubt]]:
    """Return the blocks and doubts of a DOCX; raise FileRefused."""
    package = open_package(data)
    reader = _Reader(package.document.styles.element, _numbering(package.document.part))
    body = package.document.element.body
    if sum(1 for _ in body.iter(qn("w:p"))) > MAX_PARAGRAPHS:
        raise refuse("too_many_paragraphs", limit=MAX_PARAGRAPHS)
    blocks = reader.read(body)
    return blocks, [*package.doubts, *reader.doubts]


def _numbering(part: object) -> etree._Element | None:
    try:
        return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except (KeyError, AttributeError):
        return None


class _Reader:
    def __init__(self, styles: etree._Element, numbering: etree._Element | None) -> None:
        self.styles, self.default = read_styles(styles)
        self.numbering = Numbering(numbering, self.styles)
        self.text = ParagraphText(self.styles)
        self.doubts: list[Doubt] = []
        self.paragraphs = 0
        self.tables = 0

    def read(self, body: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        for element in content(body):
            if element.tag == qn("w:tbl"):
                blocks += self._table(element)
            elif element.tag == qn("w:altChunk"):
                self.doubts.append(Doubt("embedded_ignored", Place("paragraph", self.paragraphs)))
            else:
                self.paragraphs += 1
                block = self._paragraph(element, Place("paragraph", self.paragraphs))
                blocks += [block] if block else []
        if self.text.is_open:
            self.doubts.append(Doubt("unclosed_field", Place("paragraph", self.paragraphs)))
        return blocks

    def _style(self, paragraph: etree._Element) -> Style:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style_id = self.default if named is None else named.get(qn("w:val"), "")
        return self.styles.get(style_id, Style(style_id))

    def _plain(self, paragraph: etree._Element, place: Place, style: Style) -> str:
        raw, codes = self.text.read(paragraph)
        self.doubts += [Doubt(code, place) for code in codes]
        if has_override(raw):
            self.doubts.append(Doubt("direction_override", place))
        if style.is_hidden and raw.strip():
            self.doubts.append(Doubt("hidden_text", place))
            return ""
        return clean(raw)

    def _paragraph(self, paragraph: etree._Element, place: Place) -> Block | None:
        style = self._style(paragraph)
        text = self._plain(paragraph, place, style)
        if style.is_contents:
            return None
        properties = paragraph.find(qn("w:pPr"))
        label = self._label(properties, style)
        if not text:
            return None
        if ours := literal_block(paragraph, style.style_id, place, text, _outline(properties, style)):
            return ours
        if style.is_title:
            self.doubts.append(Doubt("title_ignored", place, {"text": text[:60]}))
            return None
        block = Block(place, text, _outline(properties, style), is_guidance=style.is_guidance)
        return self._with_label(block, label) if label else block

    def _label(self, properties: etree._Element | None, style: Style) -> Label | None:
        own = None if properties is None else properties.find(qn("w:numPr"))
        num_id = None if own is None else value(own, "w:numId")
        level = None if own is None else value(own, "w:ilvl")
        return self.numbering.label(num_id, int(level) if level and level.isdigit() else None, style)

    def _with_label(self, block: Block, label: Label) -> Block:
        if block.level is not None and (annex := recognise_annex(label.text)) and annex.number:
            return replace(block, number=annex.number, kind="annex")
        if not label.is_bullet and not label.is_decimal:
            self.doubts.append(Doubt("automatic_number_not_decimal", block.place, {"number": label.text}))
        found = recognise(label.text)
        if label.is_bullet and block.level is not None:
            return block
        if found.number and not found.rest and (block.level is not None or not found.number.is_single):
            return replace(block, number=found.number)
        if block.level is not None:
            return block
        if recognise(block.text).number:
            return block
        automatic = "" if label.is_bullet or not label.is_decimal else label.text
        return replace(block, text=f"{label.text} {block.text}", is_item=True, automatic=automatic)

    def _table(self, table: etree._Element) -> list[Block]:
        self.tables += 1
        index, reader = self.tables, TableReader()
        rows = [row for row in content(table) if row.tag == qn("w:tr")]
        blocks = reader.read(
            [self._row(row, Place("row", number, index)) for number, row in enumerate(rows, 1)]
        )
        self.doubts += reader.doubts
        return blocks

    def _row(self, row: etree._Element, place: Place) -> Row:
        if is_deleted(row):
            self.doubts.append(Doubt("tracked_deletion", place))
            return Row((), place)
        cells = [cell for cell in content(row) if cell.tag == qn("w:tc")]
        texts = [self._cell(cell, place, is_first=cell is cells[0]) for cell in cells]
        merged = any(is_merged(cell) for cell in cells)
        return Row(
            tuple(texts), place, merged, merged and len([text for text in texts if text]) == len(texts) == 1
        )

    def _cell(self, cell: etree._Element, place: Place, *, is_first: bool) -> str:
        lines = []
        for element in content(cell):
            if element.tag == qn("w:tbl"):
                self.doubts.append(Doubt("nested_table", place))
                lines += [self._cell_paragraph(p, place) for p in element.iter(qn("w:p"))]
            elif element.tag == qn("w:p"):
                lines.append(self._cell_paragraph(element, place, may_number=is_first))
        return "\n".join(line for line in lines if line)

    def _cell_paragraph(self, paragraph: etree._Element, place: Place, *, may_number: bool = False) -> str:
        """The text with the number Word shows before it, which is one of the standard only in the first cell."""
        style = self._style(paragraph)
        label = self._label(paragraph.find(qn("w:pPr")), style)
        text = self._plain(paragraph, place, style)
        if label is None:
            return text
        if text and not label.is_bullet and not may_number:
            self.doubts.append(Doubt("automatic_list_kept", place, {"number": label.text}))
        return f"{label.text} {text}".strip()


def _outline(properties: etree._Element | None, style: Style) -> int | None:
    own = None if properties is None else value(properties, "w:outlineLvl")
    if own and own.isdigit():
        return int(own) + 1 if int(own) < 9 else None
    return style.level
