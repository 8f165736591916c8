"""A body as everybody may read it: its assemblies, its resolutions, its open mandates."""

from flask import Blueprint, abort, g, render_template, request

from consultations import wording_votes
from consultations.auth import everyone
from consultations.queries import bodies, resolutions
from consultations.views.addresses import number_asked
from consultations.views.session_words import dress

pages = Blueprint("bodies", __name__, url_prefix="/bodies")
dress(pages)


@pages.get("/<int:body_id>")
@everyone
def body(body_id: int) -> str:
    """Its assemblies, the next ordinary one that it owes, the mandates that are open."""
    return render_template("bodies/body.html", page=bodies.page(body_id, at=g.at) or abort(404))


@pages.get("/<int:body_id>/resolutions")
@everyone
def search(body_id: int) -> str:
    """Every resolution, searched by words, by year and by what came of it."""
    words, status = request.args.get("q", "")[:200], request.args.get("status", "")[:20]
    year = number_asked("year", None)
    found = resolutions.search(body_id, words=words, year=year, status=status, page=number_asked("page", 1))
    return render_template(
        "bodies/resolutions.html", found=found or abort(404), q=words, year=year, status=status,
        outcomes=wording_votes.OUTCOMES,
    )  # fmt: skip
