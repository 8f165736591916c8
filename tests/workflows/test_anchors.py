"""Words of a clause are found as they stand there, however they were copied, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.anchors import AROUND, Anchor, Part, Quoted, anchor, parts, quoted

TEXT = "La organización paga el precio mínimo.\nEl precio mínimo se publica cada año."
WORDS = Quoted("x", "", "", 1)
PRICES = "Año | Precio\n2026 | 1,80\n2027 | 1,90"


@pytest.mark.parametrize(
    ("typed", "words", "prefix", "suffix", "times"),
    [
        ("se publica", "se publica", "nimo.\nEl precio mínimo ", " cada año.", 1),
        ("el precio mínimo", "el precio mínimo", "La organización paga ", ".\nEl precio mínimo se publica ", 1),
        ("precio mínimo", "precio mínimo", "La organización paga el ", ".\nEl precio mínimo se publica ", 2),
        ("mínimo.  El\n precio", "mínimo.\nEl precio", "a organización paga el precio ", " mínimo se publica cada año.", 1),
        ("«Cada año»", "cada año", ".\nEl precio mínimo se publica ", ".", 1),
        ("LA ORGANIZACIÓN", "La organización", "", " paga el precio mínimo.\nEl pre", 1),
    ],
)  # fmt: skip
def test_words_are_found_as_they_stand(typed: str, words: str, prefix: str, suffix: str, times: int) -> None:
    found = quoted(typed, TEXT)
    assert found is not None
    assert (found.words, found.times) == (words, times)
    assert found.prefix.endswith(prefix)
    assert found.suffix.startswith(suffix)


@pytest.mark.parametrize("typed", ["", "  \n", "«»", "el precio máximo", "preciomínimo"])
def test_what_does_not_stand_there_is_not_found(typed: str) -> None:
    assert quoted(typed, TEXT) is None


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80))
def test_what_was_found_stands_between_what_surrounds_it(before: str, words: str, after: str) -> None:
    text = before + words + after
    found = quoted(words, text)
    assert (found is None) == (not words.split())
    if found:
        assert found.prefix + found.words + found.suffix in text
        assert max(len(found.prefix), len(found.suffix)) <= AROUND
        assert found.times >= 1


@pytest.mark.parametrize(
    ("node_id", "question_id", "found", "meant"),
    [
        (None, None, None, Anchor.WHOLE),
        (1, None, None, Anchor.CLAUSE),
        (1, None, WORDS, Anchor.RANGE),
        (1, None, Quoted("a | b\nc | d", "", "", 1, is_table=True), Anchor.TABLE),
        (None, 2, None, Anchor.QUESTION),
        (1, 2, None, Anchor.QUESTION),
    ],
)
def test_what_a_comment_points_at(
    node_id: int | None, question_id: int | None, found: Quoted | None, meant: Anchor
) -> None:
    assert anchor(node_id, question_id, found) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Se paga.", [("Se paga.", False)]),
        ("Se paga. ¿Cuándo? A tiempo", [("Se paga.", False), ("¿Cuándo?", False), ("A tiempo", False)]),
        (f"Antes:\n{PRICES}\nDespués.", [("Antes:", False), (PRICES, True), ("Después.", False)]),
        ("Uno | solo.", [("Uno | solo.", False)]),
    ],
)
def test_a_clause_is_offered_by_sentences_and_tables(text: str, found: list[tuple[str, bool]]) -> None:
    assert parts(text) == tuple(Part(words, is_table) for words, is_table in found)


@pytest.mark.parametrize(
    ("typed", "is_table"),
    [
        (PRICES, True),
        ("Año | Precio 2026 | 1,80 2027 | 1,90", True),
        ("2026 | 1,80", False),
        ("Año | Precio 2026 | 1,80", False),
    ],
)
def test_a_whole_table_is_told_from_words_in_it(typed: str, is_table: bool) -> None:
    found = quoted(typed, f"Los precios:\n{PRICES}\nSe publican.")
    assert found is not None
    assert found.is_table == is_table


@given(st.text(alphabet="ab .|\n", max_size=60))
def test_every_part_is_found_where_it_stands(text: str) -> None:
    for part in parts(text):
        found = quoted(part.words, text)
        assert found is not None
        assert found.words.split() == part.words.split()
        assert found.is_table or not part.is_table
