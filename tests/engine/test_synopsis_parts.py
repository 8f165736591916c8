"""What is generated of a synopsis besides figures of comments: dates, ways of answering, topics, and words with hidden figures."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from consultations.documents.synopsis_blocks import Paragraph, Table
from consultations.engine import journal
from consultations.extensions import db
from consultations.facts.synopsis_cover import cover
from consultations.facts.synopsis_figures import figures, published
from consultations.models.coding import Coding
from consultations.models.points import Tag, TagMark
from consultations.models.synopses import Synopsis
from consultations.queries import synopsis_documents, synopsis_generated
from consultations.queries.synopsis_tables import filled
from tests.factories.comments import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    answered,
    answering,
    comment,
    question,
    scene,
)

HIDES = {
    "organisations": {"invited": 12, "silent": None, "commented": 5, "no_comment": 0, "questions_only": 0},
    "received": 7,
}


def rows(app: Flask, made: object) -> list[tuple[str, ...]]:
    with app.test_request_context(), force_locale("en"):
        return [row for block in made() for row in block.rows if isinstance(block, Table)]  # type: ignore[operator]


def test_the_dates_say_the_opening_itself_and_closings_as_the_day_before(app: Flask) -> None:
    here = scene()
    until = CLOSES + timedelta(days=7)
    journal.record("round_paused", here.round, by=here.head, at=DURING)
    journal.record(
        "round_resumed", here.round, by=here.head, at=DURING + timedelta(days=2), closes_at=CLOSES.isoformat()
    )
    journal.record(
        "round_extended", here.round, by=here.head, at=DURING + timedelta(days=3), closes_at=until.isoformat()
    )
    here.round.opens_at, here.round.closes_at, here.round.extensions = (
        datetime(2026, 10, 1, 6, tzinfo=UTC),
        until,
        1,
    )
    told = cover(here.round)
    assert here.round.opens_at == OPENS
    assert rows(app, lambda: synopsis_generated.dates(told)) == [
        ("Opened", "Thursday, 1 October 2026, 00:00 (Managua)"),
        ("First closing date", "Sunday, 29 November 2026, 23:59 (Managua)"),
        ("Paused", "Friday, 20 November 2026, 06:00 (Managua)"),
        ("Went on", "Sunday, 22 November 2026, 06:00 (Managua); until Sunday, 29 November 2026, 23:59 (Managua)"),
        ("Extended", "Monday, 23 November 2026, 06:00 (Managua); until Sunday, 6 December 2026, 23:59 (Managua)"),
        ("Closed", "Sunday, 6 December 2026, 23:59 (Managua)"),
        ("Times extended", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{{figure:silent}} callaron ({{figure:silent.percent}}).", "(hidden) callaron."),
        ("Callaron {{figure:silent.percent}}.", "Callaron (hidden)."),
        ("Algunas ({{figure:silent}} de {{figure:invited}}) callaron.", "Algunas (hidden de 12) callaron."),
        ("Callaron pocas ({{figure:silent.percent}}).", "Callaron pocas (hidden)."),
        ("Hablaron {{figure:commented}} ({{figure:commented.percent}}).", "Hablaron 5 (42 %)."),
        ("Uno\n{{figure:silent}}\ndos (a) {{figure:silent}}", "Uno\n(hidden)\ndos (a) (hidden)"),
        ("Sin cifras {{figure:}} ({})", "Sin cifras {{figure:}} ({})"),
    ],
)  # fmt: skip
def test_a_hidden_figure_is_said_once_and_without_doubled_brackets(app: Flask, typed: str, said: str) -> None:
    with app.test_request_context(), force_locale("en"):
        assert filled(typed, HIDES) == said


def test_the_ways_of_answering_are_counted_with_their_overlap_and_hidden_where_few(app: Flask) -> None:
    here = scene(organisations=2)
    for channel in ("web", "paper"):
        comment(here).channel = channel
    comment(here, who=1)
    db.session.flush()
    exact = figures(here.round.id)
    assert exact["ways"] == [[["web"], 1], [["paper", "web"], 1]]
    assert rows(app, lambda: synopsis_generated.ways(exact["ways"])) == [("In the browser only", "1"), ("On paper + In a workshop".replace("In a workshop", "In the browser"), "1")]  # fmt: skip
    assert [count for _, count in published(exact)["ways"]] == [None, None]
    assert (
        published({key: value for key, value in exact.items() if key not in ("ways", "topics")})["ways"] == []
    )


def coded(holding: int, asked: int) -> dict[str, object]:
    """The figures of a round where `holding` of `asked` points have the one code."""
    here = scene(organisations=asked)
    tag = Tag(round_id=here.round.id, code="PRECIO", meaning="Sobre el precio")
    db.session.add(tag)
    db.session.flush()
    made = [comment(here, who=who) for who in range(asked)]
    answering(here)
    for place, row in enumerate(made):
        answered(here, row)
        db.session.add(Coding(comment_id=row.id, point=1, coder_id=here.unit.person_id, coded_at=AFTER))
        if place < holding:
            db.session.add(
                TagMark(
                    tag_id=tag.id, comment_id=row.id, point=1, coder_id=here.unit.person_id, marked_at=AFTER
                )
            )
    db.session.flush()
    return figures(here.round.id)


@pytest.mark.parametrize(
    ("holding", "asked", "shown"),
    [(5, 10, "5"), (4, 10, "hidden"), (6, 10, "hidden"), (10, 10, "hidden"), (0, 10, "0")],
)
def test_topics_of_the_codebook_are_a_table_whose_small_cells_are_hidden(
    app: Flask, holding: int, asked: int, shown: str
) -> None:
    exact = coded(holding, asked)
    assert exact["topics"] == {
        "coded": asked,
        "rows": [{"code": "PRECIO", "meaning": "Sobre el precio", "points": holding, "comments": holding, "organisations": holding}],
    }  # fmt: skip
    told = published(exact)["topics"]
    assert rows(app, lambda: synopsis_generated.topics(told)) == [
        ("PRECIO: Sobre el precio", shown, shown, shown)
    ]


def test_without_a_codebook_there_is_no_table_of_topics(app: Flask) -> None:
    here = scene()
    comment(here)
    told = published(figures(here.round.id))["topics"]
    assert (told, list(synopsis_generated.topics(told))) == ({"coded": 0, "rows": []}, [])


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (None, "How many organisations answered this question is hidden."),
        (0, "Nobody answered this question."),
        (9, "Counted: organisations that answered this question: 9. Shares are of these."),
    ],
)
def test_what_answers_are_shares_of_reads_well(app: Flask, answered: int | None, said: str) -> None:
    here = scene()
    asked = question(here.round, 1, "agree")
    made = Synopsis(
        round_id=here.round.id, number=1, introduction="a", way_forward="b", sha256="0" * 64, frozen_at=AFTER,
        figures=figures(here.round.id), cover=cover(here.round),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    told = synopsis_documents.frozen(made, exact=True)
    row = {"question": asked.id, "asked": 2, "answered": answered, "values": {}}
    shown = dataclasses.replace(told, shown={**told.shown, "questions": [row]})
    with app.test_request_context(), force_locale("en"):
        words = [one.words for one in synopsis_documents.part_blocks(shown) if isinstance(one, Paragraph)]
    assert said in words
