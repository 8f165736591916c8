"""The places of clauses: added, moved, split, merged, deleted; once each, and only when nobody else was quicker."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import comments, draft_moves, draft_parts, drafts, standards
from consultations.engine.draft_terms import Terms
from consultations.engine.draft_words import Words, text_of
from consultations.extensions import db
from consultations.facts.drafts import FRESH, STALE, clause_stamp, freshness
from consultations.models.base import NotFound
from consultations.models.drafts import ClauseLink, NodeRevision
from consultations.models.events import Event
from consultations.models.remarks import Placement
from consultations.models.rounds import Question
from consultations.models.standards import Node, NodeText, StandardVersion
from tests.engine.refusals import refused_with
from tests.factories import drafts as make
from tests.factories import rounds
from tests.factories import standards as texts

WHOLE = [("1", 0), ("1.1", 1), ("1.1.1", 2), ("1.1.2", 2), ("2", 0), ("2.1", 1), ("2.1.1", 2)]
NEW = {"es": Words(text="La organización informa."), "en": Words(text="The organisation informs.")}


def added(version: StandardVersion, by: object, **place: int | None) -> Node:
    where = {"parent_id": None, "after_id": None, **place}
    return draft_moves.add_clause(
        version.id,
        terms=Terms("requirement", "new"),
        words=NEW,
        request=str(uuid4()),
        by=by,
        at=make.START,
        **where,
    )  # type: ignore[arg-type]


def events(name: str) -> int:
    return len(db.session.scalars(select(Event).where(Event.name == name)).all())


def links(version: StandardVersion) -> list[tuple[str, str]]:
    query = select(ClauseLink).filter_by(to_version_id=version.id).order_by(ClauseLink.id)
    return [
        tuple(db.session.get(Node, id).number for id in (line.from_node_id, line.to_node_id))
        for line in db.session.scalars(query)
    ]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("below", "after", "expected"),
    [
        (None, None, [("new", 0), *WHOLE]),
        (None, "1", [*WHOLE[:4], ("new", 0), *WHOLE[4:]]),
        ("1.1", None, [*WHOLE[:2], ("new", 2), *WHOLE[2:]]),
        (None, "1.1.1", [*WHOLE[:3], ("new", 2), *WHOLE[3:]]),
        ("2.1.1", None, [*WHOLE, ("new", 3)]),
    ],
)  # fmt: skip
def test_a_clause_is_added_where_it_is_wanted(
    app: Flask, below: str | None, after: str | None, expected: list[tuple[str, int]]
) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    place = {name: make.clause(draft, number).id if number else None for name, number in (("parent_id", below), ("after_id", after))}  # fmt: skip
    node = added(draft, by, **place)
    assert make.outline(draft) == expected
    assert (make.words(node, "en").text, len(node.stable_id)) == ("The organisation informs.", 36)


def test_a_form_sent_twice_adds_one_clause(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    sent = {
        "parent_id": None,
        "after_id": None,
        "terms": Terms(number="9"),
        "words": NEW,
        "request": str(uuid4()),
    }
    first, second = (draft_moves.add_clause(draft.id, by=by, at=make.START, **sent) for _ in range(2))
    assert (first.id, len(make.outline(draft)), events("clause_added")) == (second.id, 8, 1)


def test_a_clause_without_words_or_of_another_version_is_not_added(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    other = make.clause(texts.version(), "1.1")
    with refused_with("clause_elsewhere"):
        added(draft, by, parent_id=other.id)
    with refused_with("clause_words_missing"):
        draft_moves.add_clause(
            draft.id, parent_id=None, after_id=None, terms=Terms(), words={"en": Words(text="x")}, request="", by=by, at=make.START
        )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "where", "into", "expected"),
    [
        ("1.1.2", "up", None, ["1", "1.1", "1.1.2", "1.1.1", "2", "2.1", "2.1.1"]),
        ("1", "down", None, ["2", "2.1", "2.1.1", "1", "1.1", "1.1.1", "1.1.2"]),
        ("1.1.1", "into", "2.1", ["1", "1.1", "1.1.2", "2", "2.1", "2.1.1", "1.1.1"]),
        ("2.1", "into", None, ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1"]),
        ("1.1", "into", "1", ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1"]),
    ],
)
def test_a_clause_moves_with_all_that_lies_below_it(
    app: Flask, number: str, where: str, into: str | None, expected: list[str]
) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node = make.clause(draft, number)
    stable_id, parent = node.stable_id, make.clause(draft, into).id if into else None
    sent = make.place(node)
    for _ in range(2):
        draft_moves.move(node.id, where=where, parent_id=parent, by=by, at=make.START, **sent)
    assert [number for number, _ in make.outline(draft)] == expected
    assert (node.stable_id, events("clause_moved")) == (stable_id, 1)
    depths = {n.id: n.depth for n in db.session.scalars(select(Node).filter_by(version_id=draft.id))}
    assert all(n.depth == (depths[n.parent_id] + 1 if n.parent_id else 0) for n in db.session.scalars(select(Node).filter_by(version_id=draft.id)))  # fmt: skip


@pytest.mark.parametrize(
    ("number", "where", "into", "code"),
    [
        ("1", "up", None, "clause_at_the_edge"), ("2", "down", None, "clause_at_the_edge"),
        ("1", "into", "1.1.1", "clause_below_itself"), ("1", "into", "1", "clause_below_itself"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused(
    app: Flask, number: str, where: str, into: str | None, code: str
) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node = make.clause(draft, number)
    with refused_with(code):
        draft_moves.move(node.id, where=where, parent_id=make.clause(draft, into).id if into else None, by=by, at=make.START, **make.place(node))  # fmt: skip


def test_a_place_that_somebody_changed_meanwhile_is_left_alone(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node, sister = make.clause(draft, "1.1.1"), make.clause(draft, "1.1.2")
    sent = make.place(node)
    draft_moves.move(sister.id, where="up", by=make.unit(), at=make.START, **make.place(sister))
    with refused_with("edited_meanwhile"):
        draft_moves.move(node.id, where="down", by=by, at=make.START, **sent)


def test_a_deleted_clause_leaves_the_text_and_its_words_stay(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    before = standards.text_sha256(draft.id)
    node = make.clause(draft, "1.1")
    assert draft_moves.delete(node.id, by=by, at=make.START, **make.place(node)) == 3
    assert make.outline(draft) == [("1", 0), ("2", 0), ("2.1", 1), ("2.1.1", 2)]
    kept = {(r.language, r.text) for r in db.session.scalars(select(NodeRevision)) if r.text}
    assert ("en", "The organisation keeps contracts for five years.") in kept
    assert db.session.scalars(select(NodeText).filter_by(node_id=node.id)).all() == []
    assert standards.text_sha256(draft.id) != before
    assert {node["number"] for node in standards.texts.canonical_text(draft.id)["nodes"]} == {
        "1",
        "2",
        "2.1",
        "2.1.1",
    }
    with pytest.raises(NotFound):
        draft_moves.delete(node.id, by=by, at=make.START, **make.place(node))
    assert "1.1" not in [
        number for number, _ in make.outline(drafts.draw_up(draft.id, label="3", by=by, at=make.START))
    ]


def test_a_clause_that_questions_ask_about_stays(app: Flask) -> None:
    house = rounds.house()
    round = rounds.draft(house)
    node, chapter = make.clause(house.version, "1.1.1"), make.clause(house.version, "1")
    db.session.add(Question(round_id=round.id, position=9, kind="text", texts={"es": "¿?"}, node_id=node.id))
    db.session.flush()
    with refused_with("clause_asked_about"):
        draft_moves.delete(chapter.id, by=house.unit, at=make.START, **make.place(chapter))


def test_a_comment_placed_on_a_deleted_clause_waits_for_a_person(app: Flask) -> None:
    house = rounds.house()
    round = rounds.at_stage(house, "open")
    comment = comments.enter(
        round.id, make.clause(house.version, "1.1.1").id, client_uuid=str(uuid4()), language="es", type="general",
        stance="for", text="Nos parece bien.", by=house.delegates[0], at=rounds.OPENS_AT,
    )  # fmt: skip
    draft = make.drawn_up(house.unit, source=house.version)
    node = make.clause(draft, "1.1.1")
    placed = Placement(
        comment_id=comment.id, version_id=draft.id, node_id=node.id, how="stable_id", placed_at=make.START
    )
    db.session.add(placed)
    db.session.flush()
    draft_moves.delete(node.id, by=house.unit, at=make.START, **make.place(node))
    db.session.refresh(placed)
    assert (placed.node_id, placed.how) == (None, "orphaned")


PARTS = {
    "first": {"es": Words(text="La organización firma un contrato."), "en": Words(text="The organisation signs a contract.")},
    "second": {"es": Words(text="Lo hace por cada venta."), "en": Words(text="It does so for every sale.")},
}  # fmt: skip


def split(node: Node, by: object, parts: dict[str, dict[str, Words]] = PARTS, **sent: str) -> Node:
    place = {**make.place(node), **sent}
    return draft_parts.split(node.id, number="1.1.1.b", by=by, at=make.START, **parts, **place)  # type: ignore[arg-type]


def test_a_clause_split_in_two_keeps_its_id_and_tells_the_map(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node = make.clause(draft, "1.1.1")
    node.requirement_kind, node.years = "core", "2"
    stable_id, sent = node.stable_id, make.place(node)
    new = split(node, by, **sent)
    assert split(node, by, **sent).id == new.id
    assert [number for number, _ in make.outline(draft)][2:5] == ["1.1.1", "1.1.1.b", "1.1.2"]
    assert (node.stable_id, new.stable_id != stable_id) == (stable_id, True)
    assert (new.kind, new.requirement_kind, new.years) == ("requirement", "core", "2")
    assert [make.words(one, "es").text for one in (node, new)] == [
        "La organización firma un contrato.",
        "Lo hace por cada venta.",
    ]
    assert links(draft) == [("1.1.1", "1.1.1"), ("1.1.1", "1.1.1.b")]
    assert [freshness(text_of(one, "en"), text_of(one, "es")) for one in (node, new)] == [FRESH, FRESH]
    third = split(new, by)
    assert links(draft)[2:] == [("1.1.1", "1.1.1.b")]
    assert third.id not in (node.id, new.id)


def test_a_stale_translation_is_not_fresh_because_it_was_split(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    make.reword(node, "Del todo otra cosa, en dos frases.", by)
    new = split(node, by)
    assert freshness(text_of(node, "en"), text_of(node, "es")) == STALE
    assert freshness(text_of(new, "en"), text_of(new, "es")) != FRESH


@pytest.mark.parametrize("part", ["first", "second"])
def test_a_part_without_text_is_no_part(app: Flask, part: str) -> None:
    by = make.unit()
    with refused_with("split_part_missing"):
        split(
            make.clause(make.drawn_up(by), "1.1.1"), by, {**PARTS, part: {"es": Words(heading="Sólo título")}}
        )


def merged(node: Node, other: Node, by: object, **sent: str) -> Node:
    place = {**make.place(node), "known_other": clause_stamp(other), **sent}
    return draft_parts.merge(node.id, other.id, words=NEW, by=by, at=make.START, **place)  # type: ignore[arg-type]


def test_two_clauses_merged_are_one_and_the_map_knows_both(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node, other = make.clause(draft, "1.1"), make.clause(draft, "2.1")
    sent = {**make.place(node), "known_other": clause_stamp(other)}
    for _ in range(2):
        merged(node, other, by, **sent)
    assert make.outline(draft) == [("1", 0), ("1.1", 1), ("1.1.1", 2), ("1.1.2", 2), ("2.1.1", 2), ("2", 0)]
    assert (make.words(node, "es").text, events("clauses_merged")) == ("La organización informa.", 1)
    assert links(draft) == [("1.1", "1.1"), ("2.1", "1.1")]
    assert {r.heading for r in db.session.scalars(select(NodeRevision))} >= {
        "Contratos",
        "Jornada",
        "Contracts",
        "Hours",
    }


@pytest.mark.parametrize(("one", "other"), [("1.1.1", "1.1.1"), ("1", "1.1.1"), ("1.1.1", "1")])
def test_a_clause_does_not_merge_with_itself_or_its_own(app: Flask, one: str, other: str) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    with refused_with("merge_with_itself"):
        merged(make.clause(draft, one), make.clause(draft, other), by)


def test_a_merger_of_what_changed_meanwhile_is_refused(app: Flask) -> None:
    by = make.unit()
    draft = make.drawn_up(by)
    node, other = make.clause(draft, "1.1.1"), make.clause(draft, "1.1.2")
    sent = {**make.place(node), "known_other": clause_stamp(other)}
    make.reword(other, "Otra cosa.", make.unit())
    with refused_with("edited_meanwhile"):
        merged(node, other, by, **sent)
