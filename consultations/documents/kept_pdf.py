"""PDFs of synopses kept in a folder: one of thousands of comments takes half a minute to make, and is read many times."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from consultations.documents.synopsis_blocks import Document
from consultations.documents.synopsis_pdf import fingerprint, write_pdf


def kept_pdf(folder: Path, name: str, document: Document) -> bytes:
    """The PDF of this document, made once; `name`: which synopsis in which language it is, with no dot.

    It is known by all that it is made from, so what is changed or removed later is never handed out again; the file that
    held it is removed as soon as the next one is made.
    """
    path = folder / f"{name}.{fingerprint(document)}.pdf"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data = write_pdf(document)
    with suppress(OSError):  # a full disk takes nothing from the reader
        _keep(path, data)
        for old in folder.glob(f"{name}.*.pdf"):
            if old != path:
                old.unlink(missing_ok=True)
    return data


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all, however many make it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as target:
        target.write(data)
    os.replace(target.name, path)
