"""Typed fields out of parsed JSON; every fault is noted with its path, and reading goes on."""

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from workflows.canonical import Inexact
from workflows.exact import parse_exact
from workflows.faults import shown


@dataclass(slots=True)
class Faults:
    """The faults found so far. After a fault a field gives a harmless stand-in; the caller refuses at the end."""

    found: list[str] = field(default_factory=list)

    def add(self, path: str, reason: str) -> None:
        """Note one fault."""
        self.found.append(f"{path}: {reason}")

    def fields(
        self, value: object, path: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, object]:
        """Read an object with exactly these keys; unknown and missing ones are faults."""
        if not isinstance(value, dict):
            self.add(path, f"must be an object, not {kind(value)}")
            return {}
        for key in value:
            if key not in required and key not in optional:
                self.add(path, f"unknown key {shown(key)}; known here: {', '.join((*required, *optional))}")
        for key in required:
            if key not in value:
                self.add(path, f'the key "{key}" is missing')
        return value

    def mapping(self, value: object, path: str) -> dict[str, object]:
        """Read an object with free keys, which must be ASCII so that the canonical form is RFC 8785."""
        if not isinstance(value, dict):
            self.add(path, f"must be an object, not {kind(value)}")
            return {}
        for key in value:
            if not key or not key.isascii():
                self.add(
                    path, f"the key {shown(key)} must be ASCII text, so that the rule has one canonical form"
                )
        return value

    def items(self, value: object, path: str) -> list[object]:
        """Read a list."""
        if isinstance(value, list):
            return value
        self.add(path, f"must be a list, not {kind(value)}")
        return []

    def text(self, value: object, path: str) -> str:
        """Read text that is not empty and can be written in UTF-8."""
        if not isinstance(value, str):
            self.add(path, f"must be text, not {kind(value)}")
        elif not value.strip():
            self.add(path, "must not be empty")
        elif not is_unicode(value):
            self.add(path, f"{shown(value)} holds half a character (a lone surrogate)")
        else:
            return value
        return ""

    def one_of(self, value: object, path: str, known: Collection[str]) -> str:
        """Read one of the known words; the first of them stands in after a fault."""
        if isinstance(value, str) and value in known:
            return value
        self.add(path, f"{shown(value)} is unknown; known: {', '.join(known)}")
        return next(iter(known))

    def integer(self, value: object, path: str) -> int:
        """Read an integer of 1 or more."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self.add(path, f"must be an integer of 1 or more, not {kind(value)}")
        return 1

    def whole(self, value: object, path: str) -> int:
        """Read an integer of 0 or more."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.add(path, f"must be an integer of 0 or more, not {kind(value)}")
        return 0

    def flag(self, content: dict[str, object], key: str, path: str) -> bool:
        """Read true or false; a key that is not there is false."""
        value = content.get(key, False)
        if isinstance(value, bool):
            return value
        self.add(f"{path}.{key}", f"must be true or false, not {kind(value)}")
        return False

    def word(self, content: dict[str, object], key: str, path: str, known: tuple[str, ...]) -> str:
        """Read one of the known words; the first of them where the key is not there."""
        return self.one_of(content[key], f"{path}.{key}", known) if key in content else known[0]

    def number(self, value: object, path: str) -> Fraction | None:
        """Read an exact number: text such as "2/3", "0.55" or "71", or a JSON integer that is not negative."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return Fraction(value)
        if not isinstance(value, str):
            self.add(path, f'must be an exact number written as text, such as "2/3", not {kind(value)}')
            return None
        try:
            return parse_exact(value)
        except ValueError as error:
            self.add(path, f"{shown(value)}: {error}")
            return None


def kind(value: object) -> str:
    """Name what a JSON value is, for a message."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case Inexact(text):
            return f"the number {shown(text)}, which is not exact (write it as text)"
        case int():
            return f"the number {value}"
        case str():
            return f"the text {shown(value)}"
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return f"{type(value).__name__}"


def is_unicode(text: str) -> bool:
    """Say whether the text can be written in UTF-8 (JSON escapes can smuggle in lone surrogates)."""
    return not any("\ud800" <= c <= "\udfff" for c in text)
