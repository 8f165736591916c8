"""Casting: the hot path. Few statements, no counting, nothing that grows with the number of ballots.

Locks: shared on the vote (closing takes it exclusively), exclusive on the organisation's entry of the roll, so that two
tabs of one organisation cast one after the other and all others side by side (architecture.md, "Two walks"), and at last
shared on the mandate, which ending it takes exclusively.
The statements are in ballot_statements.py, made once (benchmarks/results.md says what that is worth).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from consultations.actor import Actor
from consultations.engine import journal, notices, recipients, voters
from consultations.engine.ballot_statements import KNOWN, LOCKED, MANDATE, add_together
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import elections
from consultations.facts.boards import leaf
from consultations.models.votes import Vote
from workflows.ballots import castable
from workflows.elections.terms import Terms
from workflows.machine import advance, objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.rules import rule_from
from workflows.vote import VOTE, VoteFacts

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters that nobody confuses: five bits each
NO = "no"
ONLINE, PAPER = "online", "paper"
GROUPS, GROUP_LENGTH = 4, 4  # 80 bits: the leaf of a ballot cannot be tried out


@dataclass(frozen=True)
class Receipt:
    """What an organisation is given for its ballot. `repeated`: this ballot was there before the request."""

    code: str
    choice: str
    cast_at: datetime
    revision: int
    repeated: bool


def cast(
    vote_id: int,
    choice: str,
    request_id: str,
    *,
    known: int | None = None,
    for_id: int | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Receipt:
    """Cast or change the ballot of the organisation that `by` acts for, or of one (`for_id`) whose proxy it holds.

    `known`: the revision of its ballot that was shown (0 for none), if any was; a ballot that came since is not replaced
    unseen (Refused `ballot_meanwhile`). The same `request_id`, or the choice that stands already, answers with the receipt that was given before, even
    after closing. `reason` goes with a "no" where the vote asks for it. In an assembly only who is there may vote.
    Errors: NotFound; Refused with every reason, the last of which says whether an earlier ballot stands.
    """
    db.session.flush()  # what follows goes past the session
    connection = db.session.connection()
    organisation_id = for_id or by.organisation_id
    vote = _locked(connection, vote_id, organisation_id, by)
    mandate, there_before = _known(connection, vote.entry_id, by, request_id)
    for there in there_before:
        if there.request_id == request_id:
            return _given(there)
    standing = max(there_before, key=lambda ballot: ballot.revision, default=None)
    facts = _facts(vote, mandate, choice, standing, at)
    voter = voters.allowed(vote, organisation_id, standing, by, at)
    name = "change" if standing else "cast"
    against = (
        *objections(VOTE, vote.state, name, by.role, facts),
        *_misfits(vote, choice),
        *voter.against,
        *_unsaid(vote, choice, reason),
    )
    if against:
        raise Refused(*dict.fromkeys(against), *_what_stands(vote, standing))
    if standing and standing.choice == choice and (standing.reason == reason or choice != NO):
        return _given(standing)
    if standing and known is not None and standing.revision != known:
        raise Refused(refusal("ballot_meanwhile"))
    event = advance(VOTE, vote.state, name, by.role, facts).event
    said = {
        "choice": choice, "reason": reason.strip() if choice == NO else "", "proxy_id": voter.proxy_id, "for_id": organisation_id,
    }  # fmt: skip
    return _write(connection, event, vote, said, request_id, standing, by, at)


def _unsaid(vote: Row[Any], choice: str, reason: str) -> tuple[Refusal, ...]:
    """Where the vote asks for it, who votes no says why."""
    missing = vote.reason_on_no and choice == NO and not reason.strip()
    return (refusal("no_without_reason"),) if missing else ()


def _locked(connection: Connection, vote_id: int, organisation_id: int | None, by: Actor) -> Row[Any]:
    """The vote with the organisation's entry of its roll (nulls when it is not on it), locked."""
    own = {"vote_id": vote_id, "organisation_id": organisation_id, "mandate_id": by.mandate_id}
    found = connection.execute(LOCKED, own).one_or_none()
    if found is None:
        raise NotFound(f"Vote {vote_id}")
    return found


def _known(
    connection: Connection, entry_id: int | None, by: Actor, request_id: str
) -> tuple[Row[Any] | None, Sequence[Row[Any]]]:
    """The mandate, the ballot that stands and the one of this very request: read after the locks, so nothing newer is missed."""
    who = {
        "mandate_id": by.mandate_id, "person_id": by.person_id, "role": str(by.role), "organisation_id": by.organisation_id,
    }  # fmt: skip
    if entry_id is None:
        return connection.execute(MANDATE, who).one_or_none(), ()
    rows = connection.execute(KNOWN, {**who, "entry_id": entry_id, "request_id": request_id}).all()
    mandate = rows[0] if rows[0].starts_at is not None else None
    return mandate, [row for row in rows if row.revision is not None]


def _facts(
    vote: Row[Any],
    mandate: Row[Any] | None,
    choice: str,
    standing: Row[Any] | None,
    at: datetime,
) -> VoteFacts:
    return VoteFacts(
        at=at,
        on_roll=vote.entry_id is not None,
        mandate_from=mandate.starts_at if mandate else None,
        mandate_until=mandate.ends_at if mandate else None,
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        # What an election's ballot may hold is asked of its terms (`_misfits`).
        choices=(choice,) if vote.method != elections.RULE else _choices(vote.id, vote.rule_sha256),
        choice=choice,
        has_ballot=standing is not None,
    )


