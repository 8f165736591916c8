"""The roll of an assembly: built by the body's rule from the register, frozen and hashed when it is convened."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import rolls
from consultations.facts.assembly_rolls import EXCLUDED, made, would_be
from consultations.facts.rolls import Elector
from consultations.models.assemblies import Assembly, AssemblyElector, RollChange
from workflows.refusals import Refused


def freeze(assembly: Assembly, at: datetime) -> str:
    """Write the roll once, with who is left out and why, and return its hash.

    Errors: Refused with every reason: it cannot be built, or lacks what the quorum of the calls asks for.
    """
    built, known = would_be(assembly, at)
    electors = made(built, known)
    if reasons := rolls.objections(facts.calls_of(assembly), "", electors):
        raise Refused(*reasons)
    write(assembly, electors)
    for left_out in built.exclusions:
        db.session.add(
            RollChange(
                assembly_id=assembly.id, organisation_id=known[left_out.elector][0], kind=EXCLUDED, proposed_at=at,
                reason=json.dumps([[reason.code, reason.values] for reason in left_out.reasons], ensure_ascii=False),
            )
        )  # fmt: skip
    db.session.flush()
    return str(facts.sha256(assembly.id))


def write(assembly: Assembly, electors: Iterable[Elector]) -> None:
    """Put these electors on the frozen roll."""
    if rows := [_row(assembly, elector) for elector in electors]:
        db.session.execute(insert(AssemblyElector), rows)


def _row(assembly: Assembly, e: Elector) -> dict[str, Any]:
    return {
        "assembly_id": assembly.id, "organisation_id": e.organisation_id, "elector": e.elector, "name": e.name,
        "weight": e.weight, "attributes": e.attributes,
    }  # fmt: skip
