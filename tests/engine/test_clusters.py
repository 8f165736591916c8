"""A person says which points belong together; one answer reaches each of them; what was received never changes."""

from contextlib import suppress
from datetime import datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.comment_sheet_report import COLUMNS, Sheet, SheetRow
from consultations.engine import answers, cluster_answers, clusters, comments, points
from consultations.engine.comment_imports import import_sheet
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts.clusters import HowMuch, cluster_of, how_much, members_of
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.models.points import Batch, Cluster
from tests.factories.comments import AFTER, DURING, REPLY, Scene, answered, answering, comment, scene
from workflows.refusals import Refused

SAID = {
    "outcome": "accepted",
    "reason": "Mejora el texto.",
    "responses": {"es": "Gracias.", "pt": "Obrigado."},
}


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=4)
    for who in range(4):
        comment(made, who=who, language="pt" if who == 3 else "es", text="Nos parece bien. Uno. Dos.")
    return answering(made)


def ids() -> list[int]:
    return list(db.session.scalars(select(Comment.id).order_by(Comment.id)))


def first(*positions: int) -> list[tuple[int, int]]:
    return [(ids()[position], 1) for position in positions]


def test_a_cluster_is_one_distinct_thing_and_nothing_less_was_received(here: Scene) -> None:
    assert how_much(here.round.id) == HowMuch(4, 4, 4, 4, 0)
    made = clusters.make(here.round.id, "duplicate", " Bien ", first(0, 1, 2), by=here.unit, at=AFTER)
    assert how_much(here.round.id) == HowMuch(4, 4, 2, 4, 0)
    points.split(ids()[3], ("Uno.", "Dos."), by=here.unit, at=AFTER)
    assert how_much(here.round.id) == HowMuch(4, 5, 3, 4, 0)
    clusters.join(made.id, [(ids()[3], 2)], by=here.unit, at=AFTER)
    assert how_much(here.round.id) == HowMuch(4, 5, 2, 4, 0)
    clusters.take_out(made.id, first(1, 1), by=here.second, at=AFTER)
    assert members_of(made.id) == ((ids()[0], 1), (ids()[2], 1), (ids()[3], 2))
    clusters.dissolve(made.id, by=here.second, at=AFTER)
    assert how_much(here.round.id) == HowMuch(4, 5, 5, 4, 0)
    assert cluster_of(ids()[0], 1) is None
    assert made.title == "Bien"


def test_everything_said_twice_happens_once(here: Scene) -> None:
    def make() -> int:
        return clusters.make(here.round.id, "theme", "Bien", first(0, 1), by=here.unit, at=AFTER).id

    made = make()
    assert make() == made
    for _ in range(2):
        clusters.join(made, first(0, 2), by=here.unit, at=AFTER)
        clusters.rename(made, "Mejor", by=here.unit, at=AFTER)
        clusters.take_out(made, first(2, 3), by=here.unit, at=AFTER)
    for _ in range(2):
        clusters.dissolve(made, by=here.unit, at=AFTER)
    names = select(Event.name).where(Event.name.startswith("cluster")).order_by(Event.id)
    assert db.session.scalars(names).all() == [
        "cluster_made", "cluster_joined", "cluster_renamed", "cluster_left", "cluster_joined", "cluster_left",
        "cluster_dissolved",
    ]  # fmt: skip
    assert make() != made


