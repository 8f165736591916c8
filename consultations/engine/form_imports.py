"""A form that came back, brought into its round: every row with its verdict, all of it in one transaction or nothing.

The dry run does the same and takes it back, so that what it says is what would happen. The form has a serial of its own:
read in twice, it changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.documents.findings import Fault, Finding, refuse
from consultations.documents.form_answers import interpret
from consultations.documents.form_draft import (
    COMMENTS,
    COVER,
    QUESTIONS,
    WHOLE,
    ReadAnswer,
    ReadComment,
    ReadForm,
    question_ids,
    seal,
)
from consultations.documents.form_xlsx_read import read_form
from consultations.engine import on_behalf, question_sheets
from consultations.engine.on_behalf import Received
from consultations.extensions import db
from consultations.facts import forms
from consultations.facts.question_sheets import sheet
from consultations.facts.questions import of_round
from consultations.models.events import Event
from consultations.models.organisations import Organisation
from consultations.models.rounds import RegisterEntry, Round
from consultations.wording_forms import form_labels
from workflows.refusals import Refusal, Refused, refusal

Reason = Finding | Refusal
OK, WARNING, ERROR = "ok", "warning", "error"
ENTERED, SAME = "entered", "same"


@dataclass(frozen=True)
class Row:
    """A row of the form: its sheet and number, what it is about, and what becomes of it (None: nothing)."""

    sheet: str
    row: int
    id: str
    status: str
    outcome: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a form changes, or would. `changes`: rows that say something new."""

    round_id: int
    organisation: str
    code: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by status."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in (OK, WARNING, ERROR)}

    @property
    def errors(self) -> int:
        """Rows that keep all of it from being imported."""
        return self.counts[ERROR]

    @property
    def changes(self) -> int:
        """Rows that say something new."""
        return sum(1 for row in self.rows if row.outcome == ENTERED)


@dataclass(frozen=True)
class Form:
    """A form that belongs to a round that is there, with the clauses and questions it is about."""

    read: ReadForm
    nodes: dict[str, int]
    marks: frozenset[tuple[str, str]]
    answers: tuple[ReadAnswer, ...]


def read(data: bytes, *, round_id: int | None = None) -> Form:
    """Read a form and find its round. Raises FileRefused: not ours, another schema, round or text, or marks changed.

    `round_id`: the round that the form must belong to, when it is brought in on that round's page.
    """
    form = read_form(data, form_labels())
    round = db.session.get(Round, form.round_id)
    if round is None or (round_id is not None and round.id != round_id):
        raise refuse("other_round_form", number=round.number if round else form.round_id)
    if form.text_sha256 != forms.text_of(round):
        raise refuse("other_text_form")
    nodes, askings = forms.clauses(round), forms.askings(round)
    marks = [(WHOLE, ""), *((node.stable_id, node.number) for node in nodes), *question_ids(askings)]
    if (
        seal(form.serial, form.round_id, form.text_sha256, form.sealed_code, form.language, marks)
        != form.sealed
    ):
        raise refuse("form_ids_edited")
    answers = interpret(form.answers, askings, _labels(round.id))
    return Form(form, {node.stable_id: node.id for node in nodes}, frozenset(marks), answers)


def _labels(round_id: int) -> dict[int, dict[str, str]]:
    """The words of the choices of every question, in whatever language they were asked."""
    agreement = form_labels()["agreement"]
    return {
        row.position: agreement if row.kind == "agree" else {
            words.casefold(): str(place) for place, option in enumerate(row.options) for words in option.values()
        }
        for row in of_round(round_id)
    }  # fmt: skip


def dry_run(form: Form, *, by: Actor, at: datetime) -> Report:
    """What bringing it in would change; nothing is kept."""
    tried = db.session.begin_nested()
    try:
        return _applied(form, by=by, at=at)
    finally:
        tried.rollback()


def bring_in(form: Form, *, by: Actor, at: datetime) -> Report:
    """Bring in everything that the form says. Errors: Refused (form_has_faults) when a row is in error: nothing is kept."""
    report = _applied(form, by=by, at=at)
    if report.errors:
        raise Refused(refusal("form_has_faults", count=report.errors))
    return report


def _applied(form: Form, *, by: Actor, at: datetime) -> Report:
    told = form.read
    found = db.session.execute(
        select(Organisation.id, RegisterEntry.name)
        .join(RegisterEntry, RegisterEntry.organisation_id == Organisation.id)
        .where(RegisterEntry.round_id == told.round_id, Organisation.code == told.code)
    ).one_or_none()
    cover = _cover(told, found is not None, by)
    stray = [Row(sheet, row, "", ERROR, None, (finding,)) for sheet, row, finding in told.stray]
    if found is None or any(row.status == ERROR for row in cover):
        return Report(told.round_id, found[1] if found else "", told.code, (*cover, *stray))
    work = _Work(form, found[0], _received(told), by, at)
    return Report(told.round_id, found[1], told.code, (*cover, *stray, *work.comments(), *work.answers()))


