"""Which clause of a text a cell such as "Clause 3.2.1", "3.2.1 / 4" or "3.2.1, NOTE" means: by its number, never by guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from consultations.documents.characters import DIRECTION_MARKS, as_digits, clean_line, unaccented
from consultations.documents.words import ANNEX_WORDS, LABEL_WORDS

_WHOLE = frozenset({
    "whole document", "entire document", "whole text", "whole standard", "all", "todo el documento", "todo el texto",
    "todo o documento", "todo o texto", "tout le document", "tout le texte", "-", "–", "—", "n/a", "na",
})  # fmt: skip
_LABELS = LABEL_WORDS | ANNEX_WORDS | {
    "subclause", "sub-clause", "subclauses", "clauses", "sections", "subsection", "apartado", "subapartado", "numeral", "item",
    "no", "nr", "n°", "chap", "sec", "art", "cl",
}  # fmt: skip
_PLACES = (
    r"(?:paragraphs?|para|par|parrafos?|paragrafos?|paragraphes?|alineas?|figures?|fig|figuras?|tables?|tablas?|tabelas?|tableaux?|"
    r"notes?|notas?|examples?|ejemplos?|exemplos?|exemples?|lines?|lineas?|linhas?|lignes?|sentences?|frases?|phrases?|"
    r"list items?|items?|bullets?|title|titulo|titre|heading|formulas?|equations?|footnotes?)"
)
_NUMBER = r"(?:[a-z]{1,5}[-. ]?)?\d+(?:\.\d+)*(?:\.[a-z](?![a-z]))?|[a-z](?:\.\d+)*"
_ONE = re.compile(rf"(?P<number>{_NUMBER})[.):]?(?P<rest>(?![\w.-]).*)?")
_PLACE = re.compile(
    r"[\s,;:/()\[\]-]*?(?:"
    rf"(?:the |la |el |le |o |a )?(?:\d+(?:st|nd|rd|th|o|a|er|e)? )?{_PLACES}\.?"
    r"(?:[\s.:]*(?:no\.? ?)?(?:(?:[a-z]\.)?\d+(?:\.\d+)*|[a-z])(?![\w.]))?(?: to entry)?"
    r"|/\s*\d+(?![\w.])|\(?[a-z]\)|\(?\d+\))[\s,;:.()\[\]]*"
)
_RANGE = re.compile(
    r"\d\s*(?:[-–—~…+&,;/]|\.\.+)\s*(?:[a-z]{1,5}[-. ]?)?\d|(?:^|[\s\d])(?:to|and|through|thru|until|a|al|hasta|y|e|ate|au|et|"
    r"ff|et seq|onwards?|up|ss|sqq)(?:$|[\s.\d])"
)


@dataclass(frozen=True, slots=True)
class Match:
    """What a clause cell means: a key of the text's clauses, or why there is none; `rest` words that were not used.

    `key` None and `fault` "" is the whole text.
    """

    key: int | None = None
    fault: str = ""
    rest: str = ""


class ClauseIndex:
    """The numbered clauses of one text: number -> key (the node's id)."""

    def __init__(self, clauses: Iterable[tuple[int, str]]) -> None:
        """Take (key, number) of every clause; those without a number cannot be matched."""
        self.numbers: dict[int, str] = {}
        self._keys: dict[str, list[int]] = {}
        for key, number in clauses:
            if number:
                self.numbers[key] = number
                self._keys.setdefault(_plain(number), []).append(key)

    def match(self, cell: str) -> Match:
        """Return what the cell means: exactly one clause, the whole text, or a fault's code (never a guess)."""
        shown = _plain(cell)
        if not shown or shown in _WHOLE:
            return Match()
        if shown in self._keys:
            return self._found(shown, "")
        bare = _without_labels(shown)
        if bare in self._keys:
            return self._found(bare, "")
        one = _ONE.fullmatch(bare)
        if one is None:
            return Match(fault="clause_of_several" if _RANGE.search(bare) else "clause_unmatched")
        rest = one["rest"] or ""
        if not _is_place(one["number"], rest):
            if _names_another(rest):
                return Match(fault="clause_of_several")
            return self._found(one["number"], rest.strip(" ,;:.-–—"))
        return self._found(one["number"], "")

    def _found(self, number: str, rest: str) -> Match:
        keys = self._keys.get(number, [])
        if len(keys) == 1:
            return Match(keys[0], rest=rest)
        return Match(fault="clause_ambiguous" if keys else "clause_unmatched")


def _is_place(number: str, rest: str) -> bool:
    """Tell whether the rest only says where in the clause: a paragraph, a note, "/ 4". "3 / 4" may be two chapters."""
    if "." not in number and re.match(r"\s*/\s*\d", rest):
        return False
    while rest:
        place = _PLACE.match(rest)
        if place is None or not place.end():
            return not rest.strip(" ,;:.-–—()/[]")
        rest = rest[place.end() :]
    return True


def _names_another(rest: str) -> bool:
    """Tell whether the words beside a number hold figures or words of a range: they could mean another clause."""
    return any(mark.isdigit() for mark in rest) or _RANGE.search(f" {rest.strip(' .')} ") is not None


def _without_labels(shown: str) -> str:
    words = shown.replace("§", " ").strip().split(" ")
    while len(words) > 1 and words[0].strip(".:()") in _LABELS:
        words = words[1:]
    bare = " ".join(words).strip(" .:")
    return bare[1:-1].strip() if bare[:1] + bare[-1:] in ("()", "[]") else bare


@cache
def _plain(text: str) -> str:
    """Return a number or a cell for comparing: lower case, without accents and marks, figures 0-9, no final dot."""
    bare = re.sub(f"[{DIRECTION_MARKS}]", "", as_digits(clean_line(text)))
    bare = re.sub(r"(?<=\d)\s*\.\s*(?=\d)", ".", unaccented(bare))
    return bare.strip().rstrip(".:")
