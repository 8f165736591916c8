"""What a ballot holds: read, written, and refused with every reason; never repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.elections.voting import terms
from workflows.elections.choices import Ranks, choice_refusals, format_choice, parse_choice
from workflows.elections.terms import METHODS, Terms
from workflows.refusals import Refused

OPTIONS = ("zoe", "ana", "eva", "luz")
TERMS = {
    "choose_one": terms("choose_one", OPTIONS),
    "approval": terms("approval", OPTIONS, most=3),
    "stv": terms("stv", OPTIONS, most=3),
    "schulze": terms("schulze", OPTIONS),
}


@pytest.mark.parametrize(
    ("method", "text", "ranks"),
    [
        ("choose_one", "ana", (("ana",),)),
        ("approval", "ana", (("ana",),)),
        ("approval", "zoe+ana+luz", (("zoe", "ana", "luz"),)),
        ("stv", "luz>ana", (("luz",), ("ana",))),
        ("schulze", "luz>zoe=ana>eva", (("luz",), ("zoe", "ana"), ("eva",))),
        ("schulze", "zoe=ana=eva=luz", (("zoe", "ana", "eva", "luz"),)),
        *((method, word, ()) for method in METHODS for word in ("blank", "invalid")),
    ],
)
def test_read_and_written(method: str, text: str, ranks: Ranks) -> None:
    assert parse_choice(text, TERMS[method]) == ranks
    if ranks:
        assert format_choice(ranks, TERMS[method]) == text


@pytest.mark.parametrize(
    ("method", "text", "codes"),
    [
        ("choose_one", "", ["ballot_names_nothing"]),
        ("choose_one", "ana>eva", ["option_unknown"]),
        ("choose_one", "Ana", ["option_unknown"]),
        ("choose_one", " ana", ["option_unknown"]),
        ("choose_one", "not_voted", ["option_unknown"]),
        ("approval", "ana+eva+luz+zoe", ["options_too_many"]),
        ("approval", "ana+ana", ["option_twice"]),
        ("approval", "ana+zoe", ["ballot_not_canonical"]),
        ("approval", "ana+", ["ballot_names_nothing"]),
        ("approval", "ana>eva", ["option_unknown"]),
        ("approval", "blank+ana", ["option_unknown"]),
        ("stv", "ana=eva", ["ranks_equal"]),
        ("stv", "ana>>eva", ["ballot_names_nothing"]),
        ("stv", ">", ["ballot_names_nothing"]),
        ("stv", "bea>ana>ana=max>", ["ballot_names_nothing", "option_unknown", "option_unknown", "option_twice", "options_too_many", "ranks_equal"]),
        ("schulze", "ana=zoe", ["ballot_not_canonical"]),
        ("schulze", "ana>eva>ana", ["option_twice"]),
        ("schulze", "ana+eva", ["option_unknown"]),
    ],
)  # fmt: skip
def test_refused(method: str, text: str, codes: list[str]) -> None:
    assert [found.code for found in choice_refusals(text, TERMS[method])] == codes
    with pytest.raises(Refused) as refused:
        parse_choice(text, TERMS[method])
    assert [found.code for found in refused.value.refusals] == codes


def test_the_one_form_is_said() -> None:
    (found,) = choice_refusals("luz>ana=zoe", TERMS["schulze"])
    assert found.values == {"text": "luz>ana=zoe", "canonical": "luz>zoe=ana"}


def test_blank_where_the_terms_do_not_take_it() -> None:
    strict = terms("choose_one", OPTIONS, allow_blank=False)
    assert [found.code for found in choice_refusals("blank", strict)] == ["blank_not_taken"]
    assert choice_refusals("invalid", strict) == ()


def test_an_empty_ballot_is_not_written_as_a_blank_one() -> None:
    for ranks in ((), ((),)):
        with pytest.raises(Refused) as refused:
            format_choice(ranks, TERMS["approval"])
        assert [found.code for found in refused.value.refusals] == ["ballot_names_nothing"]


@given(st.text(alphabet="aenvluz=>+ ", max_size=20) | st.text(max_size=8), st.sampled_from(METHODS))
def test_whatever_the_text_it_is_read_as_it_stands_or_refused(text: str, method: str) -> None:
    if not choice_refusals(text, TERMS[method]) and text not in ("blank", "invalid"):
        assert format_choice(parse_choice(text, TERMS[method]), TERMS[method]) == text


@given(st.data(), st.sampled_from(["approval", "stv", "schulze"]))
def test_every_choice_goes_there_and_back_within_the_longest_length(data: st.DataObject, method: str) -> None:
    used: Terms = TERMS[method]
    named = data.draw(st.permutations(OPTIONS))[: data.draw(st.integers(1, used.most))]
    ranks: Ranks = tuple((option,) for option in named)
    if method == "approval":
        ranks = (tuple(named),)
    elif method == "schulze":
        cuts = sorted(data.draw(st.sets(st.integers(1, len(named)))) | {len(named)})
        ranks = tuple(tuple(named[a:b]) for a, b in zip([0, *cuts], cuts, strict=False))
    text = format_choice(ranks, used)
    assert len(text) <= used.longest_ballot()
    assert [set(rank) for rank in parse_choice(text, used)] == [set(rank) for rank in ranks]
