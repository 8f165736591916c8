"""The desk of a body's rule book: rules are written in sentences by one person and approved by a second."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import rule_books as verbs
from consultations.engine.rule_books import Words
from consultations.forms.rule_books import ApproveForm, HeadForm, RuleFileForm, WithdrawForm
from consultations.queries import rule_books
from consultations.queries.rule_books import RulePage
from consultations.views import rule_previews
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.rule_editors import EDITORS, asked_preset, form_of, shipped
from consultations.views.rule_words import dress
from workflows.canonical import read_json
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("rule_desk", __name__, url_prefix="/a/rules")
dress(pages)
READERS = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE, Role.COMMISSION)
WRITERS = (Role.SECRETARY, Role.COMMISSION)
ENDERS = (Role.SECRETARY, Role.PRESIDENT, Role.COMMISSION)
Answer = Any


@pages.get("")
@allow(*READERS, Role.AUDITOR)
def index() -> str:
    """The book of the body one acts in, with what waits for approval, and the rules that ship, to be taken into it.

    An auditor, who acts in no body, reads the books of all.
    """
    if actor().role is Role.AUDITOR:
        return render_template("rule_desk/books.html", books=rule_books.books(by=actor(), at=g.at))
    book = rule_books.book(_body(), by=actor(), at=g.at) or abort(404)
    ready = {kind: shipped(kind) for kind in EDITORS}
    writes = actor().role in (*WRITERS, Role.CHAIR)
    return render_template("rule_desk/index.html", book=book, shipped=ready, writes=writes)


@pages.route("/new", methods=["GET", "POST"], defaults={"kind": "decision"})
@pages.route("/new/<any(calls, representation, roll):kind>", methods=["GET", "POST"])
@allow(*WRITERS)
def new(kind: str) -> Answer:
    """Write a rule in sentences: a new one, one that ships (?preset=), or the next version of one (?version=)."""
    source, editor = _source(kind), EDITORS[kind]
    said = editor.said(source["content"]) if source else editor.begun
    if said is None:
        return render_template("rule_desk/richer.html", source=source)
    form = form_of(kind, _body(), {**_begun(source), **editor.shown(said)})

    def save(words: Words) -> Any:
        return act(verbs.write, _body(), kind=kind, key=form.key.data, words=words)

    return _editor(kind, form, save, source)


@pages.route("/<int:version_id>/edit", methods=["GET", "POST"])
@allow(*WRITERS)
def edit(version_id: int) -> Answer:
    """Change a draft in sentences."""
    page = _page(version_id)
    kind = page.line.kind
    said = EDITORS[kind].said(page.content) if kind in EDITORS else None
    if said is None:
        return render_template("rule_desk/richer.html", source=_of_version(page))
    form = form_of(kind, _body(), {**_head(page), **EDITORS[kind].shown(said)})
    form.key.data = page.line.key  # the name of a rule never changes

    def save(words: Words) -> Any:
        return act(verbs.edit, version_id, words=words)

    return _editor(kind, form, save, _of_version(page), page)


@pages.route("/file", methods=["GET", "POST"])
@allow(*WRITERS)
def file() -> Answer:
    """Take a rule into the book from a file: for what the sentences do not say, and for other kinds of rules."""
    form = RuleFileForm(data={"in_force_from": g.at.date()})
    if not form.validate_on_submit():
        answer = render_template("rule_desk/file.html", form=form, reasons=[])
        return (answer, 422) if form.errors else answer
    try:
        content, faults = read_json(form.rule_file.data.read(), "rule.json")
        if faults or not isinstance(content, dict):
            raise InputRefusedError(faults or [_("The file holds no object.")])
        words = _words(form, content)
        row = act(verbs.write, _body(), kind=form.kind.data, key=form.key.data, words=words)
    except (Refused, InputRefusedError) as refused:
        return render_template("rule_desk/file.html", form=form, reasons=rule_previews.reasons(refused)), 409
    return _kept(row.id)


@pages.route("/<int:version_id>/approve", methods=["GET", "POST"])
@allow(*ENDERS)
def approve(version_id: int) -> Answer:
    """Read a rule and put it in force, as a second person."""
    page = _page(version_id)
    form = ApproveForm(data={"sha256": page.sha256})
    values = {"page": page, "form": form}
    if not form.validate_on_submit():
        return render_template("rule_desk/approve.html", reasons=[], **values)
    try:
        act(verbs.approve, version_id, sha256=form.sha256.data or "")
    except Refused as refused:
        return render_template(
            "rule_desk/approve.html", reasons=rule_previews.reasons(refused), **values
        ), 409
    flash(_("Approved: it is in force from its first day."), "done")
    return redirect(url_for("public.rule", version_id=version_id), 303)


@pages.route("/<int:version_id>/withdraw", methods=["GET", "POST"])
@allow(*ENDERS)
def withdraw(version_id: int) -> Answer:
    """Give up a draft, or end a rule in force, with a reason."""
    page, form = _page(version_id), WithdrawForm(data={"from_day": g.at.date()})
    values = {"page": page, "form": form}
    if not form.validate_on_submit():
        answer = render_template("rule_desk/withdraw.html", reasons=[], **values)
        return (answer, 422) if form.errors else answer
    try:
        act(verbs.withdraw, version_id, reason=form.reason.data, from_day=form.from_day.data)
    except Refused as refused:
        return render_template(
            "rule_desk/withdraw.html", reasons=rule_previews.reasons(refused), **values
        ), 409
    flash(_("It is withdrawn."), "done")
    return redirect(url_for(".index"), 303)


def _editor(
    kind: str,
    form: Any,
    save: Callable[[Words], Any],
    source: dict[str, Any] | None,
    page: RulePage | None = None,
) -> Answer:
    """The form with what was typed: a sentence more or less, shown in words, tried, or kept."""
    button = request.form.get("do", "")
    template, values = EDITORS[kind].page, {"form": form, "page": page, "source": source}
    if not form.is_submitted() or form.pressed(button):
        return render_template(template, preview=None, reasons=[], **values)
    if not form.validate():
        answer = render_template(template, preview=None, reasons=[], **values)
        return (answer, 422) if form.errors or form.form_errors else answer
    try:
        content = EDITORS[kind].content(form.said())
        preview = rule_previews.preview(kind, form, content, _body(), tried=button == "trial", at=g.at)
        if button == "save" and not preview.reasons:
            return _kept(save(_words(form, content)).id)
        against = preview.reasons
    except (Refused, InputRefusedError) as refused:
        preview, against = None, rule_previews.reasons(refused)
    answer = render_template(template, preview=preview, reasons=against, **values)
    return (answer, 409) if against else answer


def _kept(version_id: int) -> Response:
    flash(_("The draft is kept. A second person has to approve it before a vote can take it."), "done")
    return redirect(url_for("public.rule", version_id=version_id), 303)


def _words(form: HeadForm, content: dict[str, Any]) -> Words:
    begins: date = form.in_force_from.data  # type: ignore[assignment]
    return Words(form.titles(), form.cites.data or "", content, begins, form.in_force_until.data)


def _begun(source: dict[str, Any] | None) -> dict[str, Any]:
    """The head of the form as it begins: that of the source, or nothing but a first day."""
    named = {
        "key": source["key"], "cites": source["cites"], **{f"title_{lang}": source["titles"].get(lang, "") for lang in wording.LANGUAGES},
    } if source else {}  # fmt: skip
    return {"in_force_from": g.at.date(), **named}


def _head(page: RulePage) -> dict[str, Any]:
    line = page.line
    titles = {f"title_{lang}": line.titles.get(lang, "") for lang in wording.LANGUAGES}
    days = {"in_force_from": line.in_force_from, "in_force_until": line.in_force_until}
    return {"key": line.key, "cites": line.cites, **titles, **days}


def _source(kind: str) -> dict[str, Any] | None:
    """What a new rule begins from: a rule that ships, or a version of the body's book; None: from nothing."""
    if ready := asked_preset(kind):
        return ready
    version_id = number_asked("version", 0)
    page = rule_books.page(version_id, by=actor(), at=g.at) if version_id else None
    if page is None or page.body_id != actor().network_id or page.line.kind != kind:
        return None
    return _of_version(page)


def _of_version(page: RulePage) -> dict[str, Any]:
    return {
        "key": page.line.key, "titles": page.line.titles, "cites": page.line.cites, "content": page.content,
        "shipped": False, "version_id": page.line.id,
    }  # fmt: skip


def _page(version_id: int) -> RulePage:
    """A version of the body one acts in; 404 for every other."""
    page = rule_books.page(version_id, by=actor(), at=g.at)
    if page is None or page.body_id != actor().network_id:
        abort(404)
    return page


def _body() -> int:
    return actor().network_id or abort(404)
