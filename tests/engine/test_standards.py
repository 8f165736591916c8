"""Importing drafts: trees, languages, stable ids, hashes; on real databases."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import standards
from consultations.extensions import db
from consultations.models.standards import Node, NodeText, StandardVersion
from tests.factories import people, rounds
from tests.factories import standards as make
from workflows.refusals import Refused
from workflows.roles import Role


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def nodes(version: StandardVersion) -> list[Node]:
    return list(db.session.scalars(select(Node).where(Node.version_id == version.id).order_by(Node.position)))


def imported(
    text: str, version: StandardVersion, *, label: str = "1.0", language: str = "es"
) -> StandardVersion:
    return standards.import_version(
        make.report(text), code=version.standard.code, titles={}, label=label, language=language, source_name="x.md",
        by=SYSTEM, at=make.IMPORTED,
    )  # fmt: skip


def test_a_file_becomes_a_tree_in_reading_order(app: Flask) -> None:
    rows = nodes(make.version())
    assert [(row.number, row.kind, row.depth) for row in rows] == [
        ("1", "chapter", 0), ("1.1", "section", 1), ("1.1.1", "requirement", 2), ("1.1.2", "requirement", 2),
        ("2", "chapter", 0), ("2.1", "section", 1), ("2.1.1", "requirement", 2),
    ]  # fmt: skip
    assert rows[2].parent_id == rows[1].id


def test_the_text_before_the_first_chapter_is_kept(app: Flask) -> None:
    version = make.version("Este criterio rige para todas.\n\n" + make.SPANISH)
    first = nodes(version)[0]
    words = db.session.scalars(select(NodeText).where(NodeText.node_id == first.id)).one()
    assert (first.kind, first.number, words.heading, words.text) == (
        "chapter", "", "", "Este criterio rige para todas."
    )  # fmt: skip


@pytest.mark.parametrize(("mark", "years"), [(" year=0", "0"), (" year=2", "2"), ("", None)])
def test_the_year_from_which_a_requirement_counts_is_kept_nought_too(
    app: Flask, mark: str, years: str | None
) -> None:
    version = make.version(
        f"---\nplenaria-format: 1\n---\n\n# `1` Comercio {{.chapter}}\n\n## `1.1` Paga {{.requirement{mark}}}\n\nPaga.\n"
    )
    assert [(row.number, row.years) for row in nodes(version)] == [("1", None), ("1.1", years)]


def test_a_second_language_joins_its_clauses_by_number(app: Flask) -> None:
    version = make.bilingual()
    row = next(row for row in nodes(version) if row.number == "2.1.1")
    words = {
        text.language: text.text
        for text in db.session.scalars(select(NodeText).where(NodeText.node_id == row.id))
    }
    assert words == {
        "es": "Nadie trabaja más de cuarenta y ocho horas por semana.",
        "en": "Nobody works more than forty-eight hours a week.",
    }
    assert version.reference_language == "es"


def test_a_translation_names_what_does_not_match(app: Flask) -> None:
    version = make.version()
    english = make.ENGLISH.replace("2.1.1 Nobody", "2.1.9 Nobody")
    found = standards.compare_with_version(make.report(english), code=version.standard.code, label="1.0")
    assert (found.matched, found.missing, found.surplus) == (6, ("2.1.1",), ("2.1.9",))
    imported(english, version, language="en")
    assert len(db.session.scalars(select(NodeText).where(NodeText.language == "en")).all()) == 6


@pytest.mark.parametrize(
    ("text", "label", "language", "expected"),
    [
        (make.SPANISH, "2.0", "es", ["file_imported_before"]),
        (make.SPANISH, "1.0", "es", ["file_imported_before", "version_has_text"]),
        (make.SPANISH + "\n2.1.2 Más.\n", "1.0", "es", ["version_has_text"]),
        (make.SPANISH + "\n2.1.2 Más.\n", " ", "xx", ["label_missing", "language_unknown"]),
        ("# 8 Otro\n\n8.1.1 Nada que ver.\n", "1.0", "en", ["nothing_matches"]),
    ],
)
def test_what_is_imported_twice_or_cannot_be_is_refused(
    app: Flask, text: str, label: str, language: str, expected: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        imported(text, make.version(), label=label, language=language)
    assert codes(refused) == expected


def test_a_frozen_version_takes_no_further_language(app: Flask) -> None:
    version = make.version()
    standards.freeze(version, at=make.IMPORTED)
    with pytest.raises(Refused) as refused:
        imported(make.ENGLISH, version, language="en")
    assert codes(refused) == ["version_frozen"]


def test_only_the_unit_imports(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        standards.import_version(
            make.report(), code="X", titles={"es": "X"}, label="1", language="es", source_name="x.md",
            by=people.actor(Role.CHAIR, network=people.network()), at=make.IMPORTED,
        )  # fmt: skip
    assert codes(refused) == ["role_may_not"]


def test_a_clause_keeps_its_stable_id_when_it_is_renumbered_or_reworded(app: Flask) -> None:
    old = make.version()
    moved = make.SPANISH.replace("1.1.2 La", "1.1.3 La").replace(
        "1.1.1 La organización firma", "1.1.1 La OPP firma"
    )
    moved = moved.replace("1.1.3 La", "1.1.2 Algo nuevo del todo.\n\n1.1.3 La")
    new = imported(moved, old, label="2.0")
    before = {row.number: row.stable_id for row in nodes(old)}
    after = {row.number: row.stable_id for row in nodes(new)}
    assert after["1.1.3"] == before["1.1.2"]  # same words, another number
    assert after["1.1.1"] == before["1.1.1"]  # same number, other words
    assert after["1.1.2"] not in before.values()


def test_the_hash_covers_every_word_and_nothing_of_the_database(app: Flask) -> None:
    version = make.bilingual()
    before = standards.freeze(version, at=make.IMPORTED)
    assert standards.text_sha256(version.id) == before
    text = db.session.scalars(select(NodeText).where(NodeText.language == "en", NodeText.text != "")).first()
    text.guidance = "See the annex."
    db.session.flush()
    assert standards.text_sha256(version.id) != before
    with pytest.raises(Refused) as refused:
        standards.freeze(version, at=make.IMPORTED)
    assert codes(refused) == ["text_changed"]


@pytest.mark.parametrize(
    ("stage", "reasons"), [("draft", []), ("commission_review", ["version_under_review"])]
)
def test_no_language_joins_a_text_while_the_commission_reads_it(
    app: Flask, stage: str, reasons: list[str]
) -> None:
    round = rounds.at_stage(rounds.house(), stage)
    found = standards.import_objections(
        make.report(make.SPANISH + "\n"), code=round.version.standard.code, titles={}, label=round.version.label, language="fr"
    )  # fmt: skip
    assert [reason.code for reason in found] == reasons
