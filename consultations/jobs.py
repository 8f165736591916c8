"""What the runner does at each look at the clock: fire what is due, send what waits. Each is one verb, one commit."""

import smtplib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from consultations import mailer
from consultations.actor import SYSTEM
from consultations.engine import (
    assemblies,
    counts,
    due,
    outbox,
    reviews,
    round_reminders,
    round_running,
    satisfaction,
    votes,
)
from consultations.engine.due import Due
from consultations.engine.work import NotFound, unit_of_work
from consultations.extensions import db
from consultations.letters import LETTERS
from consultations.queries import outbox as letters
from workflows.refusals import Refused

Handlers = Mapping[str, Callable[..., Any]]

HANDLERS: Handlers = {
    "open_round": round_running.open_round,
    "remind_round": round_reminders.remind,
    "close_round": round_running.close_round,
    "end_grace": round_running.start_answers,
    "review_reminder": reviews.remind,
    "end_satisfaction": satisfaction.end_window,
    "open_vote": votes.open_vote,
    "remind_vote": votes.remind,
    "close_vote": votes.close_vote,
    "finalise_vote": counts.finalise,
    "open_written": assemblies.open_written,
    "close_written": assemblies.close_written,
}
"""Timer kind -> the verb that it runs; closing a vote counts it in the same transaction."""

BATCH = 20
MOST_ROUNDS = 100

log = structlog.get_logger()


def tick(at: datetime, handlers: Handlers = HANDLERS) -> int:
    """Fire every timer that is due at `at`, in due order, effective at its due time; returns how many fired.

    What a timer sets for an instant already past (a closing after a long stop) is fired in the same look. A
    timer that is refused waits for its next try and holds up no other.
    """
    count, tried = 0, set[int]()
    for _ in range(MOST_ROUNDS):
        timer = next((timer for timer in due.due_timers(at=at) if timer.id not in tried), None)
        if timer is None:
            break
        tried.add(timer.id)
        count += fire(timer, at, handlers)
    return count


def fire(timer: Due, at: datetime, handlers: Handlers = HANDLERS) -> bool:
    """Fire one timer in a transaction of its own; says whether it fired now, by us."""
    try:
        with unit_of_work():
            if not due.take(timer):
                return False
            # Marked first: a verb clears the timers that are still to fire, and SQLite gives their ids away again.
            due.fired(timer, at=at)
            handlers[timer.kind](timer.subject_id, by=SYSTEM, at=timer.due_at)
    except OperationalError:
        # The database was busy or away, which says nothing about the timer: it is tried at the next look.
        log.warning("timer_postponed", timer=timer.id, kind=timer.kind)
        return False
    except (Refused, NotFound) as refused:
        return _failed(timer, f"{type(refused).__name__}: {refused}")
    except Exception as error:  # a defect in one verb must not stop the clock for the others
        log.exception("timer_broke", timer=timer.id, kind=timer.kind)
        return _failed(timer, repr(error))
    log.info("timer_fired", timer=timer.id, kind=timer.kind, subject=timer.subject_id, late=_late(timer, at))
    return True


def send_mail(at: datetime, most: int = BATCH) -> int:
    """Send up to `most` notices that are due; returns how many went out.

    A mail server that cannot be reached costs each claimed notice one try; they come again later.
    """
    if not outbox.waiting(at=at):
        return 0
    with unit_of_work():
        claimed = outbox.claim(most, at=at)
    try:
        with mailer.post(current_app.extensions["settings"]) as deliver:
            return sum(_send(notice, deliver, at) for notice in claimed)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail_server_away", error=type(error).__name__)
        _note(claimed, error)
        return 0


def _send(notice: outbox.Claimed, deliver: mailer.Deliver, at: datetime) -> bool:
    to, about = letters.addressee(notice.person_id), letters.subject(notice.subject_kind, notice.subject_id)
    why = _unwanted(notice, to, about, at)
    mail = None if why or about is None else _written(notice, about, to, at)
    db.session.rollback()  # nothing stays open while a mail server takes its time
    if why:
        _mark(outbox.dropped, notice.id, why, at=at)
    elif mail is not None:
        return _delivered(notice, mail, deliver, at)
    return False


def _unwanted(
    notice: outbox.Claimed, to: letters.Addressee, about: letters.Subject | None, at: datetime
) -> str:
    if about is None or notice.kind not in LETTERS:
        return "nothing to say"
    if not to.active:
        return "person closed"
    if notice.kind in letters.REMINDERS and letters.overtaken(notice.id):
        return "a newer reminder goes out"
    return letters.unwanted(notice.kind, about, notice.person_id, notice.organisation_id, at=at)


def _written(notice: outbox.Claimed, about: letters.Subject, to: letters.Addressee, at: datetime) -> Any:
    try:
        return mailer.message(notice, about, to, at=at)
    except Exception as error:  # one letter that cannot be written must not hold up the others
        log.exception("letter_broke", notice=notice.id, kind=notice.kind)
        db.session.rollback()
        _mark(outbox.failed, notice.id, repr(error))
        return None


def _delivered(notice: outbox.Claimed, mail: Any, deliver: mailer.Deliver, at: datetime) -> bool:
    try:
        deliver(mail, f"{notice.id:08}-{notice.kind}")
    except mailer.Undeliverable as error:
        _mark(outbox.given_up, notice.id, str(error), at=at)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _refused(notice, f"{type(error).__name__}: {error}", at)
    else:
        _mark(outbox.sent, notice.id, at=at)
        log.info("mail_sent", notice=notice.id, kind=notice.kind, attempt=notice.attempt)
        return True
    log.warning("mail_failed", notice=notice.id, kind=notice.kind, attempt=notice.attempt)
    return False


def _refused(notice: outbox.Claimed, why: str, at: datetime) -> None:
    if notice.attempt < outbox.MOST_ATTEMPTS:
        _mark(outbox.failed, notice.id, why)
    else:
        _mark(outbox.given_up, notice.id, why, at=at)


def _note(claimed: tuple[outbox.Claimed, ...], error: Exception) -> None:
    with unit_of_work():
        for notice in claimed:
            outbox.failed(notice.id, f"{type(error).__name__}: {error}")


def _mark(verb: Callable[..., None], *args: Any, **kwargs: Any) -> None:
    with unit_of_work():
        verb(*args, **kwargs)


def _failed(timer: Due, why: str) -> bool:
    _mark(due.failed, timer, why)
    log.warning("timer_failed", timer=timer.id, kind=timer.kind, attempt=timer.attempts + 1)
    return False


def _late(timer: Due, at: datetime) -> int:
    """Whole seconds after its due time."""
    return int((at - timer.due_at).total_seconds())
