"""One vote as its officers see it: where it stands, what may be done, what speaks against it, who is missing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies, boards, elections, pairs, rolls, sheets, votes
from consultations.facts.rule_words import in_words
from consultations.facts.samples import Sample, samples
from consultations.facts.samples_elections import ElectionSample, election_samples
from consultations.models.assemblies import AgendaItem
from consultations.models.ballots import Count, Signature
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.votes import Vote
from consultations.queries.vote_lines import (
    BEFORE_CALL,
    ContestLine,
    Step,
    VoteLine,
    contests_of,
    line_of,
    steps,
    text_label,
)
from workflows.canonical import sha256_of
from workflows.deadlines import with_pause
from workflows.machine import allowed, objections, possible
from workflows.refusals import Refusal
from workflows.roles import Role
from workflows.vote import VOTE, VoteState
from workflows.vote_guards import notice_long_enough

S = VoteState
SIGNATORIES = (Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER)  # workflows.vote_guards.PROCLAIMERS, in order
ASKED = ("review", "convene", "open", "sign")  # moves whose objections a page tells before they are tried


@dataclass(frozen=True)
class Missing:
    """An organisation of the roll without a ballot, and who acts for it."""

    name: str
    country: str
    delegates: str


@dataclass(frozen=True)
class FirstSignature:
    """What one person signed of an act that takes two: who, in which role, when, and why."""

    name: str
    role: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class VotePage:
    """One vote for its officers; nothing here tells a choice before closing. `awaits`: what a count waits for, else "";
    `unsigned`: the roles that still have to sign, once one has; `unasked`: languages of members that the question lacks; `tied`: the options of an election's tie, by id and name."""

    line: VoteLine
    call: int
    body: dict[str, str]
    dossier_id: int | None
    text_label: str
    version_id: int | None
    text_sha256: str
    rule_title: dict[str, str]
    rule_cites: str
    rule_version_id: int | None
    rule_words: dict[str, list[str]]
    rule_sha256: str
    weight_field: str
    roll_sha256: str
    roll_size: int
    notice_days: int
    contest_days: int
    prepared_by: str
    reviewed_by: str
    contest_until: datetime | None
    president_may_close: bool
    show_turnout: bool
    tie: str
    status: str | None
    count_number: int
    decision_sha256: str  # of the newest count; "" before there is one
    signed: tuple[tuple[str, str, datetime], ...]
    unsigned: tuple[str, ...]
    void_signed: tuple[FirstSignature, ...]
    roll_waits: bool
    unasked: tuple[str, ...]
    ballots: int
    missing: tuple[Missing, ...]
    contests: tuple[ContestLine, ...]
    steps: tuple[Step, ...]
    can: frozenset[str]
    awaits: str
    next_call_wanted: bool
    second_vote_wanted: bool
    against: dict[str, tuple[Refusal, ...]]
    item_id: int | None = None  # of an agenda
    tied: tuple[tuple[str, str], ...] = ()
    tied_places: int = 0
    seed_commitment: str = ""
    waits: tuple[str, ...] = ()  # sheets of ballots on paper that are neither merged nor given up

    @property
    def open_contest(self) -> ContestLine | None:
        """The contest that waits for the committee."""
        return next((contest for contest in self.contests if contest.resolution is None), None)


