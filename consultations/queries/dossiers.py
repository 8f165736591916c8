"""The Unit's board of all dossiers, and the page of one."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.dossiers import dossier_facts, rules_of, text_ready
from consultations.facts.next_rounds import unfollowed
from consultations.facts.register import has_answered
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, NetworkKind
from consultations.models.rounds import RegisterEntry, Round
from consultations.queries import hand_overs, histories, reviews, standards, vote_lines
from consultations.queries.hand_overs import HandOver
from consultations.queries.histories import Happening
from consultations.queries.round_steps import Step, steps_of_dossier
from consultations.queries.standards import Version
from consultations.queries.turnouts import Turnout, turnouts
from consultations.wording_kinds import gates_said
from consultations.wording_process import DOSSIER_KINDS, DOSSIER_STATES, ROUND_STATES, tag_kind
from workflows.dossier import DOSSIER, DossierKind, DossierState
from workflows.machine import allowed
from workflows.roles import Role

# The columns of the board: where a dossier's newest round stands, else where the dossier itself does.
BY_ROUND = {
    "draft": "preparing", "approved": "preparing", "scheduled": "preparing", "commission_review": "commission",
    "open": "consulting", "paused": "consulting", "closed": "answering", "answering": "answering",
    "synopsis_review": "commission", "published": "answered", "ready_for_vote": "answered",
}  # fmt: skip
BY_DOSSIER = {
    "requested": "preparing", "assessed": "preparing", "scoped": "preparing", "drafting": "preparing",
    "in_round": "preparing", "final_review": "answered", "convened": "assembly", "adopted": "decided",
    "not_adopted": "decided", "sent": "decided", "outcome_recorded": "decided", "in_force": "decided",
    "review_due": "preparing", "postponed": "stopped", "withdrawn_by_unit": "stopped",
    "withdrawn_by_commission": "stopped",
}  # fmt: skip
COLUMNS = ("preparing", "commission", "consulting", "answering", "answered", "assembly", "decided", "stopped")


@dataclass(frozen=True)
class Card:
    """A dossier on the board: where it stands, its next deadline, and for whom it waits."""

    dossier_id: int
    code: str
    titles: dict[str, str]
    state: str
    tag: str
    round_id: int | None
    round_number: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    zone: str
    answered: int | None
    asked: int | None
    review_id: int | None
    review_due: datetime | None
    waits_for: int | None
    members: int | None
    vote: Turnout | None


@dataclass(frozen=True)
class RoundLine:
    """A round in the dossier's list."""

    id: int
    number: int
    state: str
    tag: str
    opens_at: datetime | None
    closes_at: datetime | None
    zone: str
    answered: int
    asked: int


@dataclass(frozen=True)
class DossierPage:
    """One dossier. `can`: moves open to who asks once they give the reason that the form asks for."""

    id: int
    code: str
    titles: dict[str, str]
    kind: str
    state: str
    tag: str
    objectives: dict[str, str]
    standard_code: str
    standard_titles: dict[str, str]
    body_names: dict[str, str]
    versions: tuple[Version, ...]
    rounds: tuple[RoundLine, ...]
    votes: tuple[vote_lines.VoteLine, ...]
    steps: tuple[Step, ...]
    can: frozenset[str]
    followed: int | None  # the published round from which the next one begins
    gates: tuple[str, ...]  # what its kind asks for, in words
    grounds: bool  # whether setting its scope needs a reason
    frozen_sha256: str | None  # the text that stands for the vote
    waits: HandOver | None  # what its published round still waits for before the vote
    history: tuple[Happening, ...]


def board(*, at: datetime) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """Every dossier that is not archived, in its column; six selects however many there are."""
    dossiers = db.session.scalars(select(Dossier).where(~Dossier.archived).order_by(Dossier.id.desc())).all()
    newest = _newest_rounds()
    counts = _counts([round.id for round in newest.values() if round.state in BY_ROUND])
    waiting = {line.round_id: line for line in reviews.waiting(at=at)}
    votes = turnouts()
    columns: dict[str, list[Card]] = {name: [] for name in COLUMNS}
    for dossier in dossiers:
        running = newest.get(dossier.id) if dossier.state in ("drafting", "in_round") else None
        column = BY_ROUND.get(running.state, "preparing") if running else BY_DOSSIER[dossier.state]
        columns[column].append(_card(dossier, running, counts, waiting, votes.get(dossier.id)))
    return tuple((name, tuple(cards)) for name, cards in columns.items() if cards)


