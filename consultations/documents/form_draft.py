"""The form of one round as plain values: what is written into a workbook or printed, and what came back in one."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultations.documents.findings import Finding
from workflows.questions import Asking

SCHEMA = "plenaria-form/1"
WHOLE = "whole"
COMMENTS, QUESTIONS, COVER, MARKS = "comments", "questions", "cover", "marks"
"""Which sheet is which: written into the hidden cell A1 of each, so that sheets may be renamed and moved."""

LISTS = {
    "stances": ("for", "neutral", "against"),
    "types": ("general", "technical", "editorial", "question", "cost", "feasibility", "gender", "child_labour", "climate"),
    "channels": ("paper", "workshop"),
}  # fmt: skip
"""The lists of the form, in the order in which their entries are numbered."""


@dataclass(frozen=True)
class FormClause:
    """A clause: its stable id, number, heading and text in the language of the form."""

    id: str
    number: str
    heading: str
    text: str = ""


@dataclass(frozen=True)
class FormQuestion:
    """A question in the language of the form; `when`: on which earlier answer it hangs, in words."""

    asking: Asking
    text: str
    options: tuple[str, ...] = ()
    when: str = ""

    @property
    def id(self) -> str:
        """Its stable id within the round."""
        return f"q{self.asking.position}"


@dataclass(frozen=True)
class FormDraft:
    """A form. `code` and `organisation` are empty when they are to be written in by hand; `serial` tells two forms apart;
    `types` of comment that the round asks."""

    serial: str
    round_id: int
    text_sha256: str
    language: str
    title: str
    round_number: int
    closes: str
    code: str
    organisation: str
    clauses: tuple[FormClause, ...]
    questions: tuple[FormQuestion, ...]
    types: tuple[str, ...] = LISTS["types"]
    dossier: str = ""  # its code, as people name it

    @property
    def filename(self) -> str:
        """A name for the file: letters, digits and hyphens."""
        return f"form-{self.round_id}{f'-{self.code}' if self.code else ''}-{self.language}.xlsx"

    def ids(self) -> list[tuple[str, str]]:
        """Every row's mark with the number that stands beside it."""
        clauses = [(WHOLE, ""), *((one.id, one.number) for one in self.clauses)]
        return clauses + question_ids([one.asking for one in self.questions])


def question_ids(questions: Iterable[Asking]) -> list[tuple[str, str]]:
    """The marks of the rows of these questions; options have a row each where several may be marked."""
    found: list[tuple[str, str]] = []
    for asking in questions:
        found.append((f"q{asking.position}", str(asking.position)))
        if asking.kind in ("multiple", "ranking"):
            found += [(f"q{asking.position}/{place}", "") for place in range(asking.options)]
    return found


def seal(
    serial: str, round_id: int, text_sha256: str, code: str, language: str, ids: Iterable[tuple[str, str]]
) -> str:
    """SHA-256 over everything hidden in a form: whoever changes one mark would have to change it too."""
    told = json.dumps(
        [SCHEMA, serial, round_id, text_sha256, code, language, sorted(ids)], ensure_ascii=False
    )
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class ReadComment:
    """A row of the sheet of comments that says something."""

    row: int
    id: str
    number: str
    stance: str
    type: str
    text: str
    justification: str = ""
    proposal: str = ""
    would_vote_no: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ReadAnswer:
    """A question of the sheet of questions that is answered: value and words as workflows.questions has them."""

    row: int
    position: int
    value: str
    words: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ReadForm:
    """A form that came back. `workshop`: the number written on it, as text; `answers`: rows (form_answers.RawAnswer);
    `stray`: sheet, row and what is wrong with rows whose mark is gone."""

    serial: str
    round_id: int
    text_sha256: str
    language: str
    sealed: str
    sealed_code: str
    code: str
    channel: str
    workshop: str
    comments: tuple[ReadComment, ...] = ()
    answers: tuple[Any, ...] = ()
    stray: tuple[tuple[str, int, Finding], ...] = ()
