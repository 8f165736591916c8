"""A version of a rule: who used it, what stands beside it, and what its table of moves asks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.rules_in_force import opening_day
from consultations.facts.rules_of_assemblies import assemblies_by, beginning_day
from consultations.facts.votes import person
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.rule_book import RuleFacts, RuleState
from workflows.rule_kinds import check


def rule_facts(row: RuleVersion, *, by: Actor, at: datetime, **given: Any) -> RuleFacts:
    """Everything the table asks about a version at `at`; `given` takes the place of what was read."""
    read = RuleFacts(
        at=at,
        actor=person(by.person_id),
        author=person(row.written_by_id),
        titled=bool(written(row.titles)),
        cites=row.cites,
        faults=faults(row.kind, row.content),
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        used=used_by(row),
        overlaps=len(overlapping(row)),
    )
    return replace(read, **given)


def written(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles that say something."""
    return {lang: text.strip() for lang, text in titles.items() if text.strip()}


def faults(kind: str, content: object) -> int:
    """How many reasons there are why a rule of this kind cannot say this."""
    try:
        check(kind, content)
    except InputRefusedError as refused:
        return len(refused.faults)
    except Refused as refused:
        return len(refused.refusals)
    return 0


def used_by(row: RuleVersion) -> int:
    """How many votes and assemblies took a version, drafts among them; a version that has no id yet has none."""
    if row.id is None:
        return 0
    query = select(func.count()).select_from(Vote).where(Vote.rule_version_id == row.id)
    return (db.session.scalar(query) or 0) + len(assemblies_by(row))


def used_from(row: RuleVersion, day: date) -> int:
    """How many votes and assemblies that were convened by a version open, or begin, on or after this day."""
    convened = select(Vote).where(
        Vote.rule_version_id == row.id, Vote.convened_at.is_not(None), Vote.state != "voided"
    )
    held = (one for one in assemblies_by(row) if one.convened_at is not None and one.state != "called_off")
    return sum(opening_day(vote) >= day for vote in db.session.scalars(convened)) + sum(
        beginning_day(one) >= day for one in held
    )


def overlapping(row: RuleVersion) -> tuple[RuleVersion, ...]:
    """The approved versions of the same key that begin on this one's first day or later, and before it ends."""
    return tuple(
        other for other in _siblings(row)
        if other.in_force_from >= row.in_force_from
        and (row.in_force_until is None or other.in_force_from < row.in_force_until)
        and other.in_force_until != other.in_force_from
    )  # fmt: skip


def replaced(row: RuleVersion) -> tuple[RuleVersion, ...]:
    """The approved versions of the same key that begin before this one and would be in force with it."""
    return tuple(
        other for other in _siblings(row)
        if other.in_force_from < row.in_force_from
        and (other.in_force_until is None or other.in_force_until > row.in_force_from)
    )  # fmt: skip


def is_draft(row: RuleVersion) -> bool:
    """Whether nobody has approved it yet."""
    return row.state == RuleState.DRAFT


def _siblings(row: RuleVersion) -> list[RuleVersion]:
    query = select(RuleVersion).where(
        RuleVersion.body_id == row.body_id, RuleVersion.kind == row.kind, RuleVersion.key == row.key,
        RuleVersion.approved_at.is_not(None),
    )  # fmt: skip
    return [other for other in db.session.scalars(query.order_by(RuleVersion.version)) if other.id != row.id]
