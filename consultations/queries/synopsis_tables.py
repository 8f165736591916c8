"""Tables of a synopsis: figures with what they count, and tallies whose shares are rounded each by itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from consultations.documents.synopsis_blocks import Block, Table
from consultations.facts import figures as named
from consultations.facts.figures import Value, whole_percent
from consultations.wording_synopsis import HIDDEN, figure_sentence, figure_title

_SHARE = re.compile(r"\s*\(\s*\{\{\s*figure:\s*([a-z0-9_.]+)\.percent\s*\}\}\s*\)")
_OPEN = re.compile(r"\([^()]*\Z")


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


def filled(text: str, shown: Mapping[str, Any]) -> str:
    """The words with their figures. A hidden one is said once, in brackets: its share in brackets of its own is left out
    after it, and within brackets of the words it needs none."""
    return "\n".join(_line(line, shown) for line in text.split("\n"))


def _line(line: str, shown: Mapping[str, Any]) -> str:
    def share_beside(found: re.Match[str]) -> str:
        hides = named.value(shown, found[1]) == Value(None)
        return "" if hides and found[1] in named.names(found.string[: found.start()]) else found[0]

    told = ""
    for words, name, percent in named.pieces(_SHARE.sub(share_beside, line)):
        told += words
        if name:
            told += _figure(shown, name, percent, within=bool(_OPEN.search(told)))
    return told


def _figure(shown: Mapping[str, Any], name: str, percent: bool, *, within: bool) -> str:
    value = named.value(shown, name)
    if value is None:
        return name
    if value.value is None:
        return str(HIDDEN) if within else f"({HIDDEN})"
    return share(value) if percent else str(value.value)


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
