"""The desk of an assembly's officers: secretary, president, scrutineer and contest committee."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.actor import SYSTEM
from consultations.auth import actor, allow
from consultations.engine import contests, vote_drafts
from consultations.engine import votes as engine
from consultations.forms.assembly import ActForm, ResolveForm, VoteForm
from consultations.queries import contest_files, recounts, vote_lines, votes
from consultations.queries import vote_drafts as drafts
from consultations.queries.vote_drafts import Draft
from consultations.queries.votes import VotePage
from consultations.views.acts import act, committed, try_out
from consultations.views.addresses import row_number
from consultations.views.vote_acts import ACTS, VoteAct, closing, opening
from consultations.views.vote_form import (
    RuleChoices,
    filled,
    following,
    rule_choices,
)
from consultations.views.vote_words import dress
from workflows.deadlines import days_later
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("assembly", __name__, url_prefix="/a")
dress(pages)
OFFICERS = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE)
Answer = str | Response | tuple[str, int]


@pages.get("/votes")
@allow(*OFFICERS, Role.AUDITOR)
def index() -> str:
    """The votes of the body, and the dossiers that wait for one; an auditor reads the votes of all bodies."""
    return render_template(
        "assembly/index.html", votes=vote_lines.of_body(actor()), ready=drafts.ready(actor()),
        of_all=actor().role is Role.AUDITOR,
    )  # fmt: skip


@pages.get("/votes/<int:vote_id>")
@allow(*OFFICERS, Role.AUDITOR)
def vote(vote_id: int) -> str:
    """One vote: what it is, where it stands, what can be done, who has not voted."""
    return render_template("assembly/vote.html", page=_page(vote_id), acts=ACTS)


@pages.route("/dossiers/<int:dossier_id>/vote", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def prepare(dossier_id: int) -> Answer:
    """Write the terms of a vote on a text that is ready."""
    matter = drafts.matter(dossier_id, by=actor(), at=g.at) or abort(404)
    earlier = _followed(dossier_id)
    form = VoteForm(
        data={"zone": matter.zone} | (following(*earlier) if earlier else {}) | {"code": matter.code}
    )
    rules = rule_choices(matter.rules, drafts.book_rule(earlier[0].rule_version_id) if earlier else None)
    form.offer(matter.texts, rules.choices, matter.weight_fields)
    if not form.validate_on_submit():
        return _form_page(matter, form, rules)
    try:
        made = act(
            vote_drafts.prepare,
            dossier_id,
            body_id=actor().network_id,
            code=form.code.data,
            **_terms(form),
        )
    except (Refused, InputRefusedError) as refused:
        return _form_page(matter, form, rules, refused)
    return redirect(url_for(".vote", vote_id=made.id))


@pages.route("/votes/<int:vote_id>/edit", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def edit(vote_id: int) -> Answer:
    """Change a draft."""
    draft = drafts.draft(vote_id, by=actor()) or abort(404)
    matter = drafts.matter(draft.dossier_id, by=actor(), at=g.at) or abort(404)
    form = VoteForm(data=filled(draft))
    rules = rule_choices(matter.rules, drafts.book_rule(draft.rule_version_id))
    form.offer(matter.texts, rules.choices, matter.weight_fields)
    if not form.validate_on_submit():
        return _form_page(matter, form, rules, vote_id=vote_id)
    try:
        act(engine.edit, vote_id, **_terms(form))
    except (Refused, InputRefusedError) as refused:
        return _form_page(matter, form, rules, refused, vote_id=vote_id)
    flash(_("Saved."), "done")
    return redirect(url_for(".vote", vote_id=vote_id))


@pages.route("/votes/<int:vote_id>/review", methods=["GET", "POST"])
@allow(Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER)
def review(vote_id: int) -> Answer:
    """Look at three sample outcomes and confirm, as a second person."""
    page, form = _page(vote_id), ActForm()
    shown, against = votes.samples_of(vote_id, at=g.at)
    if not form.validate_on_submit():
        return _review_page(page, shown, [wording.refusal(reason) for reason in against])
    try:
        act(engine.review, vote_id, samples_shown=len(shown))
    except Refused as refused:
        return _review_page(page, shown, _reasons(refused)), 409
    flash(_("Reviewed: the president can convene the vote."), "done")
    return redirect(url_for(".vote", vote_id=vote_id))


@pages.route("/votes/<int:vote_id>/act/<name>", methods=["GET", "POST"])
@allow(*OFFICERS)
def step(vote_id: int, name: str) -> Answer:
    """Say what an act will do, then do it."""
    chosen, page = ACTS.get(name) or abort(404), _page(vote_id)
    form = chosen.form_of(page)
    if not form.validate_on_submit():
        answer = _step_page(page, name, chosen, form, [])
        return (answer, 422) if form.errors else answer
    try:
        if "sure" in form and not form.sure_of(str(chosen.given(form, page)["closes_at"])):
            return _step_page(page, name, chosen, form, [], _moved(chosen, page, form))
        _run(chosen, page, form)
    except Refused as refused:
        return _step_page(page, name, chosen, form, _reasons(refused)), 409
    flash(str((page.waits and chosen.done_while_sheets_wait) or chosen.done), "done")
    return redirect(url_for(".vote", vote_id=vote_id))


@pages.route("/contests/<int:vote_id>/<int:contest_id>", methods=["GET", "POST"])
@allow(Role.COMMITTEE)
def contest(vote_id: int, contest_id: int) -> Answer:
    """Answer a contest, with the reason."""
    page, form = _page(vote_id), ResolveForm()
    told = next((c for c in page.contests if c.id == contest_id), None) or abort(404)
    form.offer([(f"{by}:{value}", wording.country(value)) for by, value in recounts.groups(vote_id)])
    files = contest_files.of_vote(vote_id, by=actor()).get(contest_id, ())
    shown = {"page": page, "contest": told, "form": form, "files": files}
    if not form.validate_on_submit():
        answer = _contest_page(shown, [])
        return (answer, 422) if form.errors else answer
    by, _colon, value = (form.group.data or "").partition(":")
    said = {
        "resolution": form.resolution.data,
        "reason": form.reason.data,
        "group_by": by,
        "group_value": value,
    }
    try:
        answered = act(contests.resolve, contest_id, **said)
    except Refused as refused:
        return _contest_page(shown, _reasons(refused)), 409
    if answered.resolution is None:
        flash(
            _("Your word is on record. Another member of the committee has to agree to annul the vote."),
            "done",
        )
    else:
        flash(_("The decision on the contest is on record and public."), "done")
    return redirect(url_for(".vote", vote_id=vote_id))


def _followed(dossier_id: int) -> tuple[Draft, bool] | None:
    """The vote of this dossier that the new one follows, and whether as its next call; None: it follows none."""
    vote_id = request.args.get("after", 0, type=row_number)
    draft, page = drafts.draft(vote_id, by=actor()), votes.page(vote_id, by=actor(), at=g.at)
    return (draft, page.next_call_wanted) if draft and page and draft.dossier_id == dossier_id else None


def _run(chosen: VoteAct, page: VotePage, form: Any) -> None:
    given = chosen.given(form, page)
    if not chosen.clock:
        act(chosen.verb, page.line.id, **given)
        return
    with committed():
        chosen.verb(page.line.id, by=SYSTEM, at=g.at, **given)


def _moved(chosen: VoteAct, page: VotePage, form: Any) -> tuple[datetime, datetime, int]:
    """The closing as it is, as it would be, and by how many days it moves. Errors: Refused as the act itself."""
    given, line = chosen.given(form, page), page.line
    try_out(chosen.verb, line.id, **given)
    return line.closes_at, given["closes_at"], days_later(line.closes_at, given["closes_at"], line.zone)


def _page(vote_id: int) -> VotePage:
    return votes.page(vote_id, by=actor(), at=g.at) or abort(404)


def _terms(form: VoteForm) -> dict[str, Any]:
    zone = form.zone.data
    return {
        "version_id": form.version_id.data,
        "questions": {lang: form[f"question_{lang}"].data or "" for lang in wording.LANGUAGES},
        "rule_version_id": int(form.rule.data),
        "weight_field": form.weight_field.data or "",
        "zone": zone,
        "opens_at": opening(form.opens_on.data, form.opens_time.data, zone),
        "closes_at": closing(form.closes_on.data, form.closes_time.data, zone),
        "notice_days": form.notice_days.data,
        "contest_days": form.contest_days.data,
        "call": form.call.data,
        "president_may_close": form.president_may_close.data,
        "show_turnout": form.show_turnout.data,
    }


def _form_page(
    matter: Any,
    form: VoteForm,
    rules: RuleChoices,
    refused: Exception | None = None,
    vote_id: int | None = None,
) -> Answer:
    reasons = _reasons(refused) if refused else []
    answer = render_template(
        "assembly/form.html",
        matter=matter,
        form=form,
        reasons=reasons,
        vote_id=vote_id,
        rules=rules,
    )
    return (answer, 409 if refused else 422) if refused or form.errors else answer


def _review_page(page: VotePage, shown: Any, reasons: list[dict[str, str]]) -> str:
    return render_template("assembly/review.html", page=page, samples=shown, reasons=reasons)


def _step_page(
    page: VotePage, name: str, chosen: VoteAct, form: Any, reasons: list[dict[str, str]], moved: Any = None
) -> str:
    return render_template(
        "assembly/act.html", page=page, name=name, act=chosen, form=form, reasons=reasons, moved=moved
    )


def _contest_page(shown: dict[str, Any], reasons: list[dict[str, str]]) -> str:
    first = votes.first_to_annul(shown["page"].line.id, shown["contest"].id)
    return render_template("assembly/contest.html", **shown, first=first, reasons=reasons)


def _reasons(refused: Exception) -> list[dict[str, str]]:
    if isinstance(refused, InputRefusedError):
        return [{"sentence": fault, "remedy": ""} for fault in refused.faults]
    return [wording.refusal(reason) for reason in refused.refusals]  # type: ignore[attr-defined]
