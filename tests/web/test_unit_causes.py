"""The report on the changes of a text: who asked for each, what nobody asked for, what was promised and not done."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.engine import answers, drafts
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.standards import StandardVersion
from tests.factories import comments as make
from tests.factories import drafts as draft
from tests.web.test_unit_drafts import english, read

AT = datetime(2026, 12, 20, 12, tzinfo=UTC)
PROMISE = {
    "change": "Antes. → Después.",
    "change_before": "Antes.",
    "change_after": "Después.",
    "substantive": True,
}


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.Scene:
    """Three comments: the first led to a change of 1.1, the second promises one of 2.1, the third changes nothing."""
    monkeypatch.setattr("consultations.clock.now", lambda: AT)
    made = make.scene()
    said = [make.comment(made, 0, clause) for clause in (0, 2, 1)]
    make.answering(made)
    for comment, node in zip(said, (made.clauses[0], made.clauses[2]), strict=False):
        given = answers.propose(
            comment.id, **make.REPLY, **PROMISE, change_clause=node.stable_id, by=made.unit, at=make.AFTER
        )
        answers.decide(comment.id, known=given.number, by=made.second, at=make.AFTER)
    make.answered(made, said[2])
    return made


@pytest.fixture
def version(scene: make.Scene) -> StandardVersion:
    """Version 2.0: 1.1 and 1.2 read otherwise, and only the first was asked for."""
    made = drafts.draw_up(scene.round.version_id, label="2.0", by=scene.unit, at=AT)
    for number in ("1.1", "1.2"):
        draft.reword(draft.clause(made, number), f"Otro texto de {number}.", scene.unit)
    db.session.commit()
    return made


def url(scene: make.Scene, version: StandardVersion, part: str = "") -> str:
    return f"/unit/rounds/{scene.round.id}/changes/{version.id}?in=es&kind={part}"


def titled(page: str, number: str) -> bool:
    """Whether a change of this clause is shown."""
    return re.search(rf"<h2[^>]*>\s*{re.escape(number)}\s*</h2>", page) is not None


def test_what_nobody_asked_for_comes_first(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    page = read(english(client, scene.unit), url(scene, version))
    assert "Changes that no comment asked for</b>: 1" in page
    assert "Changes that comments led to</a>: 1" in page
    assert "Answers whose change the text does not have</a>: 1" in page
    assert (titled(page, "1.2"), titled(page, "1.1")) == (True, False)


def test_each_change_names_the_comments_that_led_to_it(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    page = read(english(client, scene.unit), url(scene, version, "asked"))
    assert (titled(page, "1.2"), titled(page, "1.1")) == (False, True)
    assert ("R1-1</a>" in page, "R1-2</a>" in page, "R1-3</a>" in page) == (True, False, False)


def test_what_was_promised_and_not_done_is_listed(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    page = read(english(client, scene.unit), url(scene, version, "unmade"))
    assert ("R1-2</a>" in page, "R1-1</a>" in page) == (True, False)
    draft.reword(draft.clause(version, "2.1"), "Otro texto de 2.1.", scene.unit)
    db.session.commit()
    page = read(english(client, scene.unit), url(scene, version, "unmade"))
    assert "Every change that an answer names is in the text." in page


def test_an_answer_that_was_reopened_promises_nothing(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    english(client, scene.unit)
    assert "Changes that comments led to</a>: 1" in read(client, url(scene, version))
    first = db.session.scalars(select(Comment.id).filter_by(public_number=1)).one()
    answers.reverse(first, reason="Hay otro argumento.", by=scene.head, at=AT)
    db.session.commit()
    page = read(english(client, scene.unit), url(scene, version))
    assert ("Changes that comments led to</a>: 0" in page, "no comment asked for</b>: 2" in page) == (
        True,
        True,
    )


def test_the_next_round_leads_to_it_and_members_do_not_read_it(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    scene.round.state = "published"
    db.session.commit()
    page = read(english(client, scene.unit), f"/unit/rounds/{scene.round.id}/next")
    assert f"/unit/rounds/{scene.round.id}/changes/{version.id}" in page
    read(english(client, scene.delegates[0]), url(scene, version), status=403)
    read(
        english(client, scene.unit),
        f"/unit/rounds/{scene.round.id}/changes/{scene.round.version_id}",
        status=404,
    )
