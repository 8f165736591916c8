"""Comment sheets of standards bodies: every form, format and trap, with files built here."""

import csv
import json
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import COLUMNS
from consultations.documents.findings import FileRefused
from tests.documents import sheets
from tests.documents.builders import W, docx, rezipped
from tests.documents.sheets import BLANK, HEADINGS, ROW, SEVEN, SIX, filled, read, tables, workbook


def as_csv(*rows, separator=",", encoding="utf-8"):
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def told(data):
    """What a sheet says: each row's values in the order of the form, and its codes."""
    return [
        (tuple(getattr(row, name) for name in COLUMNS), row.outcome, codes(row)) for row in read(data).rows
    ]


def codes(row):
    return [finding.code for finding in row.findings]


def first(data):
    return read(data).rows[0]


def refused(data, name="sheet"):
    with pytest.raises(FileRefused) as caught:
        read_comment_sheet(data, name)
    return [fault.code for fault in caught.value.faults]


PLAIN = (("DE", "12", "3.2.1", "Table 1", "technical", "Too long", "Shorten it", "Accepted"), "accepted", [])


def test_the_blank_form_holds_all_columns_and_no_comment():
    sheet = read(BLANK.read_bytes())
    assert (sheet.rows, sheet.columns, sheet.empty_rows) == ((), COLUMNS, 2)
    assert [doubt.code for doubt in sheet.doubts] == ["no_comments"]


def test_the_form_has_its_headings_in_the_page_header_and_data_from_the_first_row():
    data = filled(ROW, ("",) * 8, ("GB", "", "3.3", "", "ED", "Typo", "", ""))
    assert told(data) == [PLAIN, (("GB", "", "3.3", "", "editorial", "Typo", "", ""), None, [])]
    assert [row.row for row in read(data).rows] == [1, 3]


def test_the_report_has_rows_and_a_summary_and_nothing_else():
    report = read(filled(ROW)).to_dict()
    assert sorted(report) == ["rows", "summary"]
    assert report["rows"] == [
        {
            "row": 1, "member_body": "DE", "clause": "3.2.1", "paragraph": "Table 1",
            "type": "technical", "comment": "Too long", "proposed_change": "Shorten it", "observation": "Accepted",
            "outcome": "accepted", "matched_clause": None, "status": "ok", "reasons": [],
        }
    ]  # fmt: skip
    summary = report["summary"]
    assert (summary["total"], summary["by_status"]) == (1, {"ok": 1, "warning": 0, "error": 0})
    assert (summary["by_type"], summary["by_outcome"]) == ({"technical": 1}, {"accepted": 1})
    assert (summary["format"], summary["encoding"], summary["unmatched_clauses"]) == ("docx", None, [])
    assert len(summary["sha256"]) == 64


def _without_default_headings(document):
    header = document.sections[0].header
    for table in list(header.tables):
        table._tbl.getparent().remove(table._tbl)


def _first_page_shown(document):
    document.sections[0].different_first_page_header_footer = True


def _seven_columns(document):
    for row in document.tables[0]._tbl.findall(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[1])


def _seven_columns_on_the_first_page(document):
    _seven_columns(document)
    _first_page_shown(document)


def test_the_stale_header_of_the_first_page_counts_only_where_it_is_shown():
    stale = read(filled(ROW, change=_seven_columns))
    shown = read(filled(ROW, change=_seven_columns_on_the_first_page))
    by_place = ["headings_of_other_form", "headings_by_position"]
    assert [d.code for d in stale.doubts] == by_place
    assert [d.code for d in shown.doubts] == []
    expected = tuple(value for name, value in zip(COLUMNS, PLAIN[0], strict=True) if name != "line")
    for sheet in (stale, shown):
        assert tuple(getattr(sheet.rows[0], name) for name in COLUMNS if name != "line") == expected


def test_eight_columns_are_read_by_the_header_of_most_pages_even_if_the_first_has_another():
    assert told(filled(ROW, change=_first_page_shown)) == [PLAIN]


