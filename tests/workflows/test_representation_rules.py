"""Reading rules of representation: what is accepted, and every reason for a refusal."""

import hashlib
import json
from fractions import Fraction
from typing import Any

import pytest

from tests.workflows.assemblies import proxies_json, representation, representation_json
from workflows.canonical import canonical_json
from workflows.faults import InputRefusedError
from workflows.representation_rules import ProxyRule, read_representation, representation_from


def faults_of(value: Any) -> tuple[str, ...]:
    with pytest.raises(InputRefusedError) as refused:
        representation_from(value)
    return refused.value.faults


@pytest.mark.parametrize(
    ("terms", "path", "reason"),
    [
        ({"allowed": "yes"}, ".allowed", "must be true or false"),
        ({"per_holder": 0}, ".per_holder", "integer of 1 or more"),
        ({"share": "0"}, ".share", "outside 0..1"),
        ({"share": "11/10"}, ".share", "outside 0..1"),
        ({"share": "ten"}, ".share", "not an integer"),
        ({"own_weight": 1}, ".own_weight", "must be true or false"),
        ({"own_weight": True, "share": None}, ".own_weight", "has no effect without a share"),
        ({"scope": []}, ".scope", "names no scope"),
        ({"scope": ["day"]}, ".scope[0]", '"day" is unknown'),
        ({"scope": "item"}, ".scope", "must be a list"),
        ({"deadline": "24h"}, ".deadline", "neither"),
        ({"take_back_until": "never"}, ".take_back_until", '"never" is unknown'),
        ({"presence": "ends"}, ".presence", '"ends" is unknown'),
        ({"chain": 2}, "", 'unknown key "chain"'),
        ({"allowed": False}, ".per_holder", "has no effect where proxies are not allowed"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(terms: dict[str, Any], path: str, reason: str) -> None:
    faults = faults_of(representation_json(proxies=proxies_json(**terms)))
    assert [f for f in faults if f.startswith(f"rule.proxies{path}: ") and reason in f] != []


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"cites": ""}, ".cites", "must not be empty"),
        ({"version": 0}, ".version", "integer of 1 or more"),
        ({"title": {"es": ""}}, ".title.es", "must not be empty"),
        ({"alternates": -1}, ".alternates", "integer of 0 or more"),
        ({"alternates": True}, ".alternates", "integer of 0 or more"),
        ({"delegate": False}, ".alternates", "without delegates there are no alternates"),
        ({"proxies": []}, ".proxies", "must be an object"),
        ({"weight": 1}, "", 'unknown key "weight"'),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(change: dict[str, Any], path: str, reason: str) -> None:
    faults = faults_of(representation_json(**change))
    assert [f for f in faults if f.startswith(f"rule{path}: ") and reason in f] != []


@pytest.mark.parametrize("key", ["id", "version", "cites", "delegate", "alternates", "proxies"])
def test_what_must_be_given(key: str) -> None:
    given = {name: value for name, value in representation_json().items() if name != key}
    assert f'rule: the key "{key}" is missing' in faults_of(given)


def test_all_faults_at_once_and_none_repeated() -> None:
    broken = representation_json(alternates=-1, proxies=proxies_json(share="2", scope=[]), cites=1)
    assert [fault.split(": ")[0] for fault in faults_of(broken)] == [
        "rule.cites",
        "rule.alternates",
        "rule.proxies.share",
        "rule.proxies.scope",
    ]


def test_a_number_that_is_not_exact_is_a_fault_of_its_own() -> None:
    with pytest.raises(InputRefusedError) as refused:
        read_representation(
            '{"id": "r", "version": 1.5, "cites": "x", "delegate": true, "alternates": 0, "proxies": {"allowed": false}}'
        )
    assert [fault for fault in refused.value.faults if "which is not exact" in fault] != []


def test_the_defaults_are_those_that_take_no_vote_away() -> None:
    terms = representation({"share": "1/10"}).proxies
    assert terms == ProxyRule(
        allowed=True,
        per_holder=2,
        share=Fraction(1, 10),
        own_weight=False,
        scope=("assembly", "item"),
        deadline="opening",
        take_back_until="closing",
        presence="suspends",
    )


def test_a_rule_without_proxies_says_nothing_else_of_them() -> None:
    assert representation_from(representation_json(proxies={"allowed": False})).proxies == ProxyRule()


def test_the_hash_is_that_of_the_canonical_json() -> None:
    given = representation_json()
    made = read_representation(json.dumps(given, indent=3))
    assert made.sha256 == hashlib.sha256(canonical_json(given).encode()).hexdigest()
    assert made.sha256 != representation_from(representation_json(alternates=1)).sha256
