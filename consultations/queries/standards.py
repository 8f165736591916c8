"""Standards, their versions, and the text of one version to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.standards import Node, NodeText, Standard, StandardVersion
from consultations.queries.effective_dates import Applies, applies


@dataclass(frozen=True)
class Version:
    """A version in a list."""

    id: int
    label: str
    reference: str
    languages: tuple[str, ...]
    requirements: int
    imported_at: datetime
    sha256: str | None


@dataclass(frozen=True)
class StandardLine:
    """A standard with its versions, newest first."""

    id: int
    code: str
    titles: dict[str, str]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Clause:
    """A node in one language, and whether its words had to be taken from the reference language."""

    id: int
    number: str
    kind: str
    depth: int
    heading: str
    text: str
    guidance: str
    borrowed: bool
    requirement_kind: str = ""
    years: str = ""
    applies_to: str = ""
    dates: tuple[Applies, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """How complete a language is: clauses that have words in it, of those that have words at all."""

    language: str
    have: int
    of: int
    reference: bool

    @property
    def complete(self) -> bool:
        """Nothing is missing."""
        return self.have == self.of


@dataclass(frozen=True)
class VersionPage:
    """One version to read."""

    id: int
    label: str
    standard_id: int
    code: str
    titles: dict[str, str]
    source_name: str | None
    imported_at: datetime
    sha256: str | None
    frozen_at: datetime | None
    language: str
    coverage: tuple[Coverage, ...]
    clauses: tuple[Clause, ...]
    requirements: int


def all_standards() -> tuple[StandardLine, ...]:
    """Every standard with its versions; four selects."""
    standards = db.session.scalars(select(Standard).order_by(Standard.code)).all()
    of: dict[int, list[Version]] = {}
    for standard_id, version in _versions():
        of.setdefault(standard_id, []).append(version)
    return tuple(StandardLine(row.id, row.code, row.titles, tuple(of.get(row.id, ()))) for row in standards)


def versions_of(standard_id: int) -> tuple[Version, ...]:
    """The versions of one standard, newest first."""
    return tuple(version for parent, version in _versions() if parent == standard_id)


def version(version_id: int, language: str = "") -> VersionPage:
    """A version in a language (the reference language when it has no words in it). Raises NotFound."""
    row = db.session.get(StandardVersion, version_id)
    if row is None:
        raise NotFound(f"StandardVersion {version_id}")
    nodes = _nodes(version_id)
    coverage = _coverage(nodes, row.reference_language)
    dates = applies(row.standard_id)
    shown = language if language in {line.language for line in coverage} else row.reference_language
    return VersionPage(
        id=row.id,
        label=row.label,
        standard_id=row.standard_id,
        code=row.standard.code,
        titles=row.standard.titles,
        source_name=row.source_name,
        imported_at=row.imported_at,
        sha256=row.text_sha256,
        frozen_at=row.frozen_at,
        language=shown,
        coverage=coverage,
        clauses=tuple(_clause(node, shown, row.reference_language, dates) for node in nodes),
        requirements=sum(1 for node in nodes if node.kind == "requirement"),
    )


def imported_from(sha256: str, *, code: str, label: str, language: str) -> int | None:
    """The version of that standard and label into which the file with this SHA-256 (hex) was taken in this language.

    None if none was: in another language it would have been another import.
    """
    query = (
        select(StandardVersion.id)
        .join(Standard)
        .join(Event, (Event.subject_kind == "standardversion") & (Event.subject_id == StandardVersion.id))
        .where(Standard.code == code.strip(), StandardVersion.label == label.strip())
    )
    told = {"source": sha256, "language": language}
    same = [Event.payload.contains(f'"{key}":"{value}"', autoescape=True) for key, value in told.items()]
    return db.session.scalars(query.where(*same).limit(1)).first()


def _versions() -> list[tuple[int, Version]]:
    languages: dict[int, set[str]] = {}
    pairs = select(Node.version_id, NodeText.language).join(NodeText, NodeText.node_id == Node.id).distinct()
    for version_id, language in db.session.execute(pairs):
        languages.setdefault(version_id, set()).add(language)
    counted = (
        select(Node.version_id, func.count()).where(Node.kind == "requirement").group_by(Node.version_id)
    )
    requirements = dict(db.session.execute(counted).all())
    rows = db.session.scalars(select(StandardVersion).order_by(StandardVersion.id.desc()))
    return [
        (
            row.standard_id,
            Version(
                row.id, row.label, row.reference_language, tuple(sorted(languages.get(row.id, ()))),
                requirements.get(row.id, 0), row.imported_at, row.text_sha256,
            ),
        )
        for row in rows
    ]  # fmt: skip


def _nodes(version_id: int) -> list[Node]:
    query = (
        select(Node)
        .where(Node.version_id == version_id, Node.kind != DELETED)
        .options(selectinload(Node.texts))
        .order_by(Node.position)
    )
    return list(db.session.scalars(query))


def _coverage(nodes: list[Node], reference: str) -> tuple[Coverage, ...]:
    worded: dict[str, set[int]] = {}
    for node in nodes:
        for text in node.texts:
            if text.heading or text.text:
                worded.setdefault(text.language, set()).add(node.id)
    wanted = worded.get(reference, set())
    lines = [
        Coverage(language, len(have & wanted), len(wanted), language == reference)
        for language, have in worded.items()
    ]
    return tuple(sorted(lines, key=lambda line: (not line.reference, line.language)))


def _clause(node: Node, language: str, reference: str, dates: dict[str, tuple[Applies, ...]]) -> Clause:
    by_language = {text.language: text for text in node.texts if text.heading or text.text or text.guidance}
    words = by_language.get(language) or by_language.get(reference)
    return Clause(
        node.id, node.number, node.kind, node.depth, words.heading if words else "", words.text if words else "",
        words.guidance if words else "", words is not None and language not in by_language, node.requirement_kind or "",
        node.years or "", node.applies_to, dates.get(node.stable_id, ()),
    )  # fmt: skip
