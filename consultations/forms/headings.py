"""What the boxes are called into which people write, when all there is left of a form is what it sent."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.widgets import HiddenInput

from consultations.forms import (
    answer_templates,
    approvals,
    assembly,
    assembly_rolls,
    attachments,
    attending,
    coding,
    commission,
    deciding,
    delegate_ballots,
    delegate_comments,
    delegate_votes,
    desk,
    desk_points,
    dispatches,
    minutes,
    objections,
    outreach,
    petitions,
    question_sheets,
    register,
    removals,
    rolls,
    rule_books,
    rule_calls,
    rule_representation,
    rule_roll,
    session,
    session_elections,
    sheets,
    synopsis,
    taking_part,
    unit,
    unit_comments,
    unit_drafts,
    unit_matters,
    unit_questions,
    unit_rounds,
    workshops,
)

MODULES = (
    answer_templates, coding, deciding,
    approvals, assembly, attachments, attending, commission, delegate_ballots, delegate_comments, delegate_votes, desk, dispatches, minutes, petitions, question_sheets, register,
    removals, outreach, rolls, taking_part, unit,
    unit_comments, unit_drafts, unit_questions, workshops, objections, synopsis,
    desk_points, session, session_elections, sheets, unit_matters, unit_rounds, rule_books, rule_calls, rule_representation, rule_roll, minutes,
    assembly_rolls,
)  # fmt: skip


def headings(names: Iterable[str]) -> dict[str, str]:
    """Name -> label of the text boxes of the form that sends most of these names; of two, of the smaller one."""
    wanted = set(names)

    def fits(form: FlaskForm) -> tuple[int, int]:
        names = {field.name for field in form}
        return len(wanted & names), -len(names)

    form = max(_forms(), key=fits)
    return {field.name: str(field.label.text) for field in form if field.name in wanted and _written(field)}


def _forms() -> list[FlaskForm]:
    kinds = {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, FlaskForm) and kind is not FlaskForm
    }
    return [
        kind(formdata=None, meta={"csrf": False})
        for kind in sorted(kinds, key=lambda kind: kind.__qualname__)
    ]


def _written(field: object) -> bool:
    return isinstance(field, StringField) and not isinstance(field.widget, HiddenInput)
