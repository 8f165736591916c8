"""Casting in an assembly while things change: mandates that end, holders that leave, proxies taken back, a clock that jumps."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import appointments, attendance, ballots, proxies, votes
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.votes import newest_count
from consultations.models.ballots import Ballot
from consultations.models.mandates import Mandate
from consultations.models.presence import Presence, Proxy
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories.assemblies import CALLED, HOUR, STARTS
from workflows.roles import Role

OPENED = STARTS + 2 * HOUR
NOON = OPENED + HOUR / 20
INSTANT, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)


def scene(members: int = 4) -> tuple[make.Hall, Vote]:
    """A vote that is open, all but the last there, and the last one's proxy held by the first."""
    hall = make.hall(members)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, members - 1, 0)
    make.arrive(assembly, hall, *range(members - 1))
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=STARTS)
    return hall, make.opened(assembly, hall, minutes=30)


def assembly_of(vote: Vote) -> make.Assembly:
    return db.session.get_one(make.Assembly, vote.assembly_id)


def cast(
    hall: make.Hall, vote: Vote, voter: int, at: datetime, *, whose: int | None = None, choice: str = "yes"
) -> ballots.Receipt:
    return ballots.cast(
        vote.id, choice, f"{voter}-{whose}-{choice}-{at.isoformat()}"[:36], by=hall.delegates[voter], at=at,
        for_id=None if whose is None else hall.members[whose].id,
    )  # fmt: skip


def ended(hall: make.Hall, n: int, at: datetime) -> None:
    db.session.get_one(Mandate, hall.delegates[n].mandate_id).ends_at = at
    db.session.flush()


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        (NOON - INSTANT, []),
        (NOON, ["mandate_not_in_force", "voter_without_mandate", "no_ballot_stands"]),
        (NOON + INSTANT, ["mandate_not_in_force", "voter_without_mandate", "no_ballot_stands"]),
    ],
)
def test_a_delegate_whose_mandate_ends_at_noon_votes_until_noon(
    app: Flask, at: datetime, refused: list[str]
) -> None:
    hall, vote = scene()
    ended(hall, 1, NOON)
    if refused:
        assert codes(lambda: cast(hall, vote, 1, at)) == refused
    else:
        assert cast(hall, vote, 1, at).revision == 1


def test_what_was_cast_before_the_mandate_ended_stands_and_the_alternate_may_change_it(app: Flask) -> None:
    hall, vote = scene()
    cast(hall, vote, 1, NOON - MINUTE, choice="no")
    alternate = people.actor(Role.DELEGATE, organisation=hall.members[1])
    db.session.get_one(Mandate, alternate.mandate_id).rank = 2
    attendance.admit(
        vote.assembly_id or 0, make.elector(assembly_of(vote), 1, hall).id, person_id=alternate.person_id or 0,
        by=hall.secretary, at=NOON - MINUTE,
    )  # fmt: skip
    early = codes(lambda: ballots.cast(vote.id, "yes", "alternate", by=alternate, at=NOON - INSTANT))
    assert early == ["voter_is_another", "earlier_ballot_stands"]
    ended(hall, 1, NOON)
    assert ballots.cast(vote.id, "yes", "alternate", by=alternate, at=NOON).revision == 2
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert newest_count(vote.id).decision["heads"]["yes"] == 1  # type: ignore[union-attr]


def test_a_holder_whose_own_mandate_ends_passes_nothing_on(app: Flask) -> None:
    hall, vote = scene()
    ended(hall, 0, NOON)
    refused = codes(lambda: cast(hall, vote, 0, NOON, whose=3))
    assert refused == ["mandate_not_in_force", "voter_absent", "proxy_holder_absent", "no_ballot_stands"]


def test_a_holder_that_leaves_votes_no_more_and_what_it_cast_stands(app: Flask) -> None:
    hall, vote = scene()
    cast(hall, vote, 0, NOON - MINUTE, whose=3)
    make.leave(assembly_of(vote), hall, 0, at=NOON)
    assert codes(lambda: cast(hall, vote, 0, NOON, whose=3, choice="no")) == [
        "voter_absent", "proxy_holder_absent", "earlier_ballot_stands",
    ]  # fmt: skip
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert newest_count(vote.id).decision["heads"]["yes"] == 1  # type: ignore[union-attr]


