"""After publication: satisfied, objecting with a reason, or silent when the time is over."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import satisfaction, synopses
from consultations.extensions import db
from consultations.facts.comments import newest_answer
from consultations.facts.objections import undecided, undecided_in
from consultations.models.comments import Comment
from consultations.models.timers import Notice
from consultations.queries.tasks_bodies import of_chair
from tests.factories.comments import AFTER, Scene, answered, answering, comment, consultation, scene
from workflows.refusals import Refused

UNTIL = AFTER + timedelta(days=14)
TICK = timedelta(microseconds=1)


def told(here: Scene) -> Comment:
    made = comment(here)
    answered(answering(here), made)
    here.round.state, here.round.published_at, here.round.satisfaction_until = "published", AFTER, UNTIL
    made.state = "answered"
    db.session.flush()
    return made


@pytest.mark.parametrize(
    ("said", "reason", "state"), [("satisfied", "", "satisfied"), ("objects", "No responde.", "objected")]
)
def test_an_organisation_says_once_whether_the_answer_satisfies(
    app: Flask, said: str, reason: str, state: str
) -> None:
    here = scene()
    made = told(here)
    for _ in range(2):
        assert (
            satisfaction.declare(made.id, said, reason, by=here.delegates[0], at=UNTIL - TICK).state == state
        )


@pytest.mark.parametrize(
    ("who", "at", "said", "reason", "codes"),
    [
        (0, UNTIL, "satisfied", "", ["satisfaction_window_over"]),
        (0, AFTER, "objects", " ", ["reason_missing"]),
        (1, AFTER, "satisfied", "", ["comment_not_own"]),
        (1, UNTIL, "objects", "", ["comment_not_own", "satisfaction_window_over", "reason_missing"]),
        (0, AFTER, "perhaps", "", ["value_unknown"]),
    ],
)
def test_what_cannot_be_said_is_refused(
    app: Flask, who: int, at: datetime, said: str, reason: str, codes: list[str]
) -> None:
    here = scene()
    made = told(here)
    with pytest.raises(Refused) as refused:
        satisfaction.declare(made.id, said, reason, by=here.delegates[who], at=at)
    assert [reason.code for reason in refused.value.refusals] == codes


def test_an_objection_waits_until_it_is_answered(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    assert undecided(here.round.id) == 1
    with pytest.raises(Refused):
        satisfaction.answer_objection(made.id, " ", by=here.unit, at=AFTER)
    first = satisfaction.answer_objection(made.id, "Lo explicamos mejor.", by=here.unit, at=AFTER)
    assert (
        satisfaction.answer_objection(made.id, "Lo explicamos mejor.", by=here.unit, at=AFTER).id == first.id
    )
    assert (first.number, undecided(here.round.id), made.state) == (
        3,
        1,
        "objected",
    )  # a reply settles nothing
    satisfaction.answer_objection(made.id, "Así es.", by=here.chair, at=AFTER)
    assert undecided(here.round.id) == 0
    satisfaction.answer_objection(made.id, "Y más.", by=here.unit, at=AFTER)
    assert undecided(here.round.id) == 0


def test_a_further_round_settles_no_objection_of_an_earlier_one(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    here.round.state = "superseded"
    two = consultation(here.round.version, here.round.dossier.body, state="published", number=2)
    two.dossier_id, two.published_at, two.satisfaction_until = here.round.dossier_id, AFTER, UNTIL
    db.session.flush()
    assert (undecided(two.id), undecided_in(two.dossier_id)) == (0, 1)
    with pytest.raises(Refused) as refused:
        synopses.ready_for_vote(two.id, by=here.chair, at=UNTIL)
    assert [reason.code for reason in refused.value.refusals] == ["objections_unanswered"]
    assert [task.kind for task in of_chair(here.chair, at=UNTIL)] == ["decide_objections", "declare_ready"]
    satisfaction.answer_objection(made.id, "Se mantiene.", by=here.chair, at=UNTIL)
    assert synopses.ready_for_vote(two.id, by=here.chair, at=UNTIL).state == "ready_for_vote"


def test_silence_is_recorded_once_when_the_time_is_over(app: Flask) -> None:
    here = scene()
    made = told(here)
    with pytest.raises(Refused):
        satisfaction.end_window(here.round.id, by=SYSTEM, at=UNTIL - TICK)
    assert satisfaction.end_window(here.round.id, by=SYSTEM, at=UNTIL) == 1
    assert satisfaction.end_window(here.round.id, by=SYSTEM, at=UNTIL) == 0
    assert made.state == "silent"


def test_the_commission_decides_on_an_objection_and_may_change_the_outcome(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    given = {"outcome": "rejected", "decided_in": " Acta 7 ", "by": here.chair, "at": AFTER}
    replies = [satisfaction.answer_objection(made.id, "No.", **given) for _ in range(2)]
    assert replies[0].id == replies[1].id
    assert (replies[0].outcome, replies[0].decided_in, undecided(here.round.id)) == (
        "rejected",
        "Acta 7",
        0,
    )


@pytest.mark.parametrize(
    ("who", "outcome", "codes"),
    [
        ("unit", "rejected", ["role_may_not"]),
        ("unit", "odd", ["value_unknown"]),
        ("chair", "odd", ["value_unknown"]),
        ("delegate", "", ["role_may_not"]),
    ],
)
def test_the_outcome_of_an_objection_is_the_commissions(
    app: Flask, who: str, outcome: str, codes: list[str]
) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    by = {"unit": here.unit, "chair": here.chair, "delegate": here.delegates[0]}[who]
    with pytest.raises(Refused) as refused:
        satisfaction.answer_objection(made.id, "No.", outcome=outcome, by=by, at=AFTER)
    assert [reason.code for reason in refused.value.refusals] == codes
    assert undecided(here.round.id) == 1


def test_the_organisation_is_told_once_of_each_answer_to_its_objection(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    for by, words in ((here.unit, "Uno."), (here.unit, "Uno."), (here.chair, "Dos.")):
        satisfaction.answer_objection(made.id, words, by=by, at=AFTER)
    news = select(Notice.organisation_id).where(Notice.kind == "objection_answered")
    assert db.session.scalars(news).all() == [here.organisations[0].id] * 2


def test_another_outcome_in_the_same_words_is_another_decision(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    given = [
        satisfaction.answer_objection(made.id, "Visto.", outcome=outcome, by=here.chair, at=AFTER)
        for outcome in ("rejected", "accepted", "accepted")
    ]
    assert [(one.outcome, one.number) for one in given] == [("rejected", 3), ("accepted", 4), ("accepted", 4)]


def test_the_answer_objected_to_said_again_answers_the_objection(app: Flask) -> None:
    here = scene()
    made = told(here)
    satisfaction.declare(made.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    before = newest_answer(made.id)
    again = [
        satisfaction.answer_objection(made.id, before.response, by=here.chair, at=AFTER) for _ in range(2)
    ]
    assert ([one.number for one in again], undecided(here.round.id)) == (
        [before.number + 1] * 2,
        0,
    )
