"""A delegate votes: the question, a check, the ballot, its receipt; for the own organisation, or one whose proxy it holds."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import ballots as engine
from consultations.forms.delegate_ballots import EXPLAINED, election_form
from consultations.forms.delegate_votes import CastForm, ChoiceForm
from consultations.queries import ballots
from consultations.queries.ballots import BallotPage
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.vote_words import dress
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("voting", __name__, url_prefix="/v")
dress(pages)

# Where the choice waits in the session between choosing and voting: an address would end up in logs and histories.
CHECKED = "checked_vote"
FOR = "for"
"""The organisation that is voted for, in addresses and forms; left out for one's own."""


@pages.get("/")
@allow(Role.DELEGATE)
def index() -> str:
    """The votes of one's organisation."""
    return render_template("voting/index.html", votes=ballots.of_organisation(actor()))


@pages.get("/<int:vote_id>")
@allow(Role.DELEGATE)
def vote(vote_id: int) -> str:
    """What is asked, until when, and the organisation's own ballot."""
    page = _page(vote_id)
    return _asked(page, _form(page))


@pages.route("/<int:vote_id>/check", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def check(vote_id: int) -> str | Response | tuple[str, int]:
    """Say what is about to happen before it does; nothing is written yet. Back and reload show it again."""
    page = _page(vote_id)
    if sent():
        return _choose(page)
    chosen = session.get(CHECKED)
    if not page.can_vote or chosen is None or chosen["for"] != _whose(page):
        return redirect(_at(".vote", page), 303)
    return render_template("voting/check.html", page=page, chosen=chosen)


@pages.post("/<int:vote_id>/cast")
@allow(Role.DELEGATE)
def cast(vote_id: int) -> Response | tuple[str, int]:
    """Cast, and show the receipt; a repeated request says that it is one."""
    form = CastForm.sent(request.form)
    if faults := form.faults:
        return _refused(vote_id, form, [{"sentence": str(fault), "remedy": ""} for fault in faults], 422)
    try:
        given = act(
            engine.cast, vote_id, form.choice, form.request_id, known=form.known, for_id=form.for_id, reason=form.reason
        )  # fmt: skip
    except Refused as refused:
        if [reason.code for reason in refused.refusals] == ["ballot_meanwhile"]:
            return _asked_again(vote_id, form)
        return _refused(vote_id, form, [wording.refusal(reason) for reason in refused.refusals], 409)
    if given.repeated:
        flash(
            _("This vote was here already: nothing was counted twice. This is the receipt given for it."),
            "done",
        )
    if session.get(CHECKED, {}).get("for") == [vote_id, actor().mandate_id, form.for_id]:
        del session[CHECKED]
    return redirect(url_for(".receipt", vote_id=vote_id, **_of(form.for_id)), 303)


@pages.get("/<int:vote_id>/receipt")
@allow(Role.DELEGATE)
def receipt(vote_id: int) -> str | Response:
    """The receipt of the ballot that stands."""
    page = _page(vote_id)
    if page.own is None:
        return redirect(_at(".vote", page))
    return render_template("voting/receipt.html", page=page, at=_at)


def _choose(page: BallotPage) -> Response | tuple[str, int]:
    form = _form(page)
    if not page.can_vote or not form.validate_on_submit():
        return _asked(page, form), 409 if page.against else 422 if form.errors else 200
    session[CHECKED] = {
        "for": _whose(page), "choice": form.choice_text(), "request_id": str(uuid4()),
        "reason": (form.reason.data or "").strip() if page.asks_reason and "reason" in form else "",
    }  # fmt: skip
    return redirect(_at(".check", page), 303)


def _whose(page: BallotPage) -> list[int | None]:
    """For which vote, in which capacity and for which organisation something was chosen."""
    return [page.line.id, actor().mandate_id, page.for_id]


def _asked_again(vote_id: int, form: CastForm) -> tuple[str, int]:
    """The check once more: another ballot of the organisation has come in since it was shown."""
    page = ballots.page(vote_id, for_id=form.for_id, by=actor(), at=g.at) or abort(404)
    chosen = {
        "for": _whose(page), "choice": form.choice, "request_id": form.request_id, "reason": form.reason,
    }  # fmt: skip
    session[CHECKED] = chosen
    return render_template("voting/check.html", page=page, chosen=chosen, meanwhile=True), 409


def _page(vote_id: int) -> BallotPage:
    asked = number_asked(FOR, None)
    return ballots.page(vote_id, for_id=asked, by=actor(), at=g.at) or abort(404)


def _at(endpoint: str, page: BallotPage) -> str:
    """The address of a page of this vote for the same organisation."""
    return url_for(endpoint, vote_id=page.line.id, **_of(page.for_id))


def _of(for_id: int | None) -> dict[str, Any]:
    return {FOR: for_id} if for_id else {}


def _form(page: BallotPage) -> Any:
    legend = _("The vote of %(name)s", name=page.organisation)
    if page.filling is not None:
        options = [(id, wording.local(names)) for id, names in page.line.options]
        return election_form(page.line.method, options, legend, page.filling.most)
    form = ChoiceForm()
    form.offer(page.choices, legend)
    form.asks_reason = page.asks_reason
    return form


def _refused(vote_id: int, form: CastForm, reasons: list[dict[str, str]], status: int) -> tuple[str, int]:
    """The vote's page again; that of one's own organisation where one does not vote for the one that was named."""
    named = ballots.page(vote_id, for_id=form.for_id, by=actor(), at=g.at)
    page = named or ballots.page(vote_id, by=actor(), at=g.at) or abort(404)
    return _asked(page, _form(page), reasons), status


def _asked(page: BallotPage, form: Any, reasons: list[dict[str, str]] | None = None) -> str:
    return render_template(
        "voting/vote.html", page=page, form=form, reasons=reasons or [], at=_at, explained=EXPLAINED
    )
