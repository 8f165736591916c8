"""Makers of real files for the readers' tests: DOCX with everything Word puts in, odd archives, registers."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

CONTENT_TYPES = "[Content_Types].xml"
W = nsdecls("w")


def saved(document: DocxDocument) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def docx(make: Callable[[DocxDocument], object]) -> bytes:
    document = Document()
    make(document)
    return saved(document)


def small_standard(document: DocxDocument) -> None:
    document.add_heading("1 Governance", 1)
    document.add_heading("1.1 Members", 2)
    document.add_paragraph("1.1.1 The organisation keeps a list of its members.")
    document.add_paragraph("Guidance: the list names each member.")
    document.add_paragraph("1.1.2 The assembly meets every year.")


def lines(*texts: str) -> bytes:
    """A DOCX whose lines start with '# ' (headings) or are plain paragraphs."""

    def make(document: DocxDocument) -> None:
        for text in texts:
            marks, _, rest = text.partition(" ")
            if marks and set(marks) == {"#"}:
                document.add_heading(rest, len(marks))
            else:
                document.add_paragraph(text)

    return docx(make)


def table(rows: list[list[str]], *, before: str = "# 1 Chapter") -> bytes:
    def make(document: DocxDocument) -> None:
        document.add_heading(before.removeprefix("# "), 1)
        grid = document.add_table(len(rows), max(map(len, rows)))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                grid.cell(y, x).text = text

    return docx(make)


def rezipped(data: bytes, changed: Mapping[str, bytes] | None = None, removed: tuple[str, ...] = ()) -> bytes:
    """The same archive with entries replaced, added or removed."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        contents = {info.filename: source.read(info) for info in source.infolist()}
        for name, content in {**contents, **(changed or {})}.items():
            if name not in removed:
                archive.writestr(name, content)
    return target.getvalue()


def entry(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as source:
        return source.read(name)


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    content = entry(data, name).decode()
    assert old in content
    return rezipped(data, {name: content.replace(old, new, 1).encode()})


def archive(entries: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return target.getvalue()


def raw_paragraph(document: DocxDocument, inner: str) -> None:
    """Append <w:p> with this content to the body."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_numbering(document: DocxDocument, levels: str, nums: str) -> None:
    """Replace the numbering definitions: abstract definitions' levels (id 77) and the instances."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.append(parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    for child in parse_xml(f"<w:x {W}>{nums}</w:x>"):
        root.append(child)


def level(index: int, text: str, fmt: str = "decimal", start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def num(num_id: int, extra: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="77"/>{extra}</w:num>'


def numbered(
    document: DocxDocument, text: str, ilvl: int, num_id: int = 5, heading: int | None = None
) -> None:
    paragraph = document.add_heading(text, heading) if heading else document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def hide(paragraph: object) -> None:
    for element in paragraph._p.iter(qn("w:r")):  # type: ignore[attr-defined]
        element.get_or_add_rPr().append(parse_xml(f"<w:vanish {W}/>"))
