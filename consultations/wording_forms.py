"""Words of the form that goes out and comes back, in the language of whoever fills it in; and of what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale, gettext

from consultations import wording
from consultations.documents.findings import Finding
from consultations.documents.form_draft import LISTS
from consultations.documents.wording import SENTENCES, place
from consultations.wording_comments import AGREEMENT, STANCES, TYPES
from workflows.refusals import Refusal


def form_words(language: str) -> Mapping[str, Any]:
    """Everything that documents.form_xlsx_write writes besides the text and the questions, in one language."""
    with force_locale(language):
        return {
            "cover": gettext("Start here"), "comments": gettext("Comments"), "questions": gettext("Questions"),
            "round": gettext("Round %(number)s", number="%(number)s"), "closes": gettext("It closes: %(when)s", when="%(when)s"),
            "instructions": [
                gettext("Write only in the framed cells. The other cells are locked: they say where your words belong."),
                gettext("Sheet “Comments”: one row for each clause. Leave empty what you do not comment on."),
                gettext("Sheet “Questions”: choose from the lists, or write the number, the date or the words asked for."),
                gettext("Do not use formulas. Send the file back as it is; it may be sent back more than once."),
            ],
            "code": gettext("Code of the organisation"), "organisation": gettext("Organisation"),
            "channel": gettext("How it was received"), "workshop": gettext("Number of the workshop, if any"),
            "whole": gettext("The text as a whole"),
            "comment_columns": [
                gettext("Clause"), gettext("Text"), gettext("Your view"), gettext("What is it about?"), gettext("Your comment"),
                gettext("Why"), gettext("The clause as you would write it"), gettext("Would make us vote no"),
            ],
            "question_columns": [gettext("Number"), gettext("Question"), gettext("Your answer"), gettext("Why, or a remark")],
            "yes": gettext("Yes"), "required": gettext("Required."),
            "how": {
                "agree": gettext("Choose one."), "single": gettext("Choose one."), "multiple": gettext("Mark with an x all that apply."),
                "scale": gettext("Choose a number."), "ranking": gettext("Number all of them; 1 is what you prefer."),
                "number": gettext("Write a number."), "date": gettext("Write a date, such as 2026-11-30."), "text": "",
                "file": gettext("Send the file beside this form: it is added on the page."),
            },
            "lists": {
                "stances": [str(STANCES[one]) for one in LISTS["stances"]], "types": [str(TYPES[one]) for one in LISTS["types"]],
                "channels": [gettext("Paper"), gettext("Workshop")], "agreement": [str(one) for one in AGREEMENT.values()],
            },
        }  # fmt: skip


def row_reason(reason: Finding | Refusal) -> str:
    """Why a row is doubtful or in error, in the reader's language."""
    if isinstance(reason, Refusal):
        told = wording.refusal(reason)
        return f"{told['sentence']} {told['remedy']}"
    return gettext(SENTENCES[reason.code], **reason.params)


def english(reason: Finding | Refusal) -> str:
    """The same in English, its place first, for the command line."""
    if isinstance(reason, Refusal):
        return str(reason)
    said = SENTENCES[reason.code] % reason.params
    return f"{place(reason.place)}: {said}" if reason.place else said
