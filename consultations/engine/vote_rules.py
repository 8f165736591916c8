"""The rule of a vote: a version of its body's book."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.rules_in_force import is_in_force
from consultations.models.rule_books import RuleVersion
from workflows.deadlines import zone_known
from workflows.refusals import Refusal, Refused, refusal
from workflows.rule_book import RuleKind
from workflows.rules import rule_from


def taken(body_id: int, version_id: int | None, rule: Any) -> RuleVersion:
    """The approved version with this id, or else the newest of the body's decision rules that says this (parsed JSON).

    Errors: Refused `rule_not_in_book`; InputRefusedError: `rule` cannot be read.
    """
    query = select(RuleVersion).where(
        RuleVersion.body_id == body_id, RuleVersion.kind == RuleKind.DECISION, RuleVersion.approved_at.is_not(None)
    )  # fmt: skip
    if version_id is not None:
        query = query.where(RuleVersion.id == version_id)
    else:
        query = query.where(RuleVersion.sha256 == rule_from(rule).sha256)
    row = db.session.scalar(query.order_by(RuleVersion.id.desc()).limit(1))
    if row is None:
        raise Refused(refusal("rule_not_in_book"))
    return row


def of_kind(body_id: int, kind: RuleKind, version_id: int) -> RuleVersion:
    """An approved version of the body's book of this kind. Errors: Refused `rule_not_in_book`."""
    query = select(RuleVersion).where(
        RuleVersion.id == version_id, RuleVersion.body_id == body_id, RuleVersion.kind == kind, RuleVersion.approved_at.is_not(None)
    )  # fmt: skip
    row = db.session.scalar(query)
    if row is None:
        raise Refused(refusal("rule_not_in_book"))
    return row


def objections(row: RuleVersion, opens_at: datetime, zone: str, call: int) -> Iterator[Refusal]:
    """Why a vote that opens then cannot take this version; a further call goes on by the rule of the first."""
    day = opens_at.astimezone(ZoneInfo(zone)).date() if zone_known(zone) else opens_at.date()
    if call == 1 and not is_in_force(row, day):
        yield refusal("rule_not_in_force")
