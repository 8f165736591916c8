"""Workshops are recorded with who came; a network's are its own, and nothing is written over unseen."""

from contextlib import nullcontext
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.engine import on_behalf, workshops
from consultations.engine.on_behalf import Received
from consultations.extensions import db
from consultations.facts.last_events import last_event
from consultations.models.base import NotFound
from consultations.models.organisations import NetworkKind
from consultations.models.workshops import Attendance, Workshop
from consultations.queries import workshops as read
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import AFTER, DURING, WORDS, Scene, question, scene
from tests.factories.workshops import HELD, vars_of, workshop
from workflows.roles import Role


def changed(**more: object) -> workshops.Session:
    return workshops.Session(**{**vars_of(HELD), **more})  # type: ignore[arg-type]


def came(here: Scene, held: Workshop, women: int, men: int, others: int = 0, *, who: int = 0, by=None):
    organisation = here.organisations[who].id
    return workshops.attend(
        held.id, organisation, women=women, men=men, others=others, by=by or here.unit, at=DURING
    )


def test_a_workshop_is_recorded_and_who_came_is_counted_by_gender(app: Flask) -> None:
    here = scene()
    held = workshop(here)
    came(here, held, 12, 7, 1)
    came(here, held, 3, 0, who=1)
    page = read.session(held.id, by=here.unit)
    line = page.line
    assert (line.organisations, line.women, line.men, line.others, line.people) == (2, 15, 7, 1, 23)
    assert [(one.women, one.men, one.others) for one in page.came] == [(12, 7, 1), (3, 0, 0)]


@pytest.mark.parametrize(
    ("day", "at", "against"),
    [
        (date(2026, 9, 30), DURING, "workshop_outside_round"),
        (date(2026, 10, 1), DURING, None),
        (date(2026, 11, 20), DURING, None),
        (date(2026, 11, 21), DURING, "workshop_ahead"),
        (date(2026, 11, 29), AFTER, None),
        (date(2026, 11, 30), AFTER, "workshop_outside_round"),
        (date(2062, 11, 5), DURING, "workshop_ahead"),
        (date(206, 11, 5), DURING, "workshop_outside_round"),
    ],
)
def test_a_workshop_was_held_on_a_day_of_its_round(
    app: Flask, day: date, at: datetime, against: str | None
) -> None:
    here = scene()
    here.round.state = "closed" if at == AFTER else "open"
    with refused_with(against) if against else nullcontext():
        assert workshops.hold(here.round.id, changed(held_on=day), by=here.unit, at=at).held_on == day
    held = workshop(here)
    with refused_with(against) if against else nullcontext():
        assert workshops.change(held.id, changed(held_on=day), by=here.unit, at=at).held_on == day


def test_a_workshop_recorded_by_mistake_is_taken_back_and_stays_on_record(app: Flask) -> None:
    here = scene()
    held = workshop(here)
    came(here, held, 12, 7)
    with refused_with("reason_missing"):
        workshops.take_back(held.id, reason=" ", by=here.unit, at=DURING)
    workshops.take_back(held.id, reason="Otra ronda.", by=here.unit, at=DURING)
    assert read.sessions(here.round.id, by=here.unit) == ()
    with pytest.raises(NotFound):
        read.session(held.id, by=here.unit)
    with refused_with("workshop_missing"):
        came(here, held, 1, 1)
    with refused_with("workshop_missing"):
        workshops.take_back(held.id, reason="Otra vez.", by=here.unit, at=DURING)
    last = last_event("workshop", held.id)
    assert (last.name, last.reason) == ("workshop_taken_back", "Otra ronda.")
    assert (db.session.scalars(select(Workshop.id)).all(), women_counted(here)) == ([held.id], 0)


@pytest.mark.parametrize("what", ["a comment", "answers"])
def test_a_workshop_of_which_something_was_entered_stays(app: Flask, what: str) -> None:
    here = scene()
    held = workshop(here)
    received, organisation = Received("workshop", held.id), here.organisations[0].id
    asked = question(here.round, 1, "agree")
    if what == "answers":
        on_behalf.answer_questions(
            here.round.id,
            organisation,
            received,
            {asked.id: ("agree", "")},
            send=False,
            by=here.unit,
            at=DURING,
        )
    else:
        made = on_behalf.enter(
            here.round.id, organisation, None, received, client_uuid="w", language="es", visibility="members",
            by=here.unit, at=DURING, **WORDS,
        )  # fmt: skip
    with refused_with("workshop_has_entries"):
        workshops.take_back(held.id, reason="Otra ronda.", by=here.unit, at=DURING)
    if what == "a comment":
        on_behalf.withdraw(made.id, by=here.unit, at=DURING)
        workshops.take_back(held.id, reason="Otra ronda.", by=here.unit, at=DURING)


