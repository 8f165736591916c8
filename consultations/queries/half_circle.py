"""A result as a half circle: a seat per organisation, country beside country, what it voted as a shape. Whole numbers, to be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from math import cos, pi, sin

from workflows.hemicycle import Seat, hemicycle, radii, rows_for

WIDTH, HEIGHT = 1200, 650
CENTRE, FLOOR, OUTER = 600, 600, 530
LABEL_OUT = 34  # how far outside the outermost row a country's name stands
CLOSEST = 46  # the least distance of two names
LARGEST = 34  # the radius of a seat where there are few
SILENT = "not_voted"
SHAPES = {
    "yes": "disc",
    "no": "diamond",
    "abstain": "ring",
    "blank": "square",
    "invalid": "square",
    SILENT: "dot",
}
OTHERS = ("disc", "diamond", "ring", "square")


@dataclass(frozen=True)
class Drawn:
    """All seats of one choice as one path; `shape`: disc, diamond, ring, square, dot."""

    choice: str
    shape: str
    path: str
    count: int


@dataclass(frozen=True)
class Label:
    """A country's name beside its seats."""

    country: str
    x: int
    y: int


@dataclass(frozen=True)
class HalfCircle:
    """The drawing, in a box of WIDTH times HEIGHT."""

    parts: tuple[Drawn, ...]
    labels: tuple[Label, ...]
    edges: tuple[tuple[int, int, int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT


def half_circle(votes: Iterable[tuple[str, str]], choices: Sequence[str]) -> HalfCircle:
    """Seat everybody: `votes` are (country, choice) of each organisation, SILENT for no ballot; `choices` in the rule's order."""
    order = {choice: n for n, choice in enumerate((*choices, "blank", "invalid", SILENT))}
    seated = sorted(votes, key=lambda vote: (vote[0], order.get(vote[1], len(order)), vote[1]))
    seats = hemicycle(len(seated))
    step, rows = _step(len(seated)), rows_for(len(seated))
    size = min(LARGEST, int(step * 0.4))
    found: dict[str, list[tuple[int, int]]] = {}
    for (_, choice), seat in zip(seated, seats, strict=True):
        found.setdefault(choice, []).append(_place(seat, rows, step))
    parts = tuple(
        Drawn(choice, shape_of(choice, choices), "".join(_outline(shape_of(choice, choices), x, y, size) for x, y in places), len(places))
        for choice, places in sorted(found.items(), key=lambda pair: order.get(pair[0], len(order)))
    )  # fmt: skip
    wedges = [
        (country, [seat for _, seat in pairs])
        for country, pairs in groupby(
            zip((c for c, _ in seated), seats, strict=True), key=lambda pair: pair[0]
        )
    ]
    return HalfCircle(parts, _labels(wedges), _edges(wedges, rows, step))


def shape_of(choice: str, choices: Sequence[str]) -> str:
    """The shape of a choice: the usual ones have their own, others go by their place in the rule."""
    if choice in SHAPES:
        return SHAPES[choice]
    return OTHERS[list(choices).index(choice) % len(OTHERS)] if choice in choices else "square"


def _step(seats: int) -> float:
    """The distance between rows, so that the outermost stands at OUTER."""
    rows = rows_for(seats)
    return OUTER / (radii(rows)[-1] if rows else 1)


def _place(seat: Seat, rows: int, step: float) -> tuple[int, int]:
    return _point(seat.turn, radii(rows)[seat.row] * step)


def _point(turn: Fraction, radius: float) -> tuple[int, int]:
    angle = pi * float(turn)
    return round(CENTRE - radius * cos(angle)), round(FLOOR - radius * sin(angle))


def _outline(shape: str, x: int, y: int, size: int) -> str:
    if shape == "diamond":
        return f"M{x} {y - size}l{size} {size}l-{size} {size}l-{size}-{size}z"
    if shape == "square":
        half = size * 3 // 4
        return f"M{x - half} {y - half}h{2 * half}v{2 * half}h-{2 * half}z"
    r = {"disc": size, "ring": max(1, size * 3 // 4), "dot": max(1, size // 3)}[shape]
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"


def _labels(wedges: Sequence[tuple[str, list[Seat]]]) -> tuple[Label, ...]:
    """A name per country, left out where it would stand on the one before: the table beside has them all."""
    made: list[Label] = []
    for country, seats in wedges:
        x, y = _point(seats[len(seats) // 2].turn, OUTER + LABEL_OUT + LARGEST // 2)
        if not made or (x - made[-1].x) ** 2 + (y - made[-1].y) ** 2 >= CLOSEST**2:
            made.append(Label(country, x, y))
    return tuple(made)


def _edges(
    wedges: Sequence[tuple[str, list[Seat]]], rows: int, step: float
) -> tuple[tuple[int, int, int, int], ...]:
    """The lines between countries, from inside to outside."""
    turns = [(before[-1].turn + after[0].turn) / 2 for (_, before), (_, after) in pairwise(wedges)]
    inner, outer = (radii(rows)[0] - 0.5) * step if rows else 0, OUTER + 0.5 * step
    return tuple((*_point(turn, inner), *_point(turn, min(outer, OUTER + LABEL_OUT // 2))) for turn in turns)
