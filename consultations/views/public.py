"""What anyone may read without signing in."""

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response

from consultations import wording, wording_dates, wording_drafts, wording_events, wording_process
from consultations.auth import actor, everyone
from consultations.queries import archive as finished
from consultations.queries import bodies, lately, public, public_dates, redline_pages, redlines, texts
from consultations.queries import delegate_rounds as asked_of
from consultations.queries.redlines import Redline
from consultations.views import frame, public_steps
from consultations.views.addresses import number_asked
from consultations.views.redline_files import redline_docx
from consultations.views.vote_words import dress

pages = Blueprint("public", __name__)
dress(pages)


@pages.get("/")
@everyone
def home() -> str:
    """The public front page."""
    sittings = bodies.under_way()
    return render_template("public/home.html", page=public.front(), sittings=sittings, words=wording_process)


@pages.get("/public/dossiers/<int:dossier_id>")
@everyone
def dossier(dossier_id: int) -> str:
    """One dossier's story, from the first round to what came of it."""
    page = public.dossier(dossier_id, at=g.at) or abort(404)
    dated = public_dates.of_dossier(dossier_id)
    events = lately.lately(dossier_id=dossier_id, most=40)
    return render_template(
        "public/dossier.html",
        page=page,
        words=wording_process,
        steps=public_steps.steps(page, frame.zone()),
        dates=dated.dates if dated else (),
        dated=wording_dates,
        happened=[(wording_events.happened(one.name), one.at) for one in events],
        may_comment=_may_comment(page),
    )


def _may_comment(page: public.DossierPage) -> frozenset[int]:
    """The rounds under way (one at most) in which whoever reads may comment for their organisation."""
    if actor().organisation_id is None:
        return frozenset()
    heads = (asked_of.head(one.id, by=actor(), at=g.at) for one in page.running if not one.has_page)
    return frozenset(head.id for head in heads if head and "comment" in head.can)


@pages.get("/public/archive")
@everyone
def archive() -> str:
    """Finished matters by year and standard, searched by words; a form that asks, without script."""
    year, standard, words = (
        number_asked("year", None),
        number_asked("standard", None),
        request.args.get("q", "")[:200],
    )
    # The empty choice of a form comes as "", which is no number: of all.
    found = finished.search(year=year, standard_id=standard, words=words, page=number_asked("page", 1))
    return render_template(
        "public/archive.html", found=found, year=year, standard=standard, q=words, words=wording_process
    )


@pages.get("/texts/<int:version_id>")
@everyone
def text(version_id: int) -> str:
    """A frozen text, a chapter at a time, in a language of the reader's choice."""
    number = number_asked("chapter", 1)
    page = texts.page(version_id, number, request.args.get("in", "") or wording.language())
    earlier = redlines.public_before(version_id) if page else ()
    return render_template(
        "public/text.html", page=page or abort(404), earlier=earlier, names=wording.LANGUAGES
    )


@pages.get("/texts/<int:after_id>/changes/<int:before_id>")
@everyone
def changes(before_id: int, after_id: int) -> str:
    """What became of every clause since an earlier version, once the later one is approved for consultation."""
    made = _compared(before_id, after_id)
    part = redline_pages.page(made, request.args.get("kind", ""), number_asked("page", 1))
    return render_template(
        "public/changes.html", made=made, part=part, words=wording_drafts, names=wording.LANGUAGES,
        home=url_for("public.text", version_id=after_id),
    )  # fmt: skip


@pages.get("/texts/<int:after_id>/changes/<int:before_id>/docx")
@everyone
def changes_file(before_id: int, after_id: int) -> Response:
    """The same as a Word document with tracked changes."""
    return redline_docx(_compared(before_id, after_id), g.at)


def _compared(before_id: int, after_id: int) -> Redline:
    if not redlines.is_public(before_id, after_id):
        abort(404)
    return redlines.redline(before_id, after_id, request.args.get("in", "") or wording.language())
