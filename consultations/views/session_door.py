"""The door of an assembly: search the roll, let in, see off, and check-in by a code that is scanned or typed."""

from collections.abc import Callable

import segno
from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import attendance
from consultations.engine.work import NotFound
from consultations.queries import door
from consultations.queries.door import DoorPage
from consultations.views.acts import act
from consultations.views.addresses import row_number
from consultations.views.session import OFFICERS, Answer, pages, reasons_of
from workflows.refusals import Refused
from workflows.roles import Role

LONGEST_CODE = 200


@pages.get("/<int:assembly_id>/door")
@allow(*OFFICERS, Role.AUDITOR)
def at_the_door(assembly_id: int) -> str:
    """Look for an organisation by name, code or country."""
    return _door_page(assembly_id, _asked(), [])


@pages.post("/<int:assembly_id>/door/<int:elector_id>/admit")
@allow(Role.SECRETARY, Role.SCRUTINEER)
def admit(assembly_id: int, elector_id: int) -> Answer:
    """Let a person in for an organisation, in the room."""
    return _done(assembly_id, elector_id, attendance.admit, lambda name: _("Let in: %(name)s.", name=name))


@pages.post("/<int:assembly_id>/door/<int:elector_id>/see-off")
@allow(Role.SECRETARY, Role.SCRUTINEER)
def see_off(assembly_id: int, elector_id: int) -> Answer:
    """Record that a person leaves."""
    return _done(
        assembly_id, elector_id, attendance.see_off, lambda name: _("Seen off: %(name)s.", name=name)
    )


@pages.get("/<int:assembly_id>/door/code")
@allow(Role.SECRETARY, Role.SCRUTINEER)
def typed_code(assembly_id: int) -> Answer:
    """A code that was typed, or that a scanner typed: on to its page."""
    typed = request.args.get("code", "")[:LONGEST_CODE]
    secret = current_app.extensions["settings"].secret()
    of = door.whose(assembly_id, typed, secret=secret, at=g.at)
    if of is None:
        said = {"sentence": _("No delegate of this assembly has this code."), "remedy": _("Read it again, or look for the organisation by its name.")}  # fmt: skip
        return _door_page(assembly_id, "", [said]), 404
    return _door_page(assembly_id, "", [], only=of.elector_id, person_id=of.person_id)


@pages.get("/<int:assembly_id>/door/with/<token>")
@allow(Role.SECRETARY, Role.SCRUTINEER)
def scanned(assembly_id: int, token: str) -> Answer:
    """The address in a QR code: the page of whom it is for, with one button. Opening it lets nobody in."""
    return redirect(url_for(".typed_code", assembly_id=assembly_id, code=token[:LONGEST_CODE]), 303)


@pages.get("/<int:assembly_id>/door/stays")
@allow(*OFFICERS, Role.AUDITOR)
def stays(assembly_id: int) -> str:
    """Who is there, who was, from when to when."""
    line, found = door.stays(assembly_id, by=actor()) or abort(404)
    return render_template("session/door_stays.html", line=line, stays=found)


@pages.get("/<int:assembly_id>/door/badges")
@allow(Role.SECRETARY)
def badges(assembly_id: int) -> str:
    """Badges with check-in codes, to be printed and cut: everybody's, or of whom is asked for."""
    secret, of = current_app.extensions["settings"].secret(), request.args.get("of", "")[:100]
    line, found = door.badges(
        assembly_id, secret=secret, by=actor(), at=g.at, of=of, named=wording.country
    ) or abort(404)
    return render_template("session/door_badges.html", line=line, badges=found, drawn=drawn, of=of)


def drawn(assembly_id: int, token: str) -> Markup:
    """The QR code of a check-in token, as an inline picture: the address of its page at the door."""
    address = current_app.extensions["settings"].address
    url = address + url_for("session.scanned", assembly_id=assembly_id, token=token)
    code = segno.make(url, error="m", micro=False)
    # The picture is made of numbers alone; what it shows is told beside it in words.
    return Markup(code.svg_inline(omitsize=True, border=3, light="#fff", svgclass="qr", lineclass=None))  # noqa: S704


def _done(assembly_id: int, elector_id: int, verb: object, said: Callable[[str], str]) -> Answer:
    person_id = request.form.get("person", 0, type=row_number)
    try:
        act(verb, assembly_id, elector_id, person_id=person_id)  # type: ignore[arg-type]
    except NotFound:
        abort(404)
    except Refused as refused:
        return _door_page(assembly_id, _asked(), reasons_of(refused), only=elector_id), 409
    flash(said(door.name_of(person_id)), "done")
    return redirect(url_for(".at_the_door", assembly_id=assembly_id, q=_asked() or None), 303)


def _asked() -> str:
    return request.values.get("q", "")[:100]


def _door_page(
    assembly_id: int,
    asked: str,
    reasons: list[dict[str, str]],
    *,
    only: int | None = None,
    person_id: int | None = None,
) -> str:
    page: DoorPage = door.page(
        assembly_id, asked, named=wording.country, by=actor(), at=g.at, only=only
    ) or abort(404)
    against = [] if reasons else [wording.refusal(reason) for reason in page.against]
    return render_template(
        "session/door.html", page=page, asked=asked, reasons=reasons, against=against, person_id=person_id, coded=person_id is not None
    )  # fmt: skip
