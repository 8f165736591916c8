"""The codebook: codes with meanings, written and reworded, and taken out while nothing hangs on them."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import codebook, coding
from consultations.extensions import db
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.points import Tag
from tests.engine.refusals import refused_with
from tests.factories.coding import WATER, code, sampled
from tests.factories.comments import AFTER, answering, comment, scene


def events() -> list[str]:
    names = select(Event.name).where(Event.name.like("code\\_%", escape="\\")).order_by(Event.id)
    return list(db.session.scalars(names))


def test_a_code_is_written_once_and_its_meaning_changed(app: Flask) -> None:
    here = scene()
    made = codebook.write_code(here.round.id, "  water  use ", " Amounts of water. ", by=here.unit, at=AFTER)
    assert (made.code, made.meaning) == ("water use", "Amounts of water.")
    again = codebook.write_code(here.round.id, "water use", "Amounts of water.", by=here.second, at=AFTER)
    assert again.id == made.id
    for _ in range(2):
        codebook.reword_code(here.round.id, made.id, "Amounts, not quality.", by=here.unit, at=AFTER)
    assert made.meaning == "Amounts, not quality."
    assert events() == ["code_written", "code_reworded"]


@pytest.mark.parametrize(
    ("words", "meaning", "codes"),
    [
        ("", " ", ["tag_missing", "meaning_missing"]),
        ("x" * 40, "y", []),
        ("x" * 41, "", ["tag_long", "meaning_missing"]),
        ("WATER", "Other.", ["tag_taken"]),
    ],
)
def test_every_reason_against_a_code_is_said(app: Flask, words: str, meaning: str, codes: list[str]) -> None:
    here = scene()
    code(here, WATER)
    if not codes:
        assert codebook.write_code(here.round.id, words, meaning, by=here.unit, at=AFTER).code == words
        return
    with refused_with(*codes):
        codebook.write_code(here.round.id, words, meaning, by=here.unit, at=AFTER)


def test_a_meaning_is_never_taken_away(app: Flask) -> None:
    here = scene()
    made = code(here, WATER)
    with refused_with("meaning_missing"):
        codebook.reword_code(here.round.id, made.id, " ", by=here.unit, at=AFTER)


def test_only_the_unit_writes_codes(app: Flask) -> None:
    here = scene()
    for who in (here.delegates[0], here.chair):
        with refused_with("role_may_not"):
            codebook.write_code(here.round.id, "cost", "Money.", by=who, at=AFTER)


@pytest.mark.parametrize("state", ["superseded", "ready_for_vote", "withdrawn"])
def test_the_codebook_of_a_round_that_is_history_is_closed(app: Flask, state: str) -> None:
    here = scene()
    made = code(here, WATER)
    here.round.state = state
    db.session.flush()
    with refused_with("codebook_closed"):
        codebook.write_code(here.round.id, "cost", "Money.", by=here.unit, at=AFTER)
    with refused_with("codebook_closed"):
        codebook.reword_code(here.round.id, made.id, "Other.", by=here.unit, at=AFTER)
    with refused_with("codebook_closed"):
        codebook.retire_code(here.round.id, made.id, by=here.unit, at=AFTER)


def test_an_unused_code_is_taken_out_and_a_used_one_stays(app: Flask) -> None:
    here = scene()
    one = comment(here)
    answering(here)
    used, idle = code(here, WATER), code(here, "cost")
    coding.code_point(one.id, 1, {used.id}, by=here.unit, at=AFTER)
    assert codebook.retire_code(here.round.id, idle.id, by=here.unit, at=AFTER) is True
    assert codebook.retire_code(here.round.id, idle.id, by=here.unit, at=AFTER) is False
    with refused_with("tag_in_use"):
        codebook.retire_code(here.round.id, used.id, by=here.unit, at=AFTER)
    assert db.session.scalars(select(Tag.code)).all() == [WATER]


def test_a_code_that_a_sample_was_coded_with_stays_though_it_fitted_nowhere(app: Flask) -> None:
    here, sample, (water, cost) = sampled()
    for who in (here.unit, here.second):
        for comment_id, point in sample.points:
            coding.code_point(comment_id, point, {water.id}, by=who, at=AFTER)
    with refused_with("tag_in_use"):
        codebook.retire_code(here.round.id, cost.id, by=here.unit, at=AFTER)


def test_the_codebook_rests_while_a_sample_is_coded(app: Flask) -> None:
    here, sample, (water, _) = sampled()
    with refused_with("coding_under_way", "meaning_missing"):
        codebook.write_code(here.round.id, "new", "", by=here.unit, at=AFTER)
    with refused_with("coding_under_way"):
        codebook.reword_code(here.round.id, water.id, "Other.", by=here.unit, at=AFTER)
    with refused_with("coding_under_way", "tag_in_use"):
        codebook.retire_code(here.round.id, water.id, by=here.unit, at=AFTER)
    for who in (here.unit, here.second):
        for comment_id, point in sample.points:
            coding.code_point(comment_id, point, set(), by=who, at=AFTER)
    assert codebook.write_code(here.round.id, "new", "Now.", by=here.unit, at=AFTER).code == "new"


def test_a_code_of_another_round_is_not_there(app: Flask) -> None:
    here, other = scene(), scene()
    made = code(other, WATER)
    with pytest.raises(NotFound):
        codebook.reword_code(here.round.id, made.id, "Other.", by=here.unit, at=AFTER)
    assert codebook.retire_code(here.round.id, made.id, by=here.unit, at=AFTER) is False
