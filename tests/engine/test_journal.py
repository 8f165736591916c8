"""Many rows moved together: the table is asked of each, each has its event, and the statements do not grow with them."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal
from consultations.extensions import db
from consultations.facts.comments import comment_facts
from consultations.models.comments import Comment
from consultations.models.events import Event
from tests.factories.comments import AFTER, Scene, comment, scene
from workflows.comment import COMMENT, CommentFacts
from workflows.refusals import Refused
from workflows.round import RoundFacts

OVER = AFTER + timedelta(days=14)


def told(here: Scene, count: int) -> list[Comment]:
    """So many comments whose answers are published, in a round whose time to object is over."""
    made = [comment(here, n % 2) for n in range(count)]
    here.round.state, here.round.published_at, here.round.satisfaction_until = "published", AFTER, OVER
    for one in made:
        one.state = "answered"
    db.session.flush()
    return made


def facts(here: Scene, by: Actor) -> Any:
    return partial(comment_facts, round_=here.round, known=RoundFacts(), by=by, at=OVER)


def columns(one: Event) -> dict[str, Any]:
    """An event without what tells it from another: its number and its subject."""
    there = {column.key: getattr(one, column.key) for column in Event.__table__.columns}
    there["payload"] = there["payload"].replace(f"comment/{there.pop('subject_id')}", "comment/…")
    return {key: value for key, value in there.items() if key != "id"}


def events_of(made: Comment) -> list[Event]:
    query = select(Event).where(Event.subject_kind == "comment", Event.subject_id == made.id)
    return list(db.session.scalars(query.order_by(Event.id)))


def test_moved_together_each_has_the_event_that_it_would_have_alone(app: Flask) -> None:
    here = scene()
    alone, *others = told(here, 4)
    journal.move(alone, COMMENT, "fall_silent", by=SYSTEM, at=OVER, facts=facts(here, SYSTEM)(alone))
    before = {one.id: len(events_of(one)) for one in others}
    journal.move_all(others, COMMENT, "fall_silent", by=SYSTEM, at=OVER, facts=facts(here, SYSTEM))
    expected = columns(events_of(alone)[-1])
    for one in others:
        db.session.refresh(one)
        found = events_of(one)
        assert (one.state, len(found) - before[one.id]) == ("silent", 1)
        assert columns(found[-1]) == expected


@pytest.mark.parametrize("count", [0, 1, 7])
def test_the_statements_do_not_grow_with_the_rows(app: Flask, count: int) -> None:
    here = scene()
    rows = told(here, count)
    statements: list[str] = []

    def listener(*args: object) -> None:
        statements.append(str(args[2]).split()[0])

    event.listen(db.engine, "before_cursor_execute", listener)
    journal.move_all(rows, COMMENT, "fall_silent", by=SYSTEM, at=OVER, facts=facts(here, SYSTEM))
    event.remove(db.engine, "before_cursor_execute", listener)
    assert statements == (["UPDATE", "INSERT"] if count else [])


def test_one_that_may_not_holds_back_all(app: Flask) -> None:
    here = scene()
    first, second, third = told(here, 3)
    second.state = "objected"
    db.session.flush()
    before = db.session.scalar(select(func.count(Event.id)))
    with pytest.raises(Refused) as refused:
        journal.move_all(
            [first, second, third], COMMENT, "fall_silent", by=SYSTEM, at=OVER, facts=facts(here, SYSTEM)
        )
    assert [reason.code for reason in refused.value.refusals] == ["move_not_from_here"]
    db.session.flush()
    assert db.session.scalar(select(func.count(Event.id))) == before
    assert [one.state for one in (first, second, third)] == ["answered", "objected", "answered"]


def test_the_table_is_asked_of_every_row(app: Flask) -> None:
    here = scene()
    rows, asked = told(here, 3), []

    def known(one: Comment) -> CommentFacts:
        asked.append(one.id)
        return facts(here, SYSTEM)(one)

    journal.move_all(rows, COMMENT, "fall_silent", by=SYSTEM, at=OVER, facts=known)
    assert asked == [one.id for one in rows]
