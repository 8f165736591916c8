"""What organisations attach is judged by its content, and refused with every reason."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from consultations.documents.attached import LARGEST, LONGEST_NAME, check_attached, clean_name
from consultations.documents.findings import FileRefused

PDF, PNG, JPEG = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    b"\x89PNG\r\n\x1a\n\x00\x00",
    b"\xff\xd8\xff\xe0\x00\x10JFIF",
)


def docx() -> bytes:
    file = BytesIO()
    Document().save(file)
    return file.getvalue()


def xlsx() -> bytes:
    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def packed(data: bytes, **more: bytes) -> bytes:
    """The same package with more parts."""
    file = BytesIO(data)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/") + ".bin", content)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same package with one more part under its own name."""
    file = BytesIO(data)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def related(kind: str) -> bytes:
    """The relationships of a part that is related to something elsewhere."""
    package, office = "package/2006/relationships", "officeDocument/2006/relationships"
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/{package}"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/{office}/{kind}" Target="http://far.example/a" '
        'TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        with_part(docx(), "word/_rels/x.rels", related("hyperlink")),
        with_part(docx(), "word/_rels/x.rels", related("image")),
        with_part(xlsx(), "xl/externalLinks/_rels/x.rels", related("externalLinkPath")),
        with_part(docx(), "word/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx()),
    ],
)
def test_links_pictures_and_the_numbers_of_a_chart_may_stay(content: bytes) -> None:
    assert check_attached(content, "a").content == content


def refused(content: bytes, name: str = "a.pdf") -> list[str]:
    with pytest.raises(FileRefused) as found:
        check_attached(content, name)
    return [fault.code for fault in found.value.faults]


@pytest.mark.parametrize(
    ("content", "name", "kept", "media_type"),
    [
        (PDF, "costos.PDF", "costos.PDF", "application/pdf"),
        (JPEG, "foto.jpeg", "foto.jpeg", "image/jpeg"),
        (PNG, "foto.png", "foto.png", "image/png"),
        (docx(), "a.docx", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (xlsx(), "a.xlsx", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"a;b\r\n1;2\r\n", "a.csv", "a.csv", "text/csv"),
        ("año".encode("cp1252"), "notas.txt", "notas.txt", "text/plain"),
        (PNG, "costos.pdf", "costos.pdf.png", "image/png"),
        (b"alert(1)", "x.js", "x.js.txt", "text/plain"),
        (PDF, "", "file.pdf", "application/pdf"),
    ],
)  # fmt: skip
def test_the_content_says_what_a_file_is(content: bytes, name: str, kept: str, media_type: str) -> None:
    file = check_attached(content, name)
    assert (file.name, file.media_type, file.content) == (kept, media_type, content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty_file"),
        (PDF + b"\0" * LARGEST, "file_too_large"),
        (PDF + b"\0" * 50 * 1024 * 1024, "file_too_large"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "attached_type"),
        (b"<!doctype html><script>", "attached_type"),
        (b"<?xml version='1.0'?><svg/>", "attached_type"),
        (b"GIF89a", "attached_type"),
        (b"{\\rtf1", "attached_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attached_old_office"),
        (b"PK\x03\x04 cut off", "damaged_archive"),
        (packed(docx(), word__vbaProject=b"macro"), "attached_macros"),
        (packed(xlsx(), xl__macrosheets__sheet1=b"macro"), "attached_macros"),
        (packed(docx(), bomb=b"\0" * 45_000_000), "zip_bomb"),
        (packed(docx(), word__embeddings__oleObject1=b"program"), "attached_active"),
        (packed(xlsx(), xl__activeX__activeX1=b"program"), "attached_active"),
        (with_part(docx(), "word/media/run.EXE", b"MZ"), "attached_active"),
        (with_part(docx(), "word/_rels/settings.xml.rels", related("attachedTemplate")), "attached_active"),
        (with_part(xlsx(), "xl/worksheets/_rels/x.rels", related("oleObject")), "attached_active"),
        (with_part(docx(), "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "attached_active"),
        (with_part(docx(), "word/_rels/x.rels", b"no <xml"), "damaged_document"),
        (
            with_part(docx(), "word/_rels/x.rels", related("vbaProject").decode().encode("utf-16")),
            "attached_active",
        ),
    ],
)
def test_what_is_not_on_the_list_is_refused(content: bytes, why: str) -> None:
    assert refused(content) == [why]


def test_a_package_that_is_neither_word_nor_excel_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<a/>")
        archive.writestr("[Content_Types].xml", "<a/>")
    assert refused(file.getvalue()) == ["attached_type"]


def test_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    assert len(check_attached(PDF + b"\0" * (LARGEST - len(PDF)), "a.pdf").content) == LARGEST
    assert refused(PDF + b"\0" * (LARGEST - len(PDF) + 1)) == ["file_too_large"]


def test_every_reason_is_told_at_once() -> None:
    assert refused(b"", "n" * 10_000) == ["name_too_long", "empty_file"]
    assert refused(PDF, "n" * (LONGEST_NAME + 1)) == ["name_too_long"]
    assert len(check_attached(PDF, "n" * LONGEST_NAME).name) <= 200


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ana\\plan.pdf", "plan.pdf"),
        ('a"b\r\nX: y.pdf', "a_bX_ y.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        (" .. ", "file.pdf"),
        ("in\u0303forme.pdf", "iñforme.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, "pdf") == clean
