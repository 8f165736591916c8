"""Terms of elections: what is read, what is left to its usual value, and every refusal at once."""

import json
from typing import Any

import pytest

from tests.workflows.elections.voting import terms, terms_json
from workflows.elections.reading import read_terms, terms_from
from workflows.elections.terms import LONGEST_BALLOT, Majority
from workflows.faults import InputRefusedError


def faults(content: Any) -> list[str]:
    with pytest.raises(InputRefusedError) as refused:
        terms_from(content)
    return list(refused.value.faults)


def test_what_is_left_out() -> None:
    read = terms("stv", "abc", 2)
    assert (read.most, read.measure, read.majority, read.tie) == (3, "weight", None, "lots")
    assert (read.quorum, read.allow_blank, read.turn, read.follows) == ((), True, 1, "")
    assert terms("choose_one", "abc").most == 1
    assert terms("choose_one", "abc", majority="absolute").majority == Majority("named", 2)


def test_names_in_a_language() -> None:
    option = terms_from(
        {**terms_json("stv", "a"), "options": [{"id": "a", "names": {"es": "Sí", "fr": "Oui"}}]}
    ).options[0]
    assert [option.name(lang) for lang in ("fr", "es", "pt")] == ["Oui", "Sí", "Sí"]


def test_the_hash_is_that_of_the_canonical_json_and_of_nothing_else() -> None:
    content = terms_json("approval", "ab", 1, most=2, tie="casting_vote")
    spaced = json.dumps(dict(reversed(content.items())), indent=3)
    assert read_terms(spaced).sha256 == terms_from(content).sha256
    assert read_terms(spaced).sha256 != terms_from({**content, "most": 1}).sha256


def test_every_fault_at_once() -> None:
    found = faults(
        {
            "id": "", "version": 0, "method": "borda", "seats": "1", "color": 1, "tie": "luck", "most": 9,
            "options": [{"id": "Ana", "names": {}}, {"id": "b"}, {"id": "b", "names": {"es": "B"}}],
            "allow_blank": "yes", "run_off": 2, "follows": "x",
        }
    )  # fmt: skip
    assert found == [
        'terms: unknown key "color"; known here: id, version, method, options, seats, title, cites, most, measure, '
        "majority, majority_of, run_off, quorum, tie, allow_blank, turn, follows",
        'terms.method: "borda" is unknown; known: choose_one, approval, stv, schulze',
        'terms.options[0].id: "Ana" must be 1 to 20 of the letters a-z, the digits 0-9 and -',
        "terms.options[0].names: holds no name",
        'terms.options[1]: the key "names" is missing',
        'terms.options: names "b" twice',
        "terms.id: must not be empty",
        "terms.version: must be an integer of 1 or more, not the number 0",
        'terms.seats: must be an integer of 1 or more, not the text "1"',
        "terms.most: choose_one takes one option, not 9",
        "terms.run_off: says something of a majority, and none is asked",
        'terms.tie: "luck" is unknown; known: lots, second_vote, casting_vote',
        'terms.allow_blank: must be true or false, not the text "yes"',
        "terms.follows: must be a SHA-256 in 64 small hexadecimal digits",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": []}, "terms.options: names no option"),
        ({"options": [{"id": "blank", "names": {"es": "B"}}]}, 'terms.options[0].id: "blank" has a meaning of its own on ballots; take another id'),
        ({"options": [{"id": "x" * 21, "names": {"es": "B"}}]}, f'terms.options[0].id: "{"x" * 21}" must be 1 to 20 of the letters a-z, the digits 0-9 and -'),
        ({"most": 4}, "terms.most: 4 is more than the 3 options there are"),
        ({"tie": "second_vote"}, "terms.tie: the published rules of stv settle ties by lots, and by nothing else"),
        ({"majority": "absolute"}, "terms.majority: stv elects by its own rules; leave the majority out"),
        ({"quorum": [{"call": 1, "all": [{"id": "q", "measure": "heads", "count": ["a"], "base": "roll", "cmp": ">", "share": "1/2"}]}]}, 'terms.quorum[0].all[0].count: unknown choice "a"; the choices are: blank, invalid'),
    ],
)  # fmt: skip
def test_one_fault(more: dict[str, Any], said: str) -> None:
    assert faults({**terms_json("stv", "abc", 2), **more}) == [said]


@pytest.mark.parametrize(
    ("method", "ids", "more", "longest"),
    [
        ("choose_one", ["ana", "bob-9"], {}, 7),  # `invalid`
        ("choose_one", ["x" * 20, "b"], {}, 20),
        ("approval", ["x" * 10, "y" * 9, "z"], {"most": 2}, 20),
        ("stv", ["x" * 10, "y" * 9, "z"], {}, 22),
        ("schulze", [f"option-number-{n:06}" for n in range(47)], {}, 47 * 21 - 1),
    ],
)
def test_the_longest_ballot(method: str, ids: list[str], more: dict[str, Any], longest: int) -> None:
    assert terms(method, ids, **more).longest_ballot() == longest


def test_a_ballot_that_no_column_could_hold_is_refused() -> None:
    ids = [f"option-number-{n:06}" for n in range(48)]
    assert faults(terms_json("stv", ids)) == [
        f"terms: the longest ballot would have 1007 characters, more than {LONGEST_BALLOT}; use shorter ids or a smaller most"
    ]
    assert terms("stv", ids, most=47).longest_ballot() == 986
