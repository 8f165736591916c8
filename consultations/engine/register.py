"""The register from a file: organisations, networks, memberships, and who acts for whom. All of it or nothing.

What a file leaves empty is left as it stands: an empty cell says "not told", never "none"; so does a column that is not
there. A weight is taken away by a "-". Importing the same file again changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy import or_, select

from consultations.actor import Actor
from consultations.documents.register_report import Organisation as Told
from consultations.documents.register_report import RegisterReport
from consultations.engine import appointments, journal, turns
from consultations.engine.register_networks import Networks
from consultations.engine.work import add
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation, OrganisationKind
from consultations.models.people import Person
from workflows.refusals import Refused, refusal
from workflows.roles import Role


@dataclass(frozen=True)
class Imported:
    """What an import changed, in numbers."""

    organisations_new: int = 0
    organisations_changed: int = 0
    organisations_same: int = 0
    networks_new: int = 0
    memberships_begun: int = 0
    memberships_ended: int = 0
    people_new: int = 0
    mandates_begun: int = 0
    mandates_ended: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "organisations_same")


def import_register(report: RegisterReport, *, by: Actor, at: datetime) -> Imported:
    """Bring the register to what the file says, in the caller's one transaction; returns what changed.

    Errors: Refused (register_has_faults) when a row has a fault: nothing is imported then.
    """
    appointments.check_keeper(by, "import_register", at=at)
    faulty = report.counts["error"]
    if faulty:
        raise Refused(refusal("register_has_faults", count=faulty))
    turns.wait_turn("register")
    work = _Import(by, at)
    for told in report.organisations:
        work.organisation(told)
    if by.person_id is not None:  # the second of two clicks asks whether this was done
        person = db.session.get_one(Person, by.person_id)
        journal.record("register_imported", person, by=by, at=at, source=report.sha256)
    db.session.flush()
    return Imported(**work.counts)


@dataclass
class _Import:
    """One import under way: what is there already, looked up once, and what has been counted."""

    by: Actor
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.known = {row.code.casefold(): row for row in db.session.scalars(select(Organisation))}
        self.people = {row.email: row for row in db.session.scalars(select(Person))}
        self.delegates = {(row.organisation_id, row.rank): row for row in _in_force(self.at)}
        self.networks = Networks(self.at, self.counts)

    def organisation(self, told: Told) -> None:
        """One row of the file."""
        row, fresh = self._row(told)
        before = self.counts.copy()
        moved = self.networks.join(row, told)
        reworded = self._changed(row, told)  # both are done, whichever of the two happened first
        differs = fresh or moved or reworded
        if differs:
            db.session.flush()
            what = "organisation_registered" if fresh else "organisation_changed"
            journal.record(what, row, by=self.by, at=self.at, organisation=f"organisation/{row.id}")
        self._acts(row, 1, told.delegate_name, told.delegate_email)
        if told.alternate_email != told.delegate_email:
            self._acts(row, 2, told.alternate_name, told.alternate_email)
        same = not differs and self.counts == before
        self.counts[
            "organisations_new" if fresh else "organisations_same" if same else "organisations_changed"
        ] += 1

    def _row(self, told: Told) -> tuple[Organisation, bool]:
        found = self.known.get(told.code.casefold())
        if found is not None:
            return found, False
        made = Organisation(code=told.code, **{"kind": OrganisationKind.SPO, **told.columns({})})
        self.known[told.code.casefold()] = made
        return add(made), True

    def _changed(self, row: Organisation, told: Told) -> bool:
        values = told.columns(row.weights)
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        return bool(differing)

    def _acts(self, row: Organisation, rank: int, name: str | None, email: str | None) -> None:
        """This person acts for it from now on; who did so before no longer does."""
        if not email:
            return
        person = self._person(name or "", email.lower(), row.language)
        present = self.delegates.get((row.id, rank))
        if present is not None and present.person_id == person.id:
            return
        if present is not None:
            appointments.ended(present, by=self.by, at=self.at)
            self.counts["mandates_ended"] += 1
        made = Mandate(
            person_id=person.id, role=str(Role.DELEGATE), organisation_id=row.id, rank=rank, starts_at=self.at
        )
        self.delegates[row.id, rank] = add(made)
        appointments.begun(made, by=self.by, at=self.at)
        self.counts["mandates_begun"] += 1

    def _person(self, name: str, email: str, language: str) -> Person:
        """A person is their address; the name of somebody known is theirs to keep."""
        if email not in self.people:
            self.people[email] = add(Person(name=name or email, email=email, language=language))
            self.counts["people_new"] += 1
        return self.people[email]


def _in_force(at: datetime) -> Iterable[Mandate]:
    return db.session.scalars(
        select(Mandate).where(
            Mandate.role == Role.DELEGATE,
            Mandate.starts_at <= at,
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
        )
    )
