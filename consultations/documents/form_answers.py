"""The sheet of questions of a form: its rows as they stand, and what they answer once the questions are known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consultations.documents.findings import Fault, Finding, Place
from consultations.documents.form_cells import Cells, Labels, chosen
from consultations.documents.form_draft import QUESTIONS, ReadAnswer
from workflows.questions import AGREEMENT, Asking, canonical, choices

LONG = 10_000
_MARK = re.compile(r"q([1-9][0-9]{0,2})(?:/([0-9]{1,2}))?")


@dataclass(frozen=True)
class RawAnswer:
    """A row that says something: of a question, or of one of its options."""

    row: int
    mark: str
    number: str
    answer: str
    words: str
    findings: tuple[Finding, ...] = ()


def read_rows(
    rows: Iterable[tuple[int, Cells]],
) -> tuple[tuple[RawAnswer, ...], list[tuple[str, int, Finding]]]:
    """The rows that say something, and what is wrong with rows whose mark is gone or stands twice."""
    found: dict[str, RawAnswer] = {}
    stray: list[tuple[str, int, Finding]] = []
    for number, cells in rows:
        mark, place = cells.text(0), Place("row", number, 2)
        if not cells.any_of((3, 4)):
            continue
        if not _MARK.fullmatch(mark) or mark in found:
            stray.append(
                (QUESTIONS, number, Fault("row_id_double" if mark in found else "row_id_edited", place))
            )
            continue
        findings = tuple(cells.findings({3: "answer", 4: "remark"}, place, LONG))
        found[mark] = RawAnswer(number, mark, cells.text(1), cells.text(3), cells.text(4), findings)
    return tuple(found.values()), stray


def interpret(
    rows: Sequence[RawAnswer], questions: Iterable[Asking], labels: Mapping[int, Labels] | None = None
) -> tuple[ReadAnswer, ...]:
    """What the rows answer, one for each question that is answered; every row that cannot be meant says why.

    `labels`: position of a question -> words of its choices, in small letters -> value.
    """
    by_mark = {row.mark: row for row in rows}
    found = []
    for asking in questions:
        mine = by_mark.get(f"q{asking.position}")
        if asking.kind == "file" and mine:
            wrong = Fault("row_file", Place("row", mine.row, 2))
            found.append(ReadAnswer(mine.row, asking.position, "", "", (wrong,)))
            continue
        options = [by_mark.get(f"q{asking.position}/{place}") for place in range(asking.options)]
        if mine or any(options):
            found.append(_answer(asking, mine, options, (labels or {}).get(asking.position, {})))
    return tuple(found)


def _answer(
    asking: Asking, mine: RawAnswer | None, options: list[RawAnswer | None], labels: Labels
) -> ReadAnswer:
    parts = [row for row in (mine, *options) if row]
    findings = [finding for row in parts for finding in row.findings]
    words = mine.words if mine else ""
    if asking.kind == "text":
        told = mine.answer if mine else ""
        value, words = "", "\n".join(filter(None, (told, words)))
    elif asking.kind in ("multiple", "ranking"):
        value = _of_options(asking, options)
    else:
        value = _of_cell(asking, mine.answer if mine else "", labels)
    first = parts[0].row
    if value is None and not findings:
        findings.append(_wrong(asking, mine.answer if mine else "", Place("row", first, 2)))
    return ReadAnswer(first, asking.position, value or "", words, tuple(findings))


def _of_cell(asking: Asking, text: str, labels: Labels) -> str | None:
    if asking.kind == "agree":
        return chosen(text, AGREEMENT, labels)
    if asking.kind == "single":
        return chosen(text, choices(asking), labels)
    return canonical(asking, text.replace(",", ".") if asking.kind == "number" else text)


def _of_options(asking: Asking, options: list[RawAnswer | None]) -> str | None:
    marked = {place: row.answer for place, row in enumerate(options) if row and row.answer}
    if asking.kind == "multiple":
        return canonical(asking, " ".join(str(place) for place in marked))
    order = sorted(marked, key=lambda place: int(marked[place]) if marked[place].isdecimal() else 0)
    ranks = [marked[place] for place in order]
    if marked and ranks != [str(n) for n in range(1, asking.options + 1)]:
        return None
    return canonical(asking, " ".join(str(place) for place in order))


def _wrong(asking: Asking, text: str, place: Place) -> Fault:
    if asking.kind == "ranking":
        return Fault("row_ranking", place)
    if asking.kind in ("number", "date"):
        return Fault(f"row_{asking.kind}", place, {"text": text[:60]})
    return Fault("row_choice", place, {"text": text[:60], "column": "answer"})
