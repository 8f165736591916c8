"""The stylesheet is fetched once, small, whoever asks."""

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient


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
