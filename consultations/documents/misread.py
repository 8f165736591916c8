"""Text that was UTF-8 and was read as something else, here or before it came here: "CooperaciÃ³n"."""

import re
from collections.abc import Iterable

from consultations.documents.findings import Doubt, Place

MOST = 60  # characters of a word that is shown


def _read_as(byte: int) -> str:
    """What a byte of UTF-8 looks like in Windows' table and in ISO 8859-1."""
    return bytes([byte]).decode("cp1252", errors="ignore") + chr(byte)


_REST = "".join(map(_read_as, range(0x80, 0xC0)))
# Ã and Â are letters too, in capitals (IRMÃ, MANHÃ): after such a word a space or a closing mark follows rightly.
_ENDS = "»”’…–—›"
_GARBLED = re.compile(
    f"(?:(?<=[a-zß-ÿ])[ÂÃ]|[ÂÃ](?!\u00a0|[{_ENDS}](?!\\w)))[{re.escape(_REST)}]"  # á ñ Ó ¿ ° …
    f"|â[\x80€][{re.escape(_REST)}]|â[\x82‚]¬|ï»¿"  # quotes, dashes, dots; the euro; a byte order mark
)
# Not \s: a space that does not break is half a letter here.
_BREAK = re.compile(r"""[ \t\r\n,;"]""")


def misread(pieces: Iterable[tuple[Place, str]], code: str = "garbled", **values: str) -> list[Doubt]:
    """Return one doubt for all pieces of a file: the first word in question, how it should read, how many pieces have one."""
    found = [(place, text, match) for place, text in pieces if (match := _GARBLED.search(text))]
    if not found:
        return []
    place, text, match = found[0]
    word = _word(text, match)
    return [Doubt(code, place, {"text": word, "meant": mended(word), "count": len(found), **values})]


def lines(text: str) -> Iterable[tuple[Place, str]]:
    """The lines of a text, each with its place."""
    return ((Place("line", number), line) for number, line in enumerate(text.split("\n"), 1))


def mended(text: str) -> str:
    """Return the text as it was before it was misread."""
    return _GARBLED.sub(lambda match: _bytes(match[0]).decode(errors="replace"), text)


def _word(text: str, match: re.Match[str]) -> str:
    before, after = _BREAK.split(text[: match.start()])[-1], _BREAK.split(text[match.end() :])[0]
    return before[-MOST // 2 :] + match[0] + after[: MOST // 2]


def _bytes(text: str) -> bytes:
    return b"".join(bytes([ord(sign)]) if ord(sign) < 0x100 else sign.encode("cp1252") for sign in text)
