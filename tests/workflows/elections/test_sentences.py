"""A result in sentences, in four languages."""

import re
from typing import Any

import pytest

from tests.workflows.elections.test_scores import QUORUM
from tests.workflows.elections.voting import counted, elected, terms
from workflows.elections.results import Result
from workflows.elections.sentences import outcome
from workflows.elections.words import WORDS
from workflows.sentence_words import LANGUAGES

SEED = "a seed for this test"


def said(result: Result, lang: str) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in result.sentences[lang]]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("es", ["No se pide quórum.", "Papeletas con alguna opción: 4; en blanco: 1; nulas: 0; sin votar: 0.", "Ana: 1 voto.", "Eva: 2 votos.", "Inés: 1 voto.", "Mayoría absoluta (los votos válidos): hacen falta 3 de 5.", "Resultado: ninguna opción elegida. Puestos sin cubrir: 1. Falta una segunda vuelta entre Ana, Eva e Inés."]),
        ("en", ["No quorum is asked.", "Ballots that name an option: 4; blank: 1; spoilt: 0; not cast: 0.", "Ana: 1 vote.", "Eva: 2 votes.", "Inés: 1 vote.", "Absolute majority (the valid votes): 3 needed of 5.", "Result: no option elected. Seats not filled: 1. A run-off between Ana, Eva and Inés is still to be held."]),
        ("pt", ["Não se pede quórum.", "Cédulas com alguma opção: 4; em branco: 1; nulas: 0; sem votar: 0.", "Ana: 1 voto.", "Eva: 2 votos.", "Inés: 1 voto.", "Maioria absoluta (os votos válidos): são precisos 3 de 5.", "Resultado: nenhuma opção eleita. Vagas não preenchidas: 1. Falta um segundo turno entre Ana, Eva e Inés."]),
        ("fr", ["Aucun quorum n’est demandé.", "Bulletins nommant une option : 4 ; blancs : 1 ; nuls : 0 ; sans vote : 0.", "Ana : 1 voix.", "Eva : 2 voix.", "Inés : 1 voix.", "Majorité absolue (les votes valables) : il en faut 3 sur 5.", "Résultat : aucune option élue. Sièges non pourvus : 1. Un second tour entre Ana, Eva et Inés reste à tenir."]),
    ],
)  # fmt: skip
def test_a_run_off(lang: str, expected: list[str]) -> None:
    names = {"ana": "Ana", "eva": "Eva", "ines": "Inés"}
    used = terms("choose_one", names, majority="absolute", majority_of="valid")
    assert said(elected(used, {"ana": 1, "eva": 2, "ines": 1, "blank": 1}), lang) == expected


@pytest.mark.parametrize(
    ("method", "votes", "more", "last"),
    [
        ("choose_one", {"a": 2, "b": 1}, {}, "Result: option elected: A."),
        ("choose_one", {"a": 1, "b": 1}, {}, "Result: no option elected. Seats not filled: 1. A tie of A and B for seats: 1; lots are still to be drawn."),
        ("choose_one", {"a": 1, "b": 1}, {"tie": "second_vote"}, "Result: no option elected. Seats not filled: 1. A tie of A and B for seats: 1; a second vote is still to be held."),
        ("choose_one", {"a": 1, "b": 1}, {"tie": "casting_vote"}, "Result: no option elected. Seats not filled: 1. A tie of A and B for seats: 1; the casting vote is still to be given."),
        ("choose_one", {"a": 1, "b": 1}, {"tie": "casting_vote", "casting_vote": "b"}, "Result: option elected: B."),
        ("stv", {"a": 1, "b": 1}, {}, "Result: no option elected. Seats not filled: 1. A tie of A and B for the exclusion; lots are still to be drawn."),
        ("approval", {"a+b": 1}, {"seats": 3}, "Result: options elected: A and B. Seats not filled: 1."),
        ("choose_one", {"a": 1, None: 2}, {"quorum": QUORUM}, "Result: no quorum, so nothing is decided."),
    ],
)  # fmt: skip
def test_outcomes(method: str, votes: Any, more: dict[str, Any], last: str) -> None:
    casting = {key: more[key] for key in ("casting_vote",) if key in more}
    rest = {key: value for key, value in more.items() if key not in casting}
    result = elected(terms(method, "ab", **rest), votes, **casting)
    assert said(result, "en")[-1] == outcome(result, "en") == last


def test_the_stages_of_a_count_and_its_lots() -> None:
    result = counted("stv", 2, {"a>b": 6, "b": 1, "c": 2, "d": 2}, seed=SEED)
    assert result.lots is not None
    out, stays = sorted("cd", key=result.lots.order.index, reverse=True)
    assert said(result, "en") == [
        "No quorum is asked.",
        "Ballots that name an option: 11; blank: 0; spoilt: 0; not cast: 0.",
        "Quota for a seat: 4 of 11 votes.",
        "Stage 1: first preferences are counted. Reaches the quota: A.",
        "Stage 2: the surplus of A is transferred.",
        f"Stage 3: {out.upper()} is excluded, with the fewest votes (a tie: lots decide).",
        f"Stage 4: {stays.upper()} is excluded, with the fewest votes. Left for the last seat: B.",
        f"A tie of C and D: lots from the published seed take to be excluded: {out.upper()}.",
        "Result: options elected: A and B.",
    ]


def test_a_ranking() -> None:
    result = counted("schulze", 1, {"a>b=c": 2, "b=c>a": 1})
    assert said(result, "es")[2:] == [
        "Gana a todas las demás opciones, una a una: A.",
        "Orden: A; empatadas B y C.",
        "Resultado: opción elegida: A.",
    ]
    cycle = counted("schulze", 1, {"a>b>c": 1, "b>c>a": 1, "c>a>b": 1})
    assert "No option is preferred to every other, one by one." in cycle.sentences["en"]


def test_the_quorum_is_said_as_in_decisions() -> None:
    result = elected(terms("choose_one", "ab", quorum=QUORUM), {"a": 2, None: 1}, call=2)
    assert said(result, "es")[0].startswith(
        "Quórum de la convocatoria 2. La asistencia en persona o por poder tiene que ser al menos un cuarto"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_every_thing(lang: str) -> None:
    words, english = WORDS[lang], WORDS["en"]
    for name in english.__slots__:
        mine, theirs = getattr(words, name), getattr(english, name)
        assert type(mine) is type(theirs)
        if isinstance(mine, dict):
            assert mine.keys() == theirs.keys()
        assert holes(mine) == holes(theirs), name


def holes(value: Any) -> list[str]:
    """The places that are filled in, in order: a language may not lose one."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
    return [hole for part in parts for hole in re.findall(r"{[a-z_]*}", part)]


@pytest.mark.parametrize(
    ("last", "also"), [("Inés", "e"), ("Hilda", "e"), ("Íñigo", "e"), ("Iago", "y"), ("Hielo", "y"), ("Ana", "y"), ("Yolanda", "y")]
)  # fmt: skip
def test_the_spanish_and(last: str, also: str) -> None:
    result = elected(terms("choose_one", {"a": "Eva", "b": last}, 2), {"a": 2, "b": 1})
    assert said(result, "es")[-1] == f"Resultado: opciones elegidas: Eva {also} {last}."
