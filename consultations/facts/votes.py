"""Rows of a vote -> what its workflow asks about it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import board_heads, elections, motions
from consultations.facts.rules_in_force import binds
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Count, Signature
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.canonical import sha256_of
from workflows.elections.terms import Terms
from workflows.faults import InputRefusedError
from workflows.roles import Role
from workflows.rules import Rule, rule_from
from workflows.vote import VoteFacts, VoteState
from workflows.vote_facts import Signer
from workflows.vote_guards import DECIDED

CONTESTABLE = ("provisional", "contested")
EXTENSION_DAYS = 15
STOPPED = (VoteState.SUSPENDED, VoteState.VOIDED)
STOPPED_BY = ("vote_suspended", "vote_called_off", "vote_voided")


@dataclass(frozen=True)
class Stop:
    """Since when a vote stands still, and the reason given; `for_good`: it was called off, else it may go on."""

    at: datetime
    reason: str
    for_good: bool


def vote_facts(vote: Vote, *, by: Actor, at: datetime, **known: Any) -> VoteFacts:
    """What the vote's own rows say; `known` adds what the act brings (reason, new dates, a recomputed roll …)."""
    return VoteFacts(**{**_bound(vote), **_dates(vote, at), "at": at, "actor": person(by.person_id), **known})


def _bound(vote: Vote) -> dict[str, Any]:
    return {
        "author": person(vote.prepared_by_id),
        # The hash that was stored. Opening and counting bring that of the words themselves (facts.texts).
        "text_sha256": motions.stored_sha256(vote),
        "frozen_text_sha256": vote.text_sha256,
        "rule_sha256": sha256_of(vote.rule),
        "frozen_rule_sha256": vote.rule_sha256,
        "rule_faults": basis_faults(vote),
        "draws_lots": elections.draws_lots(vote) if not basis_faults(vote) else None,
        "seed_commitment": vote.seed_commitment,
        "rule_in_force": binds(vote),
        "frozen_roll_sha256": vote.roll_sha256,
        # A written vote opens without a quorum: it is asked when the ballots are counted (docs/decisions/0005).
        "quorum_of_call_met": True,
    }


def _dates(vote: Vote, at: datetime) -> dict[str, Any]:
    return {
        "notice_days": notice_days(vote, at),
        "notice_days_needed": vote.notice_days,
        "opens_at": vote.opens_at,
        "closes_at": vote.closes_at,
        "extensions": vote.extensions,
        "rule_lets_president_close": vote.president_may_close,
        "contest_until": vote.contest_until,
    }


def call_in_session(vote: Vote, call: int) -> int:
    """The call that a vote of an agenda is held in when its assembly is in this one.

    Where the vote's rule has calls of its own it is the step of them that the assembly's call stands on.
    """
    asked, ladder = max(1, call), [step.number for step in basis_of(vote).quorum]
    return max((n for n in ladder if n <= asked), default=1) if ladder else asked


def call_of(vote: Vote) -> int:
    """The call of a vote; of an agenda, until it is opened, that of its session now."""
    if vote.assembly_id is None or vote.opened_at is not None:
        return vote.call
    return call_in_session(vote, db.session.get_one(Assembly, vote.assembly_id).call)


def extension_days(vote: Vote) -> int:
    """By how many days a vote is extended at most: the body's setting "vote_extension_days", fifteen if unset."""
    return int(vote.body.settings.get("vote_extension_days", EXTENSION_DAYS))


def count_facts(vote: Vote, count: Count | None) -> dict[str, Any]:
    """What the newest count adds: its status, who signed it, whether its minutes can be made."""
    if count is None:
        return {}
    known = {
        "status": count.status,
        "decision_sha256": sha256_of(count.decision),
        # In an assembly the call is that of the session: the item goes back to discussion.
        "last_call": vote.assembly_id is not None or basis_of(vote).call(vote.call + 1) is None,
        "next_vote": next_vote(vote),
        "signers": signers(count),
        "elected": len(count.decision.get("elected", ())),
    }
    decides = count.status in DECIDED or (known["elected"] and known["next_vote"])
    return {**known, "minutes_sha256": minutes_sha256(vote, count) if decides else None}


def person(id: int | None) -> str | None:
    """The opaque id that guards compare."""
    return None if id is None else f"person/{id}"


def rule_of(vote: Vote) -> Rule:
    """The vote's rule as the rules read it; not of a vote that elects."""
    return rule_from(vote.rule)


