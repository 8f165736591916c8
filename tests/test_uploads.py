"""What waits for its confirmation: one person's, for a day, and gone afterwards whoever sends or looks next."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from consultations import clock, runner, uploads
from consultations.actor import Actor
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(seconds=1)
ANA, EVA = Actor(Role.ADMIN, 1), Actor(Role.UNIT, 2)


def files(app: Flask) -> list[Path]:
    return sorted((app.extensions["settings"].var / "uploads").iterdir())


def test_a_file_is_for_its_sender_alone_until_it_is_dropped(app: Flask) -> None:
    digest = uploads.keep(b"code,name", by=ANA, at=AT)
    assert [uploads.fetch(digest, by=who) for who in (ANA, EVA)] == [b"code,name", None]
    assert [file.stat().st_mode & 0o777 for file in files(app)] == [0o600]
    uploads.drop(digest, by=EVA)
    assert uploads.fetch(digest, by=ANA) == b"code,name"
    uploads.drop(digest, by=ANA)
    assert (uploads.fetch(digest, by=ANA), files(app)) == (None, [])


@pytest.mark.parametrize("digest", ["", "..", "../secret_key", "0" * 63, "G" * 64])
def test_what_is_no_hash_finds_and_drops_nothing(app: Flask, digest: str) -> None:
    beside = app.extensions["settings"].var / "uploads" / f"1-{digest.partition('/')[0]}"
    beside.parent.mkdir()
    beside.write_bytes(b"kept")
    uploads.drop(digest, by=ANA)
    assert (uploads.fetch(digest, by=ANA), beside.read_bytes()) == (None, b"kept")


@pytest.mark.parametrize(("later", "left"), [(DAY - TICK, 3), (DAY, 1)])
def test_the_next_upload_clears_away_what_is_a_day_old(app: Flask, later: timedelta, left: int) -> None:
    uploads.keep(b"a register", by=ANA, at=AT)
    uploads.keep(b"a standard", by=EVA, at=AT)
    uploads.keep(b"another", by=EVA, at=AT + later)
    assert len(files(app)) == left


def test_so_does_the_runner_when_nobody_sends_anything(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads.keep(b"a register", by=ANA, at=AT)
    for at, left in ((AT + DAY - TICK, 1), (AT + DAY, 0)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        runner.look(app)
        assert len(files(app)) == left


def test_the_same_file_sent_by_many_at_once_is_kept_whole(app: Flask) -> None:
    data = b"code,name\n" * 10_000

    def sent(_: int) -> str:
        with app.app_context():
            return uploads.keep(data, by=ANA, at=AT)

    with ThreadPoolExecutor(4) as threads:
        digests = set(threads.map(sent, range(50)))
    assert [uploads.fetch(digest, by=ANA) for digest in digests] == [data]
    assert len(files(app)) == 1
