"""The stylesheet is fetched once, small, whoever asks; no page and no file is kept by anybody."""

from io import BytesIO

import pytest
from flask import Flask, send_file, url_for
from flask.testing import FlaskClient

from tests.web.test_every_route import path


def address(app: Flask) -> str:
    with app.test_request_context():
        return url_for("static", filename="plenaria.css")


@pytest.mark.parametrize("encoding", ["br", "gzip, deflate"])
def test_the_stylesheet_is_compressed_and_kept_for_a_year(
    app: Flask, client: FlaskClient, encoding: str
) -> None:
    answer = client.get(address(app), headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert len(answer.data) < 5_000
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers


def test_its_address_changes_with_its_content(app: Flask) -> None:
    assert "?v=" in address(app)


def test_a_page_is_never_kept(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_a_file_is_never_kept_whichever_route_sends_it(app: Flask) -> None:
    """`send_file` says of its own how long an answer may be kept: what every route but these makes of it."""
    kept = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.startswith("feeds."):
            continue
        with app.test_request_context(path(rule), method=next(iter(rule.methods or ()))):
            answer = app.process_response(send_file(BytesIO(b"ours"), download_name="ours.txt"))
            kept[rule.endpoint] = answer.headers["Cache-Control"]
    assert len(kept) > 200
    assert set(kept.values()) == {"private, no-store"}


def test_a_stylesheet_that_is_not_there_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/none.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "private, no-store")
