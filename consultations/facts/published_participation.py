"""Who took part in a round, as anybody may read it: cells under five hidden, and whatever would reveal them
(consultation-model.md, "Register and participation").

Published are axes that divide those asked: on each an organisation stands once. The countries come first; of every other
axis so much is shown that nothing hidden follows from all tables together (workflows.suppression_together). Networks,
products and channels overlap (a country's network is its country, nearly): their parts are for staff, and channels are told by
the exact set of each organisation's ways. A region is its countries: it is shown where all of them are.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consultations.facts.on_behalf import overlap
from consultations.facts.participation import Attended, Line, attended, counted, lines, parts
from consultations.facts.small_cells import answers_hidden, hidden
from workflows.participation import SPOKEN
from workflows.suppression_together import Form, Forms, Places, Together, forms_of, hide_together

AXES = ("country", "kind", "size", "language")
"""Axes that are published; with "region", which follows from the countries."""

ANSWERED, SILENT = "answered", "silent"


@dataclass(frozen=True)
class Place:
    """One row: a place on an axis ("" not known), how many were asked, answered and did not; None is hidden."""

    code: str
    asked: int | None
    answered: int | None
    silent: int | None

    @property
    def shown(self) -> bool:
        """Whether all of it is."""
        return None not in (self.asked, self.answered, self.silent)


@dataclass(frozen=True)
class PublishedParticipation:
    """The figures of one round. None is hidden everywhere.

    `parts`: commented, no_comment, questions_only and silent, as the synopsis tells them. `tables`: per axis (country,
    region, kind, size, language), the largest first. `ways`: organisations by exactly the ways they used; they add up to
    those who answered. Women, men and others are people who came to workshops.
    """

    total: Place
    parts: Mapping[str, int | None]
    tables: Mapping[str, tuple[Place, ...]]
    ways: tuple[tuple[tuple[str, ...], int | None], ...]
    women: int | None
    men: int | None
    others: int | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        rows = [row for table in self.tables.values() for row in table]
        told = (*self.parts.values(), *(count for _, count in self.ways), self.women, self.men, self.others)
        return None in told or not all(row.shown for row in rows)


def published(round_id: int, *, at: datetime) -> PublishedParticipation:
    """What may be published of a round's participation now; a constant number of selects."""
    return of_lines(lines(round_id, at=at), attended(round_id))


def of_lines(found: tuple[Line, ...], came: Attended) -> PublishedParticipation:
    """The same from what was read."""
    exact = parts(found)
    gone = answers_hidden(exact)
    few = SILENT in gone or not found
    tables = _tables(found, few=few)
    tables["region"] = _regions(found, {row.code: row for row in tables["country"]})
    answered = len(found) - exact[SILENT]
    shown = Place("", len(found), None if few else answered, None if few else exact[SILENT])
    return PublishedParticipation(
        shown, {part: None if part in gone else value for part, value in exact.items()}, tables,
        _ways(found, few=few), **_people(came),
    )  # fmt: skip


def table(told: Mapping[str, tuple[int, int]], *, few: bool) -> tuple[Place, ...]:
    """One axis against having answered: {place: (asked, answered)}; all of it is hidden with the sums when these are.

    The same figures give the same table, whoever asks: the synopsis takes its countries from here.
    """
    counts = {
        (place, column): value
        for place, (asked, answered) in told.items()
        for column, value in ((ANSWERED, answered), (SILENT, asked - answered))
    }
    return _rows(told, {} if few or not told else forms_of(counts, (ANSWERED, SILENT)))


def _tables(found: tuple[Line, ...], *, few: bool) -> dict[str, tuple[Place, ...]]:
    """The tables of all axes, the countries as if they were alone."""
    told = {axis: _told(found, axis) for axis in AXES}
    forms = [{}] * len(AXES) if few else hide_together(_together(found))
    return {axis: _rows(told[axis], of_axis) for axis, of_axis in zip(AXES, forms, strict=True)}


def _rows(told: Mapping[str, tuple[int, int]], forms: Forms) -> tuple[Place, ...]:
    return tuple(
        _row(place, *told[place], forms.get(place, Form.NOTHING))
        for place in sorted(told, key=lambda place: (-told[place][0], place))
    )


def _row(place: str, asked: int, answered: int, form: Form) -> Place:
    if form is Form.SHOWN:
        return Place(place, asked, answered, asked - answered)
    return Place(place, asked if form is Form.SUM else None, None, None)


def _together(found: Iterable[Line]) -> Together:
    people: dict[Places, dict[Hashable, int]] = {}
    for line in found:
        here = people.setdefault(tuple(line.places[axis][0] for axis in AXES), {ANSWERED: 0, SILENT: 0})
        here[ANSWERED if line.spoke else SILENT] += 1
    return Together(people, (ANSWERED, SILENT))


def _told(found: Iterable[Line], axis: str) -> dict[str, tuple[int, int]]:
    return {
        place: (held.total(), sum(held[status] for status in SPOKEN))
        for place, held in counted(found, axis).items()
    }


def _regions(found: Iterable[Line], countries: Mapping[str, Place]) -> tuple[Place, ...]:
    """Regions as sums of their countries, where these are shown and each lies in that region alone."""
    within: dict[str, set[tuple[str, ...]]] = {}
    for line in found:
        within.setdefault(line.places["country"][0], set()).add(line.places["region"])
    codes = sorted({code for sets in within.values() for regions in sets for code in regions})
    return tuple(_region(code, within, countries) for code in codes)


def _region(code: str, within: Mapping[str, set[tuple[str, ...]]], countries: Mapping[str, Place]) -> Place:
    inside = [country for country, sets in within.items() if any(code in regions for regions in sets)]
    rows = [countries[country] for country in inside]
    if any(within[country] != {(code,)} for country in inside):
        return Place(code, None, None, None)
    return _summed_up(code, rows)


def _summed_up(code: str, rows: list[Place]) -> Place:
    """The sum of countries; hidden when one of them is."""
    if not all(row.shown for row in rows):
        return Place(code, None, None, None)
    return Place(
        code, sum(row.asked or 0 for row in rows), sum(row.answered or 0 for row in rows), sum(row.silent or 0 for row in rows)
    )  # fmt: skip


def _ways(found: Iterable[Line], *, few: bool) -> tuple[tuple[tuple[str, ...], int | None], ...]:
    """Their sum is that of who answered: hidden with it, they would tell it."""
    exact = overlap(frozenset(line.places["channel"]) for line in found if line.spoke)
    gone = hidden({"+".join(part): (count,) for part, count in exact.parts.items()})
    return tuple(
        (part, None if few or "+".join(part) in gone else count) for part, count in exact.parts.items()
    )


def _people(came: Attended) -> dict[str, int | None]:
    exact = {"women": came.women, "men": came.men, "others": came.others}
    gone = hidden({key: (value,) for key, value in exact.items()})
    return {key: None if key in gone else value for key, value in exact.items()}
