"""A blank ballot in a vote by rule: offered, checked, cast and counted as decision-rules.md says, and seen wherever votes are listed."""

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts import minutes_votes, rolls
from consultations.facts.votes import newest_count, rule_of
from consultations.models.votes import Vote
from consultations.queries import recount_files, roll_calls
from consultations.queries.half_circle import half_circle
from tests.browsing import post
from tests.conftest import signed_in
from tests.engine.refusals import codes
from tests.factories import votes as make
from tests.factories.assemblies import HOUR
from workflows.ballots import castable, read_ballots
from workflows.decisions import decide
from workflows.rolls import read_roll


def of_two_in_favour(**changes: object) -> tuple[make.Hall, Vote]:
    """Two in favour, one blank, one silent; the first of the blank's country."""
    hall = make.hall(4)
    vote = make.opened(hall, **changes)
    for delegate, choice in zip(hall.delegates, ("yes", "yes", "blank"), strict=False):
        make.cast(vote, delegate, choice)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    return hall, vote


def test_what_may_be_cast_is_what_the_rule_offers_and_blank_never_spoilt(app: Flask) -> None:
    assert castable(("yes", "no")) == ("yes", "no", "blank")
    assert castable(("yes", "blank")) == ("yes", "blank")
    hall = make.hall(1)
    vote = make.opened(hall)
    assert codes(lambda: make.cast(vote, hall.delegates[0], "invalid")) == [
        "choice_unknown",
        "no_ballot_stands",
    ]


def test_a_blank_vote_is_asked_checked_and_receipted_in_words(client: FlaskClient, app: Flask) -> None:
    hall = make.hall(1)
    vote = make.opened(hall)
    db.session.commit()
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        signed_in(client, hall.delegates[0])
        asked = client.get(f"/v/{vote.id}", headers={"Accept-Language": "en"}).text
        post(client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}", choice="blank")
        checked = post(client, f"/v/{vote.id}/cast", page_url=f"/v/{vote.id}/check", follow=True).text
    assert ('value="blank"' in asked, "En blanco" in checked or "Blank" in checked) == (True, True)


def test_blank_is_in_the_base_of_all_ballots_and_in_no_side(app: Flask) -> None:
    _hall, vote = of_two_in_favour()
    count = newest_count(vote.id)
    assert count is not None
    assert {name: n for name, n in count.decision["heads"].items() if n} == {
        "yes": 2,
        "blank": 1,
        "not_voted": 1,
    }
    assert [(line["have"], line["base"]) for line in count.decision["conditions"]] == [("2", "2")]


def test_blank_stands_in_roll_call_minutes_projector_and_files_that_count_alike(app: Flask) -> None:
    hall, vote = of_two_in_favour()
    call = roll_calls.roll_call(vote.id)
    assert call is not None
    assert sorted(row.choice for row in call.rows) == ["blank", "not_voted", "yes", "yes"]
    told = minutes_votes.of_vote(vote, vote.closes_at)
    assert [row["choice"] for row in told["roll_call"] if row["elector"] == hall.members[2].code] == ["blank"]
    drawn = half_circle([("GT", "yes"), ("PE", "blank")], rule_of(vote).choices)
    assert [(part.choice, part.count) for part in drawn.parts] == [("yes", 1), ("blank", 1)]
    files = {name: recount_files.file_of(vote.id, name) for name in ("roll.csv", "ballots.csv")}
    roll, ballots = (file.body for file in files.values() if file is not None)
    again = decide(rule_of(vote), read_roll(roll), read_ballots(ballots), call=vote.call)
    assert again.to_dict() == newest_count(vote.id).decision  # type: ignore[union-attr]
    assert rolls.sha256(vote.id) == vote.roll_sha256


def test_the_page_of_the_result_counts_the_blank_ones_beside_the_others(
    client: FlaskClient, app: Flask
) -> None:
    _hall, vote = of_two_in_favour()
    page = client.get(f"/results/{vote.id}", headers={"Accept-Language": "en"}).text
    with_none = make.closed(make.hall(1), "y")
    db.session.commit()
    without = client.get(f"/results/{with_none.id}", headers={"Accept-Language": "en"}).text
    assert ("Blank: 1" in page, "Blank" in without) == (True, False)
