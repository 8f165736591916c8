"""Tables of a synopsis: figures with what they count, and tallies whose shares are rounded each by itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from consultations.documents.synopsis_blocks import Block, Table
from consultations.facts import figures as named
from consultations.facts.figures import Value, whole_percent
from consultations.wording_synopsis import HIDDEN, figure_sentence, figure_title


def figure_table(shown: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Block]:
    """The figures of a text, each with the sentence of what is counted."""
    rows = tuple(
        (figure_title(name), number(value.value), share(value), figure_sentence(name))
        for name in names
        if (value := named.value(shown, name)) is not None
    )
    if rows:
        heads = (gettext("Figure"), gettext("How many"), gettext("Share"), gettext("What is counted"))
        yield Table(gettext("Figures named above"), heads, rows, numbers=(1, 2))


def number(value: int | None) -> str:
    """A figure, or the word for a hidden one."""
    return str(HIDDEN) if value is None else str(value)


def share(value: Value) -> str:
    """Its share, each rounded by itself."""
    return "–" if value.percent is None else f"{value.percent} %"


def tally(caption: str, cells: Mapping[str, int | None], said: Mapping[str, Any], total: int | None, counted: str) -> Iterator[Block]:  # fmt: skip
    """A table of cells with their shares, in the order of `said`, which names them.

    The total prints 100 %, though shares rounded each by itself may add up to more or less.
    """
    rows = [
        (str(label), number(value), "–" if value is None or not total else f"{whole_percent(value, total)} %")
        for key, label in said.items() if (value := cells.get(key, 0)) != 0
    ]  # fmt: skip
    if rows:
        rows.append((gettext("Total"), number(total), "100 %"))
        heads = (gettext("What"), gettext("How many"), gettext("Share"))
        yield Table(caption, heads, tuple(rows), (1, 2), counted)
