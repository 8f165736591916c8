"""The next round: refused with everything that is missing, then begun once, with what is carried over."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import drafts, next_rounds, placements, rounds
from consultations.engine.next_rounds import renumbered
from consultations.engine.round_questions import QuestionText
from consultations.extensions import db
from consultations.facts import next_rounds as facts
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.rounds import Question, Round
from consultations.models.standards import StandardVersion
from tests.engine.refusals import refused_with
from tests.factories import comments as make
from tests.factories import drafts as draft

AT = datetime(2026, 12, 20, 12, tzinfo=UTC)


@pytest.fixture
def scene(app: Flask) -> make.Scene:
    made = make.scene()
    make.comment(made, 0, 0)
    made.round.state = "published"
    make.question(made.round, 1, "text")
    make.question(made.round, 2, "text").node_id = made.clauses[1].id
    db.session.flush()
    return made


@pytest.fixture
def version(scene: make.Scene) -> StandardVersion:
    return drafts.draw_up(scene.round.version_id, label="2.0", by=scene.unit, at=AT)


def ready(scene: make.Scene, version: StandardVersion) -> None:
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    next_rounds.read_redline(scene.round.id, version.id, by=scene.unit, at=AT)


def begin(scene: make.Scene, version: StandardVersion, *positions: int) -> Round:
    return next_rounds.begin_next(scene.round.id, version.id, positions, by=scene.unit, at=AT)


def test_everything_that_is_missing_is_said_at_once(scene: make.Scene, version: StandardVersion) -> None:
    with refused_with("redline_missing", "anchors_pending"):
        begin(scene, version)
    assert scene.round.state == "published"


def test_without_a_version_only_the_version_is_missing(scene: make.Scene) -> None:
    known = facts.next_facts(scene.round, None, by=scene.unit, at=AT)
    assert (known.new_version, known.redline, known.anchors_pending) == (None, True, 0)


def test_the_changes_are_read_as_they_stand(scene: make.Scene, version: StandardVersion) -> None:
    placements.place_all(scene.round.id, version.id, by=scene.unit, at=AT)
    assert next_rounds.read_redline(scene.round.id, version.id, by=scene.unit, at=AT) is True
    assert next_rounds.read_redline(scene.round.id, version.id, by=scene.unit, at=AT) is False
    draft.reword(draft.clause(version, "1.1"), "Otra cosa.", scene.unit)
    with refused_with("redline_missing"):
        begin(scene, version)
    assert next_rounds.read_redline(scene.round.id, version.id, by=scene.unit, at=AT) is True
    assert begin(scene, version).version_id == version.id


def test_the_next_round_is_begun_once_with_the_questions_that_were_chosen(
    scene: make.Scene, version: StandardVersion
) -> None:
    ready(scene, version)
    made, again = begin(scene, version, 2), begin(scene, version, 2)
    assert (made.id, made.number, made.state, scene.round.state) == (again.id, 2, "draft", "superseded")
    assert (made.objectives, made.languages, made.zone) == (
        scene.round.objectives, scene.round.languages, scene.round.zone,
    )  # fmt: skip
    assert (made.opens_at, made.closes_at) == (None, None)
    asked = db.session.scalars(select(Question).filter_by(round_id=made.id).order_by(Question.position)).all()
    assert [(one.position, one.kind, one.purpose) for one in asked] == [
        (1, "text", ""),
        (2, "multiple", "consulted"),
    ]
    assert (asked[0].texts, asked[0].node_id) == ({"es": "Pregunta 2"}, draft.clause(version, "1.2").id)
    assert facts.before(made).id == scene.round.id
    said = db.session.scalars(select(Event.name).where(Event.name == "round_superseded")).all()
    assert said == ["round_superseded"]


def test_a_question_on_a_clause_that_is_gone_asks_about_the_whole_text(
    scene: make.Scene, version: StandardVersion
) -> None:
    draft.clause(version, "1.2").stable_id = "other"
    for node in version.nodes:
        for text in node.texts:
            text.text = ""
    db.session.flush()
    ready(scene, version)
    made = begin(scene, version, 2)
    assert db.session.scalars(select(Question.node_id).filter_by(round_id=made.id, position=1)).one() is None


def test_a_published_round_is_followed_from_its_own_page(scene: make.Scene, version: StandardVersion) -> None:
    with refused_with("round_not_followed"):
        rounds.create(
            scene.round.dossier_id, version.id, objectives={}, zone="UTC", day_count="inclusive", opens_on=None,
            languages=["es"], waivers={}, by=scene.unit, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("state", ["open", "answering", "synopsis_review", "withdrawn"])
def test_only_a_published_round_is_followed(scene: make.Scene, version: StandardVersion, state: str) -> None:
    scene.round.state = state
    db.session.flush()
    with refused_with("move_not_from_here"):
        begin(scene, version)


def test_what_does_not_fit(scene: make.Scene, version: StandardVersion) -> None:
    with refused_with("other_standard"):
        next_rounds.read_redline(scene.round.id, scene.round.version_id, by=scene.unit, at=AT)
    with refused_with("role_may_not"):
        next_rounds.begin_next(scene.round.id, version.id, (), by=scene.chair, at=AT)
    with refused_with("role_may_not"):
        next_rounds.read_redline(scene.round.id, version.id, by=scene.chair, at=AT)
    with pytest.raises(NotFound):
        next_rounds.begin_next(987654, version.id, (), by=scene.unit, at=AT)


def asked(question: int | None = None) -> QuestionText:
    return QuestionText(
        "text", {"es": "?"}, asked_if={"question": question, "values": ["x"]} if question else None
    )


@pytest.mark.parametrize(
    ("questions", "positions", "expected"),
    [
        ([asked(), asked(1)], [1, 2], [None, 1]),
        ([asked(), asked(3)], [3, 4], [None, 1]),
        ([asked(3)], [4], [None]),
        ([asked(), asked(), asked(4)], [2, 4, 5], [None, None, 2]),
    ],
)
def test_conditions_follow_the_question_that_they_ask_about(
    questions: list[QuestionText], positions: list[int], expected: list[int | None]
) -> None:
    found = renumbered(questions, positions)
    assert [one.asked_if["question"] if one.asked_if else None for one in found] == expected
