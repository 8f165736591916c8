"""CECLAC's reviews through the verbs, on real databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import journal, reviews, rounds
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.reviews import Position
from consultations.models.rounds import Round
from consultations.models.synopses import Synopsis
from consultations.models.timers import Notice, Timer
from tests.factories import people
from tests.factories import rounds as make
from workflows.refusals import Refused
from workflows.roles import Role

LATER = make.START + timedelta(days=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("chosen", "positions", "expected"),
    [
        ({}, 2, ["positions_missing"]),  # half of five members is three
        ({}, 3, []),
        ({"positions_share": "4/5"}, 3, ["positions_missing"]),
        ({"positions_share": "4/5"}, 4, []),
    ],
)
def test_the_body_says_how_many_positions_are_needed(
    app: Flask, chosen: dict[str, str], positions: int, expected: list[str]
) -> None:
    house = make.house(members=4)
    house.commission.settings = chosen
    review = make.review_of(make.at_stage(house, "commission_review"))
    for member in house.members[:positions]:
        reviews.take_position(review.id, "no_objection", by=member, at=LATER)
    found: list[str] = []
    try:
        reviews.approve(review.id, by=house.chair, at=LATER)
    except Refused as refused:
        found = [refusal.code for refusal in refused.refusals]
    assert found == expected


def test_a_position_of_a_former_member_no_longer_counts(app: Flask) -> None:
    house = make.house(members=1)
    leaving = people.mandate(Role.COMMISSION, network=house.commission, ends_at=LATER + timedelta(hours=1))
    actor = people.Actor(Role.COMMISSION, leaving.person_id, leaving.id, None, house.commission.id)
    review = make.review_of(make.at_stage(house, "commission_review"))
    reviews.take_position(review.id, "block", reason="No.", by=actor, at=LATER)
    reviews.take_position(review.id, "approve", by=house.members[0], at=LATER)
    with pytest.raises(Refused) as refused:
        reviews.approve(review.id, by=house.chair, at=LATER)
    assert codes(refused) == ["block_stands"]
    reviews.approve(review.id, by=house.chair, at=LATER + timedelta(hours=1))
    assert review.state == "approved"


def test_the_newest_position_counts_and_the_same_again_is_one(app: Flask) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    for kind in ("block", "block", "approve"):
        reviews.take_position(review.id, kind, reason="Por esto.", by=house.members[0], at=LATER)
    kinds = db.session.scalars(
        select(Position.kind).where(Position.review_id == review.id).order_by(Position.id)
    ).all()
    assert kinds == ["block", "approve"]


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [("block", " ", "reason_missing"), ("recuse", "", "reason_missing"), ("", "", "position_missing")],
)
def test_a_position_is_complete(app: Flask, kind: str, reason: str, expected: str) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    with pytest.raises(Refused) as refused:
        reviews.take_position(review.id, kind, reason=reason, by=house.members[0], at=LATER)
    assert codes(refused) == [expected]


def test_members_of_another_body_take_no_position(app: Flask) -> None:
    review = make.review_of(make.at_stage(make.house(), "commission_review"))
    stranger = people.actor(Role.COMMISSION, network=people.network())
    with pytest.raises(Refused) as refused:
        reviews.take_position(review.id, "approve", by=stranger, at=LATER)
    assert codes(refused) == ["other_body"]


def test_the_chair_who_wrote_the_draft_does_not_approve_it(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "commission_review")
    round.author_id = house.chair.person_id
    with pytest.raises(Refused) as refused:
        reviews.approve(make.heard(house, round).id, by=house.chair, at=LATER)
    assert codes(refused) == ["approver_is_author"]
    assert (round.state, round.text_sha256) == ("commission_review", None)


@pytest.mark.parametrize(
    "name", ["round_edited", "round_submitted", "standard_imported", "translation_imported"]
)
def test_a_chair_who_wrote_a_part_of_the_draft_does_not_approve_it(app: Flask, name: str) -> None:
    house = make.house()
    round = make.at_stage(house, "commission_review")
    journal.record(name, round if name.startswith("round") else round.version, by=house.chair, at=make.START)
    with pytest.raises(Refused) as refused:
        reviews.approve(make.heard(house, round).id, by=house.chair, at=LATER)
    assert codes(refused) == ["approver_is_author"]


def test_a_block_is_lifted_by_its_member_or_by_the_chair_with_a_second(app: Flask) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    first, second = house.members[:2]
    own = reviews.take_position(review.id, "block", reason="No.", by=first, at=LATER)
    reviews.lift_block(own.id, by=first, at=LATER)
    assert own.lifted_by_id == first.person_id
    other = reviews.take_position(review.id, "block", reason="Tampoco.", by=second, at=LATER)
    with pytest.raises(Refused) as refused:
        reviews.lift_block(other.id, by=house.chair, at=LATER)
    assert codes(refused) == ["second_member_missing", "reason_missing"]
    reviews.second_lifting(other.id, by=first, at=LATER)
    reviews.second_lifting(other.id, by=first, at=LATER)
    seconded = select(Event.person_id).where(Event.name == "block_lift_seconded")
    assert db.session.scalars(seconded).all() == [first.person_id]
    reviews.lift_block(other.id, reason="Resuelto.", by=house.chair, at=LATER)
    assert (other.lift_seconded_by_id, other.lift_reason) == (first.person_id, "Resuelto.")
    mine = reviews.take_position(review.id, "block", reason="Yo tampoco.", by=house.chair, at=LATER)
    assert reviews.lift_block(mine.id, by=house.chair, at=LATER).lifted_by_id == house.chair.person_id


def test_a_review_is_deferred_once_and_its_reminder_with_it(app: Flask) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    due = make.DUE + timedelta(days=7)
    reviews.defer(review.id, due=due, reason="Falta gente.", by=house.chair, at=LATER)
    waits = db.session.scalars(select(Timer.due_at).where(Timer.kind == "review_reminder")).all()
    assert (review.due_at, waits) == (due, [due - timedelta(hours=48)])
    with pytest.raises(Refused) as refused:
        reviews.defer(review.id, due=due + timedelta(days=1), reason="Otra vez.", by=house.chair, at=LATER)
    assert codes(refused) == ["deferred_before"]


def test_only_members_without_a_position_are_reminded(app: Flask) -> None:
    house = make.house(members=4)
    review = make.review_of(make.at_stage(house, "commission_review"))
    reviews.take_position(review.id, "approve", by=house.members[0], at=LATER)
    assert (reviews.remind(review.id, at=LATER), reviews.remind(review.id, at=LATER)) == (4, 0)


def test_returning_needs_a_reason_and_tells_the_unit(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "commission_review")
    review = make.review_of(round)
    with pytest.raises(Refused) as refused:
        reviews.return_(review.id, reason="", by=house.chair, at=LATER)
    assert codes(refused) == ["reason_missing"]
    reviews.return_(review.id, reason="Muy corto.", by=house.chair, at=LATER)
    told = db.session.scalars(select(Notice).where(Notice.kind == "review_decided")).all()
    assert {notice.person_id for notice in told} == {house.unit.person_id, house.head.person_id}
    assert (round.state, review.state, review.decision_reason) == ("draft", "returned", "Muy corto.")


def test_a_review_of_a_withdrawn_round_is_over(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "commission_review")
    rounds.withdraw(round.id, reason="Ya no.", by=house.head, at=LATER)
    with pytest.raises(Refused) as refused:
        reviews.take_position(make.review_of(round).id, "approve", by=house.members[0], at=LATER)
    assert codes(refused) == ["review_over"]


def _synopsis(round: Round, house: make.House) -> Synopsis:
    return Synopsis(
        round_id=round.id, number=1, figures={}, sha256="0" * 64, frozen_at=make.CLOSES_AT, frozen_by_id=house.unit.person_id
    )  # fmt: skip


def test_a_returned_synopsis_leads_back_to_the_answers(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "answering")
    round.state = "synopsis_review"
    db.session.add(_synopsis(round, house))
    db.session.flush()
    review = reviews.open_review(
        round, "synopsis", make.CLOSES_AT + timedelta(days=20), by=house.unit, at=make.CLOSES_AT
    )
    reviews.return_(review.id, reason="Faltan respuestas.", by=house.chair, at=make.CLOSES_AT)
    assert (round.state, review.state) == ("answering", "returned")


@pytest.mark.parametrize("who", ["blocker", "recused", "chair"])
def test_neither_who_blocks_nor_who_is_recused_nor_the_chair_seconds_the_lifting(
    app: Flask, who: str
) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    block = reviews.take_position(review.id, "block", reason="No.", by=house.members[0], at=LATER)
    reviews.take_position(review.id, "recuse", reason="Es mi parcela.", by=house.members[1], at=LATER)
    actors = {"blocker": house.members[0], "recused": house.members[1], "chair": house.chair}
    with pytest.raises(Refused) as refused:
        reviews.second_lifting(block.id, by=actors[who], at=LATER)
    assert codes(refused) == ["second_member_unfit"]
    with pytest.raises(Refused) as lifting:
        reviews.lift_block(block.id, reason="Resuelto.", by=house.chair, at=LATER)
    assert codes(lifting) == ["second_member_missing"]


def test_who_recuses_themselves_after_seconding_no_longer_seconds(app: Flask) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    block = reviews.take_position(review.id, "block", reason="No.", by=house.members[0], at=LATER)
    reviews.second_lifting(block.id, by=house.members[1], at=LATER)
    reviews.take_position(review.id, "recuse", reason="Es mi parcela.", by=house.members[1], at=LATER)
    with pytest.raises(Refused) as refused:
        reviews.lift_block(block.id, reason="Resuelto.", by=house.chair, at=LATER)
    assert codes(refused) == ["second_member_missing"]


def test_a_seconding_holds_for_the_block_it_was_given_to(app: Flask) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    for member in house.members[:2]:
        last = reviews.take_position(review.id, "block", reason="No.", by=member, at=LATER)
        if member is house.members[0]:
            reviews.second_lifting(last.id, by=house.members[2], at=LATER)
    with pytest.raises(Refused) as refused:
        reviews.lift_block(last.id, reason="Resuelto.", by=house.chair, at=LATER)
    assert codes(refused) == ["second_member_missing"]
    reviews.lift_block(last.id, by=house.members[1], at=LATER)
    with pytest.raises(Refused) as gone:
        reviews.second_lifting(last.id, by=house.members[2], at=LATER)
    assert codes(gone) == ["block_missing"]
