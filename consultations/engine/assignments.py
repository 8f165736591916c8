"""Who of the Unit answers a comment, and until when; for one and for many at once. Locks: the round shared, then comments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.recipients import holders
from consultations.engine.work import NotFound, locked_all, shared
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.rounds import Round
from workflows.refusals import refusal
from workflows.roles import Role


@dataclass(frozen=True)
class Charge:
    """What to set. `keep_*`: leave it as it is, else None takes the person or the day away."""

    assignee_id: int | None = None
    due_on: date | None = None
    keep_assignee: bool = False
    keep_due: bool = False


def assign(
    round_id: int, comment_ids: Iterable[int], charge: Charge, *, by: Actor, at: datetime
) -> tuple[Comment, ...]:
    """Set who answers these comments, and until when; returns those that this changed. Set so before, nothing happens.

    Errors: Refused with every reason; NotFound for a comment that the round did not receive.
    """
    check_unit(by, "assign_comments", at=at)
    round_ = shared(Round, round_id)
    chosen = _received(round_, sorted(set(comment_ids)))
    today = at.astimezone(ZoneInfo(round_.zone)).date()
    past = not charge.keep_due and charge.due_on is not None and charge.due_on < today
    changes = any(comment.due_on != charge.due_on for comment in chosen)
    refuse_any(
        None if chosen else refusal("comments_not_chosen"),
        refusal("nothing_to_assign") if charge.keep_assignee and charge.keep_due else None,
        None if charge.keep_assignee or _answers(charge.assignee_id, at) else refusal("assignee_not_in_unit"),
        refusal("due_day_past") if past and (changes or not chosen) else None,
    )
    changed = tuple(comment for comment in chosen if _set(comment, charge))
    journal.record_all("comment_assigned", changed, by=by, at=at, refs=_charged)
    return changed


def _received(round_: Round, comment_ids: list[int]) -> list[Comment]:
    """These comments locked, in one select."""
    there = locked_all(Comment, comment_ids)
    for id in comment_ids:
        if id not in there or there[id].round_id != round_.id or there[id].state in NOT_RECEIVED:
            raise NotFound(f"Comment {id} of round {round_.id}")
    return list(there.values())


def _answers(person_id: int | None, at: datetime) -> bool:
    """Whether the person has a mandate of the Unit; nobody at all is always right."""
    unit = holders((Role.UNIT, Role.UNIT_HEAD), None, at=at)
    return person_id is None or person_id in {one.person_id for one in unit}


def _set(comment: Comment, charge: Charge) -> bool:
    """Whether this changed anything."""
    before = comment.assignee_id, comment.due_on
    if not charge.keep_assignee:
        comment.assignee_id = charge.assignee_id
    if not charge.keep_due:
        comment.due_on = charge.due_on
    return (comment.assignee_id, comment.due_on) != before


def _charged(comment: Comment) -> dict[str, str]:
    due = comment.due_on.isoformat() if comment.due_on else ""
    return {"to": f"person/{comment.assignee_id or 0}", "due": due}
