"""The small line beside a clause's heading in our DOCX: what kind it is, from which year, to whom it applies.

Written in the language of the text, read back in any of the four: "requisito · básico · año 3 · para: cooperativas".
"""

import re
from dataclasses import dataclass

from consultations.documents.characters import clean_line
from consultations.documents.standard_tree import KINDS, MAX_APPLIES_TO, REQUIREMENT_KINDS

_NAMES = (*KINDS, *REQUIREMENT_KINDS)
_WORDS = {
    "es": ("capítulo", "sección", "requisito", "anexo", "definición", "básico", "desarrollo", "progreso"),
    "pt": ("capítulo", "seção", "requisito", "anexo", "definição", "básico", "desenvolvimento", "progresso"),
    "en": ("chapter", "section", "requirement", "annex", "definition", "core", "development", "progress"),
    "fr": ("chapitre", "section", "exigence", "annexe", "définition", "base", "développement", "progrès"),
}
_YEAR = {"es": "año", "pt": "ano", "en": "year", "fr": "année"}
_LEVEL = {"es": "nivel", "pt": "nível", "en": "level", "fr": "niveau"}
_FOR = {"es": "para", "pt": "para", "en": "for", "fr": "pour"}
_KNOWN = {word: name for words in _WORDS.values() for word, name in zip(words, _NAMES, strict=True)}
_COUNTED = re.compile(r"(?P<word>\w+) (?P<count>\d{1,2})")
_APPLIES = re.compile(rf"(?:{'|'.join(dict.fromkeys(_FOR.values()))}): (?P<whom>.*)", re.DOTALL)
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Marks:
    """What the line says; `level` is the depth of the heading (from 1) when Word has no style for it."""

    kind: str = "section"
    requirement_kind: str | None = None
    from_year: int | None = None
    level: int | None = None
    applies_to: str = ""


def written(marks: Marks, language: str) -> str:
    """Return the line in a language (English for one that is not known)."""
    language = language if language in _WORDS else "en"
    words = dict(zip(_NAMES, _WORDS[language], strict=True))
    parts = [words[marks.kind]]
    parts += [words[marks.requirement_kind]] if marks.requirement_kind else []
    parts += [f"{_YEAR[language]} {marks.from_year}"] if marks.from_year is not None else []
    parts += [f"{_LEVEL[language]} {marks.level}"] if marks.level else []
    parts += [f"{_FOR[language]}: {marks.applies_to}"] if marks.applies_to else []
    return BETWEEN.join(parts)


def read(text: str) -> Marks:
    """Return what a line says; what is not known in it is passed over."""
    kinds: list[str] = []
    counts: dict[str, int] = {}
    rest = clean_line(text)
    while rest:
        if whom := _APPLIES.fullmatch(rest):
            return _marks(kinds, counts, whom["whom"])
        part, _, rest = rest.partition(BETWEEN)
        counted = _COUNTED.fullmatch(part.casefold())
        if counted:
            counts[counted["word"]] = int(counted["count"])
        elif part.casefold() in _KNOWN:
            kinds.append(_KNOWN[part.casefold()])
    return _marks(kinds, counts, "")


def _marks(kinds: list[str], counts: dict[str, int], whom: str) -> Marks:
    def counted(words: dict[str, str]) -> int | None:
        return next((counts[word] for word in words.values() if word in counts), None)

    return Marks(
        next((name for name in kinds if name in KINDS), "section"),
        next((name for name in kinds if name in REQUIREMENT_KINDS), None),
        counted(_YEAR),
        counted(_LEVEL),
        whom[:MAX_APPLIES_TO],
    )
