"""The sentences of a decision in four languages."""

import re
from typing import Any

import pytest

from tests.workflows.votes import by_group, condition, decided, rule
from workflows.sentences import condition_sentence, line_sentence, outcome_sentence


def said(made: dict[str, Any], lang: str, *votes: Any, attributes: tuple[str, ...] = ()) -> str:
    votes = votes or ((2, "yes"), (1, "no"))
    return line_sentence(decided(rule(made), *votes, attributes=attributes).conditions[0], lang)


TWO_THIRDS = condition(cmp=">=", share="2/3")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("es", "A favor, al menos dos tercios de los votos a favor y los votos en contra sumados: hacían falta 98, hubo 102 (69.9 %). Se cumple."),
        ("en", "In favour, at least two thirds of the votes in favour and the votes against together: 98 needed, 102 counted (69.9%). Met."),
        ("pt", "A favor, ao menos dois terços dos votos a favor e dos votos contra somados: eram precisos 98, houve 102 (69,9 %). Cumpre-se."),
        ("fr", "Pour, au moins deux tiers des votes pour et des votes contre réunis : il en fallait 98, il y en a eu 102 (69,9 %). Condition remplie."),
    ],
)  # fmt: skip
def test_a_line_in_four_languages(lang: str, expected: str) -> None:
    assert said(TWO_THIRDS, lang, (102, "yes"), (44, "no")).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (condition(share="1", base=["no"]), "In favour, more than the votes against: 2 needed, 2 counted. Met."),
        (condition(base={"fixed": "3"}, share="1", cmp=">="), "In favour, at least 3: 3 needed, 2 counted (66.7%). Not met."),
        (condition(share="0", base="roll"), "In favour, more than 0: 1 needed, 2 counted (66.7%). Met."),
        (condition(share="3/5"), "In favour, more than 60% of the votes in favour and the votes against together: 2 needed, 2 counted (66.7%). Met."),
        (condition(share="5/7"), "In favour, more than 5/7 of the votes in favour and the votes against together: 3 needed, 2 counted (66.7%). Not met."),
        (condition(count=["no"], cmp="<=", share="1/4"), "Against, at most one quarter of the votes in favour and the votes against together: 0 allowed, 1 counted (33.3%). Not met."),
        (condition(at_least="3"), "In favour, more than half of the votes in favour and the votes against together and at least 3: 3 needed, 2 counted (66.7%). Not met."),
        (condition(measure="weight"), "In favour (by weight), more than half of the votes in favour and the votes against together: 2 needed, 2 counted (66.7%). Met."),
    ],
)  # fmt: skip
def test_ways_to_ask(made: dict[str, Any], expected: str) -> None:
    assert said(made, "en") == expected


@pytest.mark.parametrize(
    ("lang", "one", "three", "own"),
    [
        (
            "es", "A favor, más que los votos en contra.",
            "A favor, más de la mitad de los votos a favor, los votos en contra y las abstenciones sumados.",
            "Plan A, más de la mitad de los votos por Plan A y los votos por Plan B sumados.",
        ),
        (
            "en", "In favour, more than the votes against.",
            "In favour, more than half of the votes in favour, the votes against and the abstentions together.",
            "Plan A, more than half of the votes for Plan A and the votes for Plan B together.",
        ),
        (
            "pt", "A favor, mais que os votos contra.",
            "A favor, mais de metade dos votos a favor, dos votos contra e das abstenções somados.",
            "Plan A, mais de metade dos votos em Plan A e dos votos em Plan B somados.",
        ),
        (
            "fr", "Pour, plus que les votes contre.",
            "Pour, plus de la moitié des votes pour, des votes contre et des abstentions réunis.",
            "Plan A, plus de la moitié des votes pour Plan A et des votes pour Plan B réunis.",
        ),
    ],
)  # fmt: skip
def test_a_base_of_choices_is_read_as_votes(lang: str, one: str, three: str, own: str) -> None:
    def asked(choices: tuple[str, ...] = ("yes", "no", "abstain"), **made: Any) -> str:
        found = (
            decided(rule(condition(**made), choices=list(choices)), (1, choices[0])).conditions[0].condition
        )
        return condition_sentence(found, lang)

    assert asked(share="1", base=["no"]) == one
    assert asked(base=["yes", "no", "abstain"]) == three
    assert asked(("Plan A", "Plan B"), count=["Plan A"], base=["Plan A", "Plan B"]) == own


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("es", "A favor, al menos dos tercios de los votos a favor y los votos en contra sumados."),
        ("en", "In favour, at least two thirds of the votes in favour and the votes against together."),
        ("pt", "A favor, ao menos dois terços dos votos a favor e dos votos contra somados."),
        ("fr", "Pour, au moins deux tiers des votes pour et des votes contre réunis."),
    ],
)
def test_a_condition_is_a_sentence_before_anybody_has_voted(lang: str, expected: str) -> None:
    asked = decided(rule(TWO_THIRDS), (1, "yes")).conditions[0].condition
    assert condition_sentence(asked, lang) == expected