def basis_of(vote: Vote) -> Rule | Terms:
    """What a vote is decided by: its rule, or the terms of its election. Both have quorum, tie, title and source."""
    return elections.terms_of(vote) if elections.is_election(vote) else rule_of(vote)


def basis_faults(vote: Vote) -> int:
    """How many faults reading it finds."""
    try:
        basis_of(vote)
    except InputRefusedError as refused:
        return len(refused.faults)
    return 0


def notice_days(vote: Vote, at: datetime) -> int:
    """Days from the day of the call to the day it opens, in the vote's zone (the day of the call is day nought)."""
    zone = ZoneInfo(vote.zone)
    return (vote.opens_at.astimezone(zone).date() - at.astimezone(zone).date()).days


def newest_count(vote_id: int) -> Count | None:
    """The count that stands: the one with the highest number."""
    return db.session.scalar(
        select(Count).where(Count.vote_id == vote_id).order_by(Count.number.desc()).limit(1)
    )


def signers(count: Count) -> tuple[Signer, ...]:
    """Who signed this count, in which capacity."""
    query = (
        select(Signature.role, Signature.person_id)
        .where(Signature.count_id == count.id)
        .order_by(Signature.id)
    )
    return tuple((Role(role), str(person(id))) for role, id in db.session.execute(query))


def next_vote(vote: Vote) -> str | None:
    """The code of the vote of the next call on the same dossier, or that an election asked for, if it is prepared."""
    if vote.dossier_id is None:
        later = elections.following(vote)
        return later.code if later else None
    query = select(Vote.code).where(
        Vote.dossier_id == vote.dossier_id, Vote.call == vote.call + 1, Vote.id > vote.id
    )
    return db.session.scalar(query.order_by(Vote.id).limit(1))


def may_be_contested(vote: Vote, at: datetime) -> bool:
    """Whether a result waits for its window to end: also one that others have contested may be contested."""
    return vote.state in CONTESTABLE and vote.contest_until is not None and at < vote.contest_until


def suspended_from(vote: Vote) -> datetime | None:
    """When the suspension that lasts began."""
    query = select(Event.at).where(
        Event.subject_kind == "vote", Event.subject_id == vote.id, Event.name == "vote_suspended"
    )
    return db.session.scalar(query.order_by(Event.id.desc()).limit(1))


def stops(found: Iterable[Vote]) -> dict[int, Stop]:
    """What stopped those of these votes that are suspended or called off, by their id; asks nothing if none is."""
    still = {vote.id: vote.state == VoteState.VOIDED for vote in found if vote.state in STOPPED}
    if not still:
        return {}
    query = select(Event).where(
        Event.subject_kind == "vote", Event.subject_id.in_(still), Event.name.in_(STOPPED_BY)
    )
    events = db.session.scalars(query.order_by(Event.id))  # the newest of a vote is the last
    return {event.subject_id: Stop(event.at, event.reason, still[event.subject_id]) for event in events}


def awaited(vote: Vote, status: str) -> str:
    """What a counted vote waits for: signatures; without a decision next_call, casting_vote, second_vote or lots.

    `status` is that of the count that stands. Without quorum there is a next call: after the last, the vote has ended.
    Whom an election has elected beside a tie is proclaimed once the second vote is prepared.
    """
    if status == "no_quorum":
        return "next_call"
    if status != "tie_pending":
        return "signatures"
    tie = basis_of(vote).tie
    return "signatures" if tie == "second_vote" and elections.following(vote) else tie


def noted(vote_id: int, event: str, key: str) -> Any:
    """What the payload of the newest such event says under `key` (the board's head, the casting vote …)."""
    query = select(Event.payload).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name == event
    )
    payload = db.session.scalar(query.order_by(Event.id.desc()).limit(1))
    return None if payload is None else json.loads(payload).get(key)


def minutes_sha256(vote: Vote, count: Count) -> str:
    """The hash of what the minutes state: text, rule, roll, times, board head (with that of papers merged later) and decision."""
    heads = board_heads.heads(vote.id)
    return sha256_of(
        {
            **({"counted_board_head": heads.counted} if heads.counted else {}),
            "vote": vote.code,
            "questions": vote.questions,
            "text_sha256": vote.text_sha256,
            "rule_sha256": vote.rule_sha256,
            "roll_sha256": vote.roll_sha256,
            "call": vote.call,
            "opened_at": _iso(vote.opened_at),
            "closed_at": _iso(vote.closed_at),
            "board_head": heads.closing or None,
            "count": count.number,
            "decision": count.decision,
        }
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="microseconds")
