"""An organisation in two product networks counts in each with half its weight, in groups only; all else counts it whole."""

from typing import Any

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import ballots, counts, votes
from consultations.facts.assemblies import quorum
from consultations.facts.votes import newest_count
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from consultations.queries.recount_files import file_of
from tests.factories import assemblies as make
from tests.factories import rules
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall, rule
from workflows.ballots import read_ballots
from workflows.decisions import decide
from workflows.refusals import Refused
from workflows.rolls import read_roll
from workflows.rules import read_rule

BY_PRODUCT = {
    "id": "products", "measure": "groups", "by": "product", "base": "groups_on_roll", "cmp": ">=", "share": "2/3",
    "group_passes": {"measure": "weight", "count": ["yes"], "base": ["yes", "no"], "cmp": ">", "share": "1/2"},
}  # fmt: skip
HEADS = {"id": "heads", "measure": "heads", "count": ["yes"], "base": "roll", "cmp": ">=", "share": "1/2"}


def products(several: str) -> dict[str, Any]:
    return make.roll_rule(groups=[{"attribute": "product", "by": "product", "several": several}])


def growers(*products: list[str]) -> Hall:
    hall = make.hall(len(products))
    for member, own in zip(hall.members, products, strict=True):
        member.products = own
    return hall


def double(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {**rule(), "id": "double", "pass": {"all": list(conditions)}, "tie": "rejected"}


def counted(hall: Hall, used: dict[str, Any], *choices: str, **changes: Any) -> Vote:
    assembly = convened(hall, used, **changes)
    make.arrive(assembly, hall, *range(len(hall.members)))
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    for n, choice in enumerate(choices):
        ballots.cast(vote.id, choice, f"{vote.id}-{n}", by=hall.delegates[n], at=vote.opened_at + HOUR / 20)  # type: ignore[operator]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    counts.count(vote.id, by=SYSTEM, at=vote.closes_at)
    return vote


def convened(hall: Hall, used: dict[str, Any], **changes: Any) -> Assembly:
    assembly = make.prepared(hall, **changes)
    make.item(assembly, hall, rule=rules.in_book(hall.body, used).content)
    return make.assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)


def test_two_products_count_with_halves_in_their_groups_and_as_one_elsewhere(app: Flask) -> None:
    hall = growers(["cacao", "coffee"], ["coffee"], ["cacao"], ["honey"])
    vote = counted(
        hall, double(BY_PRODUCT, HEADS), "yes", "yes", "no", "yes", roll_rule=products("fractional")
    )
    made = newest_count(vote.id).decision  # type: ignore[union-attr]
    assert made["groups"]["product"] == {
        "cacao": {"yes": "1/2", "no": "1", "passes": False},
        "coffee": {"yes": "3/2", "no": "0", "passes": True},
        "honey": {"yes": "1", "no": "0", "passes": True},
    }
    assert (made["status"], made["electors"], made["heads"]["yes"]) == ("adopted", 4, 3)
    assert made["weight"]["yes"] == "3"


def test_anybody_recounts_it_from_its_files(app: Flask) -> None:
    hall = growers(["cacao", "coffee"], ["coffee"], ["cacao"], ["honey"])
    vote = counted(
        hall, double(BY_PRODUCT, HEADS), "yes", "no", "no", "yes", roll_rule=products("fractional")
    )
    rule_file, roll_file, ballot_file, decision_file = (
        file_of(vote.id, name).body  # type: ignore[union-attr]
        for name in ("rule.json", "roll.csv", "ballots.csv", "decision.json")
    )
    again = decide(read_rule(rule_file), read_roll(roll_file), read_ballots(ballot_file), call=vote.call)
    assert again.to_json() + "\n" == decision_file.decode()
    assert again.status == "rejected"


def test_of_two_products_the_primary_one_alone_counts_where_the_rule_says_so(app: Flask) -> None:
    hall = growers(["cacao", "coffee"], ["coffee"], ["cacao"])
    heads = {**BY_PRODUCT, "group_passes": {**BY_PRODUCT["group_passes"], "measure": "heads"}}
    vote = counted(hall, double(heads), "yes", "yes", "no", roll_rule=products("primary"))
    groups = newest_count(vote.id).decision["groups"]["product"]  # type: ignore[union-attr]
    assert groups["cacao"] == {"yes": 1, "no": 1, "passes": False}


@pytest.mark.parametrize(
    ("roll", "condition", "code"),
    [
        ("fractional", {**BY_PRODUCT, "group_passes": {**BY_PRODUCT["group_passes"], "measure": "heads"}}, "roll_parts_counted_by_heads"),
        ("fractional", {**HEADS, "where": {"product": "coffee"}}, "roll_parts_counted_by_heads"),
        ("primary", {**BY_PRODUCT, "by": "class"}, "roll_unfit"),
    ],
)  # fmt: skip
def test_a_vote_whose_rule_does_not_fit_the_roll_is_not_convened(
    app: Flask, roll: str, condition: dict[str, Any], code: str
) -> None:
    hall = growers(["cacao", "coffee"], ["coffee"], ["cacao"])
    with pytest.raises(Refused) as refused:
        convened(hall, double(condition), roll_rule=products(roll))
    assert {reason.code for reason in refused.value.refusals} == {code}


def test_an_assembly_whose_quorum_asks_what_the_roll_lacks_is_not_convened(app: Flask) -> None:
    there = {"count": "represented", "base": "roll", "cmp": ">", "share": "1/2", "measure": "weight"}
    asked = {**BY_PRODUCT, "group_passes": there}
    calls = make.calls_rule(calls=[{"call": 1, "all": [asked]}])
    hall = growers(["cacao", "coffee"], ["coffee"])
    with pytest.raises(Refused) as refused:
        convened(hall, rule(), calls=calls)
    assert [reason.code for reason in refused.value.refusals] == ["roll_unfit"]
    other = growers(["cacao", "coffee"], ["coffee"])
    assembly = convened(other, rule(), calls=calls, roll_rule=products("fractional"), code="A-2")
    make.arrive(assembly, other, 0)
    assert quorum(assembly, STARTS, 1).met is False  # of coffee half of one of one and a half is there
    make.arrive(assembly, other, 1)
    assert quorum(assembly, STARTS, 1).met is True
