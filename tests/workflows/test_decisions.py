"""decide(): quorum, conditions, groups, ties, needed and missing (decision-rules.md)."""

import json
from typing import Any

import pytest

from tests.workflows.votes import by_group, condition, decided, line_of, rule, rule_json
from workflows.decisions import decide
from workflows.faults import InputRefusedError
from workflows.presets import preset
from workflows.rolls import roll_of


def refused(*arguments: Any, **more: Any) -> tuple[str, ...]:
    with pytest.raises(InputRefusedError) as error:
        decided(*arguments, **more)
    return error.value.faults


def test_the_decision_has_the_format_of_the_design_page() -> None:
    used = rule(condition("two_thirds", base="roll", cmp=">=", share="2/3"), id="position-on-standard")
    decision = decided(used, (66, "yes"), (34, "no"))
    document = json.loads(decision.to_json())
    sentences = document.pop("sentences")
    assert document == {
        "status": "rejected",
        "rule": {"id": "position-on-standard", "version": 1, "sha256": used.sha256},
        "roll_sha256": decision.roll_sha256,
        "ballots_sha256": decision.ballots_sha256,
        "electors": 100,
        "heads": {"yes": 66, "no": 34, "abstain": 0, "blank": 0, "invalid": 0, "not_voted": 0},
        "weight": {"yes": "66", "no": "34", "abstain": "0", "blank": "0", "invalid": "0", "not_voted": "0"},
        "groups": {},
        "quorum": {"asked": False, "met": True, "call": 1, "conditions": []},
        "conditions": [
            {
                "id": "two_thirds",
                "unit": "heads",
                "have": "66",
                "base": "100",
                "cmp": ">=",
                "share": "2/3",
                "needed": "67",
                "missing": "1",
                "passes": False,
            }
        ],
    }
    assert {lang: len(said) for lang, said in sentences.items()} == {"es": 3, "en": 3, "pt": 3, "fr": 3}


@pytest.mark.parametrize(
    ("cmp", "share", "yes", "no", "needed", "missing", "passes"),
    [
        (">", "1/2", 50, 50, "51", "1", False),
        (">", "1/2", 51, 49, "51", "0", True),
        (">=", "1/2", 50, 50, "50", "0", True),
        (">=", "1/2", 49, 51, "50", "1", False),
        (">", "2/3", 66, 33, "67", "1", False),
        (">=", "2/3", 66, 33, "66", "0", True),
        ("<", "1/2", 50, 50, "49", "1", False),
        ("<", "1/2", 49, 51, "49", "0", True),
        ("<=", "1/4", 25, 75, "25", "0", True),
        ("<=", "1/4", 26, 74, "25", "1", False),
        (">", "1", 2, 0, "3", "1", False),
        (">=", "1", 2, 0, "2", "0", True),
        (">=", "0", 0, 5, "0", "0", True),
        (">", "0", 0, 5, "1", "1", False),
        (">", "1/2", 0, 0, "1", "1", False),
    ],
)
def test_needed_and_missing_in_heads(
    cmp: str, share: str, yes: int, no: int, needed: str, missing: str, passes: bool
) -> None:
    decision = decided(rule(condition(cmp=cmp, share=share)), (yes, "yes"), (no, "no"), (1, None))
    line = line_of(decision)
    assert (line["needed"], line["missing"], line["passes"]) == (needed, missing, passes)
    assert decision.status == ("adopted" if passes else "rejected")


@pytest.mark.parametrize(
    ("cmp", "share", "votes", "have", "needed", "missing", "passes"),
    [
        (">", "1/2", [(1, "yes", "3/2"), (3, "no", "1/2")], "3/2", "2", "1/2", False),
        (">", "1/2", [(1, "yes", "2"), (3, "no", "1/2")], "2", "2", "0", True),
        (">=", "2/3", [(6, "yes", "1"), (4, "no", "1")], "6", "7", "1", False),
        (">=", "1/2", [(1, "yes", "1.69"), (1, "no", "1.69")], "169/100", "169/100", "0", True),
        ("<", "1/2", [(1, "yes", "1/3"), (1, "no", "1/3")], "1/3", "0", "1/3", False),
    ],
)
def test_needed_and_missing_in_weight(
    cmp: str, share: str, votes: list[Any], have: str, needed: str, missing: str, passes: bool
) -> None:
    line = line_of(decided(rule(condition(measure="weight", cmp=cmp, share=share)), *votes))
    assert (line["have"], line["needed"], line["missing"], line["passes"]) == (have, needed, missing, passes)


