"""A contested result: who may contest, until when, and that both results stay."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import contests, counts
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts.votes import noted
from consultations.models.ballots import Count
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.timers import Notice, Timer
from consultations.models.votes import Contest
from consultations.queries import tasks
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.refusals import Refused
from workflows.roles import Role

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
LATER = make.CLOSES + timedelta(days=1)


def test_an_organisation_of_the_roll_contests_with_grounds_once(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yy")
    with refused_with("reason_missing"):
        contests.raise_contest(vote.id, grounds=" ", by=hall.delegates[0], at=LATER)
    with refused_with("organisation_not_on_roll"):
        contests.raise_contest(vote.id, grounds="Late", by=people.delegate(), at=LATER)
    first = contests.raise_contest(vote.id, grounds="Our ballot is missing", by=hall.delegates[0], at=LATER)
    again = contests.raise_contest(vote.id, grounds="Our ballot is missing ", by=hall.delegates[0], at=LATER)
    assert (first.id, vote.state) == (again.id, "contested")
    assert db.session.query(Contest).count() == 1
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == "contest_raised")))
    officers = (hall.committee, hall.president, hall.secretary, hall.scrutineer)
    assert told == {officer.person_id for officer in officers}


@pytest.mark.parametrize(("before", "taken"), [(TICK, True), (timedelta(0), False)])
def test_the_window_ends_at_its_instant(app: Flask, before: timedelta, taken: bool) -> None:
    hall = make.hall(1)
    vote = make.proclaimed(hall, "y")
    at = vote.contest_until - before
    approver = people.actor(Role.ORGANISATION, organisation=hall.members[0])
    if taken:
        assert contests.raise_contest(vote.id, grounds="Late", by=approver, at=at).raised_at == at
        return
    with refused_with("contest_window_over"):
        contests.raise_contest(vote.id, grounds="Late", by=approver, at=at)


def _annul(contest: Contest, hall: make.Hall, reason: str = "The roll was wrong") -> None:
    """Two members of the committee, one after the other."""
    for member in (hall.committee, people.actor(Role.COMMITTEE, network=hall.body)):
        contests.resolve(contest.id, resolution="annul", reason=reason, by=member, at=LATER)


def _contested(choices: str = "yyn"):
    hall = make.hall(len(choices))
    vote = make.proclaimed(hall, choices)
    return hall, vote, contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=LATER)


def test_while_contested_nothing_becomes_final_and_an_upheld_result_waits_for_its_window(app: Flask) -> None:
    hall, vote, contest = _contested()
    assert counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until) is False
    with refused_with("reason_missing"):
        contests.resolve(contest.id, resolution="uphold", reason="", by=hall.committee, at=LATER)
    late = vote.contest_until + HOUR
    contests.resolve(
        contest.id, resolution="uphold", reason="The ballot is there", by=hall.committee, at=late
    )
    assert (vote.state, contest.resolution, contest.resolved_by_id) == (
        "provisional",
        "uphold",
        hall.committee.person_id,
    )
    assert db.session.scalars(select(Timer.due_at).where(Timer.kind == "finalise_vote")).all() == [late]
    assert counts.finalise(vote.id, by=SYSTEM, at=late) is True


def test_others_may_contest_too_and_nothing_moves_before_every_contest_is_answered(app: Flask) -> None:
    hall, vote, first = _contested()
    with refused_with("contest_waits"):
        contests.raise_contest(vote.id, grounds="And again", by=hall.delegates[0], at=LATER)
    second = contests.raise_contest(vote.id, grounds="We voted no", by=hall.delegates[1], at=LATER)
    contests.resolve(first.id, resolution="uphold", reason="The ballot is there", by=hall.committee, at=LATER)
    assert (vote.state, first.resolution, second.resolution) == ("contested", "uphold", None)
    with refused_with("contest_answered"):
        contests.resolve(first.id, resolution="annul", reason="Thought again", by=hall.committee, at=LATER)
    contests.resolve(second.id, resolution="uphold", reason="It says no", by=hall.committee, at=LATER)
    assert vote.state == "provisional"
    third = contests.raise_contest(vote.id, grounds="Something else", by=hall.delegates[0], at=LATER)
    assert (third.id > second.id, vote.state) == (True, "contested")


@pytest.mark.parametrize(
    ("answers", "state", "kept"),
    [
        (("uphold", "uphold", "uphold"), "provisional", 1),
        (("recount", "uphold", "uphold"), "counted", 2),
        (("uphold", "recount", "recount"), "counted", 2),
        (("annul", "recount", "uphold"), "annulled", 1),
        (("uphold", "uphold", "annul"), "annulled", 1),
    ],
)
def test_the_answer_that_goes_furthest_is_carried_out_once(
    app: Flask, answers: tuple[str, ...], state: str, kept: int
) -> None:
    hall, vote, first = _contested()
    raised = [first] + [
        contests.raise_contest(vote.id, grounds="Us too", by=who, at=LATER) for who in hall.delegates[1:]
    ]
    for contest, answer in zip(raised, answers, strict=True):
        assert vote.state == "contested"
        if answer == "annul":
            _annul(contest, hall)
        else:
            contests.resolve(contest.id, resolution=answer, reason=answer, by=hall.committee, at=LATER)
    assert (vote.state, db.session.query(Count).filter_by(vote_id=vote.id).count()) == (state, kept)
    assert [contest.resolution for contest in raised] == list(answers)


def test_one_member_of_the_committee_alone_annuls_nothing(app: Flask) -> None:
    hall, vote, contest = _contested()
    sent = {"resolution": "annul", "by": hall.committee, "at": LATER}
    contests.resolve(contest.id, reason="The roll was wrong", **sent)
    contests.resolve(contest.id, reason="The roll was wrong ", **sent)
    assert (vote.state, contest.resolution) == ("contested", None)
    assert db.session.query(Event).filter_by(name="annulment_proposed").count() == 1
    with refused_with("annulment_needs_two"):
        contests.resolve(contest.id, reason="I say it again", **sent)
    assert (vote.state, contest.resolution) == ("contested", None)


def test_the_other_members_are_asked_and_a_second_one_annuls(app: Flask) -> None:
    hall = make.hall(3)
    others = [people.actor(Role.COMMITTEE, network=hall.body) for _ in range(2)]
    vote = make.proclaimed(hall, "yyn")
    contest = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=LATER)
    contests.resolve(contest.id, resolution="annul", reason="The roll was wrong", by=hall.committee, at=LATER)
    asked = db.session.scalars(select(Notice.person_id).where(Notice.kind == "second_signature_wanted"))
    assert set(asked) == {other.person_id for other in others}
    with refused_with("reason_missing"):
        contests.resolve(contest.id, resolution="annul", reason=" ", by=others[0], at=LATER)
    contests.resolve(contest.id, resolution="annul", reason="It was", by=others[0], at=LATER + HOUR)
    assert (vote.state, contest.resolved_by_id) == ("annulled", others[0].person_id)


def test_another_member_may_let_the_result_stand_instead(app: Flask) -> None:
    hall, vote, contest = _contested()
    other = people.actor(Role.COMMITTEE, network=hall.body)
    contests.resolve(contest.id, resolution="annul", reason="The roll was wrong", by=hall.committee, at=LATER)
    contests.resolve(contest.id, resolution="uphold", reason="It was right", by=other, at=LATER)
    assert (vote.state, contest.resolution) == ("provisional", "uphold")


def test_what_one_member_says_of_one_contest_is_no_word_on_another(app: Flask) -> None:
    hall, vote, first = _contested()
    other = people.actor(Role.COMMITTEE, network=hall.body)
    second = contests.raise_contest(vote.id, grounds="Us too", by=hall.delegates[1], at=LATER)
    contests.resolve(first.id, resolution="annul", reason="The roll was wrong", by=hall.committee, at=LATER)
    contests.resolve(second.id, resolution="annul", reason="The roll was wrong", by=other, at=LATER)
    assert (vote.state, first.resolution, second.resolution) == ("contested", None, None)


def test_after_a_recount_the_new_result_is_contested_for_itself(app: Flask) -> None:
    hall, vote, first = _contested()
    contests.resolve(first.id, resolution="recount", reason="To be sure", by=hall.committee, at=LATER)
    make.signing(vote, hall, LATER + HOUR)
    again = contests.raise_contest(vote.id, grounds="Still", by=hall.delegates[0], at=LATER + HOUR)
    contests.resolve(
        again.id, resolution="uphold", reason="Counted twice", by=hall.committee, at=LATER + HOUR
    )
    assert (vote.state, db.session.query(Count).filter_by(vote_id=vote.id).count()) == ("provisional", 2)


def test_a_recount_stands_beside_the_first_count_and_is_signed_anew(app: Flask) -> None:
    hall, vote, contest = _contested()
    contests.resolve(contest.id, resolution="recount", reason="To be sure", by=hall.committee, at=LATER)
    contests.resolve(contest.id, resolution="recount", reason="To be sure", by=hall.committee, at=LATER)
    kept = db.session.scalars(select(Count).where(Count.vote_id == vote.id).order_by(Count.number)).all()
    assert [(count.number, count.status) for count in kept] == [(1, "adopted"), (2, "adopted")]
    assert kept[0].decision == kept[1].decision
    assert vote.state == "counted"
    make.signing(vote, hall, LATER + HOUR)
    assert (vote.state, vote.provisional_at) == ("provisional", LATER + HOUR)
    assert counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until) is True


def test_a_recount_keeps_the_casting_vote(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, "yn", rule={**make.rule(), "tie": "casting_vote"})
    counts.break_tie(vote.id, casting_vote="yes", by=hall.president, at=LATER)
    make.signing(vote, hall, LATER)
    contest = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[1], at=LATER)
    contests.resolve(contest.id, resolution="recount", reason="To be sure", by=hall.committee, at=LATER)
    statuses = db.session.scalars(
        select(Count.status).where(Count.vote_id == vote.id).order_by(Count.number)
    ).all()
    assert statuses == ["tie_pending", "adopted", "adopted"]


def _told_annulled() -> set[tuple[int, int | None, str]]:
    query = select(Notice.person_id, Notice.organisation_id, Notice.params)
    rows = db.session.execute(query.where(Notice.kind == "vote_annulled"))
    return {(person, organisation, params["reason"]) for person, organisation, params in rows}


def test_who_got_the_result_and_who_contested_it_learn_that_it_is_annulled_and_why(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yn")
    body = people.actor(Role.ORGANISATION, organisation=hall.members[1])
    first = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=LATER)
    second = contests.raise_contest(vote.id, grounds="Who is on it?", by=body, at=LATER)
    _annul(first, hall)
    assert _told_annulled() == set()
    contests.resolve(second.id, resolution="uphold", reason="It is there", by=hall.committee, at=LATER)
    assert vote.state == "annulled"
    told = (*hall.delegates, body)
    told_to = _told_annulled()
    assert {one[:2] for one in told_to} == {(who.person_id, who.organisation_id) for who in told}
    [reason] = {one[2] for one in told_to}
    assert [part.partition(": ")[2] for part in reason.split(" / ")] == ["The roll was wrong"] * 2
    assert db.session.query(Notice).filter_by(kind="vote_annulled").count() == 3


@pytest.mark.parametrize("answer", ["uphold", "recount"])
def test_of_a_result_that_is_not_annulled_nobody_is_told_that_it_is(app: Flask, answer: str) -> None:
    hall, _, contest = _contested()
    contests.resolve(contest.id, resolution=answer, reason="To be sure", by=hall.committee, at=LATER)
    assert _told_annulled() == set()


def test_what_is_carried_out_bears_the_reason_of_the_answer_that_goes_furthest(app: Flask) -> None:
    hall, vote, first = _contested()
    second = contests.raise_contest(vote.id, grounds="Us too", by=hall.delegates[1], at=LATER)
    _annul(first, hall)
    contests.resolve(second.id, resolution="uphold", reason="It is there", by=hall.committee, at=LATER + HOUR)
    event = db.session.scalars(select(Event).where(Event.name == "vote_annulled")).one()
    assert (event.reason, noted(vote.id, "vote_annulled", "contest")) == (
        "The roll was wrong", f"contest/{first.id}",
    )  # fmt: skip


def test_an_annulled_vote_frees_its_dossier_and_keeps_its_count(app: Flask) -> None:
    hall, vote, contest = _contested()
    _annul(contest, hall)
    assert (vote.state, hall.dossier.state) == ("annulled", "final_review")
    assert db.session.query(Count).count() == 1
    assert db.session.query(Timer).filter_by(kind="finalise_vote").count() == 0


def test_only_the_bodys_own_committee_answers(app: Flask) -> None:
    hall, _, contest = _contested()
    with refused_with("role_may_not"):
        contests.resolve(contest.id, resolution="uphold", reason="It stands", by=hall.president, at=LATER)
    with refused_with("other_body"):
        contests.resolve(
            contest.id, resolution="uphold", reason="It stands", by=make.hall().committee, at=LATER
        )
    with refused_with("resolution_unknown"):
        contests.resolve(contest.id, resolution="forget", reason="It stands", by=hall.committee, at=LATER)
    with pytest.raises(NotFound):
        contests.resolve(4711, resolution="uphold", reason="It stands", by=hall.committee, at=LATER)


def test_a_delegate_whose_mandate_has_ended_contests_nothing(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yy")
    db.session.get_one(Mandate, hall.delegates[0].mandate_id).ends_at = vote.provisional_at
    db.session.flush()
    with pytest.raises(Refused) as refused:
        contests.raise_contest(vote.id, grounds="Late", by=hall.delegates[0], at=vote.provisional_at)
    assert [reason.code for reason in refused.value.refusals] == ["mandate_over"]
    assert vote.state == "provisional"


def test_who_of_the_committee_has_answered_waits_for_a_colleague(app: Flask) -> None:
    hall, _vote, contest = _contested()
    colleague = people.actor(Role.COMMITTEE, network=hall.body)
    contests.resolve(contest.id, resolution="annul", reason="The roll was wrong", by=hall.committee, at=LATER)
    found = {
        by.person_id: [(task.kind, task.quiet, task.params) for task in tasks.waiting(by, at=LATER)]
        for by in (hall.committee, colleague)
    }
    assert found == {
        hall.committee.person_id: [("contest_waits", True, {"count": 1})],
        colleague.person_id: [("hear_contest", False, {"count": 1})],
    }
