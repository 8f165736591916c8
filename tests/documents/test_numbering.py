import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.documents.numbering import (
    MAX_PART,
    Number,
    has_parts,
    recognise,
    recognise_annex,
    roman_value,
)

NUMBERED = [
    ("1.1 Text", "1.1", "", (1, 1), "Text"),
    ("3.2.1 Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("4.1.2.3.4 Deep", "4.1.2.3.4", "", (4, 1, 2, 3, 4), "Deep"),
    ("3.2.1. Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1) Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1: Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1 – Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1 - Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1\tText", "3.2.1", "", (3, 2, 1), "Text"),
    ("3.2.1", "3.2.1", "", (3, 2, 1), ""),
    ("3 Text", "3", "", (3,), "Text"),
    ("A.1.2 Text", "A.1.2", "A", (1, 2), "Text"),
    ("R-3.2.1 Text", "R-3.2.1", "R", (3, 2, 1), "Text"),
    ("R–3.2.1 Text", "R-3.2.1", "R", (3, 2, 1), "Text"),
    ("R3.2.1 Text", "R3.2.1", "R", (3, 2, 1), "Text"),
    ("SPO 3.2.1 Text", "SPO 3.2.1", "SPO", (3, 2, 1), "Text"),
    ("CR 1.2.1 Text", "CR 1.2.1", "CR", (1, 2, 1), "Text"),
    ("OPP-1.2 Texto", "OPP-1.2", "OPP", (1, 2), "Texto"),
    ("R-12 Text", "R-12", "R", (12,), "Text"),
    ("SPO 12", "SPO 12", "SPO", (12,), ""),
    ("Criterio 3.2.1: Texto", "3.2.1", "", (3, 2, 1), "Texto"),
    ("Capítulo 3. Texto", "3", "", (3,), "Texto"),
    ("Capítulo IV: Texto", "IV", "", (4,), "Texto"),
    ("３．２．１ Text", "3.2.1", "", (3, 2, 1), "Text"),
    ("٣.٢.١ نص", "3.2.1", "", (3, 2, 1), "نص"),
    ("\u200f3.2.1\u200f نص", "3.2.1", "", (3, 2, 1), "نص"),
    ("3.2.1.b Text", "3.2.1.b", "", (3, 2, 1, 2), "Text"),
    ("199.1 Text", "199.1", "", (199, 1), "Text"),
    ("1.2 Horas de trabajo", "1.2", "", (1, 2), "Horas de trabajo"),
    ("1.2 <b>Text</b>", "1.2", "", (1, 2), "<b>Text</b>"),
]


@pytest.mark.parametrize(("text", "shown", "prefix", "parts", "rest"), NUMBERED)
def test_a_number_is_taken_off_the_line(text, shown, prefix, parts, rest):
    found = recognise(text)
    assert (found.number, found.rest, found.doubt) == (Number(shown, prefix, parts), rest, None)


NOT_NUMBERED = [
    ("2.5 kg de café", "looks_like_quantity"),
    ("3.2 millones de familias", "looks_like_quantity"),
    ("1.500 productores", "looks_like_quantity"),
    ("200.1 Text", "looks_like_quantity"),
    ("2.5 % of sales", "looks_like_quantity"),
    ("2026 was a good year", "looks_like_year"),
    ("12.05.2026 Reunión", "looks_like_date"),
    ("1.1.1.1.1.1.1.1.1.1.1.1.1 Text", "number_too_deep"),
    ("2.5% of sales", None),
    ("COVID-19 came", None),
    ("ISO 9001 asks", None),
    ("En 3.2 se dice", None),
    ("3.2.1Text", None),
    ("3.2,1 Text", None),
    (".3.2 Text", None),
    ("Text 3.2.1", None),
    ("v1.2 Text", None),
    ("", None),
    ("ABCDEF 1.2 Text", None),
    ("1..2 Text", None),
]


@pytest.mark.parametrize(("text", "doubt"), NOT_NUMBERED)
def test_what_only_looks_like_a_number_keeps_its_text(text, doubt):
    found = recognise(text)
    assert (found.number, found.rest, found.doubt) == (None, text, doubt)


@pytest.mark.parametrize(
    ("text", "shown", "rest"),
    [
        ("Anexo A: Formatos", "A", "Formatos"),
        ("Annex B", "B", ""),
        ("Annexe 2 – Liste", "Annexe 2", "Liste"),
        ("Apéndice III. Tabla", "Apéndice III", "Tabla"),
        ("Anexo único", None, "Anexo único"),
    ],
)
def test_an_annex_has_a_letter_or_a_number(text, shown, rest):
    found = recognise_annex(text)
    assert (found.number and found.number.text, found.rest) == (shown, rest)


def test_a_chapter_is_no_annex():
    assert recognise_annex("1 Governance") is None


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("LXXXIX", 89)]
)
def test_roman_numerals(text, value):
    assert roman_value(text) == value


@pytest.mark.parametrize(
    ("upper", "lower", "above"),
    [
        ("3.2", "3.2.1", True),
        ("3", "3.2.1", True),
        ("3.2", "R-3.2.1", True),
        ("R-3.2", "R-3.2.1", True),
        ("R-3.2", "3.2.1", False),
        ("3.2", "3.21.1", False),
        ("3.2.1", "3.2.1", False),
        ("3.2.1", "3.2", False),
    ],
)
def test_above_is_judged_by_parts_not_by_letters(upper, lower, above):
    assert recognise(upper).number.is_above(recognise(lower).number) is above


@pytest.mark.parametrize(("text", "answer"), [("1.1 A", True), ("1 A", False), ("A", False)])
def test_has_parts(text, answer):
    assert has_parts(text) is answer


PARTS = st.lists(st.integers(0, MAX_PART), min_size=2, max_size=12).filter(
    # dates such as 1.1.1950 cannot occur: no part reaches a year
    lambda parts: max(parts) <= MAX_PART
)


@given(
    PARTS, st.sampled_from(["", "A.", "R-", "SPO ", "CR ", "OPP-", "X"]), st.sampled_from(["", ".", ")", ":"])
)
def test_every_dotted_number_is_recognised_whatever_its_depth(parts, prefix, end):
    shown = prefix + ".".join(map(str, parts))
    found = recognise(f"{shown}{end} The text")
    assert (found.number.text, found.number.parts, found.rest) == (shown, tuple(parts), "The text")


@given(st.text(max_size=80))
def test_any_text_is_survived_and_nothing_is_lost(text):
    found = recognise(text)
    assert text.endswith(found.rest)
    assert found.number is not None or found.rest == text


@given(st.text(alphabet="0123456789.-) ARab", max_size=20))
def test_a_number_once_taken_is_read_the_same_again(text):
    number = recognise(text).number
    if number is not None:
        again = recognise(number.text + " Text").number
        assert again is None or again.parts == number.parts