@pytest.mark.parametrize(
    ("yes", "at_least", "needed", "missing", "passes"),
    [
        (5, "6", "6", "1", False),
        (6, "6", "6", "0", True),
        (6, "13/2", "7", "1", False),
        (1, 1, "1", "0", True),
    ],
)
def test_at_least_is_a_floor_as_well(
    yes: int, at_least: Any, needed: str, missing: str, passes: bool
) -> None:
    line = line_of(decided(rule(condition(at_least=at_least)), (yes, "yes"), (9, None)))
    assert (line["needed"], line["missing"], line["passes"]) == (needed, missing, passes)


def test_at_least_beside_a_ceiling() -> None:
    used = rule(condition(count="voted", base="roll", cmp="<=", share="1/2", at_least="2"))
    trials = [decided(used, (n, "yes"), (10 - n, None)) for n in (1, 2, 5, 6)]
    said = [(line["needed"], line["missing"], line["passes"]) for line in map(line_of, trials)]
    assert said == [("5", "1", False), ("5", "0", True), ("5", "0", True), ("5", "1", False)]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("voted", "7"),
        ("valid", "6"),
        ("present", "5"),
        ("represented", "7"),
        ("roll", "10"),
        ({"fixed": "71"}, "71"),
        ({"fixed": "7/2"}, "7/2"),
        (["yes", "no"], "4"),
        (["yes", "no", "invalid"], "5"),
        (["blank"], "1"),
    ],
)
def test_bases(base: Any, expected: str) -> None:
    votes = [(3, "yes"), (1, "no"), (1, "abstain"), (1, "blank", "1", "proxy"), (1, "invalid", "1", "proxy")]
    absent = [(2, None, "1", "no"), (1, None, "1", "")]
    assert line_of(decided(rule(condition(base=base)), *votes, *absent))["base"] == expected


def test_where_narrows_both_sides() -> None:
    used = rule(condition(base="roll", where={"kind": "issuer"}))
    decision = decided(
        used, (2, "yes", "1", "yes", "issuer"), (1, None, "1", "yes", "issuer"), (9, "no", "1", "yes", "x"), attributes=("kind",)
    )  # fmt: skip
    assert (line_of(decision)["have"], line_of(decision)["base"]) == ("2", "3")


def test_any_and_all_nest() -> None:
    high, floor, low = (
        condition("high", share="9/10"),
        condition("floor", base="roll"),
        condition("low", share="0"),
    )
    nested = rule(low, {"any": [high, {"all": [floor, condition("more")]}]})
    assert decided(nested, (6, "yes"), (4, "no")).status == "adopted"
    assert decided(nested, (5, "yes"), (1, "no"), (4, None)).status == "rejected"
    assert decided(nested, (1, "yes"), (9, None)).status == "adopted"
    assert [line.id for line in decided(nested, (1, "yes")).conditions] == ["low", "high", "floor", "more"]


COUNTRIES = [
    (3, "yes", "1", "yes", "GT"),
    (1, "no", "1", "yes", "GT"),
    (1, "yes", "1", "yes", "SV"),
    (1, "no", "1", "yes", "SV"),
    (2, "invalid", "1", "yes", "HN"),
    (1, None, "1", "yes", "NI"),
]


@pytest.mark.parametrize(
    ("base", "empty", "expected"),
    [
        ("groups_on_roll", "not_passed", "4"),
        ("groups_on_roll", "ignored", "2"),
        ("groups_with_votes", "not_passed", "3"),
        ("groups_with_votes", "ignored", "2"),
        ({"fixed": "24"}, "ignored", "24"),
    ],
)
def test_groups_and_what_an_empty_one_does(base: Any, empty: str, expected: str) -> None:
    decision = decided(rule(by_group(base=base, empty_group=empty)), *COUNTRIES, attributes=("country",))
    line = line_of(decision)
    assert (line["unit"], line["have"], line["base"]) == ("groups", "1", expected)
    assert decision.to_dict()["groups"] == {
        "country": {
            "GT": {"yes": 3, "no": 1, "passes": True},
            "HN": {"yes": 0, "no": 0, "passes": False},
            "NI": {"yes": 0, "no": 0, "passes": False},
            "SV": {"yes": 1, "no": 1, "passes": False},
        }
    }


def test_an_empty_group_does_not_pass_by_nothing_of_nothing() -> None:
    inner = {"count": ["yes"], "base": ["yes", "no"], "cmp": ">=", "share": "1/2"}
    decision = decided(rule(by_group(group_passes=inner)), *COUNTRIES, attributes=("country",))
    assert line_of(decision)["have"] == "2"