def test_without_any_headings_the_form_is_told_by_its_columns_and_where_the_types_stand():
    sheet = read(filled(ROW, change=_without_default_headings))
    assert "headings_by_position" in [doubt.code for doubt in sheet.doubts]
    assert sheet.rows[0].clause == "3.2.1"


@pytest.mark.parametrize(
    ("row", "clause", "change", "observation"),
    [
        (("DE", "3.1", "", "te", "Long", "Cut", "Noted"), "3.1", "Cut", "Noted"),
        (("DE", "9", "3.1", "", "te", "Long", "Cut"), "3.1", "Cut", ""),
        (("DE", "3.1", "", "te", "Long", "Cut"), "3.1", "Cut", ""),
        (("DE", "3.1", "te", "Long", "Cut", "Noted"), "3.1", "Cut", "Noted"),
    ],
)
@pytest.mark.parametrize("make", [lambda row: tables([row]), workbook, as_csv])
def test_forms_of_six_and_seven_columns_without_headings(make, row, clause, change, observation):
    found = first(make(row))
    assert (found.clause, found.type, found.comment) == (clause, "technical", "Long")
    assert (found.proposed_change, found.observation) == (change, observation)


@pytest.mark.parametrize("make", [lambda *rows: tables(rows), workbook, as_csv])
@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (HEADINGS, ROW, PLAIN[0]),
        (SEVEN, ("DE", "3.1", "Note 2", "ge", "Long", "Cut", "Noted"), ("DE", "", "3.1", "Note 2", "general", "Long", "Cut", "Noted")),
        (SIX, ("DE", "3.1", "", "Te", "Long", "Cut"), ("DE", "", "3.1", "", "technical", "Long", "Cut", "")),
        (
            ("Organización", "Apartado", "Tipo de comentario", "Comentarios", "Cambio propuesto", "Observaciones de la secretaría"),
            ("GT-1", "3.1", "técnico", "Largo", "Acortar", "No aceptado"),
            ("GT-1", "", "3.1", "", "technical", "Largo", "Acortar", "No aceptado"),
        ),
        (
            ("Organisme", "Article", "Alinéa", "Type de commentaire", "Commentaires", "Modification proposée", "Observations du secrétariat"),
            ("FR", "3.1", "2", "rédactionnel", "Long", "Couper", "Rejeté"),
            ("FR", "", "3.1", "2", "editorial", "Long", "Couper", "Rejeté"),
        ),
        (
            ("Organização", "Linha", "Cláusula", "Parágrafo", "Tipo", "Comentários", "Proposta de alteração", "Observações"),
            ("BR-1", "4", "3.1", "", "geral", "Longo", "Cortar", "Aceito"),
            ("BR-1", "4", "3.1", "", "general", "Longo", "Cortar", "Aceito"),
        ),
    ],
)  # fmt: skip
def test_headings_in_the_table_in_every_form_format_and_language(make, heads, row, expected):
    sheet = read(make(heads, row))
    assert [tuple(getattr(one, name) for name in COLUMNS) for one in sheet.rows] == [expected]
    assert (sheet.rows[0].row, sheet.rows[0].status) == (2, "ok")


def test_columns_may_stand_in_any_order_and_unknown_ones_are_told():
    sheet = read(as_csv(("Comments", "Phone", "Clause", "Type", "MB"), ("Long", "555", "3.1", "te", "DE")))
    assert (sheet.rows[0].comment, sheet.rows[0].member_body) == ("Long", "DE")
    assert [(d.code, d.params) for d in sheet.doubts] == [("column_ignored", {"column": "Phone"})]


def test_titles_above_and_numbered_or_repeated_headings_are_no_comments():
    numbers = [str(n) for n in range(1, 9)]
    title = ["Comments on the draft", *[""] * 7]
    again = ("GB", *ROW[1:])
    found = told(workbook(title, numbers, HEADINGS, numbers, ROW, HEADINGS, again))
    assert found == [PLAIN, (("GB", *PLAIN[0][1:]), *PLAIN[1:])]


