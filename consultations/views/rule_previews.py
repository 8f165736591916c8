"""A rule as its form says it, before it is kept: in words, with its contradictions, and tried."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consultations import wording
from consultations.facts.roll_trials import Tried
from consultations.forms.rule_books import HeadForm, RuleForm
from consultations.queries import roll_trials
from consultations.queries.rule_trials import Trial, trial
from consultations.views.rule_words import sentences
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.rule_book import RuleKind
from workflows.rule_kinds import check, stamped


@dataclass(frozen=True)
class Preview:
    """`words` per language; `reasons`: what the rule says against itself; `trial`: what it would decide, if asked; `roll`:
    what a rule of the roll makes of today's members."""

    words: dict[str, list[str]]
    reasons: list[dict[str, str]]
    trial: Trial | None = None
    roll: Tried | None = None


def preview(
    kind: str, form: HeadForm, said: dict[str, Any], body_id: int, *, tried: bool, at: datetime
) -> Preview:
    """What the form's rule says. Errors: InputRefusedError: it cannot be read."""
    content = stamped(
        kind, said, key=form.key.data or "-", version=1, titles=form.titles(), cites=form.cites.data or "-",
    )  # fmt: skip
    words, against = sentences(kind, content), contradictions(kind, content)
    if kind == RuleKind.ROLL:
        roll = roll_trials.trial(body_id, content, at=at)
        never = [wording.refusal(reason) for reason in roll.never_kept] if roll else []
        return Preview(words, [*against, *never], roll=roll)
    if not tried or not isinstance(form, RuleForm):
        return Preview(words, against)
    asked = form.trial.form
    return Preview(
        words, against, trial(body_id, content, size=asked.size.data, call=asked.call.data or 1, at=at)
    )


def contradictions(kind: str, content: dict[str, Any]) -> list[dict[str, str]]:
    """What a rule says against itself, in words. Errors: InputRefusedError: it cannot be read."""
    try:
        check(kind, content)
    except Refused as refused:
        return reasons(refused)
    return []


def reasons(refused: Any) -> list[dict[str, str]]:
    """Every reason of a refusal, of either sort, as pages show them."""
    if isinstance(refused, InputRefusedError):
        return [{"sentence": fault, "remedy": ""} for fault in refused.faults]
    assert isinstance(refused, Refused)
    return [wording.refusal(reason) for reason in refused.refusals]
