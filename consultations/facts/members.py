"""The members of a body as its rule of the roll reads them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.rolls import belonging, networks_of
from consultations.models.organisations import Membership, Organisation
from workflows.roll_members import Member


def members(body_id: int, day: date) -> tuple[tuple[Organisation, Member, dict[str, str]], ...]:
    """Every organisation whose membership runs on `day`, in good standing or not, sorted by code: its row, the member
    as the rules read it, and the attributes that rules may group by."""
    within = belonging(body_id, day)
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(within)))
    networks, regions = networks_of(within, day)
    since = dict(
        db.session.execute(
            select(Membership.organisation_id, Membership.since).where(
                Membership.network_id == body_id, Membership.organisation_id.in_(within)
            )
        ).all()
    )
    found = [
        (
            row,
            _member(row, networks[row.id], since.get(row.id)),
            _attributes(row, networks[row.id], regions[row.id]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one[0].code))


def _member(row: Organisation, networks: list[str], since: date | None) -> Member:
    return Member(
        elector=row.code, name=row.name, kind=row.kind, country=row.country, networks=tuple(sorted(networks)),
        products=tuple(sorted(row.products)), primary={"product": row.products[0]} if row.products else {},
        fields=row.weights, good_standing=row.good_standing, since=since,
    )  # fmt: skip


def _attributes(row: Organisation, networks: list[str], regions: list[str]) -> dict[str, Any]:
    return {
        "country": row.country, "kind": row.kind, "networks": " ".join(sorted(networks)), "region": min(regions, default=""),
    }  # fmt: skip