def page(vote_id: int, *, by: Actor, at: datetime) -> VotePage | None:
    """One vote for an officer of its body (an auditor sees every body's); None for anybody else."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or (vote.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    count, rule = votes.newest_count(vote_id), votes.basis_of(vote)
    facts = _assumed(vote, count, by, at)
    voted = _voted(vote)
    awaits = votes.awaited(vote, count.status) if count and vote.state == S.COUNTED else ""
    signed = _signed(count)
    leads = by.role is Role.SECRETARY and vote.body_id == by.network_id
    return VotePage(
        line=line_of(vote), call=votes.call_of(vote), body=vote.body.names, dossier_id=vote.dossier_id,
        text_label=text_label(vote), version_id=vote.version_id, text_sha256=vote.text_sha256, rule_title=dict(rule.title), rule_cites=rule.cites, rule_version_id=vote.rule_version_id,
        rule_words=in_words(rule, votes.call_of(vote)), rule_sha256=vote.rule_sha256, weight_field=vote.weight_field,
        roll_sha256=vote.roll_sha256 or "", roll_size=facts.roll_size, notice_days=vote.notice_days,
        contest_days=vote.contest_days, prepared_by=_name(vote.prepared_by_id), reviewed_by=_name(vote.reviewed_by_id),
        contest_until=vote.contest_until, president_may_close=vote.president_may_close, show_turnout=vote.show_turnout, tie=rule.tie, status=count.status if count else None, count_number=count.number if count else 0, decision_sha256=sha256_of(count.decision) if count else "", signed=signed,
        unsigned=_unsigned(signed, awaits), void_signed=_void_signed(vote), roll_waits=pairs.proposed_roll(vote) is not None, unasked=_unasked(vote, at),
        ballots=len(voted), missing=_missing(vote, voted, at), contests=contests_of(vote_id), steps=steps(vote, count),
        can=_can(vote, count, facts, by), awaits=awaits, next_call_wanted=leads and awaits == "next_call",
        second_vote_wanted=leads and awaits == "second_vote", against=_against(vote, awaits, facts, by, at),
        item_id=db.session.scalar(select(AgendaItem.id).where(AgendaItem.vote_id == vote.id).limit(1)),
        tied=_tied(vote, count), tied_places=_tie(count).get("places", 0), seed_commitment=vote.seed_commitment,
        waits=_waits(vote),
    )  # fmt: skip


def first_to_annul(vote_id: int, contest_id: int) -> FirstSignature | None:
    """Who of the committee wanted the vote annulled over a contest, while another member is awaited."""
    one = pairs.annulment(db.session.get_one(Vote, vote_id), contest_id)
    return FirstSignature(_name(one.person_id), str(one.role), one.at, one.reason) if one else None


def samples_of(
    vote_id: int, *, at: datetime
) -> tuple[tuple[Sample | ElectionSample, ...], tuple[Refusal, ...]]:
    """Three sample outcomes on the roll as it would be now; or why there can be none yet."""
    vote = db.session.get_one(Vote, vote_id)
    electors = would_be(vote, at)
    if reasons := rolls.objections(votes.basis_of(vote), vote.weight_field, electors):
        return (), reasons
    if elections.is_election(vote):
        return election_samples(elections.terms_of(vote), electors, vote.call), ()
    return samples(votes.rule_of(vote), electors, vote.call), ()


def would_be(vote: Vote, at: datetime) -> tuple[rolls.Elector, ...]:
    """The electors if the vote were convened at `at`; of an agenda, those of the assembly once they are frozen."""
    if vote.assembly_id and (found := assemblies.electors(vote.assembly_id)):
        return tuple(
            rolls.Elector(e.organisation_id, e.elector, e.name, e.weight, e.attributes) for e in found
        )
    return rolls.members(vote.body_id, vote.weight_field, at.astimezone(ZoneInfo(vote.zone)).date())


def _assumed(vote: Vote, count: Count | None, by: Actor, at: datetime) -> Any:
    """Facts with what a form will bring taken as given, so that a page offers exactly what can succeed."""
    before = vote.state in BEFORE_CALL
    size = len(would_be(vote, at)) if before else len(rolls.frozen(vote.id))
    since = votes.suspended_from(vote) if vote.state == S.SUSPENDED else None
    closes_at = with_pause(vote.closes_at, since, at) if since else vote.closes_at + timedelta(days=1)
    given = {
        "reason": "-", "samples_shown": 3, "roll_size": size, "suspended_from": since, "new_closes_at": closes_at,
        "extension_days": votes.extension_days(vote),
        "roll_sha256": "-" if before else rolls.sha256(vote.id), "board_head": "-", "tie_breaker": "yes",
        "new_roll_sha256": "-", "signers": tuple(signed.signer for signed in pairs.voiding(vote)),
    }  # fmt: skip
    return votes.vote_facts(vote, by=by, at=at, **{**given, **votes.count_facts(vote, count)})


def _can(vote: Vote, count: Count | None, facts: Any, by: Actor) -> frozenset[str]:
    if vote.body_id != by.network_id:
        return frozenset()
    moves = set(allowed(VOTE, vote.state, by.role, facts))
    if by.role in {role for role, _ in facts.signers}:
        moves.discard("sign")
    if vote.state == S.CLOSED and by.role in (Role.PRESIDENT, Role.SECRETARY) and not _waits(vote):
        moves.add("count")
    if count is not None and votes.basis_of(vote).tie != "casting_vote":
        moves.discard("break_tie")
    return frozenset(moves | _lots(vote, count, facts, by))


def _waits(vote: Vote) -> tuple[str, ...]:
    return sheets.waiting(vote.id) if vote.state in sheets.TAKING else ()


def _lots(vote: Vote, count: Count | None, facts: Any, by: Actor) -> set[str]:
    """Binding a seed and revealing it: what the form brings is not known here."""
    bound = replace(facts, seed_commitment="0" * 64)
    moves = set() if objections(VOTE, vote.state, "commit_seed", by.role, bound) else {"commit_seed"}
    waits = count is not None and vote.state == S.COUNTED and votes.awaited(vote, count.status) == "lots"
    if waits and by.role in (Role.SCRUTINEER, Role.PRESIDENT):
        moves.add("draw_lots")
    return moves


def _tie(count: Count | None) -> dict[str, Any]:
    return (count.decision.get("tie") if count else None) or {}


def _tied(vote: Vote, count: Count | None) -> tuple[tuple[str, str], ...]:
    """The options of a tie with their names in the language of the minutes, which is that of ballots and files."""
    names = {option["id"]: option["names"] for option in vote.rule.get("options", ())}
    return tuple(
        (id, names[id].get("es") or next(iter(names[id].values()))) for id in _tie(count).get("options", ())
    )


def _against(vote: Vote, awaits: str, facts: Any, by: Actor, at: datetime) -> dict[str, tuple[Refusal, ...]]:
    """What speaks against the moves that this role would make next; a count without a decision is not signed."""
    found = {
        name: objections(VOTE, vote.state, name, by.role, facts)
        for name in possible(VOTE, vote.state, by.role)
        if name in ASKED and (name != "sign" or awaits == "signatures")
    }
    if vote.state in BEFORE_CALL:
        found["roll"] = rolls.objections(votes.basis_of(vote), vote.weight_field, would_be(vote, at))
        short = notice_long_enough(facts)
        # Only a warning yet: the day of the call decides. Who may convene reads it among all that speaks against that.
        found["notice"] = (short,) if short and "convene" not in found else ()
    return {name: reasons for name, reasons in found.items() if reasons}


def _voted(vote: Vote) -> set[str]:
    if vote.state in (*BEFORE_CALL, S.CONVENED):
        return set()
    return {elector for elector, _ in boards.newest(vote.id)}


def _missing(vote: Vote, voted: set[str], at: datetime) -> tuple[Missing, ...]:
    if vote.state not in (S.OPEN, S.SUSPENDED):
        return ()
    entries = [e for e in rolls.frozen(vote.id) if e.elector not in voted]
    names = _delegates([e.organisation_id for e in entries], at)
    rows = (
        Missing(e.name, e.attributes["country"], ", ".join(names.get(e.organisation_id, ()))) for e in entries
    )
    return tuple(sorted(rows, key=lambda row: (row.country, row.name)))


def _delegates(organisations: list[int], at: datetime) -> dict[int, list[str]]:
    query = (
        select(Mandate.organisation_id, Person.name)
        .join(Person)
        .where(
            Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(organisations), Mandate.starts_at <= at
        )
        .where(Mandate.ends_at.is_(None) | (Mandate.ends_at > at))
        .order_by(Mandate.rank)
    )
    found: dict[int, list[str]] = {}
    for organisation_id, name in db.session.execute(query):
        found.setdefault(organisation_id, []).append(name)
    return found


def _signed(count: Count | None) -> tuple[tuple[str, str, datetime], ...]:
    if count is None:
        return ()
    query = (
        select(Signature.role, Person.name, Signature.signed_at)
        .join(Person)
        .where(Signature.count_id == count.id)
    )
    return tuple(tuple(row) for row in db.session.execute(query.order_by(Signature.id)))


def _void_signed(vote: Vote) -> tuple[FirstSignature, ...]:
    """Who has signed that a vote which still runs is void."""
    if vote.state not in (S.OPEN, S.SUSPENDED):
        return ()
    return tuple(
        FirstSignature(_name(one.person_id), str(one.role), one.at, one.reason) for one in pairs.voiding(vote)
    )


def _unsigned(signed: tuple[tuple[str, str, datetime], ...], awaits: str) -> tuple[str, ...]:
    if not signed or awaits != "signatures":
        return ()
    given = {role for role, _, _ in signed}
    return tuple(str(role) for role in SIGNATORIES if role not in given)


def _unasked(vote: Vote, at: datetime) -> tuple[str, ...]:
    """The languages of the body's members in which the question is not written, until the vote is convened."""
    if vote.state not in BEFORE_CALL:
        return ()
    day = at.astimezone(ZoneInfo(vote.zone)).date()
    return tuple(lang for lang in rolls.languages(vote.body_id, day) if not vote.questions.get(lang))


def _name(person_id: int | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
