"""Organisations, networks and bodies, and who belongs to which."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, one_of


class OrganisationKind(StrEnum):
    """Small producers' organisation (first or second grade) or workers' organisation (product.md)."""

    SPO = "spo"
    SPO_SECOND_GRADE = "spo_second_grade"
    WORKERS = "workers"


class NetworkKind(StrEnum):
    """Country, product, workers' and regional networks; `body` for CECLAC, assemblies and staff units."""

    COUNTRY = "country"
    PRODUCT = "product"
    WORKERS = "workers"
    REGIONAL = "regional"
    BODY = "body"


class Organisation(Base):
    """The voter and the commenter: people only act for it."""

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint(one_of("kind", OrganisationKind), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    country: Mapped[str] = mapped_column(String(2), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="es")
    products: Mapped[list[str]] = mapped_column(CanonicalJson, default=list)
    # Named weights as exact text ("3", "1/2"), e.g. {"members": "120"}; a rule says which one counts.
    weights: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    members_count: Mapped[int | None]
    good_standing: Mapped[bool] = mapped_column(default=True)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")


class Network(Base):
    """A network or a body. `names` is per language: {"es": "Red de Café", …}."""

    __tablename__ = "networks"
    __table_args__ = (CheckConstraint(one_of("kind", NetworkKind), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    names: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    zone: Mapped[str] = mapped_column(String(64), default="America/Managua")
    settings: Mapped[dict[str, Any]] = mapped_column(CanonicalJson, default=dict)


class Membership(Base):
    """An organisation in a network, from a day to a day (until is the first day it is no longer)."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("organisation_id", "network_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("networks.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
    network: Mapped[Network] = relationship()
