"""A sheet is sent whole or refused with every question it lacks; the order of saving in part does not matter."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consultations.engine import question_sheets, questionnaires, rounds
from consultations.engine.rounds import QuestionText
from consultations.extensions import db
from consultations.facts import consulted
from consultations.facts.question_results import Tally, all_published, published, tallies
from consultations.facts.question_sheets import sheet
from consultations.facts.questions import faults
from consultations.models.events import Event
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry
from tests.engine.refusals import refused_with
from tests.factories import rounds as make
from tests.factories.comments import CLOSES, DURING, Scene, question, scene
from workflows.question_faults import REASONS
from workflows.refusals import REFUSAL_CODES, Refused
from workflows.shares import Ranked, shares

TICK = timedelta(microseconds=1)


def asked(here: Scene, kind: str, position: int, *options: str, **more: object) -> Question:
    row = question(here.round, position, kind, options)
    for name, value in more.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def answer(here: Scene, said: dict[int, tuple[str, str]], who: int = 0) -> int:
    return questionnaires.answer(here.round.id, said, by=here.delegates[who], at=DURING)


def send(here: Scene, who: int = 0) -> RegisterEntry:
    return question_sheets.send(here.round.id, by=here.delegates[who], at=DURING)


def test_sending_names_every_required_question_that_lacks_an_answer(app: Flask) -> None:
    here = scene()
    one = asked(here, "agree", 1, required=True)
    two = asked(here, "text", 2, required=True)
    hanging = {"question": 1, "values": ["disagree"]}
    three = asked(here, "number", 3, required=True, asked_if=hanging)
    with refused_with("question_unanswered", "question_unanswered"):
        send(here)
    answer(here, {one.id: ("disagree", "")})
    with refused_with("question_unanswered", "question_unanswered"):
        send(here)
    answer(here, {two.id: ("", "Sí"), three.id: ("2.50", "")})
    assert send(here).sheet_sent_at == DURING
    assert question_sheets.send(here.round.id, by=here.delegates[0], at=DURING + TICK).sheet_sent_at == DURING
    assert db.session.scalars(select(Event.name).where(Event.name == "sheet_sent")).all() == ["sheet_sent"]


def test_after_sending_an_answer_may_be_changed_and_a_required_one_not_taken_away(app: Flask) -> None:
    here = scene()
    one, two = asked(here, "agree", 1, required=True), asked(here, "text", 2)
    answer(here, {one.id: ("agree", "")})
    send(here)
    answer(here, {one.id: ("partly", ""), two.id: ("", "Algo")})
    with refused_with("question_unanswered"):
        answer(here, {one.id: ("", "")})
    assert sheet(here.round.id, here.organisations[0].id).missing == (1,)
    db.session.rollback()


def test_an_empty_sheet_is_not_sent_and_nothing_after_closing(app: Flask) -> None:
    here = scene()
    one = asked(here, "agree", 1)
    with refused_with("sheet_empty"):
        send(here)
    answer(here, {one.id: ("agree", "")})
    with refused_with("deadline_passed"):
        question_sheets.send(here.round.id, by=here.delegates[0], at=CLOSES)
    assert (
        question_sheets.send(here.round.id, by=here.delegates[0], at=CLOSES - TICK).sheet_sent_at
        == CLOSES - TICK
    )


@pytest.mark.parametrize(
    ("kind", "options", "bounds", "value"),
    [
        ("multiple", 3, (None, None), "0 3"), ("multiple", 3, (None, None), "1 1"), ("scale", 0, (1, 5), "0"), ("scale", 0, (1, 5), "6"),
        ("ranking", 3, (None, None), "0 1"), ("number", 0, (0, 10), "10.1"), ("number", 0, (None, None), "1e3"),
        ("date", 0, (None, None), "2026-02-30"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(
    app: Flask, kind: str, options: int, bounds: tuple[int | None, int | None], value: str
) -> None:
    here = scene()
    one = asked(here, kind, 1, *map(str, range(options)), lowest=bounds[0], highest=bounds[1])
    with refused_with("value_unknown"):
        answer(here, {one.id: (value, "")})


def test_a_value_is_kept_in_one_spelling(app: Flask) -> None:
    here = scene()
    many, number = asked(here, "multiple", 1, "a", "b", "c"), asked(here, "number", 2)
    assert answer(here, {many.id: ("2 0", ""), number.id: ("007.50", "")}) == 2
    assert answer(here, {many.id: ("0 2", ""), number.id: ("7.5", "")}) == 0
    kept = db.session.scalars(select(QuestionAnswer.value).order_by(QuestionAnswer.question_id)).all()
    assert kept == ["0 2", "7.5"]


VALUES = {1: ("agree", "partly", ""), 2: ("0 1", "1", ""), 3: ("3", "4.5", ""), 4: ("",)}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_order_of_saving_in_part_changes_the_sheet(app: Flask, data: st.DataObject) -> None:
    final = {position: data.draw(st.sampled_from(values)) for position, values in VALUES.items()}
    order = data.draw(st.permutations(list(VALUES)))
    cut = data.draw(st.integers(0, 4))
    here = scene()
    condition = {"question": 1, "values": ["partly"]}
    ids = {
        1: asked(here, "agree", 1, required=True).id, 2: asked(here, "multiple", 2, "a", "b", asked_if=condition, required=True).id,
        3: asked(here, "number", 3).id, 4: asked(here, "text", 4).id,
    }  # fmt: skip
    for part in (order[:cut], order[cut:]):
        answer(here, {ids[position]: (final[position], "palabras") for position in part})
    answer(here, {ids[position]: (value, "palabras") for position, value in final.items()}, who=1)
    one, other = (sheet(here.round.id, organisation.id) for organisation in here.organisations)
    assert (one.said, one.asked, one.missing) == (other.said, other.asked, other.missing)
    db.session.rollback()


def counts(here: Scene, said: Iterable[dict[int, tuple[str, str]]], sent: int) -> None:
    for who, answers in enumerate(said):
        answer(here, answers, who)
        if who < sent:
            send(here, who)


def test_only_sheets_that_were_sent_and_questions_that_were_asked_count(app: Flask) -> None:
    here = scene(organisations=8)
    one = asked(here, "agree", 1)
    two = asked(here, "single", 2, "Sí", "No", asked_if={"question": 1, "values": ["disagree"]})
    for who in range(8):
        answer(here, {one.id: ("disagree" if who < 6 else "agree", ""), two.id: (str(who % 2), "")}, who)
        if who != 5:
            send(here, who)
    first, second = tallies(here.round.id)
    assert (first.asked, first.answered, first.cells) == (
        7,
        7,
        {"agree": 2, "partly": 0, "disagree": 5, "": 0},
    )
    assert (second.asked, second.answered, second.cells) == (5, 5, {"0": 3, "1": 2, "": 0})
    shown = published(first)
    assert (shown.answered, shown.cells) == (7, dict.fromkeys(("agree", "partly", "disagree", "")))


def test_each_kind_is_counted_in_its_own_way(app: Flask) -> None:
    here = scene(organisations=6)
    many, rank = asked(here, "multiple", 1, "a", "b"), asked(here, "ranking", 2, "a", "b")
    number, day = asked(here, "number", 3), asked(here, "date", 4)
    for who in range(6):
        said = {
            many.id: ("0 1" if who < 5 else "1", ""), rank.id: ("0 1" if who else "1 0", ""),
            number.id: (f"{who}.1", ""), day.id: (f"2026-01-0{who + 1}", "fue así"),
        }  # fmt: skip
        answer(here, said, who)
        send(here, who)
    first, second, third, fourth = tallies(here.round.id)
    assert (first.cells, shares([5, 6], 6).cells) == ({"0": 5, "1": 6, "": 0}, (83, 100))
    assert published(first).cells == {"0": None, "1": 6, "": 0}
    assert second.ranking == (Ranked(second.ranking[0].mean, 5), Ranked(second.ranking[1].mean, 1))
    assert [str(one.mean) for one in second.ranking] == ["7/6", "11/6"]
    assert (str(third.mean), str(third.median), third.answered) == ("13/5", "13/5", 6)
    assert (fourth.dates[0], fourth.dates[-1], fourth.words) == ("2026-01-01", "2026-01-06", 6)


def tally(
    asked: int,
    cells: dict[str, int],
    *,
    position: int = 1,
    several: bool = False,
    words: int = 0,
    answered: int = 0,
    **more: object,
) -> Tally:
    row = Question(position=position, kind="single", asked_if=more.pop("asked_if", None))
    return Tally(row, asked, answered or sum(cells.values()), cells, several, words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "cells", "answered", "shown"),
    [
        (40, {"a": 20, "b": 10}, 30, {"a": 20, "b": 10}),
        (40, {"a": 20, "b": 20}, 40, {"a": 20, "b": 20}),  # nobody is left: that points at nobody
        (
            40,
            {"a": 20, "b": 18},
            None,
            {"a": 20, "b": None},
        ),  # two are left: 40 less what is shown would tell
        (40, {"a": 35, "b": 3}, None, {"a": None, "b": None}),
        (40, {"a": 3, "b": 0}, None, {"a": None, "b": 0}),  # three answered
        (40, {"a": 0, "b": 0}, 0, {"a": 0, "b": 0}),
        (45, {"a": 3, "b": 12, "c": 20}, 35, {"a": None, "b": None, "c": 20}),
    ],
)
def test_those_left_are_a_cell_like_the_others(
    asked: int, cells: dict[str, int], answered: int | None, shown: dict[str, int | None]
) -> None:
    found = published(tally(asked, cells))
    assert (found.asked, found.answered, found.cells) == (asked, answered, shown)


def test_of_several_choices_each_stands_against_all_who_may_have_answered() -> None:
    cells = {"a": 38, "b": 30, "c": 2}
    assert published(tally(40, cells, several=True, answered=38)).cells == {"a": None, "b": 30, "c": None}
    assert published(tally(60, cells, several=True, answered=38)).cells == {"a": 38, "b": 30, "c": None}


def test_a_question_that_hangs_on_hidden_answers_shows_nothing() -> None:
    first = tally(50, {"yes": 3, "no": 20, "so": 27})
    when = {"question": 1, "values": ["so"]}, {"question": 1, "values": ["yes"]}
    rest = [tally(n, {"a": n}, position=p, asked_if=on) for p, n, on in ((2, 27, when[0]), (3, 3, when[1]))]
    shown = all_published([first, *rest])
    assert shown[0].cells == {"yes": None, "no": None, "so": 27}
    assert [(one.asked, one.answered, one.cells) for one in shown[1:]] == [
        (27, 27, {"a": 27}),
        (None, None, {"a": None}),
    ]


@pytest.mark.parametrize(("numbers", "told"), [(30, 30), (4, 0), (28, 0)])
def test_numbers_are_told_when_neither_those_who_gave_one_nor_the_others_are_few(
    numbers: int, told: int
) -> None:
    given = tuple(Fraction(n) for n in range(numbers))
    assert len(published(tally(40, {}, answered=30, numbers=given)).numbers) == told


@pytest.mark.parametrize(("words", "shown"), [(0, 0), (3, None), (10, 10), (28, None), (30, 30)])
def test_words_are_counted_when_neither_writers_nor_the_others_are_few(words: int, shown: int | None) -> None:
    assert published(tally(40, {"a": 30}, words=words)).words == shown


def test_a_new_round_asks_how_members_were_consulted_and_always_will(app: Flask) -> None:
    house = make.house()
    round = make.draft(house)
    assert [(one.purpose, one.kind, one.required) for one in round.questions] == [
        ("consulted", "multiple", True)
    ]
    hung = QuestionText(
        "agree", {"es": "¿Sí?"}, purpose="consulted", asked_if={"question": 1, "values": ["0"]}
    )
    for wanted, purposes in (
        ([QuestionText("text", {"es": "¿Qué?"})], ["", "consulted"]),
        ([], ["consulted"]),
        ([hung, QuestionText("text", {"es": "¿Qué?"})], ["consulted", ""]),
        ([hung, hung], ["consulted"]),
    ):
        rounds.set_questions(round.id, wanted, by=house.unit, at=make.START)
        assert [one.purpose for one in round.questions] == purposes
    kept = next(one for one in round.questions if one.purpose)
    assert (kept.texts, kept.required, kept.asked_if) == ({"es": "¿Sí?"}, True, None)
    assert set(consulted.TEXTS) == {"es", "pt", "en", "fr"}
    assert faults(round) == {}


def test_what_is_wrong_with_a_question_is_known_when_it_is_written(app: Flask) -> None:
    house = make.house()
    round = make.draft(house)
    wanted = [
        QuestionText("scale", {"en": "How much?"}, lowest=3, highest=1),
        QuestionText(
            "single", {"es": "¿Cuál?"}, ({"es": "A"}, {"en": "B"}), asked_if={"question": 2, "values": ["0"]}
        ),
    ]
    with pytest.raises(Refused) as refused:
        rounds.set_questions(round.id, wanted, by=house.unit, at=make.START)
    assert [reason.code for reason in refused.value.refusals] == [
        "question_words_missing", "question_bounds_order", "question_options_wordless", "question_condition_later"
    ]  # fmt: skip
    assert [one.purpose for one in round.questions] == ["consulted"]


@pytest.mark.parametrize("reason", [one for one in REASONS if one != "kind_unknown"])
def test_every_reason_against_a_question_has_its_sentence(reason: str) -> None:
    assert f"question_{reason}" in REFUSAL_CODES
