"""What holds for every rule, roll and ballots (issue 2, section 2)."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.votes import YES, YES_NO, by_group, condition, rule
from workflows.ballots import ballots_sha256
from workflows.comparisons import COMPARISONS, bound, compare
from workflows.decisions import decide
from workflows.lines import measured
from workflows.percent import percent
from workflows.rolls import Roll, roll_of, roll_sha256
from workflows.rules import Rule
from workflows.sentences import share_percent
from workflows.tally import tally

CHOICES = ("yes", "no", "abstain", "blank", "invalid")
FLOORS = (">", ">=")

counts = st.integers(0, 10**6)
shares = st.fractions(0, 1, max_denominator=60)
weights = st.sampled_from(["1", "2", "1/2", "1/3", "1.69", "7", "100", "5/6"])
rows = st.lists(
    st.tuples(
        weights,
        st.sampled_from(["yes", "proxy", "no", ""]),
        st.sampled_from(["GT", "SV", "HN"]),
        st.sampled_from([None, *CHOICES]),
    ),
    min_size=1,
    max_size=25,
)
Row = tuple[str, str, str, str | None]
Case = tuple[Roll, list[tuple[str, str]]]


def case_of(drawn: list[Row]) -> Case:
    roll = roll_of([(f"e{n}", *row[:3]) for n, row in enumerate(drawn)], ["country"])
    return roll, [(f"e{n}", row[3]) for n, row in enumerate(drawn) if row[3] is not None]


@st.composite
def plain_conditions(
    draw: st.DrawFn, name: str, bases: list[Any], comparisons: tuple[str, ...]
) -> dict[str, Any]:
    made = condition(
        name,
        base=draw(st.sampled_from(bases)),
        cmp=draw(st.sampled_from(comparisons)),
        share=str(draw(shares)),
        measure=draw(st.sampled_from(["heads", "weight"])),
    )
    if draw(st.booleans()):
        made["at_least"] = str(draw(st.fractions(0, 10, max_denominator=3)))
    return made


@st.composite
def monotone_rules(draw: st.DrawFn) -> Rule:
    """Rules that ask for enough yes, or for not too many no: none caps the turnout or the yes."""
    bases = [YES_NO, ["no"], "voted", "valid", "present", "represented", "roll", {"fixed": "5"}]
    yes = draw(plain_conditions("yes", bases, FLOORS))
    no = {**draw(plain_conditions("no", bases[2:], ("<", "<="))), "count": ["no"]}
    no.pop("at_least", None)
    inner = {**draw(plain_conditions("x", bases, FLOORS))}
    inner.pop("id")
    groups = by_group(
        cmp=draw(st.sampled_from(FLOORS)),
        share=str(draw(shares)),
        group_passes=inner,
        empty_group=draw(st.sampled_from(["ignored", "not_passed"])),
        base=draw(st.sampled_from(["groups_on_roll", "groups_with_votes"])),
        group_weights={"GT": draw(st.sampled_from(["1", "1/2", "0"]))},
    )
    parts = draw(
        st.lists(st.sampled_from([yes, no, groups]), min_size=1, max_size=3, unique_by=lambda c: c["id"])
    )
    return rule({draw(st.sampled_from(["all", "any"])): parts})


@given(monotone_rules(), rows, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_of_the_roll_is_nothing(used: Rule, drawn: list[Row], random: Any) -> None:
    roll, ballots = case_of(drawn)
    shuffled = random.sample(ballots, len(ballots))
    order = random.sample(range(len(roll)), len(roll))
    texts = roll.weight_texts()
    columns = [(roll.electors[n], texts[n], roll.present[n], roll.attributes["country"][n]) for n in order]
    turned = roll_of(columns, ["country"])
    assert decide(used, turned, shuffled).to_json() == decide(used, roll, ballots).to_json()
    assert (roll_sha256(turned), ballots_sha256(shuffled)) == (roll_sha256(roll), ballots_sha256(ballots))


@given(monotone_rules(), rows, st.data())
def test_a_no_turned_into_a_yes_never_turns_adopted_into_rejected(
    used: Rule, drawn: list[Row], data: Any
) -> None:
    roll, ballots = case_of(drawn)
    noes = [n for n, (_, choice) in enumerate(ballots) if choice == "no"]
    turned = list(ballots)
    for n in data.draw(st.sets(st.sampled_from(noes), min_size=1)) if noes else ():
        turned[n] = (turned[n][0], "yes")
    before, after = (decide(used, roll, cast).status == "adopted" for cast in (ballots, turned))
    assert after or not before


@given(rows)
def test_sums_equal_the_roll_in_heads_and_weight(drawn: list[Row]) -> None:
    roll, ballots = case_of(drawn)
    decision = decide(rule(by_group()), roll, ballots)
    whole = sum((Fraction(row[0]) for row in drawn), Fraction(0))
    assert sum(decision.heads.values()) == decision.electors == len(drawn)
    assert sum(decision.weight.values(), Fraction(0)) == whole
    expected = {c: sum(1 for row in drawn if (row[3] or "not_voted") == c) for c in (*CHOICES, "not_voted")}
    assert dict(decision.heads) == expected


@given(counts, counts, shares, st.sampled_from(sorted(COMPARISONS)), st.integers(1, 60))
def test_the_bound_passes_and_one_step_beyond_it_fails(
    have: int, base: int, share: Fraction, cmp: str, grid: int
) -> None:
    threshold = share * Fraction(base, grid)
    edge, step = bound(cmp, threshold, grid), Fraction(1, grid)
    beyond = edge - step if cmp in FLOORS else edge + step
    assert (edge * grid).denominator == 1
    assert compare(edge, cmp, threshold)
    assert not compare(beyond, cmp, threshold)


@given(
    plain_conditions("c", [YES_NO, "roll", {"fixed": "7/2"}], tuple(COMPARISONS)),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(1, 12),
)
def test_needed_passes_and_needed_less_one_fails(
    made: dict[str, Any], have: int, base: int, grid: int
) -> None:
    read = next(rule(made).conditions())
    line = measured(read, Fraction(have, grid), Fraction(base, grid), grid)
    step = Fraction(1, grid)
    if read.cmp in FLOORS:
        assert measured(read, line.needed, line.base, grid).passes
        assert not measured(read, line.needed - step, line.base, grid).passes or line.needed == 0
        assert line.passes == (line.have >= line.needed)
        assert line.have + line.missing >= line.needed
    else:
        assert not measured(read, line.needed + step, line.base, grid).passes
    assert line.passes == (line.missing == 0)


@given(rows, st.integers(2, 7))
def test_splitting_a_weight_leaves_the_weight_tally(drawn: list[Row], parts: int) -> None:
    split = [(str(Fraction(w) * Fraction(1, parts)), *rest) for w, *rest in drawn for _ in range(parts)]
    whole, pieces = (tally(*case_of(r), ("yes", "no", "abstain"), ["country"]) for r in (drawn, split))
    for word in ("voted", "valid", "present", "represented", "roll", *((c,) for c in CHOICES)):
        assert pieces.weight(word) == whole.weight(word)
        assert pieces.heads(word) == whole.heads(word) * parts


@given(shares, shares, st.integers(0, 4), st.sampled_from(sorted(COMPARISONS)))
def test_a_printed_percentage_stands_where_the_share_stands(
    share: Fraction, threshold: Fraction, digits: int, cmp: str
) -> None:
    printed = Fraction(percent(share, threshold, digits, cmp)) * Fraction(1, 100)
    assert compare(printed, cmp, threshold) == compare(share, cmp, threshold)
    assert (printed == threshold) <= (share == threshold)
    assert abs(printed - share) < Fraction(1, 100 * 10**digits)


@given(counts, counts, shares, st.sampled_from(sorted(COMPARISONS)))
def test_a_printed_percentage_never_contradicts_the_decision(
    yes: int, no: int, share: Fraction, cmp: str
) -> None:
    roll = roll_of([("A", str(yes + 1), "yes"), ("B", str(no + 1), "yes")])
    used = rule(condition(measure="weight", count=YES, cmp=cmp, share=str(share)))
    decision = decide(used, roll, [("A", "yes"), ("B", "no")])
    printed = share_percent(decision.conditions[0])
    assert printed is not None
    assert compare(Fraction(printed), cmp, share * 100) == (decision.status == "adopted")
    assert f"({printed}%)" in decision.sentences["en"][1]
