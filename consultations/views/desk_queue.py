"""The queue of the desk: filters that stand in the address, comments to tick, and who answers them until when."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext

from consultations import wording, wording_answering
from consultations.auth import actor, allow
from consultations.documents.characters import unaccented
from consultations.engine import assignments
from consultations.forms.desk_points import KEEP, NOBODY, AssignForm, ClusterForm
from consultations.queries import clusters as read
from consultations.queries import queues
from consultations.views.acts import act
from consultations.views.addresses import number_asked, row_number
from consultations.views.desk import READERS, Page, pages, wanted
from consultations.wording_participation import WAYS
from workflows.refusals import Refused
from workflows.roles import Role


@pages.get("/desk/rounds/<int:round_id>")
@allow(*READERS)
def queue(round_id: int) -> Page:
    """The comments of a round, filtered."""
    page = queues.queue(round_id, wanted(), number_asked("page", 1), by=actor(), at=g.at) or abort(404)
    countries = sorted(
        ((code, wording.country(code)) for code in page.choices.countries),
        key=lambda named: unaccented(named[1]),
    )
    return render_template(
        "desk/queue.html", page=page, head=page.head, wanted=wanted(), countries=countries, channels=WAYS,
        networks=[(code, code) for code in page.choices.networks], spoken=wording.LANGUAGES.items(),
    )  # fmt: skip


@pages.get("/desk/rounds/<int:round_id>/chosen")
@allow(Role.UNIT)
def chosen(round_id: int) -> Page:
    """The comments that were ticked: give them to somebody, or put their points together."""
    return _chosen(round_id, request.args.getlist("comments", type=row_number), AssignForm(), ClusterForm())


@pages.post("/desk/rounds/<int:round_id>/assign")
@allow(Role.UNIT)
def assign(round_id: int) -> Page:
    """Set who answers these comments, and until when."""
    ids = request.form.getlist("comments", type=row_number)
    form = AssignForm()
    form.offer(queues.people_of_unit(g.at))
    if not form.validate():
        return _chosen(round_id, ids, form, ClusterForm(formdata=None))
    try:
        changed = act(assignments.assign, round_id, ids, _charge(form))
    except Refused as error:
        return _chosen(round_id, ids, form, ClusterForm(formdata=None), error)
    told = ngettext("Set for one comment.", "Set for %(num)d comments.", len(changed))
    flash(told, "done")
    if len(ids) == 1:
        return redirect(url_for(".answer", comment_id=ids[0], **wanted()))
    return redirect(url_for(".queue", round_id=round_id, **wanted()))


def _charge(form: AssignForm) -> assignments.Charge:
    who = form.assignee.data
    return assignments.Charge(
        assignee_id=None if who in (KEEP, NOBODY) else int(who), due_on=None if form.no_day.data else form.due_on.data,
        keep_assignee=who == KEEP, keep_due=not form.no_day.data and form.due_on.data is None,
    )  # fmt: skip


def _chosen(
    round_id: int, ids: list[int], form: AssignForm, cluster: ClusterForm, refused: Refused | None = None
) -> Page:
    page = read.chosen(round_id, ids, by=actor(), at=g.at) or abort(404)
    form.offer(page.people)
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    shown = render_template(
        "desk/chosen.html", page=page, head=page.head, form=form, cluster=cluster, kinds=wording_answering.KINDS,
        wanted=wanted(), reasons=reasons, ticked={line.key for line in page.lines},
    )  # fmt: skip
    return (shown, 409) if refused else shown
