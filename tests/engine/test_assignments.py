"""Comments are given to people of the Unit, until a day; for one and for many, once."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import assignments
from consultations.engine.assignments import Charge
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.events import Event
from tests.engine.counting import statements
from tests.factories.comments import AFTER, Scene, answering, comment, scene
from workflows.refusals import Refused

TODAY = date(2026, 12, 5)  # of AFTER, in Managua


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=3)
    for who in range(3):
        comment(made, who=who)
    return answering(made)


def ids() -> list[int]:
    return list(db.session.scalars(select(Comment.id).order_by(Comment.id)))


def assign(here: Scene, which: list[int], charge: Charge, **more: object) -> list[int]:
    given = {"by": here.unit, "at": AFTER, **more}
    return [row.id for row in assignments.assign(here.round.id, which, charge, **given)]


def charges() -> list[tuple[int | None, date | None]]:
    rows = db.session.execute(select(Comment.assignee_id, Comment.due_on).order_by(Comment.id))
    return [(person, day) for person, day in rows]


def test_the_chosen_ones_get_their_person_and_day_and_only_what_changed_is_told(here: Scene) -> None:
    charge = Charge(here.second.person_id, TODAY)
    assert assign(here, ids()[:2], charge) == ids()[:2]
    assert assign(here, ids(), charge) == ids()[2:]
    assert charges() == [(here.second.person_id, TODAY)] * 3
    assert db.session.scalars(select(Event.name)).all().count("comment_assigned") == 3


def test_person_and_day_are_set_and_taken_away_apart(here: Scene) -> None:
    one = ids()[:1]
    assign(here, one, Charge(here.unit.person_id, keep_due=True))
    assign(here, one, Charge(due_on=TODAY, keep_assignee=True))
    assert charges()[0] == (here.unit.person_id, TODAY)
    assign(here, one, Charge(keep_due=True))
    assert charges()[0] == (None, TODAY)
    assign(here, one, Charge(keep_assignee=True))
    assert charges()[0] == (None, None)


def test_every_reason_is_told(here: Scene) -> None:
    stranger = here.delegates[0].person_id
    with pytest.raises(Refused) as refused:
        assign(here, [], Charge(stranger, TODAY - timedelta(days=1)))
    assert [reason.code for reason in refused.value.refusals] == [
        "comments_not_chosen",
        "assignee_not_in_unit",
        "due_day_past",
    ]
    with pytest.raises(Refused) as nothing:
        assign(here, ids(), Charge(keep_assignee=True, keep_due=True))
    assert [reason.code for reason in nothing.value.refusals] == ["nothing_to_assign"]


def test_a_day_that_has_passed_meanwhile_may_stay(here: Scene) -> None:
    one, day = ids()[:1], date(2026, 12, 5)
    assign(here, one, Charge(due_on=day, keep_assignee=True))
    later = AFTER + timedelta(days=3)
    assert assign(here, one, Charge(here.second.person_id, day), at=later) == one
    with pytest.raises(Refused):
        assign(here, ids(), Charge(due_on=day, keep_assignee=True), at=later)


def test_only_the_unit_assigns_and_only_what_the_round_received(here: Scene) -> None:
    charge = Charge(here.unit.person_id, keep_due=True)
    with pytest.raises(Refused) as refused:
        assign(here, ids(), charge, by=here.delegates[0])
    assert [reason.code for reason in refused.value.refusals] == ["role_may_not"]
    db.session.get_one(Comment, ids()[0]).state = "draft"
    other = scene(organisations=1)
    strange = comment(other).id
    db.session.flush()
    for id in (ids()[0], strange, strange + 1):
        with pytest.raises(NotFound):
            assign(here, [id], charge)


def test_whose_mandate_in_the_unit_is_over_is_given_nothing_more(here: Scene) -> None:
    assign(here, ids(), Charge(here.head.person_id, keep_due=True))
    assert charges()[0][0] == here.head.person_id
    with pytest.raises(Refused):
        assign(here, ids(), Charge(here.chair.person_id, keep_due=True))


def test_statements_do_not_grow_with_the_comments_chosen(app: Flask) -> None:
    found = []
    for number in (2, 12):
        here = scene()
        chosen = [comment(here, who=n % 2).id for n in range(number)]
        answering(here)
        found.append(statements(lambda: assign(here, chosen, Charge(here.second.person_id, TODAY))))  # noqa: B023
        assert len(charges()) == number or charges()[-1] == (here.second.person_id, TODAY)
    assert found[0] == found[1] < 12
