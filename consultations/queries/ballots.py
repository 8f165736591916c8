"""A vote as one organisation meets it: what is asked, what its own ballot is, whether it may vote now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import casting, sheets, votes
from consultations.facts.assemblies import WRITTEN
from consultations.facts.blocks import Motion, motions
from consultations.facts.casting import represented
from consultations.facts.rule_words import in_words
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.ballots import Ballot
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.models.votes import RollEntry, Vote
from consultations.queries.vote_lines import (
    BEFORE_CALL,
    WITH_COUNT,
    Step,
    VoteLine,
    line_of,
    lines_of,
    steps,
    text_label,
)
from workflows.ballots import castable
from workflows.elections.terms import Terms
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
    channel: str = "online"
    reason: str = ""
    by_proxy: bool = False


@dataclass(frozen=True)
class Other:
    """Another organisation that one votes for in this vote; `for_id` is None for one's own."""

    for_id: int | None
    name: str
    has_voted: bool


@dataclass(frozen=True)
class Filling:
    """How a ballot of an election is filled in. `most`: how many options it may name."""

    seats: int
    most: int
    allow_blank: bool


@dataclass(frozen=True)
class BallotPage:
    """One vote for one organisation. `against`: why it cannot vote now (empty when it can).

    `for_id`: the organisation is another's, whose proxy the own one holds; `others`: all that one votes for, but this one.
    `motions`: those of a block, that are voted on together.
    """

    line: VoteLine
    body: dict[str, str]
    dossier_id: int | None
    text_label: str
    version_id: int | None
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
    for_id: int | None = None
    others: tuple[Other, ...] = ()
    asks_reason: bool = False
    filling: Filling | None = None
    assembly_id: int | None = None
    seed_commitment: str = ""
    motions: tuple[Motion, ...] = ()
    awaits_paper: bool = False  # closed, and sheets of ballots on paper wait
    holder_excluded: bool = (
        False  # one's own organisation has an interest; the principal whose proxy it holds has none
    )
    in_writing: bool = False  # of a written procedure

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
        .order_by(Vote.id.desc())
    )
    found = db.session.execute(query).all()
    return tuple(zip(lines_of([vote for vote, _ in found]), (bool(has) for _, has in found), strict=True))


def page(vote_id: int, *, for_id: int | None = None, by: Actor, at: datetime) -> BallotPage | None:
    """One convened vote for a delegate; None before it is convened.

    `for_id`: another organisation whose proxy the own one holds in the vote's assembly; None for any other.
    """
    vote = db.session.get(Vote, vote_id)
    if vote is None or vote.state in BEFORE_CALL or vote.convened_at is None:
        return None
    held = represented(vote.assembly_id, by, at, vote_id) if vote.assembly_id else ()
    own_id, whose = by.organisation_id, for_id or by.organisation_id
    if whose not in (own_id, *(one.organisation_id for one in held)):
        return None
    entry = db.session.scalar(
        select(RollEntry).where(RollEntry.vote_id == vote_id, RollEntry.organisation_id == whose)
    )
    rule, own = votes.basis_of(vote), _own(entry)
    state = VoteState(vote.state)
    suspended = state is VoteState.SUSPENDED  # its closing waits too, whatever the clock says
    line = line_of(vote)
    late = at >= vote.closes_at and not (suspended or line.put_in_session)
    over = state in (*WITH_COUNT, VoteState.CLOSED) or late
    return BallotPage(
        line=line, body=vote.body.names, dossier_id=vote.dossier_id, text_label=text_label(vote),
        version_id=vote.version_id, text_sha256=vote.text_sha256, roll_sha256=vote.roll_sha256 or "",
        rule_title=dict(rule.title), rule_cites=rule.cites, rule_words=in_words(rule, votes.call_of(vote)),
        choices=() if isinstance(rule, Terms) else castable(rule.choices),
        organisation=entry.name if entry else _organisation(by), on_roll=entry is not None, own=own,
        steps=steps(vote, votes.newest_count(vote_id)), against=_against(vote, entry, own, by, at), for_id=whose if whose != own_id else None,
        others=_others(vote_id, whose, held, by), asks_reason=vote.reason_on_no, assembly_id=vote.assembly_id,
        filling=Filling(rule.seats, rule.most, rule.allow_blank) if isinstance(rule, Terms) else None,
        seed_commitment=vote.seed_commitment, motions=motions(vote_id),
        awaits_paper=state is VoteState.CLOSED and bool(sheets.waiting(vote.id)),
        holder_excluded=whose != own_id and _is_excluded(vote_id, own_id), in_writing=_in_writing(vote),
        is_before=state is VoteState.CONVENED and not late, is_suspended=suspended,
        is_over=over, is_called_off=state is VoteState.VOIDED,
        contest_open=votes.may_be_contested(vote, at),
    )  # fmt: skip


def _is_excluded(vote_id: int, organisation_id: int | None) -> bool:
    query = select(RollEntry.id).where(
        RollEntry.vote_id == vote_id, RollEntry.organisation_id == organisation_id, RollEntry.excluded != ""
    )
    return db.session.scalar(query) is not None


def _in_writing(vote: Vote) -> bool:
    assembly = db.session.get(Assembly, vote.assembly_id) if vote.assembly_id else None
    return assembly is not None and assembly.form == WRITTEN


def _others(
    vote_id: int, whose: int | None, held: tuple[AssemblyElector, ...], by: Actor
) -> tuple[Other, ...]:
    """One's own organisation first, then those whose proxy it holds; without the one that the page is about."""
    if not held:
        return ()
    ids = {by.organisation_id, *(one.organisation_id for one in held)}
    query = select(RollEntry.organisation_id).join(Ballot, Ballot.roll_entry_id == RollEntry.id)
    voted = set(
        db.session.scalars(query.where(RollEntry.vote_id == vote_id, RollEntry.organisation_id.in_(ids)))
    )
    mine = Other(None, _organisation(by), by.organisation_id in voted)
    others = (Other(one.organisation_id, one.name, one.organisation_id in voted) for one in held)
    return tuple(one for one in (mine, *others) if (one.for_id or by.organisation_id) != whose)


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
    return OwnBallot(
        ballot.choice,
        ballot.receipt,
        ballot.cast_at,
        ballot.revision,
        name or "",
        ballot.channel,
        ballot.reason,
        ballot.proxy_id is not None,
    )


def _against(
    vote: Vote, entry: RollEntry | None, own: OwnBallot | None, by: Actor, at: datetime
) -> tuple[Refusal, ...]:
    mandate = db.session.get(Mandate, by.mandate_id) if by.mandate_id else None
    facts = VoteFacts(
        at=at, on_roll=entry is not None, mandate_from=mandate.starts_at if mandate else None,
        mandate_until=mandate.ends_at if mandate else None, opens_at=vote.opens_at, closes_at=vote.closes_at,
        choices=("-",), choice="-",
    )  # fmt: skip
    found = objections(VOTE, vote.state, "cast", by.role, facts)
    if vote.assembly_id is None or entry is None:
        return found
    elector = db.session.scalars(
        select(AssemblyElector).filter_by(assembly_id=vote.assembly_id, organisation_id=entry.organisation_id)
    ).one()
    used = own.channel if own else None
    asked = casting.allowed(
        vote.assembly_id, vote.id, elector, by, excluded=entry.excluded, used_channel=used,
        voted_itself=own is not None and not own.by_proxy, at=at,
    )  # fmt: skip
    return tuple(dict.fromkeys((*found, *asked.against)))


def _organisation(by: Actor) -> str:
    return db.session.scalar(select(Organisation.name).where(Organisation.id == by.organisation_id)) or ""
