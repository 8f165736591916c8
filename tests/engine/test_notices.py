"""Notices: rows of the transaction that makes the news, one per recipient and occasion."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consultations.engine.notices import notify
from consultations.engine.recipients import Recipient
from consultations.extensions import db
from consultations.models.timers import Notice
from tests.factories import comments, people

AT = comments.DURING
pytestmark = pytest.mark.usefixtures("app")


def sent() -> list[tuple[int, int | None, str]]:
    rows = db.session.scalars(select(Notice).order_by(Notice.id))
    return [(row.person_id, row.organisation_id, row.params.get("closes_at", "")) for row in rows]


def test_one_notice_per_recipient_however_often_it_is_asked_for() -> None:
    round = comments.scene().round
    ana, eva = Recipient(people.person().id), Recipient(people.person().id)
    assert notify("round_opened", (ana,), round, due_at=AT, closes_at="soon") == 1
    assert notify("round_opened", (ana, eva, eva), round, due_at=AT, closes_at="later") == 1
    assert sent() == [(ana.person_id, None, "soon"), (eva.person_id, None, "later")]


def test_who_acts_for_two_organisations_is_told_for_each() -> None:
    scene = comments.scene()
    one, other = (Recipient(scene.delegates[0].person_id or 0, o.id) for o in scene.organisations)
    assert notify("round_opened", (one, other), scene.round, due_at=AT) == 2


@pytest.mark.parametrize(
    ("kind", "once", "same_row", "new"),
    [
        ("round_extended", "first", True, 0),
        ("round_extended", "second", True, 1),
        ("round_closed", "first", True, 1),
        ("round_extended", "first", False, 1),
    ],
)
def test_another_kind_row_or_occasion_is_other_news(kind: str, once: str, same_row: bool, new: int) -> None:
    round, other = comments.scene().round, comments.scene().round
    who = (Recipient(people.person().id),)
    notify("round_extended", who, round, due_at=AT, once="first")
    assert notify(kind, who, round if same_row else other, due_at=AT, once=once) == new


def test_an_occasion_is_not_taken_for_another_that_begins_like_it() -> None:
    round = comments.scene().round
    who = (Recipient(people.person().id),)
    notify("round_extended", who, round, due_at=AT, once="1%")
    assert notify("round_extended", who, round, due_at=AT, once="1_") == 1


def test_it_waits_until_it_is_due_and_goes_with_what_made_it() -> None:
    round = comments.scene().round
    db.session.commit()
    notify("round_opened", (Recipient(people.person().id),), round, due_at=AT + timedelta(days=1))
    (row,) = db.session.scalars(select(Notice))
    assert (row.due_at, row.sent_at, row.attempts) == (AT + timedelta(days=1), None, 0)
    db.session.rollback()
    assert db.session.scalars(select(Notice)).all() == []
