"""Matters that are finished, by year and standard, to be searched by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from consultations.documents.characters import unaccented
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.standards import Standard
from consultations.queries.public import shown
from workflows.dossier import DossierState

FINISHED = (
    DossierState.NOT_ADOPTED, DossierState.OUTCOME_RECORDED, DossierState.IN_FORCE, DossierState.REVIEW_DUE,
    DossierState.WITHDRAWN_BY_UNIT, DossierState.WITHDRAWN_BY_COMMISSION,
)  # fmt: skip
PER_PAGE = 50


@dataclass(frozen=True)
class Finished:
    """One matter; `at` when it last moved, which is when it came to what it is."""

    id: int
    code: str
    titles: dict[str, str]
    state: str
    at: datetime
    standard_id: int
    standard_code: str
    standard_titles: dict[str, str]

    @property
    def year(self) -> int:
        """The year it is filed under, in UTC."""
        return self.at.year


@dataclass(frozen=True)
class Archive:
    """One page of the finished matters that were asked for, the newest first, and what may be asked for."""

    found: tuple[Finished, ...]
    total: int
    page: int
    pages: int
    years: tuple[int, ...]
    standards: tuple[tuple[int, str, dict[str, str]], ...]


def search(*, year: int | None, standard_id: int | None, words: str, page: int) -> Archive:
    """Finished matters of a year and a standard (None: of all) whose code or titles hold every word, however accented."""
    every = _finished()
    asked = [
        one
        for one in every
        if year in (None, one.year) and standard_id in (None, one.standard_id) and _holds(one, words)
    ]
    pages = max(1, -(-len(asked) // PER_PAGE))
    page = min(max(1, page), pages)
    return Archive(
        found=tuple(asked[(page - 1) * PER_PAGE : page * PER_PAGE]),
        total=len(asked),
        page=page,
        pages=pages,
        years=tuple(sorted({one.year for one in every}, reverse=True)),
        standards=_standards(every),
    )


def _finished() -> list[Finished]:
    """All of them: columns of some hundreds of rows, in one select."""
    moved = (
        select(Event.subject_id, func.max(Event.at).label("at"))
        .where(Event.subject_kind == "dossier")
        .group_by(Event.subject_id)
        .subquery()
    )
    at = func.coalesce(moved.c.at, Dossier.created_at, type_=Dossier.created_at.type)
    query = (
        select(
            Dossier.id,
            Dossier.code,
            Dossier.titles,
            Dossier.state,
            at,
            Standard.id,
            Standard.code,
            Standard.titles,
        )
        .join(Standard, Dossier.standard_id == Standard.id)
        .outerjoin(moved, moved.c.subject_id == Dossier.id)
        .where(shown(), or_(Dossier.state.in_(FINISHED), Dossier.archived))
        .order_by(at.desc(), Dossier.id.desc())
    )
    return [Finished(*row) for row in db.session.execute(query)]


def _holds(one: Finished, words: str) -> bool:
    text = unaccented(
        " ".join((one.code, *one.titles.values(), one.standard_code, *one.standard_titles.values()))
    )
    return all(word in text for word in unaccented(words).split())


def _standards(every: Iterable[Finished]) -> tuple[tuple[int, str, dict[str, str]], ...]:
    known = {one.standard_id: (one.standard_id, one.standard_code, one.standard_titles) for one in every}
    return tuple(sorted(known.values(), key=lambda one: one[1]))
