"""Published figures hide cells under five and what would reveal them (consultation-model.md, "Register and participation").

A reader who subtracts what is shown from a total must be left guessing: besides the small cells themselves further ones
are hidden, the smallest first, until at least two are hidden and each could stand for anything from one to ten. Where
that cannot be had, not even which cells are nought is shown.

What is a cell, decided once: a breakdown of those who took part (by country, by how they answered, by the type or
stance of their comments, by their answers to a question), and a property that single comments have (late, would vote
no; withdrawn, never sent), which divides them in two: those that have it and the others. It is shown when both parts
may be, and never when all have it, for then it is known of each; that none has it may be said as of any table.

Not hidden is what anybody can count without it: the synopsis lists every comment received under its public number, its
words only where its author made them public, with what became of it. So how many were received, their outcomes and the
changes they led to are published as they are, however few: they point at nobody. Who subtracts the comments that are
public from a cell learns how many of the others there are, never whose they are. (That some were withdrawn the gaps
between the numbers tell, but not those after the last.)
"""

from collections.abc import Mapping

LEAST = 5
_ROOM = 9


def is_small(value: int) -> bool:
    """Whether this figure would point at somebody; nought points at nobody."""
    return 0 < value < LEAST


def hidden(cells: Mapping[str, tuple[int, ...]], *, besides: frozenset[str] = frozenset()) -> frozenset[str]:
    """The rows of a table to hide. Each row has one or several figures, whose columns are published with their sums.

    `besides`: rows that are hidden in any case. When even all rows that hold something leave too little to guess, the
    empty ones are hidden with them.
    """
    rows = {key: values for key, values in cells.items() if any(values) or key in besides}
    out = {key for key, values in rows.items() if key in besides or any(is_small(value) for value in values)}
    rest = sorted((key for key in rows if key not in out), key=lambda key: (rows[key], key))
    while out and not _all_guessing([rows[key] for key in out]):
        if not rest:
            return frozenset(cells)
        out.add(rest.pop(0))
    return frozenset(out)


def answers_hidden(parts: Mapping[str, int]) -> frozenset[str]:
    """Which of commented, no_comment, questions_only and silent to hide; they add up to those asked, whose number is public.

    How many answered at all is kept where it can be: a few who declared "no comment" hide another way of answering,
    not the number of the silent, on which all other tables of participation stand (facts.published_participation).
    """
    ways = {key: value for key, value in parts.items() if key != "silent"}
    answered = sum(ways.values())
    if hidden({"answered": (answered,), "silent": (parts["silent"],)}):
        return frozenset(parts)
    out = hidden({key: (value,) for key, value in ways.items()})
    return frozenset(parts) if out == set(ways) and not _guessing((*ways.values(),)) else out


def part_shown(part: int, others: int) -> int | None:
    """How many comments have a property, or None where that figure, or that of the `others`, would point at somebody."""
    everybody = part > 0 and not others
    return None if everybody or hidden({"part": (part,), "others": (others,)}) else part


def _all_guessing(rows: list[tuple[int, ...]]) -> bool:
    return all(_guessing(column) for column in zip(*rows, strict=True))


def _guessing(column: tuple[int, ...]) -> bool:
    held = [value for value in column if value]
    return not held or (len(held) >= 2 and sum(held) >= len(held) + _ROOM)
