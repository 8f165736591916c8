"""A synopsis as a tagged PDF (PDF/UA-1, which typst's compiler checks): the words go to synopsis.typ as data, never as markup.

PDF/UA refuses a character that no font can draw, and an emoji in one comment would refuse the whole: such characters are
written as a square. The fonts are typst's own, whatever is installed: the same synopsis is the same file everywhere.
"""

import hashlib
import json
import re
from functools import singledispatch
from importlib.metadata import version
from pathlib import Path
from typing import Any

from consultations.documents.synopsis_blocks import Document, Heading, Items, Paragraph, Side, Sides, Table

TEMPLATE = Path(__file__).with_name("synopsis.typ")
SQUARE = "□"
BREAK = "\u200b"
_LONG = re.compile(r"\S{40,}")
# What the three fonts of the template can draw, found by trying every character of the blocks named here: Latin with all
# its marks, modifiers, Greek, Cyrillic, punctuation, currencies, letterlike, arrows, mathematics, shapes, ticks.
_DRAWN = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u02ff\u0300-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u1e00-\u1eff\u2000-\u2027\u202f-\u2040\u2042\u2044-\u2052\u2054-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20bf"
    "\u2100-\u211e\u2120\u2122\u2124\u2126-\u2151\u2153-\u2184\u2190-\u22ff\u25a0-\u25ff\u2713\u2717]"
)


def write_pdf(document: Document) -> bytes:
    """The PDF of a synopsis. Raises typst.TypstError when typst finds it to break PDF/UA, which would be our fault."""
    import typst  # 80 MB: only where a PDF is made

    inputs = {"document": _inputs(document)}
    made = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs=inputs, pdf_standards=["ua-1"], ignore_system_fonts=True
    )
    return bytes(made)


def fingerprint(document: Document) -> str:
    """By which the PDF of a document is known: of all that it is made from."""
    made_from = (TEMPLATE.read_text(), version("typst"), _inputs(document))
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()


def _inputs(document: Document) -> str:
    told = {
        "title": drawable(document.title), "language": document.language, "date": document.date,
        "subject": document.subject, "blocks": [_block(block, document) for block in document.blocks],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def drawable(text: str) -> str:
    """The text with a square for every character that the fonts cannot draw; a word too long for a line may be broken."""
    drawn = _DRAWN.sub(SQUARE, text.replace("\t", " ").replace("\r", ""))
    return _LONG.sub(lambda found: BREAK.join(re.findall(r"\S{1,16}", found[0])), drawn)


@singledispatch
def _block(block: Any, document: Document) -> dict[str, Any]:
    raise TypeError(type(block))


@_block.register
def _(block: Heading, document: Document) -> dict[str, Any]:
    """The comments of the annex would make the table of contents longer than the rest: they are left out of it."""
    level = min(block.level, 4)
    return {"kind": "heading", "level": level, "words": drawable(block.words), "outlined": bool(block.anchor) or level == 1}  # fmt: skip


@_block.register
def _(block: Paragraph, document: Document) -> dict[str, Any]:
    return {"kind": "paragraph", "words": drawable(block.words), "language": block.language, "soft": block.soft}  # fmt: skip


@_block.register
def _(block: Items, document: Document) -> dict[str, Any]:
    items = [drawable(item) for item in block.items]
    return {"kind": "items", "items": items, "ordered": block.ordered, "language": block.language}


@_block.register
def _(block: Table, document: Document) -> dict[str, Any]:
    rows = [[drawable(cell) for cell in row] for row in block.rows]
    return _table(block.caption, block.heads, rows, block.numbers, block.counted)


@_block.register
def _(block: Sides, document: Document) -> dict[str, Any]:
    figures = [one for row in block.rows for one in (row.against, row.favour)]
    heads = (block.heads[0], block.heads[1], "", *block.heads[2:])
    heads = (*heads[:2], f"← {block.heads[1]} | {block.heads[2]} →", *heads[3:])
    rows = [_side(row, max([1, *figures])) for row in block.rows]
    return {**_table(block.caption, heads, rows, (1, 3, 4), block.counted), "columns": [2, 0, 2, 0, 0]}


def _side(row: Side, span: int) -> list[Any]:
    """The bar's lengths in thousandths of its side."""
    bar = {"against": 1000 * row.against // span, "favour": 1000 * row.favour // span}
    return [drawable(row.name), str(row.against), bar, str(row.favour), str(row.neutral)]


def _table(caption: str, heads: Any, rows: list[Any], numbers: tuple[int, ...], counted: str) -> dict[str, Any]:  # fmt: skip
    columns = [0 if place in numbers else 1 for place in range(len(heads))]
    return {
        "kind": "table", "caption": drawable(caption), "heads": [drawable(head) for head in heads], "rows": rows,
        "numbers": list(numbers), "counted": drawable(counted), "columns": columns,
    }  # fmt: skip
