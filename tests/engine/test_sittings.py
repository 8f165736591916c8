"""An assembly that goes on another day, or after a break: who is there is asked anew, and a vote waits with it."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations import jobs
from consultations.engine import assemblies, attendance, votes
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.models.events import Event
from consultations.models.presence import Presence
from consultations.models.votes import Vote
from consultations.queries import consoles
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import cast

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
    assemblies.close(assembly.id, reason="Faltó tiempo.", by=hall.president, at=AGAIN + HOUR)
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


def voting(hall: make.Hall) -> tuple[make.Assembly, Vote]:
    """The vote of the first item is open from two hours after the beginning, for ten minutes."""
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    return assembly, make.opened(assembly, hall, minutes=10, at=STOPPED)


@pytest.mark.parametrize("who", ["president", "secretary"])
def test_a_vote_that_is_open_waits_with_its_assembly_and_gets_its_time_back(app: Flask, who: str) -> None:
    hall = make.hall(3)
    assembly, vote = voting(hall)
    closes = vote.closes_at
    stop, goes_on = STOPPED + 4 * MINUTE, STOPPED + HOUR + 5 * MINUTE / 7
    assemblies.suspend(assembly.id, reason="Luz", by=getattr(hall, who), at=stop)
    db.session.commit()
    assert jobs.tick(closes + HOUR / 2) == 0
    assert (vote.state, vote.closed_at) == ("suspended", None)
    refused = codes(lambda: cast(vote, hall.delegates[0], "yes", at=stop + MINUTE))
    assert refused == ["move_not_from_here", "no_ballot_stands"]
    assemblies.resume(assembly.id, by=hall.president, at=goes_on)
    assert (vote.state, vote.closes_at) == ("open", closes + (goes_on - stop))
    assert db.session.query(Event).filter_by(name="vote_resumed").one().reason == "Luz"
    cast(vote, hall.delegates[0], "yes", at=goes_on + MINUTE)
    db.session.commit()
    jobs.tick(vote.closes_at)
    db.session.expire_all()
    assert vote.closed_at == vote.closes_at


def test_in_a_break_no_vote_goes_on_alone(app: Flask) -> None:
    hall = make.hall(3)
    assembly, vote = voting(hall)
    assemblies.suspend(assembly.id, reason="Luz", by=hall.president, at=STOPPED + MINUTE)
    at = STOPPED + 2 * MINUTE
    assert codes(lambda: votes.resume(vote.id, reason="Ya", by=hall.president, at=at)) == [
        "assembly_in_break"
    ]
    page = consoles.page(assembly.id, by=hall.president, at=at)
    assert page is not None
    assert (page.vote_can, "resume" in page.page.can) == (frozenset(), True)


def test_a_vote_that_stood_still_before_the_break_stands_still_after_it(app: Flask) -> None:
    hall = make.hall(3)
    assembly, vote = voting(hall)
    closes = vote.closes_at
    votes.suspend(vote.id, reason="Una papeleta", by=hall.president, at=STOPPED + MINUTE)
    assemblies.suspend(assembly.id, reason="Luz", by=hall.president, at=STOPPED + 2 * MINUTE)
    assemblies.resume(assembly.id, by=hall.president, at=STOPPED + HOUR)
    assert vote.state == "suspended"
    votes.resume(vote.id, reason="Aclarado", by=hall.president, at=STOPPED + HOUR + MINUTE)
    assert vote.closes_at == closes + HOUR
    assemblies.suspend(assembly.id, reason="Otra vez", by=hall.president, at=STOPPED + HOUR + 2 * MINUTE)
    assemblies.resume(assembly.id, by=hall.president, at=STOPPED + HOUR + 3 * MINUTE)
    assert (vote.state, vote.closes_at) == ("open", closes + HOUR + MINUTE)


def test_a_vote_whose_time_was_over_before_the_break_is_closed_by_the_clock(app: Flask) -> None:
    hall = make.hall(3)
    assembly, vote = voting(hall)
    assemblies.suspend(assembly.id, reason="Luz", by=hall.president, at=vote.closes_at)
    db.session.commit()
    jobs.tick(vote.closes_at)
    db.session.expire_all()
    assert (assembly.state, vote.closed_at) == ("suspended", vote.closes_at)


def test_with_a_vote_suspended_it_is_neither_adjourned_nor_closed(app: Flask) -> None:
    hall = make.hall(3)
    assembly, _vote = voting(hall)
    at = STOPPED + 2 * MINUTE
    assemblies.suspend(assembly.id, reason="Luz", by=hall.president, at=STOPPED + MINUTE)
    for act in (
        lambda: assemblies.adjourn(assembly.id, until=AGAIN, reason="-", by=hall.president, at=at),
        lambda: assemblies.close(assembly.id, reason="-", by=hall.president, at=at),
    ):
        assert codes(act) == ["votes_open"]
