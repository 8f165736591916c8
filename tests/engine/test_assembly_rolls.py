"""The roll of an assembly: exceptions before it is frozen, amendments by two people after, and nothing once it has begun."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from consultations.actor import SYSTEM, Actor
from consultations.engine import agenda, agenda_votes, ballots, counts, roll_exceptions, votes
from consultations.engine import assembly_amendments as amendments
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import rolls
from consultations.models.assemblies import Assembly, AssemblyElector, RollChange
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.models.presence import Proxy
from consultations.models.timers import Notice
from consultations.models.votes import RollEntry, Vote
from tests.engine.refusals import codes as codes_with
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories.assemblies import CALLED, HOUR, STARTS, Hall
from workflows.roles import Role

LATER = CALLED + timedelta(days=1)
WHY = "Pagó su cuota el 2 de octubre."


def refused(verb: Any, *args: Any, **kwargs: Any) -> list[str]:
    """Every reason with which it is refused."""
    return codes_with(lambda: verb(*args, **kwargs))


def bad(hall: Hall, *numbers: int) -> None:
    """These members are not in good standing."""
    for n in numbers:
        hall.members[n].good_standing = False
    db.session.flush()


def on_roll(assembly: Assembly) -> list[str]:
    return [elector.elector for elector in facts.electors(assembly.id)]


def codes_of(hall: Hall, *numbers: int) -> list[str]:
    return sorted(hall.members[n].code for n in numbers)


def happened(assembly: Assembly, name: str) -> list[Event]:
    query = db.session.query(Event).filter_by(subject_kind="assembly", subject_id=assembly.id, name=name)
    return list(query.order_by(Event.id))


def told(kind: str) -> list[tuple[int, int | None]]:
    return sorted(
        (row.person_id, row.organisation_id) for row in db.session.query(Notice).filter_by(kind=kind)
    )


def except_(assembly: Assembly, hall: Hall, n: int, by: Actor | None = None, reason: str = WHY) -> RollChange:
    return roll_exceptions.propose(
        assembly.id, organisation_id=hall.members[n].id, reason=reason, by=by or hall.secretary, at=CALLED
    )


def amend(assembly: Assembly, hall: Hall, *numbers: int, reason: str = WHY, at: Any = LATER) -> str:
    return amendments.propose(
        assembly.id,
        organisations=[hall.members[n].id for n in numbers],
        reason=reason,
        by=hall.secretary,
        at=at,
    )


def signed(assembly: Assembly, hall: Hall, *numbers: int, at: Any = LATER) -> str:
    roll = amend(assembly, hall, *numbers, at=at)
    assert amendments.confirm(assembly.id, roll_sha256=roll, by=hall.scrutineer, at=at)
    db.session.expire_all()
    return roll


def test_an_exception_by_two_people_lets_in_whom_the_rule_leaves_out(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 1, 2)
    assembly = make.prepared(hall)
    make.item(assembly, hall)
    row = except_(assembly, hall, 1)
    except_(assembly, hall, 2)  # nobody confirms this one
    assert told("assembly_second_wanted") == sorted(
        (who.person_id, None) for who in (hall.president, hall.scrutineer) for _ in range(2)
    )
    roll_exceptions.confirm(row.id, by=hall.president, at=CALLED)
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    assert on_roll(assembly) == codes_of(hall, 0, 1)
    kinds = {(one.organisation_id, one.kind) for one in db.session.query(RollChange)}
    assert kinds == {
        (hall.members[1].id, "exception"), (hall.members[2].id, "exception"), (hall.members[2].id, "excluded"),
    }  # fmt: skip
    assert (row.confirmed_by_id, row.confirmed_at) == (hall.president.person_id, CALLED)
    assert [event.reason for event in happened(assembly, "roll_exception_confirmed")] == [WHY]


def test_an_exception_is_proposed_for_whom_the_rule_leaves_out_once_and_with_a_reason(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 1)
    assembly = make.prepared(hall)
    assert except_(assembly, hall, 1).id == except_(assembly, hall, 1).id
    assert refused(except_, assembly, hall, 1, reason="Otra razón.") == ["exception_not_needed"]
    assert refused(except_, assembly, hall, 0) == ["exception_not_needed"]
    assert refused(except_, assembly, make.hall(1), 0, by=hall.secretary) == ["exception_not_needed"]
    assert refused(except_, assembly, hall, 1, reason=" ") == ["reason_missing", "exception_not_needed"]
    assert refused(except_, assembly, hall, 1, by=hall.president, reason="x")[0] == "role_may_not"


def test_who_proposed_an_exception_does_not_confirm_it_in_any_office(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 1)
    assembly = make.prepared(hall)
    row = except_(assembly, hall, 1)
    also = people.actor(
        Role.PRESIDENT, network=hall.body, by=db.session.get_one(Person, hall.secretary.person_id)
    )
    for same in (hall.secretary, also):
        assert refused(roll_exceptions.confirm, row.id, by=same, at=CALLED) == ["second_signature_missing"]
    assert refused(roll_exceptions.confirm, row.id, by=hall.committee, at=CALLED) == ["role_may_not"]
    with pytest.raises(NotFound):
        roll_exceptions.confirm(0, by=hall.president, at=CALLED)
    roll_exceptions.confirm(row.id, by=hall.president, at=CALLED)
    assert roll_exceptions.confirm(row.id, by=hall.scrutineer, at=LATER).confirmed_at == CALLED


def test_an_exception_is_given_up_with_a_reason_until_the_roll_is_frozen(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 1, 2)
    assembly = make.prepared(hall)
    make.item(assembly, hall)
    row, kept = except_(assembly, hall, 1), except_(assembly, hall, 2)
    roll_exceptions.confirm(row.id, by=hall.president, at=CALLED)
    assert refused(roll_exceptions.drop, row.id, reason=" ", by=hall.scrutineer, at=CALLED) == [
        "reason_missing"
    ]
    roll_exceptions.drop(row.id, reason="No consta el pago.", by=hall.scrutineer, at=CALLED)
    roll_exceptions.confirm(kept.id, by=hall.president, at=CALLED)
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    assert on_roll(assembly) == codes_of(hall, 0, 2)
    assert refused(roll_exceptions.drop, kept.id, reason="x", by=hall.president, at=LATER) == [
        "move_not_from_here"
    ]
    assert refused(except_, assembly, hall, 1) == ["move_not_from_here"]
    (event,) = happened(assembly, "roll_exception_dropped")
    assert json.loads(event.payload)["organisation"] == f"organisation/{hall.members[1].id}"


def test_an_exception_for_who_has_left_the_body_since_does_not_stop_the_convocation(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 1)
    assembly = make.prepared(hall)
    make.item(assembly, hall)
    roll_exceptions.confirm(except_(assembly, hall, 1).id, by=hall.president, at=CALLED)
    hall.members[1].memberships[0].until = CALLED.date()
    db.session.flush()
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    assert on_roll(assembly) == codes_of(hall, 0, 2)


def test_an_amendment_adds_removes_and_reweighs_and_the_votes_follow_with_the_same_hash(app: Flask) -> None:
    hall = make.hall(4, weights={"members": "10"})
    bad(hall, 3)
    rule = make.roll_rule(weight={"by": "field", "field": "members"})
    assembly = make.convened(hall, ("Uno", "Dos"), roll_rule=rule)
    before = assembly.roll_sha256
    hall.members[3].good_standing = True
    bad(hall, 1)
    hall.members[2].weights = {"members": "7"}
    hall.members[0].weights = {"members": "3"}  # nobody takes this one over
    db.session.flush()
    roll = signed(assembly, hall, 1, 2, 3)
    assert assembly.roll_sha256 == roll == facts.sha256(assembly.id) != before
    assert on_roll(assembly) == codes_of(hall, 0, 2, 3)
    assert {e.elector: e.weight for e in facts.electors(assembly.id)} == {
        hall.members[0].code: "10", hall.members[2].code: "7", hall.members[3].code: "10",
    }  # fmt: skip
    for vote in db.session.query(Vote).filter_by(assembly_id=assembly.id):
        assert vote.roll_sha256 == rolls.sha256(vote.id) == roll
        events = db.session.query(Event).filter_by(
            subject_kind="vote", subject_id=vote.id, name="roll_amended"
        )
        assert json.loads(events.one().payload)["former_sha256"] == before
    changes = {
        row.organisation_id: row for row in db.session.query(RollChange).filter(RollChange.kind != "excluded")
    }
    assert {hall.members.index(db.session.get_one(type(hall.members[0]), id)): (row.kind, row.weight) for id, row in changes.items()} == {
        1: ("removed", ""), 2: ("reweighted", "7"), 3: ("added", "10"),
    }  # fmt: skip
    assert {
        (row.reason, row.roll_sha256, row.proposed_by_id, row.confirmed_by_id) for row in changes.values()
    } == {(WHY, roll, hall.secretary.person_id, hall.scrutineer.person_id)}
    (event,) = happened(assembly, "assembly_roll_amended")
    assert json.loads(event.payload)["weights"] == {
        f"organisation/{hall.members[1].id}": ["10", ""], f"organisation/{hall.members[2].id}": ["10", "7"],
        f"organisation/{hall.members[3].id}": ["", "10"],
    }  # fmt: skip
    for kind, n in (("removed", 1), ("changed", 2), ("added", 3)):
        assert told(f"assembly_roll_{kind}") == [(hall.delegates[n].person_id, hall.members[n].id)]


def test_an_amended_roll_keeps_the_cap_of_its_rule(app: Flask) -> None:
    hall = make.hall(4, weights={"members": "4"})
    hall.members[0].weights = {"members": "10"}
    rule = make.roll_rule(weight={"by": "field", "field": "members"}, cap={"share": "1/3"})
    assembly = make.convened(hall, roll_rule=rule)
    weights = {e.elector: e.weight for e in facts.electors(assembly.id)}
    assert weights[hall.members[0].code] == "6"  # a third of 18
    bad(hall, 3)
    assert refused(amend, assembly, hall, 3) == ["roll_cap_exceeded"]  # 6 of 14 would be more than a third
    signed(assembly, hall, 0, 3)
    assert {e.elector: e.weight for e in facts.electors(assembly.id)} == dict.fromkeys(
        codes_of(hall, 0, 1, 2), "4"
    )


def test_who_comes_on_the_roll_needs_its_group_as_everybody_on_it_did(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 2)
    hall.members[2].products = []
    products = [{"attribute": "product", "by": "product", "several": "primary"}]
    for member in hall.members[:2]:
        member.products = ["cafe"]
    db.session.flush()
    assembly = make.convened(hall, roll_rule=make.roll_rule(groups=products))
    assert refused(amend, assembly, hall, 2) == ["roll_group_missing"]


def test_whom_the_rule_leaves_out_comes_on_the_roll_by_two_signatures_and_a_reason(app: Flask) -> None:
    hall = make.hall(3)
    bad(hall, 2)
    assembly = make.convened(hall)
    signed(assembly, hall, 2)
    assert on_roll(assembly) == codes_of(hall, 0, 1, 2)


def test_a_proposal_is_signed_by_another_person_as_it_was_read(app: Flask) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    bad(hall, 1, 2)
    roll = amend(assembly, hall, 1)
    assert amend(assembly, hall, 1) == roll
    assert len(happened(assembly, "assembly_roll_proposed")) == 1
    confirm = amendments.confirm
    assert refused(confirm, assembly.id, roll_sha256=roll, by=hall.secretary, at=LATER) == [
        "second_signature_missing"
    ]
    assert refused(confirm, assembly.id, roll_sha256="0" * 64, by=hall.president, at=LATER) == [
        "roll_proposal_stale"
    ]
    newer = amend(assembly, hall, 1, 2, reason="También la segunda.")
    assert refused(confirm, assembly.id, roll_sha256=roll, by=hall.president, at=LATER) == [
        "roll_proposal_stale"
    ]
    hall.members[2].good_standing = True  # the register is put right in the meantime
    db.session.flush()
    assert refused(confirm, assembly.id, roll_sha256=newer, by=hall.president, at=LATER) == [
        "roll_proposal_stale"
    ]
    again = amend(assembly, hall, 1)
    assert confirm(assembly.id, roll_sha256=again, by=hall.president, at=LATER)
    assert not confirm(assembly.id, roll_sha256=again, by=hall.scrutineer, at=LATER)
    assert refused(confirm, assembly.id, roll_sha256=roll + "0", by=hall.president, at=LATER) == [
        "roll_proposal_stale"
    ]


@pytest.mark.parametrize(
    ("at", "codes"), [(STARTS - timedelta(microseconds=1), []), (STARTS, ["assembly_begun"])]
)
def test_the_roll_is_amended_until_the_assembly_begins_and_never_after(
    app: Flask, at: Any, codes: list[str]
) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    bad(hall, 1)
    if codes:
        roll = amend(assembly, hall, 1)
        assert refused(amend, assembly, hall, 1, reason="Otra.", at=at) == codes
        assert refused(amendments.confirm, assembly.id, roll_sha256=roll, by=hall.president, at=at) == codes
    else:
        signed(assembly, hall, 1, at=at)
        assert on_roll(assembly) == codes_of(hall, 0, 2)


def test_after_the_first_call_nobody_amends_the_roll(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    bad(hall, 1)
    roll = amend(assembly, hall, 1)
    make.arrive(assembly, hall, 0, 2)
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assert refused(amend, assembly, hall, 1, reason="Otra.", at=STARTS) == ["move_not_from_here"]
    confirm = amendments.confirm
    assert refused(confirm, assembly.id, roll_sha256=roll, by=hall.president, at=STARTS) == [
        "roll_proposal_stale"
    ]


def test_an_assembly_that_was_put_off_has_its_roll_amended_until_it_begins(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    make.assemblies.postpone(
        assembly.id, starts_at=STARTS + 48 * HOUR, reason="Lluvias.", by=hall.president, at=CALLED
    )
    bad(hall, 1)
    signed(assembly, hall, 1, at=STARTS + 24 * HOUR)
    assert on_roll(assembly) == codes_of(hall, 0, 2)


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [((), ["roll_hash_not_new"]), ((0,), ["roll_hash_not_new"]), ((1, 2), ["roll_empty"])],
)
def test_an_amendment_changes_something_and_leaves_somebody(
    app: Flask, numbers: tuple[int, ...], codes: list[str]
) -> None:
    hall = make.hall(3)
    bad(hall, 0)
    assembly = make.convened(hall)
    hall.members[0].good_standing = True
    bad(hall, 1, 2)
    if numbers == (0,):
        signed(assembly, hall, 0)
    assert refused(amend, assembly, hall, *numbers) == codes


def test_who_has_come_already_is_not_taken_off(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 1, at=STARTS - HOUR)
    bad(hall, 1)
    assert refused(amend, assembly, hall, 1, at=STARTS - HOUR / 2) == ["roll_elector_came"]


def test_with_who_goes_its_proxies_end_and_who_gave_it_one_is_told(app: Flask) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    given = make.proxy(assembly, hall, 0, 1)
    own = make.proxy(assembly, hall, 2, 3)
    bad(hall, 1, 2)
    signed(assembly, hall, 1, 2)
    ended = {proxy.id: proxy.withdrawn_at for proxy in db.session.query(Proxy)}
    assert ended == {given.id: LATER, own.id: LATER}
    assert told("assembly_proxy_ended") == [(hall.delegates[0].person_id, hall.members[0].id)]
    make.proxy(assembly, hall, 0, 3, at=LATER)
    assert db.session.query(AssemblyElector).filter_by(assembly_id=None).count() == 2
    hall.members[1].good_standing = True
    db.session.flush()
    signed(assembly, hall, 1)
    assert on_roll(assembly) == codes_of(hall, 0, 1, 3)


def test_an_amended_roll_is_the_one_that_votes_open_and_are_counted_by(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    bad(hall, 1)
    signed(assembly, hall, 1)
    make.arrive(assembly, hall, 0, 2)
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    opened = vote.opened_at
    assert opened is not None
    cast = ballots.cast
    cast(vote.id, "yes", "b-0", by=hall.delegates[0], at=opened)
    assert refused(cast, vote.id, "yes", "b-1", by=hall.delegates[1], at=opened) == [
        "organisation_not_on_roll"
    ]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    counted = counts.count(vote.id, by=SYSTEM, at=vote.closes_at)
    assert counted is not None
    assert counted.decision["electors"] == 2


def test_a_roll_that_was_changed_by_another_way_opens_and_counts_nothing(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Uno", "Dos"))
    first = make.items(assembly)[0]
    entry = update(RollEntry).where(RollEntry.vote_id == first.vote_id)
    changed = {"execution_options": {"synchronize_session": False}}
    agenda.take_up(first.id, by=hall.president, at=STARTS + HOUR)
    open_it = {"minutes": 10, "by": hall.president, "at": STARTS + HOUR}
    assembly_row = update(AssemblyElector).where(AssemblyElector.elector == hall.members[0].code)
    vote_id = first.vote_id
    for tampered in (entry.where(RollEntry.elector == hall.members[0].code), assembly_row):
        db.session.commit()
        db.session.execute(tampered.values(weight="2"), **changed)
        db.session.expire_all()
        assert refused(agenda_votes.open_vote, vote_id, **open_it) == ["roll_changed"]
        db.session.rollback()
    vote = agenda_votes.open_vote(vote_id, **open_it)
    closes_at = vote.closes_at
    db.session.execute(entry.where(RollEntry.elector == hall.members[1].code).values(weight="5"), **changed)
    db.session.expire_all()
    assert refused(close_and_count, vote_id, closes_at) == ["roll_changed"]


def close_and_count(vote_id: int, at: Any) -> None:
    votes.close_vote(vote_id, by=SYSTEM, at=at)
    counts.count(vote_id, by=SYSTEM, at=at)
