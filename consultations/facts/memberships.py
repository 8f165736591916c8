"""Which organisations belong to a network on a day."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from consultations.extensions import db
from consultations.models.organisations import Membership


def in_network(
    organisation: ColumnElement[int], network_id: int | None, *, at: datetime
) -> ColumnElement[bool]:
    """The condition that an organisation is a member of the network on the day of `at`."""
    today = at.date()
    return exists().where(
        Membership.organisation_id == organisation, Membership.network_id == network_id, Membership.since <= today,
        or_(Membership.until.is_(None), Membership.until > today),
    )  # fmt: skip


def is_member(organisation_id: int, network_id: int | None, *, at: datetime) -> bool:
    """Whether the organisation is a member of the network on the day of `at`."""
    today = at.date()
    found = select(Membership.id).where(
        Membership.organisation_id == organisation_id, Membership.network_id == network_id, Membership.since <= today,
        or_(Membership.until.is_(None), Membership.until > today),
    )  # fmt: skip
    return db.session.scalar(found.limit(1)) is not None
