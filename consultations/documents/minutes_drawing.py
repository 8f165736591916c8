"""What a PDF of minutes draws, beyond its words: whether its pages are those that typst makes, and what was laid over them.

A page is known by a hash of all that draws it: content, fonts, pictures, its size and what is cut off. The numbers of the
objects do not count, so that a file that another program has written out again unchanged still draws the same.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from workflows.canonical import sha256_of

_UPDATE = re.compile(rb"(?m)^startxref\s+\d+\s+%%EOF")
_ELSEWHERE = frozenset({"/Annots", "/Parent", "/StructParent", "/StructParents", "/Tabs", "/Type"})
_PACKED = frozenset({"/DecodeParms", "/Filter", "/Length"})
_ACTING = ("/AA", "/AcroForm", "/OCProperties", "/OpenAction")
"""What of a catalogue shows fields, hides layers, or does something by itself."""


def drawn(reader: Any) -> tuple[str, ...]:
    """A hash per page."""
    known: dict[int, str] = {}
    return tuple(sha256_of(_page(page, known)) for page in reader.pages)


def added(data: bytes, reader: Any) -> Iterator[str]:
    """What no minutes have, in words: annotations, fields, layers, actions, parts that were added to the file later."""
    if (updates := len(_UPDATE.findall(data)) - 1) > 0:
        yield f"changed after it was made: {updates} parts added at the end of the file"
    yield from (f"{key[1:]} in the catalogue" for key in _ACTING if key in reader.trailer["/Root"])
    for n, page in enumerate(reader.pages, 1):
        for annotation in (one.get_object() for one in page.get("/Annots") or ()):
            kind = str(annotation.get("/Subtype", ""))[1:]
            if kind != "Link" or "/AP" in annotation:
                words = str(annotation.get("/Contents", ""))[:120]
                yield f"annotation on page {n}: {kind} {words}".rstrip()


def _page(page: Any, known: dict[int, str]) -> dict[str, Any]:
    content = page.get_contents()
    told = {str(key): _told(value, known) for key, value in page.items() if key not in _ELSEWHERE}
    return {**told, "/Contents": _digest(content.get_data()) if content is not None else ""}


def _told(value: Any, known: dict[int, str]) -> Any:
    """An object as text, its parts told in full; what is referred to is told once, by its hash."""
    number = getattr(value, "idnum", None)
    if number is not None:
        if number not in known:
            known[number] = "itself"  # while it is told
            known[number] = sha256_of(_told(value.get_object(), known))
        return known[number]
    if isinstance(value, dict):
        held = {ascii(key): _told(part, known) for key, part in value.items() if key not in _PACKED}
        return {**held, "stream": _stream(value)} if hasattr(value, "get_data") else held
    if isinstance(value, list):
        return [_told(part, known) for part in value]
    written = io.BytesIO()
    value.write_to_stream(written)
    return written.getvalue().hex()


def _stream(value: Any) -> str:
    try:
        return _digest(value.get_data())
    except NotImplementedError:  # packed in a way that is not read here: as it stands
        return _digest(value._data)


def _digest(data: bytes | str) -> str:
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
