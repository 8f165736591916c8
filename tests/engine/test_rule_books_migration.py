"""Migration 0009 on a filled database: the rules of votes go into the books, there and back."""

from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from consultations.engine import votes as verbs
from consultations.extensions import db
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from tests.factories import votes as make
from workflows.rule_book import RULE_BOOK

OURS: dict[str, Any] = {**make.rule(), "id": "Our own", "cites": "Statutes, art. 12"}
AMENDED = {**OURS, "cites": "Statutes, art. 13"}
LATER = timedelta(days=30)


def checks() -> set[str | None]:
    """The names of the CHECKs of votes."""
    return {check["name"] for check in inspect(db.engine).get_check_constraints("votes")}


def again() -> None:
    """To the migration before, and back."""
    db.session.commit()
    db.session.remove()
    downgrade(revision="0008_synopsis_content")
    assert "rule_versions" not in inspect(db.engine).get_table_names()
    upgrade()


def test_the_rules_of_votes_go_into_the_books_of_their_bodies(app: Flask) -> None:
    hall, other = make.hall(), make.hall()
    for rule, days in ((OURS, LATER * 0), (AMENDED, LATER), (AMENDED, LATER * 2)):
        vote = make.convened(
            hall, rule=rule, opens_at=make.OPENS + days, closes_at=make.CLOSES + days, at=make.CALLED
        )
        verbs.call_off(vote.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
    draft = make.prepared(hall, rule={**make.rule("two-thirds"), "id": "our own"})
    convened = make.convened(other)
    ids, before = (draft.id, convened.id), checks()
    hashes = [vote.rule_sha256 for vote in db.session.query(Vote).order_by(Vote.id)]
    bodies = (hall.body.id, other.body.id)
    again()
    rows = db.session.query(RuleVersion).order_by(RuleVersion.body_id, RuleVersion.version).all()
    assert [(row.body_id, row.key, row.version, row.state) for row in rows] == [
        (bodies[0], "our-own", 1, "superseded"), (bodies[0], "our-own", 2, "in_force"), (bodies[0], "our-own", 3, "draft"),
        (bodies[1], "simple-majority", 1, "in_force"),
    ]  # fmt: skip
    assert [(row.in_force_from, row.in_force_until) for row in rows] == [
        (date(2026, 11, 16), date(2026, 12, 16)), (date(2026, 12, 16), None), (date(2026, 11, 16), None),
        (date(2026, 11, 16), None),
    ]  # fmt: skip
    assert [row.cites for row in rows[:2]] == ["Statutes, art. 12", "Statutes, art. 13"]
    assert {(row.kind, row.definition_sha256) for row in rows} == {("decision", RULE_BOOK.sha256)}
    assert [row.approved_at is None for row in rows] == [False, False, True, False]
    for vote in db.session.query(Vote):
        assert vote.rule_version is not None
        assert (vote.rule_version.content, vote.rule_version.sha256) == (vote.rule, vote.rule_sha256)
    assert [vote.rule_sha256 for vote in db.session.query(Vote).order_by(Vote.id)] == hashes
    assert [db.session.get_one(Vote, id).rule_version_id for id in ids] == [rows[2].id, rows[3].id]
    assert checks() == before


def test_a_vote_that_was_convened_before_is_opened_and_counted_after(app: Flask) -> None:
    hall = make.hall(2)
    vote_id = make.convened(hall).id
    again()
    vote = db.session.get_one(Vote, vote_id)
    assert verbs.open_vote(vote_id, by=hall.president, at=make.OPENS)
    assert (vote.state, vote.rule_version.state) == ("open", "in_force")  # type: ignore[union-attr]


def test_an_empty_database_goes_there_and_back(app: Flask) -> None:
    again()
    assert db.session.query(RuleVersion).count() == 0
