"""What is left of an agenda when its assembly ends, cannot be installed or is called off."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations.engine import agenda, assemblies
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.events import Event
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import minutes
from tests.factories.assemblies import CALLED, HOUR, STARTS

TITLES = ("Presupuesto", "Cuota", "Sede")
LATER = STARTS + 3 * HOUR
WHY = "Faltó tiempo."


def stands(assembly: Assembly) -> list[tuple[str, str]]:
    return [(item.state, item.vote.state) for item in make.items(assembly) if item.vote]


def closed(hall: make.Hall) -> Assembly:
    """The first item is decided, the second under discussion, the third was never taken up."""
    assembly = make.installed(hall, titles=TITLES)
    minutes.voted(assembly, hall, "yyn")
    agenda.take_up(make.items(assembly)[1].id, by=hall.president, at=LATER)
    return assemblies.close(assembly.id, reason=WHY, by=hall.president, at=LATER)


def not_installed(hall: make.Hall) -> Assembly:
    calls = {**make.calls_rule(), "calls": [{"call": 1, "all": [make.HALF]}]}
    assembly = make.convened(hall, TITLES, calls=calls)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    return assemblies.not_install(assembly.id, reason=WHY, by=hall.president, at=LATER)


def called_off(hall: make.Hall) -> Assembly:
    assembly = make.convened(hall, TITLES)
    return assemblies.call_off(assembly.id, reason=WHY, by=hall.president, at=CALLED + HOUR)


LEFT = ("deferred", "voided")


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (closed, [("decided", "counted"), LEFT, LEFT]),
        (not_installed, [LEFT] * 3),
        (called_off, [LEFT] * 3),
    ],
)
def test_what_is_left_is_put_off_and_its_votes_called_off(app: Flask, ends: object, expected: object) -> None:
    hall = make.hall(3)
    assembly = ends(hall)  # type: ignore[operator]
    assert stands(assembly) == expected
    count = sum(one == LEFT for one in expected)  # type: ignore[attr-defined]
    for name in ("item_left_over", "vote_called_off"):
        assert [event.reason for event in db.session.query(Event).filter_by(name=name)] == [WHY] * count
    told = db.session.query(Notice.person_id, Notice.subject_id).filter_by(kind="vote_called_off").all()
    assert len(told) == len(set(told)) == count * 3


@pytest.mark.parametrize("how", ["close", "not_install"])
def test_without_a_reason_nothing_is_left_behind(app: Flask, how: str) -> None:
    hall = make.hall(3)
    if how == "close":
        assembly = make.installed(hall)
    else:
        calls = {**make.calls_rule(), "calls": [{"call": 1, "all": [make.HALF]}]}
        assembly = make.convened(hall, calls=calls)
        assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    act = getattr(assemblies, how)
    assert codes(lambda: act(assembly.id, by=hall.president, at=LATER)) == ["reason_missing"]


def test_a_vote_on_an_item_that_was_put_off_in_session_is_called_off_at_once(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.installed(hall)
    agenda.defer(make.items(assembly)[0].id, reason="Falta un informe", by=hall.president, at=LATER)
    assert stands(assembly) == [("deferred", "voided")]
    assemblies.close(assembly.id, reason=WHY, by=hall.president, at=LATER + HOUR)
    assert stands(assembly) == [("deferred", "voided")]


def test_where_all_is_dealt_with_it_closes_without_a_reason(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    minutes.voted(assembly, hall, "yyy")
    assemblies.close(assembly.id, by=hall.president, at=LATER)
    assert (assembly.state, stands(assembly)) == ("closed", [("decided", "counted")])


def test_it_is_closed_from_an_adjournment_too(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    until = LATER + timedelta(days=1)
    assemblies.adjourn(assembly.id, until=until, reason="Luz", by=hall.president, at=LATER)
    assemblies.close(assembly.id, reason=WHY, by=hall.president, at=until)
    assert stands(assembly) == [LEFT]
    assert db.session.query(Vote).filter_by(state="convened").count() == 0
