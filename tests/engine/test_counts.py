"""Counting, signing, proclaiming: the same decision from rows, from files and from the command line."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import counts, votes
from consultations.extensions import db
from consultations.facts.votes import newest_count, noted
from consultations.models.ballots import Count, Signature
from consultations.models.events import Event
from consultations.models.timers import Notice, Timer
from consultations.queries import recount_files
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

TICK = timedelta(microseconds=1)
AFTER = make.CLOSES + timedelta(hours=2)


def status_of(vote_id: int) -> str:
    return newest_count(vote_id).status


def quorum_letters(vote_id: int) -> list[dict[str, str]]:
    """What the mails of a missed quorum say; that a result was proclaimed is said by none."""
    assert db.session.query(Notice).filter_by(kind="vote_result").count() == 0
    return list(
        db.session.scalars(
            select(Notice.params).where(Notice.kind == "quorum_missed", Notice.subject_id == vote_id)
        )
    )


@pytest.mark.parametrize(
    ("rule", "choices", "status"),
    [
        ("simple-majority", "yyn", "adopted"),
        ("simple-majority", "ynn", "rejected"),
        ("simple-majority", "yna", "rejected"),  # equal: the rule's tie is rejected
        ("simple-majority", "---", "rejected"),
        ("two-thirds", "yyn", "adopted"),
        ("two-thirds", "yynn", "rejected"),
        ("double-majority", "yyynnn", "rejected"),
        ("absolute-majority-present", "yya-", "adopted"),  # 2 of 3 who took part
        ("absolute-majority-present", "yaa-", "rejected"),
        ("absolute-majority-roll", "yy--", "rejected"),
        ("absolute-majority-roll", "yyy-", "adopted"),
    ],
)
def test_the_rule_decides_over_the_newest_ballots(app: Flask, rule: str, choices: str, status: str) -> None:
    hall = make.hall(len(choices))
    vote = make.closed(hall, choices, rule=make.rule(rule))
    assert status_of(vote.id) == status
    assert vote.state == "counted"


def test_the_newest_ballot_counts_and_the_older_stays(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "no")
    make.cast(vote, hall.delegates[0], "yes")
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)
    assert newest_count(vote.id).decision["heads"]["yes"] == 1
    assert newest_count(vote.id).decision["heads"]["no"] == 0
    assert counts.count(vote.id, by=SYSTEM, at=AFTER).number == 1
    assert db.session.query(Count).count() == 1


@pytest.mark.parametrize("rule", ["double-majority", "first-and-second-call", "simple-majority"])
def test_the_command_line_reproduces_the_decision_byte_for_byte(
    app: Flask, tmp_path: Path, rule: str
) -> None:
    hall = make.hall(7, weights={"members": "3/2"})
    vote = make.closed(hall, "yyynna-", rule=make.rule(rule), weight_field="members")
    for name in ("rule.json", "roll.csv", "ballots.csv"):
        (tmp_path / name).write_bytes(recount_files.file_of(vote.id, name).body)
    command = [sys.executable, "-m", "workflows", "decide", "--call", str(vote.call)]
    paths = [
        f"--{part}={tmp_path / name}"
        for part, name in (("rule", "rule.json"), ("roll", "roll.csv"), ("ballots", "ballots.csv"))
    ]
    ran = subprocess.run([*command, *paths], capture_output=True, check=True)
    assert ran.stdout == recount_files.file_of(vote.id, "decision.json").body
    assert counts.decided(vote).to_dict() == newest_count(vote.id).decision


def test_a_missed_quorum_waits_for_the_next_calls_vote_and_then_ends(app: Flask) -> None:
    hall = make.hall(4)
    ladder = make.rule("first-and-second-call")
    first = make.closed(hall, "yy--", rule=ladder)
    assert (first.state, status_of(first.id), hall.dossier.state) == ("counted", "no_quorum", "convened")
    second = make.prepared(hall, rule=ladder, call=2, **make.LATER)
    assert (first.state, hall.dossier.state) == ("no_quorum", "final_review")
    assert quorum_letters(first.id) == [{"code": first.code, "next_vote": second.code}] * 4
    votes.review(second.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    votes.convene(second.id, by=hall.president, at=make.CALLED)
    votes.open_vote(second.id, by=SYSTEM, at=second.opens_at)
    make.cast(second, hall.delegates[0], "yes")
    votes.close_vote(second.id, by=SYSTEM, at=second.closes_at)
    assert (status_of(second.id), second.state) == ("adopted", "counted")


def test_the_last_call_without_quorum_ends_at_once(app: Flask) -> None:
    hall = make.hall(2)
    make.closed(hall, "--", rule=make.rule("first-and-second-call"))
    vote = make.closed(hall, "--", rule=make.rule("first-and-second-call"), call=2, **make.LATER)
    assert (vote.state, hall.dossier.state) == ("no_quorum", "final_review")
    assert quorum_letters(vote.id) == [{"code": vote.code}] * 2
    with refused_with("move_not_from_here"):
        counts.sign(vote.id, by=hall.secretary, at=AFTER)


def test_a_tie_waits_for_the_presidents_casting_vote(app: Flask) -> None:
    hall = make.hall(2)
    rule = {**make.rule(), "tie": "casting_vote"}
    vote = make.closed(hall, "yn", rule=rule)
    assert status_of(vote.id) == "tie_pending"
    with refused_with("minutes_missing"):
        counts.sign(vote.id, by=hall.secretary, at=AFTER)
    with refused_with("tie_breaker_missing"):
        counts.break_tie(vote.id, casting_vote="perhaps", by=hall.president, at=AFTER)
    with refused_with("role_may_not"):
        counts.break_tie(vote.id, casting_vote="yes", by=hall.secretary, at=AFTER)
    assert counts.break_tie(vote.id, casting_vote="yes", by=hall.president, at=AFTER).number == 2
    assert status_of(vote.id) == "adopted"
    with refused_with("no_tie_pending"):
        counts.break_tie(vote.id, casting_vote="no", by=hall.president, at=AFTER)


def test_a_rule_that_wants_a_second_vote_takes_no_casting_vote(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, "yn", rule={**make.rule(), "tie": "second_vote"})
    with refused_with("second_vote_wanted"):
        counts.break_tie(vote.id, casting_vote="yes", by=hall.president, at=AFTER)


@pytest.mark.parametrize(
    ("choices", "tie", "state"),
    [("yn", "second_vote", "tied"), ("yn", "casting_vote", "counted"), ("yy", "second_vote", "counted")],
)
def test_only_a_tie_that_wants_a_second_vote_ends_when_that_vote_is_prepared(
    app: Flask, choices: str, tie: str, state: str
) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, choices, rule={**make.rule(), "tie": tie})
    assert vote.state == "counted"
    make.prepared(hall)
    assert vote.state == state
    assert hall.dossier.state == ("final_review" if state == "tied" else "convened")


def test_the_second_vote_after_a_tie_decides_on_the_same_matter(app: Flask) -> None:
    hall = make.hall(2)
    first = make.closed(hall, "yn", rule={**make.rule(), "tie": "second_vote"})
    second = make.closed(hall, "yy", rule={**make.rule(), "tie": "second_vote"})
    assert noted(first.id, "tie_left_to_second_vote", "second_vote") == second.code
    make.signing(second, hall, AFTER)
    counts.finalise(second.id, by=SYSTEM, at=second.contest_until)
    assert (first.state, status_of(first.id), second.state, hall.dossier.state) == (
        "tied", "tie_pending", "final", "adopted",
    )  # fmt: skip


def test_the_third_of_three_persons_proclaims(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.closed(hall, "yyn")
    assert counts.sign(vote.id, by=hall.secretary, at=AFTER) is False
    assert counts.sign(vote.id, by=hall.secretary, at=AFTER) is False  # answered as before
    with refused_with("role_signed_before"):
        counts.sign(vote.id, by=people.actor(Role.SECRETARY, network=hall.body), at=AFTER)
    assert counts.sign(vote.id, by=hall.scrutineer, at=AFTER) is False
    assert vote.state == "counted"
    assert counts.sign(vote.id, by=hall.president, at=AFTER) is True
    assert vote.state == "provisional"
    # five whole days in Managua after the 22nd: until the 27th ends
    assert (vote.provisional_at, vote.contest_until) == (AFTER, datetime(2026, 11, 28, 6, tzinfo=UTC))
    timer = db.session.scalars(select(Timer).where(Timer.kind == "finalise_vote")).one()
    assert timer.due_at == vote.contest_until
    results = db.session.scalars(select(Notice.params).where(Notice.kind == "vote_result"))
    assert [params["status"] for params in results] == ["adopted"] * 3


def test_one_person_in_two_offices_signs_once(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.closed(hall, "y")
    both = people.person()
    counts.sign(vote.id, by=people.actor(Role.SECRETARY, network=hall.body, by=both), at=AFTER)
    with refused_with("signed_before"):
        counts.sign(vote.id, by=people.actor(Role.PRESIDENT, network=hall.body, by=both), at=AFTER)
    assert db.session.query(Signature).count() == 1


@pytest.mark.parametrize(("choices", "state"), [("yyn", "adopted"), ("nny", "not_adopted")])
def test_it_is_final_when_the_window_is_over_and_the_dossier_follows(
    app: Flask, choices: str, state: str
) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, choices)
    with refused_with("contest_window_open"):
        counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until - TICK)
    assert counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until) is True
    assert counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until) is False
    assert (vote.state, hall.dossier.state) == ("final", state)


def test_every_step_after_closing_is_on_record(app: Flask) -> None:
    vote = make.final(make.hall(3), "yyn")
    names = db.session.scalars(
        select(Event.name).where(Event.subject_kind == "vote", Event.subject_id == vote.id).order_by(Event.id)
    )
    assert [name for name in names if not name.startswith("ballot")] == [
        "vote_prepared", "vote_reviewed", "vote_convened", "vote_opened", "vote_closed", "vote_counted", "result_signed",
        "result_signed", "result_signed", "result_proclaimed", "result_became_final",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tie", "kind", "role"),
    [
        ("casting_vote", "casting_vote_wanted", "president"),
        ("second_vote", "second_vote_wanted", "secretary"),
    ],
)
def test_whoever_has_to_break_a_tie_is_told(app: Flask, tie: str, kind: str, role: str) -> None:
    hall = make.hall(2)
    make.closed(hall, "yn", rule={**make.rule(), "tie": tie})
    told = db.session.execute(select(Notice.kind, Notice.person_id).where(Notice.kind.like("%_wanted"))).all()
    assert [tuple(row) for row in told] == [(kind, getattr(hall, role).person_id)]


def test_members_are_told_that_a_second_vote_follows_a_tie(app: Flask) -> None:
    hall = make.hall(2)
    make.closed(hall, "yn", rule={**make.rule(), "tie": "second_vote"})
    assert db.session.query(Notice).filter_by(kind="vote_tied").count() == 0
    second = make.prepared(hall, at=AFTER, **make.LATER)
    told = db.session.execute(select(Notice.person_id, Notice.params).where(Notice.kind == "vote_tied")).all()
    assert {(person, params["second_vote"]) for person, params in told} == {
        (delegate.person_id, second.code) for delegate in hall.delegates
    }
