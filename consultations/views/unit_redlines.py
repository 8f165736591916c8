"""Two versions compared, the clause map corrected by hand, days of application, and texts as files."""

from io import BytesIO
from typing import Any

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext

from consultations import wording, wording_drafts
from consultations.auth import actor, allow
from consultations.documents.standard_export_docx import write_docx
from consultations.documents.standard_export_markdown import write_markdown
from consultations.engine import clause_maps, effective_dates
from consultations.engine.work import NotFound
from consultations.forms.offered import offered
from consultations.forms.unit_drafts import DateForm, MapLineForm
from consultations.queries import clause_maps as maps
from consultations.queries import draft_clauses, redline_pages, redlines, standard_exports
from consultations.queries.clause_maps import ClauseMap, Named
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.redline_files import DOCX, redline_docx
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

_READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)
_PAIR = "/standards/redline/<int:before_id>/<int:after_id>"


@pages.get(_PAIR)
@allow(*_READERS)
def redline(before_id: int, after_id: int) -> str:
    """What became of every clause between two versions."""
    made = redlines.redline(before_id, after_id, request.args.get("in", wording.language()))
    part = redline_pages.page(made, request.args.get("kind", ""), number_asked("page", 1))
    return render_template(
        "unit/redline.html", made=made, part=part, words=wording_drafts, names=wording.LANGUAGES,
        home=url_for("unit.draft", version_id=after_id),
    )  # fmt: skip


@pages.get(f"{_PAIR}/docx")
@allow(*_READERS)
def redline_file(before_id: int, after_id: int) -> Answer:
    """The redline as a Word document with tracked changes."""
    made = redlines.redline(before_id, after_id, request.args.get("in", wording.language()))
    return redline_docx(made, g.at)


@pages.route(f"{_PAIR}/map", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_map(before_id: int, after_id: int) -> Answer:
    """The clause map: what persons said, what was taken by words alone, and one line more."""
    page, form = maps.clause_map(before_id, after_id, wording.language()), MapLineForm(request.form or None)
    _offer(form, page)
    values = {"page": page, "form": form, "words": wording_drafts}
    if not form.is_submitted():
        form.before.data, form.after.data = (request.args.get(name, 0, int) for name in ("before", "after"))
        return render_template("unit/clause_map.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_map.html", **values)
    ends = {"from_node_id": form.before.data or None, "to_node_id": form.after.data or None}
    try:
        act(clause_maps.link, before_id, after_id, **ends)
    except Refused as refused:
        return again("unit/clause_map.html", refused, **values)
    flash(gettext("The clause map is corrected."), "done")
    return redirect(url_for("unit.clause_map", before_id=before_id, after_id=after_id), 303)


@pages.post(f"{_PAIR}/map/<int:line_id>/remove")
@allow(Role.UNIT)
def clause_unmap(before_id: int, after_id: int, line_id: int) -> Answer:
    """Take a line out of the map; one that is out already stays out."""
    try:
        act(clause_maps.unlink, line_id)
        flash(gettext("The line is removed."), "done")
    except NotFound:
        pass
    return redirect(url_for("unit.clause_map", before_id=before_id, after_id=after_id), 303)


@pages.route("/standards/clauses/<int:node_id>/dates/<any(before, after):cohort>", methods=["GET", "POST"])
@allow(Role.UNIT)
def clause_date(node_id: int, cohort: str) -> Answer:
    """From when a clause applies to one group, and its postponement."""
    page = draft_clauses.clause(node_id, by=actor())
    now = next((one for one in page.dates if one.cohort == cohort), None)
    shown = {"known": now.id if now else 0, "applies_from": now.day if now else None}
    form = DateForm(data=None if request.form else shown)
    values = {"page": page, "form": form, "now": now, "cohort": cohort, "words": wording_drafts}
    if not sent():
        return render_template("unit/clause_date.html", reasons=[], **values)
    if not form.validate():
        return again("unit/clause_date.html", **values)
    given = {
        "applies_from": form.applies_from.data,
        "reason": form.reason.data or "",
        "known": form.known.data or 0,
    }
    try:
        act(effective_dates.set_date, node_id, cohort, **given)
    except Refused as refused:
        form.known.raw_data, form.known.data = None, shown["known"]
        return again("unit/clause_date.html", refused, **values)
    flash(gettext("The day is set."), "done")
    return redirect(url_for("unit.clause", node_id=node_id), 303)


@pages.get("/standards/versions/<int:version_id>/export/<any(md, docx):form>")
@allow(*_READERS)
def export(version_id: int, form: str) -> Answer:
    """A version in one language as a file that imports back to the same tree."""
    found = standard_exports.export(version_id, request.args.get("in", ""))
    name = f"{found.code}-{found.label}-{found.language}.{form}"
    if form == "md":
        data, kind = write_markdown(found.tree).encode(), "text/markdown"
    else:
        data, kind = write_docx(found.tree, title=found.title, language=found.language, at=found.at), DOCX
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)


def _offer(form: MapLineForm, page: ClauseMap) -> None:
    form.before.choices = offered([(0, gettext("None: it was added")), *map(_option, page.old)])
    form.after.choices = offered([(0, gettext("None: it was deleted")), *map(_option, page.new)])


def _option(one: Named) -> tuple[int, Any]:
    return one.id, f"{one.number} {one.words}"
