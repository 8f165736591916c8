"""Counting a closed vote, signing and proclaiming the result, and making it final."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import agenda, dossiers, journal, notices, recipients, timers
from consultations.engine.officers import check_office
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.facts import board_heads, elections, motions, rolls, sheets, taken
from consultations.facts.outcomes import decided
from consultations.facts.votes import basis_of, count_facts, newest_count, person, vote_facts
from consultations.models.ballots import Count, Signature
from consultations.models.dossiers import Dossier
from consultations.models.votes import Vote
from workflows.canonical import sha256_of
from workflows.deadlines import end_of_day
from workflows.decisions import Decision
from workflows.elections.casting import casting_refusals
from workflows.elections.results import Result
from workflows.elections.ties import tie_from
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.vote import VOTE, VoteState
from workflows.vote_guards import DECIDED, PROCLAIMERS, covered

__all__ = [
    "add_count", "ask_signatures", "break_tie", "count", "counted_again", "decided", "facts_of", "finalise", "hold_timers",
    "leave_tied", "miss_quorum", "sign", "with_dossier",
]  # fmt: skip

FOLLOWED_BY = {"adopted": "adopt", "rejected": "not_adopt"}
TIES = {"casting_vote": Role.PRESIDENT, "second_vote": Role.SECRETARY, "lots": Role.SCRUTINEER}


def count(vote_id: int, *, by: Actor, at: datetime) -> Count | None:
    """Count a closed vote: decide(), or elect(), over the frozen roll and the newest ballot of each elector.

    A second call does nothing and answers with the count that stands; None while the vote is not closed.
    Errors: Refused when roll, text or rule is not the frozen one, or sheets of ballots on paper wait.
    """
    dossier, vote = with_dossier(vote_id)
    if vote.state != VoteState.CLOSED:
        return newest_count(vote_id)
    decision = decided(vote)
    facts = vote_facts(
        vote, by=by, at=at, roll_sha256=rolls.sha256(vote.id), text_sha256=motions.text_sha256(vote),
        decision_sha256=sha256_of(decision.to_dict()), sheets_waiting=sheets.waiting(vote.id),
    )  # fmt: skip
    references = {
        "decision_sha256": str(facts.decision_sha256), "ballots_sha256": decision.ballots_sha256, **board_heads.to_note(vote),
    }  # fmt: skip
    event = journal.move(vote, VOTE, "count", by=by, at=at, facts=facts, status=decision.status, **references)
    counted = add_count(vote, decision, at)
    if decision.status in DECIDED:
        ask_signatures(vote, counted, at, event)
    elif decision.status == "tie_pending":
        _ask_to_break(vote, counted, at, event)
    agenda.settle(vote.id, at=at)
    miss_quorum(vote, dossier, at=at)
    return counted


def add_count(
    vote: Vote, decision: Decision | Result, at: datetime, group: tuple[str, str] = ("", "")
) -> Count:
    """Write one count beside those before; `group`: attribute and value of the only one that was counted again."""
    before = newest_count(vote.id)
    return add(
        Count(
            vote_id=vote.id, number=before.number + 1 if before else 1, status=decision.status, counted_at=at,
            decision=decision.to_dict(), ballots_sha256=decision.ballots_sha256, group_by=group[0], group_value=group[1],
            last_ballot=taken.last_ballot(vote.id),
        )
    )  # fmt: skip


def miss_quorum(vote: Vote, dossier: Dossier | None, *, at: datetime) -> bool:
    """End a counted vote without quorum once the next call's vote is linked or this was the last; says whether it did."""
    facts = vote_facts(vote, by=SYSTEM, at=at, **count_facts(vote, newest_count(vote.id)))
    if facts.status != "no_quorum" or not (facts.last_call or facts.next_vote):
        return False
    references = {"next_vote": facts.next_vote} if facts.next_vote else {}
    event = journal.move(vote, VOTE, "no_quorum", by=SYSTEM, at=at, facts=facts, **references)
    db.session.flush()
    dossiers.follow(dossier, "call_again", by=SYSTEM, at=at, vote_state=vote.state)
    told = recipients.electors(vote.id, at=at)
    notices.notify("quorum_missed", told, vote, due_at=at, event=event, code=vote.code, **references)
    return True


def leave_tied(vote: Vote, dossier: Dossier | None, second: str, *, at: datetime) -> bool:
    """End a counted vote whose tie, by its rule, a second vote breaks: `second` is its code; says whether it did."""
    facts = facts_of(vote, SYSTEM, at, tie_breaker=second)
    if facts.status != "tie_pending" or basis_of(vote).tie != "second_vote" or facts.elected:
        return False  # whom an election elected beside the tie is still to be proclaimed
    event = journal.move(vote, VOTE, "leave_tied", by=SYSTEM, at=at, facts=facts, second_vote=second)
    db.session.flush()
    dossiers.follow(dossier, "call_again", by=SYSTEM, at=at, vote_state=vote.state)
    told = recipients.electors(vote.id, at=at)
    notices.notify("vote_tied", told, vote, due_at=at, event=event, code=vote.code, second_vote=second)
    return True


def break_tie(vote_id: int, *, casting_vote: str, by: Actor, at: datetime) -> Count:
    """The president's casting vote where the rule asks for one: a second count beside the first.

    `casting_vote` is yes or no; in an election the options that take the seats of the tie, joined by +.
    """
    _, vote = with_dossier(vote_id)
    check_office(vote.body_id, by=by, at=at)
    known = (
        _tied_options(vote, casting_vote) if elections.is_election(vote) else casting_vote in ("yes", "no")
    )
    facts = facts_of(vote, by, at, tie_breaker=casting_vote if known else None)
    if facts.status == "tie_pending" and basis_of(vote).tie != "casting_vote":
        raise Refused(refusal("second_vote_wanted"))
    event = journal.move(vote, VOTE, "break_tie", by=by, at=at, facts=facts, casting_vote=casting_vote)
    return counted_again(vote, decided(vote, casting_vote), event, at)


