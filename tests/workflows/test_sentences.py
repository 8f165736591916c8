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
        ("es", "Los votos a favor tienen que ser al menos dos tercios de los votos a favor y en contra: hacían falta 98 y hubo 102 (69.9 %). Se cumple."),
        ("en", "The votes in favour must be at least two thirds of the votes in favour and against: 98 were needed and 102 counted (69.9%). Condition met."),
        ("pt", "Os votos a favor têm de ser ao menos dois terços dos votos a favor e contra: eram precisos 98 e houve 102 (69,9 %). Condição cumprida."),
        ("fr", "Les votes pour doivent être au moins deux tiers des votes pour et contre : il en fallait 98 et il y en a eu 102 (69,9 %). Condition remplie."),
    ],
)  # fmt: skip
def test_a_line_in_four_languages(lang: str, expected: str) -> None:
    assert said(TWO_THIRDS, lang, (102, "yes"), (44, "no")).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (condition(share="1", base=["no"]), "The votes in favour must be more than the votes against: 2 were needed and 2 counted. Condition met."),
        (condition(base={"fixed": "3"}, share="1", cmp=">="), "The votes in favour must be at least 3: 3 were needed and 2 counted (66.7%). Condition not met."),
        (condition(share="0", base="roll"), "The votes in favour must be more than 0: 1 was needed and 2 counted (66.7%). Condition met."),
        (condition(share="3/5"), "The votes in favour must be more than 60% of the votes in favour and against: 2 were needed and 2 counted (66.7%). Condition met."),
        (condition(share="5/7"), "The votes in favour must be more than 5/7 of the votes in favour and against: 3 were needed and 2 counted (66.7%). Condition not met."),
        (condition(count=["no"], cmp="<=", share="1/4"), "The votes against must be at most one quarter of the votes in favour and against: at most 0 were allowed and 1 counted (33.3%). Condition not met."),
        (condition(at_least="3"), "The votes in favour must be more than half of the votes in favour and against, and at least 3: 3 were needed and 2 counted (66.7%). Condition not met."),
        (condition(measure="weight"), "The votes in favour (by their weight) must be more than half of the votes in favour and against: 2 were needed and 2 counted (66.7%). Condition met."),
    ],
)  # fmt: skip
def test_ways_to_ask(made: dict[str, Any], expected: str) -> None:
    assert said(made, "en") == expected


@pytest.mark.parametrize(
    ("lang", "one", "three", "own"),
    [
        (
            "es", "Los votos a favor tienen que ser más que los votos en contra.",
            "Los votos a favor tienen que ser más de la mitad de los votos a favor y en contra, junto con las abstenciones.",
            "Los votos por Plan A tienen que ser más de la mitad de los votos por Plan A, junto con los votos por Plan B.",
        ),
        (
            "en", "The votes in favour must be more than the votes against.",
            "The votes in favour must be more than half of the votes in favour and against, together with the abstentions.",
            "The votes for Plan A must be more than half of the votes for Plan A, together with the votes for Plan B.",
        ),
        (
            "pt", "Os votos a favor têm de ser mais que os votos contra.",
            "Os votos a favor têm de ser mais de metade dos votos a favor e contra, junto com as abstenções.",
            "Os votos em Plan A têm de ser mais de metade dos votos em Plan A, junto com os votos em Plan B.",
        ),
        (
            "fr", "Les votes pour doivent être plus que les votes contre.",
            "Les votes pour doivent être plus de la moitié des votes pour et contre, avec les abstentions.",
            "Les votes pour Plan A doivent être plus de la moitié des votes pour Plan A, avec les votes pour Plan B.",
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
        ("es", "Los votos a favor tienen que ser al menos dos tercios de los votos a favor y en contra."),
        ("en", "The votes in favour must be at least two thirds of the votes in favour and against."),
        ("pt", "Os votos a favor têm de ser ao menos dois terços dos votos a favor e contra."),
        ("fr", "Les votes pour doivent être au moins deux tiers des votes pour et contre."),
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
        "The votes in favour (only country: GT: north) must be more than half of the votes in favour and against."
    )


def test_a_language_nobody_wrote_is_an_error() -> None:
    asked = decided(rule(TWO_THIRDS), (1, "yes")).conditions[0].condition
    with pytest.raises(KeyError):
        condition_sentence(asked, "de")


def test_groups_and_attributes_are_named() -> None:
    votes = [(1, "yes", "1", "yes", "GT"), (1, "no", "1", "yes", "SV")]
    assert said(by_group(), "es", *votes, attributes=("country",)).startswith(
        "Los países que cumplen (en cada caso, los votos a favor tienen que ser más de la mitad de los votos a favor y en"
        " contra) tienen que ser más de la mitad de los países del padrón: hacían falta 2 y hubo 1"
    )
    own = by_group(by="basin", base="groups_with_votes")
    assert (
        "(in each of them, the votes in favour must be more than half of the votes in favour and against) must be more than"
        " half of the groups by basin with votes:"
    ) in said(own, "en", *votes, attributes=("basin",))
    where = condition(where={"country": "GT"})
    assert said(where, "en", *votes, attributes=("country",)).startswith(
        "The votes in favour (only country: GT) must be more than half"
    )


def test_one_is_singular_and_french_elides() -> None:
    assert "hacía falta 1 y hubo 2" in said(condition(share="1/4"), "es")
    assert said(condition(share="1/3"), "fr").startswith(
        "Les votes pour doivent être plus d’un tiers des votes pour"
    )


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
    first = "Quórum de la convocatoria 2. La asistencia en persona tiene que ser más de la mitad del padrón: hacían falta 2 y hubo 1"
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
