"""Drafts that were never sent rest when their time is over: however many they are, in as many statements."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine.lapsing import lapse_drafts
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.timers import Notice
from tests.engine.counting import statements
from tests.factories.comments import AFTER, CLOSES, comment, late_grant, scene


def test_each_organisation_is_told_how_many_of_its_drafts_rest(app: Flask) -> None:
    here = scene(organisations=3)
    for who in (0, 0, 1, 2):
        comment(here, who=who, submit=False)
    late_grant(here.round, here.organisations[2], AFTER + timedelta(days=30))
    assert lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES) == 3
    states = db.session.scalars(select(Comment.state).order_by(Comment.id)).all()
    assert states == ["withdrawn", "withdrawn", "withdrawn", "draft"]
    told = {one.organisation_id: one.params["lapsed"] for one in db.session.scalars(select(Notice))}
    assert told == {here.organisations[0].id: "2", here.organisations[1].id: "1"}
    assert lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES) == 0


def test_statements_do_not_grow_with_the_drafts(app: Flask) -> None:
    found = []
    for number in (2, 12):
        here = scene(organisations=number)
        for who in range(number):
            comment(here, who=who, submit=False)
        found.append(statements(lambda: lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES)))  # noqa: B023
    assert found[0] == found[1] < 15