def test_a_colon_inside_a_condition_does_not_cut_its_sentence() -> None:
    where = condition(where={"country": "GT: north"})
    votes = [(1, "yes", "1", "yes", "GT: north")]
    asked = decided(rule(where), *votes, attributes=("country",)).conditions[0].condition
    assert condition_sentence(asked, "en") == (
        "In favour (country = GT: north), more than half of the votes in favour and the votes against together."
    )


def test_a_language_nobody_wrote_is_an_error() -> None:
    asked = decided(rule(TWO_THIRDS), (1, "yes")).conditions[0].condition
    with pytest.raises(KeyError):
        condition_sentence(asked, "de")


def test_groups_and_attributes_are_named() -> None:
    votes = [(1, "yes", "1", "yes", "GT"), (1, "no", "1", "yes", "SV")]
    assert said(by_group(), "es", *votes, attributes=("country",)).startswith(
        "Grupos que cumplen, por país, más de"
    )
    where = condition(where={"country": "GT"})
    assert said(where, "en", *votes, attributes=("country",)).startswith(
        "In favour (country = GT), more than half"
    )


def test_one_is_singular_and_french_elides() -> None:
    assert "hacía falta 1, hubo 2" in said(condition(share="1/4"), "es")
    assert said(condition(share="1/3"), "fr").startswith("Pour, plus d’un tiers des votes pour")


@pytest.mark.parametrize(
    ("more", "casting", "expected"),
    [
        ({}, None, ["No quorum is asked.", "Result: not adopted."]),
        ({"tie": "casting_vote"}, None, ["No quorum is asked.", "Result: a tie; the casting vote is still to be given."]),
        ({"tie": "second_vote"}, None, ["No quorum is asked.", "Result: a tie; a second vote is still to be held."]),
        ({"tie": "casting_vote"}, "yes", ["No quorum is asked.", "A tie: the casting vote decides.", "Result: adopted."]),
        (
            {}, "yes",
            ["No quorum is asked.", "The casting vote that was given is not needed and does not count.", "Result: not adopted."],
        ),
    ],
)  # fmt: skip
def test_the_outcome_is_said_last(more: dict[str, Any], casting: str | None, expected: list[str]) -> None:
    sentences = decided(rule(**more), (1, "yes"), (1, "no"), casting=casting).sentences["en"]
    assert [sentences[0], *sentences[2:]] == expected


def test_the_quorum_is_said_first_with_its_call() -> None:
    ladder = [{"call": 2, "all": [condition("here", count="present", base="roll")]}]
    sentences = decided(rule(quorum=ladder), (1, "yes"), (2, None, "1", "no"), call=2).sentences
    first = (
        "Quórum, convocatoria 2: la asistencia en persona, más de la mitad del padrón: hacían falta 2, hubo 1"
    )
    assert sentences["es"][0].startswith(first)
    assert sentences["es"][-1] == "Resultado: no hay quórum y no se decide."


@pytest.mark.parametrize("status", ["adopted", "rejected", "no_quorum", "tie_pending"])
def test_every_outcome_has_its_own_sentence_in_every_language(status: str) -> None:
    assert len({outcome_sentence(status, lang) for lang in ("es", "en", "pt", "fr")}) == 4


@pytest.mark.parametrize("cmp", [">", ">=", "<", "<="])
@pytest.mark.parametrize(
    "base", ["voted", "valid", "present", "represented", "roll", {"fixed": "7"}, ["yes", "no"]]
)
@pytest.mark.parametrize("share", ["0", "1/2", "1/3", "2/3", "1/4", "3/4", "11/20", "3/7", "1"])
def test_every_condition_can_be_said(cmp: str, base: Any, share: str) -> None:
    for lang in ("es", "en", "pt", "fr"):
        sentence = said(condition(cmp=cmp, base=base, share=share), lang)
        assert re.search(r"[{}]|de el |de o |de les |None", sentence) is None
        assert sentence.endswith(".")
