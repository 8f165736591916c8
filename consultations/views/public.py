"""What anyone may read without signing in."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, abort, render_template, request

from consultations import moments, wording, wording_process
from consultations.auth import everyone
from consultations.queries import lately, public, texts
from consultations.views import frame
from consultations.views.vote_words import dress

pages = Blueprint("public", __name__)
dress(pages)


@pages.get("/")
@everyone
def home() -> str:
    """The public front page."""
    return render_template("public/home.html", page=public.front(), words=wording_process)


@pages.get("/public/dossiers/<int:dossier_id>")
@everyone
def dossier(dossier_id: int) -> str:
    """One dossier's story, from the first round to what came of it."""
    page = public.dossier(dossier_id)
    if page is None:
        abort(404)
    events = lately.lately(dossier_id=dossier_id, most=40)
    return render_template(
        "public/dossier.html",
        page=page,
        words=wording_process,
        steps=_steps(page.dossier.state, page.reached),
        happened=[(wording_process.happened(one.name), one.at) for one in events],
    )


@pages.get("/texts/<int:version_id>")
@everyone
def text(version_id: int) -> str:
    """A frozen text, a chapter at a time, in a language of the reader's choice."""
    number = request.args.get("chapter", 1, type=int)
    page = texts.page(version_id, number, request.args.get("in", "") or wording.language())
    return render_template("public/text.html", page=page or abort(404), names=wording.LANGUAGES)


def _steps(state: str, reached: Mapping[str, datetime]) -> list[dict[str, str]]:
    """The line of the process with the present stage marked; a withdrawn matter has none."""
    present = next((i for i, (_, _, states) in enumerate(wording_process.STAGES) if state in states), None)
    if present is None:
        return []
    return [
        {
            "label": str(label), "who": str(who) if i >= present else "", "state": _place(i, present),
            "date": _date(states, reached) if i <= present else "",
        }
        for i, (label, who, states) in enumerate(wording_process.STAGES)
    ]  # fmt: skip


def _date(states: tuple[str, ...], reached: Mapping[str, datetime]) -> str:
    at = next((reached[state] for state in states if state in reached), None)
    return moments.day(at, frame.zone()) if at else ""


def _place(i: int, present: int) -> str:
    return "past" if i < present else "now" if i == present else "next"
