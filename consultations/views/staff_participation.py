"""Who takes part in a round and how they were reached, for the Unit and, of their own members, for networks."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_participation as words
from consultations.auth import actor
from consultations.documents.plain_csv import plain_csv
from consultations.engine import outreach as verbs
from consultations.engine import taking_part
from consultations.facts.participation import OVERLAPPING
from consultations.forms.outreach import OutreachForm
from consultations.queries import outreach as log_of
from consultations.queries import participation as read
from consultations.queries import workshops
from consultations.queries.participation import Participation
from consultations.views.acts import committed
from consultations.views.addresses import number_asked
from consultations.views.staff_pages import Answer, again
from consultations.views.tile_map import tiles
from workflows.participation import DONE, Standing
from workflows.refusals import Refused
from workflows.roles import Role


def participation(round_id: int) -> str:
    """The figures by one axis, or by one beside another; statuses, ways, workshops, and the map."""
    asked = request.args.get("by", "country"), request.args.get("with", "")
    page = read.participation(round_id, *asked, by=actor(), at=g.at)
    return render_template(
        "participation/index.html", page=page, words=words, standings=Standing, done=DONE, axes=_axes(page),
        figure=_figure(page, _leads(round_id)), tiles=tiles(page.tiles), own=actor().role is Role.NETWORK,
        overlapping=page.axis in OVERLAPPING,
    )  # fmt: skip


def participation_file(round_id: int) -> Response:
    """Everybody asked with their places and statuses, for a spreadsheet."""
    found = read.register(round_id, by=actor(), at=g.at)
    heads = [gettext("Organisation"), *(str(label) for label in words.AXES.values()), gettext("Status")]
    statuses = {status: str(label) for status, label in words.STANDINGS.items()}
    place = cache(lambda axis, code: words.place(axis, code, dict(found.names.get(code, {}))))
    rows = (
        [line.name, *(", ".join(place(axis, code) for code in line.places[axis] if code) for axis in words.AXES), statuses[line.status]]
        for line in found.lines
    )  # fmt: skip
    answer = Response(plain_csv(heads, rows), mimetype="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"participation-{round_id}.csv")
    return answer


def outreach(round_id: int) -> Answer:
    """The log of what was done to reach organisations, and the form for one more line."""
    page = log_of.log(round_id, number_asked("page", 1), by=actor(), at=g.at)
    form = OutreachForm()
    _offer(form, round_id)
    values = {"page": page, "form": form, "words": words}
    if not form.is_submitted():
        _begin(form, page.zone)
        return render_template("participation/outreach.html", reasons=[], **values)
    if not form.validate():
        return again("participation/outreach.html", **values)
    try:
        _written(round_id, form, page.zone)
    except Refused as refused:
        return again("participation/outreach.html", refused, **values)
    flash(gettext("It is written down."), "done")
    return redirect(url_for(".outreach", round_id=round_id), 303)


def _written(round_id: int, form: OutreachForm, zone: str) -> None:
    """One line of the log; with it, if they said so, that the organisation does not take part."""
    organisation, network = form.named()
    tried = verbs.Attempt(
        form.channel.data, form.made_at(zone, g.at), form.reached.data == "yes", organisation, network, form.note.data or ""
    )  # fmt: skip
    with committed():
        verbs.log(round_id, tried, by=actor(), at=g.at)
        if form.declined.data:
            taking_part.decline(
                round_id, reason=form.note.data or "", organisation_id=organisation, by=actor(), at=g.at
            )


def _offer(form: OutreachForm, round_id: int) -> None:
    asked = workshops.asked(round_id, most=None, by=actor(), at=g.at)
    named = [(id, wording.local(names)) for id, names in log_of.networks(by=actor())]
    form.offer(
        ((one.id, f"{one.name} ({one.code})") for one in asked),
        named,
        everybody=actor().role is not Role.NETWORK,
    )


def _begin(form: OutreachForm, zone: str) -> None:
    """The day is today; an organisation may be named in the address."""
    form.day.data = g.at.astimezone(ZoneInfo(zone)).date()
    if organisation := number_asked("organisation", None):
        form.whom.data = f"organisation-{organisation}"


def _leads(round_id: int) -> Callable[[str, str], str] | None:
    """Where a place leads: the Unit to those missing there."""
    if actor().role is Role.NETWORK:
        return None
    return lambda axis, code: url_for("unit.missing", round_id=round_id, **{axis: code})


def _figure(page: Participation, leads: Callable[[str, str], str] | None) -> SimpleNamespace:
    """Bars of who has answered, a row for each place."""
    rows = [
        SimpleNamespace(
            name=words.place(page.axis, group.code, dict(group.names)), value=group.answered, total=group.asked,
            text=gettext("%(answered)s of %(asked)s", answered=group.answered, asked=group.asked),
            url=leads(page.axis, group.code) if leads and group.code else "",
        )
        for group in page.groups
    ]  # fmt: skip
    title = gettext("Organisations that have answered, by %(axis)s", axis=str(words.AXES[page.axis]).lower())
    return SimpleNamespace(title=title, rows=rows, sentence="", heads=None)


def _axes(page: Participation) -> list[tuple[str, str, bool]]:
    """(axis, label, whether it is shown now)."""
    return [(axis, str(label), axis == page.axis) for axis, label in words.AXES.items()]
