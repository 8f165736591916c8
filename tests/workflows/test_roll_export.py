"""The published roll gives its hash back, whatever stands in it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.exact import exact_text
from workflows.faults import InputRefusedError
from workflows.rolls import exported, read_roll, roll_of, roll_sha256

ROLL = roll_of([("A", "1", "", "GT"), ("B", "3/2", "", "PE")], ("country",))


def test_what_is_published() -> None:
    text = exported(ROLL)
    assert text == "elector,weight,present,country\r\nA,1,,GT\r\nB,3/2,,PE\r\n"
    assert roll_sha256(read_roll(text)) == roll_sha256(ROLL)
    assert roll_sha256(read_roll(text.replace("A,1", "A,2"))) != roll_sha256(ROLL)
    with pytest.raises(InputRefusedError):
        read_roll("elector\nA\n")


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
rows = st.lists(
    st.tuples(texts, st.fractions(Fraction(1, 9), 50, max_denominator=9).map(exact_text), st.just(""), texts),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@given(rows)
def test_whatever_the_names_the_export_gives_the_hash_back(drawn: list[tuple[str, str, str, str]]) -> None:
    made = roll_of(drawn, ("group",))
    assert roll_sha256(read_roll(exported(made))) == roll_sha256(made)
    assert roll_sha256(read_roll(exported(made).encode())) == roll_sha256(made)
