"""Calls and notice: reading the rule, when each call may be made, notice, postponement, and what CLAC published."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.workflows.assemblies import START, at, calls, calls_json, present_share
from tests.workflows.votes import YES
from workflows.call_reading import calls_from, read_calls
from workflows.calls import (
    latest_start,
    next_call_at,
    notice_given,
    schedule,
)
from workflows.canonical import canonical_json
from workflows.decisions import decide
from workflows.faults import InputRefusedError
from workflows.presets import preset
from workflows.quorum import quorum_now, with_presence
from workflows.quorum_missing import would_give_it
from workflows.rolls import roll_of

INSTANT = timedelta(microseconds=1)
ZONE = "America/Managua"
ANYONE = {"call": 2, "after": "PT1H", "all": []}
THREE = calls(
    {"call": 1, "all": [present_share("a", "2/3")]},
    {"call": 2, "after": "PT30M", "all": [present_share("b", "1/2")]},
    {"call": 3, "after": "P1D", "all": []},
)


def faults_of(value: Any) -> tuple[str, ...]:
    with pytest.raises(InputRefusedError) as refused:
        calls_from(value)
    return refused.value.faults


def first(condition: dict[str, Any]) -> dict[str, Any]:
    return {"calls": [{"call": 1, "all": [condition]}]}


GROUPS = {
    "id": "g",
    "measure": "groups",
    "by": "country",
    "cmp": ">",
    "share": "1/2",
    "empty_group": "ignored",
}
INNER = {"count": "represented", "base": "roll", "cmp": ">", "share": "1/2"}


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"convened_by": []}, "rule.convened_by", "names nobody"),
        ({"convened_by": ["delegate"]}, "rule.convened_by[0]", '"delegate" is unknown'),
        ({"on_request": "0"}, "rule.on_request", "outside 0..1"),
        ({"notice_days": {"ordinary": 30}}, "rule.notice_days", 'the key "extraordinary" is missing'),
        ({"notice_days": {"ordinary": -1, "extraordinary": 0}}, "rule.notice_days.ordinary", "0 or more"),
        ({"calls": []}, "rule.calls", "holds no call"),
        ({"calls": [{"call": n, "all": []} for n in (1, 2, 3, 4)]}, "rule.calls", "4 calls; an assembly is called 3 times"),
        ({"convened_by": ["president", "committee", "president"]}, "rule.convened_by", 'names "president" twice'),
        ({"calls": [ANYONE]}, "rule.calls", "numbered 1, 2"),
        ({"calls": [{"call": 1, "after": "PT1H", "all": []}]}, "rule.calls[0].after", "waits for nothing"),
        ({"calls": [{"call": 1, "all": []}, {**ANYONE, "after": "1h"}]}, "rule.calls[1].after", "no ISO 8601"),
        (first(present_share("v", "1/2", count="voted")), "rule.calls[0]", "a quorum counts one of"),
        (first(present_share("v", "1/2", count=YES)), "rule.calls[0].all[0].count", "unknown choice"),
        (first(present_share("v", "1/2", base="valid")), "rule.calls[0]", "a quorum is held against"),
        (first({**GROUPS, "base": "groups_with_votes", "group_passes": INNER}), "rule.calls[0]", "is held against"),
        (first({**GROUPS, "base": "groups_on_roll", "group_passes": {**INNER, "base": "voted"}}), "rule.calls[0]", "is held against"),
        ({"quorum_again": "no"}, "rule.quorum_again", "true or false"),
        ({"max_postponement": "30"}, "rule.max_postponement", "no ISO 8601"),
        ({"annual": {}}, "rule.annual", 'the key "every" is missing'),
        ({"annual": {"every": "PT5M"}}, "rule.annual.every", "a period of days or more"),
        ({"annual": {"every": "P1Y", "window": {"from": "02-30", "to": "03-31"}}}, "rule.annual.window.from", "no day of the year"),
        ({"annual": {"every": "P1Y", "window": {"from": "01-01", "to": "13-01"}}}, "rule.annual.window.to", "no day of the year"),
        ({"annual": {"every": "P1Y", "window": {"from": "01-01", "to": "00-01"}}}, "rule.annual.window.to", "no day of the year"),
        ({"minutes": 1}, "rule", 'unknown key "minutes"'),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant_is_refused(change: dict[str, Any], path: str, reason: str) -> None:
    faults = faults_of(calls_json(**change))
    assert [f for f in faults if f.startswith(path) and reason in f] != []


@pytest.mark.parametrize(
    "key",
    [
        "id",
        "version",
        "cites",
        "convened_by",
        "notice_days",
        "calls",
        "quorum_again",
        "max_postponement",
        "annual",
    ],
)
def test_what_must_be_given(key: str) -> None:
    assert f'rule: the key "{key}" is missing' in faults_of(
        {k: v for k, v in calls_json().items() if k != key}
    )


def test_the_hash_is_that_of_the_canonical_json() -> None:
    text = canonical_json(calls_json())
    assert read_calls(text).sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_calls_follow_one_another_by_their_waiting_times() -> None:
    half = timedelta(minutes=30)
    assert schedule(THREE, START, ZONE) == (START, START + half, START + half + timedelta(days=1))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ((), START),
        ((START,), START + timedelta(minutes=30)),
        ((at(2),), at(2) + timedelta(minutes=30)),
        ((START, at(1)), at(25)),
        ((START, at(1), at(25)), None),
    ],
)
def test_the_next_call(made: tuple[datetime, ...], expected: datetime | None) -> None:
    assert next_call_at(THREE, made, START, ZONE) == expected


@pytest.mark.parametrize(
    ("convened", "starts", "clear", "days"),
    [
        (datetime(2026, 4, 9, 15, tzinfo=UTC), START, False, 30),
        (datetime(2026, 4, 9, 15, tzinfo=UTC), START, True, 29),
        # In Managua it is still the evening of 8 April, and of 8 May.
        (datetime(2026, 4, 9, 5, tzinfo=UTC), START, False, 31),
        (START, START + timedelta(hours=1), False, 0),
        (START, START - timedelta(days=1), False, -1),
    ],
)
def test_notice_is_counted_by_dates(convened: datetime, starts: datetime, clear: bool, days: int) -> None:
    assert notice_given(calls(clear_days=clear), convened, starts, ZONE) == days


@pytest.mark.parametrize(
    ("bound", "latest"),
    [("P30D", START + timedelta(days=30)), ("PT12H", START + timedelta(hours=12)), (None, None)],
)
def test_how_far_it_may_be_put_off(bound: str | None, latest: datetime | None) -> None:
    assert latest_start(calls(max_postponement=bound), START, ZONE) == latest


CLAC = roll_of((f"o{n:03}", "1", "") for n in range(180))
CLAC_THERE = {f"o{n:03}": "yes" if n < 167 else "proxy" for n in range(170)}


def test_clac_2022_second_call_is_installed_with_167_present_and_3_represented_of_180() -> None:
    now = quorum_now(calls(), 2, CLAC, CLAC_THERE)
    assert (now.met, [line.have for line in now.lines]) == (True, [170])
    present = quorum_now(
        calls({"call": 1, "all": [present_share("p", "1/2", count="present")]}), 1, CLAC, CLAC_THERE
    )
    assert [line.have for line in present.lines] == [167]


def test_clac_2022_the_secretary_is_named_with_102_in_favour() -> None:
    ballots = [(f"o{n:03}", "yes") for n in range(102)]
    decision = decide(preset("first-and-second-call"), with_presence(CLAC, CLAC_THERE), ballots, call=2)
    line = decision.conditions[0].to_dict()
    assert (decision.status, decision.quorum.met) == ("adopted", True)
    assert (line["have"], line["base"], line["needed"]) == ("102", "170", "86")


def test_clac_2022_would_have_met_three_quarters_but_not_all_and_ten_more_would_give_that() -> None:
    rule = calls(
        {"call": 1, "all": [present_share("q", "3/4")]},
        {**ANYONE, "all": [present_share("all", "1", cmp=">=")]},
    )
    assert quorum_now(rule, 1, CLAC, CLAC_THERE).met is True
    found = would_give_it(rule, 2, CLAC, CLAC_THERE)
    assert found.enough == tuple(f"o{n:03}" for n in range(170, 180))
