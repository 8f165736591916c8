"""A vote as one organisation meets it: what is asked, what its own ballot is, whether it may vote now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import votes
from consultations.facts.rule_words import in_words
from consultations.models.ballots import Ballot
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.models.votes import RollEntry, Vote
from consultations.queries.vote_lines import BEFORE_CALL, WITH_COUNT, Step, VoteLine, line_of, lines_of, steps
from workflows.machine import objections
from workflows.refusals import Refusal
from workflows.vote import VOTE, VoteFacts, VoteState


@dataclass(frozen=True)
class OwnBallot:
    """The ballot of one's own organisation that stands."""

    choice: str
    receipt: str
    cast_at: datetime
    revision: int
    by: str


@dataclass(frozen=True)
class BallotPage:
    """One vote for one organisation. `against`: why it cannot vote now (empty when it can)."""

    line: VoteLine
    body: dict[str, str]
    dossier_id: int
    text_label: str
    version_id: int
    text_sha256: str
    roll_sha256: str
    rule_title: dict[str, str]
    rule_cites: str
    rule_words: dict[str, list[str]]
    choices: tuple[str, ...]
    organisation: str
    on_roll: bool
    own: OwnBallot | None
    steps: tuple[Step, ...]
    against: tuple[Refusal, ...]
    is_before: bool
    is_suspended: bool
    is_over: bool
    is_called_off: bool
    contest_open: bool

    @property
    def can_vote(self) -> bool:
        """Whether the form is shown."""
        return not self.against


def of_organisation(by: Actor) -> tuple[tuple[VoteLine, bool], ...]:
    """The votes on whose roll one's organisation is, newest first, and whether it has a ballot."""
    voted = select(Ballot.id).where(Ballot.roll_entry_id == RollEntry.id).exists()
    query = (
        select(Vote, voted)
        .join(RollEntry, RollEntry.vote_id == Vote.id)
        .where(RollEntry.organisation_id == by.organisation_id)
        .options(joinedload(Vote.dossier))
        .order_by(Vote.id.desc())
    )
    found = db.session.execute(query).all()
    return tuple(zip(lines_of([vote for vote, _ in found]), (bool(has) for _, has in found), strict=True))


def page(vote_id: int, *, by: Actor, at: datetime) -> BallotPage | None:
    """One convened vote for a delegate; None before it is convened."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or vote.state in BEFORE_CALL or vote.convened_at is None:
        return None
    entry = db.session.scalar(
        select(RollEntry).where(RollEntry.vote_id == vote_id, RollEntry.organisation_id == by.organisation_id)
    )
    rule, own = votes.rule_of(vote), _own(entry)
    state = VoteState(vote.state)
    suspended = state is VoteState.SUSPENDED  # its closing waits too, whatever the clock says
    over = state in (*WITH_COUNT, VoteState.CLOSED) or (at >= vote.closes_at and not suspended)
    return BallotPage(
        line=line_of(vote), body=vote.body.names, dossier_id=vote.dossier_id, text_label=vote.version.label,
        version_id=vote.version_id, text_sha256=vote.text_sha256, roll_sha256=vote.roll_sha256 or "",
        rule_title=dict(rule.title), rule_cites=rule.cites, rule_words=in_words(rule, vote.call), choices=rule.choices,
        organisation=entry.name if entry else _organisation(by), on_roll=entry is not None, own=own,
        steps=steps(vote, votes.newest_count(vote_id)), against=_against(vote, entry, by, at, rule.choices[0]),
        is_before=state is VoteState.CONVENED and at < vote.closes_at, is_suspended=suspended,
        is_over=over, is_called_off=state is VoteState.VOIDED,
        contest_open=votes.may_be_contested(vote, at),
    )  # fmt: skip


def _own(entry: RollEntry | None) -> OwnBallot | None:
    if entry is None:
        return None
    query = (
        select(Ballot, Person.name)
        .outerjoin(Person, Ballot.person_id == Person.id)
        .where(Ballot.roll_entry_id == entry.id)
        .order_by(Ballot.revision.desc())
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    ballot, name = found
    return OwnBallot(ballot.choice, ballot.receipt, ballot.cast_at, ballot.revision, name or "")


def _against(
    vote: Vote, entry: RollEntry | None, by: Actor, at: datetime, choice: str
) -> tuple[Refusal, ...]:
    mandate = db.session.get(Mandate, by.mandate_id) if by.mandate_id else None
    facts = VoteFacts(
        at=at, on_roll=entry is not None, mandate_from=mandate.starts_at if mandate else None,
        mandate_until=mandate.ends_at if mandate else None, opens_at=vote.opens_at, closes_at=vote.closes_at,
        choices=(choice,), choice=choice,
    )  # fmt: skip
    return objections(VOTE, vote.state, "cast", by.role, facts)


def _organisation(by: Actor) -> str:
    return db.session.scalar(select(Organisation.name).where(Organisation.id == by.organisation_id)) or ""