def page(dossier_id: int, *, by: Actor, at: datetime) -> DossierPage:
    """One dossier with its rounds and history. Raises NotFound."""
    query = (
        select(Dossier)
        .where(Dossier.id == dossier_id)
        .options(joinedload(Dossier.standard), joinedload(Dossier.body))
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound(f"Dossier {dossier_id}")
    rounds = db.session.scalars(select(Round).where(Round.dossier_id == row.id).order_by(Round.number)).all()
    counts = _counts([round.id for round in rounds])
    newest = next((round for round in reversed(rounds) if round.state != "withdrawn"), None)
    published = unfollowed(row.id)
    return DossierPage(
        id=row.id,
        code=row.code,
        titles=row.titles,
        kind=str(DOSSIER_KINDS.get(row.kind, row.kind)),
        state=str(DOSSIER_STATES[row.state]),
        tag=tag_kind(row.state),
        objectives=row.objectives,
        standard_code=row.standard.code,
        standard_titles=row.standard.titles,
        body_names=row.body.names,
        versions=standards.versions_of(row.standard_id),
        rounds=tuple(_round_line(round, counts) for round in rounds),
        votes=vote_lines.of_dossier(row.id),
        steps=steps_of_dossier(row, newest, handed_over=text_ready(row) is not None),
        can=_can(row, by, at),
        followed=published.id if published else None,
        gates=gates_said(row.kind),
        grounds=rules_of(row.kind).grounds,
        frozen_sha256=text_ready(row),
        waits=hand_overs.of_dossier(row.id, by=by, at=at),
        history=histories.of_dossier(row.id),
    )


def bodies() -> tuple[tuple[int, dict[str, str]], ...]:
    """The bodies and networks that may decide: id and names."""
    kinds = (NetworkKind.BODY, NetworkKind.PRODUCT, NetworkKind.COUNTRY, NetworkKind.WORKERS)
    rows = db.session.execute(
        select(Network.id, Network.names, Network.kind).where(Network.kind.in_(kinds)).order_by(Network.id)
    ).all()
    return tuple((row.id, row.names) for row in sorted(rows, key=lambda row: row.kind != NetworkKind.BODY))


def _can(dossier: Dossier, by: Actor, at: datetime) -> frozenset[str]:
    facts = dossier_facts(dossier, at=at, reason="-")
    facts = replace(facts, assessment="-", position="-", outcome="-", effective_at=at)
    moves = set(allowed(DOSSIER, dossier.state, by.role, facts))
    begin = dossier_facts(dossier, at=at, round_id=0)
    if "enter_round" in allowed(DOSSIER, dossier.state, by.role, replace(begin, round_id="round/new")):
        moves.add("new_round")
    return frozenset((moves | _beside(dossier, by)) - {"enter_round"})


def _beside(dossier: Dossier, by: Actor) -> set[str]:
    """What a matter of this kind allows beside its table: freezing its text without a round, suspending a requirement."""
    freezes = by.role == rules_of(dossier.kind).frozen_by and dossier.state == DossierState.FINAL_REVIEW
    suspension = (dossier.kind, dossier.state) == (DossierKind.SUSPENSION, DossierState.IN_FORCE)
    return {
        *(["freeze_text"] if freezes and text_ready(dossier) is None else []),
        *(["suspend"] if suspension and by.role is Role.UNIT_HEAD else []),
    }


def _newest_rounds() -> dict[int, Round]:
    """Each dossier's newest round that was not withdrawn."""
    last = select(func.max(Round.id)).where(Round.state != "withdrawn").group_by(Round.dossier_id)
    return {round.dossier_id: round for round in db.session.scalars(select(Round).where(Round.id.in_(last)))}


def _counts(round_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Answered and asked of each round's frozen register."""
    asked = dict(
        db.session.execute(
            select(RegisterEntry.round_id, func.count())
            .where(RegisterEntry.round_id.in_(round_ids))
            .group_by(RegisterEntry.round_id)
        ).all()
    )
    answered = dict(
        db.session.execute(
            select(RegisterEntry.round_id, func.count())
            .where(RegisterEntry.round_id.in_(round_ids), has_answered())
            .group_by(RegisterEntry.round_id)
        ).all()
    )
    return {id: (answered.get(id, 0), count) for id, count in asked.items()}


def _round_line(round: Round, counts: dict[int, tuple[int, int]]) -> RoundLine:
    answered, asked = counts.get(round.id, (0, 0))
    return RoundLine(
        round.id, round.number, str(ROUND_STATES[round.state]), tag_kind(round.state), round.opens_at, round.closes_at,
        round.zone, answered, asked,
    )  # fmt: skip


def _card(
    dossier: Dossier,
    round: Round | None,
    counts: dict[int, tuple[int, int]],
    waiting: dict[int, reviews.ReviewLine],
    vote: Turnout | None,
) -> Card:
    review = waiting.get(round.id) if round else None
    answered, asked = counts.get(round.id, (None, None)) if round else (None, None)
    running = round is not None and round.state in ("open", "paused")
    coming = round is not None and round.state == "scheduled"
    return Card(
        dossier_id=dossier.id,
        code=dossier.code,
        titles=dossier.titles,
        state=str(ROUND_STATES[round.state] if round else DOSSIER_STATES[dossier.state]),
        tag=tag_kind(round.state if round else dossier.state),
        round_id=round.id if round else None,
        round_number=round.number if round else None,
        opens_at=round.opens_at if coming and round else None,
        closes_at=round.closes_at if running and round else None,
        zone=round.zone if round else "",
        answered=answered,
        asked=asked,
        review_id=review.id if review else None,
        review_due=review.due_at if review else None,
        waits_for=review.waits_for if review else None,
        members=review.members if review else None,
        vote=vote,
    )
