"""Answers are proposed, decided by a second person where asked, kept in every version, and never written over unread."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import answers
from consultations.extensions import db
from consultations.models.comments import Answer
from consultations.models.organisations import Network
from tests.factories.comments import AFTER, REPLY, Scene, answered, answering, comment, scene
from workflows.comment import CommentState
from workflows.refusals import Refused


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def one(here: Scene) -> int:
    made = comment(here)
    answering(here)
    return made.id


def test_a_proposal_takes_the_comment_up_and_waits_for_its_decision(app: Flask) -> None:
    here = scene()
    id = one(here)
    proposed = answers.propose(id, **REPLY, by=here.unit, at=AFTER)
    assert (proposed.number, proposed.comment.state, proposed.decided_by_id) == (
        1,
        CommentState.PROPOSED,
        None,
    )
    decided = answers.decide(id, known=1, by=here.second, at=AFTER)
    assert (decided.number, decided.proposed_by_id, decided.decided_by_id) == (
        2,
        here.unit.person_id,
        here.second.person_id,
    )
    assert answers.decide(id, known=1, by=here.second, at=AFTER).id == decided.id
    assert decided.comment.state == CommentState.DECIDED


@pytest.mark.parametrize(
    ("policy", "outcome", "substantive", "alone"),
    [
        ("weighty", "accepted", False, True),
        ("weighty", "accepted", True, False),
        ("weighty", "rejected", False, False),
        ("weighty", "out_of_scope", False, False),
        ("weighty", "deferred", False, False),
        ("always", "accepted", False, False),
        ("never", "rejected", True, True),
    ],
)
def test_who_proposed_decides_alone_only_where_no_second_person_is_asked(
    app: Flask, policy: str, outcome: str, substantive: bool, alone: bool
) -> None:
    here = scene()
    id = one(here)
    db.session.get_one(Network, here.unit.network_id).settings = {"second_person": policy}
    given = {**REPLY, "outcome": outcome, "substantive": substantive}
    if alone:
        assert (
            answers.propose(id, **given, decide=True, by=here.unit, at=AFTER).decided_by_id
            == here.unit.person_id
        )
        return
    with pytest.raises(Refused) as refused:
        answers.propose(id, **given, decide=True, by=here.unit, at=AFTER)
    assert codes(refused) == ["second_person_missing"]


@pytest.mark.parametrize(("policy", "alone"), [("weighty", False), ("always", False), ("never", True)])
def test_what_would_make_an_organisation_vote_no_is_decided_by_a_second_person(
    app: Flask, policy: str, alone: bool
) -> None:
    here = scene()
    made = comment(here, would_vote_no=True)
    answering(here)
    db.session.get_one(Network, here.unit.network_id).settings = {"second_person": policy}
    answers.propose(made.id, **REPLY, by=here.unit, at=AFTER)
    if alone:
        assert answers.decide(made.id, known=1, by=here.unit, at=AFTER).decided_by_id == here.unit.person_id
        return
    with pytest.raises(Refused) as refused:
        answers.decide(made.id, known=1, by=here.unit, at=AFTER)
    assert codes(refused) == ["second_person_missing"]
    assert answers.decide(made.id, known=1, by=here.second, at=AFTER).decided_by_id == here.second.person_id


def test_a_proposal_is_given_back_by_any_second_person_of_the_unit_never_by_its_own(app: Flask) -> None:
    here = scene()
    id = one(here)
    answers.propose(id, **REPLY, by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        answers.return_(id, " ", by=here.unit, at=AFTER)
    assert codes(refused) == ["proposal_own", "reason_missing"]
    assert answers.return_(id, "Falta citar.", by=here.second, at=AFTER).state == CommentState.TRIAGED


def test_an_empty_answer_is_refused_with_every_reason(app: Flask) -> None:
    here = scene()
    with pytest.raises(Refused) as refused:
        answers.propose(one(here), outcome="", reason=" ", response="", by=here.unit, at=AFTER)
    assert codes(refused) == ["outcome_missing", "response_missing", "reason_missing"]


@pytest.mark.parametrize("state", ["open", "closed", "synopsis_review", "published"])
def test_answers_are_written_only_while_the_round_is_answering(app: Flask, state: str) -> None:
    here = scene()
    made = comment(here)
    here.round.state = state
    db.session.flush()
    with pytest.raises(Refused) as refused:
        answers.propose(made.id, **REPLY, by=here.unit, at=AFTER)
    assert codes(refused) == ["round_not_answering"]


def test_a_colleagues_answer_is_not_written_over_unread(app: Flask) -> None:
    here = scene()
    id = one(here)
    answers.propose(id, **REPLY, by=here.second, at=AFTER)
    mine = {**REPLY, "response": "Otra respuesta."}
    with pytest.raises(Refused) as refused:
        answers.propose(id, **mine, known=0, by=here.unit, at=AFTER)
    assert codes(refused) == ["answered_meanwhile"]
    assert answers.propose(id, **REPLY, known=0, by=here.second, at=AFTER).number == 1
    assert answers.propose(id, **mine, known=1, by=here.unit, at=AFTER).number == 2
    with pytest.raises(Refused):
        answers.decide(id, known=1, by=here.second, at=AFTER)


def test_a_proposal_is_returned_by_the_head_with_a_reason(app: Flask) -> None:
    here = scene()
    id = one(here)
    answers.propose(id, **REPLY, by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        answers.return_(id, " ", by=here.head, at=AFTER)
    assert codes(refused) == ["reason_missing"]
    with pytest.raises(Refused):
        answers.return_(id, "Falta citar la cláusula.", by=here.unit, at=AFTER)
    assert (
        answers.return_(id, "Falta citar la cláusula.", by=here.head, at=AFTER).state == CommentState.TRIAGED
    )


def test_who_decided_does_not_alone_reverse_it(app: Flask) -> None:
    here = scene()
    made = comment(here)
    answered(answering(here), made)
    with pytest.raises(Refused) as refused:
        answers.reverse(made.id, "Lo pensé mejor.", by=here.unit, at=AFTER)
    assert codes(refused) == ["reversal_by_same_person"]
    assert answers.reverse(made.id, "Contradice 2.1.", by=here.second, at=AFTER).state == CommentState.TRIAGED
    assert len(db.session.scalars(select(Answer)).all()) == 2


def test_nobody_but_the_unit_answers(app: Flask) -> None:
    here = scene()
    id = one(here)
    with pytest.raises(Refused) as refused:
        answers.propose(id, **REPLY, by=here.delegates[0], at=AFTER)
    assert "role_may_not" in codes(refused)


def test_taking_up_twice_is_taking_up_once(app: Flask) -> None:
    here = scene()
    id = one(here)
    assert answers.triage(id, by=here.unit, at=AFTER).state == CommentState.TRIAGED
    assert answers.triage(id, by=here.second, at=AFTER).state == CommentState.TRIAGED
