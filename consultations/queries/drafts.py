"""A version being written: its clauses, how complete and how fresh each language is, and whether it may be changed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.drafts import (
    FRESH,
    MISSING,
    REFERENCE,
    STALE,
    UNKNOWN,
    editing_objections,
    freshness,
)
from consultations.facts.texts import CLAUSES, DELETED
from consultations.models.base import NotFound
from consultations.models.standards import Node, NodeText, StandardVersion
from consultations.wording import LANGUAGES
from workflows.refusals import Refusal
from workflows.roles import Role, implies


@dataclass(frozen=True)
class LanguageState:
    """A language of a draft: how many clauses have words to translate, and how their translations stand."""

    code: str
    reference: bool
    of: int
    fresh: int
    stale: int
    unknown: int
    missing: int

    @property
    def have(self) -> int:
        """How many are translated, however fresh."""
        return self.of - self.missing


@dataclass(frozen=True)
class DraftLine:
    """A clause in the outline; `state` how its words in the chosen language stand, `repeated` its number stands twice."""

    id: int
    number: str
    kind: str
    depth: int
    words: str
    state: str
    repeated: bool
    below: tuple["DraftLine", ...]


@dataclass(frozen=True)
class Drawn:
    """Another version of the same standard."""

    id: int
    label: str


@dataclass(frozen=True)
class DraftPage:
    """A draft's outline. `can` holds "edit" when the text may be changed; else `reasons` say why not."""

    id: int
    label: str
    code: str
    titles: dict[str, str]
    based_on: Drawn | None
    others: tuple[Drawn, ...]
    language: str
    reference: str
    languages: tuple[LanguageState, ...]
    lines: tuple[DraftLine, ...]
    can: frozenset[str]
    reasons: tuple[Refusal, ...]


def draft(version_id: int, language: str = "", *, by: Actor) -> DraftPage:
    """The outline of a version in a language, the reference language by default. Raises NotFound."""
    row = db.session.get(StandardVersion, version_id)
    if row is None:
        raise NotFound(f"StandardVersion {version_id}")
    shown = language if language in LANGUAGES else row.reference_language
    nodes = _nodes(version_id)
    reasons = editing_objections(row)
    others = _others(row)
    return DraftPage(
        row.id, row.label, row.standard.code, row.standard.titles,
        next((one for one in others if one.id == row.based_on_id), None), others, shown, row.reference_language,
        tuple(language_state(nodes, code, row.reference_language) for code in codes(row.reference_language)),
        _lines(nodes, shown, row.reference_language),
        frozenset({"edit"}) if Role.UNIT in implies(by.role) and not reasons else frozenset(), reasons,
    )  # fmt: skip


def every(lines: tuple[DraftLine, ...]) -> Iterator[DraftLine]:
    """The clauses of an outline in reading order."""
    for line in lines:
        yield line
        yield from every(line.below)


def codes(reference: str) -> list[str]:
    """The languages of the house, the reference language first."""
    return sorted(LANGUAGES, key=lambda code: code != reference)


def language_state(nodes: list[Node], code: str, reference: str) -> LanguageState:
    """How complete and how fresh one language is."""
    wanted = [node for node in nodes if words_in(node, reference) is not None]
    states = Counter(freshness(words_in(node, code), words_in(node, reference)) for node in wanted)
    of = sum(states.values()) if code == reference else len(wanted) - states[REFERENCE]
    return LanguageState(
        code, code == reference, of, states[FRESH], states[STALE], states[UNKNOWN], states[MISSING]
    )


def words_in(node: Node, language: str) -> NodeText | None:
    """The words of a clause in a language, None when nothing is written."""
    return next(
        (t for t in node.texts if t.language == language and (t.heading or t.text or t.guidance)), None
    )


def _nodes(version_id: int) -> list[Node]:
    query = select(Node).where(Node.version_id == version_id, Node.kind != DELETED)
    return list(db.session.scalars(query.options(selectinload(Node.texts)).order_by(Node.position)))


def _others(row: StandardVersion) -> tuple[Drawn, ...]:
    query = select(StandardVersion.id, StandardVersion.label).where(
        StandardVersion.standard_id == row.standard_id, StandardVersion.id != row.id
    )
    return tuple(Drawn(*other) for other in db.session.execute(query.order_by(StandardVersion.id.desc())))


def _lines(nodes: list[Node], language: str, reference: str) -> tuple[DraftLine, ...]:
    times = Counter(node.number for node in nodes if node.number and node.kind in CLAUSES)
    below: dict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        below[node.parent_id].append(node)

    def line(node: Node) -> DraftLine:
        return DraftLine(
            node.id, node.number, node.kind, node.depth, _summary(node, language, reference),
            freshness(words_in(node, language), words_in(node, reference)),
            node.kind in CLAUSES and times[node.number] > 1, tuple(map(line, below[node.id])),
        )  # fmt: skip

    return tuple(map(line, below[None]))


def _summary(node: Node, language: str, reference: str) -> str:
    words = words_in(node, language) or words_in(node, reference)
    text = (words.heading or words.text or words.guidance) if words else ""
    return text if len(text) <= 80 else f"{text[:79]}…"
