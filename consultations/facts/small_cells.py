"""Published figures hide cells under five and what would reveal them (consultation-model.md, "Register and participation").

A reader who subtracts what is shown from a total must be left guessing: besides the small cells themselves further ones
are hidden, the smallest first, until at least two are hidden and each could stand for anything from one to ten.
"""

from collections.abc import Mapping

LEAST = 5
_ROOM = 9


def is_small(value: int) -> bool:
    """Whether this figure would point at somebody; nought points at nobody."""
    return 0 < value < LEAST


def hidden(cells: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    """The rows of a table to hide. Each row has one or several figures, whose columns are published with their sums."""
    rows = {key: values for key, values in cells.items() if any(values)}
    out = {key for key, values in rows.items() if any(is_small(value) for value in values)}
    rest = sorted((key for key in rows if key not in out), key=lambda key: (rows[key], key))
    while (
        out
        and rest
        and not all(_guessing(column) for column in zip(*(rows[key] for key in out), strict=True))
    ):
        out.add(rest.pop(0))
    return frozenset(out)


def _guessing(column: tuple[int, ...]) -> bool:
    held = [value for value in column if value]
    return not held or (len(held) >= 2 and sum(held) >= len(held) + _ROOM)
