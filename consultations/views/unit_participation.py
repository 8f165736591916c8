"""The Unit's pages of participation: figures by every axis, who is missing and reminding them, the outreach log."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext

from consultations import wording_participation as words
from consultations.auth import actor, allow
from consultations.engine import rounds as verbs
from consultations.queries import participation as read
from consultations.queries.participation import Missing
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.staff_pages import mount
from consultations.views.staff_participation import outreach, participation, participation_file
from consultations.views.unit_pages import Answer, again, pages
from workflows.participation import DONE, Standing
from workflows.refusals import Refused
from workflows.roles import Role

_READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)

mount(
    pages, _READERS,
    (
        ("/rounds/<int:round_id>/participation", "participation", participation, ("GET",)),
        ("/rounds/<int:round_id>/participation.csv", "participation_file", participation_file, ("GET",)),
    ),
)  # fmt: skip
mount(pages, Role.UNIT, (("/rounds/<int:round_id>/outreach", "outreach", outreach, ("GET", "POST")),))


@pages.get("/rounds/<int:round_id>/missing")
@allow(*_READERS)
def missing(round_id: int) -> str:
    """Those of whom an answer is still awaited: by name, in the places asked for, with where they stand."""
    return render_template("participation/missing.html", reasons=[], **_values(_found(round_id)))


@pages.post("/rounds/<int:round_id>/missing/remind")
@allow(Role.UNIT)
def remind_missing(round_id: int) -> Answer:
    """Remind those of the list as it is now: who answered meanwhile gets nothing."""
    found = _found(round_id)
    try:
        told = act(verbs.remind, round_id, organisations=frozenset(found.ids))
    except Refused as refused:
        return again("participation/missing.html", refused, **_values(found))
    flash(ngettext("One person is reminded.", "%(num)d people are reminded.", told), "done")
    return redirect(url_for(".missing", round_id=round_id, **_places()), 303)


def _found(round_id: int) -> Missing:
    page = number_asked("page", 1)
    return read.missing(round_id, _places(), request.args.get("status", ""), page, by=actor(), at=g.at)


def _places() -> dict[str, str]:
    """The places asked for in the address: ?country=GT&network=CN-GT."""
    return {axis: request.args[axis][:80] for axis in words.AXES if request.args.get(axis)}


def _values(found: Missing) -> dict[str, object]:
    places, status = _places(), request.args.get("status", "")
    named = [words.place(axis, code, dict(found.names.get(code, {}))) for axis, code in places.items()]
    if status in set(Standing):
        named.append(str(words.STANDINGS[Standing(status)]))
    kept = {**places, **({"status": status} if status else {})}
    return {
        "page": found, "words": words, "chosen": ", ".join(named), "kept": kept,
        "statuses": [(one, str(words.STANDINGS[one])) for one in Standing if one not in DONE],
    }  # fmt: skip
