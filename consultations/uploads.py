"""Files between their dry run and their confirmation: kept under var/uploads/, each for the person who sent it."""

import os
import re
import tempfile
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import current_app

from consultations.actor import Actor

KEPT_FOR = timedelta(days=1)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes, *, by: Actor, at: datetime) -> str:
    """Keep a file for a day, readable by its sender alone; returns the SHA-256 it is found by. Older files go."""
    clean(at=at)
    digest = sha256(data).hexdigest()
    path = _path(digest, by)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")  # one for each of two clicks; 0600
    with open(handle, "wb") as file:
        file.write(data)
    os.utime(beside, (at.timestamp(), at.timestamp()))
    os.replace(beside, path)
    return digest


def fetch(digest: str, *, by: Actor) -> bytes | None:
    """What this person sent, or None when it is no longer there, or never was."""
    path = _path(digest, by)
    return path.read_bytes() if _SHA256.fullmatch(digest) and path.is_file() else None


def drop(digest: str, *, by: Actor) -> None:
    """It is imported: it is not needed any more."""
    if _SHA256.fullmatch(digest):
        _path(digest, by).unlink(missing_ok=True)


def clean(*, at: datetime) -> None:
    """Take away what nobody confirmed within a day: registers hold names and addresses."""
    oldest = (at - KEPT_FOR).timestamp()
    for path in _folder().glob("*"):
        try:
            if path.stat().st_mtime <= oldest:
                path.unlink()
        except FileNotFoundError:  # another worker was faster
            continue


def _folder() -> Path:
    return Path(current_app.extensions["settings"].var) / "uploads"


def _path(digest: str, by: Actor) -> Path:
    """The name holds nothing that a person typed: an id, and a hash that has been checked."""
    return _folder() / f"{by.person_id}-{digest}"
