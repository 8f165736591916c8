"""Versions drawn up and reworded: ids survive, no words are lost, no two people overwrite each other."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import draft_terms, draft_words, drafts, standards
from consultations.engine.draft_terms import Terms
from consultations.engine.draft_words import Words
from consultations.extensions import db
from consultations.facts.drafts import FRESH, MISSING, REFERENCE, STALE, UNKNOWN, freshness, words_sha256
from consultations.models.base import NotFound
from consultations.models.drafts import NodeRevision
from consultations.models.events import Event
from consultations.models.standards import Node, StandardVersion
from tests.engine.refusals import refused_with
from tests.factories import drafts as make
from tests.factories import people, rounds
from tests.factories import standards as texts
from workflows.roles import Role

LATER = make.START + timedelta(hours=1)


def ids(version: StandardVersion) -> list[tuple[str, str, str, int]]:
    query = select(Node).where(Node.version_id == version.id).order_by(Node.position)
    return [(node.stable_id, node.number, node.kind, node.depth) for node in db.session.scalars(query)]


def events(name: str) -> int:
    return len(db.session.scalars(select(Event).where(Event.name == name)).all())


def state(node: Node, language: str) -> str:
    return freshness(draft_words.text_of(node, language), draft_words.text_of(node, "es"))


def test_a_new_version_has_every_clause_with_its_stable_id_and_its_words(app: Flask) -> None:
    source = texts.bilingual()
    made = make.drawn_up(make.unit(), source=source)
    assert ids(made) == ids(source)
    assert (made.based_on_id, made.label, made.text_sha256) == (source.id, "2.0", None)
    for language in ("es", "en"):
        assert make.words(make.clause(made, "2.1.1"), language) == make.words(
            make.clause(source, "2.1.1"), language
        )
    parent = db.session.get(Node, make.clause(made, "1.1.1").parent_id)
    assert (parent.number, parent.version_id) == ("1.1", made.id)


def test_drawn_up_twice_it_is_one_version(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    first = make.drawn_up(by, source=source)
    assert make.drawn_up(by, source=source).id == first.id
    with refused_with("version_label_taken"):
        make.drawn_up(make.unit(), source=source)
    with refused_with("label_missing"):
        make.drawn_up(by, label=" ", source=source)
    assert events("version_drawn_up") == 1


def test_a_frozen_version_can_be_drawn_up_from_and_not_edited(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    standards.freeze(source, at=make.START)
    with refused_with("draft_frozen"):
        make.reword(make.clause(source, "1.1.1"), "Otra cosa.", by)
    draft = make.drawn_up(by, source=source)
    make.reword(make.clause(draft, "1.1.1"), "Otra cosa.", by)
    assert (
        make.words(make.clause(source, "1.1.1"), "es").text
        == "La organización firma un contrato por cada venta."
    )


@pytest.mark.parametrize(
    ("stage", "codes"),
    [("draft", ()), ("commission_review", ("draft_under_review",)), ("approved", ("draft_frozen",))],
)
def test_what_the_commission_reads_or_approved_does_not_change(
    app: Flask, stage: str, codes: tuple[str, ...]
) -> None:
    house = rounds.house()
    rounds.at_stage(house, stage)
    node = make.clause(house.version, "1.1.1")
    if not codes:
        make.reword(node, "Otra cosa.", house.unit)
        assert make.words(node, "es").text == "Otra cosa."
        return
    with refused_with(*codes):
        make.reword(node, "Otra cosa.", house.unit)


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.CHAIR, Role.SECRETARY, Role.NETWORK])
def test_only_the_unit_writes(app: Flask, role: Role) -> None:
    draft = make.drawn_up(make.unit())
    other = people.actor(role, network=people.network())
    with refused_with("role_may_not"):
        make.drawn_up(other, label="3.0")
    with refused_with("role_may_not"):
        make.reword(make.clause(draft, "1.1.1"), "Otra cosa.", other)


def test_the_former_words_become_a_revision_with_who_wrote_them_and_when(app: Flask) -> None:
    first, second = make.unit(), make.unit()
    node = make.clause(make.drawn_up(first), "1.1.1")
    make.reword(node, "Primera.", second)
    draft_words.reword(
        node.id, "es", words=Words(text="Segunda."), known=make.known(node), by=first, at=LATER
    )
    kept = db.session.scalars(select(NodeRevision).order_by(NodeRevision.number)).all()
    assert [(r.number, r.text, r.written_at, r.written_by_id) for r in kept] == [
        (1, "La organización firma un contrato por cada venta.", make.START, first.person_id),
        (2, "Primera.", make.START, second.person_id),
    ]


def test_words_are_kept_clean_and_the_same_words_again_change_nothing(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    typed = Words.typed(" Un  título\n", "Una  línea. \r\n\r\n Otra.\u200b", "")
    assert typed == Words("Un título", "Una línea.\nOtra.", "")
    known = make.known(node)
    for _ in range(2):
        draft_words.reword(node.id, "es", words=typed, known=known, by=by, at=make.START)
    assert (events("clause_reworded"), db.session.query(NodeRevision).count()) == (1, 1)


def test_who_writes_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_lost(app: Flask) -> None:
    by, other = make.unit(), make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    known = make.known(node)
    make.reword(node, "De la otra.", other)
    with refused_with("edited_meanwhile"):
        draft_words.reword(node.id, "es", words=Words(text="Mía."), known=known, by=by, at=make.START)
    assert make.words(node, "es").text == "De la otra."
    draft_words.reword(
        node.id, "en", words=Words(text="Mine."), known=make.known(node, "en"), by=by, at=make.START
    )
    assert make.words(node, "en").text == "Mine."


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("es", Words(guidance="Sólo guía."), "clause_words_missing"),
        ("xx", Words(text="x"), "language_unknown"),
    ],
)
def test_words_that_cannot_be_are_refused(app: Flask, language: str, words: Words, code: str) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    with refused_with(code):
        draft_words.reword(
            node.id, language, words=words, known=make.known(node, language), by=by, at=make.START
        )


def test_a_translation_is_fresh_until_the_reference_words_change(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    assert state(make.clause(source, "1.1.1"), "en") == UNKNOWN
    node = make.clause(make.drawn_up(by, source=source), "1.1.1")
    assert [state(node, code) for code in ("es", "en", "fr")] == [REFERENCE, FRESH, MISSING]
    make.reword(node, "La organización firma dos contratos.", by)
    assert state(node, "en") == STALE
    make.reword(node, "The organisation signs twice.", by, "en")
    assert state(node, "en") == STALE  # reworded, and nobody said from which words
    make.reword(node, "The organisation signs two contracts.", by, "en", translates=make.known(node))
    assert state(node, "en") == FRESH


def test_a_translation_can_be_confirmed_without_a_word_changed(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    make.reword(node, "La organización firma un contrato por cada venta que hace.", by)
    for _ in range(2):
        draft_words.reword(
            node.id, "en", words=make.words(node, "en"), known=make.known(node, "en"), translates=make.known(node),
            by=by, at=make.START,
        )  # fmt: skip
    assert (state(node, "en"), events("translation_confirmed")) == (FRESH, 1)


def test_a_translation_written_from_words_that_changed_meanwhile_is_stale(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.1")
    shown = make.known(node)
    make.reword(node, "Otra cosa del todo.", by)
    make.reword(node, "The organisation signs.", by, "en", translates=shown)
    assert state(node, "en") == STALE


def test_of_an_imported_version_it_is_kept_what_the_translation_stood_beside(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    node = make.clause(source, "1.1.1")
    before = make.known(node)
    make.reword(node, "Otra cosa.", by)
    assert draft_words.text_of(node, "en").translates_sha256 == before
    assert state(node, "en") == STALE


TERMS = Terms("requirement", "1.1.1", "core", 1, "Cooperativas")


def test_number_kind_and_year_change_and_the_former_ones_are_on_record(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.2")
    known = make.terms_known(node)
    for _ in range(2):
        draft_terms.change_terms(node.id, terms=TERMS, known=known, by=by, at=make.START)
    assert (node.number, node.requirement_kind, node.years, node.applies_to) == (
        "1.1.1",
        "core",
        "1",
        "Cooperativas",
    )
    event = db.session.scalars(select(Event).where(Event.name == "clause_terms_changed")).one()
    assert '"number":"1.1.2"' in event.payload
    with refused_with("edited_meanwhile"):
        draft_terms.change_terms(node.id, terms=Terms(number="9"), known=known, by=by, at=make.START)
    assert node.number == "1.1.1"


def test_only_a_requirement_has_a_kind_of_requirement_and_a_year(app: Flask) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.2")
    terms = Terms("definition", "1.1.2", "core", 1)
    draft_terms.change_terms(node.id, terms=terms, known=make.terms_known(node), by=by, at=make.START)
    assert (node.kind, node.requirement_kind, node.years) == ("definition", None, None)


@pytest.mark.parametrize("terms", [Terms("deleted", "1"), Terms("requirement", "1", "urgent")])
def test_kinds_that_are_not_offered_are_refused(app: Flask, terms: Terms) -> None:
    by = make.unit()
    node = make.clause(make.drawn_up(by), "1.1.2")
    with refused_with("clause_kind_unknown"):
        draft_terms.change_terms(node.id, terms=terms, known=make.terms_known(node), by=by, at=make.START)


def test_to_whom_it_applies_is_part_of_what_is_frozen_and_old_hashes_stay(app: Flask) -> None:
    version = texts.bilingual()
    before = standards.text_sha256(version.id)
    node = make.clause(version, "1.1.1")
    node.applies_to = "Cooperativas"
    db.session.flush()
    changed = standards.text_sha256(version.id)
    node.applies_to = ""
    db.session.flush()
    assert (standards.text_sha256(version.id), changed != before) == (before, True)


def test_a_clause_that_is_not_there_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        draft_words.reword(4711, "es", words=Words(text="x"), known="", by=make.unit(), at=make.START)
    with pytest.raises(NotFound):
        drafts.draw_up(4711, label="2", by=make.unit(), at=make.START)


def test_the_hash_of_no_words_is_that_of_empty_words() -> None:
    assert words_sha256(None) == words_sha256(Words())
