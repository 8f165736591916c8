"""The number that a clause would have by its place: proposed, never forced."""

import re
from collections.abc import Collection, Sequence

_LAST = re.compile(r"(?P<stem>.*?)(?P<last>\d+|[a-z]|[A-Z])\Z", re.DOTALL)


def next_number(above: str, before: Sequence[str], taken: Collection[str] = ()) -> str:
    """Return the number after the last of `before` (the sisters in front), or the first one below `above`; the next that
    is free of those `taken` elsewhere in the text.

    3.2.1 is followed by 3.2.2, R-9 by R-10, B by C, 3.2.1.b by 3.2.1.c; below 3.2 the first is 3.2.1, at the top 1.
    """
    numbered = [number for number in before if _LAST.fullmatch(number)]
    first = f"{above}.1" if above else "1"
    found = _after(numbered[-1]) if numbered else first
    while found in taken:
        found = _after(found)
    return found


def _after(number: str) -> str:
    found = _LAST.fullmatch(number)
    stem, last = found["stem"], found["last"]  # type: ignore[index]
    if last.isdigit():
        return f"{stem}{int(last) + 1}"
    return f"{stem}{chr(ord(last) + 1)}" if last not in "zZ" else f"{number}.1"
