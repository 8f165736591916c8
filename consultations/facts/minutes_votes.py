"""One vote as minutes state it: its count with every threshold, and how each organisation voted."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import board_heads
from consultations.facts.taken import scopes, taken
from consultations.models.ballots import Ballot, Count
from consultations.models.events import Event
from consultations.models.votes import RollEntry, Vote
from workflows.canonical import sha256_of

NOT_VOTED = "not_voted"
FIRST, LAST = ("yes", "no", "abstain"), ("blank", "invalid", NOT_VOTED, "interest")


def iso(at: datetime | None) -> str | None:
    """An instant in UTC as text, the same whatever the database gives it back in."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def by_then(instant: datetime | None, at: datetime) -> str | None:
    """The same of something that had happened by `at`; None of what came later."""
    return None if instant is None or instant > at else iso(instant)


def of_vote(vote: Vote, at: datetime) -> dict[str, Any]:
    """What is known of a convened vote at `at`; without a count (`count` 0) it has no figures."""
    count, heads = count_at(vote.id, at), board_heads.heads(vote.id, Event.at <= at)
    told = {
        "id": vote.id, "code": vote.code, "method": vote.method, "call": vote.call, "questions": vote.questions,
        "rule": {"title": vote.rule.get("title") or {}, "cites": vote.rule.get("cites", ""), "sha256": vote.rule_sha256},
        "text_sha256": vote.text_sha256, "roll_sha256": vote.roll_sha256, "opened_at": by_then(vote.opened_at, at),
        "closed_at": by_then(vote.closed_at, at), "voters": heads.voters, "casts": heads.casts,
        "board_head": heads.closing, "counted_board_head": heads.counted, "count": 0, "status": "",
        "options": {option["id"]: option["names"] for option in vote.rule.get("options", ())},
    }  # fmt: skip
    return told if count is None else {**told, **_counted(vote, count), "roll_call": roll_call(vote, count)}


def count_at(vote_id: int, at: datetime) -> Count | None:
    """The count that stood at `at`: the newest of those made by then."""
    query = select(Count).where(Count.vote_id == vote_id, Count.counted_at <= at)
    return db.session.scalar(query.order_by(Count.number.desc()).limit(1))


def roll_call(vote: Vote, count: Count) -> list[dict[str, Any]]:
    """Every organisation of the roll with the ballot that this count took, by country and name."""
    ballots = taken(vote.id, scopes(vote.id, count.number))
    entries = db.session.scalars(select(RollEntry).where(RollEntry.vote_id == vote.id))
    rows = [_row(entry, ballots.get(entry.elector)) for entry in entries]
    return sorted(rows, key=lambda row: (row["country"], row["name"], row["elector"]))


def _row(entry: RollEntry, ballot: Ballot | None) -> dict[str, Any]:
    return {
        "elector": entry.elector, "name": entry.name, "country": entry.attributes.get("country", ""),
        "weight": entry.weight, "choice": ballot.choice if ballot else entry.excluded or NOT_VOTED,
        "channel": ballot.channel if ballot else "", "proxy": ballot is not None and ballot.proxy_id is not None,
    }  # fmt: skip


def counted(decision: dict[str, Any]) -> dict[str, Any]:
    """The figures of a decision by a rule, or of the result of an election: what both have, and what only one of them has."""
    lines = [*decision["quorum"]["conditions"], *decision.get("conditions", [])]
    asked = len(decision["quorum"]["conditions"])
    return {
        "status": decision["status"], "electors": decision["electors"], "ballots_sha256": decision["ballots_sha256"],
        "counted_roll_sha256": decision["roll_sha256"], "quorum_asked": decision["quorum"]["asked"],
        "heads": [
            {"choice": choice, "heads": decision["heads"][choice], "weight": decision["weight"][choice]}
            for choice in sorted(decision["heads"], key=place)
        ],
        "weighted": any(line["unit"] == "weight" for line in lines),
        "conditions": [{**line, "quorum": n < asked} for n, line in enumerate(lines)],
        "elected": list(decision.get("elected", [])),
    }  # fmt: skip


def place(choice: str) -> tuple[int, str]:
    """Where a choice stands among others: in favour, against, abstention, options, then what chooses nothing."""
    return (
        FIRST.index(choice) - len(FIRST)
        if choice in FIRST
        else LAST.index(choice) + 1
        if choice in LAST
        else 0,
        choice,
    )


def at_count(vote_id: int, name: str, key: str, at: datetime) -> str | None:
    """What the newest such event by the instant of a count says under `key`: a casting vote, the seed of lots."""
    return _event(vote_id, name, at).get(key) or None


def _counted(vote: Vote, count: Count) -> dict[str, Any]:
    return {
        "count": count.number, "counted_at": iso(count.counted_at), **counted(count.decision), "status": count.status,
        "decision_sha256": sha256_of(count.decision), "sentences": count.decision["sentences"],
        "casting_vote": at_count(vote.id, "tie_broken", "casting_vote", count.counted_at) or "",
        "group_by": count.group_by, "group_value": count.group_value, "earlier": _earlier(count),
    }  # fmt: skip


def _earlier(count: Count) -> list[dict[str, Any]]:
    query = select(Count.number, Count.status, Count.counted_at).where(
        Count.vote_id == count.vote_id, Count.number < count.number
    )
    rows = db.session.execute(query.order_by(Count.number))
    return [{"count": number, "status": status, "at": iso(at)} for number, status, at in rows]


def _event(vote_id: int, name: str, at: datetime) -> dict[str, Any]:
    """The payload of the newest such event by then."""
    query = select(Event.payload).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name == name, Event.at <= at
    )
    found = db.session.scalar(query.order_by(Event.id.desc()).limit(1))
    return dict(json.loads(found)) if found else {}
