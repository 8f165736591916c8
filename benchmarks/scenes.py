"""What the benchmarks measure on: an open vote with its delegates."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from consultations import clock
from consultations.actor import Actor
from consultations.app import create_app
from consultations.config import Settings
from consultations.extensions import db
from tests.factories import votes as make


@dataclass(frozen=True)
class Ready:
    """An open vote whose delegates have not voted, and a small one to warm up on."""

    vote_id: int
    delegates: list[Actor]
    warm_vote_id: int
    warm_delegates: list[Actor]


def voting(settings: Settings, delegates: int, warm: int) -> tuple[Flask, Ready]:
    """The application and two open votes, committed."""
    app = create_app(settings)
    with app.app_context():
        vote_id, many = _open(delegates)
        warm_vote_id, few = _open(warm)
        db.session.commit()
    return app, Ready(vote_id, many, warm_vote_id, few)


def _open(electors: int) -> tuple[int, list[Actor]]:
    hall, now = make.hall(electors), clock.now()
    vote = make.opened(hall, opens_at=now, closes_at=now + timedelta(days=7), notice_days=0, at=now)
    return vote.id, list(hall.delegates)
