"""Whom a round asks: the register as it stands, and as it was frozen; and who of it has answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.rounds import RegisterEntry, Round
from workflows.comment import CommentState

UNSENT = (CommentState.DRAFT, CommentState.AWAITING_ORGANISATION)


def asked(round: Round, *, at: datetime) -> Select[tuple[Organisation]]:
    """The organisations a round would ask at `at`: all in good standing, or with the deciding body's setting
    "register": "members" only those that belong to it."""
    query = select(Organisation).where(Organisation.good_standing).order_by(Organisation.code)
    if round.dossier.body.settings.get("register", "all") != "members":
        return query
    today = at.date()
    belongs = select(Membership.organisation_id).where(
        Membership.network_id == round.dossier.body_id,
        Membership.since <= today,
        or_(Membership.until.is_(None), Membership.until > today),
    )
    return query.where(Organisation.id.in_(belongs))


def snapshot(round: Round, *, at: datetime) -> list[dict[str, Any]]:
    """The rows of the frozen register: each organisation with the axes it is counted by, in order of its code."""
    networks = _networks(at)
    return [
        {
            "round_id": round.id, "organisation_id": row.id, "name": row.name, "country": row.country, "kind": row.kind,
            "networks": networks.get(row.id, []), "products": row.products, "members_count": row.members_count,
            "language": row.language,
        }
        for row in db.session.scalars(asked(round, at=at))
    ]  # fmt: skip


def size(round: Round, *, at: datetime) -> int:
    """How many are asked: of the frozen register when there is one, else of the register as it stands."""
    if round.register_sha256 is not None:
        return db.session.scalar(select(func.count()).where(RegisterEntry.round_id == round.id)) or 0
    return (
        db.session.scalar(select(func.count()).select_from(asked(round, at=at).order_by(None).subquery()))
        or 0
    )


def has_answered() -> ColumnElement[bool]:
    """The condition, on RegisterEntry, that the organisation commented, sent its answers or said "no comment"."""
    commented = select(Comment.id).where(
        Comment.round_id == RegisterEntry.round_id,
        Comment.organisation_id == RegisterEntry.organisation_id,
        Comment.state.not_in([*UNSENT, CommentState.WITHDRAWN]),
    )
    return or_(
        RegisterEntry.no_comment_at.is_not(None), RegisterEntry.sheet_sent_at.is_not(None), commented.exists()
    )


def missing(round_id: int) -> Select[tuple[int]]:
    """The organisations of a round's register that have not answered in any way."""
    return select(RegisterEntry.organisation_id).where(RegisterEntry.round_id == round_id, ~has_answered())


def awaited(round_id: int) -> Select[tuple[int]]:
    """The organisations from which an answer is still awaited: missing, and not declined."""
    return missing(round_id).where(RegisterEntry.declined_at.is_(None))


def missing_count(round_id: int) -> int:
    """How many organisations have not answered in any way."""
    return db.session.scalar(select(func.count()).select_from(missing(round_id).subquery())) or 0


def unsent_count(round_id: int) -> int:
    """How many comments are drafted and not sent."""
    return (
        db.session.scalar(select(func.count()).where(Comment.round_id == round_id, Comment.state.in_(UNSENT)))
        or 0
    )


def _networks(at: datetime) -> dict[int, list[str]]:
    today = at.date()
    query = (
        select(Membership.organisation_id, Network.code)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.since <= today, or_(Membership.until.is_(None), Membership.until > today))
        .order_by(Network.code)
    )
    found: dict[int, list[str]] = {}
    for organisation_id, code in db.session.execute(query):
        found.setdefault(organisation_id, []).append(code)
    return found
