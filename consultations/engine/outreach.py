"""The outreach log of a round: what was done to reach organisations beside the mail, one line for each attempt. Lines stay."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import is_staff
from consultations.engine.mandates import check_mandate
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.facts.memberships import is_member
from consultations.models.organisations import Network
from consultations.models.outreach import Outreach
from consultations.models.rounds import RegisterEntry, Round
from workflows.participation import CHANNELS
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role
from workflows.round import RoundState

REACHING = (RoundState.APPROVED, RoundState.SCHEDULED, RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED)
ROUNDED = timedelta(minutes=1)
"""A form gives no seconds: this minute is not in the future."""


@dataclass(frozen=True)
class Attempt:
    """What was tried, when, and whether they were reached: one organisation, a network's members, or (neither) all."""

    channel: str
    made_at: datetime
    reached: bool = True
    organisation_id: int | None = None
    network_id: int | None = None
    note: str = ""


def log(round_id: int, attempt: Attempt, *, by: Actor, at: datetime) -> Outreach:
    """Write an attempt down: the Unit for anybody, a network for itself and its members. The same again is the same line,
    also at the same moment: the round is taken for oneself.

    Errors: Refused with every reason, NotFound.
    """
    check_mandate(by, at=at)
    if not is_staff(by):
        raise Refused(refusal("role_may_not", move="log_outreach", role=by.role.value))
    round = locked(Round, round_id)
    told = Attempt(**{**asdict(attempt), "note": attempt.note.strip()})
    if wrong := _wrong(round, told, by, at):
        raise Refused(*wrong)
    there = db.session.scalar(select(Outreach).filter_by(round_id=round.id, **asdict(told)).limit(1))
    if there is not None:
        return there
    row = add(Outreach(round_id=round.id, made_by_id=by.person_id, **asdict(told)))
    journal.record(
        "outreach_logged",
        row,
        by=by,
        at=at,
        round=f"round/{round.id}",
        channel=told.channel,
        reached=told.reached,
    )
    return row


def _wrong(round: Round, told: Attempt, by: Actor, at: datetime) -> list[Refusal]:
    checks = (
        ("round_not_reaching", round.state not in REACHING),
        ("outreach_channel", told.channel not in CHANNELS),
        ("outreach_both", told.organisation_id is not None and told.network_id is not None),
        ("outreach_future", told.made_at >= at + ROUNDED),
        ("not_own_member", by.role is Role.NETWORK and not _own(told, by, at)),
        ("organisation_not_registered", told.organisation_id is not None and not _asked(round, told.organisation_id)),
        ("network_unknown", told.network_id is not None and not _is_network(told.network_id)),
    )  # fmt: skip
    return [refusal(code) for code, holds in checks if holds]


def _own(told: Attempt, by: Actor, at: datetime) -> bool:
    if told.organisation_id is not None:
        return is_member(told.organisation_id, by.network_id, at=at)
    return told.network_id is not None and told.network_id == by.network_id


def _asked(round: Round, organisation_id: int) -> bool:
    query = select(RegisterEntry.id).filter_by(round_id=round.id, organisation_id=organisation_id)
    return db.session.scalar(query) is not None


def _is_network(network_id: int) -> bool:
    return (
        db.session.scalar(select(Network.id).where(Network.id == network_id, Network.kind != "body"))
        is not None
    )
