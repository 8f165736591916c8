"""A form as a workbook: a cover, a sheet of clauses to comment on, a sheet of questions, and the hidden marks.

What is read back is unlocked, everything else protected (against slips, not against intent: the marks are checked on
reading). Text that begins like a formula stays text.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from consultations.documents.form_draft import (
    COMMENTS,
    COVER,
    LISTS,
    MARKS,
    QUESTIONS,
    SCHEMA,
    WHOLE,
    FormDraft,
    FormQuestion,
    seal,
)
from workflows.questions import choices

LONG = 10_000
Words = Mapping[str, Any]
"""Headings, instructions and the lists, in the language of the form (wording_forms.form_words)."""


def write_form(draft: FormDraft, words: Words) -> bytes:
    """Return the workbook (XLSX) of a form, in the language of `words`."""
    import xlsxwriter  # slow to import, and seldom wanted

    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    looks = _looks(book)
    _cover(book.add_worksheet(words["cover"]), draft, words, looks)
    _comments(book.add_worksheet(words["comments"]), draft, words, looks)
    _questions(book.add_worksheet(words["questions"]), draft, words, looks)
    _marks(book.add_worksheet(MARKS), draft)
    book.set_properties(
        {"title": f"{draft.title} · {draft.organisation or draft.round_id}", "comments": SCHEMA}
    )
    book.close()
    return target.getvalue()


def listed(labels: Sequence[str]) -> list[str]:
    """The entries of a list as they are chosen: numbered, so that they are read back in any language."""
    return [f"{number}. {label}" for number, label in enumerate(labels, 1)]


def _looks(book: Any) -> dict[str, Any]:
    plain = {"text_wrap": True, "valign": "top", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_size": 15, "text_wrap": True}),
        "head": book.add_format({**plain, "bold": True, "bottom": 1, "bg_color": "#E6F0EA"}),
        "text": book.add_format(plain),
        "open": book.add_format({**plain, "locked": False, "border": 1, "border_color": "#827A6A", "bg_color": "#FFFDF0", "num_format": "@"}),
        "date": book.add_format({**plain, "locked": False, "border": 1, "border_color": "#827A6A", "bg_color": "#FFFDF0", "num_format": "yyyy-mm-dd"}),
        "number": book.add_format({**plain, "locked": False, "border": 1, "border_color": "#827A6A", "bg_color": "#FFFDF0"}),
    }  # fmt: skip


def _dressed(sheet: Any, which: str, widths: Sequence[int]) -> None:
    """The hidden first column with the sheet's mark, the widths, and the protection."""
    sheet.write_string(0, 0, which)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for column, width in enumerate(widths, 1):
        sheet.set_column(column, column, width)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cover(sheet: Any, draft: FormDraft, words: Words, looks: dict[str, Any]) -> None:
    _dressed(sheet, COVER, (28, 70))
    sheet.write_string(0, 1, draft.title, looks["title"])
    facts = (words["round"] % {"number": draft.round_number}, words["closes"] % {"when": draft.closes})
    for row, text in enumerate((*facts, *words["instructions"]), 1):
        sheet.merge_range(row, 1, row, 2, text, looks["text"])
        sheet.set_row(row, 34)
    places = (
        ("code", words["code"], draft.code, looks["text" if draft.code else "open"]),
        ("name", words["organisation"], draft.organisation, looks["text" if draft.code else "open"]),
        ("channel", words["channel"], listed(words["lists"]["channels"])[0], looks["open"]),
        ("workshop", words["workshop"], "", looks["open"]),
    )
    first = 2 + len(words["instructions"]) + 1
    for row, (mark, label, value, look) in enumerate(places, first):
        sheet.write_string(row, 0, mark)
        sheet.write_string(row, 1, label, looks["head"])
        sheet.write_string(row, 2, value, look)
    _list(sheet, first + 2, 2, listed(words["lists"]["channels"]))


