"""The versions of an assembly's minutes, and who signed which."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.votes import person
from consultations.models.assemblies import AssemblyMinutes, MinutesFile, MinutesSignature
from workflows.roles import Role
from workflows.vote_guards import Signer


def newest(assembly_id: int) -> AssemblyMinutes | None:
    """The version that counts."""
    query = select(AssemblyMinutes).where(AssemblyMinutes.assembly_id == assembly_id)
    return db.session.scalar(query.order_by(AssemblyMinutes.number.desc()).limit(1))


def numbered(assembly_id: int, number: int) -> AssemblyMinutes | None:
    """One version, old or new."""
    return db.session.scalar(select(AssemblyMinutes).filter_by(assembly_id=assembly_id, number=number))


def signatures(minutes_ids: Iterable[int]) -> tuple[MinutesSignature, ...]:
    """The signatures under these versions, in the order of signing."""
    query = select(MinutesSignature).where(MinutesSignature.minutes_id.in_(list(minutes_ids)))
    return tuple(db.session.scalars(query.order_by(MinutesSignature.id)))


def signers(minutes_id: int) -> tuple[Signer, ...]:
    """Who signed a version, in which capacity."""
    return tuple((Role(one.role), str(person(one.person_id))) for one in signatures([minutes_id]))


def file_of(data: bytes) -> MinutesFile | None:
    """When and of what these very bytes were made and handed out here; None where they were not."""
    return db.session.scalar(select(MinutesFile).filter_by(sha256=hashlib.sha256(data).hexdigest()))
