"""An act of a session, asked for with what its page showed: done, done already, or refused with what has happened since."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, request
from flask_babel import gettext as _

from consultations.auth import actor
from consultations.facts import shown as marks
from consultations.facts.last_events import last_event
from consultations.views.acts import committed
from workflows.assembly import ASSEMBLY
from workflows.item import ITEM
from workflows.vote import VOTE

WORKFLOWS = {"assembly": ASSEMBLY, "agendaitem": ITEM, "vote": VOTE}
MOST_DIGITS = 18


def mark(kind: str, id: int) -> int:
    """What a page of it shows now; read before the page, so that it is never newer."""
    return marks.mark(kind, id, WORKFLOWS[kind])


def known() -> int:
    """What the page showed whose button was pressed; 0 where the form does not say."""
    said = request.form.get("shown", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 0


def act_once(kind: str, id: int, still: Callable[..., bool], done: str, *verbs: Callable[..., Any]) -> None:
    """Run verbs (of `by` and `at`) in one unit of work where they are still to do, and say `done`, or that it was done before.

    `still`: engine.shown, asked with the mark of the page. Errors: Refused with what has happened since, or by the verbs.
    """
    who = {"by": actor(), "at": g.at}
    with committed():
        before = _newest(kind, id)
        if still(known=known(), **who):
            for verb in verbs:
                verb(**who)
        nothing_new = _newest(kind, id) == before
    flash(_("This was done already: nothing was done twice.") if nothing_new else done, "done")


def _newest(kind: str, id: int) -> int:
    event = last_event(kind, id)
    return event.id if event else 0
