"""Points that look alike are suggested: equal and near ones on one clause in one language, letters wherever they were sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.documents.point_likeness import (
    ALL_PAIRS,
    Likeness,
    Said,
    alike,
    normalised,
    not_all_compared,
    sharing_rare_words,
)

LETTER = "Pedimos más plazo. El costo es alto. Las socias deben decidir."
LONG = "La cooperativa pide que el pago mínimo se revise cada año con las organizaciones de base"


def said(text: str, clause: int | None = 1, organisation: int = 1, language: str = "es") -> Said:
    return Said(clause, organisation, language, text)


def found(*points: Said) -> list[tuple[str, tuple[int, ...]]]:
    return [(group.kind, group.members) for group in alike(points)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Falta agua.", "falta AGUA"),
        ("¿Quién paga?", "Quien paga"),
        ("A água é cara!", "a agua e cara"),
        ("L’été, c’est cher", "l ete c est cher"),
    ],
)
def test_the_same_words_are_a_duplicate_whatever_their_dress(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert found(said(one), said("Otra cosa muy distinta"), said(other)) == [("duplicate", (0, 2))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said(LONG), said(LONG, clause=2)),
        (said(LONG), said(LONG, clause=None)),
        (said(LONG), said(LONG, language="pt")),
        (said(LONG), said("El registro de socias se presenta en enero")),
        (said("Sí"), said(f"Sí, {LONG}")),
        (said("..."), said("???")),
    ],
)
def test_other_clauses_other_languages_and_other_words_are_not_alike(one: Said, other: Said) -> None:
    assert found(one, other) == []


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("revise", "revisen"),
        LONG.replace("cada año", "cada año siempre"),
        "cada año con las organizaciones de base la cooperativa pide que se revise el pago mínimo",
    ],
)
def test_a_few_other_letters_or_another_order_are_a_near_duplicate(other: str) -> None:
    assert found(said(LONG), said(other)) == [("near_duplicate", (0, 1))]


@pytest.mark.parametrize(("organisations", "kind"), [(2, None), (3, "form_letter"), (5, "form_letter")])
def test_a_letter_of_several_organisations_is_found_on_any_clause(
    organisations: int, kind: str | None
) -> None:
    points = [
        said(f"{LETTER} Somos la organización número {n * 'x'}.", clause=n, organisation=n)
        for n in range(organisations)
    ]
    expected = [] if kind is None else [(kind, tuple(range(organisations)))]
    assert found(*points) == expected


def test_a_letter_that_is_translated_is_a_letter_in_each_language() -> None:
    points = [said(LETTER, clause=n, organisation=n, language="es" if n % 2 else "pt") for n in range(6)]
    assert found(*points) == [("form_letter", (0, 2, 4)), ("form_letter", (1, 3, 5))]


def test_half_of_the_sentences_in_common_is_not_most_of_them() -> None:
    shared = "Pedimos más plazo. El costo es alto."
    own = ("El café sufre. Hay roya.", "Falta crédito. No llueve.", "Sube la luz. Baja el pozo.")
    assert found(*(said(f"{shared} {words}", clause=n, organisation=n) for n, words in enumerate(own))) == []


def test_equal_letters_on_one_clause_are_duplicates() -> None:
    assert found(*(said(LETTER, organisation=n) for n in range(4))) == [("duplicate", (0, 1, 2, 3))]


WORDS = st.lists(
    st.sampled_from(["agua", "café", "pago", "mínimo", "socias", "plazo", "costo", "alto", "año"]), max_size=9
).map(" ".join)
POINTS = st.lists(
    st.builds(Said, st.sampled_from([1, 2, None]), st.integers(1, 3), st.sampled_from(["es", "pt"]), WORDS),
    max_size=14,
)


@given(POINTS)
def test_every_point_stands_in_one_suggestion_at_most_and_equal_ones_together(points: list[Said]) -> None:
    groups = alike(points)
    members = [member for group in groups for member in group.members]
    assert len(members) == len(set(members))
    assert all(len({points[member].language for member in group.members}) == 1 for group in groups)
    place = {member: n for n, group in enumerate(groups) for member in group.members}
    for one, first in enumerate(points):
        for other, second in enumerate(points[:one]):
            if first.text and (first.clause, first.language, first.text) == (
                second.clause,
                second.language,
                second.text,
            ):
                assert place[one] == place[other]


def test_what_is_suggested_does_not_depend_on_when_it_is_asked() -> None:
    points = [said(LONG), said(LONG), said(LETTER, 2, 2), said(LETTER, 3, 3), said(LETTER, 4, 4)]
    assert alike(points) == alike(points) == (
        Likeness("duplicate", (0, 1)), Likeness("form_letter", (2, 3, 4)),
    )  # fmt: skip


def crowd(number: int) -> list[str]:
    """Different texts of ten words, of which four are their own and the others everybody's."""
    return [f"pedimos que {n} a{n} se pague b{n} el precio c{n} justo" for n in range(number)]


def test_of_very_many_only_those_are_compared_that_share_a_rarer_word_and_twins_are_found() -> None:
    texts = crowd(3 * ALL_PAIRS)
    twins = [texts[5].replace("justo", "justos"), texts[900].replace("pedimos que", "que pedimos")]
    points = [said(text) for text in (*texts, *twins)]
    assert not_all_compared(points)
    assert found(*points) == [
        ("near_duplicate", (5, len(texts))), ("near_duplicate", (900, len(texts) + 1)),
    ]  # fmt: skip


def test_how_many_are_compared_grows_with_the_texts_and_not_with_their_square() -> None:
    pairs = [len(sharing_rare_words([f"agua pago socias {n}" for n in range(size)])) for size in (1000, 2000)]
    assert pairs[1] < 2.1 * pairs[0] <= 2.1 * 2 * 10 * 1000


def test_a_letter_of_very_many_with_a_sentence_of_their_own_is_one_letter() -> None:
    points = [said(f"{LETTER} Somos {text}.", organisation=n) for n, text in enumerate(crowd(500))]
    assert found(*points) == [("form_letter", tuple(range(500)))]


def test_up_to_the_bound_each_is_compared_with_each() -> None:
    assert not not_all_compared([said(text) for text in crowd(ALL_PAIRS)])
    assert not not_all_compared([said(text, clause=n % 2) for n, text in enumerate(crowd(2 * ALL_PAIRS))])
