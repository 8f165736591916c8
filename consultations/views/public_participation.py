"""Who took part in a round that takes no more answers, for everybody: small figures are hidden, with whatever would reveal them."""

from types import SimpleNamespace

from flask import abort, g, render_template
from flask_babel import gettext

from consultations import wording_participation as words
from consultations.auth import everyone
from consultations.facts.published_participation import Place
from consultations.queries import published_participation as read
from consultations.queries.published_participation import Page
from consultations.views.public import pages
from consultations.views.tile_map import tiles

AXES = ("country", "region", "kind", "size", "language")


@pages.get("/public/rounds/<int:round_id>/participation")
@everyone
def participation(round_id: int) -> str:
    """How many were asked and answered, by country, region, type, size and language, and how they answered; while somebody may
    still answer, when that is published."""
    page = read.page(round_id, at=g.at)
    if page is None:
        coming = read.coming(round_id) or abort(404)
        return render_template("public/participation_coming.html", page=coming)
    figures = [_figure(page, axis) for axis in AXES if page.figures.tables[axis]]
    return render_template(
        "public/participation.html",
        page=page,
        figures=figures,
        tiles=tiles(page.tiles),
        words=words,
        gone=_hidden(),
    )


def _figure(page: Page, axis: str) -> SimpleNamespace:
    rows = [
        SimpleNamespace(
            name=words.place(axis, row.code, dict(page.names.get(row.code, {}))), text=_text(row), url="",
            value=row.answered or 0 if row.shown else 0, total=row.asked or 0 if row.shown else 0,
        )
        for row in page.figures.tables[axis]
    ]  # fmt: skip
    title = gettext("Organisations that have answered, by %(axis)s", axis=str(words.AXES[axis]).lower())
    return SimpleNamespace(title=title, rows=rows, sentence="", heads=None)


def _text(row: Place) -> str:
    if row.asked is None and row.answered is None:
        return _hidden()
    told = [_hidden() if value is None else str(value) for value in (row.answered, row.asked)]
    return gettext("%(answered)s of %(asked)s", answered=told[0], asked=told[1])


def _hidden() -> str:
    return gettext("hidden")
