"""An assembly that goes on another day, or after a break: who is there is asked anew, and a vote waits with it."""

from datetime import timedelta

from flask import Flask

from consultations.engine import agenda, assemblies, attendance
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.models.events import Event
from consultations.models.presence import Presence
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories.assemblies import HOUR, STARTS

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
STOPPED, AGAIN = STARTS + 2 * HOUR, STARTS + WEEK


def adjourned(hall: make.Hall, **changes: object) -> make.Assembly:
    """All five were there at the first sitting; it goes on in a week."""
    assembly = make.installed(hall, **changes)  # type: ignore[arg-type]
    return assemblies.adjourn(
        assembly.id, until=AGAIN, reason="Falta la sala.", by=hall.president, at=STOPPED
    )


def there(assembly: make.Assembly, at: object) -> int:
    now = facts.as_recorded(assembly.id, at)  # type: ignore[arg-type]
    return list(facts.presence_words(assembly, now).values()).count("yes")


def test_an_adjournment_ends_every_stay_and_closes_the_doors(app: Flask) -> None:
    assembly = adjourned(make.hall(5))
    assert {row.left_at for row in db.session.query(Presence)} == {STOPPED}
    assert (assembly.attendance_open, there(assembly, STOPPED)) == (False, 0)


def test_it_goes_on_with_the_quorum_of_those_who_came_again_and_not_of_last_week(app: Flask) -> None:
    hall = make.hall(5)
    assembly = adjourned(hall)
    refused = codes(lambda: assemblies.resume(assembly.id, by=hall.president, at=AGAIN))
    assert refused == ["quorum_missing"]
    make.arrive(assembly, hall, 0, 1, at=AGAIN - HOUR)
    refused = codes(lambda: assemblies.resume(assembly.id, by=hall.president, at=AGAIN))
    assert refused == ["quorum_missing"]
    make.arrive(assembly, hall, 2, at=AGAIN)
    assemblies.resume(assembly.id, by=hall.president, at=AGAIN)
    assert (assembly.state, there(assembly, AGAIN)) == ("installed", 3)
    told = db.session.query(Event).filter_by(name="assembly_resumed").one().payload
    assert '"present":3' in told


def test_the_stays_of_each_sitting_are_apart(app: Flask) -> None:
    hall = make.hall(3)
    assembly = adjourned(hall)
    make.arrive(assembly, hall, 0, 1, at=AGAIN - HOUR)
    assemblies.resume(assembly.id, by=hall.president, at=AGAIN)
    agenda.defer(make.items(assembly)[0].id, reason="Faltó tiempo.", by=hall.president, at=AGAIN)
    assemblies.close(assembly.id, by=hall.president, at=AGAIN + HOUR)
    stays = [(stay.elector, stay.came_at, stay.left_at) for stay in facts.intervals(assembly.id)]
    first, second, third = (member.code for member in hall.members)
    assert stays == [
        *((code, STARTS, STOPPED) for code in (first, second, third)),
        *((code, AGAIN - HOUR, AGAIN + HOUR) for code in (first, second)),
    ]


def test_before_it_goes_on_people_come_and_go_at_the_door_and_on_line(app: Flask) -> None:
    hall = make.hall(3)
    assembly = adjourned(hall, form="hybrid", link="https://example.org/sala")
    line, person = make.elector(assembly, 2, hall).id, make.person(hall, 2)

    def joins() -> None:
        attendance.admit(
            assembly.id, line, person_id=person, mode="online", by=hall.delegates[2], at=AGAIN - HOUR
        )

    assert codes(joins) == ["attendance_closed"]
    make.arrive(assembly, hall, 0, at=AGAIN - HOUR)
    joins()
    assert there(assembly, AGAIN) == 2
    assert attendance.see_off(assembly.id, line, person_id=person, by=hall.delegates[2], at=AGAIN) is True
    make.leave(assembly, hall, 0, at=AGAIN)
    attendance.close_doors(assembly.id, by=hall.scrutineer, at=AGAIN)
    assert there(assembly, AGAIN) == 0


def test_in_a_break_people_come_and_go(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, 0, 1)
    assemblies.suspend(assembly.id, reason="Almuerzo", by=hall.secretary, at=STOPPED)
    make.arrive(assembly, hall, 2, at=STOPPED + MINUTE)
    make.leave(assembly, hall, 0, at=STOPPED + MINUTE)
    attendance.see_off(
        assembly.id, make.elector(assembly, 1, hall).id, person_id=make.person(hall, 1), by=hall.delegates[1],
        at=STOPPED + MINUTE,
    )  # fmt: skip
    assert there(assembly, STOPPED + MINUTE) == 1
