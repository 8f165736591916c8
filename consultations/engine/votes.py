"""A vote: reviewed, convened on a frozen roll, opened, led and closed. (Its draft: vote_drafts; its count: counts.)"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consultations.actor import Actor
from consultations.engine import (
    agenda,
    counts,
    dossiers,
    first_counts,
    journal,
    notices,
    recipients,
    rolls,
    timers,
)
from consultations.engine.officers import check_office
from consultations.engine.vote_drafts import edit, next_code, prepare
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import board_heads, motions, sheets, votes
from consultations.facts import rolls as roll_facts
from consultations.facts.votes import vote_facts
from consultations.models.dossiers import Dossier
from consultations.models.votes import Vote
from workflows.deadlines import reminder_instants, with_pause
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.vote import VOTE, VoteState

__all__ = [
    "call_off", "close_vote", "convene", "edit", "extend", "next_code", "open_vote", "prepare", "remind", "resume", "review",
    "send_back", "suspend",
]  # fmt: skip

REMINDER_DAYS = (7, 2, 1)


def review(vote_id: int, *, samples_shown: int, by: Actor, at: datetime) -> Vote:
    """Confirm as a second person; `samples_shown` is how many sample outcomes the page showed."""
    vote = _led(vote_id, by, at)
    if vote.state == VoteState.REVIEWED and vote.reviewed_by_id == by.person_id:
        return vote
    facts = vote_facts(vote, by=by, at=at, samples_shown=samples_shown)
    journal.move(vote, VOTE, "review", by=by, at=at, facts=facts, rule_sha256=vote.rule_sha256)
    vote.reviewed_by_id = by.person_id
    db.session.flush()
    return vote


def send_back(vote_id: int, *, reason: str, by: Actor, at: datetime) -> Vote:
    """Return a reviewed vote to its author, with a reason; the author is told, unless they return it themselves."""
    vote = _led(vote_id, by, at)
    event = _move(vote, "send_back", by, at, reason=reason)
    vote.reviewed_by_id = None
    db.session.flush()
    if vote.prepared_by_id != by.person_id:
        author, once = recipients.Recipient(vote.prepared_by_id), str(event.id)
        notices.notify(
            "vote_sent_back", [author], vote, due_at=at, event=event, once=once, code=vote.code, reason=reason.strip()
        )  # fmt: skip
    return vote


def convene(vote_id: int, *, by: Actor, at: datetime) -> Vote:
    """Call the members: the roll is frozen and hashed, who is on it is told, the clock is set (process.md, "convene").

    Errors: Refused: the notice is too short, the roll is empty or does not fit the rule, …; nothing is frozen then.
    """
    dossier, vote = _with_dossier(vote_id, by, at)
    if vote.assembly_id is not None:
        raise Refused(refusal("convened_with_assembly"))
    if vote.state == VoteState.CONVENED:
        return vote
    if vote.state == VoteState.REVIEWED:
        vote.roll_sha256 = rolls.freeze(vote, at)
    size = len(roll_facts.frozen(vote.id))
    facts = vote_facts(vote, by=by, at=at, roll_size=size, roll_sha256=vote.roll_sha256)
    event = journal.move(
        vote, VOTE, "convene", by=by, at=at, facts=facts, electors=size, roll_sha256=str(vote.roll_sha256),
        rule_sha256=vote.rule_sha256, text_sha256=vote.text_sha256,
    )  # fmt: skip
    vote.convened_at = at
    db.session.flush()
    if dossier is not None:
        dossiers.convene(dossier, by=by, at=at)
    told = recipients.electors(vote.id, at=at)
    notices.notify("vote_convened", told, vote, due_at=at, event=event, code=vote.code)
    timers.set_timer("open_vote", vote, vote.opens_at)
    _set_closing(vote, at)
    return vote


def call_off(vote_id: int, *, reason: str, by: Actor, at: datetime) -> Vote:
    """Call a vote off before it opens, with a reason; its dossier may be convened again.

    What has not left yet of its convocation is not sent any more; who was convened is told, with the reason.
    """
    dossier, vote = _with_dossier(vote_id, by, at)
    vote.roll_sha256 = vote.roll_sha256 or ""  # a draft never had one, and the CHECK wants it said
    event = _move(vote, "call_off", by, at, reason=reason)
    timers.clear_timers(vote)
    db.session.flush()
    if vote.convened_at is not None:
        notices.take_back("vote_convened", vote, why="called off", at=at)
        told = (*recipients.electors(vote.id, at=at), *recipients.told("vote_convened", vote))
        notices.notify(
            "vote_called_off", told, vote, due_at=at, event=event, code=vote.code, reason=reason.strip()
        )
    dossiers.follow(dossier, "call_again", by=by, at=at, reason=reason, vote_state=vote.state)
    return vote


def open_vote(vote_id: int, *, by: Actor, at: datetime) -> bool:
    """Open at the set instant, on the roll, text and rule that were frozen; says whether there was something to do."""
    vote = _led(vote_id, by, at)
    if vote.opened_at is not None:
        return False
    if vote.assembly_id is not None and not agenda.open_in_writing(vote, at=at):
        raise Refused(refusal("convened_with_assembly"))
    event = _move(
        vote, "open", by, at, roll_sha256=roll_facts.sha256(vote.id), text_sha256=motions.text_sha256(vote)
    )  # fmt: skip
    vote.opened_at = at
    db.session.flush()
    timers.clear_timers(vote, "open_vote")
    told = recipients.electors(vote.id, at=at)
    notices.notify("vote_opened", told, vote, due_at=at, event=event, code=vote.code)
    return True


def suspend(vote_id: int, *, reason: str, with_assembly: bool = False, by: Actor, at: datetime) -> Vote:
    """Stop voting for an incident; the closing time waits too. `with_assembly`: its assembly stops, and goes on with it."""
    vote = _led(vote_id, by, at)
    refs = {"assembly": f"assembly/{vote.assembly_id}"} if with_assembly else {}
    _move(vote, "suspend", by, at, reason=reason, refs=refs)
    timers.clear_timers(vote, "close_vote", "remind_vote")
    db.session.flush()
    return vote


def resume(vote_id: int, *, reason: str, by: Actor, at: datetime) -> Vote:
    """Go on voting: the closing time moves by what the suspension took, to the instant; the roll is told.

    Rounded, it would be an extension each time, and a vote is extended once at most. In a break of its assembly no vote
    goes on (Refused).
    """
    vote = _led(vote_id, by, at)
    if agenda.in_break(vote):
        raise Refused(refusal("assembly_in_break"))
    since = votes.suspended_from(vote) if vote.state == VoteState.SUSPENDED else None
    new_closes_at = with_pause(vote.closes_at, since, at) if since else vote.closes_at
    event = _move(vote, "resume", by, at, reason=reason, suspended_from=since, new_closes_at=new_closes_at)
    vote.closes_at = new_closes_at
    _set_closing(vote, at)
    told = recipients.electors(vote.id, at=at)
    notices.notify(
        "vote_resumed", told, vote, due_at=at, event=event, once=f"resumed-{event.id}", code=vote.code
    )
    return vote


def extend(vote_id: int, *, closes_at: datetime, reason: str, by: Actor, at: datetime) -> Vote:
    """Close later, once, decided before the closing time; everyone on the roll is told. Sent twice it is one extension."""
    vote = _led(vote_id, by, at)
    if vote.state == VoteState.OPEN and vote.extensions and vote.closes_at == closes_at:
        return vote
    days = votes.extension_days(vote)
    event = _move(vote, "extend", by, at, reason=reason, new_closes_at=closes_at, extension_days=days)
    vote.closes_at, vote.extensions = closes_at, vote.extensions + 1
    _set_closing(vote, at)
    told = recipients.electors(vote.id, at=at)
    once = f"extended-{vote.extensions}"
    notices.notify(
        "vote_extended", told, vote, due_at=at, event=event, once=once, code=vote.code, reason=reason.strip()
    )
    return vote


def remind(vote_id: int, *, by: Actor, at: datetime) -> int:
    """Tell the organisations without a ballot that the vote closes soon; returns how many people are told."""
    vote = locked(Vote, vote_id)
    if vote.state != VoteState.OPEN or at >= vote.closes_at:
        return 0
    told = recipients.delegates(first_counts.organisations(vote, voted=False), at=at)
    once = at.isoformat(timespec="minutes")
    return notices.notify("vote_closing_soon", told, vote, due_at=at, once=once, code=vote.code)


def close_vote(vote_id: int, *, by: Actor, at: datetime) -> bool:
    """Close at the deadline (or early, where the rule lets the president), record the board's head, and count.

    The lock is exclusive: every acknowledged ballot is on the board, none is cast afterwards. While sheets of ballots on
    paper are neither merged nor given up the vote stays closed and uncounted (engine/sheets.py counts it then). Says whether
    there was something to do: a second call does nothing, nor does the clock with a suspended vote, which a president is refused.
    """
    _, vote = _with_dossier(vote_id, by, at)
    if vote.closed_at is not None or (vote.state == VoteState.SUSPENDED and by.role is Role.SYSTEM):
        return False
    board = board_heads.to_note(vote)
    if waiting := sheets.waiting(vote.id):
        board["sheets"] = ", ".join(waiting)
    facts = vote_facts(vote, by=by, at=at, board_head=board["board_head"])
    event = journal.move(vote, VOTE, "close", by=by, at=at, facts=facts, **board)
    vote.closed_at = at
    timers.clear_timers(vote, "close_vote", "remind_vote")
    db.session.flush()
    first_counts.tell(vote, at=at, event=event)
    first_counts.count(vote, at=at)
    return True


def _move(
    vote: Vote, name: str, by: Actor, at: datetime, *, reason: str = "", refs: Mapping[str, str] | None = None, **known: Any
) -> Any:  # fmt: skip
    facts = vote_facts(vote, by=by, at=at, reason=reason, **known)
    references = dict(refs or {})
    if closes_at := _text(known.get("new_closes_at")):
        references["closes_at"] = closes_at
    return journal.move(vote, VOTE, name, by=by, at=at, facts=facts, reason=reason, **references)


def _text(at: datetime | None) -> str:
    return at.isoformat(timespec="microseconds") if at else ""


def _set_closing(vote: Vote, at: datetime) -> None:
    """Set the closing timer and the reminders that still lie ahead, in place of those that wait."""
    db.session.flush()
    timers.reset_timer("close_vote", vote, vote.closes_at)
    timers.clear_timers(vote, "remind_vote")
    for due_at in reminder_instants(vote.closes_at, REMINDER_DAYS):
        if due_at > max(at, vote.opens_at):
            timers.set_timer("remind_vote", vote, due_at)


def _led(vote_id: int, by: Actor, at: datetime) -> Vote:
    if by.role is not Role.SYSTEM:
        counts.hold_timers(vote_id)
    vote = locked(Vote, vote_id)
    check_office(vote.body_id, by=by, at=at)
    return vote


def _with_dossier(vote_id: int, by: Actor, at: datetime) -> tuple[Dossier | None, Vote]:
    """Both rows under exclusive locks, the dossier first (None: a vote of an agenda)."""
    if by.role is not Role.SYSTEM:
        counts.hold_timers(vote_id)
    dossier, vote = counts.with_dossier(vote_id)
    check_office(vote.body_id, by=by, at=at)
    return dossier, vote
