"""The desk of an election: its terms and options, the vote that follows from its result, and declared interests."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import election_votes
from consultations.engine import interests as engine
from consultations.forms.assembly import ActForm
from consultations.forms.session_elections import OWN_TERMS, InterestForm, TermsForm
from consultations.queries import interests, session_elections, sessions
from consultations.queries.sessions import ItemLine, SessionPage
from consultations.views.acts import act
from consultations.views.session import Answer, pages, reasons_of
from workflows.faults import InputRefusedError
from workflows.refusals import Refused, refusal
from workflows.roles import Role


@pages.route("/items/<int:item_id>/election", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def election(item_id: int) -> Answer:
    """Write who stands and how it is counted: the vote is prepared, for a second person to review."""
    page, line = _item(item_id)
    offers = session_elections.templates(actor(), at=g.at)
    form = TermsForm(data=({} if offers else {"template": OWN_TERMS}) | session_elections.draft(item_id))
    form.offer([(id, f"{wording.local(titles)} · {cites}") for (id, titles, cites), _words in offers])
    hints = {id: " ".join(wording.local(words)) for (id, _titles, _cites), words in offers}
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            vote = act(election_votes.prepare, item_id, **_given(form))
            flash(_("The draft is kept. A second person reviews it."), "done")
            return redirect(url_for("assembly.vote", vote_id=vote.id), 303)
        except (Refused, InputRefusedError) as refused:
            reasons = reasons_of(refused)
    answer = render_template(
        "session/election.html", page=page, item=line, form=form, hints=hints, reasons=reasons
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.route("/items/<int:item_id>/next-vote", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def next_vote(item_id: int) -> Answer:
    """Prepare the run-off, or the second vote, that an election's result asks for."""
    page, line = _item(item_id)
    coming, form = session_elections.coming(item_id) or abort(404), ActForm()
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            vote = act(election_votes.prepare_next, item_id)
            flash(_("The draft is kept. A second person reviews it."), "done")
            return redirect(url_for("assembly.vote", vote_id=vote.id), 303)
        except (Refused, InputRefusedError) as refused:
            reasons = reasons_of(refused)
    answer = render_template(
        "session/next_vote.html", page=page, item=line, coming=coming, form=form, reasons=reasons
    )
    return (answer, 409) if reasons else answer


@pages.route("/items/<int:item_id>/interest", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def interest(item_id: int) -> Answer:
    """Record that an organisation has an interest of its own in an item."""
    page, line = _item(item_id)
    form, reasons = InterestForm(), []
    form.elector.choices = interests.electors(page.line.id)
    if form.validate_on_submit():
        try:
            act(
                engine.declare, item_id, form.elector.data, words=form.words.data or "", excluded=not form.takes_part.data
            )  # fmt: skip
            flash(_("The interest is on record."), "done")
            return redirect(url_for(".item", item_id=item_id), 303)
        except Refused as refused:
            reasons = reasons_of(refused)
    answer = render_template("session/interest.html", page=page, item=line, form=form, reasons=reasons)
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


def _item(item_id: int) -> tuple[SessionPage, ItemLine]:
    return sessions.item_page(item_id, by=actor(), at=g.at) or abort(404)


def _given(form: TermsForm) -> dict[str, Any]:
    """What the engine takes. Raises Refused where a language has other lines than Spanish."""
    written, wanted = form.options()
    if unequal := [
        refusal("options_unequal", have=len(one), wanted=wanted)
        for one in written.values()
        if len(one) != wanted
    ]:
        raise Refused(*dict.fromkeys(unequal))  # fmt: skip
    options = [dict(zip(written, names, strict=True)) for names in zip(*written.values(), strict=True)]
    return {
        "options": options, "template_id": form.template.data or None, "terms": form.terms(), "cites": form.cites.data or "",
        "show_turnout": form.show_turnout.data, "contest_days": form.contest_days.data,
    }  # fmt: skip
