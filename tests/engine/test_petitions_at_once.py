"""Two who act on one petition, or remind of one round, at the same time: the second sees what the first did."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from consultations.engine import comments, petitions, round_reminders
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.petitions import Petition
from consultations.models.timers import Notice
from tests.engine.test_petitions import ASKED, AT, LATER, taken
from tests.engine.test_two_tabs import count, overlapping
from tests.factories import rounds as make


def in_turn(*acts: Callable[[], object]) -> Callable[[], object]:
    """The first who comes does the first, the other the second."""
    waiting = list(acts)
    return lambda: waiting.pop(0)()


def sent(house: make.House) -> tuple[int, dict[str, object]]:
    row = petitions.send(ASKED, client_uuid="u1", by=house.delegates[0], at=AT)
    told = taken(house)
    db.session.commit()
    return row.id, told


def test_a_petition_that_two_take_up_at_once_becomes_one_dossier(app: Flask) -> None:
    house = make.house()
    id, told = sent(house)
    one, other = house.unit, house.head
    answers = overlapping(
        app,
        in_turn(
            lambda: petitions.take_up(id, **told, by=one, at=LATER).code,  # type: ignore[arg-type]
            lambda: petitions.take_up(id, **{**told, "code": "CAFE-10"}, by=other, at=LATER).code,  # type: ignore[arg-type]
        ),
    )
    assert answers == ["CAFE-9", "CAFE-9"]
    assert (count(Dossier), count(Notice, kind="petition_taken_up")) == (1, 1)


@pytest.mark.parametrize("first", ["take_up", "withdraw"])
def test_of_taking_up_and_withdrawing_at_once_the_first_holds(app: Flask, first: str) -> None:
    house = make.house()
    id, told = sent(house)
    unit, author = house.unit, house.delegates[0]
    acts: dict[str, Callable[[], object]] = {
        "take_up": lambda: petitions.take_up(id, **told, by=unit, at=LATER).code,  # type: ignore[arg-type]
        "withdraw": lambda: petitions.withdraw(id, by=author, at=LATER).state,
    }
    other = next(name for name in acts if name != first)
    answers = overlapping(app, in_turn(acts[first], acts[other]))
    db.session.rollback()
    row = db.session.get_one(Petition, id)
    assert answers[1] == "move_not_from_here"
    assert (row.state, count(Dossier)) == (("taken_up", 1) if first == "take_up" else ("withdrawn", 0))


def test_two_who_remind_at_once_remind_nobody_twice(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    at, id, unit, head = make.OPENS_AT + timedelta(days=1), round.id, house.unit, house.head
    db.session.commit()
    answers = overlapping(
        app,
        in_turn(
            lambda: round_reminders.remind(id, by=unit, at=at),
            lambda: round_reminders.remind(id, by=head, at=at),
        ),
    )
    assert answers == [str(len(house.delegates)), "reminded_lately"]
    assert count(Notice, kind=round_reminders.KIND) == len(house.delegates)


def test_who_answers_while_others_are_reminded_gets_no_letter(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    at, id, unit, answering = make.OPENS_AT + timedelta(days=1), round.id, house.unit, house.delegates[0]
    db.session.commit()
    answers = overlapping(
        app,
        in_turn(
            lambda: bool(comments.declare_no_comment(id, by=answering, at=at)),
            lambda: round_reminders.remind(id, by=unit, at=at),
        ),
    )
    assert answers == ["True", str(len(house.delegates) - 1)]
    assert count(Notice, kind=round_reminders.KIND, person_id=answering.person_id) == 0
