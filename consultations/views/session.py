"""The desk of an assembly's officers: its terms, its agenda, its calls, and what is done in session."""

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import assemblies
from consultations.engine import shown as as_shown
from consultations.forms.session import AssemblyForm, languages
from consultations.queries import session_rules, sessions
from consultations.queries.sessions import SessionPage
from consultations.views import shown
from consultations.views.acts import act
from consultations.views.session_acts import ACTS
from consultations.views.session_words import dress, rule_choices
from consultations.views.vote_acts import closing
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("session", __name__, url_prefix="/a/assemblies")
dress(pages)
OFFICERS = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE)
Answer = str | Response | tuple[str, int]


@pages.get("/")
@allow(*OFFICERS, Role.AUDITOR)
def index() -> str:
    """The assemblies of the body."""
    role = actor().role
    return render_template(
        "session/index.html", assemblies=sessions.of_body(actor()), may_prepare=role is Role.SECRETARY,
        body_id=None if role is Role.AUDITOR else actor().network_id,
    )  # fmt: skip


@pages.get("/<int:assembly_id>")
@allow(*OFFICERS, Role.AUDITOR)
def assembly(assembly_id: int) -> str:
    """One assembly: where it stands, its quorum, its agenda, what can be done."""
    return render_template("session/assembly.html", page=_page(assembly_id), acts=ACTS)


@pages.route("/new", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def prepare() -> Answer:
    """Write down when, where and by which rules it meets."""
    form = AssemblyForm(
        data={"zone": session_rules.zone(actor()), "code": session_rules.next_code(actor(), at=g.at)}
    )
    form.offer(rule_choices(session_rules.of_assembly(actor(), at=g.at)))
    if not form.validate_on_submit():
        return _form_page(form)
    try:
        made = act(assemblies.prepare, actor().network_id, code=form.code.data or "", **_terms(form))
    except (Refused, InputRefusedError) as refused:
        return _form_page(form, refused)
    flash(_("The draft is kept. Put the items on its agenda."), "done")
    return redirect(url_for(".assembly", assembly_id=made.id), 303)


@pages.route("/<int:assembly_id>/edit", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def edit(assembly_id: int) -> Answer:
    """Change a draft."""
    row, taken = session_rules.draft(assembly_id, by=actor()) or abort(404)
    form = AssemblyForm(data=_filled(row, taken))
    form.offer(rule_choices(session_rules.of_assembly(actor(), at=g.at)))
    if not form.validate_on_submit():
        return _form_page(form, assembly_id=assembly_id)
    try:
        act(assemblies.edit, assembly_id, **_terms(form))
    except (Refused, InputRefusedError) as refused:
        return _form_page(form, refused, assembly_id)
    flash(_("Saved."), "done")
    return redirect(url_for(".assembly", assembly_id=assembly_id), 303)


@pages.route("/<int:assembly_id>/act/<name>", methods=["GET", "POST"])
@allow(*OFFICERS)
def step(assembly_id: int, name: str) -> Answer:
    """Say what an act will do, then do it."""
    chosen, stands = ACTS.get(name) or abort(404), shown.mark("assembly", assembly_id)
    page = _page(assembly_id)
    form = chosen.form(data=chosen.filled(page))
    if not form.validate_on_submit():
        answer = render_template(
            "session/act.html", page=page, act=chosen, form=form, reasons=[], shown=stands
        )
        return (answer, 422) if form.errors else answer
    given = chosen.given(form, page)
    still = partial(as_shown.assembly, assembly_id, chosen.move, reason=given.get("reason"))
    try:
        shown.act_once(
            "assembly", assembly_id, still, str(chosen.done), partial(chosen.verb, assembly_id, **given)
        )
    except Refused as refused:
        return render_template(
            "session/act.html", page=page, act=chosen, form=form, reasons=reasons_of(refused), shown=stands
        ), 409
    return redirect(back_to(assembly_id), 303)


def back_to(assembly_id: int) -> str:
    """Where an act leads afterwards: to the console if it was begun there, else to the assembly."""
    there = ".console" if request.args.get("from") == "console" else ".assembly"
    return url_for(there, assembly_id=assembly_id)


def reasons_of(refused: Exception) -> list[dict[str, str]]:
    """Every reason in the reader's language."""
    if isinstance(refused, InputRefusedError):
        return [{"sentence": fault, "remedy": ""} for fault in refused.faults]
    return [wording.refusal(reason) for reason in refused.refusals]  # type: ignore[attr-defined]


def _page(assembly_id: int) -> SessionPage:
    return sessions.page(assembly_id, by=actor(), at=g.at) or abort(404)


def _form_page(
    form: AssemblyForm, refused: Exception | None = None, assembly_id: int | None = None
) -> Answer:
    reasons = reasons_of(refused) if refused else []
    answer = render_template("session/form.html", form=form, reasons=reasons, assembly_id=assembly_id)
    return (answer, 409 if refused else 422) if refused or form.errors else answer


def _terms(form: AssemblyForm) -> dict[str, Any]:
    zone = form.zone.data
    return {
        "titles": languages(form, "title"), "kind": form.kind.data, "form": form.form.data, "zone": zone,
        "starts_at": datetime.combine(form.starts_on.data, form.starts_time.data, ZoneInfo(zone)),  # type: ignore[arg-type]
        "ends_at": closing(form.ends_on.data, form.ends_time.data, zone) if form.ends_on.data else None,
        "place": form.place.data or "", "link": form.link.data or "", "calls": form.calls.data,
        "representation": form.representation.data, "roll_rule": form.roll_rule.data,
    }  # fmt: skip


def _filled(row: Any, taken: dict[str, int]) -> dict[str, Any]:
    zone = ZoneInfo(row.zone)
    starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone) if row.ends_at else None
    return {
        **{f"title_{lang}": text for lang, text in row.titles.items()}, "kind": row.kind, "form": row.form, "place": row.place,
        "link": row.link, "zone": row.zone, "starts_on": starts.date(), "starts_time": starts.time(),
        "ends_on": ends.date() if ends else None, "ends_time": ends.time() if ends else None, "calls": taken.get("calls"),
        "representation": taken.get("representation"), "roll_rule": taken.get("roll"), "code": row.code,
    }  # fmt: skip
