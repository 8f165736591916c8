"""The rules of a body's book that an assembly, or the vote on an item, may take."""

from datetime import datetime
from zoneinfo import ZoneInfo

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.rule_words import in_words
from consultations.facts.rules_in_force import in_force
from consultations.models.assemblies import Assembly
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from workflows.rules import rule_from

Offer = tuple[int, dict[str, str], str]
"""id, titles, what it cites."""


def zone(by: Actor) -> str:
    """The zone of the body somebody acts in."""
    body = db.session.get(Network, by.network_id) if by.network_id else None
    return body.zone if body else "UTC"


def next_code(by: Actor, *, at: datetime) -> str:
    """The code that the body's next assembly would have: "CLAC-A-2026-1"."""
    body = db.session.get_one(Network, by.network_id)
    year = at.astimezone(ZoneInfo(body.zone)).year
    stem = f"{body.code[:26]}-A-{year}"
    taken = (
        db.session.query(Assembly.id)
        .filter(Assembly.body_id == body.id, Assembly.code.like(f"{stem}-%"))
        .count()
    )
    return f"{stem}-{taken + 1}"


def of_assembly(by: Actor, *, at: datetime) -> dict[str, list[Offer]]:
    """Per kind (calls, representation, roll) the versions in force today."""
    day = at.astimezone(ZoneInfo(zone(by))).date()
    body = by.network_id or 0
    return {
        kind: [_offer(row) for row in in_force(body, kind, day)]
        for kind in ("calls", "representation", "roll")
    }


def of_item(by: Actor, *, at: datetime) -> list[tuple[Offer, dict[str, list[str]]]]:
    """The decision rules in force today, each with its words per language."""
    day = at.astimezone(ZoneInfo(zone(by))).date()
    return [
        (_offer(row), in_words(rule_from(row.content), 1))
        for row in in_force(by.network_id or 0, "decision", day)
    ]


def chosen(assembly: Assembly) -> dict[str, int]:
    """Which versions a draft has taken, by their hashes."""
    wanted = {
        "calls": assembly.calls_sha256,
        "representation": assembly.representation_sha256,
        "roll": assembly.roll_rule_sha256,
    }
    rows = db.session.query(RuleVersion).filter(
        RuleVersion.body_id == assembly.body_id, RuleVersion.sha256.in_(wanted.values())
    )
    return {row.kind: row.id for row in rows.order_by(RuleVersion.id) if wanted.get(row.kind) == row.sha256}


def draft(assembly_id: int, *, by: Actor) -> tuple[Assembly, dict[str, int]] | None:
    """A draft of the body with the versions that it has taken; None for anybody else's or one that is convened."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or row.body_id != by.network_id or row.state != "draft":
        return None
    return row, chosen(row)


def _offer(row: RuleVersion) -> Offer:
    return row.id, row.titles, row.cites
