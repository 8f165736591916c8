"""Which versions of a body's rule book are in force on a day, and whether a vote goes by one of them."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select

from consultations.extensions import db
from consultations.facts import elections
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote


def on_day(day: date) -> ColumnElement[bool]:
    """The SQL of "in force on this day"."""
    return and_(
        RuleVersion.approved_at.is_not(None),
        RuleVersion.in_force_from <= day,
        or_(RuleVersion.in_force_until.is_(None), RuleVersion.in_force_until > day),
    )


def in_force(body_id: int, kind: str, day: date, *, key: str = "") -> tuple[RuleVersion, ...]:
    """The versions of a kind that bind a body on a day (of one `key`, if given: one at most), by their keys."""
    query = select(RuleVersion).where(
        RuleVersion.body_id == body_id, RuleVersion.kind == kind, on_day(day)
    )  # fmt: skip
    rows = db.session.scalars(query.where(RuleVersion.key == key) if key else query)
    return tuple(sorted(rows, key=lambda row: row.key))


def is_in_force(row: RuleVersion, day: date) -> bool:
    """Whether a version is approved and in force on this day."""
    until = row.in_force_until
    return row.approved_at is not None and row.in_force_from <= day and (until is None or day < until)


def opening_day(vote: Vote) -> date:
    """The day on which a vote opens, where it is held: its rule must be in force then."""
    return vote.opens_at.astimezone(ZoneInfo(vote.zone)).date()


def binds(vote: Vote) -> bool:
    """Whether a vote's rule is a version of its body's book in force on the day it opens, word for word.

    A further call goes on by the rule of the first, though that was replaced meanwhile. The terms of an election say what
    a version of the book says and add who stands; without one they cite their source.
    """
    row = vote.rule_version
    if elections.is_election(vote):
        if elections.followed(vote) is not None:
            return True  # by the terms of the vote that asked for it
        dated = row is None or (row.body_id == vote.body_id and is_in_force(row, opening_day(vote)))
        return dated and elections.in_book(vote, row)
    if row is None or row.body_id != vote.body_id or row.sha256 != vote.rule_sha256:
        return False
    return is_in_force(row, opening_day(vote)) or (vote.call > 1 and row.approved_at is not None)
