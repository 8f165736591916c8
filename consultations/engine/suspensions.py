"""A requirement in force that is suspended: its day put off by a dossier of that kind, decided and in force.

Locks: the dossier before the standard.
"""

from datetime import date, datetime

from consultations.actor import Actor
from consultations.engine import effective_dates, journal
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, locked
from consultations.extensions import db
from consultations.facts.drafts import COHORTS
from consultations.models.dossiers import Dossier
from consultations.models.drafts import EffectiveDate
from consultations.models.standards import Node, Standard, StandardVersion
from workflows.dossier import DossierKind, DossierState
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role


def suspend(
    dossier_id: int, node_id: int, cohort: str, *, until: date | None, reason: str, by: Actor, at: datetime
) -> EffectiveDate:
    """Put off the day from which a requirement in force applies to a group: it is suspended until `until`.

    Only the head of the Unit, only under a suspension that was decided and is in force (process.md, "Dossier"). The
    same day again changes nothing. Errors: Refused with every reason; NotFound.
    """
    _check_head(by, at)
    dossier = locked(Dossier, dossier_id)
    standard = locked(Standard, dossier.standard_id)
    node = db.session.get(Node, node_id)
    version = db.session.get(StandardVersion, node.version_id) if node else None
    if node is None or version is None or version.standard_id != standard.id:
        raise NotFound(f"Node {node_id}")
    now = effective_dates.newest(standard.id, node.stable_id, cohort)
    if now is not None and now.applies_from == until:
        return now
    if reasons := _objections(dossier, now, cohort, until, reason, at):
        raise Refused(*reasons)
    assert until is not None
    made = effective_dates.keep(standard, node.stable_id, cohort, until, reason, first=False, by=by, at=at)
    journal.record(
        "requirement_suspended", dossier, by=by, at=at, reason=reason.strip(), stable_id=node.stable_id, cohort=cohort,
        until=until.isoformat(),
    )  # fmt: skip
    return made


def _check_head(by: Actor, at: datetime) -> None:
    if by.role is not Role.UNIT_HEAD:
        raise Refused(refusal("role_may_not", move="suspend", role=by.role.value))
    check_mandate(by, at=at)


def _objections(
    dossier: Dossier, now: EffectiveDate | None, cohort: str, until: date | None, reason: str, at: datetime
) -> tuple[Refusal, ...]:
    suspends = (dossier.kind, dossier.state) == (DossierKind.SUSPENSION, DossierState.IN_FORCE)
    applies = now is not None and now.applies_from <= at.date()
    found = (
        None if suspends else refusal("suspension_not_in_force"),
        None if cohort in COHORTS else refusal("cohort_unknown", cohort=cohort),
        None if applies else refusal("requirement_not_in_force"),
        None if until is not None and until > at.date() else refusal("suspension_not_later"),
        None if reason.strip() else refusal("reason_missing"),
    )
    return tuple(one for one in found if one)
