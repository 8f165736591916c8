"""What may be done to a round: each act says in a sentence what will happen, then asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms.fields.choices import SelectChoice

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import rounds as verbs
from consultations.forms import unit as forms
from consultations.forms.offered import offered
from consultations.queries import participation, rounds
from consultations.queries.rounds import RoundPage
from consultations.views.acts import act, try_out
from consultations.views.unit_pages import Answer, again, pages
from consultations.views.unit_rounds import REVIEW_TIME, early_before, last_day, links_of, local_day
from workflows.deadlines import days_later, end_of_day
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.round import ROUND


@dataclass(frozen=True)
class Act:
    """An act on a round: its form, its words, and the verb with what the form gives it."""

    form: type[Any]
    title: Any
    sentence: Any
    button: Any
    done: Any
    verb: Callable[..., Any]
    given: Callable[[Any, RoundPage], dict[str, Any]] = lambda form, page: {}
    consequences: tuple[Any, ...] = ()
    warn: bool = False
    start: Callable[[RoundPage], dict[str, Any]] = field(default=lambda page: {})


def _reason(form: Any, page: RoundPage) -> dict[str, Any]:
    return {"reason": form.reason.data}


def _later(form: Any, page: RoundPage) -> dict[str, Any]:
    return {"reason": form.reason.data, "closes_on": form.closes_on.data}


ACTS = {
    "submit": Act(
        forms.SubmitForm, lazy_gettext("Submit to the Commission"),
        lazy_gettext("The Commission is asked to review the draft, and its members are told."),
        lazy_gettext("Submit to the Commission"), lazy_gettext("The draft is at the Commission."), verbs.submit,
        lambda form, page: {"due": end_of_day(form.due_on.data, page.zone)},
        (lazy_gettext("Nobody can change the round until the Commission approves or returns it."),),
        start=lambda page: {"due_on": local_day(g.at + REVIEW_TIME, page.zone)},
    ),
    "schedule": Act(
        forms.ScheduleForm, lazy_gettext("Announce the round"), lazy_gettext("The round opens and closes by itself on these days."),
        lazy_gettext("Announce the round"), lazy_gettext("The round is announced. It opens by itself."), verbs.schedule,
        lambda form, page: {"opens_on": form.opens_on.data, "closes_on": form.closes_on.data},
        (lazy_gettext("Once announced, the closing can only move to a later day."),),
        start=lambda page: {"opens_on": local_day(page.opens_at, page.zone), "closes_on": last_day(page.closes_at, page.zone)},
    ),
    "open": Act(
        forms.ConfirmForm, lazy_gettext("Open the round now"), lazy_gettext("The round opens at once, before its announced day."),
        lazy_gettext("Open the round now"), lazy_gettext("The round is open."), verbs.open_round,
        consequences=(lazy_gettext("Every delegate of the frozen register is told."), lazy_gettext("The closing day stays as it is.")),
    ),
    "extend": Act(
        forms.ExtendForm, lazy_gettext("Extend the round"), lazy_gettext("The closing moves to the end of a later day; both dates stay on record."),
        lazy_gettext("Extend the round"), lazy_gettext("The round is extended and everybody invited is told."), verbs.extend, _later,
        (
            lazy_gettext("Everybody invited is told, with your reason."), lazy_gettext("A period is never made shorter again."),
            lazy_gettext("The head of the Unit extends once; from the second time the chair of the Commission does."),
        ),
    ),
    "pause": Act(
        forms.ReasonForm, lazy_gettext("Pause the round"), lazy_gettext("Nobody can comment until the round goes on."),
        lazy_gettext("Pause the round"), lazy_gettext("The round is paused."), verbs.pause, _reason,
        (
            lazy_gettext("The length of the pause is added to the closing date, unless you write why not."),
            lazy_gettext("Delegates read your reason at the top of every page of the round."),
        ),
        warn=True,
    ),
    "resume": Act(
        forms.ResumeForm, lazy_gettext("Go on with the round"), lazy_gettext("The round is open again; its closing moves by the length of the pause, to the end of that day."),
        lazy_gettext("Go on"), lazy_gettext("The round goes on."), verbs.resume,
        lambda form, page: {"reason": form.reason.data, "waiver": form.waiver.data or ""},
    ),
    "close": Act(
        forms.ConfirmForm, lazy_gettext("Close the round early"), lazy_gettext("Everybody has answered, so the round closes now instead of at its closing time."),
        lazy_gettext("Close the round"), lazy_gettext("The round is closed."), verbs.close_round, warn=True,
    ),
    "reopen": Act(
        forms.ExtendForm, lazy_gettext("Open the round again"), lazy_gettext("The round is open again until the end of the day you choose."),
        lazy_gettext("Open again"), lazy_gettext("The round is open again and everybody invited is told."), verbs.reopen, _later,
        (
            lazy_gettext("Everybody invited is told, with your reason."),
            lazy_gettext("It can be opened again only while no answer is published."),
        ),
    ),
    "grant_late": Act(
        forms.LateForm, lazy_gettext("Let one organisation enter late"), lazy_gettext("This organisation alone may comment until the end of the day you choose."),
        lazy_gettext("Grant the late entry"), lazy_gettext("The late entry is granted."), verbs.grant_late,
        lambda form, page: {
            "organisation_id": form.organisation_id.data, "until": end_of_day(form.until_on.data, page.zone),
            "reason": form.reason.data,
        },
        (
            lazy_gettext("Its delegates are told, with your reason; nobody else may enter."),
            lazy_gettext("The answers begin when the last late entry is over."),
        ),
    ),
    "start_answers": Act(
        forms.ConfirmForm, lazy_gettext("Begin to answer"), lazy_gettext("From now on the Unit answers the comments, and the round cannot be opened again."),
        lazy_gettext("Begin to answer"), lazy_gettext("The comments can be answered now."), verbs.start_answers,
    ),
    "remind": Act(
        forms.ConfirmForm, lazy_gettext("Remind those who are missing"), lazy_gettext("A reminder goes only to the delegates of organisations that have not answered in any way."),
        lazy_gettext("Send the reminder"), "", verbs.remind, consequences=(lazy_gettext("Nobody is reminded twice within 48 hours."),),
    ),
    "withdraw": Act(
        forms.ReasonForm, lazy_gettext("Withdraw the round"), lazy_gettext("The round ends here. This cannot be undone."),
        lazy_gettext("Withdraw the round"), lazy_gettext("The round is withdrawn."), verbs.withdraw, _reason,
        (lazy_gettext("What was written stays on record."), lazy_gettext("Everybody who was invited is told, with your reason.")), warn=True,
    ),
}  # fmt: skip


@pages.route("/rounds/<int:round_id>/acts/<any({}):move>".format(", ".join(ACTS)), methods=["GET", "POST"])
@allow(Role.UNIT, Role.CHAIR)
def round_act(round_id: int, move: str) -> Answer:
    """Say what the act does, then do it."""
    chosen, page = ACTS[move], rounds.page(round_id, by=actor(), at=g.at)
    form = chosen.form(data=chosen.start(page))
    if "organisation_id" in form:
        form.organisation_id.choices = _organisations(round_id, request.args.get("q", "")[:200])
    values = {
        "form": form, "title": chosen.title, "sentence": chosen.sentence, "consequences": chosen.consequences,
        "button": chosen.button, "warn": chosen.warn, "back": url_for("unit.round", round_id=round_id), "round": page,
        "kicker": f"{page.code} · {wording.local(page.titles)}", "due": _due(form, page),
    }  # fmt: skip
    if not form.is_submitted():
        reasons = _not_theirs(move)
        return render_template("unit/act.html", reasons=reasons, closed=bool(reasons), **values)
    if not form.validate():
        return again("unit/act.html", **values)
    given = chosen.given(form, page)
    try:
        if "sure" in form and not form.sure_of(str(form.closes_on.data)):
            try_out(chosen.verb, round_id, **given)
            return render_template("unit/act.html", reasons=[], moved=_moved(form, page), **values)
        result = act(chosen.verb, round_id, **given)
    except Refused as refused:
        return again("unit/act.html", refused, links=links_of(page) if move == "submit" else None, **values)
    flash(_done(move, result), "done")
    return redirect(url_for("unit.round", round_id=round_id), 303)


def _moved(form: Any, page: RoundPage) -> tuple[datetime | None, datetime, int | None]:
    """The closing as it is, as it would be, and by how many days it moves."""
    new = end_of_day(form.closes_on.data, page.zone)
    return page.closes_at, new, days_later(page.closes_at, new, page.zone) if page.closes_at else None


def _not_theirs(move: str) -> list[dict[str, str]]:
    """That the act is not for the viewer's role, and for whose it is: said before anything is filled in."""
    rows, role = [row for row in ROUND.moves if row.name == move], actor().role
    if not rows or any(row.open_to(role) for row in rows):
        return []
    whose = dict.fromkeys(one for row in rows for one in row.actors if one is not Role.SYSTEM)
    said = wording.refusal(refusal("role_may_not", move=move, role=role.value))
    roles = ", ".join(str(wording.ROLES[one]) for one in whose)
    return [{**said, "remedy": gettext("Who may take this step: %(roles)s.", roles=roles)}]


def _due(form: Any, page: RoundPage) -> datetime | None:
    """The end of the Commission's time as it stands in the form, if the round is to open before."""
    day = form.due_on.data if "due_on" in form else None
    return early_before(page, end_of_day(day, page.zone)) if day else None


def _done(move: str, result: Any) -> str:
    if move == "remind":
        return ngettext("One person is reminded.", "%(num)d people are reminded.", result)
    return str(ACTS[move].done)


def _organisations(round_id: int, search: str) -> list[SelectChoice]:
    """Those that have not answered and fit what was searched, at most twenty to choose one from."""
    found = participation.silent_called(round_id, search)
    return offered((id, f"{name} ({wording.country(code)})") for id, name, code in found)
