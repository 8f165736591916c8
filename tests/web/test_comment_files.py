"""Files beside a comment: added on a page of their own, so that nothing wrong with a file costs a word."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from consultations.actor import Actor
from consultations.documents.attached import LARGEST
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.remarks import Attachment
from consultations.models.rounds import QuestionAnswer
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories.comments import DURING, Scene, comment, question, scene

PDF = b"%PDF-1.7\nuno"


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    db.session.commit()
    return made


@pytest.fixture
def made(here: Scene) -> Comment:
    row = comment(here, submit=False, text="Nos cuesta mucho.")
    db.session.commit()
    return row


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    vars(g).clear()
    with signed_in(client, who).session_transaction() as session:
        session["language"] = "en"
    return client


def send(client: FlaskClient, made: Comment, *files: tuple[bytes, str]) -> TestResponse:
    sent = [(BytesIO(content), name) for content, name in files]
    return post(client, f"/d/comments/{made.id}/files", files=sent, follow=True)


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def test_files_are_added_shown_fetched_and_taken_away(
    client: FlaskClient, here: Scene, made: Comment
) -> None:
    mine = acting(client, here.delegates[0])
    assert f"/d/comments/{made.id}/files" in text(mine.get(f"/d/comments/{made.id}"))
    page = text(send(mine, made, (PDF, "costos <2026>.pdf"), (b"a;b\n1;2\n", "datos.csv")))
    assert "costos _2026_.pdf" in page
    one, two = db.session.scalars(select(Attachment).order_by(Attachment.id))
    for row, mimetype in ((one, "application/pdf"), (two, "text/csv; charset=utf-8")):
        answer = mine.get(f"/files/{row.id}")
        assert (answer.status_code, answer.data, answer.content_type) == (200, row.content, mimetype)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "private, no-store"
    post(mine, f"/d/comments/{made.id}/files/{one.id}/remove", page_url=f"/d/comments/{made.id}/files")
    assert mine.get(f"/files/{one.id}").status_code == 404
    assert "costos" not in text(mine.get(f"/d/comments/{made.id}"))


def test_the_same_file_again_is_told(client: FlaskClient, here: Scene, made: Comment) -> None:
    mine = acting(client, here.delegates[0])
    send(mine, made, (PDF, "a.pdf"))
    assert "there is one, not two" in text(send(mine, made, (PDF, "b.pdf")))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "The file is empty"),
        (b"%PDF-" + b"0" * LARGEST, "a.pdf", "at most 5 MB"),
        (b"MZ\x90\x00", "a.pdf", "of a kind that cannot be attached"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "old or protected Office file"),
        (PDF, "n" * 10_000 + ".pdf", "longer than 180 characters"),
    ],
)
def test_what_cannot_be_kept_is_told_and_costs_no_word(
    client: FlaskClient, here: Scene, made: Comment, content: bytes, name: str, said: str
) -> None:
    mine = acting(client, here.delegates[0])
    answer = send(mine, made, (content, name), (PDF, "bien.pdf"))
    assert answer.status_code == 409
    assert said in text(answer)
    assert 'href="#files"' in text(answer)
    assert len(text(answer)) < 30_000
    assert db.session.scalars(select(Attachment)).all() == []
    assert "Nos cuesta mucho." in text(mine.get(f"/d/comments/{made.id}"))


def test_fifty_megabytes_are_told_to_be_too_large(client: FlaskClient, here: Scene, made: Comment) -> None:
    mine = acting(client, here.delegates[0])
    answer = send(mine, made, (b"%PDF-" + b"0" * 50 * 1024 * 1024, "a.pdf"))
    assert answer.status_code == 413
    assert "At most 25 MB can be sent at once. Choose a smaller file" in text(answer)
    assert f'<a class="btn" href="/d/comments/{made.id}' in text(answer)
    assert "Nos cuesta mucho." in text(mine.get(f"/d/comments/{made.id}"))


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/d/rounds?page=2", '<a class="btn" href="/d/rounds?page=2">Back</a>'),
        ("http://localhost/d/comments/1/send", None),
        ("http://localhost//evil.example/x", None),
        ("https://evil.example/d/rounds", None),
        ("", None),
    ],
)
def test_what_is_too_large_leads_back_to_a_page_of_ours_only(
    client: FlaskClient, here: Scene, made: Comment, referrer: str, back: str | None
) -> None:
    mine = acting(client, here.delegates[0])
    sent = mine.post(
        f"/d/comments/{made.id}/send", data=b"0" * 26 * 1024 * 1024, headers={"Referer": referrer}
    )
    assert sent.status_code == 413
    assert (back in text(sent)) if back else (">Back</a>" not in text(sent))


def test_no_file_and_a_fourth_are_refused(client: FlaskClient, here: Scene, made: Comment) -> None:
    mine = acting(client, here.delegates[0])
    assert "Choose a file." in text(post(mine, f"/d/comments/{made.id}/files"))
    four = send(mine, made, *((PDF + bytes([48 + n]), f"{n}.pdf") for n in range(4)))
    assert four.status_code == 409
    assert "at most 3 files" in text(four)


def test_others_fetch_what_stands_beside_a_comment_that_they_read(client: FlaskClient, here: Scene) -> None:
    made = comment(here, visibility="members", consent_to_name=True)
    db.session.commit()
    send(acting(client, here.delegates[0]), made, (PDF, "a.pdf"))
    row = db.session.scalars(select(Attachment)).one()
    other = acting(client, here.delegates[1])
    clause = text(other.get(f"/d/rounds/{here.round.id}/clauses/{here.clauses[0].id}"))
    assert f"/files/{row.id}" in clause
    assert other.get(f"/files/{row.id}").status_code == 200
    assert other.get(f"/d/comments/{made.id}/files").status_code == 404
    assert f"/files/{row.id}" in text(acting(client, here.unit).get(f"/desk/comments/{made.id}"))
    vars(g).clear()
    assert client.application.test_client().get(f"/files/{row.id}").status_code == 404


@pytest.mark.parametrize(
    ("consent", "said"), [(True, "your name may stand beside it"), (False, "A file may tell whose it is")]
)
def test_it_is_said_who_fetches_a_file_and_without_the_name_nobody_learns_it(
    client: FlaskClient, here: Scene, consent: bool, said: str
) -> None:
    made = comment(here, visibility="public", consent_to_name=consent)
    db.session.commit()
    mine = acting(client, here.delegates[0])
    assert said in text(mine.get(f"/d/comments/{made.id}/files"))
    send(mine, made, (PDF, "Acta Cooperativa Las Flores.pdf"))
    here.round.published_at = DURING
    db.session.commit()
    anybody = client.application.test_client()
    vars(g).clear()
    assert anybody.get("/files/1").status_code == (200 if consent else 404)
    other = acting(client, here.delegates[1]).get(f"/d/said/{made.id}")
    assert (other.status_code, "Las Flores" in text(other)) == (200, consent)


def test_a_question_that_asks_for_a_file_is_answered_changed_and_emptied(
    client: FlaskClient, here: Scene
) -> None:
    asked = question(here.round, 1, "file")
    db.session.commit()
    mine, url = acting(client, here.delegates[0]), f"/d/rounds/{here.round.id}/questions"
    field = f"v{asked.id}"
    wrong = post(
        mine, url, **{field: (BytesIO(b"MZ\x00"), "a.pdf"), f"t{asked.id}": "Es de mayo.", "go": "keep"}
    )
    assert "of a kind that cannot be attached" in text(wrong)
    assert "Es de mayo." in text(wrong)
    assert db.session.scalars(select(QuestionAnswer)).all() == []
    kept = post(mine, url, **{field: (BytesIO(PDF), "costos.pdf"), "go": "send"})
    assert kept.status_code == 303
    row = db.session.scalars(select(Attachment)).one()
    assert f"/files/{row.id}" in text(mine.get(url))
    assert mine.get(f"/files/{row.id}").data == PDF
    results = text(acting(client, here.unit).get(f"/unit/rounds/{here.round.id}/results"))
    assert f"/files/{row.id}" in results
    mine = acting(client, here.delegates[0])
    post(mine, url, **{f"d{asked.id}": "y", "go": "keep"})
    assert f"/files/{row.id}" not in text(mine.get(url))
    values = db.session.scalars(select(QuestionAnswer.value).order_by(QuestionAnswer.id)).all()
    assert values == [row.sha256, ""]


def test_staff_add_the_file_that_came_with_a_paper_form(client: FlaskClient, here: Scene) -> None:
    asked = question(here.round, 1, "file")
    db.session.commit()
    unit = acting(client, here.unit)
    url = f"/unit/rounds/{here.round.id}/entries/{here.organisations[0].id}/answers"
    answer = post(unit, url, **{f"v{asked.id}": (BytesIO(PDF), "costos.pdf"), "go": "send"})
    assert answer.status_code == 303
    row = db.session.scalars(select(Attachment)).one()
    assert unit.get(f"/files/{row.id}").data == PDF
