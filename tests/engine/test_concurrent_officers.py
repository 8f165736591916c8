"""Officers at the same instant: two who sign, and a president who extends while the clock closes."""

import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from consultations import jobs
from consultations.actor import Actor
from consultations.engine import counts, votes
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.ballots import Signature
from consultations.models.timers import Timer
from consultations.models.votes import Vote
from tests.factories import people
from tests.factories import votes as make
from workflows.refusals import Refused
from workflows.roles import Role

HOUR, WAIT = timedelta(hours=1), 60
AFTER = make.CLOSES + HOUR


def at_once(app: Flask, *acts: Callable[[], object]) -> list[object]:
    """What each act answers (the codes of its refusal, or what broke), all begun at one instant."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n: int, act: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait(WAIT)
            try:
                answers[n] = act()
            except Refused as refused:
                answers[n] = [reason.code for reason in refused.refusals]
            except Exception as broken:  # told by the assertion, which a thread cannot fail
                answers[n] = repr(broken)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def signing(vote_id: int, by: Actor) -> Callable[[], object]:
    def act() -> object:
        with unit_of_work():
            return counts.sign(vote_id, by=by, at=AFTER)

    return act


def test_three_who_sign_at_once_proclaim_once(app: Flask) -> None:
    hall = make.hall(1)
    vote_id = make.closed(hall, "y").id
    signers = (hall.secretary, hall.president, hall.scrutineer)
    db.session.commit()
    answers = at_once(app, *(signing(vote_id, by) for by in signers))
    assert sorted(map(str, answers)) == ["False", "False", "True"]
    assert db.session.get_one(Vote, vote_id).state == "provisional"
    assert db.session.query(Signature).count() == 3
    assert db.session.query(Timer).filter_by(kind="finalise_vote").count() == 1


def test_of_two_secretaries_who_sign_at_once_one_is_refused(app: Flask) -> None:
    hall = make.hall(1)
    vote_id = make.closed(hall, "y").id
    rival = people.actor(Role.SECRETARY, network=hall.body)
    db.session.commit()
    answers = at_once(app, signing(vote_id, hall.secretary), signing(vote_id, rival))
    assert sorted(map(str, answers)) == ["False", "['role_signed_before']"]
    assert db.session.query(Signature).count() == 1


def test_while_the_clock_closes_an_extension_is_taken_whole_or_refused_whole(app: Flask) -> None:
    hall = make.hall(1)
    vote_id, later = make.opened(hall).id, make.CLOSES + timedelta(days=1)
    db.session.commit()

    def extend() -> object:
        with unit_of_work():
            by, at = hall.president, make.CLOSES - timedelta(microseconds=1)
            return votes.extend(vote_id, closes_at=later, reason="Storm", by=by, at=at).closes_at

    extended, _ = at_once(app, extend, lambda: jobs.tick(make.CLOSES))
    vote = db.session.get_one(Vote, vote_id)
    taken = ("open", later, [later])
    refused = ("counted", make.CLOSES, [])
    waiting = [
        due
        for (due,) in db.session.query(Timer.due_at).filter_by(
            kind="close_vote", subject_id=vote_id, fired_at=None
        )
    ]
    assert extended in (later, ["move_not_from_here"])
    assert (vote.state, vote.closes_at, waiting) == (taken if extended == later else refused)
