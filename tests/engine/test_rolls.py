"""The frozen roll: who is on it, with which weight and attributes, and that it stays so."""

from datetime import date

import pytest
from flask import Flask

from consultations.engine import votes
from consultations.extensions import db
from consultations.facts import rolls
from consultations.models.organisations import Membership, NetworkKind, Organisation
from consultations.models.votes import RollEntry
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.rolls import roll_sha256


def _belongs(organisation: Organisation, body_id: int, since: date, until: date | None) -> None:
    db.session.add(Membership(organisation_id=organisation.id, network_id=body_id, since=since, until=until))
    db.session.flush()


@pytest.mark.parametrize(
    ("since", "until", "on_roll"),
    [
        (date(2026, 11, 1), None, True),  # joins on the day of the call
        (date(2026, 11, 2), None, False),
        (date(2020, 1, 1), date(2026, 11, 1), False),  # `until` is the first day out
        (date(2020, 1, 1), date(2026, 11, 2), True),
    ],
)
def test_membership_is_read_on_the_day_of_the_call_in_the_votes_zone(
    app: Flask, since: date, until: date | None, on_roll: bool
) -> None:
    hall = make.hall(1)
    other = people.organisation()
    _belongs(other, hall.body.id, since, until)
    vote = make.convened(hall)
    assert (other.code in {e.elector for e in rolls.frozen(vote.id)}) is on_roll


def test_who_is_not_in_good_standing_is_not_on_the_roll_and_a_double_membership_counts_once(
    app: Flask,
) -> None:
    hall = make.hall(3)
    hall.members[0].good_standing = False
    _belongs(hall.members[1], hall.body.id, date(2021, 1, 1), None)
    vote = make.convened(hall)
    assert [e.elector for e in rolls.frozen(vote.id)] == sorted(m.code for m in hall.members[1:])


def test_weights_and_attributes_come_from_the_register(app: Flask) -> None:
    hall = make.hall(1, weights={"members": "3/2"})
    people.network(NetworkKind.REGIONAL, code="REG-CA", members=(hall.members[0],))
    people.network(NetworkKind.PRODUCT, code="CAFE", members=(hall.members[0],))
    vote = make.convened(hall, weight_field="members")
    (elector,) = rolls.frozen(vote.id)
    assert elector.weight == "3/2"
    assert elector.attributes == {
        "country": "GT", "kind": "spo", "networks": " ".join(sorted(["CAFE", "REG-CA", hall.body.code])), "region": "REG-CA",
    }  # fmt: skip


def test_a_missing_weight_is_refused_by_name_and_nothing_is_frozen(app: Flask) -> None:
    hall = make.hall(2, weights={"members": "3"})
    hall.members[1].weights = {}
    with refused_with("weights_missing"):
        make.convened(hall, weight_field="members")
    assert db.session.query(RollEntry).count() == 0


def test_an_empty_body_and_a_roll_that_the_rule_cannot_group_are_refused(app: Flask) -> None:
    with refused_with("roll_not_frozen"):
        make.convened(make.hall(0))
    hall = make.hall(2)
    by_region = make.rule("double-majority")
    by_region["pass"]["all"][1]["by"] = "region"
    with refused_with("roll_unfit", "roll_unfit"):
        make.convened(hall, rule=by_region)


def test_a_roll_that_was_changed_afterwards_does_not_open(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    frozen = vote.roll_sha256
    assert frozen == roll_sha256(rolls.roll(rolls.frozen(vote.id))) == rolls.sha256(vote.id)
    db.session.query(RollEntry).filter_by(organisation_id=hall.members[0].id).update({"weight": "2"})
    with refused_with("roll_changed"):
        votes.open_vote(vote.id, by=hall.president, at=vote.opens_at)


def test_changes_of_the_register_after_the_call_do_not_reach_the_roll(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    hall.members[0].country, hall.members[1].good_standing = "BR", False
    db.session.flush()
    assert votes.open_vote(vote.id, by=hall.president, at=vote.opens_at) is True
    assert make.cast(vote, hall.delegates[1], "yes").revision == 1
