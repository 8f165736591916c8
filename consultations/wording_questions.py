"""Words for questions: why one cannot be answered as it is written, and what its values mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext

from consultations.wording import local
from consultations.wording_comments import AGREEMENT
from workflows.questions import OPTIONED, Asking, choices

FAULTS = {
    "kind_unknown": lazy_gettext("Its kind of answer is not known."),
    "words_missing": lazy_gettext("It is not written in the language that prevails."),
    "options_few": lazy_gettext("It needs at least two options."),
    "options_many": lazy_gettext("It has more than 40 options."),
    "options_wordless": lazy_gettext("An option is not written in the language that prevails."),
    "options_same": lazy_gettext("Two options are the same."),
    "bounds_missing": lazy_gettext("A scale needs its lowest and its highest number."),
    "bounds_order": lazy_gettext("The lowest number is not below the highest."),
    "scale_long": lazy_gettext("A scale has at most 21 steps. Ask for a number instead."),
    "clause_elsewhere": lazy_gettext("It is bound to a clause of another text."),
    "condition_later": lazy_gettext("It hangs on a question that does not come before it."),
    "condition_kind": lazy_gettext("It hangs on a question whose answers cannot be listed."),
    "condition_empty": lazy_gettext("It is not said on which answers it hangs."),
    "condition_value": lazy_gettext("It hangs on an answer that is not offered."),
}
"""workflows.question_faults.REASONS in words."""


def labels(
    asking: Asking, options: Sequence[Mapping[str, str]], reference: str = "es"
) -> list[tuple[str, str]]:
    """The values that are offered one by one with their words, in order."""
    return [(value, label(asking.kind, options, value, reference)) for value in choices(asking)]


def label(kind: str, options: Sequence[Mapping[str, str]], value: str, reference: str = "es") -> str:
    """One value in words."""
    if kind == "agree":
        return str(AGREEMENT.get(value, value))
    if kind in OPTIONED and value.isdecimal() and int(value) < len(options):
        return local(options[int(value)], reference)
    return gettext("a file") if kind == "file" and value else value


def condition(asked_if: Mapping[str, Any] | None, questions: Any, reference: str = "es") -> str:
    """When a question is asked: "Only if question 2 was answered: We disagree"; nothing for one that is always asked.

    `questions`: those of the round, in order or by position, each with `kind` and `options`.
    """
    if not asked_if:
        return ""
    rows = questions if isinstance(questions, Mapping) else {one.position: one for one in questions}
    other = rows.get(int(asked_if["question"]))
    values = (
        [label(other.kind, other.options, value, reference) for value in asked_if["values"]] if other else []
    )
    return gettext(
        "Only if question %(position)s was answered: %(values)s.",
        position=asked_if["question"], values=" / ".join(values),
    )  # fmt: skip
