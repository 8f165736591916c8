"""The door: safe to repeat, two desks at once, a clock that jumps back, a mandate that ended at noon."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from consultations.actor import Actor
from consultations.engine import assemblies, attendance
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import door_codes
from consultations.facts.door_codes import CheckIn
from consultations.models.assemblies import Assembly
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.presence import Presence
from tests.engine.refusals import codes
from tests.engine.test_concurrent_officers import at_once
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from workflows.roles import Role

MINUTE = timedelta(minutes=1)
SECRET = "a test's own secret"


def letting_in(assembly: int, elector: int, person: int, by: Actor) -> Callable[[], object]:
    def act() -> object:
        with unit_of_work():
            return attendance.admit(assembly, elector, person_id=person, by=by, at=STARTS).id

    return act


def answered(app: Flask, *acts: Callable[[], object]) -> list[object]:
    """What each desk is answered, all begun at one instant."""
    answers = at_once(app, *acts)
    db.session.rollback()  # what this thread had read before is old
    return answers


def open_doors(hall: Hall) -> Assembly:
    assembly = make.convened(hall)
    attendance.open_doors(assembly.id, by=hall.secretary, at=STARTS)
    return assembly


def test_two_desks_let_one_person_in_once(app: Flask) -> None:
    hall = make.hall(2)
    assembly = open_doors(hall)
    line, person = make.elector(assembly, 0, hall).id, make.person(hall, 0)
    desks = (hall.secretary, hall.scrutineer)
    db.session.commit()
    first, second = answered(app, *(letting_in(assembly.id, line, person, by) for by in desks))
    assert first == second
    assert db.session.query(Presence).count() == 1
    assert db.session.query(Event).filter_by(name="arrival_recorded").count() == 1


def test_of_two_desks_that_let_one_person_in_for_two_organisations_one_is_refused_with_the_reason(
    app: Flask,
) -> None:
    hall = make.hall(2)
    both = db.session.get_one(Person, make.person(hall, 0))
    people.mandate(Role.DELEGATE, by=both, organisation=hall.members[1], rank=2)
    assembly = open_doors(hall)
    lines = [make.elector(assembly, n, hall).id for n in (0, 1)]
    desks = (hall.secretary, hall.scrutineer)
    person = both.id
    db.session.commit()
    answers = answered(
        app, *(letting_in(assembly.id, line, person, by) for line, by in zip(lines, desks, strict=True))
    )
    assert ["person_attends_for_another"] in answers
    assert db.session.query(Presence).count() == 1


def test_two_desks_let_different_people_in_side_by_side(app: Flask) -> None:
    hall = make.hall(4)
    assembly = open_doors(hall)
    acts = [
        letting_in(assembly.id, make.elector(assembly, n, hall).id, make.person(hall, n), hall.secretary)
        for n in range(4)
    ]
    db.session.commit()
    assert len(set(map(str, answered(app, *acts)))) == 4
    assert db.session.query(Presence).count() == 4


def test_letting_in_and_seeing_off_may_be_repeated(app: Flask) -> None:
    hall = make.hall(1)
    assembly = open_doors(hall)
    make.arrive(assembly, hall, 0, 0)
    line, person = make.elector(assembly, 0, hall).id, make.person(hall, 0)
    off = [
        attendance.see_off(assembly.id, line, person_id=person, by=hall.secretary, at=STARTS + n * MINUTE)
        for n in (1, 2)
    ]
    assert off == [True, False]
    assert [(row.entered_at, row.left_at) for row in db.session.query(Presence)] == [
        (STARTS, STARTS + MINUTE)
    ]


def test_a_clock_that_jumps_back_undoes_no_stay_and_empties_no_room(app: Flask) -> None:
    hall = make.hall(3)
    assembly = open_doors(hall)
    make.arrive(assembly, hall, 0, at=STARTS)
    make.arrive(assembly, hall, 1, at=STARTS + HOUR)
    back = STARTS + MINUTE  # the clock was put right: an hour back
    make.arrive(assembly, hall, 2, at=back)
    make.leave(assembly, hall, 0, at=back)
    stays = [(stay.came_at, stay.left_at) for stay in facts.intervals(assembly.id)]
    assert sorted(stays) == [
        (STARTS, STARTS + HOUR),
        (STARTS + HOUR, None),
        (STARTS + HOUR, None),
    ]
    now = facts.as_recorded(assembly.id, back)
    assert list(facts.presence_words(assembly, now).values()).count("yes") == 2
    assemblies.call_next(assembly.id, by=hall.president, at=back)
    assemblies.install(
        assembly.id, by=hall.president, at=back
    )  # two of three are there, whatever the clock says
    assemblies.close(assembly.id, reason="Faltó tiempo.", by=hall.president, at=back)
    assert {row.left_at for row in db.session.query(Presence)} == {STARTS + HOUR}


def test_who_is_there_votes_while_the_clock_has_jumped_back(app: Flask) -> None:
    hall = make.hall(1)
    assembly = open_doors(hall)
    make.arrive(assembly, hall, 0, at=STARTS + HOUR)
    voter = facts.voter_of(assembly, make.elector(assembly, 0, hall), STARTS)
    assert (voter.person, voter.mode) == (f"person/{make.person(hall, 0)}", "in_person")


def test_a_mandate_that_ended_at_noon_opens_no_door_in_the_afternoon(app: Flask) -> None:
    hall = make.hall(1)
    assembly = open_doors(hall)
    mandate = db.session.get_one(Mandate, hall.delegates[0].mandate_id)
    mandate.ends_at = STARTS + HOUR
    db.session.flush()
    line, person = make.elector(assembly, 0, hall).id, make.person(hall, 0)

    def comes(at: object) -> None:
        attendance.admit(assembly.id, line, person_id=person, by=hall.secretary, at=at)  # type: ignore[arg-type]

    assert codes(lambda: comes(STARTS + HOUR)) == ["voter_without_mandate"]
    comes(STARTS + HOUR - MINUTE)


@pytest.mark.parametrize("bad", ["", "1.2.3", "1.2.3.", "x.y.z.w", "1.2.3.4.5", "\u00e1"])
def test_a_token_that_is_not_ours_says_nothing(bad: str) -> None:
    assert door_codes.read(bad, SECRET) is None


def test_a_token_is_good_for_its_assembly_line_and_person_alone() -> None:
    of = CheckIn(1, 2, 3)
    token = door_codes.token_of(of, SECRET)
    assert door_codes.read(token, SECRET) == of
    assert door_codes.read(token.replace("1.2.3", "1.2.4"), SECRET) is None
    assert door_codes.read(token, "another secret") is None


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", " "), lambda c: f" {c} "])
def test_a_short_code_is_found_however_it_is_typed(change: Callable[[str], str]) -> None:
    everybody = [CheckIn(1, elector, elector + 100) for elector in range(300)]
    wanted = everybody[217]
    code = door_codes.short_of(wanted, SECRET)
    assert len(code) == 9
    assert door_codes.found(change(code), everybody, SECRET) == wanted
    assert door_codes.found(code[:-1], everybody, SECRET) is None
    assert door_codes.found(code, everybody, "another secret") is None
    assert len({door_codes.short_of(one, SECRET) for one in everybody}) == 300
