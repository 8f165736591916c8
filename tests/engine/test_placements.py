"""Comments placed on a later version, on real databases: by evidence, by a person, again and again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import clause_maps, draft_moves, drafts, placements
from consultations.extensions import db
from consultations.facts import placements as facts
from consultations.models.base import NotFound
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.remarks import Placement
from consultations.models.standards import Node, NodeText, StandardVersion
from tests.engine.refusals import refused_with
from tests.factories import comments as make
from tests.factories import drafts as draft
from tests.factories import people
from workflows.roles import Role

AT = datetime(2026, 12, 20, 12, tzinfo=UTC)
LONG = "La organización paga a sus miembros dentro de treinta días después de recibir el café en bodega."


@pytest.fixture
def scene(app: Flask) -> make.Scene:
    return make.scene()


def later(scene: make.Scene, label: str = "2.0") -> StandardVersion:
    return drafts.draw_up(scene.round.version_id, label=label, by=scene.unit, at=AT)


def over(scene: make.Scene) -> None:
    scene.round.state = "published"
    db.session.flush()


def lost(scene: make.Scene, version: StandardVersion, clause: int = 0, text: str = "") -> None:
    """The clause's copy gets another stable id, as an imported file would give it; `text` is what it says then."""
    node = draft.clause(version, scene.clauses[clause].number)
    node.stable_id = f"other-{node.id}"
    if text:
        worded(node, text)
    db.session.flush()


def worded(node: Node, text: str) -> None:
    row = db.session.scalars(select(NodeText).filter_by(node_id=node.id, language="es")).one()
    row.heading, row.text = "", text
    db.session.flush()


def placed(comment: Comment) -> tuple[str | None, str]:
    row = db.session.scalars(select(Placement).filter_by(comment_id=comment.id)).one()
    node = db.session.get(Node, row.node_id) if row.node_id else None
    return (node.number if node else None, row.how)


def events() -> list[str]:
    return [name for name in db.session.scalars(select(Event.name).order_by(Event.id)) if "placed" in name]


def test_a_clause_with_its_stable_id_takes_its_comments_along_and_the_whole_text_needs_no_place(
    scene: make.Scene,
) -> None:
    on_clause, on_whole = make.comment(scene, 0, 0), make.comment(scene, 1, None)
    make.comment(scene, 1, 1, submit=False)
    over(scene)
    version = later(scene)
    draft.clause(version, "1.1").number = "9.9"
    db.session.flush()
    for _ in range(2):
        found = placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert found == placements.Placed(0, 0)
    assert placed(on_clause) == ("9.9", "stable_id")
    assert [row.comment_id for row in db.session.scalars(select(Placement))] == [on_clause.id]
    assert on_whole.node_id is None
    assert events() == ["comments_placed"]


def test_the_clause_map_goes_before_words(scene: make.Scene) -> None:
    worded(scene.clauses[0], LONG)
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    lost(scene, version, 0, LONG)
    ends = {"from_node_id": scene.clauses[0].id, "to_node_id": draft.clause(version, "2.1").id}
    clause_maps.link(scene.round.version_id, version.id, by=scene.unit, at=AT, **ends)
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert placed(made) == ("2.1", "clause_map")


def test_what_a_person_said_was_deleted_is_not_found_again_by_its_words(scene: make.Scene) -> None:
    worded(scene.clauses[0], LONG)
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    lost(scene, version, 0, LONG)
    clause_maps.link(
        scene.round.version_id,
        version.id,
        from_node_id=scene.clauses[0].id,
        to_node_id=None,
        by=scene.unit,
        at=AT,
    )
    assert placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT) == placements.Placed(1, 1)
    assert placed(made) == (None, "orphaned")


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [("range", ("2.2", "quote")), ("table", ("2.2", "quote")), ("clause", (None, "orphaned"))],
)
def test_quoted_words_count_only_where_the_comment_points_at_words(
    scene: make.Scene, anchor: str, expected: tuple[str | None, str]
) -> None:
    made = make.comment(scene, 0, 0)
    made.anchor, made.quote = anchor, "treinta  días"
    over(scene)
    version = later(scene)
    lost(scene, version, 0, "Nada de eso.")
    worded(draft.clause(version, "2.2"), LONG)
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert placed(made) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [(LONG.replace("treinta", "veinte"), ("1.1", "similar")), ("Otra cosa.", (None, "orphaned"))],
)
def test_words_that_are_clearly_alike_are_the_last_evidence(
    scene: make.Scene, text: str, expected: tuple[str | None, str]
) -> None:
    worded(scene.clauses[0], LONG)
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    lost(scene, version, 0, text)
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert placed(made) == expected


