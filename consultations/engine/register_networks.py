"""The networks that a register names, and the memberships in them that begin and end."""

import re
from collections import Counter
from datetime import datetime

from sqlalchemy import or_, select

from consultations.documents.characters import unaccented
from consultations.documents.register_report import Organisation as Told
from consultations.engine.work import add
from consultations.extensions import db
from consultations.models.organisations import Membership, Network, NetworkKind, Organisation

LONGEST_CODE = 40


class Networks:
    """The networks there are, found by code or by name in any language; new ones are made as they are named."""

    def __init__(self, at: datetime, counts: Counter[str]) -> None:
        self.today = at.date()
        self.counts = counts
        self.found: dict[tuple[str, str], Network] = {}
        self.codes: set[str] = set()
        for row in db.session.scalars(select(Network)):
            self._learn(row)
        rows = db.session.scalars(
            select(Membership).where(or_(Membership.until.is_(None), Membership.until >= self.today))
        )
        self.memberships: dict[int, dict[int, Membership]] = {}
        for row in rows:
            self.memberships.setdefault(row.organisation_id, {})[row.network_id] = row
        self.kinds = {row.id: row.kind for row in self.found.values()}

    def join(self, row: Organisation, told: Told) -> bool:
        """Begin and end memberships as the file says; kinds of network it says nothing about stay as they are."""
        named = {
            NetworkKind.COUNTRY: [told.country_network] if told.country_network else [],
            NetworkKind.PRODUCT: list(told.product_networks),
            NetworkKind.WORKERS: [told.workers_network] if told.workers_network else [],
            NetworkKind.REGIONAL: [told.regional] if told.regional else [],
        }
        moved = False
        for kind, names in named.items():
            if names:
                moved |= self._only(row, kind, {self._network(kind, name).id for name in names})
        return moved

    def _only(self, row: Organisation, kind: NetworkKind, wanted: set[int]) -> bool:
        mine = self.memberships.setdefault(row.id, {})
        present = {id for id, one in mine.items() if self.kinds[id] == kind and self._lasts(one)}
        for network in sorted(wanted - present):
            self._begin(mine, row.id, network)
        for network in sorted(present - wanted):
            mine[network].until = self.today
        self.counts["memberships_begun"] += len(wanted - present)
        self.counts["memberships_ended"] += len(present - wanted)
        return wanted != present

    def _begin(self, mine: dict[int, Membership], organisation: int, network: int) -> None:
        if network in mine:  # it ended today: it goes on
            mine[network].until = None
            return
        mine[network] = Membership(organisation_id=organisation, network_id=network, since=self.today)
        db.session.add(mine[network])

    def _lasts(self, membership: Membership) -> bool:
        return membership.until is None or membership.until > self.today

    def _network(self, kind: NetworkKind, name: str) -> Network:
        found = self.found.get((kind, unaccented(name)))
        if found is None:
            found = add(Network(code=self._code(name), kind=kind, names={"es": name}))
            self._learn(found)
            self.kinds[found.id] = kind
            self.counts["networks_new"] += 1
        return found

    def _learn(self, row: Network) -> None:
        self.codes.add(row.code)
        for name in (row.code, *row.names.values()):
            self.found[row.kind, unaccented(name)] = row

    def _code(self, name: str) -> str:
        stem = re.sub(r"[^A-Z0-9]+", "-", unaccented(name).upper()).strip("-")[: LONGEST_CODE - 4] or "NET"
        code, number = stem, 1
        while code in self.codes:
            number += 1
            code = f"{stem}-{number}"
        return code
