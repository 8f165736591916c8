"""Where words stand in a text however they are written there: with other capitals, accents, hyphens and blanks."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_MARKS = "\u0300-\u036f"
_LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_BETWEEN = r"[\s\u00ad\u2010-\u2015\u2212-]+"
_SHORT = 4
"""Letters: what is shorter is too often another word where it is written otherwise (él and el), and says nothing alone."""


def pattern(words: str) -> re.Pattern[str]:
    """Finds these words: as they are written wherever they stand, and, unless they are short, as whole words however they
    are written."""
    exact = r"\s+".join(map(re.escape, words.split()))
    parts = [part for part in re.split(_BETWEEN, words) if part]
    if len("".join(parts)) < _SHORT:
        return re.compile(exact)
    alike = _BETWEEN.join("".join(map(_any, unicodedata.normalize("NFC", part))) for part in parts)
    return re.compile(rf"{exact}|(?<!\w)(?i:{alike})(?![\w{_MARKS}])")


def resembling(text: str, removed: Iterable[str]) -> tuple[str, ...]:
    """The words of a text that are a part of removed ones, or a short one written otherwise, each as it stands there."""
    split = [re.findall(r"\w+", words) for words in removed]
    parts = {unaccented(part) for words in split for part in words if len(part) >= _SHORT or len(words) == 1}
    return tuple(
        dict.fromkeys(word for word in re.findall(rf"[\w{_MARKS}]+", text) if unaccented(word) in parts)
    )


def _any(letter: str) -> str:
    """This letter with any accent or none."""
    plain = unaccented(letter)
    variants = _variants().get(plain, "")
    return (
        f"[{re.escape(plain)}{variants}][{_MARKS}]*"
        if len(plain) == 1 and plain.isalpha()
        else re.escape(letter)
    )


@cache
def _variants() -> dict[str, str]:
    """The letters of Latin script with an accent, by the letter without it."""
    found: dict[str, str] = {}
    for code in _LETTERS:
        plain = unaccented(chr(code))
        if plain != chr(code) and len(plain) == 1:
            found[plain] = found.get(plain, "") + chr(code)
    return found


def unaccented(text: str) -> str:
    """In lower case and without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
