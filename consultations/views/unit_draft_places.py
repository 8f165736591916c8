"""Where the clauses of a draft stand: moved, split, merged, deleted; each says what will happen, then asks."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consultations import wording, wording_drafts
from consultations.auth import actor, allow
from consultations.engine import draft_moves, draft_parts
from consultations.engine.draft_words import Words
from consultations.engine.work import NotFound
from consultations.forms.offered import offered
from consultations.forms.unit_drafts import MergeChoiceForm, MoveForm, PlaceForm, merge_form, split_form
from consultations.queries import draft_clauses
from consultations.queries.draft_clauses import ClausePage, Neighbour
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

_CLAUSE = "/standards/clauses/<int:node_id>"


@pages.route(f"{_CLAUSE}/place", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_place(node_id: int) -> Answer:
    """Move a clause up, down or into another, with all that lies below it."""
    page, form = draft_clauses.clause(node_id, by=actor()), MoveForm()
    tops = [(0, gettext("None: at the top of the text"))]
    form.parent_id.choices = offered(tops + [(one.id, _indented(one)) for one in page.others])
    values = {"page": page, "form": form, **_words()}
    if not form.is_submitted():
        _begin(form, page)
        return render_template("unit/clause_place.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_place.html", **values)
    try:
        act(
            draft_moves.move, node_id, where=form.where.data, parent_id=form.parent_id.data or None,
            known=form.known.data, request=form.request.data,
        )  # fmt: skip
    except Refused as refused:
        _begin(form, page)
        return again("unit/clause_place.html", refused, **values)
    flash(gettext("The clause is moved. Look whether its number still fits."), "done")
    return redirect(url_for("unit.clause_terms", node_id=node_id), 303)


@pages.route(f"{_CLAUSE}/split", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_split(node_id: int) -> Answer:
    """Make two clauses of one."""
    page = draft_clauses.clause(node_id, by=actor())
    languages = [one.language for one in page.said if one.heading or one.text]
    form = split_form(languages)(data=None if request.form else _whole(page, languages))
    values = {"page": page, "form": form, "languages": languages, **_words()}
    if not form.is_submitted():
        _begin(form, page)
        return render_template("unit/clause_split.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_split.html", **values)
    first = {code: Words.typed(page.in_(code).heading, form[f"first_{code}"].data, page.in_(code).guidance) for code in languages}  # fmt: skip
    second = {
        code: Words.typed(form[f"heading_{code}"].data, form[f"second_{code}"].data) for code in languages
    }
    try:
        act(
            draft_parts.split, node_id, first=first, second=second, number=form.number.data or "", known=form.known.data,
            request=form.request.data,
        )  # fmt: skip
    except Refused as refused:
        _begin(form, page)
        return again("unit/clause_split.html", refused, **values)
    flash(gettext("The clause is split, and the clause map knows it."), "done")
    return redirect(url_for("unit.draft", version_id=page.version_id, _anchor=f"c{node_id}"), 303)


@pages.get(f"{_CLAUSE}/merge")
@allow(Role.UNIT)
def clause_merge(node_id: int) -> Answer:
    """Which clause becomes part of this one; chosen (?other_id=), on to the words of both."""
    if other_id := number_asked("other_id", None):
        return redirect(url_for("unit.clause_merge_words", node_id=node_id, other_id=other_id), 303)
    page, form = draft_clauses.clause(node_id, by=actor()), MergeChoiceForm(formdata=None)
    form.other_id.choices = offered((one.id, _indented(one)) for one in page.others)
    form.other_id.data = page.next.id if page.next and page.next in page.others else None
    return render_template("unit/clause_merge_choice.html", page=page, form=form, **_words())


@pages.route(f"{_CLAUSE}/merge/<int:other_id>", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_merge_words(node_id: int, other_id: int) -> Answer:
    """The words of both as one, to put right before they are merged."""
    page = draft_clauses.clause(node_id, by=actor())
    try:
        other = draft_clauses.clause(other_id, by=actor())
    except NotFound:
        if request.method == "GET":
            raise
        return redirect(
            url_for("unit.clause", node_id=node_id), 303
        )  # sent twice: the other is part of this one now
    languages = [one.language for one in page.said if _any(one) or _any(other.in_(one.language))]
    form = merge_form(languages)(data=None if request.form else _both(page, other, languages))
    values = {"page": page, "other": other, "form": form, "languages": languages, **_words()}
    if not form.is_submitted():
        _begin(form, page, other)
        return render_template("unit/clause_merge.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_merge.html", **values)
    said = {code: Words.typed(*(form[f"{name}_{code}"].data for name in ("heading", "text", "guidance"))) for code in languages}  # fmt: skip
    try:
        act(
            draft_parts.merge, node_id, other_id, words=said, known=form.known.data, known_other=form.known_other.data,
            request=form.request.data,
        )  # fmt: skip
    except Refused as refused:
        _begin(form, page, other)
        return again("unit/clause_merge.html", refused, **values)
    flash(gettext("The clauses are merged, and the clause map knows it."), "done")
    return redirect(url_for("unit.clause", node_id=node_id), 303)


@pages.route("/standards/versions/<int:version_id>/clauses/<int:node_id>/delete", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_delete(version_id: int, node_id: int) -> Answer:
    """Delete a clause and what lies below it from the draft."""
    outline, form = url_for("unit.draft", version_id=version_id), PlaceForm()
    try:
        page = draft_clauses.clause(node_id, by=actor())
    except NotFound:
        if not form.is_submitted():
            raise
        return redirect(outline, 303)  # sent twice: it is gone
    below = (
        ngettext("One clause below it goes too.", "%(num)d clauses below it go too.", page.below)
        if page.below
        else ""
    )
    values = {
        "form": form, "title": gettext("Delete the clause"), "kicker": f"{page.code} · {page.label}",
        "sentence": gettext("%(clause)s leaves this draft.", clause=_named(page)),
        "consequences": [text for text in (below, gettext("Its words stay on record; earlier versions keep it.")) if text],
        "button": gettext("Delete the clause"), "warn": True, "back": url_for("unit.clause", node_id=node_id),
    }  # fmt: skip
    if not form.validate_on_submit():
        _begin(form, page)
        return render_template("unit/act_known.html", reasons=[], **values)
    try:
        act(draft_moves.delete, node_id, known=form.known.data, request=form.request.data)
    except Refused as refused:
        _begin(form, page)
        return again("unit/act_known.html", refused, **values)
    flash(gettext("The clause is deleted."), "done")
    return redirect(outline, 303)


def _begin(form: Any, page: ClausePage, other: ClausePage | None = None) -> None:
    """A fresh request about what is shown now."""
    form.begin()
    form.known.raw_data, form.known.data = None, page.stamp
    if other is not None:
        form.known_other.raw_data, form.known_other.data = None, other.stamp


def _whole(page: ClausePage, languages: list[str]) -> dict[str, str]:
    return {"number": page.following, **{f"first_{code}": page.in_(code).text for code in languages}}


def _both(page: ClausePage, other: ClausePage, languages: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in languages:
        one, two = page.in_(code), other.in_(code)
        found[f"heading_{code}"] = one.heading or two.heading
        for name in ("text", "guidance"):
            found[f"{name}_{code}"] = "\n".join(
                text for text in (getattr(one, name), getattr(two, name)) if text
            )
    return found


def _any(said: Any) -> bool:
    return bool(said.heading or said.text or said.guidance)


def _named(page: ClausePage) -> str:
    said = page.in_(page.reference)
    return f"{page.number} {said.heading or said.text}".strip()[:120]


def _indented(one: Neighbour) -> str:
    return f"{' ' * 2 * one.depth}{one.number} {one.words}"


def _words() -> dict[str, Any]:
    return {"words": wording_drafts, "names": wording.LANGUAGES}
