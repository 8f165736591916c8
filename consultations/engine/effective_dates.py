"""From when a clause applies to whom, and its postponements: a later row with its reason, nothing is ever overwritten."""

from datetime import date, datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import name_of
from consultations.engine.drafts import check_editor
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.drafts import COHORTS
from consultations.models.drafts import EffectiveDate
from consultations.models.standards import Node, Standard, StandardVersion
from workflows.refusals import Refused, refusal


def set_date(
    node_id: int,
    cohort: str,
    *,
    applies_from: date | None,
    reason: str = "",
    known: int = 0,
    by: Actor,
    at: datetime,
) -> EffectiveDate:
    """Set, or put off, the day from which a clause applies to those certified before or after its publication.

    It holds for the clause in every version (its stable id), frozen or not: a postponement changes no word of the text.
    The first day may be any. Another day needs a reason and must not lie before the day of the change in UTC: nobody is
    bound backwards; nor may it put off a requirement that applies already (engine.suspensions). `known`: the id of the row that the form was shown, 0 for none. The same day again changes nothing.
    Errors: Refused `date_missing`, `cohort_unknown`, `reason_missing`, `date_in_the_past`, `requirement_in_force`,
    `edited_meanwhile`; NotFound.
    """
    check_editor(by, at=at)
    node = db.session.get(Node, node_id)
    if node is None:
        raise NotFound(f"Node {node_id}")
    version = db.session.get(StandardVersion, node.version_id)
    standard = locked(Standard, version.standard_id)  # type: ignore[union-attr]
    now = newest(standard.id, node.stable_id, cohort)
    if now is not None and now.applies_from == applies_from:
        return now
    _check(now, cohort, applies_from, reason, at)
    if known != (now.id if now else 0):
        raise Refused(refusal("edited_meanwhile", name=name_of(now.set_by_id if now else None)))
    return keep(standard, node.stable_id, cohort, applies_from, reason, first=now is None, by=by, at=at)


def newest(standard_id: int, stable_id: str, cohort: str) -> EffectiveDate | None:
    """The day that counts: the last one that was set."""
    query = select(EffectiveDate).filter_by(standard_id=standard_id, stable_id=stable_id, cohort=cohort)
    return db.session.scalars(query.order_by(EffectiveDate.id.desc()).limit(1)).first()


def keep(
    standard: Standard, stable_id: str, cohort: str, applies_from: date | None, reason: str, *, first: bool, by: Actor,
    at: datetime,
) -> EffectiveDate:  # fmt: skip
    """Write the row and what happened; whoever calls has checked the day and locked the standard."""
    made = add(
        EffectiveDate(
            standard_id=standard.id, stable_id=stable_id, cohort=cohort, applies_from=applies_from,
            reason=reason.strip(), set_at=at, set_by_id=by.person_id,
        )
    )  # fmt: skip
    name = "effective_date_set" if first else "effective_date_changed"
    journal.record(
        name, standard, by=by, at=at, reason=reason.strip(), stable_id=stable_id, cohort=cohort,
        applies_from=made.applies_from.isoformat(),
    )  # fmt: skip
    return made


def _check(
    now: EffectiveDate | None, cohort: str, applies_from: date | None, reason: str, at: datetime
) -> None:
    reasons = []
    if cohort not in COHORTS:
        reasons.append(refusal("cohort_unknown", cohort=cohort))
    if applies_from is None:
        reasons.append(refusal("date_missing"))
    if now is not None and not reason.strip():
        reasons.append(refusal("reason_missing"))
    if now is not None and applies_from is not None and applies_from < at.date():
        reasons.append(refusal("date_in_the_past"))
    if _suspends(now, applies_from, at):
        reasons.append(refusal("requirement_in_force"))
    if reasons:
        raise Refused(*reasons)


def _suspends(now: EffectiveDate | None, applies_from: date | None, at: datetime) -> bool:
    """Whether the change would take a requirement out of force that applies already: engine.suspensions does that."""
    if now is None or applies_from is None:
        return False
    return now.applies_from <= at.date() < applies_from
