"""From a published round to the next in the browser: what is missing, orphans placed, the round begun, what was said."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.engine import drafts, next_rounds, placements
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.remarks import Placement
from consultations.models.rounds import Question, Round
from consultations.models.standards import NodeText, StandardVersion
from tests import browsing
from tests.factories import comments as make
from tests.factories import drafts as draft
from tests.factories import people
from tests.web.test_unit_drafts import english, read
from workflows.roles import Role

AT = datetime(2026, 12, 20, 12, tzinfo=UTC)
OLD = "La organización paga dentro de treinta días después de recibir el café."


@pytest.fixture
def scene(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.Scene:
    """A published round with two comments, one of which loses its clause on the way."""
    monkeypatch.setattr("consultations.clock.now", lambda: AT)
    made = make.scene()
    make.question(made.round, 1, "text")
    for n in (0, 1):
        outcome = "accepted" if n else "accepted_in_principle"
        make.answered(made, _commented(made, n), outcome=outcome)
    made.round.state, made.round.published_at = "published", AT
    db.session.commit()
    return made


def _commented(scene: make.Scene, clause: int) -> Comment:
    scene.round.state = "open"
    text = f"Treinta días es mucho ({clause})."
    made = make.comment(scene, 0, clause, text=text)
    scene.round.state = "answering"
    return made


@pytest.fixture
def version(scene: make.Scene) -> StandardVersion:
    """Version 2.0, in which the first clause has another stable id and other words."""
    made = drafts.draw_up(scene.round.version_id, label="2.0", by=scene.unit, at=AT)
    node = draft.clause(made, "1.1")
    node.stable_id = "other"
    row = db.session.scalars(select(NodeText).filter_by(node_id=node.id, language="es")).one()
    row.heading, row.text = "", "Nada de lo anterior."
    db.session.commit()
    return made


def test_the_page_says_everything_that_is_missing_and_where_it_is_mended(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    page = read(english(client, scene.unit), f"/unit/rounds/{scene.round.id}/next")
    assert "Nobody has said that the changes between both versions were read as they stand now." in page
    assert "Comments whose place in the text is not settled: 2." in page
    assert "2 not placed yet" in page
    assert f"/unit/standards/redline/{scene.round.version_id}/{version.id}" in page
    assert "Begin the next round" not in page


def test_without_a_new_version_it_says_where_to_draw_one_up(scene: make.Scene, client: FlaskClient) -> None:
    page = read(english(client, scene.unit), f"/unit/rounds/{scene.round.id}/next")
    assert "There is no new version of the draft." in page
    assert f"/unit/standards/versions/{scene.round.version_id}/next" in page


def test_the_whole_way_in_the_browser(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    unit = english(client, scene.unit)
    places = f"/unit/rounds/{scene.round.id}/placements/{version.id}"
    assert browsing.post(unit, places).location == places
    desk = read(unit, places)
    assert "1 waiting for a person" in desk
    assert "1 by the clause" in desk
    orphan = db.session.scalars(select(Placement.comment_id).where(Placement.node_id.is_(None))).one()
    here = f"/unit/comments/{orphan}/place/{version.id}"
    assert here in desk
    assert "% alike" in read(unit, here)
    answer = browsing.post(unit, here, place="another", clause_id=str(draft.clause(version, "2.1").id))
    assert (answer.status_code, answer.location) == (303, places)
    way = f"/unit/rounds/{scene.round.id}/next"
    assert browsing.post(unit, f"{way}/{version.id}/read", page_url=way).status_code == 303
    page = read(unit, way)
    assert "Begin the next round" in page
    assert browsing.post(unit, f"{way}?version={version.id}", questions="1").status_code == 303
    made = db.session.scalars(select(Round).where(Round.number == 2)).one()
    assert (made.state, made.version_id, scene.round.state) == ("draft", version.id, "superseded")
    asked = db.session.scalars(
        select(Question.texts).filter_by(round_id=made.id).order_by(Question.position)
    ).all()
    assert asked[0] == {"es": "Pregunta 1"}
    assert "Carried over from the round before" in read(unit, f"/unit/rounds/{made.id}")


def begun(scene: make.Scene, version: StandardVersion) -> Round:
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    orphan = db.session.scalars(select(Placement.comment_id).where(Placement.node_id.is_(None))).one()
    placements.place(orphan, version.id, draft.clause(version, "2.1").id, by=scene.unit, at=AT)
    next_rounds.read_redline(scene.round.id, version.id, by=scene.unit, at=AT)
    made = next_rounds.begin_next(scene.round.id, version.id, (), by=scene.unit, at=AT)
    for organisation in scene.organisations:
        make.register(made, organisation)
    made.state, made.text_sha256 = "open", "0" * 64
    made.opens_at, made.closes_at = AT, datetime(2027, 2, 1, 6, tzinfo=UTC)
    made.first_closes_at = made.closes_at
    db.session.commit()
    return made


def test_a_delegate_reads_beside_the_clause_what_they_said_before_and_the_answer(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    made = begun(scene, version)
    moved, other = (draft.clause(version, number).id for number in ("2.1", "2.2"))
    ours = english(client, scene.delegates[0])
    page = read(ours, f"/d/rounds/{made.id}/clauses/{moved}")
    assert "What you said in the round before (1)" in page
    assert "Treinta días es mucho (0)." in page
    assert "Gracias, lo aceptamos." in page
    assert "round before" not in read(ours, f"/d/rounds/{made.id}/clauses/{other}")
    theirs = english(client, scene.delegates[1])
    assert "round before" not in read(theirs, f"/d/rounds/{made.id}/clauses/{moved}")


def test_what_was_put_off_is_listed_for_the_new_round(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    made = begun(scene, version)
    page = read(english(client, scene.head), f"/unit/rounds/{made.id}/carried")
    assert "Now on clause 2.1" in page
    assert "Treinta días es mucho (0)." in page
    assert "Treinta días es mucho (1)." not in page
    assert "This is the first round." in read(client, f"/unit/rounds/{scene.round.id}/carried")


def test_a_place_is_asked_for_and_nothing_else_counts(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    unit = english(client, scene.unit)
    comment = db.session.scalars(select(Comment.id).order_by(Comment.id)).first()
    here = f"/unit/comments/{comment}/place/{version.id}"
    assert browsing.post(unit, here).status_code == 400
    answer = browsing.post(unit, here, place="another", clause_id="0")
    assert answer.status_code == 400
    assert "Choose the clause." in answer.get_data(as_text=True)
    assert browsing.post(unit, here, place="nothing").status_code == 303
    assert [(row.node_id, row.how) for row in db.session.scalars(select(Placement))] == [(None, "person")]
    read(unit, f"/unit/rounds/{scene.round.id}/placements/{scene.round.version_id}", 404)


@pytest.mark.parametrize(("role", "status"), [(Role.CHAIR, 403), (Role.AUDITOR, 200), (Role.DELEGATE, 403)])
def test_who_reads_the_desk_of_orphans(
    scene: make.Scene, version: StandardVersion, client: FlaskClient, role: Role, status: int
) -> None:
    reader = people.actor(role, network=scene.body)
    db.session.commit()
    places = f"/unit/rounds/{scene.round.id}/placements/{version.id}"
    read(english(client, reader), places, status)
    assert "Place what can be placed" not in client.get(places).get_data(as_text=True)


def test_what_changed_is_shown_with_what_asked_for_it_and_a_reason_is_written(
    scene: make.Scene, version: StandardVersion, client: FlaskClient
) -> None:
    draft.reword(draft.clause(version, "2.2"), "Un plazo nuevo.", scene.unit)
    made = begun(scene, version)
    way = f"/unit/rounds/{scene.round.id}/changes/{version.id}"
    unit = english(client, scene.unit)
    home = read(unit, f"/unit/rounds/{made.id}")
    assert ("3 changes are not explained." in home, f'href="{way}"' in home) == (True, True)
    page = read(unit, way)
    assert (page.count("Not explained"), "Without a reason: 3." in page) == (3, True)
    (why,) = re.findall(rf'href="({way}/[0-9a-f]{{64}})">Write the reason<span class="vh"> 2\.2<', page)
    assert "plazo nuevo" in read(unit, why)
    assert browsing.post(unit, why, reason=" ").status_code in (400, 409)
    assert browsing.post(unit, why, reason="La ley pide otro plazo.").location == way
    page = read(unit, way)
    assert (page.count("Not explained"), "La ley pide otro plazo." in page) == (2, True)
    seen = read(english(client, scene.chair), way)
    assert ("La ley pide otro plazo." in seen, "Write the reason" in seen) == (True, False)
