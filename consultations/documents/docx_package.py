"""Opening a DOCX safely: the right content type, no macros, no DTD, nothing fetched from elsewhere."""

import re
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.parser import parse_xml
from lxml import etree

from consultations.documents.findings import Doubt, Fault, FileRefused, refuse
from consultations.documents.safe_archive import packed_again, read_entries

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEXT_ELSEWHERE = ("oleObject", "subDocument", "frame", "aFChunk", "package")
_TYPES = "[Content_Types].xml"
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=[\"']([^\"']+)")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DECLARATIONS = tuple(
    text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)


@dataclass(frozen=True, slots=True)
class Package:
    """The opened document and the doubts about what it refers to."""

    document: DocxDocument
    doubts: tuple[Doubt, ...]


def open_package(data: bytes) -> Package:
    """Return the document; raise FileRefused with every reason against it."""
    entries = read_entries(data)
    _check_is_word(entries)
    faults = macros(entries) + [Fault("dtd", None, {"part": name}) for name in with_dtd(entries)]
    external, doubts = ([], []) if faults else _external(entries)
    if faults or external:
        raise FileRefused(faults + external)
    try:
        document = Document(packed_again(entries))
        if document.element.body is None or document.styles.element is None:
            raise refuse("damaged_document")
    except FileRefused:
        raise
    except (etree.XMLSyntaxError, KeyError, ValueError, AttributeError, IndexError, TypeError):
        raise refuse("damaged_document") from None
    return Package(document, tuple(doubts))


def _check_is_word(entries: dict[str, bytes]) -> None:
    names = set(entries)
    if _TYPES not in names or not any(name.startswith("word/") for name in names):
        raise refuse("wrong_type", kind=_other_kind(entries))
    if b"purl.oclc.org/ooxml" in entries.get("_rels/.rels", b""):
        raise refuse("strict_docx")
    types = entries[_TYPES]
    if b"macroEnabled" not in types and _MAIN.encode() not in types:
        raise refuse("wrong_type", kind="template" if b"template.main+xml" in types else "zip")


def _other_kind(entries: dict[str, bytes]) -> str:
    if entries.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        return "opendocument"
    folders = {name.split("/")[0] for name in entries}
    return next((kind for folder, kind in (("xl", "xlsx"), ("ppt", "pptx")) if folder in folders), "zip")


def macros(entries: dict[str, bytes]) -> list[Fault]:
    """Return the fault of an Office file that holds macros, in any of the three places that say so."""
    named = any(re.search(r"vba(project|data)", name, re.IGNORECASE) for name in entries)
    typed = re.search(rb"macroEnabled|vbaProject", entries[_TYPES])
    related = any(b"vbaProject" in content for name, content in entries.items() if name.endswith(".rels"))
    return [Fault("macros")] if named or typed or related else []


def with_dtd(entries: dict[str, bytes]) -> list[str]:
    """Parts with a document type (the packaging standard, ECMA-376 part 2, forbids them) or an odd encoding."""
    return [
        name for name, content in entries.items() if name.endswith((".xml", ".rels")) and _is_odd(content)
    ]


def _is_odd(content: bytes) -> bool:
    encoding = _ENCODING.match(content)
    known = encoding is None or encoding[1].lower() in (b"utf-8", b"utf-16", b"us-ascii")
    return not known or any(declaration in content for declaration in _DECLARATIONS)


def _external(entries: dict[str, bytes]) -> tuple[list[Fault], list[Doubt]]:
    """Links are fine; text that lies elsewhere is refused; pictures and templates elsewhere are left out."""
    faults, doubts = [], []
    for kind, target in _external_targets(entries):
        if kind in _TEXT_ELSEWHERE:
            faults.append(Fault("text_elsewhere", None, {"kind": kind, "target": target[:120]}))
        elif kind != "hyperlink":
            doubts.append(Doubt("external_ignored", None, {"kind": kind, "target": target[:120]}))
    return faults, doubts


def elsewhere(entries: dict[str, bytes]) -> list[str]:
    """What an Office file takes from elsewhere when it is opened: a template that may run, objects, text. Links, linked
    pictures and other workbooks are asked for, or show nothing but themselves."""
    active = (*_TEXT_ELSEWHERE, "attachedTemplate")
    return [kind for kind, _ in _external_targets(entries) if kind in active]


def _external_targets(entries: dict[str, bytes]) -> list[tuple[str, str]]:
    found = []
    for name, content in entries.items():
        if name.endswith(".rels"):
            found += [
                (relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", ""))
                for relation in parsed(content).iter(_RELATIONSHIP)
                if relation.get("TargetMode") == "External"
            ]
    return found


def parsed(content: bytes) -> etree._Element:
    """Return the root of a part; raise FileRefused when it is no XML."""
    try:
        return parse_xml(content)
    except etree.XMLSyntaxError:
        raise refuse("damaged_document") from None
