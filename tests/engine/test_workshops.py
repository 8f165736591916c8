"""Workshops are recorded with who came; a network's are its own, and nothing is written over unseen."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import workshops
from consultations.extensions import db
from consultations.facts.last_events import last_event
from consultations.models.base import NotFound
from consultations.models.organisations import NetworkKind
from consultations.models.workshops import Attendance, Workshop
from consultations.queries import workshops as read
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import DURING, Scene, scene
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