def test_the_principal_that_comes_votes_itself_over_what_its_holder_cast(app: Flask) -> None:
    hall, vote = scene()
    cast(hall, vote, 0, NOON - MINUTE, whose=3)
    make.arrive(assembly_of(vote), hall, 3, at=NOON)
    assert codes(lambda: cast(hall, vote, 0, NOON, whose=3, choice="no")) == [
        "voter_is_another",
        "earlier_ballot_stands",
    ]
    assert cast(hall, vote, 3, NOON, choice="no").revision == 2
    rows = db.session.query(Ballot.choice, Ballot.proxy_id).order_by(Ballot.revision).all()
    assert [(choice, proxy_id is not None) for choice, proxy_id in rows] == [("yes", True), ("no", False)]


def test_each_ballot_by_proxy_is_told_to_the_principal_once_and_never_how(app: Flask) -> None:
    hall, vote = scene()
    for _ in range(2):
        ballots.cast(vote.id, "yes", "same", for_id=hall.members[3].id, by=hall.delegates[0], at=NOON)
    cast(hall, vote, 0, NOON + MINUTE, whose=3, choice="no")
    told = db.session.query(Notice).filter_by(kind="ballot_by_proxy").order_by(Notice.id).all()
    assert [(one.person_id, one.organisation_id, one.params) for one in told] == [
        (hall.delegates[3].person_id, hall.members[3].id, {"code": vote.code})
    ] * 2


def test_a_proxy_for_one_item_votes_on_no_other(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall, ("Secretaría", "Cuota"))
    _first, second = make.items(assembly)
    make.proxy(assembly, hall, 2, 0, item_id=second.id)
    make.arrive(assembly, hall, 0, 1)
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall, 0)
    assert codes(lambda: cast(hall, vote, 0, NOON, whose=2)) == ["voter_absent", "no_ballot_stands"]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    other = make.opened(assembly, hall, 1, at=vote.closes_at)
    assert cast(hall, other, 0, vote.closes_at + MINUTE, whose=2).revision == 1


def test_a_clock_that_jumps_back_closes_nobody_out_and_puts_nothing_before_what_is_on_record(
    app: Flask,
) -> None:
    hall, vote = scene()
    back = STARTS - HOUR
    refused = codes(lambda: cast(hall, vote, 0, back))
    assert refused == ["opening_not_reached", "no_ballot_stands"]
    cast(hall, vote, 1, NOON, choice="no")
    later = cast(hall, vote, 1, NOON - MINUTE, choice="yes")
    assert later.revision == 2
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    # The newest revision counts, whatever the clock said when it came.
    assert newest_count(vote.id).decision["heads"] == {  # type: ignore[union-attr]
        "yes": 1, "no": 0, "abstain": 0, "blank": 0, "invalid": 0, "not_voted": 3,
    }  # fmt: skip


def test_a_clock_that_jumps_back_makes_no_stay_end_before_it_began_and_takes_no_proxy_back_before_it_was_given(
    app: Flask,
) -> None:
    hall, vote = scene()
    make.leave(assembly_of(vote), hall, 1, at=STARTS - HOUR)
    stay = db.session.query(Presence).filter_by(person_id=make.person(hall, 1)).one()
    assert stay.left_at == stay.entered_at
    proxy = db.session.query(Proxy).one()
    take_back = lambda at: lambda: proxies.take_back(proxy.id, by=hall.delegates[3], at=at)  # noqa: E731
    assert codes(take_back(CALLED - HOUR)) == ["proxy_not_standing"]
    assert take_back(CALLED)().withdrawn_at == proxy.given_at
    assert facts.voter_of(assembly_of(vote), make.elector(assembly_of(vote), 3, hall), NOON).person is None


def test_ending_a_mandate_through_the_register_stops_the_next_ballot(app: Flask) -> None:
    hall, vote = scene()
    registrar = people.actor(Role.UNIT)
    appointments.end_mandate(hall.delegates[1].mandate_id or 0, reason="Renuncia.", by=registrar, at=NOON)
    assert "mandate_not_in_force" in codes(lambda: cast(hall, vote, 1, NOON))