def test_groups_weigh_what_the_rule_says() -> None:
    used = rule(by_group(group_weights={"GT": "1/2", "XX": "9"}))
    line = line_of(decided(used, *COUNTRIES, attributes=("country",)))
    assert (line["have"], line["base"], line["needed"], line["missing"]) == ("1/2", "7/2", "2", "3/2")


def test_groups_counted_in_weight_print_weight() -> None:
    inner = {"measure": "weight", "count": ["yes"], "base": "roll", "cmp": ">=", "share": "1/2"}
    votes = [(1, "yes", "1/2", "yes", "GT"), (1, None, "1/3", "yes", "GT")]
    decision = decided(rule(by_group(group_passes=inner)), *votes, attributes=("country",))
    assert decision.to_dict()["groups"] == {"country": {"GT": {"yes": "1/2", "passes": True}}}


def test_two_conditions_over_one_attribute_keep_their_groups_apart() -> None:
    decision = decided(rule(by_group(), by_group(id="again")), *COUNTRIES, attributes=("country",))
    assert list(decision.to_dict()["groups"]) == ["country", "country/again"]  # type: ignore[call-overload]


LADDER = [
    {"call": 1, "all": [condition("half_plus_one", count="represented", base="roll")]},
    {"call": 2, "after": "PT1H", "all": []},
]


@pytest.mark.parametrize(
    ("here", "call", "status", "met"),
    [(5, 1, "no_quorum", False), (6, 1, "adopted", True), (5, 2, "adopted", True)],
)
def test_the_call_picks_the_quorum(here: int, call: int, status: str, met: bool) -> None:
    votes = [(here - 2, "yes"), (2, "yes", "1", "proxy"), (10 - here, None, "1", "no")]
    decision = decided(rule(quorum=LADDER), *votes, call=call)
    assert (decision.status, decision.quorum.asked, decision.quorum.met, decision.quorum.call) == (
        status, True, met, call,
    )  # fmt: skip
    assert [line.id for line in decision.quorum.conditions] == (["half_plus_one"] if call == 1 else [])


@pytest.mark.parametrize("call", [0, 3, -1])
def test_a_call_that_is_not_on_the_ladder_is_refused(call: int) -> None:
    assert len(refused(rule(quorum=LADDER), (1, "yes"), call=call)) == 1


TIED = condition("tied")


@pytest.mark.parametrize(
    ("tie", "casting", "status"),
    [
        ("rejected", None, "rejected"),
        ("rejected", "yes", "rejected"),
        ("casting_vote", None, "tie_pending"),
        ("casting_vote", "yes", "adopted"),
        ("casting_vote", "no", "rejected"),
        ("second_vote", None, "tie_pending"),
        ("second_vote", "yes", "tie_pending"),
    ],
)
def test_what_a_tie_does(tie: str, casting: str | None, status: str) -> None:
    assert decided(rule(TIED, tie=tie), (2, "yes"), (2, "no"), casting=casting).status == status


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ([TIED], "tie_pending"),
        ([TIED, condition("also", base="voted")], "tie_pending"),
        ([TIED, condition("short", base="roll", cmp=">=")], "rejected"),
        ([TIED, condition("floor", base="voted", at_least="3")], "rejected"),
        ([TIED, condition("passes", cmp=">=")], "tie_pending"),
        ([condition("cap", cmp="<")], "tie_pending"),
        ([condition("short", cmp=">=", share="2/3")], "rejected"),
        ([{"any": [TIED, condition("short", base="roll")]}], "rejected"),
        ([{"any": [TIED, condition("passes", cmp=">=")]}], "adopted"),
    ],
)
def test_a_tie_is_exact_equality_in_every_failing_condition(conditions: list[Any], status: str) -> None:
    assert decided(rule(*conditions, tie="casting_vote"), (2, "yes"), (2, "no"), (1, None)).status == status


def test_no_casting_vote_mends_a_quorum_or_a_loss() -> None:
    used = rule(quorum=LADDER, tie="casting_vote")
    assert decided(used, (1, "yes"), (1, "no"), (3, None, "1", "no"), casting="yes").status == "no_quorum"
    assert decided(used, (1, "yes"), (2, "no"), casting="yes").status == "rejected"
    assert decided(used, (2, "yes"), (1, "no"), casting="no").status == "adopted"


