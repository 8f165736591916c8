"""The roll of an assembly: as its rule would make it of the register of a day, and as it is frozen."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.assemblies import electors
from consultations.facts.members import members
from consultations.facts.rolls import Elector
from consultations.models.assemblies import Assembly, RollChange
from consultations.models.organisations import Organisation
from workflows.exact import exact_text
from workflows.roll_building import build
from workflows.roll_members import Built, Exemption
from workflows.roll_rule_reading import roll_rule_from

EXCEPTION, EXCLUDED = "exception", "excluded"


def would_be(
    assembly: Assembly, at: datetime, besides: Iterable[Exemption] = ()
) -> tuple[Built, dict[str, tuple[int, dict[str, str]]]]:
    """The roll if it were made at `at`, and per elector its organisation's id and attributes. Raises Refused.

    `besides`: exceptions that nobody has confirmed, taken as if somebody had.
    """
    day = at.astimezone(ZoneInfo(assembly.zone)).date()
    known = members(assembly.body_id, day)
    exempt = {one.elector: one for one in (*besides, *exemptions(assembly.id))}
    there = {member.elector for _, member, _ in known}
    # Who has left the body since is no member to make an exception for, and is not on the roll either.
    kept = [one for elector, one in exempt.items() if elector in there]
    built = build(roll_rule_from(assembly.roll_rule), [member for _, member, _ in known], day, kept)
    return built, {row.code: (row.id, attributes) for row, _, attributes in known}


def made(built: Built, known: dict[str, tuple[int, dict[str, str]]]) -> tuple[Elector, ...]:
    """What `would_be` answers as electors."""
    return tuple(
        Elector(known[e.elector][0], e.elector, e.name, exact_text(e.weight), {**known[e.elector][1], **dict(e.attributes)})
        for e in built.entries
    )  # fmt: skip


def frozen(assembly_id: int) -> tuple[Elector, ...]:
    """The frozen electors, sorted by code; none before the assembly is convened."""
    return tuple(
        Elector(e.organisation_id, e.elector, e.name, e.weight, e.attributes) for e in electors(assembly_id)
    )


def exemptions(assembly_id: int) -> tuple[Exemption, ...]:
    """The reasoned exceptions that a second person has confirmed."""
    query = (
        select(RollChange, Organisation.code)
        .join(Organisation, RollChange.organisation_id == Organisation.id)
        .where(
            RollChange.assembly_id == assembly_id, RollChange.kind == EXCEPTION, RollChange.confirmed_at.is_not(None)
        )
        .order_by(RollChange.id)
    )  # fmt: skip
    return tuple(
        Exemption(code, row.reason, row.proposed_at.date(), f"person/{row.proposed_by_id}")
        for row, code in db.session.execute(query)
    )
