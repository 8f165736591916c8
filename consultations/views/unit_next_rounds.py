"""From a published round to the next: what is missing, the comments without a place, what is carried over."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from consultations import wording, wording_comments, wording_rounds
from consultations.auth import actor, allow
from consultations.engine import next_rounds as verbs
from consultations.engine import placements as placing
from consultations.forms.offered import offered
from consultations.forms.unit_rounds import ANOTHER, NOTHING, NextRoundForm, PlaceForm
from consultations.queries import next_rounds, placements
from consultations.queries.next_rounds import NextPage
from consultations.queries.placements import Clause, OrphanPage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, Links, again, explained, pages
from workflows.percent import percent
from workflows.placement import LEAST
from workflows.refusals import Refused
from workflows.roles import Role

_PLACES = "/rounds/<int:round_id>/placements/<int:version_id>"


@pages.route("/rounds/<int:round_id>/next", methods=["GET", "POST"])
@allow(Role.UNIT)
def next_round(round_id: int) -> Answer:
    """What is still missing before the next round, and the button that begins it."""
    page = next_rounds.next_page(round_id, number_asked("version", None), by=actor(), at=g.at)
    form = NextRoundForm()
    form.questions.choices = offered(
        (one.position, wording.local(one.texts)) for one in page.questions if not one.purpose
    )
    values = {"page": page, "form": form, "how": wording_rounds.HOW}
    if not form.is_submitted():
        form.questions.data = [one.position for one in page.questions]
        return render_template(
            "unit/next_round.html", reasons=explained(page.reasons, _links(page)), **values
        )
    if not form.validate() or page.version_id is None:
        return again("unit/next_round.html", **values)
    try:
        made = act(verbs.begin_next, round_id, page.version_id, form.questions.data or ())
    except Refused as refused:
        return again("unit/next_round.html", refused, links=_links(page), **values)
    flash(gettext("The next round is saved as a draft. Give it its dates next."), "done")
    return redirect(url_for("unit.round", round_id=made.id), 303)


@pages.post("/rounds/<int:round_id>/next/<int:version_id>/read")
@allow(Role.UNIT)
def read_redline(round_id: int, version_id: int) -> Answer:
    """Say that the changes were read."""
    act(verbs.read_redline, round_id, version_id)
    flash(gettext("Recorded: the changes were read."), "done")
    return redirect(url_for("unit.next_round", round_id=round_id, version=version_id), 303)


@pages.get(_PLACES)
@allow(Role.UNIT, Role.AUDITOR)
def orphans(round_id: int, version_id: int) -> str:
    """The comments without a place on a version."""
    desk = placements.desk(round_id, version_id)
    return render_template("unit/orphans.html", desk=desk, how=wording_rounds.HOW)


@pages.post(_PLACES)
@allow(Role.UNIT)
def place_all(round_id: int, version_id: int) -> Answer:
    """Place what evidence places; what a person placed stays."""
    found = act(placing.place_all, round_id, version_id)
    flash(
        ngettext("One comment waits for a person.", "%(num)d comments wait for a person.", found.waiting)
        if found.waiting
        else gettext("Every comment has its place."),
        "done",
    )
    return redirect(url_for("unit.orphans", round_id=round_id, version_id=version_id), 303)


@pages.route("/comments/<int:comment_id>/place/<int:version_id>", methods=["GET", "POST"])
@allow(Role.UNIT)
def place_comment(comment_id: int, version_id: int) -> Answer:
    """One comment with the clauses that come near: place it, or say that it belongs to nothing any more."""
    page, form = placements.orphan(comment_id, version_id), PlaceForm()
    form.place.choices = offered([*map(_candidate, page.candidates), *_rest()])
    form.clause_id.choices = offered([(0, gettext("Choose a clause")), *map(_clause, page.clauses)])
    if not form.is_submitted():
        return _orphan(page, form)
    if not form.validate():
        return _orphan(page, form), 400
    try:
        act(placing.place, comment_id, version_id, form.node_id)
    except Refused as refused:
        return _orphan(page, form, refused), 409
    flash(gettext("The place of %(label)s is recorded.", label=page.orphan.label), "done")
    return redirect(url_for("unit.orphans", round_id=page.desk.round_id, version_id=version_id), 303)


@pages.get("/rounds/<int:round_id>/carried")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def carried(round_id: int) -> str:
    """What the round before leaves to this one: objections and matters that were put off."""
    page = next_rounds.carried(round_id, by=actor(), at=g.at)
    return render_template("unit/carried.html", page=page, words=wording_comments)


def _orphan(page: OrphanPage, form: PlaceForm, refused: Refused | None = None) -> str:
    reasons = explained(refused.refusals) if refused else []
    return render_template("unit/orphan.html", page=page, form=form, reasons=reasons)


def _links(page: NextPage) -> Links:
    """Where each thing that is missing is mended."""
    if page.version_id is None:
        code = page.standard_code
        return {
            "new_version_missing": {
                "url": url_for("unit.draw_up", version_id=page.before_id),
                "link": gettext("Draw up a new version of %(code)s", code=code),
            }
        }
    pair = {"before_id": page.before_id, "after_id": page.version_id}
    places = {"round_id": page.round_id, "version_id": page.version_id}
    return {
        "redline_missing": {"url": url_for("unit.redline", **pair), "link": gettext("Read the changes")},
        "anchors_pending": {"url": url_for("unit.orphans", **places), "link": gettext("Place the comments")},
    }


def _candidate(one: Clause) -> tuple[str, str]:
    share = percent(one.likeness, LEAST)
    return str(one.id), gettext(
        "%(number)s %(words)s (%(share)s %% alike)", number=one.number, words=_short(one.words), share=share
    )


def _rest() -> list[tuple[str, str]]:
    return [
        (ANOTHER, gettext("Another clause, chosen below")),
        (NOTHING, gettext("It belongs to nothing any more")),
    ]


def _clause(one: Clause) -> tuple[int, str]:
    return one.id, f"{one.number} {_short(one.words)}"


def _short(words: str) -> str:
    line = " · ".join(" ".join(part.split()) for part in words.splitlines() if part.strip())
    return line if len(line) <= 120 else f"{line[:119]}…"
