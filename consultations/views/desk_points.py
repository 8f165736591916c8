"""The desk divides comments into points and puts points together: clusters, and one answer for each."""

import secrets

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consultations import wording, wording_answering
from consultations.auth import actor, allow
from consultations.engine import cluster_answers, clusters, points
from consultations.forms.desk_points import MARK, ClusterAnswerForm, ClusterForm, SplitForm
from consultations.queries import answers
from consultations.queries import clusters as read
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked, row_number
from consultations.views.desk import Page, pages
from workflows.refusals import Refused
from workflows.roles import Role

SEE = (Role.UNIT, Role.AUDITOR)


@pages.route("/desk/comments/<int:comment_id>/points", methods=["GET", "POST"])
@allow(Role.UNIT)
def split(comment_id: int) -> Page:
    """Divide a comment into points: its own words, with a line of dashes wherever one ends."""
    page = answers.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = SplitForm(), None
    if not sent():
        form.points.data = f"\n{MARK}\n".join(point.text for point in page.points)
    elif form.validate():
        try:
            act(points.split, comment_id, form.texts())
        except Refused as error:
            refused = error
        else:
            flash(gettext("The comment is divided: each point has its own answer."), "done")
            return redirect(url_for(".answer", comment_id=comment_id))
    shown = render_template(
        "desk/split.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused)
    )
    return (shown, 409) if refused else shown


@pages.post("/desk/comments/<int:comment_id>/merge")
@allow(Role.UNIT)
def merge(comment_id: int) -> Page:
    """Make one point of a comment again."""
    act(points.merge, comment_id)
    flash(gettext("The comment is one point again."), "done")
    return redirect(url_for(".answer", comment_id=comment_id))


@pages.get("/desk/rounds/<int:round_id>/clusters")
@allow(*SEE)
def clusters_of(round_id: int) -> Page:
    """What was put together, and what looks alike."""
    page = read.clusters(round_id, number_asked("page", 1), by=actor(), at=g.at) or abort(404)
    return render_template("desk/clusters.html", page=page, head=page.head, kinds=wording_answering.KINDS)


@pages.post("/desk/rounds/<int:round_id>/clusters")
@allow(Role.UNIT)
def make_cluster(round_id: int) -> Page:
    """Confirm that these points belong together: a new cluster, or more for one that is there (`into`)."""
    members = _members()
    into = request.form.get("into", type=row_number)
    form = ClusterForm()
    if not into and not form.validate():
        return _chosen(round_id, members, form)
    try:
        if into:
            made = act(clusters.join, into, members)
        else:
            made = act(clusters.make, round_id, form.kind.data, form.title.data, members)
    except Refused as error:
        return _chosen(round_id, members, form, error)
    flash(gettext("These points stand together."), "done")
    return redirect(url_for(".cluster", cluster_id=made.id))


@pages.route("/desk/clusters/<int:cluster_id>", methods=["GET", "POST"])
@allow(*SEE)
def cluster(cluster_id: int) -> Page:
    """A cluster, and one answer for every point in it."""
    number = number_asked("page", 1)
    page = read.cluster(cluster_id, number, by=actor(), at=g.at) or abort(404)
    form, refused = ClusterAnswerForm(), None
    form.offer(page.clauses)
    if not sent():
        form.known.data = page.known
    elif form.validate():
        try:
            given = act(
                cluster_answers.answer, cluster_id, outcome=form.outcome.data, reason=form.reason.data,
                responses=form.responses(page.languages), known=form.known.data, decide="decide" in request.form,
                seed=secrets.token_hex(16),
                substantive=form.substantive.data, decided_in=form.decided_in.data or "", **form.changed(),
            )  # fmt: skip
        except Refused as error:
            refused = error
            page = read.cluster(cluster_id, number, by=actor(), at=g.at) or abort(404)
            form.known.data, form.known.raw_data = page.known, None
        else:
            _tell(given)
            return redirect(url_for(".cluster", cluster_id=cluster_id))
    shown = render_template(
        "desk/cluster.html", page=page, head=page.head, form=form, kinds=wording_answering.KINDS,
        reasons=_reasons(refused),
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.post("/desk/clusters/<int:cluster_id>/name")
@allow(Role.UNIT)
def rename_cluster(cluster_id: int) -> Page:
    """Give a cluster another name."""
    act(clusters.rename, cluster_id, request.form.get("title", "")[:300])
    flash(gettext("The name is changed."), "done")
    return redirect(url_for(".cluster", cluster_id=cluster_id))


@pages.post("/desk/clusters/<int:cluster_id>/out")
@allow(Role.UNIT)
def take_out(cluster_id: int) -> Page:
    """Take the ticked points out of a cluster."""
    act(clusters.take_out, cluster_id, _members())
    flash(gettext("The points that you ticked stand for themselves again."), "done")
    return redirect(url_for(".cluster", cluster_id=cluster_id))


@pages.route("/desk/clusters/<int:cluster_id>/dissolve", methods=["GET", "POST"])
@allow(Role.UNIT)
def dissolve(cluster_id: int) -> Page:
    """Dissolve a cluster, after asking."""
    page = read.cluster(cluster_id, by=actor(), at=g.at) or abort(404)
    if sent():
        act(clusters.dissolve, cluster_id)
        flash(gettext("The cluster is dissolved. Its points keep the answers that they have."), "done")
        return redirect(url_for(".clusters_of", round_id=page.head.id))
    return render_template("desk/dissolve.html", page=page, head=page.head)


def _tell(given: cluster_answers.Given) -> None:
    flash(ngettext("One point is answered.", "%(num)d points are answered.", len(given.answers)), "done")
    if given.left:
        flash(gettext("Left as they are, being decided: %(labels)s.", labels=", ".join(given.left)), "done")


def _chosen(
    round_id: int, members: list[tuple[int, int]], form: ClusterForm, refused: Refused | None = None
) -> Page:
    """The points again, with what was typed and ticked."""
    page = read.chosen(round_id, [comment_id for comment_id, _ in members], by=actor(), at=g.at) or abort(404)
    ticked = {f"{comment_id}-{point}" for comment_id, point in members}
    shown = render_template(
        "desk/chosen.html", page=page, head=page.head, form=None, cluster=form, kinds=wording_answering.KINDS, wanted={},
        reasons=_reasons(refused), ticked=ticked,
    )  # fmt: skip
    return (shown, 409) if refused else shown


def _members() -> list[tuple[int, int]]:
    """The points that a form names: "12-1" is the first point of comment 12; what names none is left out."""
    found = []
    for key in request.form.getlist("members"):
        comment_id, _, point = key.partition("-")
        if comment_id.isdecimal() and point.isdecimal() and len(key) < 20:
            found.append((int(comment_id), int(point)))
    return found


def _reasons(refused: Refused | None) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals] if refused else []
