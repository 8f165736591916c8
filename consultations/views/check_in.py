"""A delegate's own check-in code for an assembly: shown at the door, on a phone or on paper."""

from flask import Blueprint, abort, current_app, g, render_template

from consultations.auth import actor, allow
from consultations.queries import door
from consultations.views.session_door import drawn
from workflows.roles import Role

pages = Blueprint("check_in", __name__, url_prefix="/v/assemblies")


@pages.get("/<int:assembly_id>/check-in")
@allow(Role.DELEGATE)
def own(assembly_id: int) -> str:
    """The code of who asks, for the organisation they act for."""
    secret = current_app.extensions["settings"].secret()
    line, place, badge = door.own_badge(assembly_id, secret=secret, by=actor(), at=g.at) or abort(404)
    return render_template("check_in/own.html", line=line, place=place, badge=badge, drawn=drawn)
