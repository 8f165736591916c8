"""DOCX and PDF of a synopsis hold the same words as its blocks, with their structure; nothing anybody wrote is markup."""

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from docx import Document as read_docx
from docx.oxml.ns import qn

from consultations.documents import kept_files
from consultations.documents.synopsis_blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Side,
    Sides,
    Table,
    text_blocks,
)
from consultations.documents.synopsis_docx import write_docx
from consultations.documents.synopsis_pdf import SQUARE, drawable, write_pdf
from tests.documents.pdf_text import catalogue, metadata, pdf_text

ROWS = (
    ("A favor", "162", "62 %"),
    ("Ni uno", "59", "23 %"),
    ("En contra", "41", "16 %"),
    ("Total", "262", "100 %"),
)
SIDES = Sides(
    "Por cláusula", ("Cláusula", "En contra", "A favor", "Neutral"),
    (Side("1.1 Precio", 3, 2, 7), Side("1.2 Plazo", 0, 0, 14)), "Se cuentan comentarios.",
)  # fmt: skip


def made(*blocks: Block) -> Document:
    return Document("Sinopsis: Ñandú", "es", "2026-12-05", "abc", blocks)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("Uno\n\nDos", [Paragraph("Uno"), Paragraph("Dos")]),
        ("- a\n* b", [Items(("a", "b"))]),
        ("1. a\n2) b\nfin", [Items(("a", "b"), True), Paragraph("fin")]),
        ("- a\n1. b", [Items(("a",)), Items(("b",), True)]),
        ("-5 grados", [Paragraph("-5 grados")]),
        ("2026 fue así", [Paragraph("2026 fue así")]),
        ("<b>no</b>", [Paragraph("<b>no</b>")]),
    ],
)
def test_plain_words_become_paragraphs_and_lists(text: str, blocks: list[Block]) -> None:
    assert list(text_blocks(text)) == blocks


def test_a_docx_has_headings_repeated_heads_language_and_alternative_texts() -> None:
    data = write_docx(
        made(Heading(1, "Parte"), Heading(2, "Uno", "uno"), Paragraph("Dit", language="fr"), Table("Posturas", ("Qué", "Cuántos", "%"), ROWS, (1, 2)), SIDES)
    )  # fmt: skip
    document = read_docx(BytesIO(data))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.text][:4]
    assert styles == [
        ("Title", "Sinopsis: Ñandú"),
        ("Heading 1", "Parte"),
        ("Heading 2", "Uno"),
        ("Normal", "Dit"),
    ]
    table = document.tables[0]
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [("Qué", "Cuántos", "%"), *ROWS]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True] + [False] * 4
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Posturas"
    assert [c.text for c in document.tables[1].rows[2].cells] == ["1.2 Plazo", "0", "|" + "▒" * 24, "14", "0"]
    assert document.core_properties.language == "es-419"
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "es-419"
    spoken = [run.element.find(f".//{qn('w:lang')}") for p in document.paragraphs for run in p.runs]
    assert [one.get(qn("w:val")) for one in spoken if one is not None] == ["fr-FR"]


def test_each_ordered_list_of_a_docx_begins_at_one() -> None:
    blocks = (Items(("a", "b"), True), Paragraph("entre"), Items(("c",), True), Items(("d",)))
    document = read_docx(BytesIO(write_docx(made(*blocks))))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert (numbers[0] == numbers[1], numbers[2] != numbers[0]) == (True, True)
    starts = document.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [start.get(qn("w:val")) for start in starts] == ["1", "1"]


def test_a_pdf_is_tagged_in_its_language_with_its_title_and_says_the_same_figures() -> None:
    data = write_pdf(
        made(Heading(1, "Parte"), Table("Posturas", ("Qué", "Cuántos", "Parte"), ROWS, (1, 2)), SIDES)
    )
    said = pdf_text(data)
    found = re.findall(r"(A favor|Ni uno|En contra|Total) (\d+) (\d+ %)", said)
    assert tuple(found) == ROWS
    assert "1.1 Precio 3 7 2" in re.sub(r" +", " ", said)
    head = catalogue(data)
    assert (b"/Lang(es)" in head, b"/Marked true" in head, b"/DisplayDocTitle true" in head) == (
        True,
        True,
        True,
    )
    assert ("pdfuaid:part" in metadata(data), "Sinopsis: Ñandú" in metadata(data)) == (True, True)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [("Ñandú ≥ 5 €", "Ñandú ≥ 5 €"), ("sí 🎉 no", f"sí {SQUARE} no"), ("咖啡", SQUARE * 2), ("Привет", "Привет"), ("a\x07b", f"a{SQUARE}b"), ("0" * 40, "\u200b".join(["0" * 16, "0" * 16, "0" * 8]))],
)  # fmt: skip
def test_what_no_font_draws_is_a_square_and_the_pdf_is_made(typed: str, drawn: str) -> None:
    assert drawable(typed) == drawn
    # Where a long word may be broken leaves no trace in what is copied from the PDF.
    assert drawn.replace("\u200b", "") in pdf_text(write_pdf(made(Paragraph(typed))))


