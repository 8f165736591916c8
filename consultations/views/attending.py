"""A delegate's assemblies: the agenda, the door on line, proxies, declared interests, and the vote that is open."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording, wording_assemblies
from consultations.auth import actor, allow
from consultations.engine import attendance, interests, proxies
from consultations.forms.assembly import ActForm
from consultations.forms.attachments import ACCEPTED
from consultations.forms.attending import OwnInterestForm, ProxyForm, TakeBackForm
from consultations.queries import attending, own_proxies
from consultations.queries.attending import AttendingPage
from consultations.views.acts import act
from consultations.views.received_files import received
from consultations.views.session_words import dress
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("attending", __name__, url_prefix="/v/assemblies")
dress(pages)
Answer = str | Response | tuple[str, int]
LONGEST_SEARCH = 100


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"capacity_words": wording_assemblies.CAPACITIES, "mode_words": wording_assemblies.MODES}


@pages.get("/")
@allow(Role.DELEGATE)
def index() -> str:
    """The assemblies on whose roll the organisation is."""
    return render_template("attending/index.html", assemblies=attending.of_organisation(actor()))


@pages.get("/<int:assembly_id>")
@allow(Role.DELEGATE)
def assembly(assembly_id: int) -> str:
    """One assembly: what is to be done now, the agenda, proxies."""
    return _shown(_page(assembly_id))


@pages.post("/<int:assembly_id>/join")
@allow(Role.DELEGATE)
def join(assembly_id: int) -> Answer:
    """Take part on line from now on."""
    page = _page(assembly_id)
    try:
        act(attendance.admit, assembly_id, page.elector_id, person_id=actor().person_id, mode="online")
    except Refused as refused:
        return _shown(page, refused), 409
    flash(_("You are in: your organisation takes part on line."), "done")
    return redirect(url_for(".assembly", assembly_id=assembly_id), 303)


@pages.route("/<int:assembly_id>/leave", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def leave(assembly_id: int) -> Answer:
    """Say what leaving means, then leave."""
    page, form = _page(assembly_id), ActForm()
    if not form.validate_on_submit():
        return render_template("attending/leave.html", page=page)
    try:
        act(attendance.see_off, assembly_id, page.elector_id, person_id=actor().person_id)
    except Refused as refused:
        return _shown(page, refused), 409
    flash(_("You have left. Come back in whenever you can."), "done")
    return redirect(url_for(".assembly", assembly_id=assembly_id), 303)


@pages.get("/<int:assembly_id>/proxy")
@allow(Role.DELEGATE)
def choose_holder(assembly_id: int) -> str:
    """Look for the organisation that shall vote for one's own."""
    page, text = _page(assembly_id), request.args.get("q", "")[:LONGEST_SEARCH]
    found = own_proxies.found(assembly_id, _mine(assembly_id), text, at=g.at)
    return render_template(
        "attending/holders.html", page=page, text=text, found=found, most=own_proxies.MOST_FOUND
    )


@pages.route("/<int:assembly_id>/proxy/<int:holder_id>", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def give_proxy(assembly_id: int, holder_id: int) -> Answer:
    """Say what a proxy to this organisation means, then give it."""
    page = _page(assembly_id)
    offer = own_proxies.offer(assembly_id, _mine(assembly_id), holder_id, at=g.at) or abort(404)
    form, reasons = ProxyForm(data={"request_id": str(uuid4())}), []
    form.offer([(id, wording.local(titles) or _("The whole assembly")) for id, titles in offer.scopes])
    if form.validate_on_submit():
        fine, wrong = received([form.instrument.data] if form.instrument.data else [])
        form.instrument.errors = wrong
        if not wrong:
            try:
                act(
                    proxies.give, assembly_id, principal_id=page.elector_id, holder_id=holder_id, item_id=form.scope.data or None,
                    instrument=fine[0] if fine else None, request_id=form.request_id.data,
                )  # fmt: skip
                flash(
                    _("The proxy is given: %(name)s votes for your organisation.", name=offer.holder.name),
                    "done",
                )
                return redirect(url_for(".assembly", assembly_id=assembly_id), 303)
            except Refused as refused:
                reasons = [wording.refusal(reason) for reason in refused.refusals]
    answer = render_template(
        "attending/give.html", page=page, offer=offer, form=form, reasons=reasons, accepted=ACCEPTED
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.route("/proxies/<int:proxy_id>/back", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def take_back(proxy_id: int) -> Answer:
    """Say what taking a proxy back means, then do it."""
    proxy = own_proxies.taken_back(proxy_id, by=actor(), at=g.at) or abort(404)
    page, form, reasons = _page(proxy.assembly_id), TakeBackForm(), []
    if form.validate_on_submit():
        try:
            act(proxies.take_back, proxy_id, reason=form.reason.data or "")
            flash(_("The proxy is taken back: your organisation votes itself again."), "done")
            return redirect(url_for(".assembly", assembly_id=proxy.assembly_id), 303)
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
    answer = render_template("attending/back.html", page=page, proxy=proxy, form=form, reasons=reasons)
    return (answer, 409) if reasons else answer


@pages.get("/proxies/<int:proxy_id>/instrument")
@allow(Role.DELEGATE, Role.SECRETARY, Role.SCRUTINEER)
def instrument(proxy_id: int) -> Response:
    """The signed instrument as it came, to be saved and never shown in the page."""
    found = own_proxies.instrument(proxy_id, by=actor()) or abort(404)
    return send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


@pages.route("/items/<int:item_id>/interest", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def interest(item_id: int) -> Answer:
    """Declare that one's organisation has an interest of its own in an item."""
    page, item = attending.item(item_id, by=actor(), at=g.at) or abort(404)
    form, reasons = OwnInterestForm(), []
    if form.validate_on_submit():
        try:
            act(interests.declare, item_id, page.elector_id, words=form.words.data or "")
            flash(_("The interest is on record: your organisation takes no part in this vote."), "done")
            return redirect(url_for(".assembly", assembly_id=page.line.id), 303)
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
    answer = render_template("attending/interest.html", page=page, item=item, form=form, reasons=reasons)
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


def _page(assembly_id: int) -> AttendingPage:
    return attending.page(assembly_id, by=actor(), at=g.at) or abort(404)


def _mine(assembly_id: int) -> Any:
    return attending.own_elector(assembly_id, actor()) or abort(404)


def _shown(page: AttendingPage, refused: Refused | None = None) -> str:
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    return render_template("attending/assembly.html", page=page, reasons=reasons)
