"""Judging single cells of a register: the value, or the codes of everything wrong with it."""

import re
import unicodedata
from fractions import Fraction
from typing import Any

from email_validator import EmailNotValidError, validate_email

from consultations.documents.characters import OVERRIDES, clean_line, unaccented
from consultations.documents.register_report import NO_WEIGHT
from consultations.documents.register_words import (
    KINDS,
    LANGUAGE_NAMES,
    LIST_FIELDS,
    NO,
    YES,
    country_code,
)

MAX_FIELD_CHARS = 300
MAX_LIST_ITEMS = 50
MAX_MEMBERS = 10_000_000
_WEIGHT = re.compile(r"\d{1,18}(?:\.\d{1,18}|/\d{1,18})?")
_FORMULA = ("=", "@", "+", "-", "\t", "\r")

Judged = tuple[Any, str | None]


def judge(field: str, raw: str) -> tuple[Any, list[str]]:
    """Return the value of a cell and the codes of its faults; an empty cell has the value None and no fault."""
    codes = _text_faults(field, raw)
    text = clean_line(raw)
    if not text or codes:
        return None, codes
    value, code = _value(field, text)
    return value, [code] if code else []


def _text_faults(field: str, raw: str) -> list[str]:
    items = raw.split(";") if field in LIST_FIELDS else [raw]
    codes = []
    if max(map(len, items)) > MAX_FIELD_CHARS or len(items) > MAX_LIST_ITEMS:
        codes.append("cell_too_long")
    if any(char in OVERRIDES or unicodedata.category(char) == "Cc" for char in raw.strip()):
        codes.append("forbidden_character")
    is_number = field == "members" or field.startswith("weight_")
    if not is_number and any(item.lstrip(" ").startswith(_FORMULA) for item in items):
        codes.append("formula_cell")
    return codes


def _value(field: str, text: str) -> Judged:
    if field.startswith("weight_"):
        return _weight(text)
    if field in LIST_FIELDS:
        return tuple(dict.fromkeys(item.strip() for item in text.split(";") if item.strip())), None
    if field.endswith("_email"):
        return _email(text)
    known = {
        "country": _country,
        "members": _members,
        "good_standing": _yes_no,
        "kind": _kind,
        "language": _language,
    }
    return known[field](text) if field in known else (text, None)


def _weight(text: str) -> Judged:
    if text == NO_WEIGHT:
        return text, None
    if not _WEIGHT.fullmatch(text) or not text.isascii():
        return None, "bad_weight"
    numerator, _, denominator = text.partition("/")
    if Fraction(numerator) == 0 or (denominator and int(denominator) == 0):
        return None, "bad_weight"
    return text, None


def _members(text: str) -> Judged:
    is_count = text.isascii() and re.fullmatch(r"\d{1,9}", text) is not None and int(text) <= MAX_MEMBERS
    return (int(text), None) if is_count else (None, "bad_members")


def _country(text: str) -> Judged:
    code = country_code(text)
    return code, None if code else "unknown_country"


def _kind(text: str) -> Judged:
    kind = KINDS.get(unaccented(text).replace("'", "").replace("’", ""))
    return kind, None if kind else "unknown_kind"


def _language(text: str) -> Judged:
    language = LANGUAGE_NAMES.get(unaccented(text))
    return language, None if language else "unknown_language"


def _yes_no(text: str) -> Judged:
    word = unaccented(text)
    return (word in YES, None) if word in YES | NO else (None, "bad_yes_no")


def _email(text: str) -> Judged:
    try:
        return validate_email(text, check_deliverability=False).normalized, None
    except EmailNotValidError:
        return None, "bad_email"
