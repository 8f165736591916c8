"""Guards that several tables share. Each reads one or two facts and answers None or a Refusal.

A fact that nobody gave has its refusing default, so what was forgotten is refused and never let through.
"""

from datetime import datetime, timedelta
from typing import Protocol

from workflows.refusals import Refusal, refusal


class Reasoned(Protocol):
    """Facts that carry a reason."""

    @property
    def reason(self) -> str | None: ...


class Authored(Protocol):
    """Facts that name who acts and who wrote what is acted upon (opaque ids)."""

    @property
    def actor(self) -> str | None: ...
    @property
    def author(self) -> str | None: ...


class Reviewed(Protocol):
    """Facts about CECLAC's positions."""

    @property
    def positions_taken(self) -> int | None: ...
    @property
    def positions_needed(self) -> int | None: ...
    @property
    def blocks(self) -> int | None: ...


class Closing(Protocol):
    """Facts about a deadline and the instant of the act."""

    @property
    def at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


class Prolonged(Closing, Protocol):
    """Facts about a deadline that is to be moved."""

    @property
    def new_closes_at(self) -> datetime | None: ...


class Limited(Prolonged, Protocol):
    """Facts about a deadline that moves by so many days at most."""

    @property
    def extension_days(self) -> int | None: ...


class Registered(Protocol):
    """Facts about an organisation's right to take part."""

    @property
    def on_roll(self) -> bool: ...


def reason_given(facts: Reasoned) -> Refusal | None:
    """A reason is written."""
    return None if (facts.reason or "").strip() else refusal("reason_missing")


def approver_is_not_author(facts: Authored) -> Refusal | None:
    """Who approves is known and did not write it."""
    return None if different(facts.actor, facts.author) else refusal("approver_is_author")


def quorum_of_positions(facts: Reviewed) -> Refusal | None:
    """Enough members of CECLAC have taken a position."""
    taken, needed = facts.positions_taken or 0, facts.positions_needed
    if needed is not None and taken >= needed > 0:
        return None
    return refusal("positions_missing", taken=taken, needed=needed or 0)


def nobody_blocks(facts: Reviewed) -> Refusal | None:
    """No block stands."""
    return none_left(facts.blocks, "block_stands")


def before_deadline(facts: Closing) -> Refusal | None:
    """The act falls before the closing instant; AT that instant it is too late."""
    if facts.closes_at is None:
        return refusal("deadline_not_set")
    if facts.at is not None and facts.at < facts.closes_at:
        return None
    return refusal("deadline_passed", closes_at=facts.closes_at.isoformat())


def deadline_reached(facts: Closing) -> Refusal | None:
    """The closing instant is reached or passed."""
    if facts.closes_at is None:
        return refusal("deadline_not_set")
    if facts.at is not None and facts.at >= facts.closes_at:
        return None
    return refusal("deadline_not_reached", closes_at=facts.closes_at.isoformat())


def extension_is_later(facts: Prolonged) -> Refusal | None:
    """The new deadline is later than the present one: never shorter."""
    if facts.closes_at and facts.new_closes_at and facts.new_closes_at > facts.closes_at:
        return None
    return refusal("extension_not_later")


def extension_not_too_long(facts: Limited) -> Refusal | None:
    """The new deadline is near enough: a slip in a year could not be taken back."""
    return near_enough(facts.new_closes_at, facts)


def near_enough(until: datetime | None, facts: Limited) -> Refusal | None:
    """`until` lies at most `extension_days` after the deadline or, once that is past, after the act."""
    longest = facts.extension_days
    since = max((one for one in (facts.closes_at, facts.at) if one), default=None)
    if until is None or since is None or longest is None:
        return refusal("extension_too_long", days="?", longest="?" if longest is None else longest)
    if until <= since + timedelta(days=longest):
        return None
    return refusal("extension_too_long", days=-((since - until) // timedelta(days=1)), longest=longest)


def organisation_on_roll(facts: Registered) -> Refusal | None:
    """The organisation is on the frozen roll."""
    return None if facts.on_roll else refusal("organisation_not_on_roll")


def enough_notice(days: int | None, needed: int | None) -> Refusal | None:
    """From the call to the opening lie at least `needed` days; an opening that is past is told as such."""
    if days is not None and needed is not None and days >= needed:
        return None
    if days is not None and days < 1:
        return refusal(
            "opening_past" if days < 0 else "notice_missing", needed="?" if needed is None else needed
        )
    return refusal(
        "notice_too_short", days="?" if days is None else days, needed="?" if needed is None else needed
    )


def different(one: str | None, other: str | None) -> bool:
    """Both persons are known and are two."""
    return one is not None and other is not None and one != other


def none_left(count: int | None, code: str) -> Refusal | None:
    """Refuse with `code` unless the count is known to be nought; an unknown count is told as `?`."""
    return None if count == 0 else refusal(code, count="?" if count is None else count)


def unless(holds: bool, code: str) -> Refusal | None:
    """Refuse with `code` unless it holds."""
    return None if holds else refusal(code)


def known_and_equal(one: str | None, other: str | None, code: str) -> Refusal | None:
    """Refuse with `code` unless both hashes are known and equal."""
    return unless(one is not None and one == other, code)


def reached_or_refused(instant: datetime | None, at: datetime | None, code: str) -> Refusal | None:
    """Refuse with `code` unless `instant` is set and `at` has reached it."""
    return unless(instant is not None and at is not None and at >= instant, code)


def still_ahead(instant: datetime | None, at: datetime | None, code: str) -> Refusal | None:
    """Refuse with `code` unless `at` lies before `instant`; at the instant itself it is too late."""
    return unless(instant is not None and at is not None and at < instant, code)
