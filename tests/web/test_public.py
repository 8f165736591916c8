"""What anyone reads of texts and dossiers: everything that is public, and nothing before it is."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import votes
from consultations.extensions import db
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, StandardVersion
from tests.factories import people
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
        ("draft", (), ("How it is decided", "/results/", "/minutes")),
        (
            "opened",
            ("How it is decided", "Full text, version 2.4"),
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
    assert "How it is decided" not in page  # its rule was never fixed
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
    assert "Sunday, 22 November 2026, 01:00:16 (Managua)" in page
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
