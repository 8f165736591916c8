"""What an import of the register would make of a file: one organisation and one verdict per row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from consultations.documents.findings import Doubt, Fault, Finding

NO_WEIGHT = "-"
"""What a cell says that takes a weight away: an empty one says nothing."""

STATUSES = ("ok", "warning", "error", "skipped")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the register; weights are exact text (3, 1.69, 1/2) or NO_WEIGHT by name, without 'weight_'."""

    code: str
    name: str
    country: str
    kind: str | None = None
    country_network: str | None = None
    product_networks: tuple[str, ...] = ()
    workers_network: str | None = None
    regional: str | None = None
    products: tuple[str, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    members: int | None = None
    good_standing: bool | None = None
    language: str | None = None
    delegate_name: str | None = None
    delegate_email: str | None = None
    alternate_name: str | None = None
    alternate_email: str | None = None

    def columns(self, weights: Mapping[str, str]) -> dict[str, Any]:
        """Return what the row says of an organisation's own columns; `weights`: those on record, of which one that is
        not named stays and one that is crossed out goes."""
        merged = {name: text for name, text in {**weights, **self.weights}.items() if text != NO_WEIGHT}
        values = {
            "name": self.name, "country": self.country, "kind": self.kind, "language": self.language,
            "products": list(self.products), "members_count": self.members, "good_standing": self.good_standing,
        }  # fmt: skip
        told = {name: value for name, value in values.items() if value not in (None, [])}
        return told | ({"weights": merged} if self.weights else {})


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row from line `line` of the file; `organisation` is None unless the row can be imported.

    `called` is the name in the row, else its code: a row in error is known by it too.
    """

    line: int
    organisation: Organisation | None
    findings: tuple[Finding, ...] = ()
    called: str = ""

    @property
    def status(self) -> str:
        """Return ok, warning, error, or skipped for an empty row."""
        if any(isinstance(finding, Fault) for finding in self.findings):
            return "error"
        if self.organisation is None:
            return "skipped"
        return "warning" if self.findings else "ok"

    def to_dict(self) -> dict[str, Any]:
        """Return the row for a JSON report."""
        organisation = asdict(self.organisation) if self.organisation else None
        findings = [finding.to_dict() for finding in self.findings]
        return {
            "line": self.line, "status": self.status, "called": self.called, "organisation": organisation,
            "findings": findings,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """All rows, and doubts about the file as a whole; import everything if `acceptable`, else nothing."""

    rows: tuple[RegisterRow, ...]
    doubts: tuple[Doubt, ...]
    sha256: str

    @property
    def acceptable(self) -> bool:
        """Tell whether no row has an error."""
        return all(row.status != "error" for row in self.rows)

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Return what is to be imported: nothing at all when one row is in error."""
        return tuple(row.organisation for row in self.rows if row.organisation) if self.acceptable else ()

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of rows of each status."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    def to_dict(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "acceptable": self.acceptable,
            "sha256": self.sha256,
            "counts": self.counts,
            "doubts": [doubt.to_dict() for doubt in self.doubts],
            "rows": [row.to_dict() for row in self.rows],
        }