def test_options_of_a_multi_option_vote_are_all_listed() -> None:
    used = rule(condition(count=["Café"], base=["Café", "Cacao"]), choices=["Café", "Cacao"])
    decision = decided(used, (2, "Café"), (1, "Cacao"), (1, None))
    assert decision.heads == {"Café": 2, "Cacao": 1, "blank": 0, "invalid": 0, "not_voted": 1}
    assert decision.status == "adopted"


def test_everything_that_does_not_fit_is_refused_at_once() -> None:
    used = rule(condition(where={"kind": "issuer"}), by_group(), quorum=LADDER)
    faults = decide_faults(used, [("A", "maybe"), ("B", "yes")], call=9)
    assert faults == [
        "call 9 is not on the rule's quorum ladder; its calls are: 1, 2",
        'condition "majority": the roll has no attribute "kind"',
        'condition "countries": the roll has no attribute "country"',
        'ballots, row 1: unknown choice "maybe"; known: abstain, blank, invalid, no, yes',
        'ballots, row 2: the elector "B" is not on the roll',
    ]


def decide_faults(used: Any, ballots: list[tuple[str, str]], **more: Any) -> list[str]:
    with pytest.raises(InputRefusedError) as error:
        decide(used, roll_of([("A", "1", "yes")]), ballots, **more)
    return list(error.value.faults)


def test_an_elector_without_a_group_is_refused() -> None:
    votes = [(1, "yes", "1", "yes", ""), (1, "yes", "1", "yes", "GT")]
    assert refused(rule(by_group()), *votes, attributes=("country",)) == (
        'condition "countries": the elector "e000000" has no "country" to be grouped by',
    )


def test_an_unknown_casting_vote_is_refused() -> None:
    assert refused(rule(), (1, "yes"), casting="maybe") == (
        'the casting vote "maybe" is unknown; it is yes or no',
    )


def test_the_reading_of_a_rule_does_not_change_it() -> None:
    source = rule_json(by_group())
    before = json.dumps(source)
    decided(rule(**source), *COUNTRIES, attributes=("country",))
    assert json.dumps(source) == before


@pytest.mark.parametrize(
    ("name", "votes", "status"),
    [
        ("simple-majority", [(2, "yes"), (1, "no"), (9, "abstain")], "adopted"),
        ("absolute-majority-present", [(5, "yes"), (1, "no"), (4, "abstain")], "rejected"),
        ("absolute-majority-roll", [(5, "yes"), (4, None)], "adopted"),
        ("two-thirds", [(2, "yes"), (1, "no")], "adopted"),
        ("two-thirds", [(3, "abstain")], "rejected"),
        ("three-quarters", [(3, "yes"), (1, "no")], "adopted"),
        ("three-quarters", [(74, "yes"), (26, "no")], "rejected"),
        ("states-55-weight-65", [(11, "yes", "13"), (9, "no", "77/9")], "adopted"),
        ("states-55-weight-65", [(10, "yes", "13"), (10, "no", "1")], "rejected"),
        ("consensus-less-n", [(9, "yes"), (1, "no")], "adopted"),
        ("consensus-less-n", [(9, "yes"), (2, "no")], "rejected"),
        ("first-and-second-call", [(2, "yes"), (1, "no"), (2, None, "1", "no")], "adopted"),
        ("first-and-second-call", [(2, "yes"), (1, "no"), (3, None, "1", "no")], "no_quorum"),
        ("first-and-second-call", [(2, "yes"), (2, "no")], "tie_pending"),
    ],
)
def test_presets(name: str, votes: list[Any], status: str) -> None:
    assert decided(preset(name), *votes).status == status


@pytest.mark.parametrize(
    ("name", "attribute", "votes", "status"),
    [
        (
            "double-majority",
            "country",
            [(5, "yes", "1", "yes", "GT"), (1, "no", "1", "yes", "SV")],
            "rejected",
        ),
        ("double-majority", "country", [(5, "yes", "1", "yes", "GT")], "adopted"),
        ("two-chambers", "kind", [(2, "yes", "1", "", "issuer"), (1, "no", "1", "", "issuer")], "rejected"),
        ("two-chambers", "kind", [(2, "yes", "1", "", "issuer"), (1, "yes", "1", "", "consumer")], "adopted"),
        ("iso-draft-ballot", "member", [(2, "yes", "1", "", "P"), (1, "no", "1", "", "P")], "rejected"),
        ("iso-draft-ballot", "member", [(3, "yes", "1", "", "P"), (1, "no", "1", "", "O")], "adopted"),
    ],
)
def test_presets_that_read_an_attribute(name: str, attribute: str, votes: list[Any], status: str) -> None:
    assert decided(preset(name), *votes, attributes=(attribute,)).status == status
