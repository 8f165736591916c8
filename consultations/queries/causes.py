"""The changes from a round's text to a later one with the comments that led to them, and those that none asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.actor import Actor
from consultations.documents.redline import Change
from consultations.documents.reverse_report import Explained, report, stable_ids
from consultations.extensions import db
from consultations.facts.causes import Promise, promises
from consultations.facts.change_reasons import so_far
from consultations.models.base import NotFound
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from consultations.queries.redline_pages import SHOWN, RedlinePage, page_of
from consultations.queries.redlines import Redline, redline
from workflows import causes as rule
from workflows.causes import Causes
from workflows.roles import Role, implies

UNASKED, ASKED, UNMADE = PARTS = ("unasked", "asked", "unmade")
"""Changes that no answer names, changes that answers name, answers whose change the text does not have."""


@dataclass(frozen=True)
class CausesPage:
    """One of PARTS, one page of it. `led_to`, `explained`: by the anchor of a change; `counts`: of all parts.

    `unexplained`: the changes that neither a comment nor a reason explains. `can`: explain."""

    round_id: int
    number: int
    code: str
    titles: dict[str, str]
    made: Redline
    part: RedlinePage
    led_to: dict[str, tuple[Promise, ...]]
    unmade: tuple[Promise, ...]
    counts: dict[str, int]
    explained: dict[str, Explained]
    unexplained: int
    can: frozenset[str]


@dataclass(frozen=True)
class ChangePage:
    """One change that no comment asked for, to write why it was made; in the reference language."""

    round_id: int
    version_id: int
    code: str
    titles: dict[str, str]
    made: Redline
    part: RedlinePage
    reason: str


@dataclass(frozen=True)
class Since:
    """The way to the report on what led to a round's text, and how much of it nothing explains."""

    round_id: int
    version_id: int
    unexplained: int


def since(round_id: int) -> Since | None:
    """What changed from the round before to this one; None where the text is the same, and for a first round."""
    row = db.session.get(Round, round_id)
    before = so_far(row)[:-1] if row is not None else ()
    if row is None or not before or before[-1].version_id >= row.version_id:
        return None
    lines = report(before[-1], row.version)
    return Since(before[-1].id, row.version_id, sum(one.unexplained for one in lines))


def change_page(round_id: int, version_id: int, sha256: str) -> ChangePage:
    """The change of that hash. Raises NotFound, also where a comment asked for it."""
    round_, version = _pair(round_id, version_id)
    wanted = (one for one in report(round_, version) if one.sha256 == sha256 and not one.asked)
    if (line := next(wanted, None)) is None:
        raise NotFound(f"change {sha256}")
    made = redline(round_.version_id, version_id, version.reference_language)
    return ChangePage(
        round_.id, version_id, round_.dossier.code, round_.dossier.titles, made,
        page_of(made, [line.change], UNASKED, 1), line.reason,
    )  # fmt: skip


def causes_page(
    round_id: int, version_id: int, part: str, number: int, language: str, *, by: Actor
) -> CausesPage:
    """The report, of the later version `version_id`; the nearest page there is. Raises NotFound."""
    round_, version = _pair(round_id, version_id)
    part = part if part in PARTS else UNASKED
    made = redline(round_.version_id, version_id, language)
    changes = [change for change in made.changes if rule.is_of_substance(change.kinds)]
    said = promises([one.id for one in so_far(round_)])
    found = rule.causes([stable_ids(change) for change in changes], [one.clause for one in said])
    unmade = [said[place] for place in found.unmade if said[place].round_id == round_id]
    lines = report(round_, version)
    if part == UNMADE:
        shown, listed = _promised(unmade, number)
    else:
        wanted = [change for n, change in enumerate(changes) if bool(found.led_to[n]) == (part == ASKED)]
        shown, listed = page_of(made, wanted, part, number), ()
    return CausesPage(
        round_.id, round_.number, round_.dossier.code, round_.dossier.titles, made, shown, _by_anchor(changes, said, found),
        listed, {UNASKED: len(found.unexplained), ASKED: len(changes) - len(found.unexplained), UNMADE: len(unmade)},
        {one.change.anchor: one for one in lines}, sum(one.unexplained for one in lines),
        frozenset({"explain"} if Role.UNIT in implies(by.role) else ()),
    )  # fmt: skip


def _promised(unmade: Sequence[Promise], number: int) -> tuple[RedlinePage, tuple[Promise, ...]]:
    """One page of the answers whose change the text does not have."""
    pages = max(1, -(-len(unmade) // SHOWN))
    number = min(max(number, 1), pages)
    listed = tuple(unmade[(number - 1) * SHOWN : number * SHOWN])
    return RedlinePage((), UNMADE, len(unmade), number, pages), listed


def _pair(round_id: int, version_id: int) -> tuple[Round, StandardVersion]:
    round_, version = db.session.get(Round, round_id), db.session.get(StandardVersion, version_id)
    if round_ is None or version is None or version_id <= round_.version_id:
        raise NotFound(f"causes {round_id} {version_id}")
    return round_, version


def _by_anchor(
    changes: Sequence[Change], said: Sequence[Promise], found: Causes
) -> dict[str, tuple[Promise, ...]]:
    return {
        change.anchor: tuple(said[place] for place in places)
        for change, places in zip(changes, found.led_to, strict=True)
    }
