"""Rounds: writing one, reading it, checking it before it is submitted, and who is missing."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import rounds as verbs
from consultations.forms.offered import offered
from consultations.forms.unit import RoundForm, wrong
from consultations.queries import causes, dossiers, rounds
from consultations.queries.dossiers import DossierPage
from consultations.queries.rounds import RoundPage
from consultations.views.acts import act
from consultations.views.unit_pages import (
    Answer,
    Links,
    again,
    explained,
    in_languages,
    pages,
)
from consultations.wording_comments import TYPES
from workflows.deadlines import end_of_day
from workflows.refusals import Refused
from workflows.remarks import ALWAYS
from workflows.roles import Role

REVIEW_TIME = timedelta(days=14)
"""What the Commission is usually given to read a draft: the first day offered, to be changed."""


@pages.get("/rounds/<int:round_id>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def round(round_id: int) -> str:
    """One round: where it stands, its dates and questions, who has answered, and what may be done."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    return render_template(
        "unit/round.html", page=page, names=wording.LANGUAGES, due=early_before(page),
        since=causes.since(round_id),
    )  # fmt: skip


@pages.get("/rounds/<int:round_id>/check")
@allow(Role.UNIT)
def check(round_id: int) -> str:
    """Everything that still speaks against submitting the round, and what to do about each."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    against = rounds.objections_to_submit(round_id, by=actor(), at=g.at)
    reasons = explained(against, links_of(page))
    return render_template(
        "unit/check.html", page=page, reasons=reasons, names=wording.LANGUAGES, due=early_before(page)
    )


@pages.route("/dossiers/<int:dossier_id>/rounds/new", methods=["GET", "POST"])
@allow(Role.UNIT)
def new_round(dossier_id: int) -> Answer:
    """Begin a round on one of the dossier's versions."""
    page = dossiers.page(dossier_id, by=actor(), at=g.at)
    form = RoundForm(
        data=None
        if request.form
        else {"languages": _spoken(page), "zone": "America/Managua", "comment_types": list(TYPES)}
    )
    form.version_id.choices = offered((one.id, one.label) for one in page.versions)
    values = {
        "form": form,
        "dossier": page,
        "back": url_for("unit.dossier", dossier_id=dossier_id),
        "round": None,
    }
    if not form.is_submitted():
        return render_template("unit/round_form.html", reasons=[], **values)
    if not _ahead(form):
        return again("unit/round_form.html", **values)
    try:
        round_id = act(verbs.create, dossier_id, form.version_id.data, **_written(form)).id
    except Refused as refused:
        return again("unit/round_form.html", refused, **values)
    flash(gettext("The round is saved as a draft. Write its questions next."), "done")
    return redirect(url_for("unit.round", round_id=round_id), 303)


@pages.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@allow(Role.UNIT)
def edit_round(round_id: int) -> Answer:
    """Change a round that is still a draft."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    dossier = dossiers.page(page.dossier_id, by=actor(), at=g.at)
    form = RoundForm(obj=None if request.form else _as_written(page))
    form.version_id.choices = offered((one.id, one.label) for one in dossier.versions)
    values = {
        "form": form,
        "dossier": dossier,
        "back": url_for("unit.round", round_id=round_id),
        "round": page,
    }
    if not form.is_submitted():
        return render_template("unit/round_form.html", reasons=[], **values)
    if not _ahead(form):
        return again("unit/round_form.html", **values)
    try:
        known = form.known.data or 0
        act(
            verbs.edit,
            round_id,
            version_id=form.version_id.data,
            known=known,
            **_written(form),
        )
    except Refused as refused:
        form.renew(page.known)  # saved once more it stands
        return again("unit/round_form.html", refused, **values)
    flash(gettext("The round is saved."), "done")
    return redirect(url_for("unit.round", round_id=round_id), 303)


def _spoken(page: DossierPage) -> list[str]:
    """The languages that the newest text has; without a text, the reference language of the house."""
    return list(page.versions[0].languages) if page.versions else ["es"]


def _ahead(form: RoundForm) -> bool:
    """Whether the form can be acted on, its first day among the rest: a day that is past opens nothing."""
    fine, first = form.validate(), form.opens_on
    if first.data and first.data < g.at.astimezone(ZoneInfo(form.zone.data or "UTC")).date():
        return wrong(first, gettext("This day is past."))
    return fine


def _written(form: RoundForm) -> dict[str, Any]:
    return {
        "objectives": in_languages(form, "objectives"),
        "zone": form.zone.data, "day_count": form.day_count.data, "opens_on": form.opens_on.data,
        "closes_on": form.closes_on.data, "days": form.days.data, "languages": form.languages.data,
        "waivers": _waivers(form.waived.data), "organisation_signoff": form.organisation_signoff.data,
        "comment_types": (*ALWAYS, *(form.comment_types.data or ())),
    }  # fmt: skip


def _as_written(page: RoundPage) -> SimpleNamespace:
    """The round in the shape of its form."""
    return SimpleNamespace(
        known=page.known, version_id=page.version_id,
        **{f"objectives_{code}": page.objectives.get(code, "") for code in wording.LANGUAGES}, opens_on=local_day(page.opens_at, page.zone),
        closes_on=last_day(page.closes_at, page.zone), days=None, day_count=page.day_count, zone=page.zone,
        languages=list(page.languages), waived="\n".join(f"{code}: {why}" for code, why in page.waivers.items()),
        organisation_signoff=page.organisation_signoff, comment_types=list(page.comment_types),
    )  # fmt: skip


def _waivers(text: str | None) -> dict[str, str]:
    """ "fr: why" of each line; a line that names no language of the house says nothing."""
    pairs = (line.partition(":") for line in (text or "").splitlines())
    return {
        code.strip().lower(): why.strip()
        for code, _, why in pairs
        if code.strip().lower() in wording.LANGUAGES
    }


def early_before(page: RoundPage, due: datetime | None = None) -> datetime | None:
    """Until when the Commission has, if the round is to open before: `due`, else its review's, else the usual time."""
    if page.editable and due is None:
        due = end_of_day((g.at + REVIEW_TIME).astimezone(ZoneInfo(page.zone)).date(), page.zone)
    due = due or page.review_due_at
    return due if due and page.opens_at and page.opens_at < due else None


def links_of(page: RoundPage) -> Links:
    """Where each reason against submitting the round is mended."""
    text = {
        "url": url_for("unit.import_draft", code=page.standard_code),
        "link": gettext("Import the corrected text of %(code)s", code=page.standard_code),
    }
    translation = {
        "url": url_for("unit.import_draft", code=page.standard_code, label=page.version_label),
        "link": gettext("Import a translation"),
    }
    form = {"url": url_for("unit.edit_round", round_id=page.id), "link": gettext("Change the round")}
    questions = {"url": url_for("unit.questions", round_id=page.id), "link": gettext("Change the questions")}
    return {
        **dict.fromkeys(("clauses_unnumbered", "clauses_repeated"), text),
        "languages_missing": translation,
        "questions_invalid": questions,
        **dict.fromkeys(
            ("objectives_missing", "round_too_short", "round_ends_at_once", "round_dates_missing"), form
        ),
    }


def local_day(at: datetime | None, zone: str) -> date | None:
    """The day of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date() if at else None


def last_day(at: datetime | None, zone: str) -> date | None:
    """The last day that is in time before a deadline."""
    return local_day(at - timedelta(microseconds=1), zone) if at else None
