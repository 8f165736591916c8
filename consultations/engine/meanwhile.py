"""Refusing to write over what somebody else has changed since a form was shown."""

from typing import Any

from consultations.engine.comment_entry import name_of
from consultations.engine.journal import kind_of
from consultations.facts.last_events import last_event
from workflows.refusals import Refused, refusal


def check_unchanged(row: Any, known: int | None) -> None:
    """Refuse unless `known`, the id of the row's last event when the form was shown, still is its last.

    None asks for no check: whoever calls saw the row in this transaction. Errors: Refused `edited_meanwhile`.
    """
    if known is None:
        return
    last = last_event(kind_of(row), row.id)
    if last is None or last.id != known:
        raise Refused(refusal("edited_meanwhile", name=name_of(last.person_id if last else None)))
