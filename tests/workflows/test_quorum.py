"""The quorum now, and who of the missing would give it: exact, and held against trying every set."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.assemblies import calls, first_call, present_share, roll
from tests.workflows.votes import condition, rule
from workflows.faults import InputRefusedError
from workflows.quorum import quorum_now, with_presence
from workflows.quorum_missing import MissingGroup, would_give_it
from workflows.rolls import Roll, roll_of

FIVE = roll(
    "A", "B", "C", "D", "E", weights={"A": "5", "B": "3", "C": "2"}, country={"B": "SV", "C": "SV", "D": "HN"}
)
HALF = present_share("half", "1/2")
WEIGHT = present_share("weight", "1/2", measure="weight")


def countries(**more: Any) -> dict[str, Any]:
    inner = {"count": "represented", "base": "roll", "cmp": ">=", "share": "1/2"}
    start = {"id": "countries", "measure": "groups", "by": "country", "group_passes": inner}
    return {
        **start,
        "base": "groups_on_roll",
        "cmp": ">",
        "share": "1/2",
        "empty_group": "not_passed",
        **more,
    }


ALL_OF_ONE = {"count": "represented", "base": "roll"}


def yes(*electors: str) -> dict[str, str]:
    return dict.fromkeys(electors, "yes")


@pytest.mark.parametrize(
    ("asked", "presence", "have", "base", "needed", "missing", "met"),
    [
        (HALF, yes("A", "B"), 2, 5, 3, 1, False),
        (HALF, yes("A", "B") | {"C": "proxy"}, 3, 5, 3, 0, True),
        (HALF, yes("A", "B", "X"), 2, 5, 3, 1, False),
        (HALF, yes("A") | {"B": "no", "C": ""}, 1, 5, 3, 2, False),
        (present_share("p", "1/2", count="present"), yes("A", "B") | {"C": "proxy"}, 2, 5, 3, 1, False),
        (present_share("p", "2/3", count="present", base="represented", cmp=">="), yes("A") | {"C": "proxy"}, 1, 2, 2, 1, False),
        (present_share("p", "1", base={"fixed": "4"}, cmp=">="), yes("A", "B"), 2, 4, 4, 2, False),
        (present_share("p", "0", at_least="3"), yes("A", "B"), 2, 5, 3, 1, False),
        (present_share("p", "1/2", where={"country": "SV"}), yes("B", "A"), 1, 2, 2, 1, False),
        (WEIGHT, yes("A"), 5, 12, 7, 2, False),
        (WEIGHT, yes("A", "C"), 7, 12, 7, 0, True),
        (countries(), yes("A", "B"), 2, 3, 2, 0, True),
        (countries(), yes("A", "E"), 1, 3, 2, 1, False),
        (countries(), {"A": "proxy", "D": "proxy"}, 2, 3, 2, 0, True),
        (countries(group_weights={"HN": "1/2"}), yes("D"), Fraction(1, 2), Fraction(5, 2), Fraction(3, 2), 1, False),
    ],
)  # fmt: skip
def test_each_measure(
    asked: dict[str, Any],
    presence: dict[str, str],
    have: Any,
    base: Any,
    needed: Any,
    missing: Any,
    met: bool,
) -> None:
    now = quorum_now(first_call(asked), 1, FIVE, presence)
    line = now.lines[0]
    assert (line.have, line.base, line.needed, line.missing) == (have, base, needed, missing)
    assert (now.met, now.asked, [shown.id for shown in now.missing]) == (
        met,
        True,
        [] if met else [asked["id"]],
    )


def test_the_second_call_asks_for_whoever_is_there() -> None:
    assert quorum_now(calls(), 2, FIVE, {}).met is False
    assert quorum_now(calls(), 2, FIVE, yes("E")).met is True


def test_a_call_that_asks_nothing_is_met() -> None:
    now = quorum_now(calls({"call": 1, "all": []}), 1, FIVE, {})
    assert (now.asked, now.met, now.lines) == (False, True, ())


def test_the_ladder_of_a_decision_rule_can_be_asked_too() -> None:
    ladder = rule(quorum=[{"call": 1, "all": [condition("half", count="represented", base="roll")]}])
    assert quorum_now(ladder, 1, FIVE, yes("A", "B", "C")).met is True


@pytest.mark.parametrize(
    ("asked", "call", "fault"),
    [
        (HALF, 2, "call 2 is not on the ladder of calls"),
        (countries(by="region"), 1, 'condition "countries": the roll has no attribute "region"'),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], call: int, fault: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        quorum_now(first_call(asked), call, FIVE, {})
    assert refused.value.faults == (fault,)


def test_the_roll_of_a_vote_takes_the_presence_of_that_instant() -> None:
    assert with_presence(FIVE, yes("B") | {"A": "proxy"}).present == ("proxy", "yes", "no", "no", "no")


def test_heads_any_so_many_would_do() -> None:
    [line] = would_give_it(first_call(HALF), 1, FIVE, yes("D")).lines
    assert (line.count, line.candidates, line.any_of_them) == (2, ("A", "B", "C", "E"), True)


def test_weight_the_fewest_are_the_heaviest() -> None:
    found = would_give_it(first_call(WEIGHT), 1, FIVE, yes("D"))
    [line] = found.lines
    assert (line.electors, line.any_of_them) == (("A", "B"), False)
    assert (found.enough, found.smallest) == (("A", "B"), True)


def test_weight_any_would_do_where_the_lightest_does() -> None:
    [line] = would_give_it(first_call(WEIGHT), 1, FIVE, yes("A", "D")).lines
    assert (line.electors, line.any_of_them) == (("B",), True)


def test_groups_which_and_who_in_them() -> None:
    [line] = would_give_it(first_call(countries(share="3/4")), 1, FIVE, yes("A")).lines
    assert line.groups == (
        MissingGroup("HN", Fraction(1), ("D",), ("D",), True),
        MissingGroup("SV", Fraction(1), ("B",), ("B", "C"), True),
    )
    assert line.electors == ("D", "B")


def test_groups_the_cheapest_by_weight_and_not_by_number() -> None:
    # One group of weight 2 with two electors, or two of weight 1 with three: the heavier is the cheaper.
    rows = [
        (f"{country}{n}", "1", "", country)
        for country, size in (("GT", 4), ("HN", 3), ("SV", 3))
        for n in range(size)
    ]
    asked = countries(base={"fixed": "2"}, share="1", cmp=">=", group_weights={"GT": "2"})
    [line] = would_give_it(first_call(asked), 1, roll_of(rows, ("country",)), {}).lines
    assert ([group.name for group in line.groups], line.count) == (["GT"], 2)


def sized(**groups: int) -> Roll:
    return roll_of([(f"{c}{n}", "1", "", c) for c, size in groups.items() for n in range(size)], ("country",))


def test_an_empty_group_that_comes_joins_the_base_it_was_left_out_of() -> None:
    # Of GT, which is there and fails, HN and SV: one more group would be one of two, and not more than half.
    asked = first_call(
        countries(empty_group="ignored", group_passes={**ALL_OF_ONE, "share": "1", "cmp": ">="})
    )
    found = would_give_it(asked, 1, sized(GT=4, HN=1, SV=1), yes("GT0"))
    assert (found.enough, found.smallest) == (("HN0", "SV0"), True)


def test_an_empty_group_needs_somebody_even_where_its_condition_asks_for_nobody() -> None:
    asked = first_call(countries(group_passes={**ALL_OF_ONE, "share": "0", "cmp": ">="}))
    found = would_give_it(asked, 1, sized(GT=2, HN=2, SV=2), yes("GT0"))
    assert (found.enough, found.smallest) == (("HN0",), True)


def test_nobody_could_give_it() -> None:
    found = would_give_it(first_call(HALF), 1, FIVE, yes("A"), among={"A", "B"})
    assert [(line.count, line.candidates) for line in found.lines] == [(None, ("B",))]
    assert (found.enough, found.smallest) == (None, False)


def test_a_quorum_that_is_met_misses_nobody() -> None:
    found = would_give_it(first_call(HALF), 1, FIVE, yes("A", "B", "C"))
    assert (found.lines, found.enough, found.smallest) == ((), (), True)


def test_heads_and_weight_together_take_the_heaviest_for_both() -> None:
    found = would_give_it(first_call(HALF, WEIGHT), 1, FIVE, {})
    assert [line.count for line in found.lines] == [3, 2]
    assert (found.enough, found.smallest) == (("A", "B", "C"), True)


def test_who_comes_for_a_group_counts_as_a_head_too() -> None:
    found = would_give_it(first_call(HALF, countries(share="2/3", cmp=">")), 1, FIVE, yes("A"))
    assert (found.enough, found.smallest) == (("B", "D"), True)


def test_of_alternatives_the_one_that_asks_fewest() -> None:
    asked = {"call": 1, "any": [present_share("all", "1", cmp=">="), WEIGHT]}
    found = would_give_it(calls(asked), 1, FIVE, {})
    assert [line.count for line in found.lines] == [5, 2]
    assert (found.enough, found.smallest) == (("A", "B"), True)


def test_a_ceiling_is_not_mended_by_those_who_come() -> None:
    found = would_give_it(first_call(present_share("few", "1/5", cmp="<=")), 1, FIVE, yes("A", "B"))
    assert [line.count for line in found.lines] == [None]


def test_who_is_represented_and_comes_counts_for_those_present() -> None:
    asked = first_call(present_share("p", "2/3", count="present", base="represented", cmp=">="))
    [line] = would_give_it(asked, 1, FIVE, yes("A") | {"D": "proxy"}).lines
    # D's own coming is enough; of the absent one is enough as well, since 2 of 3 is two thirds.
    assert (line.electors, line.any_of_them) == (("D",), True)


COUNTED, BASES = ("present", "represented"), ("present", "represented", "roll", {"fixed": "7/2"})
one_condition = st.builds(
    lambda measure, count, base, cmp, share, least: present_share(
        "c",
        str(share),
        measure=measure,
        count=count,
        base=base,
        cmp=cmp,
        **({"at_least": str(least)} if least else {}),
    ),
    st.sampled_from(["heads", "weight"]),
    st.sampled_from(COUNTED),
    st.sampled_from(BASES),
    st.sampled_from([">", ">="]),
    st.fractions(0, 1, max_denominator=6),
    st.integers(0, 4),
)
grouped = st.builds(
    lambda inner, share, cmp, empty, weight: countries(
        group_passes={k: v for k, v in inner.items() if k != "id"},
        share=str(share),
        cmp=cmp,
        empty_group=empty,
        group_weights={"GT": weight},
    ),
    one_condition,
    st.fractions(0, 1, max_denominator=4),
    st.sampled_from([">", ">="]),
    st.sampled_from(["not_passed", "ignored"]),
    st.sampled_from(["1", "2", "1/2"]),
)
small_rolls = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "1/2", "5"]),
        st.sampled_from(["yes", "proxy", "no"]),
        st.sampled_from(["GT", "SV", "HN"]),
    ),
    min_size=1,
    max_size=6,
)


def drawn_roll(drawn: list[tuple[str, str, str]]) -> tuple[Roll, dict[str, str]]:
    rows = [(f"e{n}", weight, "", country) for n, (weight, _, country) in enumerate(drawn)]
    return roll_of(rows, ("country",)), {f"e{n}": present for n, (_, present, _) in enumerate(drawn)}


def smallest_by_trying(asked: Any, electors: Roll, presence: dict[str, str]) -> int | None:
    could = [e for e in electors.electors if presence[e] != "yes"]
    for number in range(len(could) + 1):
        for coming in combinations(could, number):
            if quorum_now(asked, 1, electors, presence | yes(*coming)).met:
                return number
    return None


@settings(max_examples=150)
@given(one_condition, small_rolls)
def test_no_smaller_set_gives_a_condition(asked: dict[str, Any], drawn: list[tuple[str, str, str]]) -> None:
    electors, presence = drawn_roll(drawn)
    used = first_call(asked)
    found = would_give_it(used, 1, electors, presence)
    tried = smallest_by_trying(used, electors, presence)
    assert (len(found.enough) if found.enough is not None else None) == tried
    if found.lines and found.lines[0].any_of_them:
        line = found.lines[0]
        for coming in combinations(line.candidates, line.count or 0):
            assert quorum_now(used, 1, electors, presence | yes(*coming)).met


@settings(max_examples=150)
@given(grouped, small_rolls)
def test_no_smaller_set_gives_a_condition_on_groups(
    asked: dict[str, Any], drawn: list[tuple[str, str, str]]
) -> None:
    electors, presence = drawn_roll(drawn)
    used = first_call(asked)
    found = would_give_it(used, 1, electors, presence)
    tried = smallest_by_trying(used, electors, presence)
    assert (len(found.enough) if found.enough is not None else None) == tried
    assert found.smallest is (tried is not None)


@settings(max_examples=100)
@given(st.lists(one_condition, min_size=2, max_size=3), small_rolls)
def test_a_set_for_several_conditions_gives_the_quorum(
    asked: list[dict[str, Any]], drawn: list[tuple[str, str, str]]
) -> None:
    electors, presence = drawn_roll(drawn)
    used = first_call(*({**one, "id": str(n)} for n, one in enumerate(asked)))
    found = would_give_it(used, 1, electors, presence)
    tried = smallest_by_trying(used, electors, presence)
    if found.enough is not None:
        assert quorum_now(used, 1, electors, presence | yes(*found.enough)).met
        assert tried is not None
        assert tried <= len(found.enough)
    if found.smallest:
        assert len(found.enough or ()) == tried


TWO_THIRDS = {"measure": "weight", "count": "represented", "base": "roll", "cmp": ">", "share": "2/3"}
EVERY_PRODUCT = countries(by="product", cmp=">=", share="1", group_passes=TWO_THIRDS)
PARTED = roll_of(
    [("A", "1", "", "cacao|cafe"), ("B", "1", "", "cafe"), ("C", "1", "", "cacao")], ("product",)
)


def test_who_is_parted_comes_for_each_of_its_groups() -> None:
    used = first_call(EVERY_PRODUCT)
    assert quorum_now(used, 1, PARTED, yes("A", "B", "C")).met is True
    found = would_give_it(used, 1, PARTED, yes("B", "C"))
    assert (found.enough, found.smallest) == (("A",), True)
    [line] = found.lines
    assert (line.electors, [group.electors for group in line.groups]) == (("A",), [("A",), ("A",)])


def test_who_is_parted_brings_to_a_group_the_weight_of_its_part() -> None:
    cafe = present_share("cafe", "2/3", measure="weight", where={"product": "cafe"})
    found = would_give_it(first_call(cafe), 1, PARTED, yes("B"), among=["A"])
    assert quorum_now(first_call(cafe), 1, PARTED, yes("B")).met is False
    assert (found.enough, found.smallest) == (("A",), True)
    half = present_share("half", "1/3", measure="weight", where={"product": "cafe"})
    assert would_give_it(first_call(half), 1, PARTED, {}, among=["A"]).enough is None
    assert would_give_it(first_call(half), 1, PARTED, {}).enough == ("B",)


parted_rolls = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "1/2"]),
        st.sampled_from(["yes", "proxy", "no"]),
        st.sampled_from(["GT", "HN", "GT|HN", "HN|SV", "GT|HN|SV"]),
    ),
    min_size=1,
    max_size=6,
)
by_weight = one_condition.map(lambda asked: {**asked, "measure": "weight"})
over_parts = st.builds(
    lambda asked, inner: (
        {**asked, "group_passes": {**asked["group_passes"], "measure": "weight"}}
        if asked["measure"] == "groups"
        else {**asked, **inner}
    ),
    grouped | by_weight,
    st.sampled_from([{}, {"where": {"country": "HN"}}]),
)


@settings(max_examples=150, deadline=None)
@given(over_parts, parted_rolls)
def test_no_smaller_set_gives_a_condition_where_electors_are_parted(
    asked: dict[str, Any], drawn: list[tuple[str, str, str]]
) -> None:
    electors, presence = drawn_roll(drawn)
    used = first_call(asked)
    found = would_give_it(used, 1, electors, presence)
    tried = smallest_by_trying(used, electors, presence)
    assert (len(found.enough) if found.enough is not None else None) == tried
    assert found.smallest is (tried is not None)


def test_where_many_are_parted_the_set_is_checked_and_not_called_the_smallest() -> None:
    rows = [(f"e{n:02}", "1", "", "a|b" if n % 2 else ("a", "b")[n % 4 // 2]) for n in range(40)]
    asked = first_call(countries(by="product", cmp=">=", share="1", group_passes=TWO_THIRDS))
    many = roll_of(rows, ("product",))
    found = would_give_it(asked, 1, many, {})
    assert found.enough is not None
    assert quorum_now(asked, 1, many, yes(*found.enough)).met is True
    assert not any(
        quorum_now(asked, 1, many, yes(*(e for e in found.enough if e != one))).met for one in found.enough
    )


FLOOR_BELOW_CEILING = {"count": "represented", "cmp": "<=", "share": "1/2", "at_least": "3"}


@pytest.mark.parametrize(
    ("condition", "there", "enough"),
    [
        ({"base": "roll"}, 2, 1),
        ({"base": "roll"}, 0, 3),
        ({"base": "roll", "at_least": "6"}, 2, None),  # the ceiling is five of ten
        ({"base": "roll"}, 6, None),  # above it already
        ({"base": "roll", "measure": "weight"}, 2, 1),
        (
            {
                "measure": "groups", "base": "groups_on_roll", "share": "1", "at_least": "2", "by": "country",
                "group_passes": {"count": "represented", "base": "roll", "cmp": ">", "share": "1/10"},
            },
            1, 1,
        ),
    ],
)  # fmt: skip
def test_who_gives_a_floor_that_lies_below_a_ceiling(
    condition: dict[str, Any], there: int, enough: int | None
) -> None:
    asked = {"id": "q", "measure": "heads", **FLOOR_BELOW_CEILING, **condition}
    if asked["measure"] == "groups":
        del asked["count"]
    rule = calls({"call": 1, "all": [asked]})
    ten = roll_of([(f"e{n}", "1", "", f"C{n % 4}") for n in range(10)], ["country"])
    found = would_give_it(rule, 1, ten, {f"e{n}": "yes" for n in range(there)})
    assert (None if found.enough is None else len(found.enough)) == enough
    assert found.lines[0].count == enough
