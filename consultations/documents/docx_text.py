"""The text of a DOCX paragraph as a reader of the accepted document sees it, and what was left out."""

from collections.abc import Mapping

from docx.oxml.ns import qn
from lxml import etree

from consultations.documents.docx_styles import Style, is_on

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LEFT_OUT = {
    qn("w:del"): "tracked_deletion",
    qn("w:moveFrom"): "tracked_deletion",
    qn("w:footnoteReference"): "footnote_ignored",
    qn("w:endnoteReference"): "footnote_ignored",
    qn("w:commentReference"): "comment_ignored",
    qn("w:sym"): "symbol_ignored",
    qn("w:altChunk"): "embedded_ignored",
    f"{_MATHS}oMath": "equation_ignored",
    f"{_MATHS}oMathPara": "equation_ignored",
}
_CHARACTERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object"), _CHOICE}
_SKIPPED = {
    qn(name) for name in ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:delText", "w:delInstrText")
}
_ACCEPTED = {qn("w:ins"), qn("w:moveTo")}
_TABLE_OF = ("TOC", "INDEX", "TOA")


class ParagraphText:
    """Reads paragraphs in reading order; remembers fields that run over several, as a table of contents does."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._fields: list[list[str]] = []
        self._codes: list[str] = []
        self._parts: list[str] = []

    @property
    def is_open(self) -> bool:
        """Tell whether a field was begun and not ended."""
        return bool(self._fields)

    def read(self, paragraph: etree._Element) -> tuple[str, list[str]]:
        """Return the text and the codes of the doubts, each once."""
        self._codes, self._parts = [], []
        self._children(paragraph)
        return "".join(self._parts), list(dict.fromkeys(self._codes))

    def _children(self, element: etree._Element) -> None:
        for child in element:
            self._one(child)

    def _one(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == qn("w:t"):
            self._write(element.text or "")
        elif tag in _CHARACTERS:
            self._write(_CHARACTERS[tag])
        elif tag == qn("w:br"):
            self._write("\n" if element.get(qn("w:type"), "textWrapping") == "textWrapping" else " ")
        elif tag in _LEFT_OUT:
            self._codes.append(_LEFT_OUT[tag])
        elif tag in _PICTURES:
            boxed = next(element.iter(qn("w:txbxContent")), None) is not None
            self._codes.append("text_box_ignored" if boxed else "image_ignored")
        elif tag == qn("w:fldChar"):
            self._field(element.get(qn("w:fldCharType")))
        elif tag == qn("w:instrText"):
            if self._fields and self._fields[-1][0] == "code":
                self._fields[-1][1] += element.text or ""
        elif tag == qn("w:r"):
            self._run(element)
        elif tag == qn("w:fldSimple"):
            if not (element.get(qn("w:instr")) or "").strip().upper().startswith(_TABLE_OF):
                self._children(element)
        elif tag not in _SKIPPED and isinstance(tag, str):
            if tag in _ACCEPTED:
                self._codes.append("tracked_insertion")
            self._children(element)

    def _run(self, run: etree._Element) -> None:
        if self._is_hidden(run.find(qn("w:rPr"))):
            if any(text.text for text in run.iter(qn("w:t"))):
                self._codes.append("hidden_text")
            return
        self._children(run)

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        if properties is None:
            return False
        own = properties.find(qn("w:vanish"))
        if own is not None:
            return is_on(own)
        named = properties.find(qn("w:rStyle"))
        style = self._styles.get(named.get(qn("w:val"), "")) if named is not None else None
        return style is not None and style.is_hidden

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _write(self, text: str) -> None:
        shown = all(
            state == "result" and not code.strip().upper().startswith(_TABLE_OF)
            for state, code in self._fields
        )
        if shown:
            self._parts.append(text)
