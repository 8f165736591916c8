"""The clock closes a vote while the desk settles its sheets: every paper is in the one count, whoever comes first."""

from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import sheets, votes
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts import board_heads
from consultations.facts.votes import newest_count
from consultations.models.ballots import Count
from consultations.models.votes import Vote
from tests.engine.test_concurrent_casts import _run
from tests.engine.test_sheets import agreed
from tests.factories import votes as make

SHEETS = 6


def test_two_hands_settle_the_last_sheets_while_two_runners_close(app: Flask) -> None:
    hall = make.hall(SHEETS)
    vote = make.opened(hall)
    made = [agreed(hall, vote, *("" for _ in range(n)), "no", serial=f"{n:04}").id for n in range(SHEETS)]
    vote_id, at, desk = vote.id, vote.closes_at, (hall.secretary, hall.scrutineer)
    db.session.commit()

    def close() -> None:
        with app.app_context(), unit_of_work():
            votes.close_vote(vote_id, by=SYSTEM, at=at)

    def merge(n: int) -> None:
        with app.app_context(), unit_of_work():
            sheets.merge(made[n], by=desk[n % 2], at=at)

    _run(
        [
            *(lambda n=n: merge(n) for n in range(SHEETS)),
            close,
            close,
            *(lambda n=n: merge(n) for n in range(2)),
        ]
    )
    db.session.expire_all()
    vote, count = db.session.get_one(Vote, vote_id), newest_count(vote_id)
    assert (vote.state, db.session.query(Count).filter_by(vote_id=vote_id).count()) == ("counted", 1)
    assert count is not None
    assert (count.decision["heads"]["no"], board_heads.is_intact(vote)) == (SHEETS, True)