@pytest.mark.parametrize(
    ("cell", "kind", "found"),
    [
        ("ge", "general", []), ("Te", "technical", []), ("ED", "editorial", []), ("General", "general", []),
        ("technical", "technical", []), ("Editorial", "editorial", []), (" te ", "technical", []), ("te.", "technical", []),
        ("ge/te", "general", ["type_combined"]), ("te, ed", "technical", ["type_combined"]), ("", None, ["type_missing"]),
        ("xx", None, ["type_unknown"]), ("te/te", "technical", []), ("question", "question", []), ("cost", "cost", []),
    ],
)  # fmt: skip
def test_types(cell, kind, found):
    row = first(as_csv(SIX, ("DE", "3.1", "", cell, "Long", "Cut")))
    assert (row.type, codes(row)) == (kind, found)


@pytest.mark.parametrize(
    ("row", "status", "found"),
    [
        (("DE", "3.1", "", "te", "", ""), "error", ["comment_missing"]),
        (("DE", "3.1", "", "te", "", "Cut"), "warning", ["only_proposal"]),
        (("", "3.1", "", "te", "Long", ""), "warning", ["body_empty"]),
        (("DE", "", "", "te", "Long", ""), "ok", []),
        (("DE", "2001-02-03", "", "te", "Long", ""), "error", ["clause_is_date"]),
        (("DE", "03/02/2001", "", "te", "Long", ""), "error", ["clause_is_date"]),
        (("DE", "3-Feb", "", "te", "Long", ""), "error", ["clause_is_date"]),
        (("DE", "3-feb-01", "", "te", "Long", ""), "error", ["clause_is_date"]),
        (("DE", "3.2.1", "", "te", "=1+1", "@x"), "ok", []),
        (("DE", "3.2.1", "", "te", "<b>Bold</b> & <script>", ""), "ok", []),
        (("DE", "3.2.1", "", "te", "نص عربي للتجربة", ""), "ok", []),
    ],
)  # fmt: skip
def test_rows_of_a_csv(row, status, found):
    made = first(as_csv(SIX, row))
    assert (made.status, codes(made)) == (status, found)
    assert (made.comment, made.clause) == (row[4], row[1])


def test_rows_that_only_name_a_body_are_empty():
    assert read(as_csv(SIX, ("DE",) + ("",) * 5, ("",) * 6)).empty_rows == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("iso-8859-1", "iso-8859-1"), ("cp1252", None)],
)
def test_separators_and_encodings_of_a_csv(separator, encoding, said):
    text = "Añadir “más”" if encoding == "cp1252" else 'Añadir más, y; "comillas"\ndos líneas'
    sheet = read(as_csv(SIX, ("DE", "3.1", "", "te", text, ""), separator=separator, encoding=encoding))
    assert (sheet.rows[0].comment, sheet.encoding) == (text, said or "cp1252")
    assert ("latin_1" in [doubt.code for doubt in sheet.doubts]) is (sheet.encoding != "utf-8")


def test_a_csv_row_is_counted_as_in_a_spreadsheet_and_lines_inside_a_cell_are_one_row():
    text = as_csv(SIX, ("DE", "3.1", "", "te", "a\nb", ""), ("",) * 6, ("GB", "3.2", "", "ge", "c", ""))
    assert [(row.row, row.comment) for row in read(text).rows] == [(2, "a\nb"), (4, "c")]


def test_a_csv_row_with_a_separator_too_many_is_an_error_and_one_with_too_few_a_doubt():
    data = b"MB,Clause,Paragraph,Type,Comment,Proposed change\nDE,3.1,,te,one, two,three\nGB,3.2,,ge,one\n"
    assert [codes(row) for row in read(data).rows] == [["ragged_comment"], ["short_row"]]


@pytest.mark.parametrize(
    "make",
    [
        lambda *rows: filled(*rows),
        lambda *rows: as_csv(HEADINGS, *rows),
        lambda *rows: workbook(HEADINGS, *rows),
    ],
)
def test_a_row_that_stands_there_twice_is_told_and_kept(make):
    rows = read(make(ROW, ("GB", *ROW[1:]), ROW)).rows
    assert [codes(row) for row in rows] == [[], [], ["same_as_row"]]
    assert rows[2].findings[0].params == {"row": rows[0].row, "table": 1}


