"""What came back to each question: counts of the sheets that were sent, and what of them may be published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from consultations.facts.question_sheets import forms_of, sent_sheets
from consultations.facts.small_cells import hidden, is_small
from consultations.models.rounds import Question
from workflows import questions as rules
from workflows.questions import Asking, choices, counted
from workflows.shares import Ranked, mean, median, ranked

ONLY_WORDS = ""
"""The cell of those who wrote words to a question that offers choices, and chose none."""

ANSWERED, LEFT = "answered", "left"
"""Those asked are divided into those who answered and those left."""


@dataclass(frozen=True)
class Tally:
    """One question. `asked`: sheets on which it was asked; `answered`: those with an answer to it, choice or words.

    `cells` count each choice, and `ONLY_WORDS`; `numbers` are exact, of scale and number; `dates` ISO text.
    None in a cell or figure, once published, is hidden: so few that it would point at somebody.
    """

    question: Question
    asked: int | None
    answered: int | None
    cells: Mapping[str, int | None] = field(default_factory=dict)
    several: bool = False
    words: int | None = 0
    numbers: tuple[Fraction, ...] = ()
    dates: tuple[str, ...] = ()
    ranking: tuple[Ranked, ...] = ()

    @property
    def mean(self) -> Fraction | None:
        """The exact mean of the numbers given."""
        return mean(self.numbers)

    @property
    def median(self) -> Fraction | None:
        """The exact median of the numbers given."""
        return median(self.numbers)


def tallies(round_id: int) -> tuple[Tally, ...]:
    """The exact results per question, in order; two selects. Only sheets that were sent, only questions asked in each."""
    rows, sheets = sent_sheets(round_id)
    forms = forms_of(rows)
    asked: Counter[int] = Counter()
    given: dict[int, list[tuple[str, str]]] = {}
    for said in sheets.values():
        asked.update(rules.asked(forms, said))
        for position, answer in counted(forms, said).items():
            given.setdefault(position, []).append(answer)
    return tuple(
        _tally(row, form, asked[row.position], given.get(row.position, []))
        for row, form in zip(rows, forms, strict=True)
    )


def all_published(exact: Sequence[Tally]) -> tuple[Tally, ...]:
    """Every question as it may be published. Of a question that hangs on answers which are hidden nothing is shown: how
    many were asked it would tell how many gave them."""
    shown: dict[int, Tally] = {}
    for one in exact:
        asked_if = one.question.asked_if
        before = shown.get(asked_if["question"]) if asked_if else None
        told = before is None or all(before.cells.get(str(value)) is not None for value in asked_if["values"])
        shown[one.question.position] = published(one) if told else _nothing(one)
    return tuple(shown.values())


def published(exact: Tally) -> Tally:
    """The same without what would point at somebody: cells under five and what would reveal them, and figures of fewer
    than five answers (consultation-model.md, "Register and participation").

    How many were asked is known (by other questions too): those who did not answer are a cell like the others.
    """
    answered, left = exact.answered or 0, (exact.asked or 0) - (exact.answered or 0)
    open_ = not hidden({ANSWERED: (answered,), LEFT: (left,)})
    given = len(exact.numbers) or len(exact.dates)
    told = open_ and not is_small(given) and not is_small(answered - given)
    firsts = [one.firsts for one in exact.ranking]
    return replace(
        exact,
        asked=_unless_small(exact.asked), answered=answered if open_ else None, cells=_cells_shown(exact, left, open_),
        words=exact.words if _words_shown(exact, open_) else None, numbers=exact.numbers if told else (),
        dates=exact.dates if told else (), ranking=exact.ranking if open_ and not any(map(is_small, firsts)) else (),
    )  # fmt: skip


def for_synopsis(round_id: int) -> list[dict[str, Any]]:
    """The exact results in the shape that the synopsis keeps: all that `rows_published` must know."""
    return [
        {
            "question": one.question.id, "position": one.question.position, "asked_if": one.question.asked_if,
            "asked": one.asked or 0, "answered": one.answered or 0, "several": one.several,
            "values": {value: count or 0 for value, count in one.cells.items() if value != ONLY_WORDS},
            "only_words": one.cells.get(ONLY_WORDS) or 0,
        }
        for one in tallies(round_id)
    ]  # fmt: skip


def rows_published(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the synopsis keeps as it may be published, by the same rule as the results (`all_published`); choices that
    nobody made are left out where that may be known.

    Rows frozen before it was kept how many were asked, and what hangs on what, say nothing.
    """
    known = [row for row in rows if "asked" in row]
    shown = [
        {
            "question": row["question"], "asked": one.asked, "answered": one.answered,
            "values": {value: count for value, count in one.cells.items() if value != ONLY_WORDS and count != 0},
        }
        for row, one in zip(known, all_published([_thawed(row) for row in known]), strict=True)
    ]  # fmt: skip
    hidden_all = [
        {**row, "answered": None, "values": dict.fromkeys(row["values"])}
        for row in rows
        if "asked" not in row
    ]
    return shown + hidden_all


def _thawed(row: Mapping[str, Any]) -> Tally:
    question = Question(id=row["question"], position=row["position"], asked_if=row["asked_if"])
    cells = {**row["values"], **({ONLY_WORDS: row["only_words"]} if row["values"] else {})}
    return Tally(question, row["asked"], row["answered"], cells, row["several"])


def _tally(row: Question, form: Asking, asked: int, given: list[tuple[str, str]]) -> Tally:
    values = [value for value, _ in given if value]
    offered = () if form.kind == "ranking" else choices(form)
    chosen = Counter(part for value in values for part in value.split(" "))
    cells = {value: chosen[value] for value in offered}
    if offered:
        cells[ONLY_WORDS] = len(given) - len(values)
    return Tally(
        row, asked, len(given), cells, form.kind == "multiple", sum(1 for _, words in given if words.strip()),
        numbers=tuple(map(Fraction, values)) if form.kind in rules.BOUNDED else (),
        dates=tuple(sorted(values)) if form.kind == "date" else (),
        ranking=ranked([[int(part) for part in value.split(" ")] for value in values], form.options)
        if form.kind == "ranking" else (),
    )  # fmt: skip


def _cells_shown(exact: Tally, left: int, open_: bool) -> dict[str, int | None]:
    """Where one organisation may choose several, each choice and those who did not choose it are a table of their own."""
    cells = {value: count or 0 for value, count in exact.cells.items()}
    if not exact.several:
        rest = {} if open_ else {LEFT: (left,)}
        gone = hidden({**{value: (count,) for value, count in cells.items()}, **rest})
        return {value: None if value in gone else count for value, count in cells.items()}
    whole = (exact.answered if open_ else exact.asked) or 0
    return {
        value: None if is_small(count) or is_small(whole - count) else count for value, count in cells.items()
    }


def _words_shown(exact: Tally, open_: bool) -> bool:
    """Not when few wrote, nor when few of those who answered did not; to a question for words every answer is words."""
    words = exact.words or 0
    whole = (exact.answered if open_ else exact.asked) or 0
    return not is_small(words) and not is_small(whole - words)


def _nothing(exact: Tally) -> Tally:
    return replace(
        exact, asked=None, answered=None, cells=dict.fromkeys(exact.cells), words=None, numbers=(), dates=(), ranking=()
    )  # fmt: skip


def _unless_small(count: int | None) -> int | None:
    return None if count is not None and is_small(count) else count