@pytest.mark.parametrize(
    "typed",
    ['#read("/etc/passwd")', "*negrita* _cursiva_ $x$ `y` @z <w> \\ //", "= Título", "[a] {b} ~ -- '"],
)
def test_words_are_never_markup(typed: str) -> None:
    data = made(
        Heading(1, typed), Paragraph(typed), Items((typed,)), Table(typed, ("a", "b"), ((typed, typed),))
    )
    text = re.sub(r"\s", "", pdf_text(write_pdf(data)))
    assert text.count(re.sub(r"\s", "", typed)) >= 5
    assert [p.text for p in read_docx(BytesIO(write_docx(data))).paragraphs].count(typed) == 4


def test_thousands_of_comments_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        entries = (
            block for n in range(count) for block in (Heading(2, f"R1-{n}"), *text_blocks("a\n1. b\n2. c"))
        )
        document = made(Heading(1, "Anexo"), *entries)
        began = time.perf_counter()
        write_docx(document)
        return time.perf_counter() - began

    seconds(50)
    assert seconds(1600) < 24 * max(seconds(200), 0.02)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_is_made_once_and_anew_when_its_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    makes: list[str] = []

    def write(document: Document) -> bytes:
        makes.append(document.blocks[0].words)
        return document.blocks[0].words.encode()

    monkeypatch.setattr(kept_files, f"write_{kind}", write)
    kept = getattr(kept_files, f"kept_{kind}")
    read = [
        kept(tmp_path / "made", "1-1-es", made(Paragraph(words))) for words in ("Uno", "Uno", "Sin", "Sin")
    ]
    other = kept(tmp_path / "made", "1-1-en", made(Paragraph("Uno")))
    assert (read, other, makes) == ([b"Uno", b"Uno", b"Sin", b"Sin"], b"Uno", ["Uno", "Sin", "Uno"])
    # The file with the words that changed is gone.
    assert sorted(file.read_bytes() for file in (tmp_path / "made").glob(f"*.{kind}")) == [b"Sin", b"Uno"]


@pytest.mark.parametrize("odd", ["\x00", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_a_character_that_no_document_can_hold_is_left_out_of_the_docx(odd: str) -> None:
    blocks = (Heading(1, f"Uno{odd}"), Paragraph(f"a{odd}b"), Items((f"c{odd}d",)))
    read = read_docx(BytesIO(write_docx(Document(f"Sin{odd}opsis", "es", "2026-12-05", "abc", blocks))))
    assert [p.text for p in read.paragraphs] == ["Sinopsis", "Uno", "ab", "cd"]
    assert read.core_properties.title == "Sinopsis"


AT_ONCE = """
import sys, time
from pathlib import Path
from consultations.documents import kept_files
from consultations.documents.synopsis_blocks import Document
folder = Path(sys.argv[1])
def slow(document):
    with (folder / "made").open("a") as log:
        log.write("x")
    time.sleep(1)
    return b"%PDF-x"
kept_files.write_pdf = slow
print("ready", flush=True)
sys.stdin.read(1)
assert kept_files.kept_pdf(folder, "1-1-es", Document("t", "es", "2026-01-01", "s", ())) == b"%PDF-x"
"""


def test_a_pdf_is_made_once_however_many_ask_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def slow(document: Document) -> bytes:
        calls.append(1)
        time.sleep(0.3)
        return b"%PDF-x"

    monkeypatch.setattr(kept_files, "write_pdf", slow)
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(kept_files.kept_pdf, tmp_path, "1-1-es", made(Paragraph("Uno"))) for _ in range(8)
        ]
    assert ({one.result() for one in asked}, len(calls)) == ({b"%PDF-x"}, 1)


def test_processes_wait_for_one_another_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path)]
    asking = [Popen(command, stdin=PIPE, stdout=PIPE) for _ in range(3)]
    for one in asking:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    for one in asking:
        assert one.stdin is not None
        one.stdin.write(b"x")
        one.stdin.close()
    assert [one.wait(timeout=60) for one in asking] == [0, 0, 0]
    assert (tmp_path / "made").read_text() == "x"


def test_where_nothing_can_be_kept_it_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_files, "write_pdf", lambda document: b"%PDF-x")
    (tmp_path / "file").write_text("no folder")
    assert kept_files.kept_pdf(tmp_path / "file", "1-1-es", made(Paragraph("Uno"))) == b"%PDF-x"
