"""What speaks against a question as it is written: every reason, never only the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.questions import BRANCHING, KINDS, LONGEST_SCALE, MOST_OPTIONS, OPTIONED, Asking, choices

REASONS = (
    "kind_unknown", "words_missing", "options_few", "options_many", "options_wordless", "options_same",
    "bounds_missing", "bounds_order", "scale_long", "clause_elsewhere", "condition_later", "condition_kind",
    "condition_empty", "condition_value",
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A question with its words in the language that prevails; `elsewhere`: bound to a clause of another text."""

    asking: Asking
    text: str
    options: tuple[str, ...] = ()
    elsewhere: bool = False


def faults(questions: Sequence[Written]) -> dict[int, tuple[str, ...]]:
    """{position: reasons} of the questions that cannot be answered as they are written."""
    earlier: dict[int, Asking] = {}
    found: dict[int, tuple[str, ...]] = {}
    for question in sorted(questions, key=lambda one: one.asking.position):
        wrong = (
            set(_of_words(question)) | set(_of_kind(question)) | set(_of_condition(question.asking, earlier))
        )
        if wrong:
            found[question.asking.position] = tuple(reason for reason in REASONS if reason in wrong)
        earlier[question.asking.position] = question.asking
    return found


def _of_words(question: Written) -> list[str]:
    wrong = [] if question.text.strip() else ["words_missing"]
    return [*wrong, "clause_elsewhere"] if question.elsewhere else wrong


def _of_kind(question: Written) -> list[str]:
    kind = question.asking.kind
    if kind not in KINDS:
        return ["kind_unknown"]
    if kind in OPTIONED:
        return _of_options([option.strip() for option in question.options])
    return _of_bounds(question.asking)


def _of_options(options: list[str]) -> list[str]:
    worded = [option for option in options if option]
    checks = {
        "options_few": len(options) < 2,
        "options_many": len(options) > MOST_OPTIONS,
        "options_wordless": len(worded) < len(options),
        "options_same": len(set(worded)) < len(worded),
    }
    return [reason for reason, wrong in checks.items() if wrong]


def _of_bounds(question: Asking) -> list[str]:
    low, high = question.lowest, question.highest
    if question.kind == "scale" and (low is None or high is None):
        return ["bounds_missing"]
    if question.kind not in ("scale", "number") or low is None or high is None:
        return []
    if low >= high:
        return ["bounds_order"]
    return ["scale_long"] if question.kind == "scale" and high - low >= LONGEST_SCALE else []


def _of_condition(question: Asking, earlier: Mapping[int, Asking]) -> list[str]:
    if question.asked_if is None:
        return []
    position, values = question.asked_if
    if position not in earlier:
        return ["condition_later"]
    if earlier[position].kind not in BRANCHING:
        return ["condition_kind"]
    if not values:
        return ["condition_empty"]
    return [] if values <= set(choices(earlier[position])) else ["condition_value"]
