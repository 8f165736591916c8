"""The parts of a DOCX in reading order: paragraphs, tables, rows and cells, through controls and accepted insertions."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

_SDT, _TC_PR, _TR_PR, _SPAN, _BEFORE, _VAL = (
    qn(name) for name in ("w:sdt", "w:tcPr", "w:trPr", "w:gridSpan", "w:gridBefore", "w:val")
)
_MERGE, _DELETED, _INSERTED = (
    f"{_TC_PR}/{qn('w:vMerge')}",
    f"{_TR_PR}/{qn('w:del')}",
    f"{_TR_PR}/{qn('w:ins')}",
)
_WRAPPERS = {qn(name) for name in ("w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")}
_PARTS = {qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc", "w:altChunk")}


def content(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs, tables, rows or cells, through content controls and accepted insertions, without a TOC."""
    for child in parent:
        if child.tag == _SDT:
            if not _is_contents(child):
                yield from content(child)
        elif child.tag in _WRAPPERS:
            yield from content(child)
        elif child.tag in _PARTS:
            yield child


def is_merged(cell: etree._Element) -> bool:
    """Tell whether the cell is joined with one above, below or beside it."""
    properties = cell.find(_TC_PR)
    if properties is None:
        return False
    joined = any(properties.find(qn(name)) is not None for name in ("w:vMerge", "w:hMerge"))
    return joined or span(cell) > 1


def span(cell: etree._Element) -> int:
    """Return over how many columns of the table the cell goes."""
    properties = cell.find(_TC_PR)
    told = None if properties is None else _told(properties, _SPAN)
    return min(int(told), MAX_SPAN) if told and told.isdigit() and int(told) > 0 else 1


def goes_on(cell: etree._Element) -> bool:
    """Tell whether the cell is the continuation of the one above (vMerge without "restart")."""
    merge = cell.find(_MERGE)
    return merge is not None and merge.get(_VAL, "continue") == "continue"


def is_deleted(row: etree._Element) -> bool:
    """Tell whether the row is a tracked deletion."""
    return row.find(_DELETED) is not None


def is_inserted(row: etree._Element) -> bool:
    """Tell whether the row is a tracked insertion."""
    return row.find(_INSERTED) is not None


def left_out(row: etree._Element) -> int:
    """Return how many columns of the table are left out before the row's first cell."""
    properties = row.find(_TR_PR)
    told = None if properties is None else _told(properties, _BEFORE)
    return min(int(told), MAX_SPAN) if told and told.isdigit() else 0


def value(element: etree._Element, name: str) -> str | None:
    """Return w:val of a child element, None without one."""
    return _told(element, qn(name))


def _told(element: etree._Element, tag: str) -> str | None:
    found = element.find(tag)
    return None if found is None else found.get(_VAL)


MAX_SPAN = 63
"""The most columns a table of Word has."""


def _is_contents(control: etree._Element) -> bool:
    galleries = control.findall(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return any("table of" in gallery.get(qn("w:val"), "").casefold() for gallery in galleries)
