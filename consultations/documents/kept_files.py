"""Files kept in a folder: one of thousands of comments takes half a minute to make, and is read many times."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from consultations.documents import synopsis_docx, synopsis_pdf
from consultations.documents.synopsis_blocks import Document
from consultations.documents.synopsis_docx import write_docx
from consultations.documents.synopsis_pdf import write_pdf


def kept_pdf(folder: Path, name: str, document: Document) -> bytes:
    """The PDF of this document, made once; `name`: which synopsis in which language it is, with no dot."""
    return kept(folder, name, f"{synopsis_pdf.fingerprint(document)}.pdf", lambda: write_pdf(document))


def kept_docx(folder: Path, name: str, document: Document) -> bytes:
    """The same as a DOCX, made once."""
    return kept(folder, name, f"{synopsis_docx.fingerprint(document)}.docx", lambda: write_docx(document))


def kept(folder: Path, name: str, known_by: str, make: Callable[[], bytes]) -> bytes:
    """The file that goes by this name, made once for each `known_by`: a hash and the ending, such as "3f2a….pdf".

    A file is known by all that it is made from, so what is changed or removed later is never handed out again; the
    file that held it is removed as soon as the next one is made. However many ask at once, one makes it and the others
    wait for it.
    """
    path = folder / f"{name}.{known_by}"
    with suppress(OSError):
        return path.read_bytes()
    with _alone(folder / f"{name}{path.suffix}.lock"):
        with suppress(OSError):
            return path.read_bytes()  # made while we waited
        data = make()
        with suppress(OSError):  # a full disk takes nothing from the reader
            _keep(path, data)
            for old in folder.glob(f"{name}.*{path.suffix}"):
                if old != path:
                    old.unlink(missing_ok=True)
    return data


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time, of all threads and processes of this machine; the system lets go of what a process held that ends.

    Where no file can be made, nobody waits.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all, however many make it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as target:
        target.write(data)
    os.replace(target.name, path)
