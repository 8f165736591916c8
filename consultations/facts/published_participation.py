"""Who took part in a round, as anybody may read it: cells under five hidden, and whatever would reveal them
(consultation-model.md, "Register and participation").

Published are axes that divide those asked: on each an organisation stands once, and what the axes share are the sums,
which are shown, and whole countries (a language may be that of one country), which are hidden on both or on none. So
nothing can be computed from two of the tables that could not be from one. Networks, products
and channels overlap (a country's network is its country, nearly): their parts are for staff, and channels are told by
the exact set of each organisation's ways. A region is its countries: it is shown where all of them are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consultations.facts.on_behalf import overlap
from consultations.facts.participation import Attended, Line, attended, counted, lines, parts
from consultations.facts.small_cells import answers_hidden, hidden
from workflows.participation import SPOKEN
from workflows.suppression import TOTAL, publish

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
    tables = {axis: table(_told(found, axis), few=few) for axis in AXES}
    for axis in AXES[1:]:
        tables[axis] = _beside_countries(found, axis, tables)
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
    places = sorted(told, key=lambda place: (-told[place][0], place))
    if few:
        return tuple(Place(place, None, None, None) for place in places)
    counts = {
        (place, column): told[place][1] if column == ANSWERED else told[place][0] - told[place][1]
        for place in places
        for column in (ANSWERED, SILENT)
    }
    shown = publish(counts, fixed=(ANSWERED, SILENT))
    return tuple(
        Place(place, shown.at(place, TOTAL), shown.at(place, ANSWERED), shown.at(place, SILENT))
        for place in places
    )


def _beside_countries(
    found: Iterable[Line], axis: str, tables: Mapping[str, tuple[Place, ...]]
) -> tuple[Place, ...]:
    """The table of an axis, from which nothing follows of a country that is hidden: whoever speaks Portuguese may be all of
    Brazil.

    Where each country lies in one place, places are sums of countries, shown where all of these are. Where only some
    places are whole countries, all are shown or none: none, when a country or a place is hidden.
    """
    own, countries = tables[axis], {row.code: row for row in tables["country"]}
    lies: dict[str, set[str]] = {}
    for line in found:
        lies.setdefault(line.places["country"][0], set()).add(line.places[axis][0])
    inside = {row.code: [code for code, places in lies.items() if row.code in places] for row in own}
    whole = {place for place, codes in inside.items() if all(lies[code] == {place} for code in codes)}
    if (
        len(own) < 2
        or not whole
        or (all(row.shown for row in countries.values()) and all(row.shown for row in own))
    ):
        return own
    if len(whole) < len(own):
        return tuple(Place(row.code, None, None, None) for row in own)
    return tuple(_summed_up(row.code, [countries[code] for code in inside[row.code]]) for row in own)


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
