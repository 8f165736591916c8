"""A version of a rule: what speaks against writing, approving, replacing and withdrawing it; and its content by kind."""

from datetime import date
from typing import Any

import pytest

from tests.workflows.asking import codes
from tests.workflows.votes import condition, rule_json
from workflows.canonical import read_json
from workflows.faults import InputRefusedError
from workflows.presets import preset_names, preset_text
from workflows.refusals import Refused
from workflows.roles import Role
from workflows.rule_book import RuleKind
from workflows.rule_kinds import VALIDATORS, check, stamped

FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        ({}, []),
        ({"titled": False}, ["title_missing"]),
        ({"cites": " "}, ["rule_cites_missing"]),
        ({"cites": None}, ["rule_cites_missing"]),
        ({"faults": 2}, ["rule_faulty"]),
        ({"faults": None}, ["rule_faulty"]),
        ({"in_force_from": None}, ["rule_period_wrong"]),
        ({"in_force_until": FIRST}, ["rule_period_wrong"]),
        ({"in_force_until": date(2026, 1, 2)}, []),
        ({"titled": False, "cites": "", "faults": 1}, ["title_missing", "rule_cites_missing", "rule_faulty"]),
    ],
)
@pytest.mark.parametrize(
    ("state", "move", "role"),
    [
        (None, "write", Role.SECRETARY),
        ("draft", "edit", Role.CHAIR),
        ("draft", "approve", Role.PRESIDENT),
    ],
)
def test_what_every_version_needs(
    state: str | None, move: str, role: Role, otherwise: dict[str, Any], expected: list[str]
) -> None:
    assert codes("rule", state, move, role, **otherwise) == expected


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        ({"author": "actor"}, ["approver_is_author"]),
        ({"author": None}, ["approver_is_author"]),
        ({"overlaps": 1}, ["rule_overlaps"]),
        ({"overlaps": None}, ["rule_overlaps"]),
    ],
)
def test_a_second_person_approves_what_overlaps_nothing(
    otherwise: dict[str, Any], expected: list[str]
) -> None:
    assert codes("rule", "draft", "approve", Role.SECRETARY, **otherwise) == expected


@pytest.mark.parametrize("state", ["in_force", "superseded", "withdrawn"])
def test_what_is_approved_is_never_edited(state: str) -> None:
    assert codes("rule", state, "edit", Role.SECRETARY) == ["move_not_from_here"]


def test_what_is_used_is_never_edited() -> None:
    assert codes("rule", "draft", "edit", Role.SECRETARY, used=1) == ["rule_used"]
    assert codes("rule", "draft", "edit", Role.SECRETARY, used=None) == ["rule_used"]


def test_what_is_withdrawn_is_given_a_reason_and_bound_no_later_vote() -> None:
    wrong = {"reason": "", "used_after": 1, "in_force_until": FIRST}
    said = codes("rule", "in_force", "withdraw", Role.PRESIDENT, **wrong)
    assert said == ["reason_missing", "rule_period_wrong", "rule_used_afterwards"]
    assert codes("rule", "draft", "discard", Role.SECRETARY, reason=None) == ["reason_missing"]


def test_every_kind_has_its_validator() -> None:
    assert set(VALIDATORS) == set(RuleKind)


@pytest.mark.parametrize("kind", RuleKind)
@pytest.mark.parametrize("content", [None, [], "x", 3, {}])
def test_a_rule_of_any_kind_is_an_object_that_says_something(kind: RuleKind, content: object) -> None:
    with pytest.raises(InputRefusedError):
        check(kind, content)


@pytest.mark.parametrize("kind", sorted(set(RuleKind) - {RuleKind.ELECTION}))
def test_each_kind_is_read_by_its_own_rules(kind: RuleKind) -> None:
    with pytest.raises(InputRefusedError):
        check(kind, {"of": "no kind"})


def test_terms_of_an_election_are_completed_for_each_and_only_kept_here() -> None:
    check("election", {"method": "stv"})


@pytest.mark.parametrize("name", preset_names())
def test_what_ships_is_taken_as_it_is(name: str) -> None:
    content: Any = read_json(preset_text(name), name)[0]
    check("decision", content)
    kept = stamped("decision", content, key=name, version=1, titles=content["title"], cites=content["cites"])
    assert kept == content


def test_a_decision_rule_that_contradicts_itself_is_refused_with_every_reason() -> None:
    with pytest.raises(Refused) as refused:
        check("decision", rule_json(condition(cmp=">", share="1"), tie="rejected"))
    assert [reason.code for reason in refused.value.refusals] == ["condition_never_met"]


def test_the_version_is_part_of_what_is_hashed() -> None:
    made = stamped("decision", rule_json(), key="ours", version=3, titles={"es": "Nuestra"}, cites="art. 2")
    assert (made["id"], made["version"], made["title"], made["cites"]) == (
        "ours",
        3,
        {"es": "Nuestra"},
        "art. 2",
    )
    assert stamped("election", {"a": 1}, key="ours", version=3, titles={}, cites="x") == {"a": 1}