def _comments(sheet: Any, draft: FormDraft, words: Words, looks: dict[str, Any]) -> None:
    _dressed(sheet, COMMENTS, (10, 60, 22, 22, 50, 40, 50, 14))
    for column, name in enumerate(words["comment_columns"], 1):
        sheet.write_string(0, column, name, looks["head"])
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    rows = [
        (WHOLE, "", words["whole"]),
        *((one.id, one.number, "\n".join(filter(None, (one.heading, one.text)))) for one in draft.clauses),
    ]
    # Each keeps its number, by which it is read back.
    kinds = zip(LISTS["types"], listed(words["lists"]["types"]), strict=True)
    types = [entry for kind, entry in kinds if kind in draft.types]
    for row, (id, number, text) in enumerate(rows, 1):
        sheet.write_string(row, 0, id)
        sheet.write_string(row, 1, number, looks["text"])
        sheet.write_string(row, 2, text[:32_000], looks["text"])
        for column in range(3, 9):
            sheet.write_blank(row, column, None, looks["open"])
        _list(sheet, row, 3, listed(words["lists"]["stances"]))
        _list(sheet, row, 4, types)
        _list(sheet, row, 8, listed([words["yes"]]))
        for column in (5, 6, 7):
            sheet.data_validation(
                row,
                column,
                row,
                column,
                {"validate": "length", "criteria": "<=", "value": LONG, "ignore_blank": True},
            )


def _questions(sheet: Any, draft: FormDraft, words: Words, looks: dict[str, Any]) -> None:
    _dressed(sheet, QUESTIONS, (8, 80, 40, 50))
    for column, name in enumerate(words["question_columns"], 1):
        sheet.write_string(0, column, name, looks["head"])
    sheet.freeze_panes(1, 0)
    row = 1
    for question in draft.questions:
        row = _question(sheet, row, question, words, looks)


def _question(sheet: Any, row: int, question: FormQuestion, words: Words, looks: dict[str, Any]) -> int:
    """One question from this row on; returns the first row after it."""
    kind, position = question.asking.kind, question.asking.position
    notes = [question.when, words["required"] if question.asking.required else "", words["how"].get(kind, "")]
    sheet.write_string(row, 0, question.id)
    sheet.write_string(row, 1, str(position), looks["head"])
    sheet.write_string(row, 2, "\n".join([question.text, *filter(None, notes)]), looks["head"])
    if kind == "file":  # no cell holds one
        return row + 1
    sheet.write_blank(row, 4, None, looks["open"])
    if kind not in ("multiple", "ranking"):
        _answer(sheet, row, question, words, looks)
        return row + 1
    for place, option in enumerate(question.options, 1):
        sheet.write_string(row + place, 0, f"{question.id}/{place - 1}")
        sheet.write_string(row + place, 2, option, looks["text"])
        sheet.write_blank(row + place, 3, None, looks["open" if kind == "multiple" else "number"])
        if kind == "multiple":
            _list(sheet, row + place, 3, ["x"])
        else:
            rule = {
                "validate": "integer",
                "criteria": "between",
                "minimum": 1,
                "maximum": len(question.options),
            }
            sheet.data_validation(row + place, 3, row + place, 3, rule)
    return row + len(question.options) + 1


def _answer(sheet: Any, row: int, question: FormQuestion, words: Words, looks: dict[str, Any]) -> None:
    asking = question.asking
    look = looks[
        "date" if asking.kind == "date" else "number" if asking.kind in ("number", "scale") else "open"
    ]
    sheet.write_blank(row, 3, None, look)
    if asking.kind in ("agree", "single"):
        labels = words["lists"]["agreement"] if asking.kind == "agree" else question.options
        _list(sheet, row, 3, listed(labels))
    elif asking.kind == "scale":
        _list(sheet, row, 3, list(choices(asking)))
    elif asking.kind == "number" and asking.lowest is not None and asking.highest is not None:
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": asking.lowest,
            "maximum": asking.highest,
        }
        sheet.data_validation(row, 3, row, 3, rule)


def _list(sheet: Any, row: int, column: int, entries: list[str]) -> None:
    """A list to choose from; Excel takes at most 255 characters of it, so long ones are chosen by their number alone."""
    short = entries if len(",".join(entries)) <= 255 else [entry.partition(" ")[0] for entry in entries]
    if all("," not in entry for entry in short) and len(",".join(short)) <= 255:
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {"validate": "list", "source": short, "ignore_blank": True, "error_type": "warning"},
        )


def _marks(sheet: Any, draft: FormDraft) -> None:
    """What says where the form belongs; the sheet is hidden so that no menu shows it."""
    code = draft.code
    sealed = seal(draft.serial, draft.round_id, draft.text_sha256, code, draft.language, draft.ids())
    for row, value in enumerate(
        (MARKS, SCHEMA, draft.serial, str(draft.round_id), draft.text_sha256, code, draft.language, sealed)
    ):
        sheet.write_string(row, 0, value)
    sheet.protect("")
    sheet.very_hidden()
