"""Beside a comment of the annex stands its country where that points at nobody, and its proposal as a change of the clause."""

from flask import Flask

from consultations.actor import Actor
from consultations.documents.synopsis_annex import Entry, entries, entry_blocks
from consultations.extensions import db
from consultations.facts.synopses import figures, published
from consultations.facts.synopsis_annex import pins
from consultations.models.standards import NodeText
from consultations.models.synopses import Synopsis
from tests.factories.comments import Scene, answering, comment, scene
from workflows.roles import Role

PUBLIC = Actor(Role.PUBLIC)


def listed(here: Scene) -> tuple[Entry, ...]:
    answering(here)
    issued = Synopsis(round_id=here.round.id, round=here.round, decisions=pins(here.round.id))
    return entries(issued, issued.decisions, by=PUBLIC)


def told(app: Flask, entry: Entry) -> str:
    with app.test_request_context():
        return repr(list(entry_blocks(entry)))


def test_a_country_of_many_stands_beside_a_comment_without_a_name(app: Flask) -> None:
    here = scene(organisations=10, countries="GT PE")
    for who in range(10):
        comment(here, who=who, visibility="members" if who == 2 else "public", consent_to_name=who == 1)
    found = listed(here)
    assert [entry.country for entry in found[:4]] == ["GT", "", "", "PE"]
    assert [entry.who for entry in found[:3]] == [None, here.organisations[1].name, None]
    assert "Guatemala" in told(app, found[0])
    assert "Guatemala" not in told(app, found[2])


def test_a_country_of_few_is_not_named(app: Flask) -> None:
    here = scene(organisations=7, countries="GT GT GT GT GT PE PE")
    for who in range(7):
        comment(here, who=who, visibility="public")
    assert {entry.country for entry in listed(here)} == {""}


def test_a_country_that_the_published_table_hides_is_not_named_either(app: Flask) -> None:
    """Of Peru two are silent, so that its figures are hidden, and with them those of the smallest country beside it."""
    here = scene(organisations=36, countries=" ".join(["PE"] * 8 + ["CO"] * 12 + ["GT"] * 16))
    for who in (*range(6), *range(8, 14), *range(20, 28)):
        comment(here, who=who, visibility="public")
    told = published(figures(here.round.id))["countries"]
    assert {code: row is not None for code, row in told.items()} == {"CO": False, "GT": True, "PE": False}
    assert {entry.country for entry in listed(here)} == {"GT", ""}


def test_a_proposal_is_read_as_a_change_of_the_words_of_the_clause(app: Flask) -> None:
    here = scene()
    text = db.session.query(NodeText).filter_by(node_id=here.clauses[0].id, language="es").one().text
    comment(here, visibility="public", proposal=f"{text} Siempre.")
    comment(here, visibility="public", proposal="Siempre.", clause=None)
    one, whole = listed(here)
    kinds = {piece.kind for passage in one.proposed for piece in passage}
    assert (len(kinds), one.replaces, whole.proposed) == (2, text, ())
