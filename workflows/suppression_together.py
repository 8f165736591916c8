"""Which figures of several tables to hide when all of them count the same people: on each axis everybody stands once.

What a table hides, another can tell: a language that is one country, a size that is exactly one kind, or any sums and
differences of such places over three tables. Which places go together (who speaks what where) is taken to be known to
everybody; how many there are of each together is not.

How much is left open is shown by examples, not by bounds: a hidden figure could be other by as much as people can be
exchanged within groups that no table shown tells apart. Each exchange is another population of whole people that gives
every figure shown. So what this counts as open is open; now and then more is, and a figure is hidden that need not be.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from workflows.suppression import LEAST, TOTAL, Arc, Published, publish, room, summed

Places = tuple[Hashable, ...]
"""Where somebody stands: one place on each axis."""


class Form(IntEnum):
    """How much of a place's row is shown."""

    SHOWN = 0
    SUM = 1
    """The sum of the row, and none of its figures."""
    NOTHING = 2


Forms = Mapping[Hashable, Form]
Open = tuple[int, Arc]
"""A figure that has to stay open: its axis, and where it stands."""


def forms_of(counts: Mapping[Arc, int], columns: Iterable[Hashable]) -> dict[Hashable, Form]:
    """How much of each row is shown of one table, the sums of whose columns are public."""
    columns = tuple(columns)
    shown = publish(counts, fixed=columns)
    return {row: _form(shown, row, columns) for row, _ in counts}


def _form(shown: Published, row: Hashable, columns: Sequence[Hashable]) -> Form:
    if shown.at(row, TOTAL) is None:
        return Form.NOTHING
    return Form.SUM if None in [shown.at(row, column) for column in columns] else Form.SHOWN


@dataclass(frozen=True)
class Together:
    """People by their places on every axis, and how many of each figure: {places: {column: how many}}."""

    people: Mapping[Places, Mapping[Hashable, int]]
    columns: tuple[Hashable, ...]

    @property
    def axes(self) -> range:
        """The axes, by number."""
        return range(len(next(iter(self.people), ())))

    def table(self, axis: int) -> dict[Arc, int]:
        """The table of one axis without its sums."""
        return self.within(axis, self.people)

    def within(self, axis: int, some: Iterable[Places]) -> dict[Arc, int]:
        """The table of one axis for some of the people."""
        found: dict[Arc, int] = {}
        for places in some:
            for column in self.columns:
                arc = (places[axis], column)
                found[arc] = found.get(arc, 0) + self.people[places][column]
        return found


def hide_together(together: Together) -> list[dict[Hashable, Form]]:
    """How much of each place is shown, per axis. The first axis comes first: it is shown as if it were alone, and of each
    further one as much as leaves open what is hidden so far, and its own small figures. Nothing is told of a further one
    while any figure cannot be shown to be open, be it by the first axis alone: what cannot be seen open could be closed unseen.

    Of a further axis these are tried in turn: its table as if alone; the same with the figures of more places hidden, the
    smallest first; where its places are sums of places of the first, those of which all are shown; nothing.
    """
    alone = [forms_of(together.table(axis), together.columns) for axis in together.axes]
    told: list[dict[Hashable, Form]] = [dict.fromkeys(forms, Form.NOTHING) for forms in alone]
    told[0] = alone[0]
    for axis in together.axes[1:]:
        for forms in _tries(together, axis, alone[axis], told[0]):
            trial = [*told[:axis], forms, *told[axis + 1 :]]
            if not _closed(together, trial):
                told = trial
                break
    return told


def _tries(
    together: Together, axis: int, alone: dict[Hashable, Form], first: Forms
) -> list[dict[Hashable, Form]]:
    sums = summed(together.table(axis))
    shown = sorted((row for row in alone if not alone[row]), key=lambda row: (sums[row, TOTAL], str(row)))
    tries = [alone]
    for row in shown:
        tries.append({**tries[-1], row: Form.SUM})
    return [*tries, *_as_sums(together, axis, first), dict.fromkeys(alone, Form.NOTHING)]


def _as_sums(together: Together, axis: int, first: Forms) -> list[dict[Hashable, Form]]:
    """The places as sums of those of the first axis: as much of each is shown as of all of these. A single one of which
    less is follows from the sums of the columns."""
    inside: dict[Hashable, set[Hashable]] = {}
    for places in together.people:
        inside.setdefault(places[axis], set()).add(places[0])
    if sum(map(len, inside.values())) > len(first):
        return []
    forms = {place: max(first[one] for one in within) for place, within in inside.items()}
    if sum(form > Form.SHOWN for form in forms.values()) == 1:
        forms = dict.fromkeys(forms, Form.SHOWN)
    return [forms]


def _closed(together: Together, told: Sequence[Forms]) -> frozenset[Open]:
    """The figures to be left open that are not, as far as exchanges show.

    Of a table that is shown in part, whatever it hides; of one of which nothing is, the small figures. Nought is never
    hidden for its own sake.
    """
    found: set[Open] = set()
    for axis in together.axes:
        forms, sums = told[axis], summed(together.table(axis))
        part = any(form is not Form.NOTHING for form in forms.values())
        hidden = {arc for arc in sums if arc[0] is not TOTAL and sums[arc] and _is_hidden(forms, arc)}
        wanted = {arc for arc in hidden if part or sums[arc] < LEAST}
        found |= {(axis, arc) for arc in wanted if _open(together, told, axis, arc) < LEAST}
    return frozenset(found)


def _is_hidden(forms: Forms, arc: Arc) -> bool:
    return forms[arc[0]] >= (Form.NOTHING if arc[1] is TOTAL else Form.SUM)


def _open(together: Together, told: Sequence[Forms], axis: int, arc: Arc) -> int:
    """By how much the figure could differ, LEAST or more: more and less may each come from another kind of exchange."""
    up, down = 0, 0
    for apart in (Form.NOTHING, Form.SUM):
        more, less = _exchanged(together, told, axis, arc, apart)
        up, down = max(up, more), max(down, less)
        if up + down >= LEAST:
            break
    return up + down


def _exchanged(
    together: Together, told: Sequence[Forms], axis: int, arc: Arc, apart: Form
) -> tuple[int, int]:
    """How much more and less the figure could be by exchanges among people who stand alike on the other axes.

    Alike is whoever stands at the same place or at places of which nothing is shown: then the sums of rows may change
    too. Where only figures change, and no sum of a row (`apart`: SUM), the sums of the other axes stay as well, and
    alike are all places the figures of which are hidden.
    """
    if apart is Form.SUM and arc[1] is TOTAL:
        return 0, 0
    up = down = 0
    for some in _alike(together, told, axis, arc[0], apart):
        counts = together.within(axis, some)
        if (arc[0], together.columns[0]) not in counts:
            continue
        table = summed(counts)
        gone = {one for one in table if one[0] is not TOTAL and _is_hidden(told[axis], one)}
        if apart is Form.SUM:
            gone = {one for one in gone if one[1] is not TOTAL}
        more, less = room(table, gone, arc, LEAST)
        up, down = up + more, down + less
        if up + down >= LEAST:
            break
    return up, down


def _alike(
    together: Together, told: Sequence[Forms], axis: int, row: Hashable, apart: Form
) -> list[list[Places]]:
    found: dict[Places, list[Places]] = {}
    for places in together.people:
        if told[axis][places[axis]] is not Form.SHOWN:
            key = tuple(
                None if other == axis or told[other][place] >= apart else place
                for other, place in enumerate(places)
            )
            found.setdefault(key, []).append(places)
    return [some for some in found.values() if len(some) > 1 and any(one[axis] == row for one in some)]