def _cover(told: ReadForm, known: bool, by: Actor) -> list[Row]:
    """What is wrong with the form as a whole, said once instead of in every row."""
    wrong: list[Reason] = []
    if not known:
        wrong.append(Fault("organisation_unknown", None, {"text": told.code[:60]}))
    if told.workshop and not (told.workshop.isdecimal() and len(told.workshop) <= 9):
        wrong.append(Fault("workshop_number", None, {"text": told.workshop[:60]}))
    elif missing := on_behalf.wrong_way(told.round_id, _received(told), by):
        wrong.append(missing)
    return [Row(COVER, 1, "", ERROR, None, tuple(wrong))] if wrong else []


def _received(told: ReadForm) -> Received:
    session = int(told.workshop) if told.workshop else None
    return Received(told.channel or ("workshop" if session else "paper"), session)


@dataclass
class _Work:
    """One form being brought in, row by row; a row that is refused leaves nothing behind."""

    form: Form
    organisation_id: int
    received: Received
    by: Actor
    at: datetime

    def comments(self) -> Iterator[Row]:
        """The rows of the sheet of comments."""
        for row in self.form.read.comments:
            reasons = row.findings
            if (row.id, row.number) not in self.form.marks:
                reasons = (Fault("row_id_edited"), *reasons)
            if any(isinstance(reason, Fault) for reason in reasons):
                yield Row(COMMENTS, row.row, row.id, ERROR, None, reasons)
            else:
                yield self._tried(COMMENTS, row.row, row.id, reasons, lambda row=row: self._comment(row))

    def answers(self) -> Iterator[Row]:
        """The rows of the sheet of questions: all of them are one sheet, sent when nothing is missing."""
        unmarked = {
            row.row for row in self.form.read.answers if (row.mark, row.number) not in self.form.marks
        }
        wrong = False
        for answer in self.form.answers:
            faults = (Fault("row_id_edited"),) if answer.row in unmarked else ()
            if reasons := (*faults, *answer.findings):
                wrong = True
                yield Row(QUESTIONS, answer.row, f"q{answer.position}", ERROR, None, reasons)
        if self.form.answers and not wrong:
            yield from self._sheet()

    def _comment(self, row: ReadComment) -> None:
        on_behalf.enter(
            self.form.read.round_id, self.organisation_id, self.form.nodes.get(row.id), self.received,
            client_uuid=str(uuid5(NAMESPACE_URL, f"plenaria:form/{self.form.read.serial}/{row.id}")),
            language=self.form.read.language, visibility="members", consent_to_name=False, type=row.type,
            stance=row.stance or "neutral", text=row.text, justification=row.justification, proposal=row.proposal,
            would_vote_no=row.would_vote_no, by=self.by, at=self.at,
        )  # fmt: skip

    def _sheet(self) -> Iterator[Row]:
        round_id = self.form.read.round_id
        ids = {row.position: row.id for row in of_round(round_id)}
        given = {ids[answer.position]: (answer.value, answer.words) for answer in self.form.answers}
        done = self._tried(
            QUESTIONS, self.form.answers[0].row, f"q{self.form.answers[0].position}", (),
            lambda: on_behalf.answer_questions(
                round_id, self.organisation_id, self.received, given, send=False, by=self.by, at=self.at
            ),
        )  # fmt: skip
        missing = sheet(round_id, self.organisation_id).missing if done.status == OK else ()
        if done.status == OK and not missing:
            done = self._sent(done)
        yield done
        for answer in self.form.answers[1:]:
            yield Row(QUESTIONS, answer.row, f"q{answer.position}", done.status, done.outcome)
        for position in missing:
            told = refusal("question_unanswered", position=position)
            yield Row(QUESTIONS, self.form.answers[-1].row, f"q{position}", WARNING, None, (told,))

    def _sent(self, done: Row) -> Row:
        acting = on_behalf.acting_for(self.organisation_id, by=self.by, at=self.at)
        sent = self._tried(
            done.sheet,
            done.row,
            done.id,
            (),
            lambda: question_sheets.send(self.form.read.round_id, by=acting, at=self.at),
        )
        return sent if sent.status == ERROR or sent.outcome == ENTERED else done

    def _tried(
        self, sheet: str, row: int, id: str, doubts: tuple[Reason, ...], act: Callable[[], Any]
    ) -> Row:
        """Run one verb in a savepoint: what is refused leaves nothing; whether it was new, the journal knows."""
        before, tried = _events(), db.session.begin_nested()
        try:
            act()
        except Refused as refused:
            tried.rollback()
            return Row(sheet, row, id, ERROR, None, (*doubts, *refused.refusals))
        tried.commit()
        return Row(sheet, row, id, WARNING if doubts else OK, ENTERED if _events() > before else SAME, doubts)


def _events() -> int:
    return db.session.scalar(select(func.max(Event.id))) or 0
