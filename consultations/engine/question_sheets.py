"""Sending the sheet: from then on an organisation's answers count (consultation-model.md, "Questionnaire")."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import entry_of
from consultations.engine.comments import entering
from consultations.engine.questionnaires import unanswered
from consultations.facts.question_sheets import sheet
from consultations.models.rounds import RegisterEntry
from workflows.refusals import Refused, refusal


def send(round_id: int, *, by: Actor, at: datetime) -> RegisterEntry:
    """Send the organisation's sheet. Sent before, nothing happens: later answers are revisions of what was sent.

    Errors: Refused, naming ALL required questions that are asked and not answered; NotFound.
    """
    here = entering(round_id, by=by, at=at)
    entry = entry_of(here)
    if entry.sheet_sent_at is not None:
        return entry
    stands = sheet(round_id, by.organisation_id)
    if not any(any(answer) for answer in stands.said.values()) and not stands.missing:
        raise Refused(refusal("sheet_empty"))
    if stands.missing:
        raise Refused(*unanswered(stands.missing))
    entry.sheet_sent_at = at
    journal.record("sheet_sent", entry, by=by, at=at)
    return entry
