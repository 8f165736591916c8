"""The rule book of a body: versions of its rules, written by one person and approved by a second.

Locks: the body first, so that versions of one rule are numbered and put in force one after the other; then the version.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.officers import check_office
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.roll_trials import tried
from consultations.facts.rule_books import replaced, rule_facts, used_from, written
from consultations.models.base import NotFound
from consultations.models.organisations import Network
from consultations.models.rule_books import LONGEST_KEY, RuleVersion
from workflows.canonical import sha256_of
from workflows.machine import advance
from workflows.refusals import Refused, refusal
from workflows.rule_book import RULE_BOOK, RuleKind, RuleState
from workflows.rule_kinds import check, stamped

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Words:
    """What a version says. `content` is parsed JSON; its id, version, title and source are put in (but for elections).

    `in_force_until`: the first day on which it is no longer in force; None: until it is replaced.
    """

    titles: dict[str, str]
    cites: str
    content: dict[str, Any] = field(repr=False)
    in_force_from: date
    in_force_until: date | None = None


def write(body_id: int, *, kind: str, key: str, words: Words, by: Actor, at: datetime) -> RuleVersion:
    """Write a rule into the book as a draft: the next version of its `key` (a short name: small letters, digits, hyphens).

    A draft of the key that waits already, by this person and in these words, is that draft.
    Errors: InputRefusedError: it cannot be read; Refused: it contradicts itself, cites nothing, …; NotFound.
    """
    locked(Network, body_id)
    check_office(body_id, by=by, at=at)
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise Refused(refusal("rule_key_wrong"))
    row = RuleVersion(
        body_id=body_id, kind=RuleKind(kind), key=key, version=_next(body_id, kind, key), written_by_id=by.person_id,
        created_at=at,
    )  # fmt: skip
    _say(row, words, at)
    if there := _waiting(row):
        return there
    with db.session.no_autoflush:
        facts = rule_facts(row, by=by, at=at)
        journal.begin(row, RULE_BOOK, "write", by=by, at=at, facts=facts, **_told(row))
    return row


def edit(version_id: int, *, words: Words, by: Actor, at: datetime) -> RuleVersion:
    """Change a draft that no vote has taken. Who edits becomes its author: somebody else must approve it.

    Errors: as for `write`; Refused also when it is no draft any more.
    """
    row = _led(version_id, by, at)
    with db.session.no_autoflush:
        if row.state == RuleState.DRAFT:
            _say(row, words, at)
            row.written_by_id = by.person_id
        facts = rule_facts(row, by=by, at=at)
        journal.move(row, RULE_BOOK, "edit", by=by, at=at, facts=facts, **_told(row))
    db.session.flush()
    return row


def approve(version_id: int, *, sha256: str = "", by: Actor, at: datetime) -> RuleVersion:
    """Put a draft in force as a second person, from its first day on; the version before it ends on that day.

    `sha256`: the hash that was read ("" = whichever stands); another is refused (`rule_changed`).
    Errors: Refused: who approves wrote it, another version begins later, a vote used the one before afterwards, …
    """
    row = _led(version_id, by, at)
    if row.state == RuleState.IN_FORCE and row.approved_by_id == by.person_id:
        return row
    if sha256 and sha256 != row.sha256:
        raise Refused(refusal("rule_changed"))
    before = replaced(row)
    facts = rule_facts(row, by=by, at=at)
    # Asked first: with the state its approval is written, in one statement, and neither if it is refused.
    advance(RULE_BOOK, row.state, "approve", by.role, facts)
    row.approved_by_id, row.approved_at = by.person_id, at
    journal.move(row, RULE_BOOK, "approve", by=by, at=at, facts=facts, **_told(row))
    for other in before:
        _supersede(other, row, by, at)
    db.session.flush()
    return row


def withdraw(version_id: int, *, reason: str, from_day: date, by: Actor, at: datetime) -> RuleVersion:
    """End a version with a reason: it is no longer in force from `from_day`; a draft is given up at once.

    Errors: Refused: a vote that was convened by it opens on that day or later, it had not begun, …
    """
    row = _led(version_id, by, at)
    if row.state == RuleState.WITHDRAWN:
        return row
    draft = row.state == RuleState.DRAFT
    given = {} if draft else {"in_force_until": from_day, "used_after": used_from(row, from_day)}
    facts = rule_facts(row, by=by, at=at, reason=reason, **given)
    move = "discard" if draft else "withdraw"
    journal.move(row, RULE_BOOK, move, by=by, at=at, facts=facts, reason=reason, **_told(row))
    if not draft:
        row.in_force_until = from_day
    db.session.flush()
    return row


def _supersede(other: RuleVersion, row: RuleVersion, by: Actor, at: datetime) -> None:
    facts = rule_facts(other, by=by, at=at, used_after=used_from(other, row.in_force_from))
    if other.state == RuleState.IN_FORCE:
        journal.move(
            other, RULE_BOOK, "supersede", by=by, at=at, facts=facts, **_told(other), by_version=f"ruleversion/{row.id}"
        )  # fmt: skip
    elif facts.used_after:
        raise Refused(refusal("rule_used_afterwards", count=facts.used_after))
    other.in_force_until = row.in_force_from


def _say(row: RuleVersion, words: Words, at: datetime) -> None:
    """Put the words into the row. Errors: InputRefusedError, Refused: the content cannot be meant, or kept by the members."""
    row.titles, row.cites = written(words.titles), words.cites.strip()
    row.in_force_from, row.in_force_until = words.in_force_from, words.in_force_until
    named = {"title": row.titles or {"es": row.key}, "cites": row.cites or "-"}
    row.content = stamped(
        row.kind, words.content, key=row.key, version=row.version, titles=named["title"], cites=named["cites"]
    )
    check(row.kind, row.content)
    if row.kind == RuleKind.ROLL and (made := tried(row.body_id, row.content, at.date())) and made.never_kept:
        raise Refused(*made.never_kept)
    row.sha256 = sha256_of(row.content)


def _next(body_id: int, kind: str, key: str) -> int:
    query = select(func.max(RuleVersion.version)).where(
        RuleVersion.body_id == body_id, RuleVersion.kind == kind, RuleVersion.key == key
    )
    return (db.session.scalar(query) or 0) + 1


def _waiting(row: RuleVersion) -> RuleVersion | None:
    """The newest version of the key if it is this person's draft and says the same: the form was sent twice."""
    query = select(RuleVersion).filter_by(
        body_id=row.body_id, kind=row.kind, key=row.key, version=row.version - 1, state=RuleState.DRAFT,
        written_by_id=row.written_by_id,
    )  # fmt: skip
    there = db.session.scalar(query)
    if there is None or (there.titles, there.cites) != (row.titles, row.cites):
        return None
    said = row.content if row.kind == RuleKind.ELECTION else {**row.content, "version": there.version}
    days = (there.in_force_from, there.in_force_until) == (row.in_force_from, row.in_force_until)
    return there if said == there.content and days else None


def _told(row: RuleVersion) -> dict[str, str | int]:
    return {"kind": str(row.kind), "key": row.key, "version": row.version, "rule_sha256": row.sha256}


def _led(version_id: int, by: Actor, at: datetime) -> RuleVersion:
    """The version, locked after its body."""
    body_id = db.session.scalar(select(RuleVersion.body_id).where(RuleVersion.id == version_id))
    if body_id is None:
        raise NotFound(f"RuleVersion {version_id}")
    locked(Network, body_id)
    check_office(body_id, by=by, at=at)
    return locked(RuleVersion, version_id)
