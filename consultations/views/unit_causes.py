"""The report on a round's changes of the text: which comments led to each, which nobody asked for, what was not done."""

from flask import render_template, request
from flask_babel import lazy_gettext

from consultations import wording, wording_comments, wording_drafts
from consultations.auth import allow
from consultations.queries import causes as read
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import pages
from workflows.roles import Role

PARTS = {
    read.UNASKED: lazy_gettext("Changes that no comment asked for"),
    read.ASKED: lazy_gettext("Changes that comments led to"),
    read.UNMADE: lazy_gettext("Answers whose change the text does not have"),
}


@pages.get("/rounds/<int:round_id>/changes/<int:version_id>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def causes(round_id: int, version_id: int) -> str:
    """One part of the report, a page at a time."""
    language = request.args.get("in", wording.language())
    page = read.causes_page(
        round_id, version_id, request.args.get("kind", ""), number_asked("page", 1), language
    )
    return render_template(
        "unit/causes.html", page=page, parts=PARTS, words=wording_drafts, outcomes=wording_comments.OUTCOMES
    )
