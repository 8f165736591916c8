"""What a question asks, which answers can be meant, and who is asked it (consultation-model.md, "Questionnaire").

An answer is a pair (value, words). Values, always text, so that no number is ever rounded:
agree: agree, partly, disagree · single: the place of an option, from 0 · multiple: places in rising order, joined by
blanks · ranking: all places, the preferred first · scale: a whole number · number: a decimal such as -3.25 ·
date: 2026-11-30 · text: always empty, the words are the answer · file: the SHA-256 of the file, in 64 hexadecimal digits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

KINDS = ("agree", "single", "multiple", "scale", "ranking", "number", "date", "text", "file")
AGREEMENT = ("agree", "partly", "disagree")
OPTIONED = frozenset({"single", "multiple", "ranking"})
BOUNDED = frozenset({"scale", "number"})
BRANCHING = frozenset({"agree", "single", "multiple", "scale"})
"""Kinds whose answers are few enough for another question to hang on them."""

MOST_OPTIONS = 40
"""So that every place fits into the 300 characters of a kept value."""
LONGEST_SCALE = 21

Said = Mapping[int, tuple[str, str]]
"""Position -> (value, words) of the newest answer."""

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Asking:
    """A question without its words. `asked_if`: the position of an earlier question, and the values that ask this."""

    position: int
    kind: str
    options: int = 0
    required: bool = False
    lowest: int | None = None
    highest: int | None = None
    asked_if: tuple[int, frozenset[str]] | None = None


def choices(question: Asking) -> tuple[str, ...]:
    """The values offered one by one, in order; none for numbers, dates and words."""
    if question.kind == "agree":
        return AGREEMENT
    if question.kind in OPTIONED:
        return tuple(str(place) for place in range(question.options))
    if question.kind == "scale" and question.lowest is not None and question.highest is not None:
        return tuple(str(step) for step in range(question.lowest, question.highest + 1))
    return ()


def canonical(question: Asking, value: str) -> str | None:
    """The value as it is kept, "" for none; None when it cannot be meant as an answer to this question."""
    text = value.strip()
    if not text:
        return ""
    if question.kind in ("agree", "single", "scale"):
        text = _plain_number(text) if question.kind == "scale" and _WHOLE.fullmatch(text) else text
        return text if text in choices(question) else None
    if question.kind in ("multiple", "ranking"):
        return _several(question, text)
    if question.kind == "number":
        return _number(question, text)
    if question.kind == "file":
        return text if _SHA256.fullmatch(text) else None
    return _day(text) if question.kind == "date" else None


def is_answered(question: Asking, answer: tuple[str, str]) -> bool:
    """Whether this says what was asked: words alone answer only a question for words."""
    value, words = answer
    return bool(words.strip()) if question.kind == "text" else bool(value)


def asked(questions: Sequence[Asking], said: Said) -> frozenset[int]:
    """The positions of the questions that are asked, given these answers.

    What hangs on a question that is itself not asked is not asked either: its old answer is kept and does not count.
    """
    found: set[int] = set()
    for question in sorted(questions, key=lambda one: one.position):
        if question.asked_if is None or _met(question.asked_if, found, said):
            found.add(question.position)
    return frozenset(found)


def missing(questions: Sequence[Asking], said: Said) -> tuple[int, ...]:
    """The positions of the questions that are asked, required, and not answered."""
    here = asked(questions, said)
    return tuple(
        question.position
        for question in sorted(questions, key=lambda one: one.position)
        if question.required
        and question.position in here
        and not is_answered(question, said.get(question.position, ("", "")))
    )


def counted(questions: Sequence[Asking], said: Said) -> dict[int, tuple[str, str]]:
    """The answers that count: to questions that are asked, and not empty."""
    here = asked(questions, said)
    return {position: answer for position, answer in said.items() if position in here and any(answer)}


def _met(condition: tuple[int, frozenset[str]], found: set[int], said: Said) -> bool:
    position, values = condition
    given = said.get(position, ("", ""))[0].split(" ")
    return position in found and not values.isdisjoint(given)


def _several(question: Asking, text: str) -> str | None:
    places = text.split()
    offered = choices(question)
    if len(set(places)) < len(places) or not set(places) <= set(offered):
        return None
    if question.kind == "multiple":
        return " ".join(sorted(places, key=int))
    return " ".join(places) if len(places) == len(offered) else None


def _number(question: Asking, text: str) -> str | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = Fraction(text)
    low, high = question.lowest, question.highest
    if (low is not None and number < low) or (high is not None and number > high):
        return None
    return _plain_number(text)


def _plain_number(text: str) -> str:
    """One spelling for one number: no leading zeros, none at the end of the decimals, no minus before nought."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = digits.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    plain = f"{whole}.{decimals}" if decimals else whole
    return plain if plain == "0" else sign + plain


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if _DATE.fullmatch(text) else None
    except ValueError:
        return None
