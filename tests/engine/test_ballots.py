"""Casting: one organisation, one ballot; every acknowledged one counts, none at or after the closing instant."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from consultations.actor import SYSTEM, Actor
from consultations.engine import ballots, votes
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts.boards import leaf
from consultations.models.ballots import Ballot
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.timers import Notice
from tests.factories import people
from tests.factories import votes as make
from workflows.refusals import Refused
from workflows.roles import Role

TICK = timedelta(microseconds=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def cast_rows(vote_id: int) -> list[tuple[int, str]]:
    query = select(Ballot.revision, Ballot.choice).where(Ballot.vote_id == vote_id).order_by(Ballot.id)
    return [tuple(row) for row in db.session.execute(query)]


def happened(vote_id: int) -> list[str]:
    query = select(Event.name).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name.like("ballot%")
    )
    return list(db.session.scalars(query.order_by(Event.id)))


@pytest.mark.parametrize(
    ("moment", "refusals"),
    [
        ("one tick before opening", ["opening_not_reached", "no_ballot_stands"]),
        ("at opening", None),
        ("one tick before closing", None),
        ("at closing", ["deadline_passed", "no_ballot_stands"]),
        ("one tick after closing", ["deadline_passed", "no_ballot_stands"]),
    ],
)
def test_the_window_takes_the_opening_instant_and_not_the_closing_one(
    app: Flask, moment: str, refusals: list[str] | None
) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    at = {
        "one tick before opening": vote.opens_at - TICK,
        "at opening": vote.opens_at,
        "one tick before closing": vote.closes_at - TICK,
        "at closing": vote.closes_at,
        "one tick after closing": vote.closes_at + TICK,
    }[moment]
    if refusals is None:
        assert make.cast(vote, hall.delegates[0], "yes", at=at).revision == 1
        assert cast_rows(vote.id) == [(1, "yes")]
        return
    with pytest.raises(Refused) as refused:
        make.cast(vote, hall.delegates[0], "yes", at=at)
    assert codes(refused) == refusals
    assert cast_rows(vote.id) == []


def test_the_same_request_is_one_ballot_with_one_receipt_even_after_closing(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    first = make.cast(vote, hall.delegates[0], "yes", request_id="r-1")
    again = make.cast(vote, hall.delegates[0], "yes", request_id="r-1")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    late = make.cast(vote, hall.delegates[0], "no", request_id="r-1", at=vote.closes_at + timedelta(days=1))
    assert (first.repeated, again.repeated, late.repeated) == (False, True, True)
    assert {(r.code, r.choice, r.cast_at, r.revision) for r in (first, again, late)} == {
        (first.code, "yes", first.cast_at, 1)
    }
    assert cast_rows(vote.id) == [(1, "yes")]
    assert happened(vote.id) == ["ballot_cast"]


def test_two_tabs_with_one_choice_make_one_ballot_and_another_choice_makes_a_revision(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    first = make.cast(vote, hall.delegates[0], "yes")
    second_tab = make.cast(vote, hall.delegates[0], "yes")
    changed = make.cast(vote, hall.delegates[0], "no")
    back = make.cast(vote, hall.delegates[0], "yes")
    assert (second_tab.code, second_tab.repeated) == (first.code, True)
    assert [(r.revision, r.repeated) for r in (first, changed, back)] == [(1, False), (2, False), (3, False)]
    assert len({first.code, changed.code, back.code}) == 3
    assert cast_rows(vote.id) == [(1, "yes"), (2, "no"), (3, "yes")]
    assert happened(vote.id) == ["ballot_cast", "ballot_changed", "ballot_changed"]


def test_another_person_of_the_organisation_changes_the_same_ballot(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    alternate = people.actor(Role.DELEGATE, organisation=hall.members[0])
    make.cast(vote, hall.delegates[0], "yes")
    assert make.cast(vote, alternate, "no").revision == 2
    assert make.cast(vote, hall.delegates[1], "yes").revision == 1


def test_a_refusal_says_which_ballot_stands(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    stands = make.cast(vote, hall.delegates[0], "yes")
    with pytest.raises(Refused) as refused:
        make.cast(vote, hall.delegates[0], "no", at=vote.closes_at)
    assert codes(refused) == ["deadline_passed", "earlier_ballot_stands"]
    assert refused.value.refusals[-1].values == {"cast_at": stands.cast_at.isoformat()}


@pytest.mark.parametrize(
    ("case", "refusals"),
    [
        ("mandate ended", ["mandate_not_in_force", "no_ballot_stands"]),
        ("mandate of another person", ["mandate_not_in_force", "no_ballot_stands"]),
        ("not on the roll", ["organisation_not_on_roll"]),
        ("choice unknown", ["choice_unknown", "no_ballot_stands"]),
        ("no choice", ["choice_unknown", "no_ballot_stands"]),
        ("suspended", ["move_not_from_here", "no_ballot_stands"]),
        ("secretary", ["role_may_not", "organisation_not_on_roll"]),
        ("two reasons", ["deadline_passed", "choice_unknown", "no_ballot_stands"]),
    ],
)
def test_what_is_refused_leaves_no_ballot(app: Flask, case: str, refusals: list[str]) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    at, who, choice = vote.opens_at + timedelta(hours=1), hall.delegates[0], "yes"
    if case == "mandate ended":
        db.session.get_one(Mandate, who.mandate_id).ends_at = at
    elif case == "mandate of another person":
        other = hall.delegates[1]
        who = Actor(Role.DELEGATE, other.person_id, who.mandate_id, who.organisation_id)
    elif case == "not on the roll":
        who = people.delegate()
    elif case == "choice unknown":
        choice = "maybe"
    elif case == "no choice":
        choice = ""
    elif case == "suspended":
        votes.suspend(vote.id, reason="The line is down", by=hall.president, at=at)
    elif case == "secretary":
        who = hall.secretary
    else:
        at, choice = vote.closes_at, "maybe"
    db.session.flush()
    with pytest.raises(Refused) as refused:
        make.cast(vote, who, choice, at=at)
    assert codes(refused) == refusals
    assert cast_rows(vote.id) == []
    assert happened(vote.id) == []


def test_a_vote_that_is_not_open_takes_no_ballot(app: Flask) -> None:
    hall = make.hall(2)
    with pytest.raises(Refused) as refused:
        make.cast(make.convened(hall), hall.delegates[0], "yes")
    assert codes(refused) == ["move_not_from_here", "no_ballot_stands"]
    with pytest.raises(NotFound):
        ballots.cast(4711, "yes", "r", by=hall.delegates[0], at=make.OPENS)


def test_a_roll_entry_of_one_vote_is_no_entry_of_another(app: Flask) -> None:
    here, there = make.hall(2), make.hall(2)
    vote = make.opened(here)
    make.opened(there)
    with pytest.raises(Refused) as refused:
        make.cast(vote, there.delegates[0], "yes")
    assert codes(refused) == ["organisation_not_on_roll"]


def test_the_event_holds_the_leaf_and_not_the_choice(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    receipt = make.cast(vote, hall.delegates[0], "abstain")
    payload = db.session.scalar(select(Event.payload).where(Event.name == "ballot_cast"))
    elector = hall.members[0].code
    assert "abstain" not in payload
    assert receipt.code not in payload
    assert f'"leaf":"{leaf(vote.code, elector, 1, "abstain", receipt.code)}"' in payload
    assert f'"organisation":"organisation/{hall.members[0].id}"' in payload
    notice = db.session.scalars(select(Notice).where(Notice.kind == "ballot_receipt")).one()
    assert (notice.person_id, notice.params) == (
        hall.delegates[0].person_id,
        {"code": vote.code, "receipt": receipt.code, "revision": "1"},
    )


@pytest.mark.parametrize("table", ["ballots", "events"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET person_id = NULL", "DELETE FROM {}"])
def test_the_database_lets_nobody_change_or_delete_a_record(app: Flask, table: str, statement: str) -> None:
    hall = make.hall(2)
    make.cast(make.opened(hall), hall.delegates[0], "yes")
    db.session.commit()
    before = db.session.scalar(text(f"SELECT count(*) FROM {table}"))
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement.format(table)))
    db.session.rollback()
    assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == before > 0


@pytest.mark.parametrize("table", ["ballots", "events"])
def test_no_record_is_replaced_by_an_insert(app: Flask, table: str) -> None:
    hall = make.hall(2)
    make.cast(make.opened(hall), hall.delegates[0], "yes")
    db.session.commit()
    replace = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET person_id = NULL",
    }[db.engine.dialect.name]
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(replace))
    db.session.rollback()


def test_a_cast_takes_the_same_few_statements_however_many_ballots_there_are(app: Flask) -> None:
    hall = make.hall(12)
    vote = make.opened(hall)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def spent(n: int) -> int:
        statements.clear()
        make.cast(vote, hall.delegates[n], "yes")
        return len(statements)

    spent(0)
    counted = [spent(n) for n in range(1, 12)]
    assert set(counted) == {5 if db.engine.dialect.name == "sqlite" else 3}
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 12
