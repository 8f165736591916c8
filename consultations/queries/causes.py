"""The changes from a round's text to a later one with the comments that led to them, and those that none asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.documents.redline import Change
from consultations.extensions import db
from consultations.facts.causes import Promise, promises
from consultations.models.base import NotFound
from consultations.models.rounds import Round
from consultations.queries.redline_pages import SHOWN, RedlinePage, page_of
from consultations.queries.redlines import Redline, redline
from workflows import causes as rule
from workflows.causes import Causes

UNASKED, ASKED, UNMADE = PARTS = ("unasked", "asked", "unmade")
"""Changes that no answer names, changes that answers name, answers whose change the text does not have."""


@dataclass(frozen=True)
class CausesPage:
    """One of PARTS, one page of it. `led_to`: by the anchor of a change; `counts`: of all parts."""

    round_id: int
    number: int
    code: str
    titles: dict[str, str]
    made: Redline
    part: RedlinePage
    led_to: dict[str, tuple[Promise, ...]]
    unmade: tuple[Promise, ...]
    counts: dict[str, int]


def causes_page(round_id: int, version_id: int, part: str, number: int, language: str) -> CausesPage:
    """The report, of the later version `version_id`; the nearest page there is. Raises NotFound."""
    round_ = db.session.get(Round, round_id)
    if round_ is None or version_id <= round_.version_id:
        raise NotFound(f"causes {round_id} {version_id}")
    part = part if part in PARTS else UNASKED
    made = redline(round_.version_id, version_id, language)
    changes = [change for change in made.changes if rule.is_of_substance(change.kinds)]
    said = promises(round_id)
    found = rule.causes([_clauses(change) for change in changes], [one.clause for one in said])
    unmade = [said[place] for place in found.unmade]
    if part == UNMADE:
        shown, listed = _promised(unmade, number)
    else:
        wanted = [change for n, change in enumerate(changes) if bool(found.led_to[n]) == (part == ASKED)]
        shown, listed = page_of(made, wanted, part, number), ()
    return CausesPage(
        round_.id, round_.number, round_.dossier.code, round_.dossier.titles, made, shown, _by_anchor(changes, said, found),
        listed, {UNASKED: len(found.unexplained), ASKED: len(changes) - len(found.unexplained), UNMADE: len(unmade)},
    )  # fmt: skip


def _promised(unmade: Sequence[Promise], number: int) -> tuple[RedlinePage, tuple[Promise, ...]]:
    """One page of the answers whose change the text does not have."""
    pages = max(1, -(-len(unmade) // SHOWN))
    number = min(max(number, 1), pages)
    listed = tuple(unmade[(number - 1) * SHOWN : number * SHOWN])
    return RedlinePage((), UNMADE, len(unmade), number, pages), listed


def _clauses(change: Change) -> frozenset[str]:
    return frozenset(clause.stable_id for clause in (*change.before, *change.after))


def _by_anchor(
    changes: Sequence[Change], said: Sequence[Promise], found: Causes
) -> dict[str, tuple[Promise, ...]]:
    return {
        change.anchor: tuple(said[place] for place in places)
        for change, places in zip(changes, found.led_to, strict=True)
    }
