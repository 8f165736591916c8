"""Read the terms of an election from JSON, and refuse those that cannot be meant with every reason at once."""

import re
from dataclasses import replace

from workflows.canonical import canonical_json, read_json
from workflows.condition_reading import ConditionReader
from workflows.conditions import BLANK, INVALID
from workflows.elections.terms import (
    LONGEST_BALLOT,
    MAJORITY_BASES,
    MEASURES,
    METHODS,
    TIES,
    Majority,
    Option,
    Terms,
)
from workflows.faults import InputRefusedError, shown
from workflows.json_fields import Faults, kind
from workflows.rules import ladder, title

_REQUIRED = ("id", "version", "method", "options", "seats")
_OPTIONAL = (
    "title", "cites", "most", "measure", "majority", "majority_of", "run_off", "quorum", "tie", "allow_blank",
    "turn", "follows",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9-]{1,20}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORDS = (BLANK, INVALID, "named")


def read_terms(data: bytes | str, name: str = "terms") -> Terms:
    """Read terms from JSON in UTF-8. Raises InputRefusedError with every fault; `name` begins each of them."""
    value, faults = read_json(data, name)
    return terms_from(value, name, faults)


def terms_from(value: object, name: str = "terms", noted: list[str] | None = None) -> Terms:
    """Make terms of parsed JSON. `noted` are faults found before, to be listed first. Raises InputRefusedError."""
    faults = Faults(list(noted or ()))
    read = _Reader(faults.fields(value, name, _REQUIRED, _OPTIONAL), name, faults)
    terms = read.terms()
    if not faults.found and terms.longest_ballot() > LONGEST_BALLOT:
        faults.add(
            name,
            f"the longest ballot would have {terms.longest_ballot()} characters, more than {LONGEST_BALLOT}; "
            "use shorter ids or a smaller most",
        )
    if faults.found:
        raise InputRefusedError(faults.found)
    return replace(terms, canonical=canonical_json(value))


class _Reader:
    """One object of terms being read; what is wrong goes to `faults`."""

    def __init__(self, content: dict[str, object], name: str, faults: Faults) -> None:
        self.content, self.name, self.faults = content, name, faults

    def terms(self) -> Terms:
        """Read every key."""
        method = self._word("method", METHODS)
        options = self._options()
        return Terms(
            id=self._text("id"),
            version=self._integer("version", 1),
            title=title(self.content, self.name, self.faults),
            cites=self._text("cites"),
            method=method,
            options=options,
            seats=self._integer("seats", 1),
            most=self._most(method, len(options)),
            measure=self._word("measure", MEASURES),
            majority=self._majority(method),
            quorum=ladder(self.content, self.name, ConditionReader((), self.faults, {})),
            tie=self._tie(method),
            allow_blank=self._yes_or_no("allow_blank"),
            turn=self._integer("turn", 1),
            follows=self._follows(),
            canonical="",
        )

    def _options(self) -> tuple[Option, ...]:
        path = f"{self.name}.options"
        given = self.faults.items(self.content["options"], path) if "options" in self.content else []
        if self.content.get("options") == []:
            self.faults.add(path, "names no option")
        options = tuple(self._option(value, f"{path}[{n}]") for n, value in enumerate(given))
        ids = [option.id for option in options if option.id]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            self.faults.add(path, f"names {shown(twice)} twice")
        return options

    def _option(self, value: object, path: str) -> Option:
        content = self.faults.fields(value, path, ("id", "names"))
        one = self.faults.text(content["id"], f"{path}.id") if "id" in content else ""
        if one and not _ID.fullmatch(one):
            self.faults.add(
                f"{path}.id", f"{shown(one)} must be 1 to 20 of the letters a-z, the digits 0-9 and -"
            )
        if one in _WORDS:
            self.faults.add(
                f"{path}.id", f"{shown(one)} has a meaning of its own on ballots; take another id"
            )
        names = self.faults.mapping(content["names"], f"{path}.names") if "names" in content else {}
        if content.get("names") == {}:
            self.faults.add(f"{path}.names", "holds no name")
        read = sorted((lang, self.faults.text(said, f"{path}.names.{lang}")) for lang, said in names.items())
        return Option(one, tuple(read))

    def _most(self, method: str, options: int) -> int:
        most = self._integer("most", 1 if method == "choose_one" else max(options, 1))
        if method == "choose_one" and most != 1:
            self.faults.add(f"{self.name}.most", f"choose_one takes one option, not {most}")
        elif "options" in self.content and most > max(options, 1):
            self.faults.add(f"{self.name}.most", f"{most} is more than the {options} options there are")
        return most

    def _majority(self, method: str) -> Majority | None:
        asked = self.content.get("majority")
        if asked is None:
            for key in ("majority_of", "run_off"):
                if key in self.content:
                    self.faults.add(f"{self.name}.{key}", "says something of a majority, and none is asked")
            return None
        self.faults.one_of(asked, f"{self.name}.majority", ("absolute",))
        if method not in ("choose_one", "approval"):
            self.faults.add(
                f"{self.name}.majority", f"{method} elects by its own rules; leave the majority out"
            )
        return Majority(self._word("majority_of", MAJORITY_BASES), self._integer("run_off", 2))

    def _tie(self, method: str) -> str:
        tie = self._word("tie", TIES)
        if method == "stv" and tie != "lots":
            self.faults.add(
                f"{self.name}.tie", "the published rules of stv settle ties by lots, and by nothing else"
            )
        return tie

    def _follows(self) -> str:
        follows = self._text("follows")
        if follows and not _SHA256.fullmatch(follows):
            self.faults.add(f"{self.name}.follows", "must be a SHA-256 in 64 small hexadecimal digits")
        return follows

    def _text(self, key: str) -> str:
        return self.faults.text(self.content[key], f"{self.name}.{key}") if key in self.content else ""

    def _integer(self, key: str, otherwise: int) -> int:
        if key not in self.content:
            return otherwise
        return self.faults.integer(self.content[key], f"{self.name}.{key}")

    def _word(self, key: str, known: tuple[str, ...]) -> str:
        if key not in self.content:
            return known[0]
        return self.faults.one_of(self.content[key], f"{self.name}.{key}", known)

    def _yes_or_no(self, key: str) -> bool:
        value = self.content.get(key, True)
        if not isinstance(value, bool):
            self.faults.add(f"{self.name}.{key}", f"must be true or false, not {kind(value)}")
        return value is not False
