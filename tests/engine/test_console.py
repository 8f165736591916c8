"""The console and the projector: who has voted and never how, a president out of reach, nothing of a result before its count."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations.actor import SYSTEM, Actor
from consultations.engine import assemblies, votes
from consultations.extensions import db
from consultations.facts.here import here
from consultations.models.votes import Vote
from consultations.queries import consoles, room, screens
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS
from workflows.roles import Role

LATER = STARTS + 2 * HOUR
MINUTE = timedelta(minutes=1)


def voting(members: int = 4, *, show_turnout: bool = True) -> tuple[make.Hall, make.Assembly, Vote]:
    """Members 0 to 2 of four are there, 0 with the proxy of 3; the vote on the first item is open for ten minutes."""
    hall = make.hall(members)
    assembly = make.prepared(hall)
    make.item(assembly, hall, show_turnout=show_turnout)
    assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1, 2)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    return hall, assembly, make.opened(assembly, hall)


def test_the_turnout_counts_who_is_there_or_represented_and_names_who_has_not_voted(app: Flask) -> None:
    hall, assembly, vote = voting()
    vote_factory.cast(vote, hall.delegates[0], "no", at=LATER)
    vote_factory.cast(vote, hall.delegates[1], "yes", at=LATER)
    make.leave(assembly, hall, 1, at=LATER)
    found = consoles.turnout(here(assembly, LATER), vote.id)
    assert (found.may, found.voted, found.elsewhere) == (3, 1, 1)
    assert {(one.name, one.by_proxy) for one in found.waiting} == {
        (hall.members[2].name, False), (hall.members[3].name, True),
    }  # fmt: skip


def test_the_console_has_the_item_in_hand_its_moves_and_the_next(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    before = consoles.page(assembly.id, by=hall.president, at=LATER)
    assert before is not None
    assert (before.item, before.next and before.next.position, before.vote) == (None, 1, None)
    make.opened(assembly, hall)
    now = consoles.page(assembly.id, by=hall.president, at=LATER)
    assert now is not None
    assert (now.item and now.item.position, now.next and now.next.position) == (1, 2)
    assert {"suspend", "extend", "close"} <= now.vote_can
    beside = consoles.page(assembly.id, by=hall.secretary, at=LATER)
    assert beside is not None
    assert {"suspend", "extend", "close", "resume"} & beside.vote_can == {"suspend"}


def test_officers_of_another_body_have_no_console(app: Flask) -> None:
    _, assembly, vote = voting()
    other = people.actor(Role.PRESIDENT, network=people.network())
    assert consoles.page(assembly.id, by=other, at=LATER) is None
    assert room.page(assembly.id, by=other, at=LATER) is None
    assert consoles.vote_of(assembly.id, vote.id, by=other) is False


@pytest.mark.parametrize("who", ["secretary", "president"])
def test_a_president_out_of_reach_leaves_a_secretary_who_can_stop_the_vote_and_nothing_else(
    app: Flask, who: str
) -> None:
    hall, assembly, vote = voting()
    by: Actor = getattr(hall, who)
    closes_at = vote.closes_at
    assemblies.suspend(assembly.id, reason="Se cayó la línea", by=by, at=LATER + MINUTE)
    for act in (
        lambda: votes.resume(vote.id, reason="Volvió", by=hall.secretary, at=LATER + 3 * MINUTE),
        lambda: assemblies.resume(assembly.id, by=hall.secretary, at=LATER + 3 * MINUTE),
    ):
        assert codes(act) in (["role_may_not"], ["assembly_in_break"])
    assemblies.resume(assembly.id, by=hall.president, at=LATER + 3 * MINUTE)
    assert (vote.state, vote.closes_at) == ("open", closes_at + 2 * MINUTE)


def test_a_secretary_neither_closes_nor_extends_and_the_clock_closes_whoever_is_connected(app: Flask) -> None:
    hall, _assembly, vote = voting()
    for act in (
        lambda: votes.close_vote(vote.id, by=hall.secretary, at=LATER),
        lambda: votes.extend(
            vote.id, closes_at=vote.closes_at + HOUR, reason="-", by=hall.secretary, at=LATER
        ),
    ):
        assert codes(act) == ["role_may_not"]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert vote.state in ("counted", "no_quorum")


def test_a_second_president_goes_on_where_the_first_was_lost(app: Flask) -> None:
    hall, assembly, vote = voting()
    another = people.actor(Role.PRESIDENT, network=hall.body)
    votes.close_vote(vote.id, by=another, at=LATER + MINUTE)
    assert make.items(assembly)[0].state == "decided"


def test_the_projector_shows_a_turnout_only_where_the_vote_does(app: Flask) -> None:
    hall, assembly, vote = voting()
    vote_factory.cast(vote, hall.delegates[0], "no", at=LATER)
    shown = screens.page(assembly.id, at=LATER)
    assert shown is not None
    assert shown.vote is not None
    assert (shown.vote.may, shown.vote.voted) == (4, 1)
    vote.show_turnout = False
    db.session.flush()
    hidden = screens.page(assembly.id, at=LATER)
    assert hidden is not None
    assert hidden.vote is not None
    assert (hidden.vote.may, hidden.vote.voted) == (None, None)


def test_the_projector_shows_a_result_when_it_is_counted_and_until_the_next_item_is_taken_up(
    app: Flask,
) -> None:
    hall, assembly, vote = voting()
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    vote_factory.cast(vote, hall.delegates[1], "no", at=LATER)
    before = screens.page(assembly.id, at=LATER)
    assert before is not None
    assert (before.result, before.item and before.item.state) == (None, "voted")
    votes.close_vote(vote.id, by=hall.president, at=LATER + MINUTE)
    after = screens.page(assembly.id, at=LATER + MINUTE)
    assert after is not None
    assert after.vote is None
    assert after.result is not None
    assert after.result.seats is not None
    counted = {part.choice: part.count for part in after.result.seats.parts}
    assert counted == {"yes": 1, "no": 1, "not_voted": 2}
    assert [label.country for label in after.result.seats.labels] == ["GT", "HN", "PE"]


def test_a_closed_vote_that_is_not_counted_shows_nothing(app: Flask) -> None:
    hall, assembly, vote = voting()
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    vote.state = "closed"
    db.session.flush()
    shown = screens.page(assembly.id, at=LATER)
    assert shown is not None
    assert (shown.result, shown.vote and shown.vote.voted) == (None, None)


def test_a_draft_has_no_projector(app: Flask) -> None:
    hall = make.hall(1)
    assembly = make.prepared(hall)
    assert screens.page(assembly.id, at=STARTS) is None
    assert screens.frame(assembly.id) is None


def test_the_quorum_says_call_by_call_what_is_missing_and_who_would_give_it(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 1, 0)
    make.arrive(assembly, hall, 0)
    page = room.page(assembly.id, by=hall.secretary, at=STARTS)
    assert page is not None
    assert (page.there, page.represented, page.roll_size, len(page.away)) == (1, 1, 5, 3)
    first, second = page.calls
    (half,) = first.measures
    assert (first.met, half.have, half.needed, half.missing, half.passes) == (False, "2", "3", "1", False)
    assert (half.base, half.have_drawn, half.needed_drawn) == (5, 2, 3)
    assert half.who is not None
    assert (len(half.who), {one.name for one in half.any_of}) == (
        1,
        {hall.members[n].name for n in (2, 3, 4)},
    )
    assert first.enough is not None
    assert len(first.enough) == 1
    assert (second.met, second.asked) == (True, False)
    assert (first.due_at, second.due_at) == (STARTS, STARTS + HOUR)


def test_the_second_call_waits_from_when_the_first_was_made(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS + 10 * MINUTE)
    page = room.page(assembly.id, by=hall.secretary, at=STARTS + 20 * MINUTE)
    assert page is not None
    assert [(call.made, call.current, call.due_at) for call in page.calls] == [
        (True, True, None), (False, False, STARTS + HOUR + 10 * MINUTE),
    ]  # fmt: skip
