"""A file between the dry run and its confirmation: kept on the server under its hash and its person."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import current_app

from consultations.auth import actor

KEPT_FOR = timedelta(days=1)


def keep(data: bytes, at: datetime) -> str:
    """Keep the bytes for a day and return their SHA-256; older files go."""
    digest = sha256(data).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < (at - KEPT_FOR).timestamp():
            old.unlink(missing_ok=True)
    _path(digest).write_bytes(data)
    return digest


def fetch(digest: str) -> bytes | None:
    """The bytes that this person uploaded, or None when they are no longer there."""
    path = _path(digest)
    return path.read_bytes() if path.is_file() else None


def drop(digest: str) -> None:
    """The file is imported: its bytes go."""
    _path(digest).unlink(missing_ok=True)


def _folder() -> Path:
    return current_app.extensions["settings"].var / "uploads"


def _path(digest: str) -> Path:
    """The name holds nothing that a person typed: an id and a hash that the form has checked."""
    return _folder() / f"{actor().person_id}-{digest}"
