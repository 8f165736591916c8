"""Rules of an assembly that can be read and cannot be meant: each contradiction, and what is just not one."""

from typing import Any

import pytest

from tests.factories.assemblies import HALF, calls_rule, representation_rule, roll_rule
from tests.workflows.test_rule_contradictions import call
from workflows.refusals import Refused
from workflows.rule_kinds import check


def part(share: str, cmp: str = ">", **changes: Any) -> dict[str, Any]:
    return {**HALF, "cmp": cmp, "share": share, **changes}


def ladder(*calls: Any, waits: tuple[str | None, ...] = (None, "PT1H", "PT1H")) -> dict[str, Any]:
    made = []
    for n, conditions in enumerate(calls):
        wait = {"after": waits[n]} if waits[n] else {}
        made.append(
            {"call": n + 1, **wait, "all": [{**one, "id": f"{n}_{k}"} for k, one in enumerate(conditions)]}
        )
    return calls_rule(calls=made)


def election(*calls: dict[str, Any]) -> dict[str, Any]:
    kept = [{key: value for key, value in one.items() if value is not None} for one in calls]
    return {"method": "approval", "most": 3, "quorum": kept}


def bands(*weights: str, top: int | None = None, gap: int = 0) -> dict[str, Any]:
    steps = [
        {
            "from": 10 * n + (gap if n else 0),
            "to": top if n == len(weights) - 1 else 10 * n + 9,
            "weight": weight,
        }
        for n, weight in enumerate(weights)
    ]
    return {"by": "bands", "field": "members", "bands": steps}


ROWS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("calls", ladder([part("1/2")], [part("1/3")], []), []),
    ("calls", ladder([part("1/2")], [part("2/3")]), ["quorum_does_not_fall"]),
    ("calls", ladder([part("1/2")], [part("1/2")]), ["quorum_does_not_fall"]),
    ("calls", ladder([part("1/2")], [part("1/3", count="present")]), []),
    ("calls", ladder([part("1/2", ">=")], [part("1/10", ">="), part("1", ">=", base={"fixed": "10"})]), []),
    ("calls", ladder([part("1/2")], [part("1", ">=", base={"fixed": "1"})]), []),
    ("calls", ladder([part("1/2")], [part("1/3")], waits=(None, None)), ["call_without_wait"]),
    ("calls", ladder([part("1/2")], [part("1/3")], waits=(None, "PT0S")), ["call_without_wait"]),
    ("calls", ladder([part("1")]), ["quorum_above_all"]),
    ("calls", ladder([part("0", ">=")]), ["quorum_asks_nothing"]),
    ("calls", ladder([], [part("1/3")]), ["quorum_asks_nothing", "quorum_does_not_fall"]),
    ("calls", ladder([part("1/2"), part("1/3")]), ["quorum_condition_meaningless"]),
    ("calls", calls_rule(max_postponement="P0D"), ["duration_nothing"]),
    ("calls", calls_rule(annual={"every": "P0Y"}), ["duration_nothing"]),
    ("calls", calls_rule(annual={"every": "P6M", "window": {"from": "01-01", "to": "03-31"}}), ["annual_window_with_period"]),
    ("calls", calls_rule(annual={"every": "P2Y", "window": {"from": "01-01", "to": "03-31"}}), []),
    ("calls", calls_rule(annual={"every": "P6M"}), []),
    ("calls", calls_rule(annual={"every": "P12M", "window": {"from": "01-01", "to": "03-31"}}), []),
    ("calls", calls_rule(annual={"every": "P18M", "window": {"from": "01-01", "to": "03-31"}}), ["annual_window_with_period"]),
    ("election", {"method": "stv"}, []),
    ("election", election(call(1, "1/2"), call(2, "1/3")), []),
    ("election", election(call(1, "1/2"), {"call": 2, "after": "PT1H", "all": []}), []),
    ("election", election(call(1, "1", cmp=">")), ["quorum_above_all"]),
    ("election", election({**call(2, "1/3"), "after": None}, {**call(1, "1/2"), "after": "PT1H"}), ["call_without_wait", "first_call_waits"]),
    ("election", election(call(1, "1/2"), call(2, "1/3", after=None)), ["call_without_wait"]),
    ("election", election(call(1, "1/2", count=["blank"], base="voted")), []),
    ("representation", representation_rule(), []),
    ("representation", representation_rule(share="1"), ["proxy_share_binds_nobody"]),
    ("representation", representation_rule(share="99/100"), []),
    ("representation", representation_rule(deadline="PT0H"), ["duration_nothing"]),
    ("representation", representation_rule(deadline="PT24H"), []),
    ("roll", roll_rule(minimum_membership="P0M"), ["duration_nothing"]),
    ("roll", roll_rule(minimum_membership="P6M"), []),
    ("roll", roll_rule(cap={"share": "1/10"}), ["roll_cap_meaningless"]),
    ("roll", roll_rule(weight={"by": "field", "field": "members"}, cap={"share": "1/10"}), []),
    ("roll", roll_rule(weight={"by": "field", "field": "members"}, cap={"share": "1"}), ["roll_cap_meaningless"]),
    ("roll", roll_rule(weight=bands("1", "2", "3"), cap={"most": "2"}), []),
    ("roll", roll_rule(weight=bands("1", "2", "3"), cap={"most": "3"}), ["roll_cap_meaningless"]),
    ("roll", roll_rule(weight=bands("1", "2", "3"), cap={"most": "1"}), ["roll_cap_meaningless"]),
    ("roll", roll_rule(weight=bands("2", "2"), cap={"share": "1/3"}), ["roll_cap_meaningless"]),
    ("roll", roll_rule(weight=bands("1", "2", gap=1)), ["roll_band_gap"]),
    ("roll", roll_rule(weight=bands("1", "2", top=100)), []),
    ("roll", roll_rule(groups=[{"attribute": "country", "by": "country"}, {"attribute": "kind", "by": "kind"}]), []),
    ("roll", roll_rule(groups=[{"attribute": "country", "by": "kind"}]), ["roll_group_name_taken"]),
    ("roll", roll_rule(groups=[{"attribute": "region", "by": "country"}]), ["roll_group_name_taken"]),
    ("roll", roll_rule(groups=[{"attribute": "networks", "by": "network", "several": "primary"}]), ["roll_group_name_taken"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "codes"), ROWS)
def test_a_rule_that_contradicts_itself_is_refused_with_every_reason(
    kind: str, content: dict[str, Any], codes: list[str]
) -> None:
    found: list[str] = []
    try:
        check(kind, content)
    except Refused as refused:
        found = [reason.code for reason in refused.refusals]
    assert found == codes
