"""Reading a draft standard from a file: the front door of the importers (issue: `plenaria standard import`)."""

from hashlib import sha256

from consultations.documents.findings import Doubt, FileRefused, refuse
from consultations.documents.misread import lines, misread
from consultations.documents.safe_files import MAX_NAME_CHARS, check_size, kind_of, wrong_type
from consultations.documents.standard_blocks import Block
from consultations.documents.standard_builder import StandardBuilder
from consultations.documents.standard_docx import read_docx
from consultations.documents.standard_markdown import read_markdown
from consultations.documents.standard_tree import Report

TEXT_NAMES = (".md", ".markdown", ".txt")


def read_standard(data: bytes, filename: str) -> Report:
    """Return tree, doubts and counts of a DOCX or Markdown file, told apart by content; nothing is stored.

    Raises FileRefused with every reason found, each with its place.
    """
    if len(filename) > MAX_NAME_CHARS:
        raise refuse("name_too_long", limit=MAX_NAME_CHARS)
    check_size(data)
    file_format = _format(data, filename)
    blocks, doubts = read_docx(data) if file_format == "docx" else read_markdown(data)
    if not blocks:
        raise refuse("empty_document")
    tree, more = StandardBuilder(blocks).build()
    garbled = _misread(file_format, data, blocks)
    return Report(tree, (*garbled, *doubts, *more), file_format, sha256(data).hexdigest())


def _misread(file_format: str, data: bytes, blocks: list[Block]) -> list[Doubt]:
    """Doubt a text whose letters were damaged before it came: the lines of a text file, the paragraphs of another."""
    if file_format == "markdown":
        return misread(lines(data.decode("utf-8-sig")))
    return misread((one.place, " ".join((one.heading, one.text, one.guidance))) for one in blocks)


def _format(data: bytes, filename: str) -> str:
    kind = kind_of(data)
    if kind == "zip":
        return "docx"
    if kind not in ("text", "markup"):
        raise wrong_type(data, kind)
    if filename.casefold().endswith(TEXT_NAMES):
        return "markdown"
    raise _not_text(filename, data, kind)


def _not_text(filename: str, data: bytes, kind: str) -> FileRefused:
    if filename.casefold().endswith(".docx"):
        return refuse("not_a_docx")
    return wrong_type(data, kind)
