"""Two people code a sample, each alone; what they marked is compared afterwards and settled where they differ."""

import json
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import coding
from consultations.extensions import db
from consultations.facts import coding as known
from consultations.models.base import NotFound
from consultations.models.coding import Coding, SettledMark
from consultations.models.events import Event
from consultations.models.points import Point, TagMark
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.coding import WATER, code, draw, sampled
from tests.factories.comments import AFTER, Scene, answering, comment, scene
from workflows.agreement import agreement
from workflows.roles import Role
from workflows.sampling import drawn


def events(name: str) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.name == name).order_by(Event.id)))


def another(here: Scene) -> Actor:
    """A third person of the Unit."""
    from consultations.models.organisations import Network

    return people.actor(Role.UNIT, network=db.session.get_one(Network, here.unit.network_id))


def test_a_sample_is_drawn_from_a_seed_that_the_event_records(app: Flask) -> None:
    here = scene()
    made = [comment(here) for _ in range(6)]
    comment(here, submit=False)
    answering(here)
    code(here, WATER)
    sample = draw(here, 3, seed="a seed")
    points = [(one.id, 1) for one in made]
    assert known.spots(sample) == drawn("a seed", points, 3)
    payload = json.loads(events("coding_sample_drawn")[0].payload)
    assert (payload["seed"], payload["points"]) == ("a seed", sample.points)
    assert draw(here, 3, seed="another").id == sample.id
    assert len(events("coding_sample_drawn")) == 1


def test_every_point_of_a_split_comment_may_be_drawn(app: Flask) -> None:
    here = scene()
    made = comment(here)
    for number in (1, 2):
        db.session.add(Point(comment_id=made.id, number=number, text=f"Parte {number}", made_at=AFTER))
    answering(here)
    code(here, WATER)
    assert draw(here).points == [[made.id, 1], [made.id, 2]]


def test_every_reason_against_a_sample_is_said(app: Flask) -> None:
    here = scene()
    same = {"first_id": here.delegates[0].person_id, "second_id": here.delegates[0].person_id}
    with refused_with(
        "round_not_coded",
        "codebook_empty",
        "points_all_coded",
        "sample_size_wrong",
        "coder_unknown",
        "coders_same",
    ):
        coding.draw_sample(here.round.id, size=0, seed="s", by=here.unit, at=AFTER, **same)
    with refused_with("role_may_not"):
        coding.draw_sample(here.round.id, size=1, seed="s", by=here.chair, at=AFTER, **same)


@pytest.mark.parametrize(("size", "well"), [(0, False), (1, True), (200, True), (201, False)])
def test_a_sample_has_at_least_one_point_and_at_most_two_hundred(app: Flask, size: int, well: bool) -> None:
    here = scene()
    comment(here)
    answering(here)
    code(here, WATER)
    if well:
        assert len(draw(here, size).points) == 1
        return
    with refused_with("sample_size_wrong"):
        draw(here, size)


def test_a_second_sample_waits_for_the_first_and_holds_nothing_of_it(app: Flask) -> None:
    here, sample, (water, _) = sampled()
    who = {"first_id": another(here).person_id, "second_id": here.unit.person_id}
    with refused_with("sample_open"):
        coding.draw_sample(here.round.id, size=1, seed="s", by=here.unit, at=AFTER, **who)
    for coder in (here.unit, here.second):
        for spot in sample.points:
            coding.code_point(*spot, {water.id}, by=coder, at=AFTER)
    with refused_with("points_all_coded"):
        draw(here)


def test_a_second_sample_is_numbered_on_and_drawn_from_what_is_left(app: Flask) -> None:
    here, sample, _ = sampled()
    for coder in (here.unit, here.second):
        for spot in sample.points:
            coding.code_point(*spot, set(), by=coder, at=AFTER)
    here.round.state = "open"
    late = comment(here)
    answering(here)
    second = draw(here)
    assert (second.number, second.points) == (2, [[late.id, 1]])


def test_what_somebody_says_of_a_point_stands_in_place_of_what_they_said_before(app: Flask) -> None:
    here, sample, (water, cost) = sampled()
    spot = tuple(sample.points[0])
    coding.code_point(*spot, {water.id}, by=here.unit, at=AFTER)
    coding.code_point(*spot, {cost.id}, by=here.unit, at=AFTER)
    coding.code_point(*spot, {cost.id}, by=here.unit, at=AFTER)
    assert db.session.scalars(select(TagMark.tag_id)).all() == [cost.id]
    assert len(db.session.scalars(select(Coding)).all()) == 1
    assert len(events("point_coded")) == 2
    assert known.coded(here.round.id).by == {spot: {here.unit.person_id: frozenset({cost.id})}}
    assert known.coded(here.round.id, without=sample).by == {}


def test_a_sample_is_coded_by_its_two_people_and_no_more_once_compared(app: Flask) -> None:
    here, sample, (water, _) = sampled(1)
    (spot,) = sample.points
    with refused_with("coder_of_sample"):
        coding.code_point(*spot, {water.id}, by=another(here), at=AFTER)
    coding.code_point(*spot, {water.id}, by=here.unit, at=AFTER)
    coding.code_point(*spot, set(), by=here.unit, at=AFTER)
    coding.code_point(*spot, {water.id}, by=here.second, at=AFTER)
    with refused_with("sample_compared"):
        coding.code_point(*spot, {water.id}, by=here.unit, at=AFTER)


