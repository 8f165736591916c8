"""A round's dates: from days to instants, and the timers that follow from them."""

from datetime import date, datetime

from consultations.engine.timers import clear_timers, hold_timers, set_timer
from consultations.engine.work import locked
from consultations.facts.rounds import grace_until, late_until
from consultations.models.rounds import Round
from workflows.deadlines import (
    DayCount,
    closing,
    end_of_day,
    reminder_instants,
    start_of_day,
    zone_named,
)
from workflows.refusals import Refused, refusal

RUNNING = ("close_round", "remind_round")


def period(
    opens_on: date | None, closes_on: date | None, days: int | None, zone: str, day_count: str
) -> tuple[datetime | None, datetime | None]:
    """From the first instant of the opening day to the first instant after the last day, in UTC.

    Arguments: `closes_on` the last day that is in time, or else `days` counted as `day_count` says (inclusive: both
    ends count; elapsed: the first day is day nought). Without an opening day there is no period yet.
    Errors: Refused: unknown zone, less than one day, the last day before the first.
    """
    zone_named(zone)
    if opens_on is None:
        return None, None
    opens_at = start_of_day(opens_on, zone)
    if closes_on is None:
        return opens_at, closing(opens_on, days, zone, DayCount(day_count)) if days is not None else None
    if closes_on < opens_on:
        raise Refused(refusal("closing_before_opening"))
    return opens_at, end_of_day(closes_on, zone)


def set_dates(round: Round, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Give a round that was not announced yet its dates; from announcing on, only `postpone` moves them."""
    round.opens_at, round.closes_at, round.first_closes_at = opens_at, closes_at, closes_at


def locked_with_timers(round_id: int) -> Round:
    """The round locked after its timers, for verbs that move or take back what the clock waits for. Raises NotFound."""
    hold_timers("round", round_id)
    return locked(Round, round_id)


def await_opening(round: Round) -> None:
    """The clock opens it."""
    clear_timers(round)
    if round.opens_at is not None:
        set_timer("open_round", round, round.opens_at)


def await_closing(round: Round, *, at: datetime) -> None:
    """The clock reminds (21, 7 and 2 days before, what of it still lies ahead) and closes; called again after an
    extension or a pause it takes back what was set (process.md, "Timers")."""
    clear_timers(round, "open_round", "end_grace", *RUNNING)
    if round.closes_at is None:
        return
    set_timer("close_round", round, round.closes_at)
    for instant in reminder_instants(round.closes_at):
        if instant > at:
            set_timer("remind_round", round, instant)


def await_grace(round: Round) -> None:
    """The clock begins the answers when the time for offline entries is over, and the last late entry with it."""
    clear_timers(round)
    until = max(filter(None, (grace_until(round), late_until(round))), default=None)
    if until is not None:
        set_timer("end_grace", round, until)