def test_rows_of_blanks_are_empty():
    blank = (" ", "\t", "", "\u200b", "", " ", "", "")
    for made in (as_csv(HEADINGS, ROW, blank), workbook(HEADINGS, ROW, blank), filled(ROW, (" ",) * 8)):
        assert (len(read(made).rows), read(made).empty_rows) == (1, 1)


def test_eight_columns_without_headings_and_types_are_known_by_their_clauses():
    untyped = (*ROW[:4], "", *ROW[5:])
    assert codes(first(tables([untyped]))) == ["type_missing"]
    assert refused(tables([("DE", "12", "Coffee", "", "", "3", "", "")])) == ["no_comment_table"]
    assert refused(tables([("DE", "12", "3.1", "", "kg", "3", "", "")])) == ["no_comment_table"]


def test_commas_in_a_csv_of_semicolons_without_headings_separate_nothing():
    row = first(b"DE;3.1;P;te;Too, long, by, far, you, see;Shorten\n")
    assert (row.comment, row.proposed_change) == ("Too, long, by, far, you, see", "Shorten")


def test_a_csv_may_begin_with_the_line_by_which_a_spreadsheet_names_its_separator():
    assert first(b"sep=;\r\n" + as_csv(SIX, ("DE", "3.1", "", "te", "x", "y"), separator=";")).row == 3


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty_file"), (b"\n\n", "empty_file"), (b"just some text", "no_comment_table"),
        (b"code,name,country\nA,B,GT\n", "no_comment_table"), (b'MB,Clause,Type,Comment\nDE,"3.1,te,x', "broken_csv"),
        ("MB,Clause".encode("utf-16"), "utf16"), (b"MB\0", "nul_bytes"), (b"%PDF-1.4", "wrong_type"),
        (b"<html><body>", "wrong_type"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"), (b"PK\x03\x04cut", "damaged_archive"),
        (b"x" * (21 * 1024 * 1024), "file_too_large"),
    ],
)  # fmt: skip
def test_files_that_are_no_sheet_say_why(data, found):
    assert refused(data) == [found]


@pytest.mark.parametrize("make", [lambda: filled(ROW), lambda: workbook(HEADINGS, ROW)])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(make, share):
    data = make()
    assert refused(data[: int(len(data) * share)]) == ["damaged_archive"]


@pytest.mark.parametrize("make", [lambda: filled(ROW), lambda: workbook(HEADINGS, ROW)])
def test_macros_and_document_types_are_refused(make):
    data = make()
    part = "word/vbaProject.bin" if b"word/" in data else "xl/vbaProject.bin"
    assert refused(rezipped(data, {part: b"x"})) == ["macros"]
    assert refused(rezipped(data, {"docProps/app.xml": b'<?xml version="1.0"?><!DOCTYPE x><x/>'})) == ["dtd"]


@pytest.mark.parametrize("make", [lambda: filled(ROW), lambda: workbook(HEADINGS, ROW)])
def test_a_bomb_is_refused_before_it_is_unpacked(make):
    assert refused(rezipped(make(), {"bomb.xml": b" " * (45 * 1024 * 1024)})) == ["zip_bomb"]


def test_an_archive_that_is_no_office_file_is_refused():
    assert refused(rezipped(filled(ROW), removed=("[Content_Types].xml",))) == ["wrong_type"]
    assert refused(rezipped(workbook(HEADINGS, ROW), {"xl/workbook.xml": b"<broken"})) == ["damaged_document"]


def test_a_table_of_another_kind_beside_the_comments_is_told():
    sheet = read(tables([("Date", "Document", "Project"), ("2026", "X", "Y")], [HEADINGS, ROW], [ROW]))
    assert [(row.table, row.row) for row in sheet.rows] == [(2, 2), (3, 1)]
    assert [(d.code, dict(d.params)) for d in sheet.doubts] == [("table_ignored", {"index": 1})]


