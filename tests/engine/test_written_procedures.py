"""A written procedure that is put off, and one whose clock is late."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations import jobs
from consultations.engine import assemblies
from consultations.extensions import db
from consultations.models.timers import Timer
from consultations.models.votes import Vote
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS

DAY = timedelta(days=1)
ENDS = STARTS + 7 * DAY


def written(hall: make.Hall) -> make.Assembly:
    return make.convened(hall, form="written", ends_at=ENDS, place="")


def vote_of(assembly: make.Assembly) -> Vote:
    return db.session.get_one(Vote, make.items(assembly)[0].vote_id)


@pytest.mark.parametrize("days", [3, 20])
def test_put_off_it_opens_and_closes_at_its_new_hours(app: Flask, days: int) -> None:
    """Also beyond the end that it had: its window moves as a whole."""
    hall = make.hall(3)
    assembly = written(hall)
    opens, ends = STARTS + days * DAY, ENDS + days * DAY
    assemblies.postpone(assembly.id, starts_at=opens, reason="Faltan textos", by=hall.secretary, at=CALLED)
    vote = vote_of(assembly)
    assert (assembly.starts_at, assembly.ends_at) == (opens, ends)
    assert (vote.opens_at, vote.closes_at, vote.first_closes_at) == (opens, ends, ends)
    assert [timer.due_at for timer in db.session.query(Timer).filter_by(kind="open_written")] == [opens]
    db.session.commit()
    assert jobs.tick(opens - HOUR) == 0
    assert jobs.tick(opens) == 1
    db.session.expire_all()
    assert (assembly.state, vote.state, vote.opened_at) == ("written", "open", opens)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=ends - HOUR)
    db.session.commit()
    jobs.tick(ends)
    db.session.expire_all()
    assert (assembly.state, vote.state, vote.closed_at) == ("closed", "counted", ends)


@pytest.mark.parametrize("who", ["president", "secretary"])
def test_where_the_clock_is_late_an_officer_opens_it(app: Flask, who: str) -> None:
    hall = make.hall(3)
    assembly = written(hall)
    by = getattr(hall, who)
    early = codes(lambda: assemblies.open_written(assembly.id, by=by, at=STARTS - HOUR))
    assert early == ["start_not_reached"]
    assert assemblies.open_written(assembly.id, by=by, at=STARTS + HOUR) is True
    assert assemblies.open_written(assembly.id, by=by, at=STARTS + 2 * HOUR) is False
    vote = vote_of(assembly)
    assert (assembly.state, vote.state, vote.opened_at, vote.closes_at) == (
        "written", "open", STARTS + HOUR, ENDS,
    )  # fmt: skip
    db.session.commit()
    assert jobs.tick(STARTS + 3 * HOUR) == 0  # the clock finds it done


def test_after_its_end_nobody_opens_it_by_hand(app: Flask) -> None:
    hall = make.hall(1)
    assembly = written(hall)
    refused = codes(lambda: assemblies.open_written(assembly.id, by=hall.president, at=ENDS))
    assert refused == ["window_past"]


def test_officers_of_another_body_open_nothing(app: Flask) -> None:
    assembly, other = written(make.hall(1)), make.hall(1)
    refused = codes(lambda: assemblies.open_written(assembly.id, by=other.president, at=STARTS))
    assert refused == ["other_body"]


def test_the_votes_of_a_meeting_that_is_put_off_move_along(app: Flask) -> None:
    hall = make.hall(1)
    assembly = make.convened(hall)
    before = vote_of(assembly).opens_at
    assemblies.postpone(assembly.id, starts_at=STARTS + DAY, reason="Lluvia", by=hall.president, at=CALLED)
    assert (before, vote_of(assembly).opens_at) == (STARTS, STARTS + DAY)
    assert db.session.query(Timer).count() == 0
