"""Who took part in a round as everybody may read it, once nobody can answer any more: before, two looks would tell who
came between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import published_participation as facts
from consultations.facts.clusters import how_much
from consultations.facts.published_participation import Place, PublishedParticipation
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network
from consultations.models.rounds import Round
from workflows.round import RoundState

COUNTED = (
    RoundState.ANSWERING, RoundState.SYNOPSIS_REVIEW, RoundState.PUBLISHED, RoundState.SUPERSEDED,
    RoundState.READY_FOR_VOTE,
)  # fmt: skip
"""Who took part is settled: a closed round still takes late entries and paper, and may be opened again; from here on
it does not. So the page says the same on every day, and what the synopsis says, in each of its versions."""

TO_COME = (RoundState.SCHEDULED, RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED)
"""The public knows of the round, and somebody may still answer."""


@dataclass(frozen=True)
class Coming:
    """A round whose figures are published when it is over."""

    number: int
    code: str
    titles: dict[str, str]
    dossier_id: int


@dataclass(frozen=True)
class Page:
    """The figures of one round. `names`: of regions, per language. The four numbers of comments stand side by side;
    `organisations` is None where it is hidden."""

    id: int
    number: int
    code: str
    titles: dict[str, str]
    dossier_id: int
    figures: PublishedParticipation
    names: Mapping[str, Mapping[str, str]]
    received: int
    points: int
    distinct: int
    organisations: int | None

    @property
    def tiles(self) -> tuple[Place, ...]:
        """The countries, for the map."""
        return self.figures.tables["country"]


def page(round_id: int, *, at: datetime) -> Page | None:
    """The page, None when there is no such round or somebody may still answer; a constant number of selects."""
    head = _head(round_id, COUNTED)
    if head is None:
        return None
    figures, said = facts.published(round_id, at=at), how_much(round_id)
    names = dict(
        db.session.execute(select(Network.code, Network.names).where(Network.kind == "regional")).all()
    )
    return Page(
        round_id, head.number, head.code, head.titles, head.dossier_id, figures, names,
        said.received, said.points, said.distinct, figures.parts["commented"],
    )  # fmt: skip


def coming(round_id: int) -> Coming | None:
    """The round, while its figures are not published yet; None when the public knows of no such round."""
    return _head(round_id, TO_COME)


def _head(round_id: int, states: Sequence[RoundState]) -> Coming | None:
    found = db.session.execute(
        select(Round.number, Dossier.code, Dossier.titles, Dossier.id)
        .join(Dossier, Dossier.id == Round.dossier_id)
        .where(Round.id == round_id, Round.state.in_(states))
    ).one_or_none()
    return Coming(*found) if found else None