def _tied_options(vote: Vote, casting_vote: str) -> bool:
    """Whether a casting vote names options of the tie, as many as there are seats. Raises Refused where it does not."""
    counted = newest_count(vote.id)
    tie = counted.decision.get("tie") if counted else None
    if tie and (against := casting_refusals(casting_vote, tie_from(tie))):
        raise Refused(*against)
    return bool(tie)


def counted_again(vote: Vote, decision: Decision | Result, event: Any, at: datetime) -> Count:
    """A count that settles a tie, to be signed."""
    counted = add_count(vote, decision, at)
    ask_signatures(vote, counted, at, event)
    agenda.settle(vote.id, at=at)
    return counted


def sign(vote_id: int, *, number: int | None = None, by: Actor, at: datetime) -> bool:
    """Sign the newest count; the third of three persons proclaims it. Says whether it is proclaimed.

    Arguments: `number` the count whose minutes were read, if the page knows. Asking again is answered as before.
    Errors: Refused: another count has taken its place, no decision yet, this person or this role has signed.
    """
    vote = locked(Vote, vote_id)
    check_office(vote.body_id, by=by, at=at)
    facts, counted = facts_of(vote, by, at), newest_count(vote_id)
    if number is not None and counted is not None and number != counted.number:
        raise Refused(refusal("count_superseded", read=number, newest=counted.number))
    if (by.role, person(by.person_id)) in facts.signers:
        return vote.state != VoteState.COUNTED
    if by.role in {role for role, _ in facts.signers}:
        raise Refused(refusal("role_signed_before", role=by.role.value))
    number = counted.number if counted else 0
    signed = {"count": number, "minutes_sha256": facts.minutes_sha256 or ""}
    journal.move(vote, VOTE, "sign", by=by, at=at, facts=facts, **signed)
    add(Signature(count_id=counted.id, role=str(by.role), person_id=by.person_id, signed_at=at))  # type: ignore[union-attr]
    after = facts_of(vote, by, at)
    if not covered(PROCLAIMERS, after.signers):
        return False
    _proclaim(vote, by, at, after, signed)
    return True


def _proclaim(vote: Vote, by: Actor, at: datetime, facts: Any, signed: dict[str, Any]) -> None:
    event = journal.move(
        vote, VOTE, "proclaim", by=by, at=at, facts=facts, status=str(facts.status), **signed
    )
    day = at.astimezone(ZoneInfo(vote.zone)).date()
    vote.provisional_at = at
    vote.contest_until = end_of_day(day + timedelta(days=vote.contest_days), vote.zone)
    db.session.flush()
    timers.set_timer("finalise_vote", vote, vote.contest_until)
    told = recipients.electors(vote.id, at=at)
    once = f"count-{signed['count']}"
    notices.notify(
        "vote_result", told, vote, due_at=at, event=event, once=once, code=vote.code, status=str(facts.status)
    )


def finalise(vote_id: int, *, by: Actor, at: datetime) -> bool:
    """Make an uncontested result final when the contest window is over; the dossier follows. Repeating does nothing."""
    dossier, vote = with_dossier(vote_id)
    if vote.state != VoteState.PROVISIONAL:
        return False
    facts = facts_of(vote, by, at)
    journal.move(vote, VOTE, "finalise", by=by, at=at, facts=facts, status=str(facts.status))
    timers.clear_timers(vote, "finalise_vote")
    db.session.flush()
    follow = FOLLOWED_BY.get(str(facts.status), "")  # of an election no dossier hangs
    dossiers.follow(dossier, follow, by=by, at=at, vote_state=vote.state, vote_status=str(facts.status))
    return True


def ask_signatures(vote: Vote, counted: Count, at: datetime, event: Any) -> None:
    """Tell president, secretary and scrutineer that a count waits for them."""
    told = recipients.holders(sorted(PROCLAIMERS), vote.body_id, at=at)
    once = f"count-{counted.number}"
    notices.notify("signature_wanted", told, vote, due_at=at, event=event, once=once, code=vote.code)


def _ask_to_break(vote: Vote, counted: Count, at: datetime, event: Any) -> None:
    """Tell whoever the rule asks to break a tie: the president for a casting vote, the secretary for a second vote."""
    wanted = basis_of(vote).tie
    told = recipients.holders((TIES[wanted],), vote.body_id, at=at)
    once = f"count-{counted.number}"
    notices.notify(f"{wanted}_wanted", told, vote, due_at=at, event=event, once=once, code=vote.code)


def hold_timers(vote_id: int) -> None:
    """Lock the timers of a vote that wait: the clock takes its timer first and the vote second, and so does who leads.

    Whoever is to take timers back calls this before the vote is locked; otherwise the two would wait for each other.
    """
    timers.hold_timers("vote", vote_id)


def with_dossier(vote_id: int) -> tuple[Dossier | None, Vote]:
    """Both rows under exclusive locks, the dossier first; None where an agenda puts the vote. Raises NotFound."""
    dossier_id = db.session.scalar(select(Vote.dossier_id).where(Vote.id == vote_id))
    dossier = None if dossier_id is None else locked(Dossier, dossier_id)
    return dossier, locked(Vote, vote_id)


def facts_of(vote: Vote, by: Actor, at: datetime, **known: Any) -> Any:
    """What is known of a vote with its newest count."""
    return vote_facts(vote, by=by, at=at, **{**count_facts(vote, newest_count(vote.id)), **known})
