"""Amending the roll of a convened assembly before it begins: a secretary proposes, a second person signs (process.md).

Nobody writes a roll by hand: it takes over, for the organisations named, what the body's rule makes of the register now; one
that the rule leaves out comes on it by the reason given. The rolls of the assembly's votes follow, with the same hash.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from consultations.actor import Actor
from consultations.engine import assembly_rolls, journal, notices, recipients, seconds
from consultations.engine.assembly_lock import led
from consultations.engine.rolls import row_of
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import pairs, rolls
from consultations.facts.assembly_roll_changes import chosen as changes_of
from consultations.facts.assembly_rolls import frozen
from consultations.facts.pairs import Signed
from consultations.facts.roll_changes import Change, applied
from consultations.facts.votes import basis_of, person, vote_facts
from consultations.models.assemblies import Assembly, AssemblyElector, RollChange
from consultations.models.events import Event
from consultations.models.presence import Presence, Proxy
from consultations.models.votes import RollEntry, Vote
from workflows.assembly import ASSEMBLY
from workflows.refusals import Refused, refusal
from workflows.roll_amendments import objections_to_amended
from workflows.roll_rule_reading import roll_rule_from
from workflows.rolls import roll_sha256
from workflows.vote import VOTE, VoteState

KINDS = {"added": "added", "removed": "removed", "changed": "reweighted"}
"""What a change is called in the journal -> in the table of changes."""


def propose(assembly_id: int, *, organisations: Iterable[int], reason: str, by: Actor, at: datetime) -> str:
    """Propose that the roll takes these organisations over as the rule has them now; returns the hash it would have.

    A newer proposal takes the place of one that waits; sent twice it is one. Errors: Refused: nothing of it differs, the
    roll would fit the calls or a vote no more, one that would go has come already, no reason, the assembly has begun.
    """
    assembly = led(assembly_id, by, at)
    chosen = changes_of(assembly, at, organisations)
    roll = _hash(assembly, chosen)
    waits = pairs.proposed_assembly_roll(assembly)
    if waits and (waits.refs["roll_sha256"], waits.reason, waits.person_id) == (roll, reason, by.person_id):
        return roll
    told = facts.assembly_facts(assembly, by=by, at=at, reason=reason, new_roll_sha256=roll)
    ids = [f"organisation/{change.elector.organisation_id}" for change in chosen]
    event = journal.move(
        assembly, ASSEMBLY, "propose_roll", by=by, at=at, facts=told, reason=reason, organisations=ids, roll_sha256=roll,
    )  # fmt: skip
    seconds.ask_about_roll(assembly, event, by=by, at=at)
    return roll


def confirm(assembly_id: int, *, roll_sha256: str, by: Actor, at: datetime) -> bool:
    """Sign an amendment as the second person: the roll, and those of its convened votes, change and get the new hash.

    Arguments: `roll_sha256` the hash of the amended roll that the person read. Says whether there was something to do.
    Errors: Refused: nothing waits, another proposal or another register than was read, the proposer signs twice, …
    """
    assembly = led(assembly_id, by, at)
    if assembly.roll_sha256 == roll_sha256:
        return False
    waits = pairs.proposed_assembly_roll(assembly)
    named = [int(str(ref).rpartition("/")[2]) for ref in waits.refs["organisations"]] if waits else []  # type: ignore[attr-defined]
    chosen = changes_of(assembly, at, named)
    if waits is None or not roll_sha256 == waits.refs["roll_sha256"] == _hash(assembly, chosen):
        raise Refused(refusal("roll_proposal_stale"))
    signed = {"reason": waits.reason, "second_person": person(waits.person_id), "new_roll_sha256": roll_sha256, "roll_change_published": True}  # fmt: skip
    told = facts.assembly_facts(assembly, by=by, at=at, **signed)
    refs = {
        "roll_sha256": roll_sha256, "former_sha256": str(assembly.roll_sha256), "second_role": str(waits.role), **_references(chosen),
    }  # fmt: skip
    event = journal.move(
        assembly,
        ASSEMBLY,
        "amend_roll",
        by=by,
        at=at,
        facts=told,
        reason=waits.reason,
        **refs,
        weights=_weights(chosen),
    )
    assembly.roll_sha256 = roll_sha256
    _write(assembly, chosen)
    _record(assembly, chosen, waits, by, at)
    for vote in _convened(assembly):
        known = vote_facts(vote, by=by, at=at, opens_at=assembly.starts_at, **signed)
        journal.move(vote, VOTE, "amend_roll", by=by, at=at, facts=known, reason=waits.reason, **refs)
        _follow(vote, chosen, roll_sha256)
    _tell(assembly, chosen, event, at)
    _end_proxies(assembly, chosen, event, at)
    db.session.flush()
    return True


def _hash(assembly: Assembly, chosen: Collection[Change]) -> str:
    """The hash of the amended roll. Errors: Refused when it cannot be one, or does not fit what is asked of it."""
    electors = applied(frozen(assembly.id), chosen)
    if not electors:
        raise Refused(refusal("roll_empty"))
    asking = (facts.calls_of(assembly), *(basis_of(vote) for vote in _convened(assembly)))
    found = [reason for rule in asking for reason in rolls.objections(rule, "", electors)]
    if reasons := (*dict.fromkeys(found), *_came(assembly, chosen)):
        raise Refused(*reasons)
    amended = rolls.roll(electors)
    if reasons := objections_to_amended(roll_rule_from(assembly.roll_rule), amended):
        raise Refused(*reasons)
    return roll_sha256(amended)


def _came(assembly: Assembly, chosen: Iterable[Change]) -> Iterable[Any]:
    """Who has come cannot be taken off any more: its stay is on record."""
    gone = [change.elector.organisation_id for change in chosen if change.now is None]
    query = (
        select(AssemblyElector.name)
        .join(Presence, Presence.elector_id == AssemblyElector.id)
        .where(AssemblyElector.assembly_id == assembly.id, AssemblyElector.organisation_id.in_(gone))
    )
    if names := sorted(set(db.session.scalars(query))):
        yield refusal("roll_elector_came", names=", ".join(names))


def _convened(assembly: Assembly) -> list[Vote]:
    """Its votes that have a roll, each under a lock, by id."""
    query = select(Vote.id).where(Vote.assembly_id == assembly.id, Vote.state == VoteState.CONVENED)
    return [locked(Vote, id) for id in db.session.scalars(query.order_by(Vote.id)).all()]


def _references(chosen: Iterable[Change]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    for change in chosen:
        found[change.kind].append(f"organisation/{change.elector.organisation_id}")
    return found


def _weights(chosen: Iterable[Change]) -> dict[str, list[str]]:
    """Before and after, "" where it is not on the roll."""
    return {
        f"organisation/{change.elector.organisation_id}": [side.weight if side else "" for side in (change.before, change.now)]
        for change in chosen
    }  # fmt: skip


def _write(assembly: Assembly, chosen: Iterable[Change]) -> None:
    for change in chosen:
        row = db.session.scalar(
            select(AssemblyElector).filter_by(
                assembly_id=assembly.id, organisation_id=change.elector.organisation_id
            )
        )
        if change.now is None and row is not None:
            row.assembly_id = None
        elif change.now is not None and row is not None:
            row.weight, row.attributes = change.now.weight, change.now.attributes
    db.session.flush()
    assembly_rolls.write(assembly, [change.now for change in chosen if change.now and change.before is None])


def _record(assembly: Assembly, chosen: Iterable[Change], waits: Signed, by: Actor, at: datetime) -> None:
    db.session.add_all(
        RollChange(
            assembly_id=assembly.id, organisation_id=change.elector.organisation_id, kind=KINDS[change.kind], reason=waits.reason,
            weight=change.now.weight if change.now else "", proposed_at=waits.at, proposed_by_id=waits.person_id, confirmed_at=at,
            confirmed_by_id=by.person_id, roll_sha256=str(assembly.roll_sha256),
        )
        for change in chosen
    )  # fmt: skip


def _follow(vote: Vote, chosen: Collection[Change], roll: str) -> None:
    """The roll of a vote that nobody has opened changes with that of its assembly."""
    touched = [change.elector.organisation_id for change in chosen]
    db.session.execute(
        delete(RollEntry).where(RollEntry.vote_id == vote.id, RollEntry.organisation_id.in_(touched))
    )
    if rows := [row_of(vote, change.now) for change in chosen if change.now]:
        db.session.execute(insert(RollEntry), rows)
    vote.roll_sha256 = roll


def _tell(assembly: Assembly, chosen: Iterable[Change], event: Event, at: datetime) -> None:
    """The delegates of each organisation are told what became of its place; to one that comes on it, it is the call."""
    for change in chosen:
        told = recipients.delegates([change.elector.organisation_id], at=at)
        notices.notify(
            f"assembly_roll_{change.kind}", told, assembly, due_at=at, event=event, once=str(event.id), code=assembly.code,
            reason=event.reason.strip(), place=assembly.place, link=assembly.link,
        )  # fmt: skip


def _end_proxies(assembly: Assembly, chosen: Iterable[Change], event: Event, at: datetime) -> None:
    """With an organisation that goes, the proxies that it gave or holds end; who gave it one is told."""
    gone = select(AssemblyElector.id).where(
        AssemblyElector.assembly_id.is_(None),
        AssemblyElector.organisation_id.in_([c.elector.organisation_id for c in chosen if c.now is None]),
    )
    standing = (Proxy.assembly_id == assembly.id, Proxy.withdrawn_at.is_(None))
    gave = (
        select(AssemblyElector.organisation_id)
        .join(Proxy, Proxy.principal_id == AssemblyElector.id)
        .where(*standing, Proxy.holder_id.in_(gone))
    )
    told = recipients.delegates(db.session.scalars(gave).all(), at=at)
    notices.notify(
        "assembly_proxy_ended", told, assembly, due_at=at, event=event, once=str(event.id), code=assembly.code
    )
    ended = update(Proxy).where(*standing, or_(Proxy.holder_id.in_(gone), Proxy.principal_id.in_(gone)))
    db.session.execute(ended.values(withdrawn_at=at).execution_options(synchronize_session="fetch"))
