"""What an import would change of the organisations that are there, field by field. Nothing is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from consultations.documents.characters import unaccented
from consultations.documents.register_known import FIELD_OF
from consultations.documents.register_report import Organisation as Told
from consultations.documents.register_report import RegisterReport
from consultations.extensions import db
from consultations.models.organisations import Membership, Network, Organisation

CALLED = {"members_count": "members"}
"""The column of a file for a column of the table, where the two are called otherwise."""

Belonging = dict[str, set[tuple[str, tuple[str, ...]]]]
"""Kind of network -> of each that an organisation is in: its Spanish name, and all it is called."""


@dataclass(frozen=True)
class Difference:
    """One field of one organisation: as the file calls it, what stands and what would; "" for nothing."""

    code: str
    organisation: str
    field: str
    before: str
    after: str


def differences(report: RegisterReport, *, at: datetime) -> tuple[Difference, ...]:
    """Every field that the import of this report would change of an organisation on record, in the order of its rows.

    The rule is that of `engine.register`. Who acts for whom is told by `register_changes.successions`.
    """
    there = {row.code.casefold(): row for row in db.session.scalars(select(Organisation))}
    belonging = _belonging(at)
    found: list[Difference] = []
    for told in report.organisations:
        if row := there.get(told.code.casefold()):
            fields = (*_columns(row, told), *_networks(belonging.get(row.id, {}), told))
            found += (Difference(row.code, row.name, *field) for field in fields)
    return tuple(found)


def _columns(row: Organisation, told: Told) -> Iterator[tuple[str, str, str]]:
    for name, value in told.columns(row.weights).items():
        before = getattr(row, name)
        if name == "weights":
            yield from _weights(before, value)
        elif before != value:
            yield CALLED.get(name, name), _text(before), _text(value)


def _weights(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"weight_{name}", before.get(name, ""), after.get(name, "")


def _networks(mine: Belonging, told: Told) -> Iterator[tuple[str, str, str]]:
    """`mine`: kind -> what each network is called; the file may give its code, or its name in any language."""
    for kind, name in FIELD_OF.items():
        value = getattr(told, name)
        wanted = (value,) if isinstance(value, str) else tuple(value or ())
        present = mine.get(kind, set())
        called = {unaccented(one): label for label, names in present for one in names}
        after = {called.get(unaccented(one), one) for one in wanted}
        before = {label for label, _ in present}
        if wanted and after != before:
            yield name, "; ".join(sorted(before)), "; ".join(sorted(after))


def _belonging(at: datetime) -> dict[int, Belonging]:
    query = (
        select(Membership.organisation_id, Network.kind, Network.code, Network.names)
        .join(Network, Network.id == Membership.network_id)
        .where(or_(Membership.until.is_(None), Membership.until > at.date()))
    )
    found: dict[int, Belonging] = {}
    for organisation, kind, code, names in db.session.execute(query):
        label = names.get("es") or next(iter(names.values()), code)
        found.setdefault(organisation, {}).setdefault(str(kind), set()).add((label, (code, *names.values())))
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)
