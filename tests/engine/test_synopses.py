"""The synopsis counts truly, hides what points at somebody, is frozen, reviewed, published and handed on."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from consultations.actor import SYSTEM
from consultations.documents.synopsis_annex import names_without_consent
from consultations.engine import answers, comments, question_sheets, questionnaires, satisfaction, synopses
from consultations.extensions import db
from consultations.facts.participation import Attended
from consultations.facts.published_participation import of_lines
from consultations.facts.small_cells import hidden
from consultations.facts.synopses import figures, published, small_cells
from consultations.letters import letter_of
from consultations.models.comments import Comment
from consultations.models.reviews import Review
from consultations.models.synopses import Synopsis
from consultations.models.timers import Notice, Timer
from consultations.queries.synopses import publishing
from tests.engine.test_participation import line
from tests.factories.comments import (
    AFTER,
    DURING,
    REPLY,
    Scene,
    answered,
    answering,
    comment,
    question,
    scene,
)
from workflows.refusals import Refused

LATER = AFTER + timedelta(days=20)
NOTHING = {
    "received": 0, "late": 0, "withdrawn": 0, "unsent": 0, "would_vote_no": 0, "organisations": {"invited": 0, "commented": 0, "no_comment": 0, "questions_only": 0, "silent": 0},
    "types": {}, "stances": {}, "countries": {}, "questions": [],
}  # fmt: skip


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def round_answered(here: Scene) -> Scene:
    """Two comments with decided answers, one organisation without comment."""
    made = [
        comment(here, who=0),
        comment(here, who=1, type="editorial", stance="against", would_vote_no=True),
    ]
    comments.declare_no_comment(here.round.id, by=here.delegates[2], at=DURING)
    answering(here)
    answered(here, made[0])
    answers.propose(made[1].id, **REPLY, by=here.unit, at=AFTER)
    answers.decide(made[1].id, known=1, by=here.second, at=AFTER)  # it would vote no: two persons
    return here


def submitted(here: Scene) -> Synopsis:
    here.round.dossier.body.settings = {"commission": here.body.code}
    return synopses.submit(here.round.id, "Se preguntó a todas.", "Sigue el voto.", by=here.unit, at=AFTER)


def approved(here: Scene) -> Synopsis:
    made = submitted(here)
    db.session.scalars(select(Review)).one().state = "approved"
    db.session.flush()
    return made


def test_the_figures_are_counted_from_the_rows(app: Flask) -> None:
    here = scene(organisations=5)
    asked = question(here.round, 1, "agree")
    questionnaires.answer(here.round.id, {asked.id: ("agree", "")}, by=here.delegates[3], at=DURING)
    question_sheets.send(here.round.id, by=here.delegates[3], at=DURING)
    comments.withdraw(comment(here, clause=1).id, by=here.delegates[0], at=DURING)
    comment(here, clause=2, submit=False)
    round_answered(here)
    found = figures(here.round.id)
    assert {key: found[key] for key in ("received", "late", "withdrawn", "unsent", "would_vote_no", "changes")} == {
        "received": 2, "late": 0, "withdrawn": 1, "unsent": 1, "would_vote_no": 1, "changes": 0,
    }  # fmt: skip
    assert found["organisations"] == {
        "invited": 5,
        "commented": 2,
        "no_comment": 1,
        "questions_only": 1,
        "silent": 1,
    }
    assert (found["types"]["general"], found["types"]["editorial"], sum(found["types"].values())) == (1, 1, 2)
    assert found["stances"] == {"for": 1, "neutral": 0, "against": 1}
    assert found["countries"] == {
        "GT": {"asked": 2, "organisations": 1, "comments": 1},
        "HN": {"asked": 1, "organisations": 1, "comments": 0},
        "MX": {"asked": 1, "organisations": 1, "comments": 0},
        "PE": {"asked": 1, "organisations": 1, "comments": 1},
    }
    assert found["outcomes"]["accepted"] == 2
    assert found["questions"] == [
        {
            "question": asked.id, "position": 1, "asked_if": None, "asked": 1, "answered": 1, "several": False,
            "values": {"agree": 1, "partly": 0, "disagree": 0}, "only_words": 0,
        }
    ]  # fmt: skip


def test_nothing_small_is_published(app: Flask) -> None:
    here = round_answered(scene(organisations=5))
    exact = figures(here.round.id)
    assert small_cells(exact) > 0
    shown = published(exact)
    assert (small_cells(shown), shown["late"], shown["would_vote_no"], shown["countries"]) == (
        0, None, None, {},
    )  # fmt: skip
    assert {*shown["types"].values(), *shown["stances"].values()} == {None}


def test_what_the_list_of_comments_shows_anyway_is_published_as_it_is(app: Flask) -> None:
    exact = figures(round_answered(scene(organisations=5)).round.id)
    shown = published(exact)
    for told in ("received", "outcomes", "changes", "substantive"):
        assert shown[told] == exact[told]
    assert (shown["received"], shown["outcomes"]["accepted"]) == (2, 2)


def of_countries(**told: tuple[int, int, int, int]) -> dict[str, Any]:
    """Figures of countries as (asked, commented, answered otherwise, comments)."""
    asked, commented, otherwise, comments = (sum(row[n] for row in told.values()) for n in range(4))
    return {
        **NOTHING, "received": comments,
        "organisations": {
            "invited": asked, "commented": commented, "no_comment": otherwise, "questions_only": 0,
            "silent": asked - commented - otherwise,
        },
        "countries": {
            code: {"asked": row[0], "organisations": row[1] + row[2], "comments": row[3]} for code, row in told.items()
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("countries", "shown"),
    [
        ({"GT": (9, 3, 0, 3)}, {}),  # nothing can be said of any
        ({"GT": (30, 3, 0, 9), "PE": (30, 1, 0, 1)}, {}),  # so few in all
        (
            {"GT": (20, 10, 2, 12), "PE": (40, 20, 0, 22)},
            {"GT": (12, 12), "PE": (20, 22)},
        ),  # the two show nowhere
        (
            {"GT": (9, 3, 0, 9), "PE": (40, 20, 0, 40), "HN": (60, 30, 0, 60)},
            {"GT": None, "PE": None, "HN": (30, 60)},
        ),
        (  # few comments of many who answered
            {"GT": (40, 2, 20, 2), "PE": (40, 20, 0, 40), "HN": (60, 30, 0, 60)},
            {"GT": (22, None), "PE": (20, None), "HN": (30, 60)},
        ),
        (
            {"GT": (20, 10, 0, 10), "PE": (20, 0, 0, 0)},
            {"GT": (10, 10), "PE": (0, 0)},
        ),  # nought points at nobody
    ],
)
def test_countries_show_who_answered_as_the_page_of_participation_does(
    countries: dict[str, tuple[int, int, int, int]], shown: dict[str, tuple[int, int | None] | None]
) -> None:
    told = published(of_countries(**countries))
    assert told["countries"] == {
        code: row and {"organisations": row[0], "comments": row[1]} for code, row in shown.items()
    }
    assert small_cells(told) == 0


def test_of_figures_frozen_without_those_asked_no_organisation_is_counted() -> None:
    old = {"GT": {"organisations": 9, "comments": 9}, "PE": {"organisations": 9, "comments": 20}}
    assert published({**NOTHING, "countries": old})["countries"] == {
        "GT": {"organisations": None, "comments": 9},
        "PE": {"organisations": None, "comments": 20},
    }


COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(1, 3))


@given(st.dictionaries(st.sampled_from(["GT", "PE", "BZ", "MX"]), COUNTS, min_size=1))
@settings(max_examples=150, deadline=None)
def test_the_synopsis_counts_in_a_country_what_the_page_of_participation_counts_or_nothing(
    groups: dict[str, tuple[int, int, int, int]],
) -> None:
    """What one of them shows and the other does not would come out by subtraction from the sums of the other."""
    told = published(of_countries(**{
        code: (commented + otherwise + silent, commented, otherwise, commented * each)
        for code, (commented, otherwise, silent, each) in groups.items()
    }))["countries"]  # fmt: skip
    found = tuple(
        line(n, part, country=code)
        for code, (commented, otherwise, silent, _) in groups.items()
        for n, part in enumerate(["commented"] * commented + ["no_comment"] * otherwise + ["silent"] * silent)
    )
    page = of_lines(found, Attended(0, 0, 0))
    rows = {row.code: row.answered if row.shown else None for row in page.tables["country"]}
    if told:
        assert {code: row and row["organisations"] for code, row in told.items() if code in rows} == rows
    else:
        assert not any(value is not None for value in rows.values())


def told_of(asked: int, answered: int, values: dict[str, int], **other: object) -> dict[str, Any]:
    return {
        "question": 1, "position": 1, "asked_if": None, "asked": asked, "answered": answered, "several": False,
        "values": values, "only_words": max(0, answered - sum(values.values())), **other,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answered", "values", "counted", "shown"),
    [
        (
            60,
            40,
            {"a": 10, "b": 28},
            40,
            {"a": None, "b": 28},
        ),  # two only wrote: 40 less what is shown would tell
        (60, 40, {"a": 12, "b": 28}, 40, {"a": 12, "b": 28}),
        (60, 48, {"a": 10, "b": 28}, 48, {"a": 10, "b": 28}),
        (60, 40, {"a": 12, "b": 28, "c": 0}, 40, {"a": 12, "b": 28}),
        (60, 3, {"a": 3}, None, {"a": None}),
        # two of those asked left it out: what all others chose less what is shown would tell
        (42, 40, {"a": 12, "b": 28}, None, {"a": None, "b": 28}),
        (40, 40, {"a": 12, "b": 28}, 40, {"a": 12, "b": 28}),
    ],
)
def test_who_only_wrote_or_left_it_out_is_not_found_by_subtraction(
    asked: int, answered: int, values: dict[str, int], counted: int | None, shown: dict[str, int | None]
) -> None:
    told = published({**NOTHING, "questions": [told_of(asked, answered, values)]})["questions"]
    assert told == [{"question": 1, "asked": asked, "answered": counted, "values": shown}]


def test_a_question_that_hangs_on_a_hidden_answer_says_nothing() -> None:
    first = told_of(60, 40, {"a": 2, "b": 38})
    second = told_of(2, 2, {"x": 2}, question=2, position=2, asked_if={"question": 1, "values": ["a"]})
    told = published({**NOTHING, "questions": [first, second]})["questions"][1]
    assert told == {"question": 2, "asked": None, "answered": None, "values": {"x": None}}


def test_questions_frozen_without_how_many_were_asked_say_nothing() -> None:
    old = {"question": 1, "answered": 40, "values": {"a": 12, "b": 28}}
    assert published({**NOTHING, "questions": [old]})["questions"] == [
        {"question": 1, "answered": None, "values": {"a": None, "b": None}}
    ]


@pytest.mark.parametrize(
    ("others", "part", "shown"),
    [
        (0, 0, 0), (5, 0, 0), (20, 0, 0),
        (2, 0, None), (4, 0, None),  # two comments of one kind: that none is of the other would say which
        (19, 1, None), (16, 4, None), (15, 5, 5), (5, 5, 5), (5, 15, 15),
        (4, 16, None), (1, 19, None), (4, 4, None),  # twenty less nineteen is the one
        (0, 5, None), (0, 20, None),  # all of them is each of them
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["late", "would_vote_no", "withdrawn", "unsent"])
def test_a_property_is_shown_only_when_those_without_it_may_be_counted_too(
    name: str, others: int, part: int, shown: int | None
) -> None:
    received = others + part if name in ("late", "would_vote_no") else others
    told = published({**NOTHING, "received": received, name: part})
    assert (told[name], small_cells(told)) == (shown, 0)


def test_what_is_left_of_all_is_a_small_cell_too() -> None:
    shown = [{**NOTHING, "received": 20, "would_vote_no": n} for n in (0, 4, 5, 15, 16, 19)]
    assert [small_cells(told) for told in shown] == [0, 1, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("cells", "gone"),
    [
        ({"a": 10, "b": 20}, ""),
        ({"a": 5, "b": 20}, ""),
        ({"a": 0, "b": 20}, ""),
        ({"a": 4, "b": 20, "c": 30}, "ab"),  # a alone would be the total less the rest
        ({"a": 4, "b": 4, "c": 30}, "abc"),  # 8 in two cells says too much
        ({"a": 1, "b": 6, "c": 7, "d": 90}, "abc"),  # 7 in two leaves too little room
        ({"a": 1, "b": 10, "c": 50}, "ab"),
        ({"a": 1}, "a"),
        ({"a": 3, "b": 0}, "ab"),  # three of one kind: that the other has none would say which
        ({"a": 3, "b": 2, "c": 0}, "abc"),
        ({"a": 4, "b": 20, "c": 0}, "ab"),
    ],
)
def test_small_cells_and_what_would_reveal_them_are_hidden(cells: dict[str, int], gone: str) -> None:
    assert hidden({key: (value,) for key, value in cells.items()}) == set(gone)


def test_a_row_is_hidden_when_either_of_its_figures_is_small() -> None:
    assert hidden({"a": (2, 40), "b": (9, 60), "c": (30, 90)}) == {"a", "b"}


def test_words_are_kept_while_they_are_written_and_gone_once_frozen(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    for _ in range(2):
        synopses.keep_draft(here.round.id, " A medias ", "", by=here.unit, at=AFTER)
    assert (here.round.draft_introduction, here.round.draft_way_forward) == ("A medias", "")
    assert db.session.scalar(select(func.count(Synopsis.id))) == 0
    submitted(here)
    assert (here.round.draft_introduction, here.round.draft_way_forward) == ("", "")
    with pytest.raises(Refused) as refused:
        synopses.keep_draft(here.round.id, "Tarde.", "", by=here.unit, at=AFTER)
    assert codes(refused) == ["move_not_from_here"]


def test_only_the_unit_keeps_the_words_of_a_synopsis(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    with pytest.raises(Refused) as refused:
        synopses.keep_draft(here.round.id, "Mío.", "", by=here.chair, at=AFTER)
    assert (codes(refused), here.round.draft_introduction) == (["role_may_not"], "")


def test_a_synopsis_waits_for_every_answer_and_its_words(app: Flask) -> None:
    here = scene()
    comment(here)
    answering(here)
    with pytest.raises(Refused) as refused:
        synopses.submit(here.round.id, " ", "", by=here.unit, at=AFTER)
    assert codes(refused) == [
        "points_without_outcome",
        "points_without_response",
        "introduction_missing",
        "way_forward_missing",
    ]


def test_a_synopsis_is_frozen_and_given_to_the_commission_once(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    made = submitted(here)
    assert (here.round.state, made.number, len(made.sha256), made.figures["received"]) == (
        "synopsis_review",
        1,
        64,
        2,
    )
    assert submitted(here).id == made.id
    assert [(review.subject, review.body_id) for review in db.session.scalars(select(Review))] == [
        ("synopsis", here.body.id)
    ]


def test_the_same_words_on_other_answers_have_another_hash(app: Flask) -> None:
    made = [submitted(round_answered(scene(organisations=3))).sha256 for _ in range(2)]
    assert made[0] != made[1]


def test_it_is_published_only_with_the_commissions_approval_and_by_the_head(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    submitted(here)
    with pytest.raises(Refused) as refused:
        synopses.publish(here.round.id, by=here.unit, at=AFTER)
    assert codes(refused) == ["role_may_not", "synopsis_not_approved"]


def test_publishing_tells_every_answer_to_who_took_part(app: Flask) -> None:
    here = round_answered(scene(organisations=4))
    approved(here)
    for _ in range(2):
        synopses.publish(here.round.id, by=here.head, at=AFTER)
    told = db.session.scalars(
        select(Notice.organisation_id).where(Notice.kind == "answers_published").order_by(Notice.id)
    ).all()
    assert sorted(told) == [organisation.id for organisation in here.organisations[:3]]
    said = {
        notice.organisation_id: (letter_of(notice.kind, notice.params).page, "until" in notice.params)
        for notice in db.session.scalars(select(Notice).where(Notice.kind == "answers_published"))
    }
    spoke = set(db.session.scalars(select(comments.Comment.organisation_id)))
    assert said == {id: ("delegate.mine", True) if id in spoke else ("desk.synopsis", False) for id in told}
    assert 0 < len(spoke) < len(told)
    assert (here.round.state, here.round.published_at) == ("published", AFTER)
    # 5 December in Managua and 14 days: the whole of the 19th.
    assert here.round.satisfaction_until.isoformat() == "2026-12-20T06:00:00+00:00"
    timer = db.session.scalars(select(Timer).where(Timer.kind == "end_satisfaction")).one()
    assert timer.due_at == here.round.satisfaction_until


@pytest.mark.parametrize(("visibility", "missing"), [("public", 1), ("members", 0)])
def test_a_name_without_consent_in_what_anybody_would_read_keeps_it_from_being_published(
    app: Flask, monkeypatch: pytest.MonkeyPatch, visibility: str, missing: int
) -> None:
    here = scene(organisations=3)
    comment(here, who=2, clause=1, visibility="public", consent_to_name=True)
    comment(here, who=2, clause=2, visibility=visibility)
    for one in db.session.scalars(select(Comment)):
        answered(answering(here), one)
    approved(here)
    frozen = db.session.scalars(select(Synopsis)).one()
    assert names_without_consent(frozen) == 0
    # As if what decides which names stand there was broken: then the guard says so.
    monkeypatch.setattr("consultations.documents.synopsis_annex.name_shown", lambda name, consent: name)
    assert names_without_consent(frozen) == missing
    _, against = publishing(here.round.id, by=here.head, at=AFTER) or pytest.fail("no page")
    assert [one.code for one in against] == ["consents_missing"] * missing
    if missing:
        with pytest.raises(Refused) as refused:
            synopses.publish(here.round.id, by=here.head, at=AFTER)
        assert codes(refused) == ["consents_missing"]


def test_the_text_is_handed_on_when_objections_are_answered_and_time_is_over(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    approved(here)
    synopses.publish(here.round.id, by=here.head, at=AFTER)
    objecting = db.session.scalars(select(comments.Comment).order_by(comments.Comment.id)).first()
    satisfaction.declare(objecting.id, "objects", "No responde.", by=here.delegates[0], at=AFTER)
    with pytest.raises(Refused) as refused:
        synopses.ready_for_vote(here.round.id, by=here.chair, at=AFTER)
    assert codes(refused) == ["satisfaction_window_open", "objections_unanswered"]
    satisfaction.answer_objection(objecting.id, "Lo explicamos.", by=here.unit, at=AFTER)
    satisfaction.end_window(here.round.id, by=SYSTEM, at=LATER)
    with pytest.raises(Refused) as refused:
        synopses.ready_for_vote(here.round.id, by=here.chair, at=LATER)
    assert codes(refused) == ["objections_unanswered"]
    satisfaction.answer_objection(objecting.id, "Se mantiene.", by=here.chair, at=LATER)
    synopses.ready_for_vote(here.round.id, by=here.chair, at=LATER)
    assert synopses.ready_for_vote(here.round.id, by=here.chair, at=LATER).state == "ready_for_vote"
    assert here.round.dossier.state == "final_review"


def test_a_text_that_changed_after_freezing_is_not_handed_on(app: Flask) -> None:
    here = round_answered(scene(organisations=3))
    approved(here)
    synopses.publish(here.round.id, by=here.head, at=AFTER)
    here.clauses[0].texts[0].text = "Otra cosa."
    db.session.flush()
    with pytest.raises(Refused) as refused:
        synopses.ready_for_vote(here.round.id, by=here.chair, at=LATER)
    assert codes(refused) == ["voted_text_differs", "changes_unexplained"]
