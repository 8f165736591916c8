"""Reminders go to who is missing at that instant and to nobody else, and follow the deadline when it moves."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations import jobs
from consultations.actor import SYSTEM, Actor
from consultations.engine import (
    comments,
    notices,
    outbox,
    question_sheets,
    questionnaires,
    rounds,
    taking_part,
)
from consultations.engine.recipients import Recipient
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.timers import Notice, Timer
from consultations.queries import outbox as letters
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import rounds as make
from tests.factories.comments import DURING, question, scene
from workflows.refusals import Refused
from workflows.roles import Role

DAY = make.OPENS_AT + timedelta(days=10)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
WORDS = {"type": "general", "stance": "for", "text": "Uno.", "language": "es"}


def reminded(round: Round) -> list[tuple[datetime, int | None]]:
    """(when, organisation) of every reminder of a round."""
    query = (
        select(Event.at, Notice.organisation_id)
        .join(Event, Event.id == Notice.event_id)
        .where(Notice.kind == "round_closing_soon", Notice.subject_id == round.id)
    )
    return [tuple(row) for row in db.session.execute(query.order_by(Notice.id))]  # type: ignore[misc]


def ladder(round: Round) -> list[datetime]:
    query = select(Timer.due_at).where(
        Timer.kind == "remind_round", Timer.subject_id == round.id, Timer.fired_at.is_(None)
    )
    return sorted(db.session.scalars(query))


def before(closes_at: datetime) -> list[datetime]:
    return [closes_at - timedelta(days=days) for days in (21, 7, 2)]


def test_who_answers_in_any_way_before_the_instant_gets_none(app: Flask) -> None:
    house = make.house(organisations=6)
    round = make.at_stage(house, "open")
    orgs, by = [one.id for one in house.organisations], house.delegates
    first, second, last = before(make.CLOSES_AT)
    db.session.commit()
    comments.enter(round.id, None, client_uuid="u-0", submit=True, by=by[0], at=first - TICK, **WORDS)
    comments.declare_no_comment(round.id, by=by[1], at=first - TICK)
    taking_part.decline(round.id, reason="No trabajamos con café.", by=by[2], at=first - TICK)
    comments.enter(round.id, None, client_uuid="u-3", submit=False, by=by[3], at=first - TICK, **WORDS)
    db.session.commit()
    jobs.tick(first)
    assert reminded(round) == [(first, org) for org in orgs[3:]]
    comments.declare_no_comment(round.id, by=by[4], at=second - TICK)
    db.session.commit()
    jobs.tick(second)
    comments.declare_no_comment(round.id, by=by[5], at=last)
    db.session.commit()
    jobs.tick(last)
    expected = [
        *((first, org) for org in orgs[3:]),
        *((second, org) for org in (orgs[3], orgs[5])),
        (last, orgs[3]),
    ]
    assert reminded(round) == expected


def test_the_ladder_follows_an_extension_and_stops_in_a_pause(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    assert ladder(round) == before(make.CLOSES_AT)
    rounds.extend(round.id, closes_on=date(2026, 6, 20), reason="Cosecha.", by=house.head, at=DAY)
    assert (round.closes_at > make.CLOSES_AT, ladder(round)) == (True, before(round.closes_at))
    rounds.pause(round.id, reason="Huracán.", by=house.head, at=DAY)
    assert ladder(round) == []
    rounds.resume(round.id, reason="Pasó.", by=house.head, at=DAY + timedelta(days=3))
    assert ladder(round) == before(round.closes_at)
    near = round.closes_at - timedelta(days=7)
    rounds.extend(round.id, closes_on=date(2026, 7, 5), reason="Otra vez.", by=house.chair, at=near)
    assert ladder(round) == [due for due in before(round.closes_at) if due > near]


def test_the_clock_reminds_nobody_of_a_round_that_stands_still(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.pause(round.id, reason="Huracán.", by=house.head, at=DAY)
    assert rounds.remind(round.id, by=SYSTEM, at=DAY) == 0
    with refused_with("move_not_from_here"):
        rounds.remind(round.id, by=house.unit, at=DAY)


@pytest.mark.parametrize("who", ["chair", "delegate", "network"])
def test_only_the_unit_and_the_clock_remind(app: Flask, who: str) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    actors: dict[str, Actor] = {"chair": house.chair, "delegate": house.delegates[0]}
    actors["network"] = people.actor(Role.NETWORK, network=people.network())
    with refused_with("role_may_not"):
        rounds.remind(round.id, by=actors[who], at=DAY)


@pytest.mark.parametrize(
    ("after", "told"),
    [(timedelta(), None), (HOUR, None), (timedelta(hours=48) - TICK, None), (timedelta(hours=48), 3)],
)
def test_the_unit_reminds_nobody_twice_within_two_days(
    app: Flask, after: timedelta, told: int | None
) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    assert rounds.remind(round.id, by=house.unit, at=DAY) == 3
    if told is None:
        with refused_with("reminded_lately"):
            rounds.remind(round.id, by=house.head, at=DAY + after)
    else:
        assert rounds.remind(round.id, by=house.head, at=DAY + after) == told


def test_those_chosen_are_reminded_and_the_others_wait_for_their_own(app: Flask) -> None:
    house = make.house(organisations=4)
    round = make.at_stage(house, "open")
    orgs = [one.id for one in house.organisations]
    comments.declare_no_comment(round.id, by=house.delegates[0], at=DAY)
    assert rounds.remind(round.id, organisations=orgs[:2], by=house.unit, at=DAY) == 1
    assert rounds.remind(round.id, organisations=orgs[1:], by=house.unit, at=DAY + HOUR) == 2
    assert reminded(round) == [(DAY, orgs[1]), (DAY + HOUR, orgs[2]), (DAY + HOUR, orgs[3])]
    with pytest.raises(Refused) as refused:
        rounds.remind(round.id, organisations=orgs[1:3], by=house.unit, at=DAY + HOUR)
    assert refused.value.refusals[0].values == {"until_at": (DAY + timedelta(hours=48)).isoformat()}
    assert (
        rounds.remind(round.id, organisations=orgs[:1], by=house.unit, at=DAY) == 0
    )  # nobody is missing there


def test_the_clock_leaves_out_who_was_reminded_the_day_before(app: Flask) -> None:
    house = make.house(organisations=2)
    round = make.at_stage(house, "open")
    orgs = [one.id for one in house.organisations]
    rounds.remind(round.id, organisations=orgs[:1], by=house.unit, at=DAY)
    assert rounds.remind(round.id, by=SYSTEM, at=DAY + timedelta(days=1) - TICK) == 1
    assert rounds.remind(round.id, by=SYSTEM, at=DAY + timedelta(days=1) - TICK) == 0
    assert rounds.remind(round.id, by=SYSTEM, at=DAY + timedelta(days=1)) == 1


def test_a_reminder_on_its_way_is_dropped_when_they_answer_or_decline_and_not_for_a_sheet_kept_in_part(
    app: Flask,
) -> None:
    here = scene(organisations=3)
    asked = question(here.round, 1, "single", ("Sí", "No"))
    about = letters.subject("round", here.round.id)

    def why(n: int) -> str:
        person, org = here.delegates[n].person_id, here.organisations[n].id
        return letters.unwanted("round_closing_soon", about, person, org, at=DURING)

    questionnaires.answer(here.round.id, {asked.id: ("0", "")}, by=here.delegates[0], at=DURING)
    assert why(0) == ""
    question_sheets.send(here.round.id, by=here.delegates[0], at=DURING)
    taking_part.decline(here.round.id, reason="No.", by=here.delegates[1], at=DURING)
    assert [why(n) for n in range(3)] == ["answered", "declined", ""]


def test_what_became_of_a_letter_is_written_into_the_register_once(app: Flask) -> None:
    house = make.house(organisations=2)
    round = make.at_stage(house, "open")
    opened = {
        n.organisation_id: n.id
        for n in db.session.scalars(select(Notice).where(Notice.kind == "round_opened"))
    }
    one, two = (org.id for org in house.organisations)
    outbox.sent(opened[one], at=DAY)
    outbox.given_up(opened[two], "550", at=DAY)
    rounds.remind(round.id, by=house.unit, at=DAY)
    later = {
        n.organisation_id: n.id
        for n in db.session.scalars(select(Notice).where(Notice.kind == "round_closing_soon"))
    }
    outbox.sent(later[one], at=DAY + HOUR)
    rows = db.session.execute(
        select(RegisterEntry.organisation_id, RegisterEntry.delivered_at, RegisterEntry.bounced_at).order_by(
            RegisterEntry.id
        )
    ).all()
    assert [tuple(row) for row in rows] == [(one, DAY, None), (two, None, DAY)]


def test_a_letter_about_something_else_touches_no_register(app: Flask) -> None:
    house = make.house(organisations=1)
    make.at_stage(house, "open")
    notices.notify(
        "comment_received", [Recipient(house.delegates[0].person_id, house.organisations[0].id)], house.organisations[0], due_at=DAY
    )  # fmt: skip
    outbox.sent(db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first(), at=DAY)
    assert db.session.scalars(select(RegisterEntry.delivered_at)).all() == [None]
