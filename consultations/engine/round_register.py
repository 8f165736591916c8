"""Freezing what a round stands on: the text that members will read, and the register of who is asked."""

from datetime import datetime

from sqlalchemy import insert

from consultations.engine.standards import freeze, lock_version
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.register import snapshot
from consultations.models.rounds import RegisterEntry, Round
from workflows.canonical import sha256_of


def freeze_round(round: Round, *, at: datetime) -> None:
    """Fix the text's hash and write the register of everybody in good standing, with its own hash.

    The register's hash is that of its rows in RFC 8785 canonical JSON, in order of the organisations' codes.
    Errors: Refused `text_changed` when the version was frozen before and is no longer the same.
    """
    round.text_sha256 = freeze(lock_version(round.version_id), at=at)
    rows = snapshot(round, at=at)
    round.register_sha256 = register_sha256(rows)
    if rows:
        db.session.execute(insert(RegisterEntry), rows)


def register_sha256(rows: list[dict[str, object]]) -> str:
    """SHA-256 (hex) of the register: organisation, name, country, kind and networks of each row."""
    return sha256_of(
        [
            {
                "organisation": f"organisation/{row['organisation_id']}", "name": row["name"], "country": row["country"],
                "kind": row["kind"], "networks": row["networks"],
            }
            for row in rows
        ]
    )  # fmt: skip


def locked_round(round_id: int) -> Round:
    """The round under an exclusive lock. Raises NotFound."""
    return locked(Round, round_id)
