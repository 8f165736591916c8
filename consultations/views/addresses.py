"""Numbers in an address: what they may be, wherever in it they stand."""

LAST_ROW = 2**31 - 1
"""The highest number of a row that its column can hold, in both databases."""


def row_number(text: str) -> int:
    """The number of a row as a query names it. Raises ValueError for what no row can have, as `int` does for a word."""
    number = int(text)
    if not 0 <= number <= LAST_ROW:
        raise ValueError(text)
    return number
