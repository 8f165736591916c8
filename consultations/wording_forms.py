"""Words of the form that goes out and comes back, in the language of whoever fills it in; and of what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale, gettext, lazy_gettext

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


COLUMNS = {
    "stance": lazy_gettext("Your view"), "type": lazy_gettext("What is it about?"), "comment": lazy_gettext("Your comment"),
    "why": lazy_gettext("Why"), "proposal": lazy_gettext("The clause as you would write it"),
    "vote": lazy_gettext("Would make us vote no"), "answer": lazy_gettext("Your answer"),
    "remark": lazy_gettext("Why, or a remark"),
}  # fmt: skip
"""What readers of a form call its columns -> what the sheet calls them."""


def form_labels() -> dict[str, dict[str, str]]:
    """The words of every list of the form in every language, in small letters -> their values."""
    found: dict[str, dict[str, str]] = {name: {} for name in (*LISTS, "agreement")}
    for language in wording.LANGUAGES:
        said = form_words(language)["lists"]
        for name, values in (*LISTS.items(), ("agreement", tuple(AGREEMENT))):
            found[name] |= {words.casefold(): value for words, value in zip(said[name], values, strict=True)}
    return found


def row_reason(reason: Finding | Refusal) -> str:
    """Why a row is doubtful or in error, in the reader's language."""
    if isinstance(reason, Refusal):
        told = wording.refusal(reason)
        return f"{told['sentence']} {told['remedy']}"
    return gettext(SENTENCES[reason.code], **_columns(reason))


def english(reason: Finding | Refusal) -> str:
    """The same in English, its place first, for the command line."""
    if isinstance(reason, Refusal):
        return str(reason)
    with force_locale("en"):
        said = SENTENCES[reason.code] % {name: str(value) for name, value in _columns(reason).items()}
    return f"{place(reason.place)}: {said}" if reason.place else said


def _columns(reason: Finding) -> dict[str, Any]:
    """The values of a finding, its column as the sheet calls it."""
    told = dict(reason.params)
    return told | {"column": str(COLUMNS[str(told["column"])])} if told.get("column") in COLUMNS else told
