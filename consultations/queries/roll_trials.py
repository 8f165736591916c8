"""What the editor of a rule of the roll shows: the networks to choose from, the numbers of the register, and a trial."""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.roll_trials import Tried, tried
from consultations.models.organisations import Membership, Network, NetworkKind, Organisation


def networks() -> tuple[tuple[str, dict[str, str]], ...]:
    """The codes and names of the networks that members can belong to beside a body, by their codes."""
    query = select(Network.code, Network.names).where(Network.kind != NetworkKind.BODY).order_by(Network.code)
    return tuple((code, names) for code, names in db.session.execute(query))


def numbers(body_id: int) -> tuple[str, ...]:
    """The named numbers that members of the body have in the register, the commonest first."""
    query = select(Organisation.weights).join(Membership).where(Membership.network_id == body_id)
    found = Counter(name for weights in db.session.scalars(query) for name in weights)
    return tuple(name for name, _ in found.most_common())


def trial(body_id: int, content: dict[str, Any], *, at: datetime) -> Tried | None:
    """The rule tried on the members of today, where the body is; None for a body without members."""
    body = db.session.get_one(Network, body_id)
    return tried(body_id, content, at.astimezone(ZoneInfo(body.zone)).date())