@lru_cache(maxsize=64)
def _choices(vote_id: int, rule_sha256: str) -> tuple[str, ...]:
    """The choices of a rule, and blank; cached by its hash, under which it cannot change."""
    return castable(rule_from(db.session.scalar(select(Vote.rule).where(Vote.id == vote_id))).choices)


def _misfits(vote: Row[Any], choice: str) -> tuple[Refusal, ...]:
    """What speaks against the ballot of an election: options it does not know, too many, the same one twice …"""
    if vote.method == elections.RULE:
        return ()
    return elections.against_choice(_terms(vote.id, vote.rule_sha256), choice)


@lru_cache(maxsize=64)
def _terms(vote_id: int, rule_sha256: str) -> Terms:
    """The terms of an election; cached by their hash, under which they cannot change."""
    return elections.read(db.session.scalar(select(Vote.rule).where(Vote.id == vote_id)))


def _what_stands(vote: Row[Any], standing: Row[Any] | None) -> tuple[Any, ...]:
    if vote.entry_id is None:
        return ()
    if standing is None:
        return (refusal("no_ballot_stands"),)
    return (refusal("earlier_ballot_stands", cast_at=standing.cast_at.isoformat()),)


def _write(
    connection: Connection, event: str, vote: Row[Any], said: dict[str, Any], request_id: str,
    standing: Row[Any] | None, by: Actor, at: datetime,
) -> Receipt:  # fmt: skip
    assert vote.entry_id is not None  # the guard organisation_on_roll has refused otherwise
    receipt, revision = new_receipt(), standing.revision + 1 if standing else 1
    ballot = {
        "vote_id": vote.id, "roll_entry_id": vote.entry_id, "revision": revision, "request_id": request_id,
        "choice": said["choice"], "reason": said["reason"], "proxy_id": said["proxy_id"], "receipt": receipt, "cast_at": at, "person_id": by.person_id, "mandate_id": by.mandate_id, "channel": ONLINE,
    }  # fmt: skip
    references = {
        "elector": vote.elector,
        "revision": revision,
        "leaf": leaf(vote.code, vote.elector, revision, said["choice"], receipt),
    }
    if said["proxy_id"]:
        references["proxy"] = said["proxy_id"]
    happened = _event(event, vote, references, by, at)
    mail = _notice(vote, receipt, revision, said["for_id"], by, at)
    add_together(connection, ballot=ballot, event=happened, notice=mail)
    if said["proxy_id"]:
        _tell_principal(vote, said["for_id"], revision, at)
    return Receipt(receipt, said["choice"], at, revision, repeated=False)


def _event(name: str, vote: Row[Any], references: dict[str, Any], by: Actor, at: datetime) -> dict[str, Any]:
    """What journal.record writes, for a vote that is no loaded row; the choice stays out of it until closing."""
    payload = {
        "event": name, "subject": f"vote/{vote.id}", "role": str(by.role),
        **({"dossier": f"dossier/{vote.dossier_id}"} if vote.dossier_id else {}),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "organisation": f"organisation/{by.organisation_id}",
        **references,
    }  # fmt: skip
    return {
        "name": name, "subject_kind": "vote", "subject_id": vote.id, "dossier_id": vote.dossier_id, "at": at,
        "role": str(by.role), "person_id": by.person_id, "mandate_id": by.mandate_id,
        "organisation_id": by.organisation_id, "reason": "", "payload": journal.canonical(payload),
    }  # fmt: skip


def _notice(
    vote: Row[Any], receipt: str, revision: int, for_id: int, by: Actor, at: datetime
) -> dict[str, Any]:
    """The receipt by mail to who cast, for the organisation it was cast for. Without the choice: a mail box has other readers."""
    return {
        "key": f"ballot_receipt:vote/{vote.id}:{receipt}:{by.person_id}/{for_id}", "kind": "ballot_receipt",
        "person_id": by.person_id, "organisation_id": for_id, "subject_kind": "vote", "subject_id": vote.id,
        "params": {"code": vote.code, "receipt": receipt, "revision": str(revision)}, "due_at": at,
        "attempts": 0, "last_error": "",
    }  # fmt: skip


def _tell_principal(vote: Row[Any], for_id: int, revision: int, at: datetime) -> None:
    """Whoever acts for the organisation that gave the proxy learns that its holder voted for it; not how."""
    told = recipients.delegates((for_id,), at=at)
    row = db.session.get_one(Vote, vote.id)
    notices.notify("ballot_by_proxy", told, row, due_at=at, once=f"{for_id}-{revision}", code=vote.code)


def _given(ballot: Row[Any]) -> Receipt:
    return Receipt(ballot.receipt, ballot.choice, ballot.cast_at, ballot.revision, repeated=True)


def new_receipt() -> str:
    """A random code such as "7F3A-K2MX-9QWT-C4NP"; no clock and no counter in it."""
    # 256 is a multiple of 32: every character is as likely as any other.
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(GROUPS * GROUP_LENGTH))
    return "-".join(letters[n : n + GROUP_LENGTH] for n in range(0, len(letters), GROUP_LENGTH))
