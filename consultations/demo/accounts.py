"""The accounts that anyone may try: who they are, and in which capacities they act."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from flask_babel import force_locale
from sqlalchemy import select

from consultations import wording
from consultations.demo.cast import PASSWORD
from consultations.demo.people import LISTED
from consultations.extensions import db
from consultations.models.people import Person
from consultations.queries import capacities

HEADINGS = ("E-mail", "Password", "Capacities")
CHANGED = "(changed)"


@dataclass(frozen=True)
class Account:
    """One listed account; `capacities` such as "delegate: Cooperativa Flor del Valle (Guatemala)"."""

    email: str
    password: str
    name: str
    capacities: tuple[str, ...]


def accounts(at: datetime, language: str = "en") -> tuple[Account, ...]:
    """The listed accounts that are there, one role after the other, with their capacities in force at `at`."""
    rows = db.session.scalars(select(Person).where(Person.email.in_(LISTED), Person.active)).all()
    standing = {secret: _is_ours(secret) for secret in {row.password_hash for row in rows}}
    with force_locale(language):
        return tuple(
            _account(row, standing[row.password_hash], at)
            for row in sorted(rows, key=lambda row: LISTED.index(row.email))
        )


def _account(person: Person, ours: bool, at: datetime) -> Account:
    held = tuple(_told(capacity) for capacity in capacities.of(person.id, at=at))
    return Account(person.email, PASSWORD if ours else CHANGED, person.name, held)


def as_json(found: Iterable[Account]) -> list[dict[str, Any]]:
    """The accounts as plain values."""
    return [asdict(account) | {"capacities": list(account.capacities)} for account in found]


def as_table(found: Iterable[Account]) -> str:
    """The accounts in aligned columns, one capacity to a line."""
    rows = [HEADINGS]
    for account in found:
        first, *more = account.capacities or ("",)
        rows += [(account.email, account.password, first), *(("", "", each) for each in more)]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    rows.insert(1, tuple("-" * width for width in (*wide, len(HEADINGS[2]))))
    return "\n".join(
        f"{email:<{wide[0]}}  {password:<{wide[1]}}  {what}".rstrip() for email, password, what in rows
    )


def _told(capacity: capacities.Capacity) -> str:
    role = str(wording.ROLES[capacity.role])
    if capacity.organisation:
        return f"{role}: {capacity.organisation} ({wording.country(capacity.country or '')})"
    return f"{role}: {wording.local(capacity.network_names)}" if capacity.network_names else role


def _is_ours(secret: str | None) -> bool:
    """Whether this is the demonstration's password: somebody may have chosen another."""
    try:
        return secret is not None and PasswordHasher().verify(secret, PASSWORD)
    except Argon2Error:
        return False
