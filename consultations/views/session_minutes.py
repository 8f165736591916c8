"""The minutes at the officers' desk: the words around the figures, and the signatures."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consultations import moments, wording
from consultations.auth import actor, allow
from consultations.engine import minutes as engine
from consultations.forms.minutes import SignMinutesForm, words_form
from consultations.queries import assembly_minutes, sessions
from consultations.queries.assembly_minutes import MinutesPage
from consultations.views.acts import act
from consultations.views.session import OFFICERS, Answer, pages, reasons_of
from workflows.refusals import Refused
from workflows.roles import Role

SIGNERS = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER)


@pages.get("/<int:assembly_id>/minutes")
@allow(*OFFICERS, Role.AUDITOR)
def minutes(assembly_id: int) -> str:
    """The figures with the words around them, and what can be done."""
    return render_template("session/minutes.html", page=_page(assembly_id))


@pages.route("/<int:assembly_id>/minutes/edit", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def edit_minutes(assembly_id: int) -> Answer:
    """Write the words, and make a version of them."""
    page = _page(assembly_id)
    labels = {place.key: _label(place) for place in page.places}
    shown = {place.key: place.words for place in page.places}
    form = words_form(labels)(data={**shown, "known": str(page.number)})
    if not form.validate_on_submit():
        return _edit_page(page, form)
    try:
        known = int(form.known.data) if (form.known.data or "").isdecimal() else 0
        act(engine.make, assembly_id, words=form.words(labels), known=known)
    except Refused as refused:
        return _edit_page(page, form, refused)
    flash(_("The version is made. President and secretary sign it."), "done")
    return redirect(url_for(".minutes", assembly_id=assembly_id), 303)


@pages.route("/<int:assembly_id>/minutes/sign", methods=["GET", "POST"])
@allow(*SIGNERS)
def sign_minutes(assembly_id: int) -> Answer:
    """Show what is signed, with its hash, then sign it."""
    page = _page(assembly_id)
    form = SignMinutesForm(data={"number": str(page.number)})
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            number = int(form.number.data) if (form.number.data or "").isdecimal() else 0
            done = act(engine.sign, assembly_id, number=number)
        except Refused as refused:
            reasons = reasons_of(refused)
        else:
            flash(
                _("Signed by both: the minutes stand.") if done else _("Your signature is on record."), "done"
            )
            return redirect(url_for(".minutes", assembly_id=assembly_id), 303)
    answer = render_template(
        "session/minutes_sign.html", page=page, form=form, summary=_summary(page), reasons=reasons
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


def _page(assembly_id: int) -> MinutesPage:
    """For officers of the body, and auditors of any."""
    if sessions.page(assembly_id, by=actor(), at=g.at) is None:
        abort(404)
    return assembly_minutes.page(assembly_id, by=actor()) or abort(404)


def _edit_page(page: MinutesPage, form: Any, refused: Refused | None = None) -> Answer:
    answer = render_template(
        "session/minutes_edit.html", page=page, form=form, names=wording.LANGUAGES,
        reasons=reasons_of(refused) if refused else [],
    )  # fmt: skip
    return (answer, 409 if refused else 422) if refused or form.errors else answer


def _label(place: assembly_minutes.Place) -> str:
    if place.position:
        return _("Item %(number)s: %(title)s", number=place.position, title=wording.local(place.titles))
    return _("Introduction") if place.key == "introduction" else _("Closing words")


def _summary(page: MinutesPage) -> list[tuple[Any, ...]]:
    """What is signed, in a few lines, its hash among them."""
    told = page.document.figures["figures"]
    decided = [vote for item in told["items"] for vote in item["votes"] if vote["count"]]
    results = [
        (_("Vote %(code)s", code=vote["code"]), (vote["sentences"].get(wording.language()) or vote["sentences"]["es"])[-1])
        for vote in decided
    ]  # fmt: skip
    signed = ", ".join(f"{one.name} ({wording.ROLES[Role(one.role)]})" for one in page.signed)
    return [
        (_("Assembly"), wording.local(page.line.titles)),
        (_("Begins"), moments.instant(page.line.starts_at, page.line.zone)),
        (_("Organisations on the roll"), told["roll"]["electors"]),
        (_("Attended"), told["attendance"]["came"]),
        (_("Represented by proxy only"), told["attendance"]["represented"]),
        *results,
        (_("Signed so far"), signed or "–"),
        (_("Hash of figures and words, which is what is signed"), page.sha256),
    ]
