import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from consultations.documents.findings import FileRefused
from consultations.documents.safe_archive import MAX_ENTRIES, MAX_ENTRY_BYTES, packed_again, read_entries
from consultations.documents.safe_files import MAX_FILE_BYTES, MAX_NAME_CHARS
from consultations.documents.standard import read_standard
from consultations.documents.standard_markdown import MAX_MARKDOWN_BYTES
from consultations.documents.wording import sentence
from tests.documents.builders import (
    CONTENT_TYPES,
    archive,
    docx,
    entry,
    lines,
    raw_paragraph,
    replaced,
    rezipped,
    run,
    small_standard,
)

GOOD_MD = b"# 1 Chapter\n\n1.1 The text.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def codes(data: bytes, filename: str = "draft.docx") -> list[str]:
    """The codes of the refusal; every sentence of it can be said."""
    with pytest.raises(FileRefused) as refused:
        read_standard(data, filename)
    assert all(sentence(fault) for fault in refused.value.faults)
    return [fault.code for fault in refused.value.faults]


def small() -> bytes:
    return docx(small_standard)


WRONG = [
    ("empty", b"", "draft.docx", "empty_file"),
    ("pdf", b"%PDF-1.7 text", "draft.docx", "wrong_type"),
    ("pdf named md", b"%PDF-1.7 text", "draft.md", "wrong_type"),
    ("doc", OLE, "draft.docx", "old_office"),
    ("locked docx", OLE + "EncryptedPackage".encode("utf-16-le"), "draft.docx", "encrypted_office"),
    ("png", b"\x89PNG\r\n\x1a\n", "draft.docx", "wrong_type"),
    ("rtf", b"{\\rtf1 text}", "draft.docx", "wrong_type"),
    ("text named docx", GOOD_MD, "draft.docx", "not_a_docx"),
    ("html", b"<!DOCTYPE html><p>1.1 x", "draft.html", "wrong_type"),
    ("csv", b"a,b\n", "draft.csv", "wrong_type"),
    ("xlsx", archive({CONTENT_TYPES: b"<x/>", "xl/workbook.xml": b"<x/>"}), "draft.docx", "wrong_type"),
    ("odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "draft.docx", "wrong_type"),
    ("any zip", archive({"a.txt": b"a"}), "draft.docx", "wrong_type"),
    ("utf-16", GOOD_MD.decode().encode("utf-16"), "draft.md", "utf16"),
    ("utf-16 be", b"\xfe\xff\x00#", "draft.md", "utf16"),
    ("nul", b"# 1 A\n\n1.1 \x00\n", "draft.md", "nul_bytes"),
    ("latin-1", "# 1 Capítulo\n".encode("latin-1"), "draft.md", "not_utf8"),
    ("blank text", b" \n\n", "draft.md", "empty_document"),
    ("no requirement", b"# 1 Chapter\n\nText.\n", "draft.md", "no_requirement"),
    ("long name", GOOD_MD, "a" * MAX_NAME_CHARS + ".md", "name_too_long"),
]


@pytest.mark.parametrize(
    ("data", "filename", "code"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_file_of_the_wrong_kind_is_refused_by_its_content(data, filename, code):
    assert codes(data, filename) == [code]


@pytest.mark.parametrize(
    ("kind", "data"),
    [("xlsx", WRONG[10][1]), ("opendocument", WRONG[11][1]), ("pdf", WRONG[1][1]), ("image", WRONG[5][1])],
)
def test_the_refusal_names_what_the_file_is(kind, data):
    with pytest.raises(FileRefused) as refused:
        read_standard(data, "draft.docx")
    assert refused.value.faults[0].params == {"kind": kind}


def test_the_size_is_judged_before_the_content():
    assert codes(b"PK\x03\x04" + b"\x00" * 50 * 1024 * 1024) == ["file_too_large"]
    assert codes(b"a" * (MAX_FILE_BYTES + 1), "a.md") == ["file_too_large"]
    assert codes(b"a" * MAX_FILE_BYTES, "a.md") == ["text_file_too_large"]
    assert codes(b"a " * (MAX_MARKDOWN_BYTES // 2), "a.md") == ["no_requirement"]


def test_a_broken_encoding_is_located_by_byte_and_line():
    with pytest.raises(FileRefused) as refused:
        read_standard(b"\xef\xbb\xbf# 1 A\n\n1.1 caf\xe9\n", "a.md")
    assert refused.value.faults[0].params == {"offset": 17, "line": 3, "byte": "0xE9"}


def test_a_byte_order_mark_is_tolerated():
    report = read_standard(b"\xef\xbb\xbf" + GOOD_MD, "a.md")
    assert report.tree == read_standard(GOOD_MD, "a.md").tree


def test_a_word_file_is_read_whatever_its_name():
    assert read_standard(small(), "draft.md").file_format == "docx"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share):
    data = small()
    assert codes(data[: int(len(data) * share)]) == ["damaged_archive"]


def test_a_flipped_byte_is_refused():
    data = bytearray(small())
    with ZipFile(BytesIO(bytes(data))) as source:
        at = source.getinfo("word/document.xml").header_offset + 200
    data[at] ^= 0xFF
    assert codes(bytes(data)) == ["damaged_archive"]


def test_a_bomb_is_refused_by_its_announced_size():
    assert codes(rezipped(small(), {"word/media/a.xml": b" " * (5 * 1024 * 1024)})) == ["zip_bomb"]


def test_a_compressible_part_of_ordinary_size_is_no_bomb():
    data = rezipped(small(), {"word/media/a.xml": b" " * 1024 * 1024})
    assert read_standard(data, "a.docx").counts["requirements"] == 2


def test_an_entry_that_lies_about_its_size_is_not_unpacked_further():
    """1 kB announced, 300 MB inside, and a checksum that fits the first kilobyte."""
    import zlib

    true_size, told = 30 * 1024 * 1024, 1024
    data = bytearray(rezipped(small(), {"word/lie.xml": b" " * true_size}))
    honest, false_crc = zlib.crc32(b" " * true_size), zlib.crc32(b" " * told)
    old = struct.pack("<L", honest)
    at = [i for i in range(len(data)) if data[i : i + 4] == old]
    assert len(at) == 2
    for index in at:
        data[index : index + 4] = struct.pack("<L", false_crc)
        data[index + 8 : index + 12] = struct.pack("<L", told)
    entries = read_entries(bytes(data))
    assert entries["word/lie.xml"] == b" " * told
    assert read_standard(bytes(data), "a.docx").counts["requirements"] == 2


def test_what_is_packed_again_is_the_same():
    entries = read_entries(small())
    assert read_entries(packed_again(entries).getvalue()) == entries


def test_the_sum_of_many_parts_is_limited():
    noise = bytes(range(256)) * 4096 * 30
    assert len(noise) < MAX_ENTRY_BYTES
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for index in range(4):
            file.writestr(f"{index}.bin", noise[: 1024 * 1024])
    data = target.getvalue().replace(struct.pack("<L", 1024 * 1024), struct.pack("<L", 30 * 1024 * 1024))
    with pytest.raises(FileRefused) as refused:
        read_entries(data)
    assert [fault.code for fault in refused.value.faults] == ["zip_bomb"]


def test_many_entries_are_refused_at_the_limit():
    extra = {f"word/x{i}.bin": b"" for i in range(MAX_ENTRIES)}
    assert codes(rezipped(small(), extra)) == ["too_many_entries"]


def test_two_entries_of_one_name_are_refused():
    target = BytesIO(small())
    with ZipFile(target, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("word/document.xml", b"<x/>")
    assert codes(target.getvalue()) == ["double_entries"]


def test_an_encrypted_archive_is_refused():
    data = bytearray(small())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert codes(bytes(data)) == ["encrypted_archive"]


def test_an_unusual_compression_is_refused():
    target = BytesIO()
    with ZipFile(BytesIO(small())) as source, ZipFile(target, "w", ZIP_BZIP2) as file:
        for name in source.namelist():
            file.writestr(name, source.read(name))
    assert codes(target.getvalue()) == ["unknown_compression"]


def test_all_reasons_are_given_at_once():
    data = rezipped(
        small(), {"word/media/a.xml": b" " * (5 * 1024 * 1024)} | {f"x{i}": b"" for i in range(MAX_ENTRIES)}
    )
    assert codes(data) == ["too_many_entries", "zip_bomb"]


MAIN = "wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    "make",
    [
        lambda: rezipped(small(), {"word/vbaProject.bin": b"x"}),
        lambda: rezipped(small(), {"word/VBAPROJECT.BIN": b"x"}),
        lambda: replaced(small(), CONTENT_TYPES, f"application/vnd.openxmlformats-officedocument.{MAIN}",
                         "application/vnd.ms-word.document.macroEnabled.main+xml"),
        lambda: replaced(small(), "word/_rels/document.xml.rels", "<Relationship ",
                         '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                         'Target="code.bin"/><Relationship '),
    ],
    ids=["part", "part in capitals", "content type", "relationship"],
)  # fmt: skip
def test_macros_are_refused(make):
    assert codes(make(), "draft.docm") == ["macros"]


def test_a_template_is_not_a_document():
    data = replaced(small(), CONTENT_TYPES, "document.main+xml", "template.main+xml")
    assert codes(data) == ["wrong_type"]


def test_the_strict_variant_is_named():
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    assert codes(replaced(small(), "_rels/.rels", office, strict)) == ["strict_docx"]


def related(kind: str, target: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    new = f'<Relationship Id="rId98" Type="{office}/{kind}" Target="{target}" TargetMode="External"/><Relationship '
    return replaced(small(), "word/_rels/document.xml.rels", "<Relationship ", new)


@pytest.mark.parametrize("kind", ["oleObject", "subDocument", "frame", "aFChunk"])
def test_text_that_lies_elsewhere_is_refused(kind):
    assert codes(related(kind, "http://example.org/a.docx")) == ["text_elsewhere"]


@pytest.mark.parametrize(("kind", "doubts"), [("attachedTemplate", 1), ("image", 1), ("hyperlink", 0)])
def test_other_outside_references_are_left_out_with_a_doubt(kind, doubts):
    report = read_standard(related(kind, "file:///etc/passwd"), "a.docx")
    assert [doubt.code for doubt in report.doubts].count("external_ignored") == doubts
    assert report.counts["requirements"] == 2


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def with_declaration(part: str, declaration: str, encoding: str = "utf-8") -> bytes:
    text = entry(small(), part).decode()
    body = text[text.index("?>") + 2 :]
    return rezipped(
        small(), {part: f"<?xml version='1.0' encoding='{encoding}'?>{declaration}{body}".encode(encoding)}
    )


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", CONTENT_TYPES, "_rels/.rels"])
@pytest.mark.parametrize("declaration", [XXE, LAUGHS])
def test_entities_are_refused_in_every_part(part, declaration):
    assert codes(with_declaration(part, declaration)) == ["dtd"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_entities_do_not_hide_in_another_encoding(encoding):
    assert codes(with_declaration("word/document.xml", LAUGHS, encoding)) == ["dtd"]


def test_the_library_itself_resolves_no_entity():
    from docx.oxml import parse_xml

    element = parse_xml(f"{XXE}<x>&e;</x>")
    assert element.text is None


@pytest.mark.parametrize(
    "content",
    [b"<w:document", b"", b"<a>" * 5000 + b"</a>" * 5000, b"<x/>"],
    ids=["cut", "empty", "deep", "other root"],
)
def test_a_damaged_document_part_is_refused(content):
    assert codes(rezipped(small(), {"word/document.xml": content})) == ["damaged_document"]


def test_a_missing_document_part_is_refused():
    assert codes(rezipped(small(), removed=("word/document.xml",))) == ["damaged_document"]


def test_an_empty_word_document_is_refused():
    assert codes(lines("")) == ["empty_document"]


def test_html_is_kept_as_text():
    data = docx(
        lambda d: (d.add_heading("1 A", 1), raw_paragraph(d, run("1.1 &lt;script&gt;x&lt;/script&gt;")))
    )
    assert read_standard(data, "a.docx").tree.nodes[0].children[0].text == "<script>x</script>"
    md = read_standard(b"# 1 A\n\n1.1 <script>x</script>\n", "a.md")
    assert md.tree.nodes[0].children[0].text == "<script>x</script>"
