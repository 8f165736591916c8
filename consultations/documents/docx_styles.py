"""What a paragraph style means: outline level, list numbering, hidden, table of contents, guidance.

Resolved through basedOn and the outline level, because names are translated and invented freely.
"""

import re
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from consultations.documents.characters import unaccented
from consultations.documents.words import GUIDANCE_WORDS

MAX_STYLE_CHAIN = 20
_HEADING_NAME = re.compile(r"(?:heading|titulo|titre|encabezado|cabecalho|uberschrift) ?([1-9])")
_CONTENTS = re.compile(
    r"(?:toc|tdc|indice|sumario|tm|table of figures|tabla de ilustraciones)(?: heading| ?\d)?"
)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits; `level` from 1; `num_id` and `num_level` as Word stores them."""

    style_id: str = ""
    level: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    is_hidden: bool = False
    is_contents: bool = False
    is_guidance: bool = False
    is_title: bool = False


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a Word on/off property is set (present without a value is on)."""
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def read_styles(styles: etree._Element) -> tuple[dict[str, Style], str]:
    """Return style id -> meaning, and the id of the default paragraph style."""
    elements = {e.get(qn("w:styleId"), ""): e for e in styles.iter(qn("w:style"))}
    default = next(
        (
            i
            for i, e in elements.items()
            if e.get(qn("w:type")) == "paragraph" and e.get(qn("w:default")) in ("1", "true")
        ),
        "",
    )
    return {style_id: _read(style_id, elements) for style_id in elements}, default


def _read(style_id: str, elements: dict[str, etree._Element]) -> Style:
    chain = _chain(style_id, elements)
    names = [unaccented(value) for e in chain if (value := _value(e, "w:name"))]
    level = next((int(v) + 1 for e in chain if (v := _value(e, "w:pPr/w:outlineLvl")) and v.isdigit()), None)
    if level is None:
        level = next((int(found[1]) for name in names if (found := _HEADING_NAME.fullmatch(name))), None)
    num_level = next((v for e in chain if (v := _value(e, "w:pPr/w:numPr/w:ilvl"))), None)
    hidden = next((e for e in (c.find(_path("w:rPr/w:vanish")) for c in chain) if e is not None), None)
    return Style(
        style_id,
        level if level is None or level <= 9 else None,
        next((v for e in chain if (v := _value(e, "w:pPr/w:numPr/w:numId"))), None),
        int(num_level) if num_level and num_level.isdigit() else None,
        is_on(hidden),
        any(_CONTENTS.fullmatch(name) for name in names[:2]),
        any(set(re.split(r"\W+", name)) & GUIDANCE_WORDS for name in names),
        names[:1] in (["title"], ["subtitle"], ["titulo"], ["subtitulo"]),
    )


def _chain(style_id: str, elements: dict[str, etree._Element]) -> list[etree._Element]:
    chain: list[etree._Element] = []
    while style_id in elements and len(chain) < MAX_STYLE_CHAIN and elements[style_id] not in chain:
        chain.append(elements[style_id])
        style_id = _value(chain[-1], "w:basedOn") or ""
    return chain


def _path(path: str) -> str:
    return "/".join(qn(part) for part in path.split("/"))


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find(_path(path))
    return None if found is None else found.get(qn("w:val"))
