"""The president's console and the quorum: pages that keep themselves up to date, and the acts on the vote in hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, abort, g, redirect, render_template, url_for
from flask_babel import lazy_gettext as _

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import shown as as_shown
from consultations.engine import votes
from consultations.forms.assembly import ActForm, ReasonForm
from consultations.forms.kept import KeptForm
from consultations.forms.session import MoreMinutesForm
from consultations.queries import consoles, room
from consultations.queries.consoles import ConsolePage
from consultations.security import scripted
from consultations.views import live, shown
from consultations.views.session import OFFICERS, Answer, pages, reasons_of
from consultations.views.session_acts import ACTS, ITEM_ACTS
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role


@dataclass(frozen=True)
class VoteAct:
    """An act on the vote in hand; `label` is what its button says, `…_while_sheets_wait` what is said instead while some wait."""

    verb: Callable[..., Any]
    label: Any
    sentence: Any
    done: Any
    consequences: tuple[Any, ...] = ()
    form: type[KeptForm] = ActForm
    given: Callable[[Any], dict[str, Any]] = lambda form: {}
    warn: bool = False
    sentence_while_sheets_wait: Any = None
    done_while_sheets_wait: Any = None


def _reason(form: Any) -> dict[str, Any]:
    return {"reason": form.reason.data}


def _longer(form: Any) -> dict[str, Any]:
    try:
        shown = datetime.fromisoformat(form.closes_at.data or "")
    except ValueError:
        abort(400)
    if shown.tzinfo is None:
        abort(400)
    return {"reason": form.reason.data, "closes_at": shown + timedelta(minutes=form.minutes.data)}


VOTE_ACTS: dict[str, VoteAct] = {
    "suspend": VoteAct(
        votes.suspend, _("Suspend the vote"), _("No ballot is taken until you resume the vote."), _("The vote is suspended."),
        (_("Ballots cast so far stay as they are."), _("The closing time moves by as long as the suspension lasts.")), ReasonForm, _reason,
        warn=True,
    ),
    "resume": VoteAct(
        votes.resume, _("Resume the vote"), _("Delegates can vote again, with all the time the suspension took."),
        _("The vote is open again."), form=ReasonForm, given=_reason,
    ),
    "extend": VoteAct(
        votes.extend, _("Extend the vote"), _("The vote closes later. This is possible once."), _("The closing time is later now."),
        form=MoreMinutesForm, given=_longer,
    ),
    "close": VoteAct(
        votes.close_vote, _("Close the vote now"), _("No further ballot is taken and the ballots are counted at once."),
        _("Closed and counted."), (_("A closed vote is never opened again."),), warn=True,
        sentence_while_sheets_wait=_("No further ballot on line is taken. The ballots are counted when no sheet waits any more."),
        done_while_sheets_wait=_("Closed. The count waits for the sheets of ballots on paper."),
    ),
}  # fmt: skip


@pages.get("/<int:assembly_id>/console")
@allow(*OFFICERS, Role.AUDITOR)
@scripted
def console(assembly_id: int) -> str:
    """The item in hand, its vote, who has voted, and what comes next. Who may act here sees what they did at once."""
    page = _page(assembly_id)
    shared = live.shared()
    taken = shared.get if actor().role is Role.AUDITOR else shared.renew
    reading = taken(_key("console", assembly_id), lambda: _part(page))
    return render_template(
        "session/console.html", page=page.page, reading=reading, now_ms=live.now(), every=live.EVERY
    )


@pages.get("/<int:assembly_id>/console/now")
@allow(*OFFICERS, Role.AUDITOR)
def console_now(assembly_id: int) -> Response:
    """The part of the console that changes."""
    return live.answer(live.shared().get(_key("console", assembly_id), lambda: _part(_page(assembly_id))))


@pages.route("/<int:assembly_id>/console/votes/<int:vote_id>/<name>", methods=["GET", "POST"])
@allow(Role.PRESIDENT, Role.SECRETARY)
def vote_step(assembly_id: int, vote_id: int, name: str) -> Answer:
    """Say what an act on the vote in hand will do, then do it."""
    chosen, stands = VOTE_ACTS.get(name) or abort(404), shown.mark("vote", vote_id)
    page = _page(assembly_id)
    if not consoles.vote_of(assembly_id, vote_id, by=actor()):
        abort(404)
    form = chosen.form(data={"closes_at": page.vote.closes_at.isoformat()} if page.vote else {})
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            given = chosen.given(form)
            still = partial(as_shown.vote, vote_id, name, reason=given.get("reason"))
            done = str((page.waits and chosen.done_while_sheets_wait) or chosen.done)
            shown.act_once("vote", vote_id, still, done, partial(chosen.verb, vote_id, **given))
            return redirect(url_for(".console", assembly_id=assembly_id), 303)
        except (Refused, InputRefusedError) as refused:
            reasons = reasons_of(refused)
    answer = render_template(
        "session/console_act.html", page=page, act=chosen, form=form, reasons=reasons, shown=stands
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.get("/<int:assembly_id>/quorum")
@allow(*OFFICERS, Role.AUDITOR)
def quorum(assembly_id: int) -> str:
    """Each measure of the quorum, what is missing, and which of the missing would give it."""
    return render_template(
        "session/quorum.html", page=room.page(assembly_id, by=actor(), at=g.at) or abort(404)
    )


def _key(what: str, assembly_id: int) -> tuple[object, ...]:
    """What a reading depends on: who asks counts by role and body alone."""
    by = actor()
    return what, assembly_id, wording.language(), by.role, by.network_id


def _part(page: ConsolePage) -> str:
    return render_template(
        "session/_console.html",
        console=page,
        page=page.page,
        acts=ACTS,
        item_acts=ITEM_ACTS,
        vote_acts=VOTE_ACTS,
    )


def _page(assembly_id: int) -> ConsolePage:
    return consoles.page(assembly_id, by=actor(), at=g.at) or abort(404)
