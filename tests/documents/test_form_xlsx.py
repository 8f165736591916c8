"""A form goes out as a workbook and comes back: every cell read as it stands, everything odd told."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from consultations.documents.findings import FileRefused
from consultations.documents.form_answers import interpret
from consultations.documents.form_draft import FormClause, FormDraft, FormQuestion, question_ids, seal
from consultations.documents.form_xlsx_read import read_form
from consultations.documents.form_xlsx_write import write_form
from consultations.documents.wording import SENTENCES
from workflows.questions import Asking

WORDS: dict[str, Any] = {
    "cover": "Start", "comments": "Comments", "questions": "Questions", "round": "Round %(number)s", "closes": "Closes %(when)s",
    "instructions": ["One.", "Two."], "code": "Code", "organisation": "Organisation", "channel": "Way", "workshop": "Workshop",
    "whole": "Whole", "comment_columns": list("ABCDEFGH"), "question_columns": list("ABCD"), "yes": "Yes", "required": "Required.",
    "how": {}, "lists": {
        "stances": ["For", "Neither", "Against"], "types": [f"T{n}" for n in range(9)], "channels": ["Paper", "Workshop"],
        "agreement": ["Agree", "Partly", "Disagree"],
    },
}  # fmt: skip
ASKINGS = (
    Asking(1, "agree"), Asking(2, "single", 2), Asking(3, "multiple", 3), Asking(4, "scale", lowest=1, highest=5),
    Asking(5, "ranking", 3), Asking(6, "number", lowest=0, highest=10), Asking(7, "date"), Asking(8, "text"),
)  # fmt: skip
DRAFT = FormDraft(
    "s-1", 7, "a" * 64, "es", "=Título", 1, "mañana", "ORG-1", "Cooperativa", (FormClause("n1", "1.1", "Agua", "=1+1"), FormClause("n2", "1.2", "Luz")),
    tuple(FormQuestion(one, f"¿{one.kind}?", tuple(f"Opción {n}" for n in range(one.options))) for one in ASKINGS),
)  # fmt: skip


def filled(cells: dict[str, dict[str, object]], draft: FormDraft = DRAFT) -> bytes:
    """The form with these cells written: {sheet: {"D2": value}}."""
    book = load_workbook(BytesIO(write_form(draft, WORDS)))
    for name, values in cells.items():
        for where, value in values.items():
            book[name][where] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def rows_of() -> dict[str, int]:
    """mark -> row on the sheet of questions."""
    sheet = load_workbook(BytesIO(write_form(DRAFT, WORDS)))["Questions"]
    return {str(row[0].value): number for number, row in enumerate(sheet.iter_rows(), 1)}


def codes(data: bytes) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_form(data)
    return [fault.code for fault in refused.value.faults]


def test_an_empty_form_says_nothing_and_is_sealed(tmp_path) -> None:
    told = read_form(write_form(DRAFT, WORDS))
    assert (told.comments, told.answers, told.stray, told.code, told.channel, told.workshop) == (
        (),
        (),
        (),
        "ORG-1",
        "paper",
        "",
    )
    assert told.sealed == seal("s-1", 7, "a" * 64, "ORG-1", "es", DRAFT.ids())
    assert DRAFT.ids()[:3] == [("whole", ""), ("n1", "1.1"), ("n2", "1.2")]
    assert DRAFT.ids()[3:] == question_ids(ASKINGS)


def test_a_comment_is_read_as_it_stands_and_text_like_a_formula_stays_text() -> None:
    cells = {
        "D3": "3. Against",
        "E3": "7. Gender",
        "F3": "No alcanza.\nNunca.",
        "G3": "Llueve",
        "H3": "Otra cosa",
        "I3": "1. Yes",
    }
    (row,) = read_form(filled({"Comments": cells})).comments
    assert (row.row, row.id, row.number, row.stance, row.type, row.text, row.justification, row.proposal, row.would_vote_no) == (
        3, "n1", "1.1", "against", "gender", "No alcanza.\nNunca.", "Llueve", "Otra cosa", True,
    )  # fmt: skip
    assert row.findings == ()
    sheet = load_workbook(BytesIO(write_form(DRAFT, WORDS)))["Comments"]
    assert (sheet["C3"].data_type, sheet["C3"].value) == ("s", "Agua\n=1+1")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"F3": "Sí"}, ["row_stance_taken"]),
        ({"F3": "Sí", "D3": "4. Maybe"}, ["row_choice"]),
        ({"F3": "Sí", "D3": "For"}, ["row_choice"]),
        ({"F3": "Sí", "D3": "1. For", "E3": "0. T"}, ["row_choice"]),
        ({"D3": "1. For"}, ["row_without_comment"]),
        ({"F3": "=1+1", "D3": "1. For"}, ["row_formula"]),
        ({"F3": "Sí", "D3": '=HYPERLINK("http://x")'}, ["row_formula", "row_stance_taken"]),
        ({"F3": "x" * 10_001, "D3": "1. For"}, ["row_too_long"]),
        ({"F3": "x" * 10_000, "D3": "1. For"}, []),
        ({"F3": "<b>Sí</b> שלום", "D3": "1. For"}, []),
    ],
)
def test_a_row_says_everything_that_is_odd_with_it(cells: dict[str, object], expected: list[str]) -> None:
    (row,) = read_form(filled({"Comments": cells})).comments
    assert [finding.code for finding in row.findings] == expected


LABELS = {
    "stances": {"against": "against", "en contra": "against"}, "types": {"género": "gender"},
    "channels": {"taller": "workshop"},
}  # fmt: skip


@pytest.mark.parametrize("said", ["3. Against", "3", "Against", "En contra", "EN CONTRA"])
def test_a_choice_is_read_by_its_number_or_by_its_words(said: str) -> None:
    cells = {"D3": said, "E3": "Género", "F3": "No alcanza."}
    (row,) = read_form(filled({"Comments": cells}), LABELS).comments
    assert (row.stance, row.type, row.findings) == ("against", "gender", ())


@pytest.mark.parametrize(
    ("said", "counts"), [("1. Yes", True), ("x", True), ("No", False), ("Não", False), (None, False)]
)
def test_no_in_the_column_of_votes_is_no(said: str | None, counts: bool) -> None:
    (row,) = read_form(filled({"Comments": {"D3": "1. For", "F3": "Sí", "I3": said}})).comments
    assert row.would_vote_no is counts


def test_only_the_types_that_the_round_asks_are_offered_and_each_keeps_its_number() -> None:
    draft = replace(DRAFT, types=("general", "climate"))
    sheet = load_workbook(BytesIO(write_form(draft, WORDS)))["Comments"]
    (offered,) = {
        one.formula1 for one in sheet.data_validations.dataValidation if "E2" in str(one.sqref).split()
    }
    assert offered == '"1. T0,9. T8"'
    told = read_form(filled({"Comments": {"E3": "9. T8", "F3": "Sombra."}}, draft))
    assert [row.type for row in told.comments] == ["climate"]


def test_a_row_whose_mark_is_gone_or_doubled_is_told() -> None:
    told = read_form(filled({"Comments": {"A3": None, "F3": "Sí", "A4": "whole", "F4": "No", "F2": "Todo"}}))
    assert [(row, finding.code) for _, row, finding in told.stray] == [
        (3, "row_id_edited"),
        (4, "row_id_double"),
    ]
    assert [row.id for row in told.comments] == ["whole"]


@pytest.mark.parametrize(
    ("marks", "value", "words"),
    [
        ({"q1": "2. Partly"}, "partly", ""), ({"q2": "2. Opción 1"}, "1", ""), ({"q3/0": "x", "q3/2": "x"}, "0 2", ""),
        ({"q4": 5}, "5", ""), ({"q4": "5"}, "5", ""), ({"q5/0": 2, "q5/1": 3, "q5/2": 1}, "2 0 1", ""), ({"q6": 2.5}, "2.5", ""),
        ({"q6": "2,5"}, "2.5", ""), ({"q7": "2026-11-30"}, "2026-11-30", ""), ({"q8": "Palabras"}, "", "Palabras"),
    ],
)  # fmt: skip
def test_every_kind_of_answer_is_read(marks: dict[str, object], value: str, words: str) -> None:
    places = rows_of()
    told = read_form(filled({"Questions": {f"D{places[mark]}": said for mark, said in marks.items()}}))
    (answer,) = interpret(told.answers, ASKINGS)
    assert (answer.value, answer.words, answer.findings) == (value, words, ())


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"q1": "4. x"}, "row_choice"), ({"q2": "x"}, "row_choice"), ({"q4": 6}, "row_choice"), ({"q5/0": 1, "q5/1": 1, "q5/2": 2}, "row_ranking"),
        ({"q5/0": 1}, "row_ranking"), ({"q6": 10.01}, "row_number"), ({"q6": "mucho"}, "row_number"), ({"q7": "30/11/2026"}, "row_date"),
        ({"q6": "=5+5"}, "row_formula"), ({"q3/1": "=1"}, "row_formula"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_meant_says_why(marks: dict[str, object], code: str) -> None:
    places = rows_of()
    told = read_form(filled({"Questions": {f"D{places[mark]}": said for mark, said in marks.items()}}))
    (answer,) = interpret(told.answers, ASKINGS)
    assert [finding.code for finding in answer.findings] == [code]


def test_a_workbook_that_is_none_of_ours_is_refused() -> None:
    target = BytesIO()
    Workbook().save(target)
    assert codes(target.getvalue()) == ["not_our_form"]
    assert codes(filled({"_": {}} if False else {"marks": {"A2": "plenaria-form/99"}})) == [
        "other_form_schema"
    ]
    assert codes(filled({"marks": {"A4": "1e9"}})) == ["form_ids_edited"]
    assert codes(filled({"Questions": {"A1": None}})) == ["form_sheet_missing"]
    assert codes(b"") == ["empty_file"]
    assert codes(b"%PDF-1.7") == ["wrong_type"]
    assert codes(write_form(DRAFT, WORDS)[:2000]) == ["damaged_archive"]


def test_a_form_with_ten_thousand_rows_is_refused() -> None:
    many = {f"F{row}": "x" for row in range(2, 10_002)}
    assert codes(filled({"Comments": many})) == ["too_many_rows"]


def test_nothing_but_the_framed_cells_is_open_and_the_marks_are_hidden() -> None:
    book = load_workbook(BytesIO(write_form(DRAFT, WORDS)))
    assert [sheet.protection.sheet for sheet in book] == [True] * 4
    assert book["marks"].sheet_state == "veryHidden"
    comments = book["Comments"]
    assert comments.column_dimensions["A"].hidden
    assert [comments[f"{column}3"].protection.locked for column in "ABCDEFGHI"] == [True] * 3 + [False] * 6
    assert sum(len(rule.sqref.ranges) for rule in comments.data_validations.dataValidation) > 0


def test_every_sentence_of_a_form_is_there() -> None:
    assert {"row_formula", "other_round_form", "sheet_kept_unsent"} <= set(SENTENCES)
    with ZipFile(BytesIO(write_form(DRAFT, WORDS))) as archive:
        assert "xl/workbook.xml" in archive.namelist()
