"""What organisations said on paper or in a workshop, entered for one of them at a time by the Unit or its network."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor
from consultations.engine import comments, on_behalf
from consultations.engine.on_behalf import Received
from consultations.forms.question_sheets import answers_of, files_of, sheet_form
from consultations.forms.workshops import EntryForm, chosen
from consultations.queries import on_behalf as read
from consultations.queries import questions, workshops
from consultations.queries.delegate_rounds import types_of
from consultations.queries.on_behalf import EntryPage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.received_files import of_answers
from consultations.views.staff_pages import Answer, again
from workflows.refusals import Refused


def entries(round_id: int) -> str:
    """Find the organisation whose paper or whose words in the workshop are to be entered."""
    search = request.args.get("q", "")[:200]
    found = workshops.asked(round_id, search, by=actor(), at=g.at)
    return render_template(
        "workshops/entries.html",
        page=workshops.round_line(round_id),
        search=search,
        found=found,
        session=_session(),
    )


def entry(round_id: int, organisation_id: int) -> str:
    """What has been entered for the organisation, and what can be."""
    page = read.entry_page(round_id, organisation_id, by=actor(), at=g.at)
    return render_template(
        "workshops/entry.html", page=page, session=_session(), words=words, reasons=[],
        absent=workshops.is_absent(_session(), organisation_id),
    )  # fmt: skip


def enter_comment(round_id: int, organisation_id: int) -> Answer:
    """Enter one comment; the next form is for the next."""
    page = read.entry_page(round_id, organisation_id, by=actor(), at=g.at)
    form = _form(page, None if request.form else {"language": page.language})
    values = {
        "page": page, "form": form, "session": _session(), "words": words,
        "absent": workshops.is_absent(_session(), organisation_id),
    }  # fmt: skip
    if not form.is_submitted():
        return render_template("workshops/comment.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/comment.html", **values)
    try:
        made = act(
            on_behalf.enter, round_id, organisation_id, chosen(form.node_id.data), _received(),
            client_uuid=form.client_uuid.data, language=form.language.data, visibility=form.visibility.data,
            consent_to_name=form.consent_to_name.data, **form.said(),
        )  # fmt: skip
    except Refused as refused:
        return again("workshops/comment.html", refused, **values)
    repeated = comments.repeated(made, g.at)
    told = gettext("This form had reached us before: there is one comment, not two.")
    asked = gettext("The comment is entered. Its organisation is asked to confirm it.")
    entered = (
        asked
        if page.confirmable
        else gettext("The comment is entered. The organisation has no delegate to confirm it.")
    )
    flash(told if repeated else entered, "done")
    return redirect(_back(round_id, organisation_id))


def edit_entry(comment_id: int) -> Answer:
    """Correct what was entered, before its organisation confirms it."""
    page, one = read.entered_comment(comment_id, by=actor(), at=g.at)
    form = _form(page, None if request.form else vars(one.comment) | {"node_id": one.comment.node_id or 0})
    values = {"page": page, "form": form, "session": None, "words": words, "one": one}
    del form.node_id, form.language  # where it points and its language stay
    if not form.is_submitted():
        return render_template("workshops/comment.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/comment.html", **values)
    try:
        act(
            on_behalf.edit, comment_id, version=form.version.data, visibility=form.visibility.data,
            consent_to_name=form.consent_to_name.data, **form.said(),
        )  # fmt: skip
    except Refused as refused:
        form.version.data, form.version.raw_data = one.comment.version, None
        return again("workshops/comment.html", refused, **values)
    flash(gettext("The comment is changed."), "done")
    return redirect(_back(page.round.id, page.id))


def withdraw_entry(comment_id: int) -> Answer:
    """Take back what was entered by mistake, after asking."""
    page, one = read.entered_comment(comment_id, by=actor(), at=g.at)
    values = {"page": page, "one": one, "words": words}
    if request.method == "GET":
        return render_template("workshops/withdraw.html", reasons=[], **values)
    try:
        act(on_behalf.withdraw, comment_id)
    except Refused as refused:
        return again("workshops/withdraw.html", refused, **values)
    flash(gettext("The comment is withdrawn. It stays on record, marked as withdrawn."), "done")
    return redirect(_back(page.round.id, page.id))


def enter_answers(round_id: int, organisation_id: int) -> Answer:
    """Enter the organisation's answers to the questions, and send its sheet."""
    page = read.sheet_for(round_id, organisation_id, by=actor(), at=g.at)
    who = read.entry_page(round_id, organisation_id, by=actor(), at=g.at)
    form = sheet_form(page.questions, page.head.reference)
    values: dict[str, Any] = {
        "page": who, "sheet": page, "form": form, "session": _session(), "lacking": [],
        "earlier": {one.position: one for one in page.questions},
    }  # fmt: skip
    if not form.is_submitted():
        return render_template("workshops/answers.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/answers.html", **values)
    files = of_answers(form, files_of(form, page.questions))
    if files is None:
        return again("workshops/answers.html", **values)
    send = request.form.get("go") != "keep"
    try:
        given = answers_of(form, page.questions)
        act(on_behalf.answer_questions, round_id, organisation_id, _received(), given, files=files, send=send)
    except Refused as refused:
        return again("workshops/answers.html", refused, **values)
    sent = gettext("The answers are entered and sent. The organisation is asked to confirm them.")
    if not who.confirmable:
        sent = gettext("The answers are entered and sent. The organisation has no delegate to confirm them.")
    flash(sent if send else gettext("The answers are kept. They count once they are sent."), "done")
    return redirect(_back(round_id, organisation_id))


def enter_no_comment(round_id: int, organisation_id: int) -> Answer:
    """Enter that the organisation has no comment, after asking: it is somebody else's word."""
    page = read.entry_page(round_id, organisation_id, by=actor(), at=g.at)
    if request.method == "GET":
        return render_template("workshops/no_comment.html", page=page, session=_session())
    try:
        act(on_behalf.no_comment, round_id, organisation_id, _received())
    except Refused as refused:
        return again("workshops/entry.html", refused, page=page, session=_session(), words=words)
    flash(gettext("It is entered that the organisation has no comment."), "done")
    return redirect(_back(round_id, organisation_id))


def _form(page: EntryPage, shown: dict[str, Any] | None) -> EntryForm:
    form = EntryForm(data=shown)
    form.ask_types(types_of(page.round.id))
    clauses = questions.clauses(page.round.version_id)
    form.offer(
        (one.id, f"{one.number} {wording.local(one.headings, page.round.reference)}") for one in clauses
    )
    return form


def _session() -> int | None:
    """The workshop that is being entered; None for paper."""
    return number_asked("workshop", None)


def _received() -> Received:
    session = _session()
    return Received("workshop", session) if session else Received("paper")


def _back(round_id: int, organisation_id: int) -> str:
    return url_for(".entry", round_id=round_id, organisation_id=organisation_id, workshop=_session())
