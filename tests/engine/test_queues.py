"""The filters and lists of the desk, on both databases."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import answers, clusters, points
from consultations.extensions import db
from consultations.facts.queues import FILTERS, in_order, matching
from consultations.models.comments import Comment
from consultations.models.rounds import RegisterEntry
from consultations.queries import clusters as read
from consultations.queries import queues
from tests.factories.comments import AFTER, REPLY, Scene, answered, answering, comment, scene

TODAY = date(2026, 12, 5)


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=3)
    for who in range(3):
        comment(made, who=who, text=f"Ágil y 100% claro, punto {who}.")
    for entry in db.session.scalars(select(RegisterEntry)):
        entry.networks = ["CLAC", "CAFE"]
    return answering(made)


def found(here: Scene, **wanted: str) -> list[int]:
    query = matching(here.round.id, wanted, today=TODAY, by=here.unit)
    return [db.session.get_one(Comment, id).public_number or 0 for id in db.session.scalars(in_order(query))]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"network": "CAFE"}, [1, 2, 3]),
        ({"network": "CAF"}, []),
        ({"text": "100% CLARO"}, [1, 2, 3]),
        ({"text": "R1-2"}, [2]),
        ({"country": "PE"}, [2]),
        ({"assignee": "me"}, []),
        ({"assignee": "none"}, [1, 2, 3]),
        ({"overdue": "1"}, []),
        ({"cluster": "none"}, [1, 2, 3]),
        ({"cluster": "any"}, []),
    ],
)
def test_filters_leave_what_they_say(here: Scene, wanted: dict[str, str], numbers: list[int]) -> None:
    assert found(here, **wanted) == numbers


def test_a_comment_of_which_one_point_is_proposed_waits_for_a_second_person(here: Scene) -> None:
    one, other = db.session.scalars(select(Comment.id).order_by(Comment.id).limit(2)).all()
    for id in (one, other):
        points.split(id, ["Ágil y 100%", "claro, punto"], by=here.unit, at=AFTER)
    for id, more in ((one, {}), (other, {"decide": True})):
        answers.propose(id, **REPLY, point=2, by=here.unit, at=AFTER, **more)
    assert (found(here, state="proposed"), found(here, state="waiting")) == ([1], [1, 2, 3])
    answers.return_(one, "Falta citar.", point=2, by=here.head, at=AFTER)
    assert found(here, state="proposed") == []


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("value", ["'", "%", "\\", "9" * 30, "²", "-1", " "])
def test_no_filter_breaks_on_what_anybody_types(here: Scene, name: str, value: str) -> None:
    assert set(found(here, **{name: value})) <= {1, 2, 3}


def test_the_lists_of_the_desk_are_read(here: Scene) -> None:
    ids = db.session.scalars(select(Comment.id).order_by(Comment.id)).all()
    answered(here, db.session.get_one(Comment, ids[0]))
    made = clusters.make(here.round.id, "theme", "Ágil", [(id, 1) for id in ids[:2]], by=here.unit, at=AFTER)
    page = queues.queue(here.round.id, {"state": "waiting"}, 1, by=here.unit, at=AFTER)
    assert page is not None
    assert [line.clusters for line in page.lines] == [((made.id, "Ágil"),), ()]
    assert (page.choices.networks, page.choices.clusters) == (("CAFE", "CLAC"), ((made.id, "Ágil"),))
    assert {id for id, _ in page.choices.people} == {
        here.unit.person_id,
        here.second.person_id,
        here.head.person_id,
    }
    beside = queues.beside(here.round.id, 2, {"cluster": "any"}, by=here.unit, at=AFTER)
    assert beside == queues.Beside(place=2, total=2, before=ids[0], after=None, waiting=None)
    listed = read.clusters(here.round.id, 1, by=here.unit, at=AFTER)
    assert listed is not None
    assert [(one.points, one.organisations, one.waiting) for one in listed.made] == [(2, 2, 1)]
    assert [(one.into, one.total) for one in listed.suggestions] == [(made.id, 1)]
    one = read.cluster(made.id, by=here.unit, at=AFTER)
    assert one is not None
    assert [(line.label, line.outcome, line.open) for line in one.lines] == [
        ("R1-1", "accepted", False),
        ("R1-2", "", True),
    ]
    assert one.languages == ("es",)
