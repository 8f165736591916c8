"""The addresses of the pages of workshops, paper and forms, below /unit and /network."""

from consultations.views.staff_entries import (
    edit_entry,
    enter_answers,
    enter_comment,
    enter_no_comment,
    entries,
    entry,
    withdraw_entry,
)
from consultations.views.staff_forms import form_report, print_form, upload_form, workbook
from consultations.views.staff_pages import Route
from consultations.views.staff_workshops import (
    edit_workshop,
    new_workshop,
    overview,
    take_back_workshop,
    workshop,
)

_ROUND = "/rounds/<int:round_id>"
_ONE = f"{_ROUND}/entries/<int:organisation_id>"
_READ, _BOTH = ("GET",), ("GET", "POST")

ROUTES: tuple[Route, ...] = (
    (f"{_ROUND}/workshops", "workshops", overview, _READ),
    (f"{_ROUND}/workshops/new", "new_workshop", new_workshop, _BOTH),
    ("/workshops/<int:workshop_id>", "workshop", workshop, _BOTH),
    ("/workshops/<int:workshop_id>/edit", "edit_workshop", edit_workshop, _BOTH),
    ("/workshops/<int:workshop_id>/take-back", "take_back_workshop", take_back_workshop, _BOTH),
    (f"{_ROUND}/entries", "entries", entries, _READ),
    (_ONE, "entry", entry, _READ),
    (f"{_ONE}/comment", "enter_comment", enter_comment, _BOTH),
    (f"{_ONE}/answers", "enter_answers", enter_answers, _BOTH),
    (f"{_ONE}/no-comment", "enter_no_comment", enter_no_comment, _BOTH),
    (f"{_ONE}/form", "print_form", print_form, _READ),
    ("/entries/<int:comment_id>", "edit_entry", edit_entry, _BOTH),
    ("/entries/<int:comment_id>/withdraw", "withdraw_entry", withdraw_entry, _BOTH),
    (f"{_ROUND}/form.xlsx", "workbook", workbook, _READ),
    (f"{_ROUND}/forms", "upload_form", upload_form, _BOTH),
    (f"{_ROUND}/forms/<sha256>", "form_report", form_report, _BOTH),
)
