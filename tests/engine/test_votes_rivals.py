"""One matter, one vote at a time; a further call only after the one before; and a count that fails leaves no half."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from consultations.actor import SYSTEM
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts.votes import newest_count
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.votes import RollEntry
from tests.engine.refusals import refused_with
from tests.factories import votes as make
from workflows.refusals import Refused

TICK = timedelta(microseconds=1)
LADDER = "first-and-second-call"
LADDER_OF_ANOTHER_VERSION = {**make.rule(LADDER), "version": 99}


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def reviewed(hall: make.Hall, **changes: Any) -> Any:
    vote = make.prepared(hall, **changes)
    return votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)


@pytest.mark.parametrize("first", ["runs", "is counted", "is final"])
def test_a_matter_that_is_being_voted_on_or_decided_is_not_put_to_another_vote(
    app: Flask, first: str
) -> None:
    hall = make.hall(2)
    {"runs": make.opened, "is counted": make.closed, "is final": make.final}[first](
        hall, *(() if first == "runs" else ("yy",))
    )
    rival = reviewed(hall)
    with pytest.raises(Refused) as refused:
        votes.convene(rival.id, by=hall.president, at=make.CALLED)
    assert codes(refused) == ["matter_voted_before"]


@pytest.mark.parametrize("begun", [make.prepared, reviewed])
def test_one_matter_has_one_vote_in_preparation_and_the_secretary_may_give_it_up(
    app: Flask, begun: Any
) -> None:
    hall = make.hall(2)
    first = begun(hall)
    with refused_with("vote_prepared_before"):
        make.prepared(hall)
    votes.call_off(first.id, reason="Two by mistake.", by=hall.secretary, at=make.CALLED)
    assert make.prepared(hall).code != first.code


def test_a_convened_vote_is_not_the_secretarys_to_call_off(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    with refused_with("role_may_not"):
        votes.call_off(vote.id, reason="A slip.", by=hall.secretary, at=make.CALLED)


def test_a_text_that_was_taken_back_is_not_convened_and_the_refusal_says_why(app: Flask) -> None:
    hall = make.hall(2)
    vote = reviewed(hall)
    db.session.scalars(select(Round)).one().state = "published"
    db.session.flush()
    with refused_with("final_review_not_approved"):
        votes.convene(vote.id, by=hall.president, at=make.CALLED)


def test_a_tie_that_asks_for_a_second_vote_gets_it(app: Flask) -> None:
    hall, rule = make.hall(2), {**make.rule(), "tie": "second_vote"}
    make.closed(hall, "yn", rule=rule)
    assert votes.convene(reviewed(hall, rule=rule).id, by=hall.president, at=make.CALLED).state == "convened"


@pytest.mark.parametrize(
    ("first", "rule"),
    [(None, make.rule(LADDER)), ("yyyy", make.rule(LADDER)), ("y---", LADDER_OF_ANOTHER_VERSION)],
)
def test_a_second_call_follows_a_first_one_that_missed_its_quorum_under_the_same_rule(
    app: Flask, first: str | None, rule: Any
) -> None:
    hall = make.hall(4)
    if first:
        make.closed(hall, first, rule=make.rule(LADDER))
    with pytest.raises(Refused) as refused:
        make.prepared(hall, rule=rule, call=2)
    assert codes(refused) == ["quorum_not_missed"]


@pytest.mark.parametrize(("early", "said"), [(TICK, ["call_too_early"]), (timedelta(0), [])])
def test_a_second_call_waits_as_long_after_the_closing_as_the_ladder_asks(
    app: Flask, early: timedelta, said: list[str]
) -> None:
    hall = make.hall(4)
    first = make.closed(hall, "y---", rule=make.rule(LADDER))
    second = {**make.LATER, "opens_at": make.LATER["opens_at"] - early}
    with refused_with(*said) if said else nullcontext():
        make.prepared(hall, rule=make.rule(LADDER), call=2, **second)
    assert first.state == ("counted" if said else "no_quorum")


@pytest.mark.parametrize(("length", "said"), [(60, []), (61, ["choice_too_long"])])
def test_a_choice_that_no_ballot_can_hold_is_refused_before_anybody_is_convened(
    app: Flask, length: int, said: list[str]
) -> None:
    hall, rule = make.hall(2), make.rule()
    rule["choices"] = [*rule["choices"], "é" * length]
    with refused_with(*said) if said else nullcontext():
        vote = make.opened(hall, rule=rule)
        assert make.cast(vote, hall.delegates[0], "é" * length).choice == "é" * length


def test_a_draft_is_not_edited_into_a_second_call(app: Flask) -> None:
    hall = make.hall(4)
    draft = make.prepared(hall, rule=make.rule(LADDER))
    terms = make.terms(rule=make.rule(LADDER), call=2)
    with pytest.raises(Refused) as refused:
        votes.edit(draft.id, version_id=hall.version.id, by=hall.secretary, at=make.CALLED, **terms)
    assert codes(refused) == ["quorum_not_missed"]


@pytest.mark.parametrize(
    "tampering",
    ["UPDATE roll_entries SET weight = 'x'", "UPDATE roll_entries SET attributes = '{}'"],
)
def test_a_roll_that_cannot_even_be_read_leaves_the_vote_closed_and_uncounted(
    app: Flask, tampering: str
) -> None:
    hall = make.hall(2)
    vote = make.opened(hall, rule=make.rule("double-majority"))
    make.cast(vote, hall.delegates[0], "yes")
    db.session.execute(text(tampering))
    db.session.expire_all()
    assert votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at) is True
    assert (vote.state, vote.closed_at, newest_count(vote.id)) == ("closed", vote.closes_at, None)
    assert db.session.query(Event).filter_by(name="count_refused", subject_id=vote.id).count() == 1
    assert db.session.query(RollEntry).count() == 2
