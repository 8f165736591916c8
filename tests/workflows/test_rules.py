"""Reading rules: what is accepted, and every reason for a refusal."""

import hashlib
import json
from typing import Any

import pytest

from tests.workflows.votes import by_group, condition, rule, rule_json
from workflows.canonical import canonical_json
from workflows.faults import InputRefusedError
from workflows.presets import preset, preset_names, preset_text
from workflows.rules import read_rule, rule_from


def faults_of(value: Any) -> tuple[str, ...]:
    with pytest.raises(InputRefusedError) as refused:
        rule_from(value)
    return refused.value.faults


def without(key: str, source: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name != key}


@pytest.mark.parametrize(
    ("broken", "path", "reason"),
    [
        (condition(extra=1), "rule.pass.all[0]", 'unknown key "extra"'),
        (without("cmp", condition()), "rule.pass.all[0]", 'the key "cmp" is missing'),
        (without("share", condition()), "rule.pass.all[0]", 'the key "share" is missing'),
        (without("id", condition()), "rule.pass.all[0]", 'the key "id" is missing'),
        (without("group_passes", by_group()), "rule.pass.all[0]", 'the key "group_passes" is missing'),
        (condition(by="country"), "rule.pass.all[0]", 'unknown key "by"'),
        (condition(measure="votes"), "rule.pass.all[0].measure", '"votes" is unknown'),
        (condition(base="groups_on_roll"), "rule.pass.all[0].base", '"groups_on_roll" is in another unit'),
        (by_group(base="roll"), "rule.pass.all[0].base", '"roll" is in another unit than the measure groups'),
        (by_group(base=["yes"]), "rule.pass.all[0].base", "a list of choices is in another unit"),
        (condition(base={"fixed": "0"}), "rule.pass.all[0].base.fixed", "must be more than 0"),
        (condition(base={"fixed": "2", "x": 1}), "rule.pass.all[0].base", 'unknown key "x"'),
        (condition(count=["maybe"]), "rule.pass.all[0].count", 'unknown choice "maybe"'),
        (condition(count=["yes", "yes"]), "rule.pass.all[0].count", 'names "yes" twice'),
        (condition(count=[]), "rule.pass.all[0].count", "names no choice"),
        (condition(count="roll"), "rule.pass.all[0].count", '"roll" is unknown'),
        (condition(count="yes"), "rule.pass.all[0].count", '"yes" is unknown'),
        (condition(cmp="=="), "rule.pass.all[0].cmp", '"==" is unknown'),
        (condition(share="3/2"), "rule.pass.all[0].share", '"3/2" is outside 0..1'),
        (condition(share="-1/2"), "rule.pass.all[0].share", '"-1/2": not an integer'),
        (condition(share="1/0"), "rule.pass.all[0].share", "the denominator is zero"),
        (condition(share="1e999999"), "rule.pass.all[0].share", "not an integer"),
        (condition(share="NaN"), "rule.pass.all[0].share", "not an integer"),
        (condition(share="1" * 101), "rule.pass.all[0].share", "longer than 100 characters"),
        (condition(share=True), "rule.pass.all[0].share", "not true or false"),
        (condition(at_least="-1"), "rule.pass.all[0].at_least", "not an integer"),
        (condition(where={}), "rule.pass.all[0].where", "names no attribute"),
        (condition(where={"kind": 1}), "rule.pass.all[0].where.kind", "must be text"),
        (condition(where={"país": "GT"}), "rule.pass.all[0].where", "must be ASCII"),
        (by_group(empty_group="skip"), "rule.pass.all[0].empty_group", '"skip" is unknown'),
        (by_group(group_weights={"GT": "x"}), "rule.pass.all[0].group_weights.GT", "not an integer"),
        (by_group(count=["no"]), "rule.pass.all[0].count", "counts what group_passes counts"),
        (
            by_group(group_passes={"count": ["yes"]}),
            "rule.pass.all[0].group_passes",
            'the key "base" is missing',
        ),
        (
            by_group(group_passes=without("id", condition(measure="groups"))),
            "rule.pass.all[0].group_passes.measure",
            '"groups" is unknown',
        ),
        ({"any": []}, "rule.pass.all[0].any", "holds no condition"),
        ({"any": [condition()], "all": [condition("b")]}, "rule.pass.all[0]", 'either "all" or "any"'),
        ("yes", "rule.pass.all[0]", "must be an object"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(broken: Any, path: str, reason: str) -> None:
    faults = faults_of(rule_json(broken))
    assert [f for f in faults if f.startswith(f"{path}: ") and reason in f] != []


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"extra": 1}, "rule", 'unknown key "extra"'),
        ({"version": "1"}, "rule.version", "must be an integer"),
        ({"version": True}, "rule.version", "must be an integer"),
        ({"version": 0}, "rule.version", "must be an integer"),
        ({"id": ""}, "rule.id", "must not be empty"),
        ({"id": "\ud800"}, "rule.id", "half a character"),
        ({"title": "Regla"}, "rule.title", "must be an object"),
        ({"choices": []}, "rule.choices", "names no choice"),
        ({"choices": ["yes", "no", "yes"]}, "rule.choices", 'names "yes" twice'),
        ({"choices": ["yes", "no", "not_voted"]}, "rule.choices", "cannot be a choice"),
        ({"tie": "coin"}, "rule.tie", '"coin" is unknown'),
        ({"pass": {"all": []}}, "rule.pass.all", "holds no condition"),
        ({"pass": {}}, "rule.pass", 'either "all" or "any"'),
        ({"quorum": {}}, "rule.quorum", "must be a list"),
        ({"quorum": [{"all": []}]}, "rule.quorum[0]", 'the key "call" is missing'),
        ({"quorum": [{"call": 0, "all": []}]}, "rule.quorum[0].call", "must be an integer of 1 or more"),
        (
            {"quorum": [{"call": 1, "all": []}, {"call": 1, "all": []}]},
            "rule.quorum",
            "call 1 is given twice",
        ),
        ({"quorum": [{"call": 1, "after": "1h", "all": []}]}, "rule.quorum[0].after", "no ISO 8601 duration"),
        ({"quorum": [{"call": 1, "any": []}]}, "rule.quorum[0].any", "holds no condition"),
        ({"quorum": [{"call": 1, "all": [condition()]}]}, "rule.pass.all[0].id", '"majority" already names'),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(change: dict[str, Any], path: str, reason: str) -> None:
    faults = faults_of(rule_json(**change))
    assert [f for f in faults if f.startswith(f"{path}: ") and reason in f] != []


@pytest.mark.parametrize("key", ["id", "version", "choices", "quorum", "pass"])
def test_what_must_be_given(key: str) -> None:
    assert f'rule: the key "{key}" is missing' in faults_of(without(key, rule_json()))


def test_every_fault_is_listed_at_once() -> None:
    broken = rule_json(
        condition(share="3/2", cmp="="), condition(), {"any": [condition(base="all")]}, tie="coin"
    )
    starts = [fault.split(": ")[0] for fault in faults_of(broken)]
    assert starts == [
        "rule.pass.all[0].cmp",
        "rule.pass.all[0].share",
        "rule.pass.all[1].id",
        "rule.pass.all[2].any[0].id",
        "rule.pass.all[2].any[0].base",
        "rule.tie",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "rule: must be an object, not a list"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{\x00}\x00", "rule, line 1: not UTF-8"),
        (b"{\0}", "holds a NUL character"),
        ('{"id": "a", "id": "b"}', 'the key "id" is given twice'),
        ('{"version": 1.0}', 'the number "1.0", which is not exact (write it as text)'),
        ('{"version": 1e999999}', 'the number "1e999999", which is not exact'),
        ('{"version": NaN}', 'the number "NaN", which is not exact'),
        ('{"version": 9007199254740992}', "which is not exact"),
        ('{"version": ' + "9" * 5000 + "}", "which is not exact"),
    ],
)
def test_json_that_is_no_exact_rule_is_refused(text: str | bytes, reason: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read_rule(text)
    assert [fault for fault in refused.value.faults if reason in fault] != []
    assert [fault for fault in refused.value.faults if "\n" in fault] == []


def test_a_fault_is_one_line_whatever_the_rule_holds() -> None:
    faults = faults_of(rule_json(choices=["a\nb", "x\u2028y"]))
    assert [fault for fault in faults if not fault.isprintable()] == []
    assert faults[0].endswith('unknown choice "yes"; the choices are: a\\nb, x\\u2028y, blank, invalid')


def test_deeply_nested_conditions_are_refused() -> None:
    node: Any = condition()
    for _ in range(100):
        node = {"all": [node]}
    assert any("nested more than 16 deep" in fault for fault in faults_of(rule_json(node)))


@pytest.mark.parametrize("share", ["2/3", "0", "1", "0.55", 0, 1])
def test_shares_that_are_exact_are_accepted(share: Any) -> None:
    assert rule(condition(share=share)).conditions().__next__().id == "majority"


def test_a_byte_order_mark_is_no_fault() -> None:
    text = json.dumps(rule_json()).encode()
    assert read_rule(b"\xef\xbb\xbf" + text).sha256 == read_rule(text).sha256


def test_the_hash_is_that_of_the_canonical_json_as_given() -> None:
    source = rule_json(title={"es": "Posición ñ"})
    expected = json.dumps(source, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    reordered = json.dumps(dict(reversed(source.items())), indent=4)
    assert read_rule(reordered).sha256 == hashlib.sha256(expected).hexdigest()
    assert rule(condition(share="2/4")).sha256 != rule(condition(share="1/2")).sha256


def test_canonical_json_is_the_form_of_rfc_8785() -> None:
    value = {"b": ['\u20ac$\u000f\nA\'B"\\\\"/', True, None, 12], "a": {}}
    assert canonical_json(value) == '{"a":{},"b":["€$\\u000f\\nA\'B\\"\\\\\\\\\\"/",true,null,12]}'


@pytest.mark.parametrize("value", [0.5, {"ñ": 1}, {1: 2}, [b"x"]])
def test_canonical_json_refuses_what_it_cannot_hold(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_a_rule_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        rule().tie = "casting_vote"  # type: ignore[misc]


def test_the_presets_are_rules_and_cite_their_source() -> None:
    rules = {name: preset(name) for name in preset_names()}
    assert {name: used.id for name, used in rules.items()} == {name: name for name in rules}
    assert [used.id for used in rules.values() if not used.cites] == []
    assert {tuple(lang for lang, _ in used.title) for used in rules.values()} == {("en", "es", "fr", "pt")}
    assert sorted(rules) == [
        "absolute-majority-present",
        "absolute-majority-roll",
        "consensus-less-n",
        "double-majority",
        "first-and-second-call",
        "iso-draft-ballot",
        "simple-majority",
        "states-55-weight-65",
        "three-quarters",
        "two-chambers",
        "two-thirds",
    ]


def test_a_preset_that_is_not_there() -> None:
    with pytest.raises(KeyError, match=r"there is no preset '\.\./rules'"):
        preset_text("../rules")