def test_what_cannot_be_coded_is_refused_with_every_reason(app: Flask) -> None:
    here, other = scene(), scene()
    one = comment(here)
    theirs = code(other, WATER)
    with refused_with("round_not_coded", "codebook_empty", "value_unknown"):
        coding.code_point(one.id, 1, {theirs.id}, by=here.unit, at=AFTER)
    with refused_with("role_may_not"):
        coding.code_point(one.id, 1, set(), by=here.delegates[0], at=AFTER)
    with pytest.raises(NotFound):
        coding.code_point(one.id, 2, set(), by=here.unit, at=AFTER)
    with pytest.raises(NotFound):
        coding.code_point(comment(here, submit=False).id, 1, set(), by=here.unit, at=AFTER)


def differing() -> tuple[Scene, object, tuple[object, object]]:
    """Both have coded two points: alike on the first, not on the second."""
    here, sample, (water, cost) = sampled()
    for who, second in ((here.unit, {water.id}), (here.second, {cost.id})):
        coding.code_point(*sample.points[0], {water.id}, by=who, at=AFTER)
        coding.code_point(*sample.points[1], second, by=who, at=AFTER)
    return here, sample, (water, cost)


def test_the_two_settle_where_they_differ_and_nobody_else(app: Flask) -> None:
    here, sample, (water, cost) = differing()
    spot = tuple(sample.points[1])
    assert known.coded(here.round.id).verdict(spot, water.id) is None
    for who in (here.second, here.second, here.unit, here.unit):
        made = coding.settle(sample.id, water.id, *spot, applies=True, by=who, at=AFTER)
    assert (made.settled_by_id, made.confirmed_by_id) == (here.second.person_id, here.unit.person_id)
    for who in (here.unit, here.second):
        coding.settle(sample.id, cost.id, *spot, applies=False, by=who, at=AFTER)
    assert (len(events("code_settling_proposed")), len(events("code_settled"))) == (2, 2)
    found = known.coded(here.round.id)
    assert (found.verdict(spot, water.id), found.verdict(spot, cost.id)) == (True, False)
    assert len(db.session.scalars(select(SettledMark)).all()) == 2
    with refused_with("coder_of_sample"):
        coding.settle(sample.id, water.id, *spot, applies=True, by=another(here), at=AFTER)
    with refused_with("coders_agree"):
        coding.settle(sample.id, water.id, *sample.points[0], applies=True, by=here.unit, at=AFTER)
    with pytest.raises(NotFound):
        coding.settle(sample.id + 1, water.id, *spot, applies=True, by=here.unit, at=AFTER)


def test_one_coder_alone_settles_nothing(app: Flask) -> None:
    here, sample, (water, _) = differing()
    spot = tuple(sample.points[1])
    for who, applies in ((here.unit, True), (here.second, False), (here.unit, True)):
        coding.settle(sample.id, water.id, *spot, applies=applies, by=who, at=AFTER)
        found = known.coded(here.round.id)
        assert found.verdict(spot, water.id) is None
        assert found.proposed[spot][water.id] == (applies, who.person_id)
    coding.settle(sample.id, water.id, *spot, applies=True, by=here.second, at=AFTER)
    assert known.coded(here.round.id).verdict(spot, water.id) is True
    coding.settle(sample.id, water.id, *spot, applies=False, by=here.second, at=AFTER)  # thought better of it
    assert known.coded(here.round.id).verdict(spot, water.id) is None


def test_nothing_is_settled_before_both_have_finished(app: Flask) -> None:
    here, sample, (water, _) = sampled()
    coding.code_point(*sample.points[0], {water.id}, by=here.unit, at=AFTER)
    coding.code_point(*sample.points[0], set(), by=here.second, at=AFTER)
    with refused_with("sample_unfinished"):
        coding.settle(sample.id, water.id, *sample.points[0], applies=True, by=here.unit, at=AFTER)


def test_the_agreement_comes_from_the_marks(app: Flask) -> None:
    here, sample, (water, cost) = differing()
    by = known.coded(here.round.id).by
    pairs = [
        tuple(code.id in by[spot][who.person_id] for who in (here.unit, here.second))
        for spot in known.spots(sample) for code in (water, cost)
    ]  # fmt: skip
    found = agreement(pairs)
    assert (found.units, found.agreed, found.share) == (4, 2, Fraction(1, 2))


def test_a_sample_whose_coder_has_left_is_given_up_and_what_was_marked_stays(app: Flask) -> None:
    here, sample, (water, _) = sampled()
    spot = tuple(sample.points[0])
    coding.code_point(*spot, {water.id}, by=here.unit, at=AFTER)
    with refused_with("reason_missing"):
        coding.give_up(here.round.id, 1, " ", by=here.unit, at=AFTER)
    for _ in range(2):
        coding.give_up(here.round.id, 1, "Se fue.", by=here.head, at=AFTER)
    assert [event.reason for event in events("coding_sample_given_up")] == ["Se fue."]
    assert known.open_sample(here.round.id) is None
    assert known.coded(here.round.id).by == {spot: {here.unit.person_id: frozenset({water.id})}}
    coding.code_point(*spot, set(), by=another(here), at=AFTER)
    assert draw(here).number == 2


def test_a_sample_that_both_have_coded_is_not_given_up(app: Flask) -> None:
    here, sample, (water, _) = sampled(1)
    for who in (here.unit, here.second):
        coding.code_point(*sample.points[0], {water.id}, by=who, at=AFTER)
    with refused_with("sample_compared"):
        coding.give_up(here.round.id, 1, "No.", by=here.unit, at=AFTER)
    with refused_with("role_may_not"):
        coding.give_up(here.round.id, 1, "No.", by=here.chair, at=AFTER)
    with pytest.raises(NotFound):
        coding.give_up(here.round.id, 2, "No.", by=here.unit, at=AFTER)
