"""Each act on a vote sent twice, by the wrong body, after a mandate's end, or too late: what stands and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import contests, counts, dispatches, votes
from consultations.extensions import db
from consultations.models.ballots import Signature
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.votes import Contest, Vote
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

HOUR = timedelta(hours=1)
AFTER = make.CLOSES + HOUR
WHY = "Because"


def reviewed(hall: make.Hall) -> Vote:
    vote = make.prepared(hall)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    return vote


def suspended(hall: make.Hall) -> Vote:
    vote = make.opened(hall)
    votes.suspend(vote.id, reason=WHY, by=hall.president, at=make.OPENS + HOUR)
    return vote


def tied(hall: make.Hall) -> Vote:
    return make.closed(hall, "yn", rule={**make.rule(), "tie": "casting_vote"})


def closed(hall: make.Hall) -> Vote:
    return make.closed(hall, "yy")


Act = tuple[str, Callable[[make.Hall], Vote], Callable[..., Any], dict[str, Any], Any]
LATER = {"closes_at": make.CLOSES + timedelta(days=1), "reason": WHY}
ACTS: list[Act] = [
    ("president", reviewed, votes.convene, {}, make.CALLED),
    ("president", reviewed, votes.call_off, {"reason": WHY}, make.CALLED),
    ("president", reviewed, votes.send_back, {"reason": WHY}, make.CALLED),
    ("president", make.prepared, votes.review, {"samples_shown": 3}, make.CALLED),
    ("president", make.convened, votes.open_vote, {}, make.OPENS),
    ("president", make.opened, votes.suspend, {"reason": WHY}, make.OPENS + HOUR),
    ("president", suspended, votes.resume, {"reason": WHY}, make.OPENS + 2 * HOUR),
    ("president", make.opened, votes.extend, LATER, make.OPENS + HOUR),
    ("president", tied, counts.break_tie, {"casting_vote": "yes"}, AFTER),
    ("secretary", closed, counts.sign, {}, AFTER),
]
NAMES = [act[2].__name__ for act in ACTS]


def events(vote: Vote) -> int:
    query = select(func.count()).select_from(Event)
    return db.session.scalar(query.where(Event.subject_kind == "vote", Event.subject_id == vote.id)) or 0


@pytest.mark.parametrize(("who", "before", "verb", "given", "at"), ACTS, ids=NAMES)
def test_the_same_officer_of_another_body_is_refused(
    app: Flask, who: str, before: Any, verb: Any, given: Any, at: Any
) -> None:
    hall, other = make.hall(2), make.hall(1)
    vote = before(hall)
    with refused_with("other_body"):
        verb(vote.id, by=getattr(other, who), at=at, **given)


@pytest.mark.parametrize(("who", "before", "verb", "given", "at"), ACTS, ids=NAMES)
def test_a_mandate_that_has_just_ended_is_refused_though_the_session_lives(
    app: Flask, who: str, before: Any, verb: Any, given: Any, at: Any
) -> None:
    hall = make.hall(2)
    vote, by = before(hall), getattr(hall, who)
    db.session.get_one(Mandate, by.mandate_id).ends_at = at
    db.session.flush()
    had = events(vote)
    with refused_with("mandate_over"):
        verb(vote.id, by=by, at=at, **given)
    assert events(vote) == had


TWICE = [
    ("president", reviewed, votes.convene, {}, make.CALLED, None),
    ("president", make.prepared, votes.review, {"samples_shown": 3}, make.CALLED, None),
    ("president", make.convened, votes.open_vote, {}, make.OPENS, None),
    ("secretary", closed, counts.sign, {}, AFTER, None),
    ("president", make.opened, votes.extend, LATER, make.OPENS + HOUR, None),
    ("president", make.opened, votes.suspend, {"reason": WHY}, make.OPENS + HOUR, "move_not_from_here"),
    ("president", suspended, votes.resume, {"reason": WHY}, make.OPENS + 2 * HOUR, "move_not_from_here"),
    ("president", tied, counts.break_tie, {"casting_vote": "yes"}, AFTER, "no_tie_pending"),
]


@pytest.mark.parametrize(("who", "before", "verb", "given", "at", "code"), TWICE)
def test_an_act_sent_twice_is_done_once(
    app: Flask, who: str, before: Any, verb: Any, given: Any, at: Any, code: str | None
) -> None:
    hall = make.hall(2)
    vote, by = before(hall), getattr(hall, who)
    verb(vote.id, by=by, at=at, **given)
    had, state = events(vote), vote.state
    if code is None:
        verb(vote.id, by=by, at=at, **given)
    else:
        with refused_with(code):
            verb(vote.id, by=by, at=at, **given)
    assert (events(vote), vote.state) == (had, state)


def test_the_signature_that_proclaims_sent_twice_says_proclaimed_twice(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.closed(hall, "y")
    signers = (hall.secretary, hall.scrutineer, hall.president, hall.president)
    assert [counts.sign(vote.id, by=by, at=AFTER) for by in signers] == [False, False, True, True]
    assert db.session.query(Signature).count() == 3


def test_one_person_signs_in_one_role_only(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.closed(hall, "y")
    counts.sign(vote.id, by=hall.secretary, at=AFTER)
    mandate = Mandate(
        person_id=hall.secretary.person_id,
        role=Role.SCRUTINEER,
        network_id=hall.body.id,
        starts_at=people.LONG_AGO,
    )
    db.session.add(mandate)
    db.session.flush()
    both = Actor(
        Role.SCRUTINEER, person_id=hall.secretary.person_id, mandate_id=mandate.id, network_id=hall.body.id
    )
    with refused_with("signed_before"):
        counts.sign(vote.id, by=both, at=AFTER)
    rival = people.actor(Role.SECRETARY, network=hall.body)
    with refused_with("role_signed_before"):
        counts.sign(vote.id, by=rival, at=AFTER)


def test_a_signature_for_a_count_that_was_read_never_goes_under_another(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.proclaimed(hall, "yy")
    contest = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=AFTER + HOUR)
    contests.resolve(contest.id, resolution="recount", reason=WHY, by=hall.committee, at=AFTER + 2 * HOUR)
    at = AFTER + 3 * HOUR
    with refused_with("count_superseded"):
        counts.sign(vote.id, number=1, by=hall.secretary, at=at)
    assert counts.sign(vote.id, number=2, by=hall.secretary, at=at) is False


@pytest.mark.parametrize("before", [reviewed, make.convened, make.opened, closed])
def test_nothing_is_edited_after_the_review(app: Flask, before: Any) -> None:
    hall = make.hall(2)
    vote = before(hall)
    was = (vote.rule_sha256, vote.text_sha256, vote.questions, vote.president_may_close)
    new = make.terms(rule=make.rule("two-thirds"), president_may_close=True)
    with refused_with("move_not_from_here"):
        votes.edit(vote.id, version_id=hall.version.id, by=hall.secretary, at=make.CALLED, **new)
    assert (vote.rule_sha256, vote.text_sha256, vote.questions, vote.president_may_close) == was


def test_whether_the_president_may_close_is_part_of_the_terms(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.prepared(hall)
    assert vote.president_may_close is False
    new = make.terms(president_may_close=True)
    votes.edit(vote.id, version_id=hall.version.id, by=hall.secretary, at=make.CALLED, **new)
    assert vote.president_may_close is True


def test_a_contest_and_a_dispatch_sent_twice_are_one(app: Flask) -> None:
    hall = make.hall(1, kind="advocacy")
    vote = make.proclaimed(hall, "y")
    raised = [
        contests.raise_contest(vote.id, grounds="Late", by=hall.delegates[0], at=AFTER + 2 * HOUR).id
        for _ in range(2)
    ]
    assert (raised[0], db.session.query(Contest).count()) == (raised[1], 1)
    contests.resolve(raised[0], resolution="uphold", reason=WHY, by=hall.committee, at=AFTER + 3 * HOUR)
    counts.finalise(vote.id, by=make.SYSTEM, at=vote.contest_until)
    head = people.actor(Role.UNIT_HEAD)
    sent = [
        dispatches.send_position(
            hall.dossier.id, recipient="Body", letter="We agree", by=head, at=vote.contest_until + HOUR
        ).id
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
