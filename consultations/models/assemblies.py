"""Assemblies: convened under a body's rules on a roll of their own, called up to three times, with their agenda."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant, one_of
from consultations.models.definitions import Stateful
from consultations.models.organisations import Network, Organisation
from consultations.models.people import Person
from consultations.models.votes import Vote


class AssemblyKind(StrEnum):
    """The yearly one of the statutes, or one called for a reason of its own."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class AssemblyForm(StrEnum):
    """Where its members are: in one room, on line, either; `written`: they answer in a window and never meet."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    WRITTEN = "written"


class ItemKind(StrEnum):
    """To be heard, to be decided by a vote, or to elect somebody."""

    INFORMATION = "information"
    DECISION = "decision"
    ELECTION = "election"


class Assembly(Stateful, Base):
    """The three rules are frozen with it; after convening only what happens may change: state, calls, times, minutes."""

    __tablename__ = "assemblies"
    __table_args__ = (
        CheckConstraint(one_of("kind", AssemblyKind), name="kind"),
        CheckConstraint(one_of("form", AssemblyForm), name="form"),
        CheckConstraint("state IN ('draft', 'called_off') OR roll_sha256 IS NOT NULL", name="roll_frozen"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(form <> 'written') OR (ends_at IS NOT NULL)", name="written_window"),
        CheckConstraint("call BETWEEN 0 AND 3", name="call"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    kind: Mapped[str] = mapped_column(String(15))
    form: Mapped[str] = mapped_column(String(10))
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    zone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="es")  # of its minutes
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)  # the end of a written procedure's window
    calls: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    calls_sha256: Mapped[str] = mapped_column(String(64))
    representation: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    representation_sha256: Mapped[str] = mapped_column(String(64))
    roll_rule: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    roll_rule_sha256: Mapped[str] = mapped_column(String(64))
    roll_sha256: Mapped[str | None] = mapped_column(String(64))
    attendance_open: Mapped[bool] = mapped_column(default=False)
    call: Mapped[int] = mapped_column(default=0)
    call_at: Mapped[datetime | None] = mapped_column(Instant)  # when the present call was made
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    convened_at: Mapped[datetime | None] = mapped_column(Instant)
    convened_for: Mapped[datetime | None] = mapped_column(
        Instant
    )  # the start it was convened for, put off or not
    installed_at: Mapped[datetime | None] = mapped_column(Instant)
    adjourned_until: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    body: Mapped[Network] = relationship()


class AssemblyElector(Base):
    """One organisation of an assembly's frozen roll. Locked while it arrives, leaves, gives or takes back a proxy.

    One that two people took off the roll stays for what hangs on it, proxies and interests, and is of no assembly.
    """

    __tablename__ = "assembly_electors"
    __table_args__ = (
        UniqueConstraint("assembly_id", "organisation_id"),
        UniqueConstraint("assembly_id", "elector"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assemblies.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    elector: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    weight: Mapped[str] = mapped_column(String(60))
    attributes: Mapped[dict[str, str]] = mapped_column(CanonicalJson)

    assembly: Mapped[Assembly] = relationship()
    organisation: Mapped[Organisation] = relationship()


class RollChange(Base):
    """Who the rule leaves out of a roll, who is let in all the same, and what two people changed after the call.

    `confirmed_by_id` is the second person; an exclusion by the rule needs none. Public with its reason and day.
    """

    __tablename__ = "roll_changes"
    __table_args__ = (
        CheckConstraint("kind IN ('excluded', 'exception', 'added', 'removed', 'reweighted')", name="kind"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="second_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assemblies.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    weight: Mapped[str] = mapped_column(String(60), default="")  # the new one, of what is added or reweighted
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    roll_sha256: Mapped[str] = mapped_column(String(64), default="")  # of the roll with this change

    organisation: Mapped[Organisation] = relationship()


class AgendaItem(Stateful, Base):
    """One matter of the agenda. `motion` is what is put to the vote, word for word; an amendment names what it amends.

    Items of one `block` are put to one vote. `request_id` comes from the form, so the same request twice is one item.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("assembly_id", "position"),
        UniqueConstraint("assembly_id", "request_id"),
        CheckConstraint(one_of("kind", ItemKind), name="kind"),
        CheckConstraint("amends_id IS NULL OR amends_id <> id", name="amends_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assemblies.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(15))
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    background: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    motion: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    block: Mapped[str] = mapped_column(String(20), default="")
    request_id: Mapped[str | None] = mapped_column(String(36))
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("votes.id"), index=True)
    notes: Mapped[dict[str, str]] = mapped_column(
        CanonicalJson, default=dict
    )  # what the minutes add in words
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    assembly: Mapped[Assembly] = relationship()
    vote: Mapped[Vote | None] = relationship()


class ActionPoint(Base):
    """What somebody has to do after an item: a mandate of the body that stays open until it is done."""

    __tablename__ = "action_points"
    __table_args__ = (CheckConstraint("length(words) > 0", name="words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    noted_at: Mapped[datetime] = mapped_column(Instant)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_note: Mapped[str] = mapped_column(Text, default="")
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    item: Mapped[AgendaItem] = relationship()


class AssemblyMinutes(Base):
    """One version of an assembly's minutes: the figures as they were computed, the words around them.

    `sha256` is over both, and is what is signed. `words`: introduction, closing, item-<position>.
    """

    __tablename__ = "assembly_minutes"
    __table_args__ = (UniqueConstraint("assembly_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assemblies.id"))
    number: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    words: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class MinutesSignature(Base):
    """A signature under one version of an assembly's minutes: a role, a person, once each."""

    __tablename__ = "minutes_signatures"
    __table_args__ = (UniqueConstraint("minutes_id", "role"), UniqueConstraint("minutes_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("assembly_minutes.id"))
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class MinutesFile(Base):
    """A PDF of minutes that was made and handed out: by its hash anybody may know it again, byte for byte.

    `number`: the version of an assembly's minutes, or the count that a vote's minutes are of.
    """

    __tablename__ = "minutes_files"
    __table_args__ = (
        CheckConstraint("(assembly_id IS NULL) <> (vote_id IS NULL)", name="of_one"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assemblies.id"))
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("votes.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime] = mapped_column(Instant)
