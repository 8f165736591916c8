"""Every published result an engine must reproduce, and what each tells apart (decision-rules.md, last table)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.votes import decided
from workflows.decisions import Decision
from workflows.lines import Line
from workflows.rules import rule_from

FILES = sorted((Path(__file__).parent / "cases").glob("*.json"))
CASES = [
    pytest.param(case["voters"], trial, id=f"{path.stem}: {trial['what']}")
    for path in FILES
    for case in [json.loads(path.read_text(encoding="utf-8"))]
    for trial in case["trials"]
]


def run(voters: list[dict[str, Any]], trial: dict[str, Any]) -> Decision:
    names = tuple(sorted(voters[0]["attributes"]))
    votes = [
        (v["times"], v["choice"], v["weight"], v["present"], *(v["attributes"][name] for name in names))
        for v in voters
    ]
    return decided(rule_from(trial["rule"]), *votes, attributes=names, call=trial["call"])


def essentials(lines: tuple[Line, ...]) -> list[dict[str, object]]:
    return [
        {key: line.to_dict()[key] for key in ("id", "have", "base", "needed", "passes")} for line in lines
    ]


@pytest.mark.parametrize(("voters", "trial"), CASES)
def test_published_case(voters: list[dict[str, Any]], trial: dict[str, Any]) -> None:
    decision = run(voters, trial)
    assert decision.status == trial["status"]
    assert essentials(decision.conditions) == trial["lines"]
    assert essentials(decision.quorum.conditions) == trial["quorum"]


def test_every_case_of_the_table_is_here() -> None:
    stems = {path.stem for path in FILES}
    assert {f"oasis-{roster:02d}-enough" for roster in (4, 6, 7, 9, 12)} <= stems
    assert {
        "rspo-15-6d",
        "rspo-13-6b",
        "rspo-13-6d",
        "clac-2022-second-call",
        "cabf-sc22",
        "roberts-rules-40",
        "roberts-rules-41",
        "swiss-2020-11-29",
        "iso-dis-29500",
    } <= stems


@pytest.mark.parametrize(
    ("stem", "trial", "shown"),
    [
        ("rspo-15-6d", 1, "46.6"),
        ("rspo-13-6b", 1, "50.0"),
        ("rspo-13-6d", 2, "66.3"),
        ("iso-dis-29500", 0, "53.1"),
    ],
)
def test_published_percentages(stem: str, trial: int, shown: str) -> None:
    case = json.loads((Path(__file__).parent / "cases" / f"{stem}.json").read_text(encoding="utf-8"))
    assert f"({shown}%)" in " ".join(run(case["voters"], case["trials"][trial]).sentences["en"])
