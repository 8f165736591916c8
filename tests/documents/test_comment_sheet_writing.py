"""Comment sheets out: whatever is written reads back the same, in every format."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import COLUMNS
from consultations.documents.comment_sheet_values import TYPES
from consultations.documents.comment_sheet_writing import (
    FORMATS,
    HEADINGS,
    Said,
    protected,
    rows_to_write,
    written,
)
from consultations.documents.findings import FileRefused
from workflows.comment import CommentOutcome

FILES = ("docx", "xlsx", "csv")
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''+2",
    "＝1",
    "a;b,c\td",
    '"quoted"',
    "<b>bold</b> & more",
    "_x0041_",
    "نص عربي",
    "a\nb",
    "'",
    "1.10",
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
words = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=20)
said = st.builds(
    Said, member_body=words, clause=st.sampled_from(["", "3.2.1", "A", "R-4.1", "10"]), paragraph=texts,
    type=st.sampled_from(sorted(set(TYPES.values()))), comment=words | st.sampled_from(NASTY), proposed_change=texts,
    outcome=st.none() | st.sampled_from([str(outcome) for outcome in CommentOutcome]), response=texts,
)  # fmt: skip


def plain(rows):
    return [(row.row, row.outcome, *(getattr(row, name) for name in COLUMNS)) for row in rows]


@pytest.mark.parametrize("form", FILES)
@settings(max_examples=25, deadline=None)
@given(st.lists(said, max_size=4))
def test_an_export_reads_back_the_same(form, comments):
    rows = rows_to_write([one if one.outcome else replace(one, response="") for one in comments])
    assert plain(read_comment_sheet(written(rows, form, "Sheet"), f"x.{form}").rows) == plain(rows)


ONE = Said("GT-1", "3.2.1", "Table 1", "technical", "Too long", "Shorten it", "rejected", "Because.")


def test_the_json_has_the_shape_of_the_report():
    report = json.loads(written(rows_to_write([ONE]), "json", "Sheet"))
    assert sorted(report) == ["rows", "summary"]
    assert report["rows"] == [
        {
            "row": 2, "member_body": "GT-1", "clause": "3.2.1", "paragraph": "Table 1", "type": "technical",
            "comment": "Too long", "proposed_change": "Shorten it", "observation": "Not accepted:\nBecause.", "outcome": "rejected",
            "matched_clause": "3.2.1", "status": "ok", "reasons": [],
        }
    ]  # fmt: skip
    assert (report["summary"]["total"], report["summary"]["by_outcome"]) == (1, {"rejected": 1})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("'=1", "''=1"),
        ("＝1", "'＝1"),
        ("1=1", "1=1"),
        ("'x", "'x"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_compute_is_protected(cell, expected):
    assert protected(cell) == expected


def test_the_csv_protects_every_column():
    text = written(rows_to_write([Said("=a", "", "@b", "general", "+c", "-d")]), "csv", "").decode(
        "utf-8-sig"
    )
    assert text.split("\r\n")[1] == '"\'=a","","","\'@b","ge","\'+c","\'-d",""'


def test_the_workbook_holds_text_and_no_formula():
    data = written(
        rows_to_write([Said("=1+1", "3.10", "", "general", "http://example.org", "")]), "xlsx", "Sheet"
    )
    row = next(iter(load_workbook(BytesIO(data)).active.iter_rows(min_row=2)))
    assert [(cell.value, cell.data_type) for cell in row[:3]] == [("=1+1", "s"), ("", "s"), ("3.10", "s")]


def test_the_document_has_its_headings_in_a_row_that_repeats():
    document = Document(BytesIO(written(rows_to_write([ONE]), "docx", "Coffee, round 1")))
    row = document.tables[0].rows[0]
    assert tuple(cell.text for cell in row.cells) == HEADINGS
    assert row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert (document.paragraphs[0].text, document.core_properties.title) == ("Coffee, round 1",) * 2


def test_a_cell_that_a_workbook_cannot_hold_is_refused_and_not_cut():
    long = [Said("GT-1", "", "", "general", "x" * 32_768, "")]
    with pytest.raises(FileRefused) as caught:
        written(rows_to_write(long), "xlsx", "")
    assert [(f.code, dict(f.params)) for f in caught.value.faults] == [
        ("cell_over_xlsx_limit", {"row": 2, "limit": 32_767})
    ]
    assert read_comment_sheet(written(rows_to_write(long), "docx", ""), "x").rows[0].comment == "x" * 32_768


@pytest.mark.parametrize("form", FORMATS)
def test_five_thousand_comments_are_written(form):
    many = rows_to_write(
        [
            Said(f"GT-{n}", f"3.{n % 40}", "", "general", f"Comment {n}", "", "noted", "Thank you")
            for n in range(5_000)
        ]
    )
    assert len(written(many, form, "Sheet")) > 50_000
