"""Numbers in queries that no row can have: the page answers, and the database is not asked for them."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from consultations.config import PACKAGE
from consultations.views.addresses import LAST_ROW, number_asked


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("7", 7), ("0", 0), (str(LAST_ROW), LAST_ROW), (str(LAST_ROW + 1), 1), (str(2**63), 1), ("9" * 5000, 1), ("-1", 1),
        ("one", 1), ("", 1), ("1.5", 1), (" 3 ", 3),
    ],
)  # fmt: skip
def test_a_number_that_no_row_can_have_is_as_good_as_none(app: Flask, given: str, expected: int) -> None:
    with app.test_request_context("/", query_string={"page": given}):
        assert number_asked("page", 1) == expected
    with app.test_request_context("/"):
        assert number_asked("page", None) is None


def unbounded(path: Path) -> list[int]:
    """The lines that read a number of any size from a request."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "type" and getattr(node.value, "id", "") == "int"
    ]


def test_no_page_reads_a_number_of_any_size() -> None:
    found = {path.name: unbounded(path) for path in (PACKAGE / "views").glob("*.py")}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(found) > 40
