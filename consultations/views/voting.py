"""A delegate votes: the question, a check, the ballot, its receipt."""

from uuid import uuid4

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import ballots as engine
from consultations.forms.delegate_votes import CastForm, ChoiceForm
from consultations.queries import ballots
from consultations.queries.ballots import BallotPage
from consultations.views.acts import act, sent
from consultations.views.vote_words import dress
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("voting", __name__, url_prefix="/v")
dress(pages)

# Where the choice waits in the session between choosing and voting: an address would end up in logs and histories.
CHECKED = "checked_vote"


@pages.get("/")
@allow(Role.DELEGATE)
def index() -> str:
    """The votes of one's organisation."""
    return render_template("voting/index.html", votes=ballots.of_organisation(actor()))


@pages.get("/<int:vote_id>")
@allow(Role.DELEGATE)
def vote(vote_id: int) -> str:
    """What is asked, until when, and the organisation's own ballot."""
    return _asked(_page(vote_id), ChoiceForm())


@pages.route("/<int:vote_id>/check", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def check(vote_id: int) -> str | Response | tuple[str, int]:
    """Say what is about to happen before it does; nothing is written yet. Back and reload show it again."""
    page = _page(vote_id)
    if sent():
        return _choose(page)
    chosen = session.get(CHECKED)
    if not page.can_vote or chosen is None or chosen["for"] != [vote_id, actor().mandate_id]:
        return redirect(url_for(".vote", vote_id=vote_id), 303)
    return render_template(
        "voting/check.html", page=page, choice=chosen["choice"], request_id=chosen["request_id"]
    )


@pages.post("/<int:vote_id>/cast")
@allow(Role.DELEGATE)
def cast(vote_id: int) -> Response | tuple[str, int]:
    """Cast, and show the receipt; a repeated request says that it is one."""
    form = CastForm.sent(request.form)
    if faults := form.faults:
        reasons = [{"sentence": str(fault), "remedy": ""} for fault in faults]
        return _asked(_page(vote_id), ChoiceForm(), reasons=reasons), 422
    try:
        given = act(engine.cast, vote_id, form.choice, form.request_id, known=form.known)
    except Refused as refused:
        if [reason.code for reason in refused.refusals] == ["ballot_meanwhile"]:
            return _asked_again(vote_id, form)
        reasons = [wording.refusal(reason) for reason in refused.refusals]
        return _asked(_page(vote_id), ChoiceForm(), reasons=reasons), 409
    if given.repeated:
        flash(
            _("This vote was here already: nothing was counted twice. This is the receipt given for it."),
            "done",
        )
    if session.get(CHECKED, {}).get("for") == [vote_id, actor().mandate_id]:
        del session[CHECKED]
    return redirect(url_for(".receipt", vote_id=vote_id), 303)


@pages.get("/<int:vote_id>/receipt")
@allow(Role.DELEGATE)
def receipt(vote_id: int) -> str | Response:
    """The receipt of the ballot that stands."""
    page = _page(vote_id)
    if page.own is None:
        return redirect(url_for(".vote", vote_id=vote_id))
    return render_template("voting/receipt.html", page=page)


def _choose(page: BallotPage) -> Response | tuple[str, int]:
    form, vote_id = _form(page, ChoiceForm()), page.line.id
    if not page.can_vote or not form.validate_on_submit():
        return _asked(page, form), 409 if page.against else 422 if form.errors else 200
    for_whom = [vote_id, actor().mandate_id]
    session[CHECKED] = {"for": for_whom, "choice": form.choice.data, "request_id": str(uuid4())}
    return redirect(url_for(".check", vote_id=vote_id), 303)


def _asked_again(vote_id: int, form: CastForm) -> tuple[str, int]:
    """The check once more: another ballot of the organisation has come in since it was shown."""
    session[CHECKED] = {
        "for": [vote_id, actor().mandate_id], "choice": form.choice, "request_id": form.request_id,
    }  # fmt: skip
    return render_template(
        "voting/check.html",
        page=_page(vote_id),
        choice=form.choice,
        request_id=form.request_id,
        meanwhile=True,
    ), 409


def _page(vote_id: int) -> BallotPage:
    return ballots.page(vote_id, by=actor(), at=g.at) or abort(404)


def _form(page: BallotPage, form: ChoiceForm) -> ChoiceForm:
    form.offer(page.choices, _("The vote of %(name)s", name=page.organisation))
    return form


def _asked(page: BallotPage, form: ChoiceForm, reasons: list[dict[str, str]] | None = None) -> str:
    return render_template("voting/vote.html", page=page, form=_form(page, form), reasons=reasons or [])
