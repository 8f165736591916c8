"""A map of countries as tiles of one size, roughly where they lie: no outlines, nobody large or small by area."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext

from consultations import wording

PLACES: dict[str, tuple[int, int]] = {
    "MX": (0, 0), "CU": (3, 0), "GT": (0, 1), "BZ": (1, 1), "JM": (3, 1), "HT": (4, 1), "DO": (5, 1), "SV": (0, 2),
    "HN": (1, 2), "DM": (6, 2), "NI": (1, 3), "LC": (6, 3), "CR": (1, 4), "PA": (2, 4), "VC": (6, 4), "CO": (3, 5),
    "EC": (2, 6), "PE": (3, 6), "BR": (5, 6), "BO": (4, 7), "PY": (5, 7), "CL": (3, 8), "AR": (4, 8), "UY": (5, 8),
}  # fmt: skip
"""Country -> column and row."""


class Counted(Protocol):
    """Anything with a country and two figures, each None where it is hidden."""

    @property
    def code(self) -> str: ...

    @property
    def asked(self) -> int | None: ...

    @property
    def answered(self) -> int | None: ...


@dataclass(frozen=True)
class Tile:
    """A country: its place (None: only in the table), its figures as text and in short, its status in a word, its share in
    whole percent, rounded down, as the bar is drawn."""

    code: str
    name: str
    place: tuple[int, int] | None
    text: str
    short: str
    status: str
    percent: int | None


def tiles(counted: Iterable[Counted]) -> tuple[Tile, ...]:
    """The countries by name; those without a place on the map stand in the table alone."""
    made = [_tile(one) for one in counted if one.code]
    return tuple(sorted(made, key=lambda tile: tile.name))


def _tile(one: Counted) -> Tile:
    name, place = wording.country(one.code), PLACES.get(one.code)
    if one.asked is None or one.answered is None:
        return Tile(one.code, name, place, gettext("hidden"), "…", gettext("hidden"), None)
    text = gettext("%(answered)s of %(asked)s", answered=one.answered, asked=one.asked)
    share = 100 * one.answered // max(1, one.asked)
    status = _status(one.answered, one.asked)
    return Tile(one.code, name, place, text, f"{one.answered}/{one.asked}", status, share)


def _status(answered: int, asked: int) -> str:
    if not answered:
        return gettext("nobody yet")
    if answered == asked:
        return gettext("all")
    return gettext("half or more") if 2 * answered >= asked else gettext("fewer than half")
