"""Drafts in the browser: the outline, a new version, and the words and terms of one clause."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording, wording_drafts
from consultations.auth import actor, allow
from consultations.engine import draft_moves, draft_terms, draft_words, drafts
from consultations.engine.draft_terms import Terms
from consultations.engine.draft_words import Words
from consultations.engine.work import NotFound
from consultations.forms.unit_drafts import LabelForm, NewClauseForm, TermsForm, WordsForm
from consultations.queries import draft_clauses, standards
from consultations.queries import drafts as pages_of
from consultations.queries.draft_clauses import ClausePage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

_AT = "/standards/versions/<int:version_id>"
_CLAUSE = "/standards/clauses/<int:node_id>"


@pages.get(f"{_AT}/draft")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def draft(version_id: int) -> str:
    """The outline of a version: every clause, and how complete and fresh each language is."""
    page = pages_of.draft(version_id, request.args.get("in", ""), by=actor())
    return render_template("unit/draft.html", page=page, **_words())


@pages.route(f"{_AT}/next", methods=["GET", "POST"])
@allow(Role.UNIT)
def draw_up(version_id: int) -> Answer:
    """Begin a new version as a copy of this one."""
    page, form = standards.version(version_id), LabelForm()
    values = {
        "form": form, "title": gettext("Draw up a new version"), "kicker": f"{page.code} · {wording.local(page.titles)}",
        "sentence": gettext("A new version begins as a copy of version %(label)s and can be edited.", label=page.label),
        "consequences": [gettext("Every clause keeps its lasting id, so that comments and changes can be followed.")],
        "button": gettext("Draw up the version"), "warn": False, "back": url_for("unit.version", version_id=version_id),
    }  # fmt: skip
    if not form.is_submitted():
        return render_template("unit/act.html", reasons=[], **values)
    if not form.validate():
        return again("unit/act.html", **values)
    try:
        made_id = _made(act(drafts.draw_up, version_id, label=form.label.data))
    except Refused as refused:
        return again("unit/act.html", refused, **values)
    flash(gettext("The version is drawn up. You can edit it now."), "done")
    return redirect(url_for("unit.draft", version_id=made_id), 303)


@pages.errorhandler(NotFound)
def gone(error: NotFound) -> Answer:
    """A clause that is there no more: who goes back in the browser is told, and led on."""
    told = {}
    if (request.endpoint or "").startswith("unit.clause"):
        told = {
            "title": gettext("This clause is no longer in the draft"), "back": url_for("unit.all_standards"),
            "explanation": gettext("It was deleted, or has become part of another clause. Nothing else was lost: the draft is among the standards."),
        }  # fmt: skip
    return render_template("error.html", code=404, typed=[], **told), 404


@pages.route(_CLAUSE, methods=["GET", "POST"])
@allow(Role.UNIT)
def clause(node_id: int) -> Answer:
    """The words of a clause in one language, beside the reference words."""
    page = draft_clauses.clause(node_id, by=actor())
    shown = page.in_(request.args.get("in", ""))
    form = WordsForm(data=None if request.form else _shown(page, shown))
    values: dict[str, Any] = {"page": page, "shown": shown, "form": form, **_words()}
    if not form.is_submitted():
        return render_template("unit/clause.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause.html", **values)
    said = Words.typed(form.heading.data, form.text.data, form.guidance.data)
    translates = form.reference.data if form.fits.data else ""
    try:
        act(
            draft_words.reword,
            node_id,
            shown.language,
            words=said,
            known=form.known.data,
            translates=translates,
        )
    except Refused as refused:
        _renew(form, known=shown.sha256, reference=page.in_(page.reference).sha256)
        return again("unit/clause.html", refused, **values)
    flash(gettext("The words are saved."), "done")
    return redirect(url_for("unit.clause", node_id=node_id, **{"in": shown.language}), 303)


@pages.route(f"{_CLAUSE}/terms", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_terms(node_id: int) -> Answer:
    """Number, kind, year, and to whom a clause applies."""
    page = draft_clauses.clause(node_id, by=actor())
    form = TermsForm(data=None if request.form else _terms(page))
    values = {"page": page, "form": form, **_words()}
    if not form.is_submitted():
        return render_template("unit/clause_terms.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_terms.html", **values)
    terms = Terms(
        form.kind.data, form.number.data or "", form.requirement_kind.data or None, form.from_year.data,
        form.applies_to.data or "",
    )  # fmt: skip
    try:
        act(draft_terms.change_terms, node_id, terms=terms, known=form.known.data)
    except Refused as refused:
        _renew(form, known=page.terms_known)
        return again("unit/clause_terms.html", refused, **values)
    flash(gettext("Number and kind are saved."), "done")
    return redirect(url_for("unit.clause", node_id=node_id), 303)


@pages.route(f"{_AT}/clauses/new", methods=["GET", "POST"])
@allow(Role.UNIT)
def new_clause(version_id: int) -> Answer:
    """A new clause below another (?below=) or after a sister (?after=)."""
    page = pages_of.draft(version_id, by=actor())
    below, after = (number_asked(name, None) for name in ("below", "after"))
    form = NewClauseForm(
        data=None if request.form else {"number": draft_clauses.place_below(version_id, below, after)}
    )
    values = {"page": page, "form": form, "place": _place(page, below, after), **_words()}
    if not form.is_submitted():
        form.begin()
        return render_template("unit/new_clause.html", reasons=[], **values)
    if not form.validate():
        return again("unit/new_clause.html", **values)
    said = {page.reference: Words.typed(form.heading.data, form.text.data)}
    terms = Terms(form.kind.data, form.number.data or "")
    try:
        node_id = _made(
            act(
                draft_moves.add_clause, version_id, parent_id=below, after_id=after, terms=terms, words=said,
                request=form.request.data,
            )
        )  # fmt: skip
    except Refused as refused:
        return again("unit/new_clause.html", refused, **values)
    flash(gettext("The clause is added."), "done")
    return redirect(url_for("unit.clause", node_id=node_id), 303)


@pages.get(f"{_CLAUSE}/history")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def clause_history(node_id: int) -> str:
    """The former words of a clause."""
    page = draft_clauses.clause(node_id, by=actor())
    former = draft_clauses.revisions(node_id)
    return render_template("unit/clause_history.html", page=page, former=former, **_words())


def _shown(page: ClausePage, shown: Any) -> dict[str, Any]:
    return {
        "known": shown.sha256, "reference": page.in_(page.reference).sha256, "heading": shown.heading, "text": shown.text,
        "guidance": shown.guidance, "fits": shown.state in ("fresh", "missing"),
    }  # fmt: skip


def _terms(page: ClausePage) -> dict[str, Any]:
    return {
        "known": page.terms_known, "number": page.number, "kind": page.kind, "requirement_kind": page.requirement_kind,
        "from_year": int(page.years) if page.years.isdecimal() else None, "applies_to": page.applies_to,
    }  # fmt: skip


def _renew(form: Any, **now: str) -> None:
    """Show what stands now: whoever sends this once more has been told, and has seen it."""
    for name, value in now.items():
        form[name].raw_data, form[name].data = None, value


def _place(page: pages_of.DraftPage, below: int | None, after: int | None) -> str:
    """Where the new clause goes, in words."""
    named = {line.id: f"{line.number} {line.words}".strip() for line in pages_of.every(page.lines)}
    if after in named:
        return gettext("It follows %(clause)s.", clause=named[after])
    if below in named:
        return gettext("It is the first below %(clause)s.", clause=named[below])
    return gettext("It is the first of the whole text.")


def _made(row: Any) -> int:
    return row.id


def _words() -> dict[str, Any]:
    return {"words": wording_drafts, "names": wording.LANGUAGES}
