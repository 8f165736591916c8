"""What organisations answered to one question, in their own words: for the Unit, the Commission and auditors."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.question_sheets import forms_of, sent_sheets
from consultations.models.base import NotFound
from consultations.models.rounds import RegisterEntry, Round
from consultations.queries.delegate_rounds import Texts
from workflows.questions import counted

PER_PAGE = 25


@dataclass(frozen=True)
class Line:
    """One organisation's answer: `values` as in workflows.questions, one by one."""

    organisation: str
    country: str
    values: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class WordsPage:
    """The answers to a question, one page of them; `worded`: only those with words."""

    round_id: int
    number: int
    titles: dict[str, str]
    position: int
    kind: str
    texts: Texts
    options: tuple[Texts, ...]
    worded: bool
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def words_page(round_id: int, position: int, number: int = 1, *, worded: bool = False) -> WordsPage:
    """The answers that count, of sheets that were sent, by the names of the organisations. Raises NotFound.

    Three selects, and the organisations in one more.
    """
    round_ = db.session.get(Round, round_id)
    rows, sheets = sent_sheets(round_id)
    asked = next((row for row in rows if row.position == position), None)
    if round_ is None or asked is None:
        raise NotFound(f"question {round_id} {position}")
    forms = forms_of(rows)
    given = {id: said for id, sheet in sheets.items() if (said := counted(forms, sheet).get(position))}
    lines = [line for line in _lines(round_id, given) if line.text.strip() or not worded]
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = min(max(1, number), pages)
    return WordsPage(
        round_id, round_.number, round_.dossier.titles, position, asked.kind, asked.texts, tuple(asked.options), worded,
        tuple(lines[(number - 1) * PER_PAGE : number * PER_PAGE]), len(lines), number, pages,
    )  # fmt: skip


def _lines(round_id: int, given: Mapping[int, tuple[str, str]]) -> list[Line]:
    query = select(RegisterEntry.organisation_id, RegisterEntry.name, RegisterEntry.country)
    entries = db.session.execute(query.filter_by(round_id=round_id).order_by(RegisterEntry.name))
    return [
        Line(name, country, tuple(given[id][0].split()), given[id][1])
        for id, name, country in entries
        if id in given
    ]
