"""Names that are plainly invented: every organisation a flower of some valley, every person a field or a river."""

import json
from functools import cache
from importlib import resources
from itertools import product
from random import Random
from typing import Any

LANGUAGES = ("es", "pt", "en", "fr")


@cache
def words(name: str) -> Any:
    """The parsed contents of one of the files under words/ (shared: to be read only)."""
    return json.loads((resources.files(__package__) / "words" / f"{name}.json").read_text(encoding="utf-8"))


class Names:
    """Gives out each name once, in the order that the random numbers say."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.stems = {language: self._shuffled("organisations", language) for language in LANGUAGES}
        self.people = {language: self._shuffled("people", language) for language in LANGUAGES}

    def organisation(self, kind: str, language: str) -> str:
        """The name of an organisation, such as "Cooperativa Flor del Valle"."""
        stem = self.stems[language].pop()
        return self.random.choice(words("names")["kinds"][kind][language]).format(stem)

    def person(self, language: str) -> str:
        """A person's name; in a language whose names run out they begin again."""
        if not self.people[language]:
            self.people[language] = self._shuffled("people", language)
        return self.people[language].pop()

    def _shuffled(self, what: str, language: str) -> list[str]:
        parts = words("names")[what][language]
        found = [f"{first} {last}" for first, last in product(parts["first"], parts["last"])]
        self.random.shuffle(found)
        return found
