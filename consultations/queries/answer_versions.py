"""Everything that was received of an organisation's answers to the questions of a round: each version, with who and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.people import Person
from consultations.models.rounds import Question, QuestionAnswer
from consultations.queries.delegate_rounds import Head, Texts, head
from consultations.queries.questions import sent_at

PER_PAGE = 10


@dataclass(frozen=True)
class Version:
    """An answer at one time: `values` as in workflows.questions, one by one; neither they nor `text`: it was emptied."""

    number: int
    values: tuple[str, ...]
    text: str
    answered_at: datetime
    by: str
    counts: bool  # once the sheet is sent


@dataclass(frozen=True)
class History:
    """The versions of the answer to one question, the newest first."""

    position: int
    kind: str
    texts: Texts
    options: tuple[Texts, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class HistoriesPage:
    """The questions that were answered, one page of them."""

    head: Head
    sent_at: datetime | None
    rows: tuple[History, ...]
    page: int
    pages: int


def histories_page(round_id: int, number: int = 1, *, by: Actor, at: datetime) -> HistoriesPage | None:
    """What the acting organisation has said; None when there is no such round or it has not begun."""
    top = head(round_id, by=by, at=at)
    if top is None or not top.started:
        return None
    query = (
        select(Question, QuestionAnswer, Person.name)
        .join(QuestionAnswer, QuestionAnswer.question_id == Question.id)
        .outerjoin(Person, Person.id == QuestionAnswer.person_id)
        .where(Question.round_id == round_id, QuestionAnswer.organisation_id == by.organisation_id)
        .order_by(Question.position, QuestionAnswer.revision.desc())
    )
    found: dict[int, History] = {}
    for question, row, name in db.session.execute(query):
        before = found.get(question.id)
        version = Version(
            row.revision, tuple(row.value.split()), row.text, row.answered_at, name or "", before is None
        )
        versions = (*before.versions, version) if before else (version,)
        found[question.id] = History(
            question.position, question.kind, question.texts, tuple(question.options), versions
        )
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = tuple(found.values())[(number - 1) * PER_PAGE : number * PER_PAGE]
    return HistoriesPage(top, sent_at(round_id, by.organisation_id), shown, number, pages)
