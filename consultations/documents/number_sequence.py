"""Doubts about the order of the numbers in a standard: twice, skipped, going back, jumping a level."""

from consultations.documents.findings import Doubt, Place
from consultations.documents.numbering import Number

Key = tuple[str, tuple[int, ...]]


class NumberSequence:
    """Sees the numbers in reading order and says what is odd about each."""

    def __init__(self) -> None:
        self._seen: set[Key] = set()
        self._last: dict[Key, int] = {}
        self._jumped: set[Key] = set()

    def add(self, number: Number, place: Place) -> list[Doubt]:
        """Return the doubts about this number, given those before it."""
        key = (number.prefix, number.parts)
        if not number.parts:
            code = "duplicate_number" if key in self._seen else None
        else:
            code = self._order(number)
        doubts = [Doubt(code, place, self._params(code, number))] if code else []
        if self._jumps(number):
            doubts.append(Doubt("depth_jump", place, {"number": number.text}))
        self._remember(number)
        return doubts

    def _order(self, number: Number) -> str | None:
        last = self._last.get(self._group(number), 0)
        if (number.prefix, number.parts) in self._seen:
            return "duplicate_number"
        if number.parts[-1] > last + 1:
            return "number_gap"
        return "number_out_of_order" if number.parts[-1] < last else None

    def _params(self, code: str, number: Number) -> dict[str, str | int]:
        params: dict[str, str | int] = {"number": number.text}
        if code == "number_gap":
            params["expected"] = self._expected(number)
        return params

    def _expected(self, number: Number) -> str:
        """Return the next number in the way this one is written: S 1.3 for S 1.4 after S 1.2."""
        parts = (*number.parts[:-1], self._last.get(self._group(number), 0) + 1)
        start = next((i for i, char in enumerate(number.text) if char.isdigit()), 0)
        return number.text[:start] + ".".join(map(str, parts))

    def _jumps(self, number: Number) -> bool:
        """Say once per missing parent that a level was jumped: 1.1 followed by 1.1.1.1."""
        parent = (number.prefix, number.parts[:-1])
        known = self._seen | self._jumped
        if number.depth < 2 or parent in known or ("", number.parts[:-1]) in known:
            return False
        self._jumped.add(parent)
        return True

    def _remember(self, number: Number) -> None:
        self._seen.add((number.prefix, number.parts))
        if number.parts:
            group = self._group(number)
            self._last[group] = max(self._last.get(group, 0), number.parts[-1])

    @staticmethod
    def _group(number: Number) -> Key:
        return number.prefix, number.parts[:-1]
