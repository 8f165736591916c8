"""Between the Unit's form of a question and the question itself; and the list around it."""

from dataclasses import replace
from typing import Any

from consultations import wording
from consultations.engine.rounds import QuestionText
from consultations.forms.unit_questions import QuestionForm
from consultations.queries import questions
from consultations.queries.rounds import QuestionLine, RoundPage
from consultations.wording_questions import labels
from workflows.questions import BRANCHING, Asking

Lines = tuple[QuestionLine, ...] | list[QuestionLine]


def offer(form: QuestionForm, page: RoundPage, position: int | None) -> None:
    """Give the form the clauses of the text and the answers to the questions before this one (all for a new one)."""
    earlier = [one for one in page.questions if position is None or one.position < position]
    answers = [
        (f"{one.position}:{value}", f"{one.position}. {wording.local(one.texts)} — {words}")
        for one in earlier
        if one.kind in BRANCHING
        for value, words in labels(_asking(one), one.options)
    ]
    clauses = [
        (one.id, f"{one.number} {wording.local(one.headings)}") for one in questions.clauses(page.version_id)
    ]
    form.offer(clauses, answers)


def kept(lines: Lines) -> list[QuestionText]:
    """Questions as they stand."""
    return [
        QuestionText(
            line.kind, line.texts, line.options, line.required, line.node_id, line.lowest, line.highest, line.asked_if,
            line.purpose,
        )
        for line in lines
    ]  # fmt: skip


def removed(lines: Lines, position: int) -> list[QuestionText]:
    """Without one question: those behind it move up, and what hung on it is asked of everybody."""
    return [
        replace(question, asked_if=_moved(question.asked_if, position))
        for question in kept([line for line in lines if line.position != position])
    ]


def written(form: QuestionForm, before: QuestionLine | None = None) -> QuestionText:
    """The question as the form has it."""
    lowest, highest = form.bounds()
    return QuestionText(
        form.kind.data, form.texts(), form.options(), bool(form.required.data), form.node_id.data or None, lowest, highest,
        form.condition(), before.purpose if before else "",
    )  # fmt: skip


def as_written(line: QuestionLine) -> dict[str, Any]:
    """The question in the shape of its form."""
    condition = line.asked_if or {"question": 0, "values": []}
    return {
        "kind": line.kind, "required": line.required, "node_id": line.node_id or 0, "lowest": line.lowest,
        "highest": line.highest, "asked_if": [f"{condition['question']}:{value}" for value in condition["values"]],
        **{f"text_{code}": line.texts.get(code, "") for code in wording.LANGUAGES},
        **{
            f"options_{code}": "\n".join(option.get(code, "") for option in line.options) for code in wording.LANGUAGES
        },
    }  # fmt: skip


def _asking(line: QuestionLine) -> Asking:
    return Asking(line.position, line.kind, len(line.options), lowest=line.lowest, highest=line.highest)


def _moved(condition: dict[str, Any] | Any, gone: int) -> dict[str, Any] | None:
    if not condition or condition["question"] == gone:
        return None
    return {**condition, "question": condition["question"] - (condition["question"] > gone)}
