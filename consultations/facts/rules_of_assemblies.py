"""Which assemblies go by a version of a rule book: an assembly keeps the three rules it took, each with its hash."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from consultations.extensions import db
from consultations.facts.rules_in_force import is_in_force
from consultations.models.assemblies import Assembly
from consultations.models.rule_books import RuleVersion
from workflows.rule_book import RuleKind

TAKEN = {
    RuleKind.CALLS: "calls_sha256", RuleKind.REPRESENTATION: "representation_sha256", RuleKind.ROLL: "roll_rule_sha256",
}  # fmt: skip
"""kind -> the column of an assembly with the hash of the rule of this kind that it took."""


def assemblies_by(row: RuleVersion) -> tuple[Assembly, ...]:
    """The assemblies of the body that took this version, drafts among them, by their ids."""
    return taken_by([row]).get(row.id, ())


def taken_by(rows: Iterable[RuleVersion]) -> dict[int, tuple[Assembly, ...]]:
    """The same for many versions, by the version's id; who took none is not there."""
    of_kinds = {(row.body_id, row.kind, row.sha256): row.id for row in rows if row.kind in TAKEN}
    hashes = {sha256 for _, _, sha256 in of_kinds}
    if not hashes:
        return {}
    columns = [getattr(Assembly, name) for name in TAKEN.values()]
    query = select(Assembly).where(or_(*(column.in_(hashes) for column in columns)))
    found: dict[int, tuple[Assembly, ...]] = {}
    for assembly in db.session.scalars(query.order_by(Assembly.id)):
        for kind, name in TAKEN.items():
            version = of_kinds.get((assembly.body_id, kind, getattr(assembly, name)))
            if version is not None:
                found[version] = (*found.get(version, ()), assembly)
    return found


def beginning_day(assembly: Assembly) -> date:
    """The day on which an assembly begins, where it is held: its rules must be in force then."""
    return assembly.starts_at.astimezone(ZoneInfo(assembly.zone)).date()


def rules_bind(assembly: Assembly) -> bool:
    """Whether each rule that an assembly took is a version of its body's book that is in force on the day it begins."""
    day = beginning_day(assembly)
    return all(
        any(is_in_force(row, day) for row in _versions(assembly, kind, getattr(assembly, name)))
        for kind, name in TAKEN.items()
    )


def _versions(assembly: Assembly, kind: RuleKind, sha256: str) -> Iterable[RuleVersion]:
    return db.session.scalars(
        select(RuleVersion).filter_by(body_id=assembly.body_id, kind=kind, sha256=sha256)
    )
