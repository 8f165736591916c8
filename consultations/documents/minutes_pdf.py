"""Minutes as a tagged PDF (PDF/UA-1, which typst's compiler checks), with their figures attached as canonical JSON."""

import hashlib
import json
from functools import singledispatch
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask_babel import gettext

from consultations.documents.kept_files import kept
from consultations.documents.minutes_blocks import Minutes, Threshold
from consultations.documents.synopsis_blocks import Heading, Items, Paragraph, Table
from consultations.documents.synopsis_pdf import drawable
from workflows.canonical import canonical_json

TEMPLATE = Path(__file__).with_name("minutes.typ")


def minutes_pdf(folder: Path, name: str, minutes: Minutes) -> bytes:
    """The PDF of these minutes, made once; `name`: whose they are, in which language, with no dot."""
    return kept(folder, name, f"{fingerprint(minutes)}.pdf", lambda: write_pdf(minutes))


def write_pdf(minutes: Minutes) -> bytes:
    """The PDF. Raises typst.TypstError when typst finds it to break PDF/UA, which would be our fault."""
    import typst  # 80 MB: only where a PDF is made

    made = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs=_inputs(minutes), pdf_standards=["ua-1"], ignore_system_fonts=True
    )
    return bytes(made)


def fingerprint(minutes: Minutes) -> str:
    """By which the PDF of these minutes is known: of all that it is made from."""
    made_from = (TEMPLATE.read_text(), version("typst"), *_inputs(minutes).values())
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()


def _inputs(minutes: Minutes) -> dict[str, str]:
    told = {
        "title": drawable(minutes.title), "language": minutes.language, "date": minutes.date, "foot": minutes.foot,
        "attached": gettext("The figures of these minutes, to be read by machines"),
        "blocks": [_block(block) for block in minutes.blocks],
    }  # fmt: skip
    return {"document": json.dumps(told, ensure_ascii=False), "figures": canonical_json(minutes.figures)}


@singledispatch
def _block(block: Any) -> dict[str, Any]:
    raise TypeError(type(block))


@_block.register
def _(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "words": drawable(block.words)}


@_block.register
def _(block: Paragraph) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "words": drawable(block.words),
        "language": block.language,
        "soft": block.soft,
    }


@_block.register
def _(block: Items) -> dict[str, Any]:
    items = [drawable(item) for item in block.items]
    return {"kind": "items", "items": items, "ordered": block.ordered, "language": block.language}


@_block.register
def _(block: Threshold) -> dict[str, Any]:
    return {
        "kind": "threshold", "words": drawable(block.sentence), "reached": block.reached, "limit": block.limit,
        "passes": block.passes,
    }  # fmt: skip


@_block.register
def _(block: Table) -> dict[str, Any]:
    columns = [0 if place in block.numbers else _width(block, place) for place in range(len(block.heads))]
    return {
        "kind": "table", "caption": drawable(block.caption), "heads": [drawable(head) for head in block.heads],
        "rows": [[drawable(cell) for cell in row] for row in block.rows], "numbers": list(block.numbers),
        "columns": columns,
    }  # fmt: skip


def _width(block: Table, place: int) -> int:
    """The share of a column in the width: more where more is written, so that no row is taller than a page."""
    return min(6, 1 + max((len(row[place]) for row in block.rows), default=0) // 20)
