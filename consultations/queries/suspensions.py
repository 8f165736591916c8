"""The requirements in force that a suspension may put off."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.standards import Node, StandardVersion
from consultations.queries.effective_dates import applies


@dataclass(frozen=True)
class InForce:
    """A requirement that applies to a group, and since when."""

    node_id: int
    number: str
    cohort: str
    since: date


@dataclass(frozen=True)
class SuspensionPage:
    """A suspension with what it may put off."""

    dossier_id: int
    code: str
    titles: dict[str, str]
    rows: tuple[InForce, ...]


def page(dossier_id: int, *, at: datetime) -> SuspensionPage:
    """The requirements of the dossier's standard that apply at `at`, in the newest version. Raises NotFound."""
    dossier = db.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound(f"Dossier {dossier_id}")
    newest = select(StandardVersion.id).where(StandardVersion.standard_id == dossier.standard_id)
    nodes = select(Node.id, Node.number, Node.stable_id).where(
        Node.version_id == newest.order_by(StandardVersion.id.desc()).limit(1).scalar_subquery(),
        Node.kind != DELETED,
    )
    dates = applies(dossier.standard_id)
    rows = tuple(
        InForce(node.id, node.number, one.cohort, one.day)
        for node in db.session.execute(nodes.order_by(Node.position))
        for one in dates.get(node.stable_id, ())
        if one.day <= at.date()
    )
    return SuspensionPage(dossier.id, dossier.code, dossier.titles, rows)