def test_who_is_not_recorded_to_have_come_is_told_before_their_words_are_entered(app: Flask) -> None:
    here = scene()
    held = workshop(here)
    came(here, held, 3, 0)
    absent = [read.is_absent(held.id, one.id) for one in here.organisations]
    assert (absent, read.is_absent(None, here.organisations[0].id)) == ([False, True], False)


def women_counted(here: Scene) -> int:
    counted = select(func.coalesce(func.sum(Attendance.women), 0)).join(Workshop)
    return db.session.scalar(counted.where(Workshop.round_id == here.round.id)) or 0


def test_who_came_is_corrected_and_nobody_at_all_takes_the_organisation_out(app: Flask) -> None:
    here = scene()
    held = workshop(here)
    came(here, held, 5, 5)
    came(here, held, 6, 5)
    events = last_event("workshop", held.id).id
    came(here, held, 6, 5)
    assert last_event("workshop", held.id).id == events
    assert db.session.scalars(select(Attendance.women)).all() == [6]
    assert came(here, held, 0, 0) is None
    assert db.session.scalars(select(Attendance)).all() == []
    assert came(here, held, 0, 0) is None


def test_what_speaks_against_an_attendance_is_said_at_once(app: Flask) -> None:
    here = scene()
    mine = people.actor(Role.NETWORK, network=people.network(NetworkKind.COUNTRY))
    held = workshop(here, by=mine)
    stranger = people.organisation()
    with refused_with("organisation_not_registered", "not_own_member", "attendance_negative"):
        workshops.attend(held.id, stranger.id, women=-1, men=0, by=mine, at=DURING)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"place": " "}, ["place_missing"]), ({"facilitator": ""}, ["facilitator_missing"]), ({"country": "QQ"}, ["value_unknown"]),
        ({"country": "001"}, ["value_unknown"]), ({"network_id": 987654}, ["value_unknown"]),
        ({"place": "", "facilitator": "", "country": ""}, ["place_missing", "facilitator_missing", "value_unknown"]),
    ],
)  # fmt: skip
def test_every_reason_against_a_workshop_is_said(
    app: Flask, more: dict[str, object], codes: list[str]
) -> None:
    here = scene()
    with refused_with(*codes):
        workshop(here, **more)


@pytest.mark.parametrize(
    ("state", "open_"), [("open", True), ("paused", True), ("closed", True), ("answering", True), ("scheduled", False), ("published", False)]
)  # fmt: skip
def test_workshops_are_recorded_while_the_round_hears(app: Flask, state: str, open_: bool) -> None:
    here = scene(state=state)
    if open_:
        assert workshop(here).place == "Casa comunal"
        return
    with refused_with("round_not_hearing"):
        workshop(here)


def test_a_network_s_workshops_are_its_own(app: Flask) -> None:
    here = scene()
    mine, other = (
        people.actor(
            Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=(here.organisations[0],))
        )
        for _ in range(2)
    )
    held = workshop(here, by=mine, network_id=other.network_id)
    assert held.network_id == mine.network_id
    with refused_with("workshop_missing"):
        workshops.change(held.id, HELD, by=other, at=DURING)
    with pytest.raises(NotFound):
        read.session(held.id, by=other)
    assert [line.id for line in read.sessions(here.round.id, by=other)] == []
    assert [line.id for line in read.sessions(here.round.id, by=here.unit)] == [held.id]
    assert [one.id for one in read.asked(here.round.id, most=None, by=mine, at=DURING)] == [
        here.organisations[0].id
    ]


def test_two_people_at_one_workshop_do_not_write_over_each_other(app: Flask) -> None:
    here = scene()
    held = workshop(here)
    known = last_event("workshop", held.id).id
    workshops.change(held.id, changed(notes="Se habló de los plazos."), known=known, by=here.unit, at=DURING)
    with refused_with("edited_meanwhile"):
        workshops.change(held.id, changed(notes="Otra cosa."), known=known, by=here.second, at=DURING)
    workshops.change(
        held.id, changed(notes="Se habló de los plazos."), known=known, by=here.second, at=DURING
    )
    assert held.notes == "Se habló de los plazos."


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.COMMISSION, Role.ADMIN])
def test_nobody_else_records_workshops(app: Flask, role: Role) -> None:
    here = scene()
    by = people.delegate() if role is Role.DELEGATE else people.actor(role, network=people.network())
    with refused_with("role_may_not"):
        workshop(here, by=by)
