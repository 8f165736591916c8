"""Numbers in an address: what they may be, wherever in it they stand."""

from typing import TypeVar

from flask import request

Default = TypeVar("Default", int, None)

LAST_ROW = 2**31 - 1
"""The highest number of a row that its column can hold, in both databases."""


def row_number(text: str) -> int:
    """The number of a row as a query names it. Raises ValueError for what no row can have, as `int` does for a word."""
    number = int(text)
    if not 0 <= number <= LAST_ROW:
        raise ValueError(text)
    return number


def number_asked(name: str, default: Default) -> int | Default:
    """The number that a query names: of a page, a chapter, a row. What is none, or too high for any row, is the default."""
    return request.args.get(name, default, type=row_number)
