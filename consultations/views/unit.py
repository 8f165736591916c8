"""The Standards Unit: its board, dossiers, drafts and rounds. Importing the parts mounts their routes."""

from consultations.views import (
    unit_acts,
    unit_causes,
    unit_comments,
    unit_dossiers,
    unit_draft_places,
    unit_drafts,
    unit_matters,
    unit_next_rounds,
    unit_participation,
    unit_question_answers,
    unit_questions,
    unit_redlines,
    unit_rounds,
    unit_standards,
    unit_workshops,
)
from consultations.views.unit_pages import pages

__all__ = [
    "pages", "unit_acts", "unit_causes", "unit_comments", "unit_dossiers", "unit_draft_places", "unit_drafts", "unit_matters", "unit_next_rounds", "unit_participation",
    "unit_question_answers", "unit_questions", "unit_redlines", "unit_rounds", "unit_standards", "unit_workshops",
]  # fmt: skip
