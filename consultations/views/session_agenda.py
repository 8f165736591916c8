"""The agenda at the officers' desk: items, amendments, and the votes on them."""

from functools import partial
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import agenda, agenda_votes
from consultations.engine import shown as as_shown
from consultations.forms.session import AmendmentForm, ItemForm, ItemVoteForm, MinutesForm, languages
from consultations.queries import interests, session_rules, sessions
from consultations.queries.sessions import ItemLine, SessionPage
from consultations.views import shown
from consultations.views.acts import act
from consultations.views.session import OFFICERS, Answer, back_to, pages, reasons_of
from consultations.views.session_acts import ITEM_ACTS
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/<int:assembly_id>/items/new", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def add_item(assembly_id: int) -> Answer:
    """Put an item on the agenda."""
    page = sessions.page(assembly_id, by=actor(), at=g.at) or abort(404)
    form = ItemForm()
    if not form.validate_on_submit():
        return _item_form(page, form)
    try:
        act(agenda.add, assembly_id, request_id=form.request_id.data or None, **_said(form))
    except Refused as refused:
        return _item_form(page, form, refused)
    return redirect(url_for(".assembly", assembly_id=assembly_id), 303)


@pages.get("/items/<int:item_id>")
@allow(*OFFICERS, Role.AUDITOR)
def item(item_id: int) -> str:
    """One item: its words, its vote, what can be done."""
    page, line = _item(item_id)
    declared = interests.of_assembly(page.line.id, item_id=item_id)
    may_note = actor().role is Role.SECRETARY and page.body_id == actor().network_id
    return render_template(
        "session/item.html", page=page, item=line, acts=ITEM_ACTS, declared=declared, may_note=may_note
    )


@pages.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def edit_item(item_id: int) -> Answer:
    """Change an item of a draft."""
    page, line = _item(item_id)
    form = ItemForm(data=_filled(line))
    if not form.validate_on_submit():
        return _item_form(page, form, line=line)
    try:
        act(agenda.edit, item_id, **_said(form))
    except Refused as refused:
        return _item_form(page, form, refused, line)
    return redirect(url_for(".item", item_id=item_id), 303)


@pages.route("/items/<int:item_id>/amendment", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def amendment(item_id: int) -> Answer:
    """Record an amendment from the floor."""
    page, line = _item(item_id)
    form = AmendmentForm()
    if not form.validate_on_submit():
        return _item_form(page, form, line=line, amends=True)
    try:
        act(
            agenda.move_amendment, item_id, titles=languages(form, "title"), motion=languages(form, "motion"),
            request_id=form.request_id.data or None,
        )  # fmt: skip
    except Refused as refused:
        return _item_form(page, form, refused, line, amends=True)
    return redirect(url_for(".assembly", assembly_id=page.line.id), 303)


@pages.route("/items/<int:item_id>/vote", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def item_vote(item_id: int) -> Answer:
    """Choose the rule by which an item is decided: its vote is prepared, for a second person to review."""
    page, line = _item(item_id)
    if line.kind == "election":
        return redirect(url_for(".election", item_id=item_id), 303)
    form, offers = ItemVoteForm(), session_rules.of_item(actor(), at=g.at)
    form.rule.choices = [(id, f"{wording.local(titles)} · {cites}") for (id, titles, cites), _ in offers]
    hints = {id: " ".join(wording.local(words)) for (id, _, _), words in offers}
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            vote = act(
                agenda_votes.prepare, item_id, rule_version_id=form.rule.data, reason_on_no=form.reason_on_no.data,
                show_turnout=form.show_turnout.data, contest_days=form.contest_days.data,
            )  # fmt: skip
            return redirect(url_for("assembly.vote", vote_id=vote.id), 303)
        except (Refused, InputRefusedError) as refused:
            reasons = reasons_of(refused)
    answer = render_template(
        "session/item_vote.html", page=page, item=line, form=form, hints=hints, reasons=reasons
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.route("/items/<int:item_id>/put", methods=["GET", "POST"])
@allow(Role.PRESIDENT)
def put_item(item_id: int) -> Answer:
    """Put an item to the vote, for so many minutes."""
    page, line = _item(item_id)
    vote, form, reasons = line.vote or abort(404), MinutesForm(), []
    stands = shown.mark("vote", vote.id)
    if form.validate_on_submit():
        still = partial(as_shown.vote, vote.id, "convene", "open", reason="")
        verbs = [partial(agenda_votes.open_vote, vote.id, minutes=form.minutes.data)]
        if not vote.has_page:
            verbs.insert(0, partial(agenda_votes.convene, vote.id))
        try:
            shown.act_once("vote", vote.id, still, _("The vote is open."), *verbs)
            return redirect(back_to(page.line.id), 303)
        except (Refused, InputRefusedError) as refused:
            reasons = reasons_of(refused)
    answer = render_template(
        "session/put.html", page=page, item=line, form=form, reasons=reasons, shown=stands
    )
    return (answer, 409 if reasons else 422) if reasons or form.errors else answer


@pages.route("/items/<int:item_id>/act/<name>", methods=["GET", "POST"])
@allow(Role.SECRETARY, Role.PRESIDENT)
def item_step(item_id: int, name: str) -> Answer:
    """Say what an act on an item will do, then do it."""
    chosen, stands = ITEM_ACTS.get(name) or abort(404), shown.mark("agendaitem", item_id)
    page, line = _item(item_id)
    form = chosen.form()
    if not form.validate_on_submit():
        answer = render_template(
            "session/act.html", page=page, item=line, act=chosen, form=form, reasons=[], shown=stands
        )
        return (answer, 422) if form.errors else answer
    given = chosen.given(form, page)
    still = partial(as_shown.item, item_id, chosen.move, reason=given.get("reason"))
    try:
        shown.act_once("agendaitem", item_id, still, str(chosen.done), partial(chosen.verb, item_id, **given))
    except Refused as refused:
        return render_template(
            "session/act.html", page=page, item=line, act=chosen, form=form, reasons=reasons_of(refused), shown=stands
        ), 409  # fmt: skip
    return redirect(back_to(page.line.id), 303)


def _item(item_id: int) -> tuple[SessionPage, ItemLine]:
    return sessions.item_page(item_id, by=actor(), at=g.at) or abort(404)


def _said(form: ItemForm) -> dict[str, Any]:
    return {
        "kind": form.kind.data, "titles": languages(form, "title"), "motion": languages(form, "motion"),
        "background": languages(form, "background"), "block": form.block.data or "",
    }  # fmt: skip


def _filled(line: ItemLine) -> dict[str, Any]:
    words = {"title": line.titles, "motion": line.motion, "background": line.background}
    said = {f"{name}_{lang}": text for name, texts in words.items() for lang, text in texts.items()}
    return {**said, "kind": line.kind, "block": line.block}


def _item_form(
    page: SessionPage,
    form: Any,
    refused: Refused | None = None,
    line: ItemLine | None = None,
    *,
    amends: bool = False,
) -> Answer:
    reasons = reasons_of(refused) if refused else []
    answer = render_template(
        "session/item_form.html", page=page, form=form, item=line, amends=amends, reasons=reasons,
        blocks=sorted({one.block for one in page.items if one.block}),
    )  # fmt: skip
    return (answer, 409 if refused else 422) if refused or form.errors else answer