def test_every_reason_against_a_cluster_is_told(here: Scene) -> None:
    clusters.make(here.round.id, "theme", "Bien", first(0, 1), by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        clusters.make(here.round.id, "alike", " ", first(1, 1), by=here.unit, at=AFTER)
    assert codes(refused) == ["value_unknown", "cluster_title_missing", "cluster_small", "points_clustered"]
    assert f"R{here.round.number}-2" in str(refused.value)


def test_a_point_stands_in_one_cluster_and_a_dissolved_one_takes_none(here: Scene) -> None:
    one = clusters.make(here.round.id, "theme", "Bien", first(0, 1), by=here.unit, at=AFTER)
    other = clusters.make(here.round.id, "theme", "Mal", first(2, 3), by=here.unit, at=AFTER)
    with pytest.raises(Refused) as taken:
        clusters.join(other.id, first(1), by=here.unit, at=AFTER)
    assert codes(taken) == ["points_clustered"]
    clusters.take_out(one.id, first(0, 1), by=here.unit, at=AFTER)
    assert one.dissolved_at == AFTER
    clusters.join(other.id, first(1), by=here.unit, at=AFTER)
    for act in (clusters.join, clusters.take_out):
        with pytest.raises(Refused) as over:
            act(one.id, first(0), by=here.unit, at=AFTER)
        assert codes(over) == ["cluster_dissolved"]
    with pytest.raises(Refused) as named:
        clusters.rename(one.id, " ", by=here.unit, at=AFTER)
    assert codes(named) == ["cluster_dissolved", "cluster_title_missing"]


def test_clusters_are_the_units_and_of_points_that_the_round_received(here: Scene) -> None:
    with pytest.raises(Refused) as other:
        clusters.make(here.round.id, "theme", "Bien", first(0, 1), by=here.delegates[0], at=AFTER)
    assert codes(other) == ["role_may_not"]
    for members in ([*first(0), (ids()[1], 2)], [*first(0), (ids()[-1] + 1, 1)]):
        with pytest.raises(NotFound):
            clusters.make(here.round.id, "theme", "Bien", members, by=here.unit, at=AFTER)
    for act in (clusters.dissolve, lambda id, **who: cluster_answers.answer(id, **SAID, **who)):
        with pytest.raises(NotFound):
            act(99, by=here.unit, at=AFTER)
    here.round.state = "closed"
    db.session.flush()
    with pytest.raises(Refused) as early:
        clusters.make(here.round.id, "theme", "Bien", first(0, 1), by=here.unit, at=AFTER)
    assert codes(early) == ["round_not_answering"]


def cluster(here: Scene, *positions: int) -> int:
    return clusters.make(here.round.id, "duplicate", "Bien", first(*positions), by=here.unit, at=AFTER).id


def test_one_answer_reaches_every_point_in_its_language_with_an_event_each(here: Scene) -> None:
    made = cluster(here, 0, 2, 3)
    given = cluster_answers.answer(made, **SAID, decided_in="Acta 3", decide=True, by=here.unit, at=AFTER)
    assert given.left == ()
    rows = db.session.execute(
        select(Answer.comment_id, Answer.response, Answer.decided_in).where(Answer.decided_by_id.is_not(None))
        .order_by(Answer.comment_id)
    ).all()  # fmt: skip
    assert rows == [
        (ids()[0], "Gracias.", "Acta 3"), (ids()[2], "Gracias.", "Acta 3"), (ids()[3], "Obrigado.", "Acta 3"),
    ]  # fmt: skip
    assert db.session.scalars(select(Event.name)).all().count("answer_decided") == 3
    batch = db.session.scalars(select(Batch)).one()
    assert (batch.cluster_id, batch.comments, batch.made_by_id) == (
        made, [[ids()[n], 1, 2] for n in (0, 2, 3)], here.unit.person_id,
    )  # fmt: skip


@pytest.mark.parametrize("decide", [True, False])
def test_the_same_answer_twice_is_one_batch(here: Scene, decide: bool) -> None:
    answered(here, db.session.get_one(Comment, ids()[1]), response="Otra.")
    made = cluster(here, 0, 1, 2)
    said = {**SAID, "decide": decide, "by": here.unit, "at": AFTER}
    one, other = cluster_answers.answer(made, **said), cluster_answers.answer(made, **said)
    assert one.batch.id == other.batch.id
    assert one.left == other.left == (f"R{here.round.number}-2",)
    assert len(db.session.scalars(select(Answer)).all()) == 2 + (4 if decide else 2)


def test_what_is_decided_already_is_named_and_left_alone(here: Scene) -> None:
    answered(here, db.session.get_one(Comment, ids()[1]), response="Otra.")
    made = cluster(here, 0, 1)
    answers.propose(ids()[0], **REPLY, by=here.second, at=AFTER)
    given = cluster_answers.answer(made, **SAID, decide=True, by=here.unit, at=AFTER)
    assert ([row.comment_id for row in given.answers], given.left) == (
        [ids()[0]],
        (f"R{here.round.number}-2",),
    )
    with pytest.raises(Refused) as refused:
        cluster_answers.answer(made, **{**SAID, "reason": "Otra."}, by=here.unit, at=AFTER)
    assert codes(refused) == ["cluster_answered"]


def test_an_answer_to_many_is_refused_as_one_would_be_and_nothing_is_written(here: Scene) -> None:
    made = cluster(here, 0, 3)
    with pytest.raises(Refused) as silent:
        cluster_answers.answer(made, **{**SAID, "responses": {"es": " "}}, by=here.unit, at=AFTER)
    assert codes(silent) == ["response_missing_in", "response_missing_in"]
    with pytest.raises(Refused) as alone:
        cluster_answers.answer(made, **{**SAID, "outcome": "rejected"}, decide=True, by=here.unit, at=AFTER)
    assert codes(alone) == ["second_person_missing"]
    with pytest.raises(Refused) as empty:
        cluster_answers.answer(made, **{**SAID, "outcome": "", "reason": ""}, by=here.unit, at=AFTER)
    assert codes(empty) == ["outcome_missing", "reason_missing"]
    with pytest.raises(Refused) as other:
        cluster_answers.answer(made, **SAID, by=here.delegates[0], at=AFTER)
    assert codes(other) == ["role_may_not"]
    assert db.session.scalars(select(Answer)).all() == []


def test_one_point_of_a_split_comment_is_answered_with_its_cluster(here: Scene) -> None:
    points.split(ids()[0], ("Uno.", "Dos."), by=here.unit, at=AFTER)
    made = clusters.make(
        here.round.id, "theme", "Dos", [(ids()[0], 2), (ids()[1], 1)], by=here.unit, at=AFTER
    )
    cluster_answers.answer(made.id, **SAID, decide=True, by=here.unit, at=AFTER)
    states = db.session.scalars(select(Comment.state).order_by(Comment.id).limit(2)).all()
    assert states == ["triaged", "decided"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["split", "merge", "cluster", "join", "take_out", "dissolve", "import", "sheet", "withdraw"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)


PARTS = " ".join(f"Punto {n}." for n in range(6))


class Desk:
    """Acts on a round by position; refusals are answers."""

    def __init__(self, here: Scene) -> None:
        self.here = here
        self.unit: Actor = here.unit

    def act(self, name: str, one: int, other: int) -> None:
        here, all_ids = self.here, ids()
        comment_id = all_ids[one % len(all_ids)]
        pairs = [(comment_id, 1 + other % 2), (all_ids[other % len(all_ids)], 1)]
        made = list(db.session.scalars(select(Cluster.id).order_by(Cluster.id)))
        asked = {"by": here.unit, "at": self.at}
        if name == "split":
            points.split(comment_id, [f"Punto {n}." for n in range(other)], **asked)
        elif name == "merge":
            points.merge(comment_id, **asked)
        elif name == "cluster":
            clusters.make(here.round.id, "theme", f"Grupo {one}", pairs, **asked)
        elif name in ("join", "take_out") and made:
            getattr(clusters, name)(made[other % len(made)], pairs, **asked)
        elif name == "dissolve" and made:
            clusters.dissolve(made[other % len(made)], **asked)

    def entered(self, one: int) -> int:
        """An organisation enters its words, while it may; how many comments that are."""
        with suppress(Refused):
            comment(self.here, who=one % 4, text=PARTS)
            return 1
        return 0

    def sheet(self, one: int) -> int:
        """A comment sheet of one organisation is imported; how many comments it brought, none the second time."""
        code = self.here.organisations[one % 4].code
        row = SheetRow(1, code, type="general", comment="Lo decimos en la hoja.", observation="Not accepted")
        with suppress(Refused):
            done = import_sheet(
                self.here.round.id, Sheet((row,), "csv", COLUMNS, ""), by=self.here.unit, at=self.at
            )
            return done.comments
        return 0

    def withdrawn(self, one: int) -> int:
        """Whether this comment could be taken back by its organisation."""
        made = db.session.get_one(Comment, ids()[one % len(ids())])
        author = next(d for d in self.here.delegates if d.organisation_id == made.organisation_id)
        before = made.state
        with suppress(Refused):
            comments.withdraw(made.id, by=author, at=self.at)
            return before != "withdrawn"
        return 0

    @property
    def at(self) -> datetime:
        return DURING if self.here.round.state == "open" else AFTER


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(early=STEPS, steps=STEPS)
def test_no_work_at_the_desk_changes_what_was_received(
    app: Flask, early: list[tuple[str, int, int]], steps: list[tuple[str, int, int]]
) -> None:
    """While the round is open the desk may do nothing; once it answers, nothing is entered or taken back any more."""
    with db.session.begin_nested() as before:
        here = scene(organisations=4)
        for who in range(3):
            comment(here, who=who, text=PARTS)
        desk, received, withdrawn = Desk(here), 3, 0
        for name, one, other in [*early, ("answer", 0, 0), *steps]:
            open_ = here.round.state == "open"
            if name == "answer":
                answering(here)
            elif name == "import":
                came = desk.entered(one)
                assert came == open_
                received += came
            elif name == "sheet":
                came = desk.sheet(one)
                assert came == 0 or open_
                assert desk.sheet(one) == 0
                received += came
            elif name == "withdraw":
                taken_back = desk.withdrawn(one)
                assert taken_back == 0 or open_
                received, withdrawn = received - taken_back, withdrawn + taken_back
            else:
                with suppress(Refused, NotFound):
                    desk.act(name, one, other)
            found = how_much(here.round.id)
            assert (found.received, found.withdrawn) == (received, withdrawn)
            assert found.points >= found.received >= found.organisations
            assert found.points >= found.distinct >= min(1, received)
        before.rollback()
    db.session.expire_all()
