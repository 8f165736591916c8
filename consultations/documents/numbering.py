"""Recognition of requirement numbers at the start of a line: 1.1, 3.2.1, 4.1.2.3.4, A.1.2, R-3.2.1, SPO 3.2.1.

Only the shape is judged here; what a number means in the document (chapter, section, requirement) is decided by
`standard_builder`, which sees all of them.
"""

import re
from dataclasses import dataclass

from consultations.documents.characters import DIRECTION_MARKS, as_digits, unaccented
from consultations.documents.words import ANNEX_WORDS, LABEL_WORDS, UNIT_WORDS

MAX_DEPTH = 12
"""Deepest number taken as one: no standard we know goes beyond 5."""

MAX_PART = 199
"""A larger part is a year, a thousand (1.500) or a date, not a place in an outline."""

_MARK = f"[{DIRECTION_MARKS}]*"
_SHAPE = re.compile(
    rf"{_MARK}(?:(?P<prefix>[^\W\d_a-zß-öø-ÿ]{{1,5}})(?P<glue>[ .\-‐‑–]?))?"
    rf"(?P<digits>\d+(?:{_MARK}\.{_MARK}\d+)*(?:\.[a-z](?=[\s.):]|$))?){_MARK}"
    rf"(?P<end>[.):]?){_MARK}(?=\s|$|[-–—]\s)"
)
_SEPARATOR = re.compile(rf"{_MARK}\s*(?:[-–—:|]\s+)?")
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})(?=[\s.):]|$)")
_ANNEX = re.compile(r"(?P<word>[^\W\d_]+)\s+(?P<id>[A-Z]|\d{1,2}|[IVX]{1,5})(?=[\s.):]|$)[.):]?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written (`text`), its letter prefix and its parts, e.g. 'R-3.2.1', 'R', (3, 2, 1)."""

    text: str
    prefix: str
    parts: tuple[int, ...]

    @property
    def depth(self) -> int:
        """Return how many levels the number has; a bare annex letter has none."""
        return len(self.parts)

    @property
    def is_single(self) -> bool:
        """Tell whether it is a bare figure such as 3, as chapters and items of lists have."""
        return not self.prefix and self.depth == 1

    def is_above(self, other: "Number") -> bool:
        """Tell whether the other number lies below this one; 3.2 is above 3.2.1 and above R-3.2.1."""
        same_scheme = self.prefix in ("", other.prefix)
        return same_scheme and self.depth < other.depth and other.parts[: self.depth] == self.parts


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands at the start of a line: a number and the rest, or no number and why (`doubt`)."""

    number: Number | None
    rest: str
    doubt: str | None = None


def recognise(text: str) -> Recognised:
    """Return the number a line starts with, and the line after it.

    A line that only looks numbered (a date, a year, a quantity) keeps its text and says so in `doubt`.
    """
    label, shown = _without_label(text)
    shape = _SHAPE.match(as_digits(shown))
    if not shape:
        return _roman(label, shown, text)
    rest = shown[_SEPARATOR.match(shown, shape.end()).end() :]  # type: ignore[union-attr]
    parts = _parts(shape["digits"])
    if _is_word_with_figure(shape, parts, rest):
        return Recognised(None, text)
    doubt = _not_a_number(parts, rest)
    if doubt:
        return Recognised(None, text, doubt)
    number = Number(_canonical(shape), shape["prefix"] or "", parts)
    return Recognised(number, rest, None)


def recognise_annex(text: str) -> Recognised | None:
    """Return annex letter or number and title of a heading such as 'Anexo A: Formatos', or None."""
    first = re.split(r"[\s.:]", unaccented(text), maxsplit=1)[0]
    if first not in ANNEX_WORDS:
        return None
    shape = _ANNEX.match(text)
    if not shape:
        return Recognised(None, text)
    rest = text[_SEPARATOR.match(text, shape.end()).end() :]  # type: ignore[union-attr]
    return Recognised(_annex_number(shape["word"], shape["id"]), rest)


def has_parts(text: str) -> bool:
    """Tell whether the line starts with a number that is more than a bare figure."""
    number = recognise(text).number
    return number is not None and not number.is_single


def is_lowercase_after(rest: str) -> bool:
    """Tell whether the words after a number go on like the middle of a sentence."""
    return rest[:1].islower()


def _annex_number(word: str, name: str) -> Number:
    if len(name) == 1 and name.isalpha():
        return Number(name, name, ())
    value = int(name) if name.isdigit() else roman_value(name)
    return Number(f"{word} {name}", word, (value,))


def _without_label(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return (word, rest) if unaccented(word) in LABEL_WORDS else ("", text)


def _roman(label: str, shown: str, text: str) -> Recognised:
    shape = _ROMAN.match(shown) if label else None
    if not shape:
        return Recognised(None, text)
    rest = shown[shape.end() :].lstrip(".):")
    return Recognised(Number(shape[0], "", (roman_value(shape[0]),)), rest[_SEPARATOR.match(rest).end() :])  # type: ignore[union-attr]


def roman_value(text: str) -> int:
    """Return the value of a Roman numeral up to LXXXIX."""
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _parts(digits: str) -> tuple[int, ...]:
    bare = re.sub(_MARK, "", digits)
    # An absurdly long run of digits is no outline number; its exact value does not matter.
    return tuple(ord(p) - 96 if p.isalpha() else int(p[:9]) for p in bare.split("."))


def _canonical(shape: re.Match[str]) -> str:
    glue = "-" if (shape["glue"] or "") in tuple("-‐‑–") else shape["glue"]
    return (shape["prefix"] or "") + (glue or "") + re.sub(_MARK, "", shape["digits"])


def _is_word_with_figure(shape: re.Match[str], parts: tuple[int, ...], rest: str) -> bool:
    """COVID-19, ISO 9001 or G7 at the start of a sentence; R-12 and a cell holding SPO 12 alone are numbers."""
    prefix = shape["prefix"]
    if not prefix or len(parts) > 1 or not rest:
        return bool(prefix) and not prefix.isupper() and prefix.upper() != prefix
    return shape["glue"] not in ("-", ".") or len(prefix) > 3


def _not_a_number(parts: tuple[int, ...], rest: str) -> str | None:
    if len(parts) > MAX_DEPTH:
        return "number_too_deep"
    if len(parts) == 3 and 1 <= parts[0] <= 31 and 1 <= parts[1] <= 12 and 1900 <= parts[2] <= 2199:
        return "looks_like_date"
    if len(parts) == 1 and 1900 <= parts[0] <= 2199:
        return "looks_like_year"
    if max(parts) > MAX_PART or _is_unit(rest):
        return "looks_like_quantity"
    return None


def _is_unit(rest: str) -> bool:
    word = re.split(r"[\s.,;:()]", rest, maxsplit=1)[0]
    return (
        rest[:1] in ("%", "°", "€", "$")
        or word in ("USD", "EUR")
        or (word.islower() and unaccented(word) in UNIT_WORDS)
    )
