"""The desk of ballots on paper: sheets, their two entries, what differs, and merging them with the ballots on line."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import sheets as engine
from consultations.forms.assembly import ActForm, ReasonForm
from consultations.forms.sheets import Reading, ReadingForm, ResolutionForm, SheetForm, read
from consultations.queries import sheets
from consultations.queries.sheets import SheetPage, SheetsPage
from consultations.views.acts import act
from consultations.views.session_words import dress
from workflows.refusals import Refused, refusal
from workflows.roles import Role

pages = Blueprint("sheets", __name__, url_prefix="/a/votes/<int:vote_id>/sheets")
dress(pages)
DESK = (Role.SECRETARY, Role.SCRUTINEER)
Answer = str | Response | tuple[str, int]


@pages.get("/")
@allow(*DESK, Role.PRESIDENT, Role.COMMITTEE, Role.AUDITOR)
def index(vote_id: int) -> str:
    """The sheets of a vote."""
    return render_template("sheets/index.html", page=_page(vote_id))


@pages.get("/blank")
@allow(*DESK)
def blank(vote_id: int) -> str:
    """A sheet to print: the roll with a box for each choice, and room for two names."""
    return render_template("sheets/blank.html", page=_page(vote_id), now=g.at)


@pages.route("/new", methods=["GET", "POST"])
@allow(*DESK)
def new(vote_id: int) -> Answer:
    """Register a sheet."""
    page, form = _page(vote_id), SheetForm()
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("serial", "place", "first_counter", "second_counter")}
        numbers = {name: form[name].data for name in ("issued", "spoilt", "unused")}
        try:
            made = act(engine.open_sheet, vote_id, **said, **numbers)
            return redirect(url_for(".sheet", vote_id=vote_id, sheet_id=made.id), 303)
        except Refused as refused:
            reasons = _reasons(refused)
    answer = render_template("sheets/new.html", page=page, form=form, reasons=reasons)
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.get("/<int:sheet_id>")
@allow(*DESK, Role.PRESIDENT, Role.COMMITTEE, Role.AUDITOR)
def sheet(vote_id: int, sheet_id: int) -> str:
    """One sheet: where it stands, who entered it, what differs."""
    page, one = _sheet(vote_id, sheet_id)
    return render_template("sheets/sheet.html", page=page, sheet=one)


@pages.route("/<int:sheet_id>/enter", methods=["GET", "POST"])
@allow(*DESK)
def enter(vote_id: int, sheet_id: int) -> Answer:
    """Enter what the papers say: the first time, or again without seeing the first entry."""
    return _reading(
        vote_id, sheet_id, ReadingForm(), lambda lines, form: act(engine.enter, sheet_id, lines=lines)
    )


@pages.route("/<int:sheet_id>/resolve", methods=["GET", "POST"])
@allow(*DESK)
def resolve(vote_id: int, sheet_id: int) -> Answer:
    """Say what the papers say where the two entries differ."""
    return _reading(
        vote_id, sheet_id, ResolutionForm(),
        lambda lines, form: act(engine.resolve, sheet_id, lines=lines, reason=form.reason.data),
    )  # fmt: skip


@pages.route("/<int:sheet_id>/correct", methods=["GET", "POST"])
@allow(*DESK)
def correct(vote_id: int, sheet_id: int) -> Answer:
    """Change lines of a sheet that agrees, or take them out, before it is merged."""
    return _reading(
        vote_id, sheet_id, ResolutionForm(),
        lambda lines, form: act(engine.correct, sheet_id, lines=lines, reason=form.reason.data),
        correcting=True,
    )  # fmt: skip


@pages.route("/<int:sheet_id>/merge", methods=["GET", "POST"])
@allow(*DESK)
def merge(vote_id: int, sheet_id: int) -> Answer:
    """Put the ballots of a sheet among the others."""
    return _final(vote_id, sheet_id, "merge", ActForm(), lambda form: act(engine.merge, sheet_id))


@pages.route("/<int:sheet_id>/cancel", methods=["GET", "POST"])
@allow(*DESK)
def cancel(vote_id: int, sheet_id: int) -> Answer:
    """Give a sheet up."""
    return _final(
        vote_id,
        sheet_id,
        "cancel",
        ReasonForm(),
        lambda form: act(engine.cancel, sheet_id, reason=form.reason.data),
    )


def _reading(vote_id: int, sheet_id: int, form: Any, verb: Any, *, correcting: bool = False) -> Answer:
    page, one = _sheet(vote_id, sheet_id)
    resolving, reasons = isinstance(form, ResolutionForm), []
    if form.validate_on_submit():
        typed = read(
            form.lines.data or "", page.choices, may_be_empty=resolving, elects=page.vote.is_election
        )
        reasons = _faults(typed, page, one)
        if not reasons:
            try:
                done = verb(typed.lines, form)
                flash(_("Entered."), "done")
                return redirect(url_for(".sheet", vote_id=vote_id, sheet_id=done.id), 303)
            except Refused as refused:
                reasons = _reasons(refused)
    answer = render_template(
        "sheets/enter.html", page=page, sheet=one, form=form, resolving=resolving, correcting=correcting,
        reasons=reasons,
    )  # fmt: skip
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


def _final(vote_id: int, sheet_id: int, name: str, form: Any, verb: Any) -> Answer:
    page, one = _sheet(vote_id, sheet_id)
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            verb(form)
            return redirect(url_for(".sheet", vote_id=vote_id, sheet_id=sheet_id), 303)
        except Refused as refused:
            reasons = _reasons(refused)
    answer = render_template("sheets/act.html", page=page, sheet=one, form=form, name=name, reasons=reasons)
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


def _page(vote_id: int) -> SheetsPage:
    return sheets.page(vote_id, by=actor()) or abort(404)


def _sheet(vote_id: int, sheet_id: int) -> tuple[SheetsPage, SheetPage]:
    page = _page(vote_id)
    return page, page.sheet(sheet_id) or abort(404)


def _faults(typed: Reading, page: SheetsPage, one: SheetPage) -> list[dict[str, str]]:
    """Every line that cannot be read, and with them the codes that are not on the roll: all is put right at once."""
    found = [{"sentence": fault, "remedy": ""} for fault in typed.faults]
    strangers = sorted(set(typed.lines) - {elector for elector, _name in page.electors})
    if found and strangers:
        named = ", ".join(strangers)
        found.append(wording.refusal(refusal("sheet_elector_not_on_roll", serial=one.serial, names=named)))
    return found


def _reasons(refused: Refused) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals]
