"""Rules in the book of a body, in force since long ago."""

from datetime import date
from functools import cache
from typing import Any

from consultations.extensions import db
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from tests.factories import people
from workflows.canonical import read_json, sha256_of
from workflows.presets import preset_names, preset_text
from workflows.rule_book import RULE_BOOK, RuleState

SINCE = date(2020, 1, 1)


@cache
def presets() -> tuple[tuple[str, Any, str], ...]:
    """Name, parsed JSON and hash of every rule that ships."""
    read = ((name, read_json(preset_text(name), name)[0]) for name in preset_names())
    return tuple((name, content, sha256_of(content)) for name, content in read)


def shipped(body: Network) -> None:
    """Every rule that ships, in the book of this body."""
    db.session.add_all([_version(body, name, content, sha256) for name, content, sha256 in presets()])
    db.session.flush()


def in_book(
    body: Network,
    content: Any,
    *,
    key: str = "",
    kind: str = "decision",
    since: date = SINCE,
    until: date | None = None,
) -> RuleVersion:
    """The version of the body's book that says this, approved; written now, as a rule of its own, if it is not there."""
    sha256 = sha256_of(content)
    there = db.session.query(RuleVersion).filter_by(body_id=body.id, sha256=sha256).first()
    if there is not None:
        return there
    row = _version(body, key or f"own-{sha256[:12]}", content, sha256, since, until, kind)
    db.session.add(row)
    db.session.flush()
    return row


def _version(
    body: Network,
    key: str,
    content: Any,
    sha256: str,
    since: date = SINCE,
    until: date | None = None,
    kind: str = "decision",
) -> RuleVersion:
    return RuleVersion(
        body_id=body.id, kind=kind, key=key, version=1, titles=content.get("title") or {"es": key}, cites=content["cites"],
        content=content, sha256=sha256, in_force_from=since, in_force_until=until, approved_at=people.LONG_AGO,
        created_at=people.LONG_AGO, state=RuleState.IN_FORCE, definition_version=RULE_BOOK.version,
        definition_sha256=RULE_BOOK.sha256,
    )  # fmt: skip
