"""Cleaning of text that comes out of files: one form for comparing and hashing, without losing what was written.

NFC, ordinary spaces, no invisible characters that change the reading. Letters, digits of every script, accents and
the marks a right-to-left text needs (LRM, RLM, ALM, ZWJ, ZWNJ) stay as they were written.
"""

import re
import unicodedata

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings, overrides and isolates: they can make a text read otherwise than it is stored (Unicode TR 36)."""

DIRECTION_MARKS = "\u200e\u200f\u061c"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(f"[\u00ad\u200b\u2060\ufeff{OVERRIDES}]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return the text as it is stored: lines without outer or double spaces, no empty lines, NFC."""
    text = _CONTROLS.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def clean_line(text: str) -> str:
    """Return the text cleaned and on a single line, as a heading or a name is stored."""
    return clean(text).replace("\n", " ")


def has_override(text: str) -> bool:
    """Tell whether the text holds a character that reorders what is shown."""
    return any(mark in text for mark in OVERRIDES)


def unaccented(text: str) -> str:
    """Return the text in lower case, without accents, marks and repeated spaces, for comparing words."""
    apart = unicodedata.normalize("NFKD", clean_line(text).casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def as_digits(text: str) -> str:
    """Return the text, same length, with digits and dots of every script written 0-9 and '.'."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char in "．。․｡":
        return "."
    digit = unicodedata.digit(char, None) if char > "\x7f" and unicodedata.category(char) == "Nd" else None
    return char if digit is None else str(digit)
