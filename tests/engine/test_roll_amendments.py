"""The roll of a convened vote: one person proposes, another carries out, all of it is on record, and never after opening."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import roll_amendments, votes
from consultations.extensions import db
from consultations.facts import pairs, roll_changes, rolls
from consultations.facts.votes import noted
from consultations.models.events import Event
from consultations.models.organisations import Membership, Organisation
from consultations.models.timers import Notice
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

AT = make.CALLED + timedelta(days=1)
LATER = AT + timedelta(hours=1)
TICK = timedelta(microseconds=1)
WHY = "Its payment had not been booked"


def joining(hall: make.Hall) -> Organisation:
    """An organisation that was a member all along, as the register now says, with its delegate."""
    made = people.organisation(country="HN")
    db.session.add(Membership(organisation_id=made.id, network_id=hall.body.id, since=date(2020, 1, 1)))
    db.session.flush()
    people.delegate(made)
    return made


def scene(*, weight_field: str = ""):
    hall = make.hall(3, weights={"members": "5"})
    vote = make.convened(hall, weight_field=weight_field)
    return hall, vote


def electors(vote) -> set[str]:
    return {elector.elector for elector in rolls.frozen(vote.id)}


def test_what_two_people_sign_is_on_the_roll_with_a_new_hash(app: Flask) -> None:
    hall, vote = scene()
    new, former = joining(hall), vote.roll_sha256
    read = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    assert (vote.roll_sha256, new.code in electors(vote)) == (former, False)
    assert roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.scrutineer, at=LATER) is True
    assert vote.roll_sha256 == read == rolls.sha256(vote.id) != former
    assert electors(vote) == {member.code for member in (*hall.members, new)}
    event = db.session.scalars(select(Event).where(Event.name == "roll_amended")).one()
    assert (event.person_id, event.reason) == (hall.scrutineer.person_id, WHY)
    assert noted(vote.id, "roll_amended", "added") == [f"organisation/{new.id}"]
    assert noted(vote.id, "roll_amended", "former_sha256") == former
    assert votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS) is True


def test_one_person_alone_amends_nothing_also_in_two_roles(app: Flask) -> None:
    hall, vote = scene()
    new = joining(hall)
    again = people.actor(
        Role.SCRUTINEER, network=hall.body, by=db.session.get(people.Person, hall.secretary.person_id)
    )
    read = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    for actor in (hall.secretary, again):
        with refused_with("second_signature_missing"):
            roll_amendments.confirm(vote.id, roll_sha256=read, by=actor, at=LATER)
    assert new.code not in electors(vote)


def test_only_a_secretary_proposes_and_a_reason_is_asked(app: Flask) -> None:
    hall, vote = scene()
    new = joining(hall)
    with refused_with("role_may_not"):
        roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.president, at=AT)
    with refused_with("reason_missing"):
        roll_amendments.propose(vote.id, organisations=[new.id], reason=" ", by=hall.secretary, at=AT)


@pytest.mark.parametrize("named", [[], [4711]])
def test_where_nothing_differs_there_is_nothing_to_propose(app: Flask, named: list[int]) -> None:
    hall, vote = scene()
    joining(hall)
    with refused_with("roll_hash_not_new"):
        roll_amendments.propose(vote.id, organisations=named, reason=WHY, by=hall.secretary, at=AT)


def test_only_the_organisations_named_change_the_others_stay_as_they_were_frozen(app: Flask) -> None:
    hall, vote = scene(weight_field="members")
    gone, heavier, lighter = hall.members
    gone.good_standing, heavier.weights, lighter.weights = False, {"members": "7"}, {"members": "1"}
    db.session.flush()
    found = {change.elector.elector: change.kind for change in roll_changes.changes(vote, AT)}
    assert found == {gone.code: "removed", heavier.code: "changed", lighter.code: "changed"}
    named = [gone.id, heavier.id]
    read = roll_amendments.propose(vote.id, organisations=named, reason=WHY, by=hall.secretary, at=AT)
    roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=LATER)
    kept = {elector.elector: elector.weight for elector in rolls.frozen(vote.id)}
    assert kept == {heavier.code: "7", lighter.code: "5"}
    told = db.session.execute(select(Notice.kind, Notice.person_id).where(Notice.kind.like("roll_%")))
    assert {tuple(row) for row in told} == {
        ("roll_removed", hall.delegates[0].person_id), ("roll_changed", hall.delegates[1].person_id),
    }  # fmt: skip


def test_a_new_name_alone_is_no_difference(app: Flask) -> None:
    hall, vote = scene()
    hall.members[0].name = "Renamed"
    db.session.flush()
    assert roll_changes.changes(vote, AT) == ()


def test_what_was_read_is_what_is_signed(app: Flask) -> None:
    hall, vote = scene()
    new, other = joining(hall), joining(hall)
    first = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    both = [new.id, other.id]
    second = roll_amendments.propose(vote.id, organisations=both, reason=WHY, by=hall.secretary, at=LATER)
    with refused_with("roll_proposal_stale"):
        roll_amendments.confirm(vote.id, roll_sha256=first, by=hall.president, at=LATER)
    other.country = "PE"  # the register moves on between the two signatures
    db.session.flush()
    with refused_with("roll_proposal_stale"):
        roll_amendments.confirm(vote.id, roll_sha256=second, by=hall.president, at=LATER)
    assert electors(vote) == {member.code for member in hall.members}


def test_sent_twice_it_is_one_proposal_and_one_amendment(app: Flask) -> None:
    hall, vote = scene()
    new = joining(hall)
    sent = {"organisations": [new.id], "reason": WHY, "by": hall.secretary}
    read = roll_amendments.propose(vote.id, **sent, at=AT)
    assert roll_amendments.propose(vote.id, **sent, at=LATER) == read
    assert roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=LATER) is True
    assert roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=LATER) is False
    for name in ("roll_amendment_proposed", "roll_amended"):
        assert db.session.query(Event).filter_by(name=name).count() == 1
    assert pairs.proposed_roll(vote) is None


@pytest.mark.parametrize(("before", "taken"), [(TICK, True), (timedelta(0), False)])
def test_at_the_opening_instant_it_is_too_late_also_where_the_clock_is_late(
    app: Flask, before: timedelta, taken: bool
) -> None:
    hall, vote = scene()
    new = joining(hall)
    read = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    at = make.OPENS - before
    if taken:
        assert roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=at) is True
        return
    with refused_with("roll_amended_too_late"):
        roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=at)
    with refused_with("roll_amended_too_late"):
        roll_amendments.propose(vote.id, organisations=[new.id], reason="x", by=hall.secretary, at=at)


def test_after_opening_nothing_is_amended(app: Flask) -> None:
    hall, vote = scene()
    new = joining(hall)
    read = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS)
    with refused_with("roll_proposal_stale"):
        roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=make.OPENS)


def test_a_roll_that_would_not_fit_the_rule_is_not_proposed(app: Flask) -> None:
    hall, vote = scene(weight_field="members")
    new = joining(hall)  # without the weight that the vote counts
    with refused_with("weights_missing"):
        roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)


def test_who_comes_on_the_roll_is_called_and_may_vote(app: Flask) -> None:
    hall, vote = scene()
    new = joining(hall)
    read = roll_amendments.propose(vote.id, organisations=[new.id], reason=WHY, by=hall.secretary, at=AT)
    asked = db.session.scalars(select(Notice.person_id).where(Notice.kind == "second_signature_wanted"))
    assert set(asked) == {hall.president.person_id, hall.scrutineer.person_id}
    roll_amendments.confirm(vote.id, roll_sha256=read, by=hall.president, at=LATER)
    told = db.session.scalars(select(Notice.organisation_id).where(Notice.kind == "roll_added"))
    assert told.all() == [new.id]
    votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS)
    assert make.cast(vote, people.delegate(new), "yes").revision == 1
