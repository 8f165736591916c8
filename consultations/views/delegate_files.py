"""A delegate adds files to a comment and takes them away; fetching a file is for whoever may read the comment."""

from io import BytesIO

from flask import Blueprint, abort, flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow, everyone
from consultations.engine import attachments
from consultations.forms.attachments import ACCEPTED, AttachmentsForm
from consultations.queries import attachments as read
from consultations.queries import clause_pages
from consultations.views.acts import act
from consultations.views.delegate import Page, pages
from consultations.views.received_files import received
from workflows.refusals import Refused
from workflows.roles import Role

files_pages = Blueprint("files", __name__)


@pages.route("/comments/<int:comment_id>/files", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def files(comment_id: int) -> Page:
    """The files of our comment. Its words are kept already: whatever is wrong with a file costs none of them."""
    page = clause_pages.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
    form, reasons, status = AttachmentsForm(), [], 200
    if form.validate_on_submit():
        fine, wrong = received(form.files.data)
        if wrong:
            form.files.errors, status = wrong, 409
        else:
            try:
                added = act(attachments.attach, comment_id, fine)
            except Refused as error:
                reasons, status = [wording.refusal(reason) for reason in error.refusals], 409
            else:
                flash(_told(added), "done")
                return redirect(url_for(".files", comment_id=comment_id))
    shown = render_template(
        "delegate/files.html", page=page, head=page.head, c=page.comment, form=form, reasons=reasons,
        accepted=ACCEPTED, most=attachments.MOST,
    )  # fmt: skip
    return shown, status


@pages.post("/comments/<int:comment_id>/files/<int:attachment_id>/remove")
@allow(Role.DELEGATE)
def remove_file(comment_id: int, attachment_id: int) -> Page:
    """Take a file away."""
    act(attachments.remove, comment_id, attachment_id)
    flash(gettext("The file is taken away. That it was there stays on record."), "done")
    return redirect(url_for(".files", comment_id=comment_id))


@files_pages.get("/files/<int:attachment_id>")
@everyone
def fetch(attachment_id: int) -> Response:
    """A file as it came, to be saved and never shown in the page; for all others it is not there."""
    found = read.download(attachment_id, by=actor()) or abort(404)
    return send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


def _told(added: int) -> str:
    if not added:
        return gettext("This file was there already: there is one, not two.")
    return ngettext("One file is added.", "%(num)d files are added.", added)
