"""What anyone reads of texts and dossiers: everything that is public, and nothing before it is."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from consultations.actor import SYSTEM, Actor
from consultations.engine import comments, dossiers, journal, round_deadlines, round_running, votes
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, StandardVersion
from consultations.queries import public
from consultations.views import public_steps
from tests.factories import people, rounds
from tests.factories import votes as make
from tests.web.visiting import english

AFTER = make.CLOSES + timedelta(hours=1)


def written(
    version: StandardVersion, chapters: int = 2, words: str = "Texto", english_too: bool = True
) -> None:
    """Chapters with one requirement each, in Spanish and (but for the last) in English."""
    for n in range(1, chapters + 1):
        top = Node(
            version_id=version.id, stable_id=f"c{n}", position=2 * n, depth=0, kind="chapter", number=str(n)
        )
        db.session.add(top)
        db.session.flush()
        below = Node(
            version_id=version.id, parent_id=top.id, stable_id=f"r{n}", position=2 * n + 1, depth=1,
            kind="requirement", number=f"{n}.1",
        )  # fmt: skip
        db.session.add(below)
        db.session.flush()
        db.session.add(NodeText(node_id=top.id, language="es", heading=f"Capítulo {n}"))
        db.session.add(NodeText(node_id=below.id, language="es", text=f"{words} {n} <b>"))
        if english_too and n < chapters:
            db.session.add(NodeText(node_id=top.id, language="en", heading=f"Chapter {n}"))
            db.session.add(NodeText(node_id=below.id, language="en", text=f"Words {n}"))
    db.session.commit()


def read(client: FlaskClient, url: str) -> str:
    english(client, None, AFTER)
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200, f"{url} answered {answer.status_code}"
    return answer.get_data(as_text=True)


def test_a_frozen_text_is_read_by_chapter_with_its_hash(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    written(hall.version)
    first = read(client, f"/texts/{hall.version.id}")
    assert [part in first for part in ("Words 1", "Words 2", "Texto 2", str(hall.version.text_sha256))] == [
        True,
        False,
        False,
        True,
    ]
    second = read(client, f"/texts/{hall.version.id}?chapter=2")
    assert "Texto 2 &lt;b&gt;" in second
    assert "Not translated yet: this is the reference language." in second


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?in=es", "Texto 1"), ("?in=en", "Words 1"), ("?in=xx", "Texto 1"), ("?chapter=0", "Words 1"),
        ("?chapter=99", "Texto 2"), ("?chapter=-1", "Words 1"), ("?chapter=one", "Words 1"),
    ],
)  # fmt: skip
def test_what_is_asked_for_strangely_gives_the_nearest(
    app: Flask, client: FlaskClient, query: str, expected: str
) -> None:
    hall = make.hall(1)
    written(hall.version)
    assert expected in read(client, f"/texts/{hall.version.id}{query}")


def test_a_text_that_is_not_frozen_is_nobodys_here(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    draft = make.version(hall.dossier, label="3.0", frozen=False)
    written(draft)
    assert client.get(f"/texts/{draft.id}").status_code == 404
    assert client.get("/texts/4711").status_code == 404


def test_a_frozen_text_without_a_word_still_opens(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    db.session.commit()
    assert str(hall.version.text_sha256) in read(client, f"/texts/{hall.version.id}")


def test_a_chapter_of_a_long_text_stays_light(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    written(hall.version, chapters=40, words="Una palabra y otra. " * 200)
    assert len(gzip.compress(read(client, f"/texts/{hall.version.id}?in=es").encode())) <= 14 * 1024


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        ("draft", ("How it is decided",), ("Source:", "/results/", "/minutes")),
        (
            "opened",
            ("How it is decided", "Source:", "Full text, version 2.4"),
            ("/minutes", "condition by condition", "Adopted"),
        ),
        ("proclaimed", ("/minutes", "condition by condition"), ("desk/",)),
    ],
)
def test_a_dossier_shows_what_is_public_and_no_more(
    app: Flask, client: FlaskClient, state: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    hall = make.hall(2)
    if state == "draft":
        make.prepared(hall)
    elif state == "opened":
        make.cast(make.opened(hall), hall.delegates[0], "yes")
    else:
        make.proclaimed(hall, "yy")
    db.session.commit()
    page = read(client, f"/public/dossiers/{hall.dossier.id}")
    assert [part for part in shown if part not in page] == []
    assert [part for part in hidden if part in page] == []
    assert "How to take part" in page
    assert "/synopsis" not in page  # the round's synopsis is not published


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("new_standard", ["At least 2 rounds of consultation, the first of 60 days or more", "Every comment is answered", "reviews the text", "outside body that decides"]),
        ("limited_review", ["At least one round of consultation, of 30 days or more", "Every comment is answered", "reviews the text", "outside body that decides"]),
        ("suspension", ["reviews the text", "outside body that decides"]),
    ],
)  # fmt: skip
def test_how_it_is_decided_is_told_before_there_is_a_vote(
    app: Flask, client: FlaskClient, kind: str, told: list[str]
) -> None:
    house = rounds.house()
    made = rounds.dossier(house, kind=kind)
    db.session.commit()
    page = read(client, f"/public/dossiers/{made.id}")
    said = page.partition("How it is decided")[2]
    every = (
        "of consultation, ",
        "Every comment is answered",
        "reviews the text",
        "outside body that decides",
    )
    assert [part for part in told if part not in said] == []
    assert sum(part in said for part in every) == len(told)
    assert f"{house.assembly.names['es']} votes. The rule, the electoral roll and the text are fixed" in said


def test_a_vote_called_off_before_it_was_convened_says_when_and_nothing_that_was_written_for_the_officers(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(1)
    vote = make.prepared(hall)
    votes.call_off(vote.id, reason="The text has to be mended.", by=hall.president, at=make.CALLED)
    db.session.commit()
    page = " ".join(read(client, f"/public/dossiers/{hall.dossier.id}").split())
    assert "Called off on Sunday, 1 November 2026, 09:00 (Managua)." in page
    kept = (vote.questions["en"], "Reason given", "The text has to be mended.")
    assert [
        part
        for part in ("/results/", "/minutes", "Closed", "22 November", "21 November", *kept)
        if part in page
    ] == []
    assert page.count("/texts/") == 1  # the round's, not the draft's
    english(client, hall.secretary, make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        told = client.get(f"/a/votes/{vote.id}").get_data(as_text=True)
    assert [part in told for part in (vote.questions["en"], "The text has to be mended.")] == [True, True]
    assert "Source:" not in page  # its rule was never fixed
    assert client.get(f"/results/{vote.id}").status_code == 404


def test_a_vote_called_off_after_it_was_convened_keeps_its_page(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.convened(hall)
    votes.call_off(vote.id, reason="The text has to be mended.", by=hall.president, at=make.CALLED)
    db.session.commit()
    page = read(client, f"/public/dossiers/{hall.dossier.id}")
    assert "Reason given: The text has to be mended." in page
    assert f'href="/results/{vote.id}"' in page


@pytest.mark.parametrize("url", ["/", "/public/dossiers/{id}"])
def test_a_suspended_vote_says_since_when_and_names_no_closing(
    app: Flask, client: FlaskClient, url: str
) -> None:
    hall = make.hall(1)
    vote = make.opened(hall)
    since = make.OPENS + timedelta(hours=3)
    votes.suspend(vote.id, reason="The line is down.", by=hall.president, at=since)
    db.session.commit()
    english(client, None, since)
    with time_machine.travel(since, tick=False):
        page = client.get(url.format(id=hall.dossier.id)).get_data(as_text=True)
    assert "Suspended since Monday, 16 November 2026, 03:00 (Managua)." in page
    assert [
        part for part in ("Closes", "21 November", "22 November", "The line is down.") if part in page
    ] == []
    votes.resume(vote.id, reason="It is back.", by=hall.president, at=since + timedelta(hours=1, seconds=16))
    db.session.commit()
    english(client, None, since + timedelta(hours=2))
    with time_machine.travel(since + timedelta(hours=2), tick=False):
        page = client.get(url.format(id=hall.dossier.id)).get_data(as_text=True)
    assert "Sunday, 22 November 2026, 01:00 (Managua)" in page
    assert "Suspended since" not in page


def test_a_result_bears_the_last_day_of_voting(app: Flask, client: FlaskClient) -> None:
    make.proclaimed(make.hall(1), "y")
    db.session.commit()
    page = read(client, "/")
    assert ("Saturday, 21 November 2026, 23:59 (Managua)" in page, "22 November" in page) == (True, False)


def test_a_published_synopsis_is_linked(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    round_ = db.session.query(Round).filter_by(dossier_id=hall.dossier.id).one()
    round_.published_at = people.LONG_AGO
    db.session.commit()
    assert f"/rounds/{round_.id}/synopsis" in read(client, f"/public/dossiers/{hall.dossier.id}")


@pytest.mark.parametrize(
    ("kind", "state", "expected"),
    [
        ("revision", "final_review", ["Preparing", "Consultation", "Text for the vote", "The vote", "Decision", "Position sent", "Outcome"]),
        ("suspension", "final_review", ["Preparing", "Text for the vote", "The vote", "Decision", "Position sent", "Outcome"]),
        ("own_matter", "final_review", ["Preparing", "The vote", "Decision", "In force"]),
        ("own_matter", "in_force", ["Preparing", "The vote", "Decision", "In force"]),
        ("revision", "withdrawn_by_unit", []),
    ],
)  # fmt: skip
def test_the_line_has_the_stages_of_the_kind(app: Flask, kind: str, state: str, expected: list[str]) -> None:
    hall = make.hall(1, kind=kind)
    hall.dossier.state = state
    if kind != "revision":
        db.session.query(Round).filter_by(dossier_id=hall.dossier.id).delete()
    db.session.commit()
    page = public.dossier(hall.dossier.id, at=AFTER)
    if page is None:  # withdrawn before anything of it was public
        assert expected == []
        return
    with app.test_request_context(), force_locale("en"):
        line = public_steps.steps(page, "UTC")
    assert [step["label"] for step in line] == expected
    assert [step["state"] for step in line].count("now") == bool(expected)


def test_rounds_stand_under_the_heading_of_where_they_stand(app: Flask, client: FlaskClient) -> None:
    house = rounds.house()
    for n, stage in enumerate(("open", "scheduled", "closed", "answering", "draft", "open")):
        round_ = rounds.at_stage(house, stage)
        round_.dossier.titles = {"en": f"Matter {n}"}
    round_deadlines.pause(round_.id, reason="Huracán.", by=house.head, at=rounds.OPENS_AT)
    db.session.commit()
    page = read(client, "/")
    parts = dict(part.partition("</h2>")[::2] for part in page.split("<h2>")[1:])
    listed = {
        title: [
            name
            for name in ("Matter 0", "Matter 1", "Matter 2", "Matter 3", "Matter 4", "Matter 5")
            if name in body
        ]
        for title, body in parts.items()
    }
    assert listed["Open for comments"] == ["Matter 0"]
    assert listed["Announced"] == ["Matter 1"]
    assert listed["Paused"] == ["Matter 5"]
    assert listed["Being answered"] == ["Matter 2", "Matter 3"]
    assert "Closes" not in parts["Paused"]


def test_a_heading_without_rounds_is_not_there(app: Flask, client: FlaskClient) -> None:
    page = read(client, "/")
    assert "No consultation is open now." in page
    assert [title for title in ("Announced", "Paused", "Being answered") if f"<h2>{title}</h2>" in page] == []


def test_a_dossier_has_its_dates_each_with_its_zone(app: Flask, client: FlaskClient) -> None:
    round_ = rounds.at_stage(rounds.house(), "open")
    db.session.commit()
    page = " ".join(read(client, f"/public/dossiers/{round_.dossier_id}").split())
    assert "Round 1: last moment to comment" in page
    assert "Saturday, 30 May 2026, 23:59 (Managua)" in page
    assert "Wednesday, 1 April 2026, 00:00 (Managua)" in page
    for kind, name in (("application/atom+xml", "feed.atom"), ("text/calendar", "calendar.ics")):
        link = f'<link rel="alternate" type="{kind}" href="/public/dossiers/{round_.dossier_id}/{name}?in=en"'
        assert link in page


def test_numbers_of_participation_are_told_once_nobody_answers_any_more_and_never_of_a_few(
    app: Flask, client: FlaskClient
) -> None:
    house = rounds.house(organisations=12)
    round_ = rounds.at_stage(house, "open")
    for who in house.delegates[:6]:
        comments.declare_no_comment(round_.id, by=who, at=rounds.OPENS_AT)
    db.session.commit()
    url = f"/public/dossiers/{round_.dossier_id}"
    page = read(client, url)
    assert ("12 organisations are asked." in page, "answered: " in page) == (True, False)
    round_running.close_round(round_.id, by=SYSTEM, at=rounds.CLOSES_AT)
    db.session.commit()
    # Late entries and paper still come: two looks would tell who came between.
    page = read(client, url)
    assert ("12 organisations are asked." in page, "answered: " in page) == (True, False)
    round_.state = "answering"
    db.session.commit()
    assert "Organisations that answered: 6 of 12." in read(client, url)
    few = rounds.at_stage(house, "open")
    for who in house.delegates[:3]:
        comments.declare_no_comment(few.id, by=who, at=rounds.OPENS_AT)
    round_running.close_round(few.id, by=SYSTEM, at=rounds.CLOSES_AT)
    few.state = "answering"
    db.session.commit()
    assert "answered: " not in read(client, f"/public/dossiers/{few.dossier_id}")


def finished(*moved: tuple[str, str, datetime]) -> list[Dossier]:
    """Dossiers in these states with these titles, last moved at these instants."""
    made = []
    for title, state, at in moved:
        row = make.dossier(people.network(), state=state)
        row.titles = {"es": title}
        journal.record("entered_into_force", row, by=SYSTEM, at=at)
        journal.record("dossier_scoped", row, by=SYSTEM, at=people.LONG_AGO)
        made.append(row)
    db.session.commit()
    return made


THEN, NOW = datetime(2024, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Café", "Miel"]), ("?year=2024", []), ("?year=2026", ["Café", "Miel"]), ("?q=cafe", ["Café"]), ("?q=CAFÉ", ["Café"]),
        ("?q=nada", []), ("?year=&standard=&q=", ["Café", "Miel"]), ("?year=99999999999999999999", ["Café", "Miel"]),
        ("?standard=4711", []), ("?q=%25", []), ("?page=7", ["Café", "Miel"]),
    ],
)  # fmt: skip
def test_the_archive_is_searched_without_script(
    app: Flask, client: FlaskClient, query: str, expected: list[str]
) -> None:
    finished(("Café", "in_force", NOW), ("Miel", "withdrawn_by_unit", NOW), ("Banano", "final_review", NOW))
    page = read(client, f"/public/archive{query}")
    assert [title for title in ("Café", "Miel", "Banano") if f">{title}</a>" in page] == expected


def test_the_archive_is_by_year_and_standard(app: Flask, client: FlaskClient) -> None:
    rows = finished(("Café", "in_force", NOW), ("Miel", "not_adopted", NOW))
    page = read(client, f"/public/archive?standard={rows[1].standard_id}")
    assert [title for title in ("Café", "Miel") if f">{title}</a>" in page] == ["Miel"]
    assert "<h2>2026</h2>" in page
    assert f'<option value="{rows[1].standard_id}" selected>' in page


def test_what_was_withdrawn_before_anybody_knew_is_in_no_archive(app: Flask, client: FlaskClient) -> None:
    house = rounds.house()
    row = rounds.dossier(house, drafting=False)
    dossiers.advance_dossier(row.id, "withdraw", reason="No.", by=house.head, at=rounds.START)
    db.session.commit()
    assert "No finished matter fits." in read(client, "/public/archive")


@pytest.mark.parametrize(
    ("state", "who", "offered"),
    [
        ("in_force", None, True), ("in_force", "delegate", True), ("in_force", "secretary", False), ("final_review", "delegate", False),
    ],
)  # fmt: skip
def test_a_decided_matter_takes_remarks_of_members(
    app: Flask, client: FlaskClient, state: str, who: str | None, offered: bool
) -> None:
    hall = make.hall(1)
    hall.dossier.state = state
    db.session.commit()
    actor = {"delegate": hall.delegates[0], "secretary": hall.secretary}.get(who or "")
    english(client, actor, AFTER)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"/public/dossiers/{hall.dossier.id}").get_data(as_text=True)
    assert (f"/requests/new?about={hall.dossier.id}" in page) == offered


def test_who_may_comment_finds_the_button_on_the_public_page(app: Flask, client: FlaskClient) -> None:
    house = rounds.house(organisations=1)
    made = rounds.at_stage(house, "open")
    db.session.commit()
    at = rounds.OPENS_AT + timedelta(days=1)

    def seen(who: Actor | None) -> tuple[bool, bool]:
        english(client, who, at)
        with time_machine.travel(at, tick=False):
            page = client.get(f"/public/dossiers/{made.dossier_id}").get_data(as_text=True)
        return (
            f'class="btn" href="/d/rounds/{made.id}">Comment</a>' in page,
            "sign in with the address" in page,
        )

    assert seen(house.delegates[0]) == (True, False)
    assert [seen(who) for who in (None, house.unit, people.delegate())] == [(False, True)] * 3
