"""What was taken out of a text and put in, by paragraph and by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.documents.redline_words import ADDED, MAX_TOKENS, REMOVED, SAME, Piece, passages
from tests.documents.test_standard_export_markdown import TEXT

LINES = st.lists(
    st.sampled_from(["Se paga a tiempo.", "Se paga a  tiempo, en efectivo.", "Nadie trabaja de noche.", "¿Quién?"]), max_size=5
).map("\n".join)  # fmt: skip


def without(kind: str, before: str, after: str) -> str:
    """What is left when the pieces of one kind are left out."""
    lines = ["".join(p.text for p in passage if p.kind != kind) for passage in passages(before, after)]
    kept = [
        line for line, passage in zip(lines, passages(before, after), strict=True)
        if any(p.kind != kind for p in passage)
    ]  # fmt: skip
    return "\n".join(kept)


@settings(max_examples=200, deadline=None)
@given(TEXT | LINES, TEXT | LINES)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    assert (without(ADDED, before, after), without(REMOVED, before, after)) == (before, after)


@given(TEXT)
def test_a_text_beside_itself_is_all_the_same(text: str) -> None:
    assert {piece.kind for passage in passages(text, text) for piece in passage} <= {SAME}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Paga en 30 días.", "Paga en 60 días.", [[(SAME, "Paga en "), (REMOVED, "30"), (ADDED, "60"), (SAME, " días.")]]),
        ("Paga en treinta días.", "Paga hasta sesenta días.", [[(SAME, "Paga "), (REMOVED, "en treinta"), (ADDED, "hasta sesenta"), (SAME, " días.")]]),
        ("A b c.", "A b c.\nD e f.", [[(SAME, "A b c.")], [(ADDED, "D e f.")]]),
        ("A b c.\nD e f.", "D e f.", [[(REMOVED, "A b c.")], [(SAME, "D e f.")]]),
        ("Todo esto era así.", "xyz", [[(REMOVED, "Todo esto era así.")], [(ADDED, "xyz")]]),
        ("", "Nuevo.", [[(ADDED, "Nuevo.")]]),
        ("", "", []),
    ],
)  # fmt: skip
def test_differences_as_a_person_would_tell_them(before: str, after: str, expected: object) -> None:
    assert [[(p.kind, p.text) for p in passage] for passage in passages(before, after)] == expected


@pytest.mark.parametrize(("words", "pieces"), [(MAX_TOKENS // 2, 3), (MAX_TOKENS, 2)])
def test_a_paragraph_too_long_to_compare_is_taken_out_and_put_in(words: int, pieces: int) -> None:
    before = "ay " * (words - 1) + "uno"
    found = [piece for passage in passages(before, before[:-3] + "dos") for piece in passage]
    assert len(found) == pieces
    assert found[-1] == Piece(ADDED, "dos" if pieces == 3 else before[:-3] + "dos")