def change_first_row(inner):
    """Replace the comment's cell of the first row by this XML."""

    def change(document):
        cell = document.tables[0]._tbl.findall(qn("w:tr"))[0].findall(qn("w:tc"))[5]
        for paragraph in cell.findall(qn("w:p")):
            cell.remove(paragraph)
        for element in parse_xml(f"<w:x {W}>{inner}</w:x>"):
            cell.append(element)

    return change


P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("inner", "comment", "found"),
    [
        (P.format("one") + P.format("two"), "one\ntwo", []),
        ("<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>", "one\ntwo", []),
        (
            "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>new</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='a'><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            "new",
            ["tracked_insertion", "tracked_deletion"],
        ),
        (
            P.format("before") + "<w:tbl><w:tr><w:tc>" + P.format("a") + "</w:tc><w:tc>" + P.format("b") + "</w:tc></w:tr></w:tbl>"
            + P.format("after"),
            "before\na\nb\nafter",
            ["nested_table"],
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>", "seen", ["hidden_text"]),
        (P.format("a\u202eb"), "ab", ["direction_override"]),
        (
            "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>" + P.format("two"),
            "one two",
            ["tracked_deletion"],
        ),
        ("<w:sdt><w:sdtContent>" + P.format("in a control") + "</w:sdtContent></w:sdt>", "in a control", []),
        (
            "<w:p><w:moveFrom w:id='1' w:author='a'><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
            "<w:moveTo w:id='2' w:author='a'><w:r><w:t>came</w:t></w:r></w:moveTo></w:p>",
            "came",
            ["tracked_deletion", "tracked_insertion"],
        ),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_of_a_document(inner, comment, found):
    row = first(filled(ROW, change=change_first_row(inner)))
    assert (row.comment, codes(row)) == (comment, found)


def _mark_rows(document):
    rows = document.tables[0]._tbl.findall(qn("w:tr"))
    for row, mark in zip(rows, ("ins", "del"), strict=False):
        properties = row.find(qn("w:trPr"))
        properties.append(parse_xml(f"<w:{mark} {W} w:id='9' w:author='a'/>"))


def test_an_inserted_row_is_read_with_a_doubt_and_a_deleted_one_is_not():
    sheet = read(filled(ROW, ROW, ("GB", *ROW[1:]), change=_mark_rows))
    assert [(row.row, codes(row)) for row in sheet.rows] == [(1, ["tracked_insertion"]), (3, [])]


def _merge_down(document):
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(1, 0))


def _merge_across(document):
    table = document.tables[0]
    table.cell(0, 5).merge(table.cell(0, 6))
    table.cell(1, 0).merge(table.cell(1, 7))


def test_a_cell_merged_with_the_one_above_has_its_text():
    rows = read(filled(ROW, ("", "13", *ROW[2:]), change=_merge_down)).rows
    assert [(row.member_body, codes(row)) for row in rows] == [("DE", []), ("DE", ["merged_above"])]


def test_cells_merged_side_by_side_are_doubted_and_a_row_of_one_cell_is_told():
    title = ("Clause 3", "", "", "", "", "", "", "")
    sheet = read(filled(ROW, title, ROW, change=_merge_across))
    assert [(row.row, codes(row)) for row in sheet.rows] == [(1, ["merged_beside"]), (3, [])]
    assert [(one.code, one.place.index, one.params["text"]) for one in sheet.skipped] == [
        ("spanning_row", 2, "Clause 3")
    ]


def test_a_sheet_framed_by_another_table_is_found():
    inner = Document(BytesIO(tables([HEADINGS, ROW]))).tables[0]._tbl

    def framed(document):
        document.add_table(1, 1).cell(0, 0)._tc.insert(1, inner)

    assert told(docx(framed)) == [PLAIN]


def test_the_clause_column_of_a_workbook_says_what_excel_made_of_it():
    rows = [
        (*ROW[:2], value, *ROW[3:]) for value in (date(2001, 2, 3), datetime(2001, 2, 3), 3.1, 5, "3.10", True, "=A1")
    ]  # fmt: skip
    assert [(row.clause, codes(row)) for row in read(workbook(HEADINGS, *rows)).rows] == [
        ("2001-02-03", ["clause_is_date"]), ("2001-02-03", ["clause_is_date"]), ("3.1", ["clause_is_number"]), ("5", []),
        ("3.10", []), ("TRUE", []), ("=A1", ["formula_in_cell"]),
    ]  # fmt: skip


def test_formulas_of_a_workbook_are_refused_and_text_that_looks_like_one_is_kept():
    def typed_as_text(book):
        cell = book.active["F3"]
        cell.value, cell.data_type = "=1+1", "s"

    data = workbook(HEADINGS, (*ROW[:5], "=1+1", *ROW[6:]), (*ROW[:5], "x", *ROW[6:]), change=typed_as_text)
    assert [(row.comment, row.status, codes(row)) for row in read(data).rows] == [
        ("=1+1", "error", ["formula_in_cell"]), ("=1+1", "ok", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("one_x000D_\ntwo", "one\ntwo"),
        ("a_x0007_b", "ab"),
        ("a_xD83D_b", "a_xD83D_b"),
        ("x_000D_", "x_000D_"),
    ],
)
def test_control_characters_as_a_workbook_writes_them_are_none_of_the_text(typed, read_as):
    assert first(workbook(HEADINGS, (*ROW[:5], typed, *ROW[6:]))).comment == read_as


def _sheets(book):
    hidden = book.create_sheet("Old")
    hidden.append(list(HEADINGS))
    hidden.append(list(ROW))
    hidden.sheet_state = "hidden"
    book.create_sheet("Notes").append(["Read me"])
    more = book.create_sheet("More")
    more.append([])
    more.append(list(HEADINGS))
    more.append(list(ROW))


def test_hidden_and_other_sheets_are_told_and_every_sheet_of_comments_is_read():
    sheet = read(workbook(HEADINGS, ROW, change=_sheets))
    assert [(row.table, row.row) for row in sheet.rows] == [(1, 2), (4, 3)]
    assert [(d.code, d.params["text"]) for d in sheet.doubts] == [
        ("hidden_sheet", "Old"),
        ("sheet_ignored", "Notes"),
    ]


def _merged_cells(book):
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("F3:G3")
    book.active.merge_cells("A4:H4")


def test_merged_cells_of_a_workbook():
    title = ("About clause 3", *[None] * 7)
    sheet = read(workbook(HEADINGS, ROW, (None, *ROW[1:]), title, change=_merged_cells))
    assert [(row.member_body, codes(row)) for row in sheet.rows] == [
        ("DE", []),
        ("DE", ["merged_above", "merged_beside"]),
    ]
    assert [one.place.index for one in sheet.skipped] == [4]


def test_a_workbook_of_another_schema_is_refused():
    assert refused(workbook(("Product", "Price"), ("Coffee", 3))) == ["no_comment_table"]
    assert refused(workbook()) == ["no_comment_table"]


@pytest.mark.parametrize(
    "make", [lambda rows: workbook(HEADINGS, *rows), lambda rows: as_csv(HEADINGS, *rows)]
)
def test_ten_thousand_rows_are_read_one_by_one(make):
    rows = [
        (*ROW[:5], f"Comment {n}" if n % 1000 else "", "" if n % 1000 == 0 else "x", "")
        for n in range(1, 10_001)
    ]
    sheet = read(make(rows))
    assert (len(sheet.rows), sum(row.status == "error" for row in sheet.rows)) == (10_000, 10)


def test_more_rows_than_are_read_are_refused():
    assert refused(as_csv(HEADINGS, *[ROW] * 20_100)) == ["too_many_rows"]


def test_a_name_that_is_too_long_is_refused():
    assert refused(as_csv(SIX), "x" * 256) == ["name_too_long"]


def test_reading_needs_neither_database_nor_settings(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes(as_csv(SIX, ("DE", "3.1", "", "te", "Long", "Cut")))
    done = subprocess.run(
        [sys.executable, "-c", "from consultations.cli import main; main()", "comments", "read", str(path), "--json"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={"PYTHONPATH": str(sheets.BLANK.parents[3]), "DATABASE_URL": "sqlite:////nowhere/at/all", "PLENARIA_VAR": "/nowhere"},
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["rows"][0]["clause"]) == (0, "3.1")
