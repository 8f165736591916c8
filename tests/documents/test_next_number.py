"""The number that is proposed for a clause."""

import pytest

from consultations.documents.next_number import next_number


@pytest.mark.parametrize(
    ("above", "before", "expected"),
    [
        ("", [], "1"), ("", ["1", "2"], "3"), ("3.2", [], "3.2.1"), ("3.2", ["3.2.1"], "3.2.2"), ("3.2", ["3.2.9"], "3.2.10"),
        ("3", ["R-3.9"], "R-3.10"), ("", ["A", "B"], "C"), ("", ["Anexo 1"], "Anexo 2"), ("3.2", ["3.2.1.b"], "3.2.1.c"),
        ("", ["Z"], "Z.1"), ("3.2", ["3.2.1", ""], "3.2.2"), ("3.2", [""], "3.2.1"), ("A", [], "A.1"),
    ],
)  # fmt: skip
def test_the_number_that_follows(above: str, before: list[str], expected: str) -> None:
    assert next_number(above, before) == expected


def test_a_number_that_another_clause_has_is_not_proposed() -> None:
    assert next_number("3.2", ["3.2.1"], {"3.2.1", "3.2.2", "3.2.3"}) == "3.2.4"
    assert next_number("3.2", [], {"3.2.1"}) == "3.2.2"
    assert next_number("3.2", ["3.2.1"], {"3.2.1", "9"}) == "3.2.2"
