"""Who is there now, read once: presence, voters and quorum of one instant are questions to the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.models.assemblies import Assembly, AssemblyElector
from workflows.attendance import Interval, effective_at
from workflows.proxies import Proxy
from workflows.quorum import QuorumNow, quorum_now
from workflows.representation import Mandate, Voter, presences, who_votes
from workflows.rolls import Roll

_ROLL = (
    AssemblyElector.id, AssemblyElector.organisation_id, AssemblyElector.elector, AssemblyElector.name, AssemblyElector.weight, AssemblyElector.attributes,
)  # fmt: skip


@dataclass(frozen=True)
class Here:
    """An assembly at an instant. `at` is never before an arrival or departure on record (facts.assemblies.as_recorded);
    `electors`: the lines of its roll by elector; `attendance` None: a written procedure."""

    assembly: Assembly
    at: datetime
    electors: Sequence[Row[Any]]
    mandates: tuple[Mandate, ...]
    proxies: tuple[Proxy, ...]
    attendance: tuple[Interval, ...] | None

    @cached_property
    def roll(self) -> Roll:
        """The roll as the rules read it. Raises InputRefusedError when nobody is on it."""
        return facts.roll(self.electors)  # type: ignore[arg-type]

    @cached_property
    def words(self) -> dict[str, str]:
        """Elector -> yes, proxy or no, for the assembly as a whole; nobody's while there is no roll."""
        return presences(self.voters()) if self.electors else {}

    def voters(self, item: int | None = None) -> dict[str, Voter]:
        """Who may vote for each elector, on an item or for the assembly as a whole."""
        return who_votes(
            facts.representation_of(self.assembly), self.roll, self.mandates, self.proxies, self.attendance, self.at,
            item=facts.item_id(item),
        )  # fmt: skip

    def quorum(self) -> QuorumNow:
        """The quorum of the present call, or of the first before it is made. Raises InputRefusedError."""
        number = max(1, self.assembly.call)
        return quorum_now(facts.calls_of(self.assembly), number, self.roll, self.words)


def here(assembly: Assembly, at: datetime) -> Here:
    """Read the rows of an assembly that say who votes for whom at `at`."""
    rows = db.session.execute(select(*_ROLL).where(AssemblyElector.assembly_id == assembly.id))
    attendance = None if assembly.form == facts.WRITTEN else facts.intervals(assembly.id)
    return Here(
        assembly, effective_at(attendance or (), at), sorted(rows, key=lambda row: row.elector), facts.mandates(assembly.id),
        facts.proxies(assembly.id), attendance,
    )  # fmt: skip