def test_two_clauses_that_are_alike_make_an_orphan(scene: make.Scene) -> None:
    worded(scene.clauses[0], LONG)
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    lost(scene, version, 0, LONG)
    worded(draft.clause(version, "2.1"), LONG + ".")
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert placed(made) == (None, "orphaned")


def orphan(scene: make.Scene) -> tuple[Comment, StandardVersion]:
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    lost(scene, version, 0, "Otra cosa distinta.")
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    return made, version


@pytest.mark.parametrize("number", ["2.2", None])
def test_a_person_decides_on_an_orphan_once_and_the_machine_leaves_it(
    scene: make.Scene, number: str | None
) -> None:
    made, version = orphan(scene)
    node_id = draft.clause(version, number).id if number else None
    assert facts.pending(scene.round.id, version.id) == 1
    for _ in range(2):
        placements.place(made.id, version.id, node_id, by=scene.unit, at=AT)
    assert placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT) == placements.Placed(0, 0)
    assert placed(made) == (number, "person")
    assert events() == ["comments_placed", "comment_placed"]
    counted = facts.by_how(scene.round.id, version.id)
    assert (counted["person"], counted["orphaned"], sum(counted.values())) == (1, 0, 1)


def test_a_place_whose_clause_is_deleted_waits_again(scene: make.Scene) -> None:
    made, version = orphan(scene)
    target = draft.clause(version, "2.2")
    placements.place(made.id, version.id, target.id, by=scene.unit, at=AT)
    draft_moves.delete(target.id, **draft.place(target), by=scene.unit, at=AT)
    assert facts.pending(scene.round.id, version.id) == 1
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert placed(made) == (None, "orphaned")


@pytest.mark.parametrize("state", ["open", "paused", "draft", "withdrawn"])
def test_comments_are_placed_when_no_more_come_in(scene: make.Scene, state: str) -> None:
    made = make.comment(scene, 0, 0)
    version = later(scene)
    scene.round.state = state
    db.session.flush()
    with refused_with("placing_too_early"):
        placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    with refused_with("placing_too_early"):
        placements.place(made.id, version.id, None, by=scene.unit, at=AT)


def test_what_no_person_may_say(scene: make.Scene) -> None:
    made, whole = make.comment(scene, 0, 0), make.comment(scene, 1, None)
    over(scene)
    version, other = later(scene), make.standard()[0]
    for wrong in (other.id, scene.round.version_id):
        with refused_with("other_standard"):
            placements.place_all(scene.round.id, wrong, by=scene.unit, at=AT)
    with refused_with("comment_on_whole"):
        placements.place(whole.id, version.id, None, by=scene.unit, at=AT)
    with refused_with("clause_elsewhere"):
        placements.place(made.id, version.id, scene.clauses[0].id, by=scene.unit, at=AT)
    with pytest.raises(NotFound):
        placements.place(987654, version.id, None, by=scene.unit, at=AT)
    with pytest.raises(NotFound):
        placements.place_all(scene.round.id, 987654, by=scene.unit, at=AT)
    assert db.session.scalars(select(Placement)).all() == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.DELEGATE, Role.AUDITOR, Role.NETWORK])
def test_only_the_unit_places(scene: make.Scene, role: Role) -> None:
    made = make.comment(scene, 0, 0)
    over(scene)
    version = later(scene)
    stranger = replace(people.actor(role, network=scene.body), role=role)
    with refused_with("role_may_not"):
        placements.place_all(scene.round.id, version.id, by=stranger, at=AT)
    with refused_with("role_may_not"):
        placements.place(made.id, version.id, None, by=stranger, at=AT)
