"""Files between being read and being confirmed: kept under var/uploads/ by the hash of what they hold."""

import hashlib
import os
import re
from pathlib import Path

from flask import current_app

_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes) -> str:
    """Keep a file for its owner's eyes; returns the SHA-256 it is found by."""
    sha256 = hashlib.sha256(data).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{sha256}.{os.getpid()}"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    beside.replace(folder / sha256)
    return sha256


def kept(sha256: str) -> bytes | None:
    """The file again, or None when it is gone."""
    path = _folder() / sha256
    return path.read_bytes() if _SHA256.fullmatch(sha256) and path.is_file() else None


def discard(sha256: str) -> None:
    """It is imported: it is not needed any more."""
    if _SHA256.fullmatch(sha256):
        (_folder() / sha256).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(current_app.extensions["settings"].var) / "uploads"
