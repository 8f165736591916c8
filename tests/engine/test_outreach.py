"""The outreach log, and what an organisation does short of answering: it opens the round, or says no."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.engine import comments, outreach, rounds, taking_part
from consultations.engine.outreach import Attempt
from consultations.extensions import db
from consultations.facts.participation import lines
from consultations.models.events import Event
from consultations.models.organisations import NetworkKind
from consultations.models.outreach import Outreach
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import rounds as make
from workflows.roles import Role

DAY = make.OPENS_AT + timedelta(days=10)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_attempt_is_written_down_once_and_its_note_stays_out_of_the_journal(app: Flask) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, "open")
    tried = Attempt(
        "phone", DAY, reached=False, organisation_id=house.organisations[0].id, note=" Doña Rosa no estaba. "
    )
    made = outreach.log(round.id, tried, by=house.unit, at=DAY)
    assert outreach.log(round.id, tried, by=house.unit, at=DAY).id == made.id
    assert (count(Outreach), made.note, made.made_by_id, made.reached) == (
        1,
        "Doña Rosa no estaba.",
        house.unit.person_id,
        False,
    )
    told = db.session.scalars(select(Event).where(Event.name == "outreach_logged")).one()
    assert ("Rosa" in told.payload, told.subject_id) == (False, made.id)
    assert [line.status for line in lines(round.id, at=DAY)] == ["not_reached"]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"channel": "pigeon"}, ["outreach_channel"]),
        ({"made_at": DAY + MINUTE}, ["outreach_future"]),
        ({"made_at": DAY + MINUTE - TICK}, []),
        ({"organisation_id": 99999}, ["organisation_not_registered"]),
        ({"network_id": 99999}, ["network_unknown"]),
        ({"organisation_id": 99999, "network_id": 99999, "channel": ""}, ["outreach_channel", "outreach_both", "organisation_not_registered", "network_unknown"]),
    ],
)  # fmt: skip
def test_an_odd_attempt_is_refused_with_every_reason(app: Flask, changed: dict, codes: list[str]) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, "open")
    tried = Attempt(**{"channel": "visit", "made_at": DAY, **changed})
    if not codes:
        assert outreach.log(round.id, tried, by=house.unit, at=DAY).id
        return
    with refused_with(*codes):
        outreach.log(round.id, tried, by=house.unit, at=DAY)
    assert count(Outreach) == 0


def test_a_body_is_no_network_to_reach(app: Flask) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, "open")
    with refused_with("network_unknown"):
        outreach.log(round.id, Attempt("radio", DAY, network_id=house.commission.id), by=house.unit, at=DAY)


@pytest.mark.parametrize(
    ("stage", "open_"),
    [
        ("commission_review", False),
        ("approved", True),
        ("open", True),
        ("closed", True),
        ("answering", False),
    ],
)
def test_attempts_are_written_down_while_somebody_is_asked(app: Flask, stage: str, open_: bool) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, stage)
    at = make.CLOSES_AT + timedelta(days=1)
    if open_:
        assert outreach.log(round.id, Attempt("letter", DAY), by=house.unit, at=at).id
        return
    with refused_with("round_not_reaching"):
        outreach.log(round.id, Attempt("letter", DAY), by=house.unit, at=at)


def test_a_network_writes_down_for_itself_and_its_members(app: Flask) -> None:
    house = make.house(organisations=2)
    network = people.network(NetworkKind.REGIONAL, members=house.organisations[:1])
    other = people.network(NetworkKind.PRODUCT)
    round, by = make.at_stage(house, "open"), people.actor(Role.NETWORK, network=network)
    for of in ({"organisation_id": house.organisations[0].id}, {"network_id": network.id}):
        assert outreach.log(round.id, Attempt("visit", DAY, **of), by=by, at=DAY).id
    for of in ({"organisation_id": house.organisations[1].id}, {"network_id": other.id}, {}):
        with refused_with("not_own_member"):
            outreach.log(round.id, Attempt("visit", DAY, **of), by=by, at=DAY)


@pytest.mark.parametrize("who", ["chair", "delegate"])
def test_nobody_else_writes_the_log(app: Flask, who: str) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, "open")
    with refused_with("role_may_not"):
        outreach.log(
            round.id, Attempt("visit", DAY), by=house.chair if who == "chair" else house.delegates[0], at=DAY
        )


def test_a_round_is_seen_once_and_while_it_is_open(app: Flask) -> None:
    house = make.house(organisations=2)
    round = make.at_stage(house, "open")
    one, other = house.delegates
    assert [taking_part.opened(round.id, by=one, at=at) for at in (DAY, DAY + MINUTE)] == [True, False]
    rounds.pause(round.id, reason="Huracán.", by=house.head, at=DAY)
    db.session.flush()
    assert taking_part.opened(round.id, by=other, at=DAY) is False
    rows = db.session.execute(select(RegisterEntry.seen_at).order_by(RegisterEntry.id)).all()
    assert [row.seen_at for row in rows] == [DAY, None]


def test_an_organisation_declines_with_a_reason_once(app: Flask) -> None:
    house = make.house(organisations=2)
    round = make.at_stage(house, "open")
    with refused_with("reason_missing"):
        taking_part.decline(round.id, reason=" ", by=house.delegates[0], at=DAY)
    for at in (DAY, DAY + MINUTE):
        assert (
            taking_part.decline(
                round.id, reason="No es lo nuestro.", by=house.delegates[0], at=at
            ).declined_at
            == DAY
        )
    assert not db.session.scalars(
        select(Notice).where(Notice.kind == "declined_for")
    ).all()  # they said it themselves
    told = db.session.scalars(select(Event).where(Event.name == "participation_declined")).all()
    assert [event.reason for event in told] == ["No es lo nuestro."]
    assert {line.organisation_id: line.status for line in lines(round.id, at=DAY)} == {
        house.organisations[0].id: "declined", house.organisations[1].id: "invited",
    }  # fmt: skip


def test_who_answered_does_not_decline_and_who_declined_may_still_answer(app: Flask) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, "open")
    by = house.delegates[0]
    comments.declare_no_comment(round.id, by=by, at=DAY)
    with refused_with("declined_after_answer"):
        taking_part.decline(round.id, reason="No.", by=by, at=DAY)
    comments.retract_no_comment(round.id, by=by, at=DAY)
    taking_part.decline(round.id, reason="No.", by=by, at=DAY)
    comments.declare_no_comment(round.id, by=by, at=DAY)
    assert [line.status for line in lines(round.id, at=DAY)] == ["no_comment"]


def test_staff_write_down_that_an_organisation_declines(app: Flask) -> None:
    house = make.house(organisations=2)
    mine, other = house.organisations
    by = people.actor(Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=(mine,)))
    round = make.at_stage(house, "open")
    assert (
        taking_part.decline(
            round.id, reason="Nos lo dijo.", organisation_id=mine.id, by=by, at=DAY
        ).declined_at
        == DAY
    )
    told = db.session.scalars(select(Notice).where(Notice.kind == "declined_for")).all()
    assert [(one.person_id, one.params["reason"]) for one in told] == [
        (house.delegates[0].person_id, "Nos lo dijo.")
    ]
    with refused_with("not_own_member"):
        taking_part.decline(round.id, reason="Nos lo dijo.", organisation_id=other.id, by=by, at=DAY)
    with refused_with("role_may_not", "organisation_not_registered"):
        taking_part.decline(round.id, reason="Así sea.", organisation_id=other.id, by=house.chair, at=DAY)


@pytest.mark.parametrize(
    ("stage", "code"), [("scheduled", "move_not_from_here"), ("closed", "late_entry_not_granted")]
)
def test_nobody_declines_when_nobody_is_asked(app: Flask, stage: str, code: str) -> None:
    house = make.house(organisations=1)
    round = make.at_stage(house, stage)
    with refused_with(code):
        taking_part.decline(round.id, reason="No.", by=house.delegates[0], at=make.CLOSES_AT)
