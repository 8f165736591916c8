"""The words of a PDF that typst wrote, read back: its pages' content streams through each font's own table of characters."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.S)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\((?:[^()\\]|\\.)*\)", re.S)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.S)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(data: bytes) -> str:
    """Every piece of text in the order of writing, pieces parted by blanks; artifacts (page numbers) among them."""
    objects = dict(_OBJECT.findall(data))
    said = []
    for page in (one for one in objects.values() if b"/Type/Page/" in one):
        resources = objects[_referred(b"Resources", page)]
        found = re.findall(rb"/(f\d+) (\d+) 0 R", resources.partition(b"/Font<<")[2])
        fonts = {name: _table(objects, number) for name, number in found}
        said.append(_page(_stream(objects[_referred(b"Contents", page)]), fonts))
    return " ".join(said)


def catalogue(data: bytes) -> bytes:
    """The catalogue: language, whether it is tagged, whether the title is shown."""
    return next(one for one in dict(_OBJECT.findall(data)).values() if b"/Type/Catalog" in one)


def metadata(data: bytes) -> str:
    """The XMP packet."""
    objects = dict(_OBJECT.findall(data))
    found = objects[_referred(b"Metadata", catalogue(data))]
    return (_stream(found) if b"FlateDecode" in found else found).decode("utf-8", "replace")


def _referred(name: bytes, held: bytes) -> bytes:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", held)
    assert found, name
    return found[1]


def _stream(held: bytes) -> bytes:
    return zlib.decompressobj().decompress(held.split(b"stream\n", 1)[1])


def _table(objects: dict[bytes, bytes], number: bytes) -> dict[int, str]:
    cmap = _stream(objects[_referred(b"ToUnicode", objects[number])])
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", cmap)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    pieces = []
    for block in re.findall(rb"BT(.*?)\nET", content, re.S):
        table: dict[int, str] = {}
        words = ""
        for found in _SHOWN.finditer(block):
            if found[1]:
                table = fonts[found[1]]
                continue
            codes = _ESCAPED.sub(_unescaped, found[0][1:-1])
            words += "".join(
                table.get(int.from_bytes(codes[place : place + 2]), "") for place in range(0, len(codes), 2)
            )
        pieces.append(words)
    return " ".join(pieces)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8)])
    return _LETTERS.get(found[2], found[2])
