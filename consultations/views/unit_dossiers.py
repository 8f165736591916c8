"""The board of all dossiers, one dossier, and beginning a new one."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext

from consultations import wording, wording_petitions
from consultations.auth import actor, allow
from consultations.engine import dossiers as verbs
from consultations.forms.unit import ConfirmForm, DossierForm, NoteForm, ReasonForm
from consultations.queries import dossiers, petitions, standards
from consultations.views.acts import act
from consultations.views.unit_pages import Answer, again, dossier_terms, pages
from consultations.wording_kinds import gates_said
from consultations.wording_process import DOSSIER_KINDS
from workflows.refusals import Refused
from workflows.roles import Role

COLUMNS = {
    "preparing": lazy_gettext("Being prepared"),
    "commission": lazy_gettext("At the Commission"),
    "consulting": lazy_gettext("In consultation"),
    "answering": lazy_gettext("Being answered"),
    "answered": lazy_gettext("Answered"),
    "assembly": lazy_gettext("In the assembly"),
    "decided": lazy_gettext("Decided"),
    "stopped": lazy_gettext("Stopped"),
}
# move -> (form, title, sentence, button, said when done, binding)
ACTS: dict[str, tuple[type[Any], Any, Any, Any, Any, bool]] = {
    "assess": (
        ReasonForm, lazy_gettext("Assess the request"), lazy_gettext("Your assessment is recorded as the reason."),
        lazy_gettext("Record the assessment"), lazy_gettext("The assessment is recorded."), False,
    ),
    "scope": (
        ConfirmForm, lazy_gettext("Set the scope"), lazy_gettext("The dossier's title, kind and objectives become its public profile."),
        lazy_gettext("Publish the profile"), lazy_gettext("The profile is public."), False,
    ),
    "draft": (
        ConfirmForm, lazy_gettext("Begin drafting"), lazy_gettext("From now on rounds can be created on this dossier."),
        lazy_gettext("Begin drafting"), lazy_gettext("Drafting has begun."), False,
    ),
    "start_drafting": (
        ReasonForm, lazy_gettext("Assess, scope and begin drafting"),
        lazy_gettext("Your assessment is recorded, the profile becomes public, and drafting begins: three steps at once."),
        lazy_gettext("Begin drafting"), lazy_gettext("Drafting has begun."), False,
    ),
    "start_final_review": (
        ConfirmForm, lazy_gettext("Begin the final review"), lazy_gettext("No further round follows; the Commission looks at the text a last time."),
        lazy_gettext("Begin the final review"), lazy_gettext("The final review has begun."), True,
    ),
    "redraft": (
        ReasonForm, lazy_gettext("Back to drafting"), lazy_gettext("The dossier goes back to drafting, and another round can follow."),
        lazy_gettext("Go back to drafting"), lazy_gettext("The dossier is being drafted again."), False,
    ),
    "postpone": (
        ReasonForm, lazy_gettext("Postpone the dossier"), lazy_gettext("Nothing happens in this dossier until it is taken up again."),
        lazy_gettext("Postpone"), lazy_gettext("The dossier is postponed."), True,
    ),
    "resume": (
        ReasonForm, lazy_gettext("Take the dossier up again"), lazy_gettext("It goes on where it was postponed."),
        lazy_gettext("Take up again"), lazy_gettext("The dossier goes on."), False,
    ),
    "withdraw": (
        ReasonForm, lazy_gettext("Withdraw the dossier"), lazy_gettext("The dossier ends here. This cannot be undone; everything stays on record."),
        lazy_gettext("Withdraw the dossier"), lazy_gettext("The dossier is withdrawn."), True,
    ),
    "enter_force": (
        NoteForm, lazy_gettext("Record that it is in force"), lazy_gettext("The decision applies from today."),
        lazy_gettext("Record it"), lazy_gettext("It is in force."), False,
    ),
}  # fmt: skip


GATED = ("scope", "start_drafting", "start_final_review")  # where the page says what the kind asks for
STOPPING = ("redraft", "postpone", "withdraw")


@pages.get("/dossiers")
@allow(Role.UNIT, Role.AUDITOR)
def board() -> str:
    """All dossiers by stage, with deadlines and for whom they wait."""
    columns = [(str(COLUMNS[name]), cards) for name, cards in dossiers.board(at=g.at)]
    return render_template("unit/board.html", columns=columns, may_begin=actor().role is not Role.AUDITOR)


@pages.get("/dossiers/<int:dossier_id>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def dossier(dossier_id: int) -> str:
    """One dossier: where it stands, its rounds, its texts, its history."""
    page = dossiers.page(dossier_id, by=actor(), at=g.at)
    return render_template(
        "unit/dossier.html", page=page, acts=_offered(page.can), stops=_stops(page.can), words=wording_petitions,
        sent_in=petitions.of_dossier(dossier_id),
    )  # fmt: skip


@pages.route("/dossiers/new", methods=["GET", "POST"])
@allow(Role.UNIT)
def new_dossier() -> Answer:
    """Begin a dossier, on a standard that there is or on a new one whose text comes later."""
    form = DossierForm()
    form.offer(
        ((one.id, f"{one.code} · {wording.local(one.titles)}") for one in standards.all_standards()),
        ((id, wording.local(names)) for id, names in dossiers.bodies()),
    )
    if not form.is_submitted():
        return render_template("unit/new_dossier.html", form=form, reasons=[], gates=_gates())
    if not form.validate():
        return again("unit/new_dossier.html", form=form, gates=_gates())
    try:
        row = act(verbs.open_dossier, **dossier_terms(form))
    except Refused as refused:
        return again("unit/new_dossier.html", refused, form=form, gates=_gates())
    flash(gettext("The dossier is open. Assess it next."), "done")
    return redirect(url_for("unit.dossier", dossier_id=row.id), 303)


@pages.route(
    "/dossiers/<int:dossier_id>/acts/<any({}):move>".format(", ".join(ACTS)), methods=["GET", "POST"]
)
@allow(Role.UNIT, Role.CHAIR)
def dossier_act(dossier_id: int, move: str) -> Answer:
    """Say what a move does, then make it."""
    form_class, title, sentence, button, done, warn = ACTS[move]
    page = dossiers.page(dossier_id, by=actor(), at=g.at)
    form = ReasonForm() if move == "scope" and page.grounds else form_class()
    values = {
        "form": form, "title": title, "sentence": sentence, "waits": page.waits if move == "start_final_review" else None,
        "consequences": page.gates if move in GATED else (), "button": button, "warn": warn,
        "back": url_for("unit.dossier", dossier_id=dossier_id), "kicker": f"{page.code} · {wording.local(page.titles)}",
    }  # fmt: skip
    if not form.is_submitted():
        return render_template("unit/act.html", reasons=[], **values)
    if not form.validate():
        return again("unit/act.html", **values)
    try:
        _make(dossier_id, move, form.reason.data if "reason" in form else "")
    except Refused as refused:
        return again("unit/act.html", refused, **values)
    flash(str(done), "done")
    return redirect(url_for("unit.dossier", dossier_id=dossier_id), 303)


def _gates() -> list[tuple[str, tuple[str, ...]]]:
    """Every kind with what it asks for."""
    return [(str(label), gates_said(kind)) for kind, label in DOSSIER_KINDS.items()]


def _make(dossier_id: int, move: str, reason: str) -> None:
    if move == "start_drafting":
        act(verbs.start_drafting, dossier_id, assessment=reason)
    elif move == "enter_force":
        act(verbs.advance_dossier, dossier_id, move, reason=reason, effective_at=g.at)
    else:
        act(verbs.advance_dossier, dossier_id, move, reason=reason)


def _offered(can: frozenset[str]) -> list[tuple[str, str]]:
    """The acts on the page, in the order of the process; the three first steps at once where one may take them all."""
    offered = [
        (move, str(title)) for move, (_, title, *_) in ACTS.items() if move in can and move not in STOPPING
    ]
    if "assess" in can and actor().role is Role.UNIT_HEAD:
        return [("start_drafting", str(ACTS["start_drafting"][1])), *offered]
    return offered


def _stops(can: frozenset[str]) -> list[tuple[str, str]]:
    """The acts that lead back or end the dossier: links, never the first button."""
    return [(move, str(ACTS[move][1])) for move in STOPPING if move in can]
