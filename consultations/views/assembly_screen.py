"""The projector: a page for the wall of the room, without signing in, that keeps itself up to date."""

from flask import Response, abort, g, render_template, request
from flask_babel import force_locale

from consultations import wording
from consultations.auth import everyone
from consultations.queries import screens
from consultations.security import scripted
from consultations.views import live
from consultations.views.assembly_public import pages


@pages.get("/<int:assembly_id>/screen")
@everyone
@scripted
def screen(assembly_id: int) -> str:
    """Agenda, quorum, countdown, and the result once it is counted; in the assembly's language, or in `?in=`.

    Anybody may open it as often as they like, so it shows the reading that all share and never makes one of its own.
    """
    frame = screens.frame(assembly_id) or abort(404)
    asked = request.args.get("in", "")
    language = asked if asked in wording.LANGUAGES else frame.language
    with force_locale(language):
        reading = _reading(assembly_id, language)
        return render_template(
            "assembly_public/screen.html",
            page=frame,
            reading=reading,
            now_ms=live.now(),
            every=live.EVERY,
            lang=language,
        )


@pages.get("/<int:assembly_id>/screen/now")
@everyone
def screen_now(assembly_id: int) -> Response:
    """The part that changes. Read once a second, whoever asks and however many."""
    asked = request.args.get("in", "")
    if asked not in wording.LANGUAGES:
        abort(404)
    return live.answer(_reading(assembly_id, asked))


def _reading(assembly_id: int, language: str) -> live.Reading:
    def read() -> str:
        with force_locale(language):
            return _part(screens.page(assembly_id, at=g.at) or abort(404))

    return live.shared().get(_key(assembly_id, language), read)


def _part(page: screens.Screen) -> str:
    return render_template("assembly_public/_screen.html", page=page)


def _key(assembly_id: int, language: str) -> tuple[object, ...]:
    return "screen", assembly_id, language
