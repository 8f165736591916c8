"""Canonical JSON (RFC 8785) and its SHA-256, and a JSON reader that refuses what is not exact."""

import hashlib
import json
from dataclasses import dataclass

from workflows.faults import InputRefusedError, shown

# RFC 8785 builds on I-JSON: integers beyond 2**53 - 1 are not the same number to every reader.
MAX_INTEGER = 2**53 - 1
_SCALARS = frozenset((str, int, bool, type(None)))


@dataclass(frozen=True, slots=True)
class Inexact:
    """A JSON number that is no exact integer: decimals, exponents, NaN, or too large. Kept as its text."""

    text: str


def canonical_json(value: object) -> str:
    """Write text, integers, booleans, lists and objects with ASCII keys in the form of RFC 8785.

    For such values sorted keys, no spaces and unescaped characters are all that RFC 8785 asks for.
    Raises TypeError for anything else.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(value: object) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of a value in UTF-8."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def decode_utf8(data: bytes | str, name: str) -> str:
    """Decode UTF-8, with or without a byte order mark; text is taken as it is.

    Raises InputRefusedError naming the line of a byte that is not UTF-8, or of a NUL.
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputRefusedError(
            [f"{name}, line {line}: not UTF-8; save the file as UTF-8 and try again"]
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputRefusedError(
            [f"{name}, line {line}: holds a NUL character; it is not a text file in UTF-8"]
        )
    return text


def read_json(data: bytes | str, name: str) -> tuple[object, list[str]]:
    """Read JSON with its numbers kept exact.

    Returns the value and the faults found on the way (keys given twice); numbers that are no exact integers come
    back as `Inexact`. Raises InputRefusedError when the text is no JSON at all.
    """
    text = decode_utf8(data, name)
    faults: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        seen: dict[str, object] = {}
        for key, value in items:
            if key in seen:
                faults.append(f"{name}: the key {shown(key)} is given twice in one object; keep one")
            seen[key] = value
        return seen

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_float=Inexact, parse_int=_integer, parse_constant=Inexact
        )
    except json.JSONDecodeError as error:
        raise InputRefusedError([f"{name}, line {error.lineno}: not JSON ({error.msg})"]) from None
    except RecursionError:
        raise InputRefusedError([f"{name}: nested too deeply"]) from None
    return value, faults


def _integer(text: str) -> int | Inexact:
    if len(text) > len(str(MAX_INTEGER)) + 1 or abs(int(text)) > MAX_INTEGER:
        return Inexact(text)
    return int(text)


def _plain(value: object) -> object:
    """Return the value unchanged if canonical JSON can hold it."""
    match value:
        case dict():
            for key, part in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    raise TypeError(f"key {key!r} is not ASCII text")
                _plain(part)
        case list() | tuple() if not _SCALARS.issuperset(map(type, value)):
            for part in value:
                _plain(part)
        case list() | tuple():
            pass
        case str() | bool() | int() | None:
            pass
        case _:
            raise TypeError(f"{value!r} has no canonical form here")
    return value
