"""An assembly as everybody may read it."""

from flask import Blueprint, Response, abort, render_template

from consultations.auth import everyone
from consultations.queries import assembly_public
from consultations.views.session_words import dress

pages = Blueprint("assembly_public", __name__, url_prefix="/assemblies")
dress(pages)


@pages.get("/<int:assembly_id>")
@everyone
def assembly(assembly_id: int) -> str:
    """The convocation, the agenda with its motions, the roll, and what was decided."""
    return render_template(
        "assembly_public/assembly.html", page=assembly_public.page(assembly_id) or abort(404)
    )


@pages.get("/<int:assembly_id>/roll.csv")
@everyone
def roll(assembly_id: int) -> Response:
    """The roll as it was frozen, to recompute its hash."""
    text = assembly_public.roll_csv(assembly_id) or abort(404)
    saved = {"Content-Disposition": f"attachment; filename=assembly-{assembly_id}-roll.csv"}
    return Response(text, mimetype="text/csv", headers=saved)
