"""Word's automatic numbers, which stand nowhere in the text: computed from the numbering definitions.

ISO/IEC 29500-1, 17.9: abstract definitions with nine levels, instances with overrides, counters shared by the
instances of one abstract definition, level texts such as "%1.%2.%3", restarts and styles bound to levels.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from consultations.documents.docx_styles import Style, is_on

MAX_LEVELS = 9
DECIMAL = ("decimal", "decimalZero")
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a definition; `restart` is the level (from 1) after which it starts again, 0 never."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    style: str | None = None
    restart: int | None = None
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The number Word shows before a paragraph; `is_decimal` when every part of it is 0-9."""

    text: str
    is_decimal: bool
    is_bullet: bool


@dataclass(slots=True)
class _Instance:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """Counts the automatic numbers of one document; ask for every paragraph in reading order."""

    def __init__(self, root: etree._Element | None, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._instances: dict[str, _Instance] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def label(self, num_id: str | None, level: int | None, style: Style) -> Label | None:
        """Return the label of a paragraph with this own numbering (None: its style's), or None without one."""
        num_id = num_id if num_id is not None else style.num_id
        instance = self._instances.get(num_id or "")
        if instance is None or num_id == "0":
            return None
        if level is None:
            level = self._level_of_style(instance, style)
        shown = instance.levels.get(level)
        if shown is None:
            return None
        counters = self._count(instance, level)
        return _label(shown, instance, counters)

    @staticmethod
    def _level_of_style(instance: _Instance, style: Style) -> int:
        bound = next((i for i, level in instance.levels.items() if level.style == style.style_id), None)
        return bound if bound is not None and style.style_id else style.num_level or 0

    def _count(self, instance: _Instance, level: int) -> dict[int, int]:
        counters = self._counters.setdefault(instance.abstract, {})
        for index, start in instance.starts.items():
            if index not in instance.used and index <= level:
                instance.used.add(index)
                counters[index] = start - 1
                self._restart_below(instance, counters, index)
        for index in range(level):
            counters.setdefault(index, instance.levels.get(index, Level()).start)
        counters[level] = counters.get(level, instance.levels[level].start - 1) + 1
        self._restart_below(instance, counters, level)
        return counters

    @staticmethod
    def _restart_below(instance: _Instance, counters: dict[int, int], level: int) -> None:
        for index in [i for i in counters if i > level]:
            restart = instance.levels.get(index, Level()).restart
            if restart is None or level < restart:
                del counters[index]

    def _read(self, root: etree._Element) -> None:
        abstracts = {e.get(qn("w:abstractNumId"), ""): e for e in root.iter(qn("w:abstractNum"))}
        by_style = {v: e for e in abstracts.values() if (v := _value(e, "w:styleLink"))}
        for num in root.iter(qn("w:num")):
            abstract_id = _value(num, "w:abstractNumId") or ""
            abstract = abstracts.get(abstract_id)
            if abstract is None:
                continue
            linked = by_style.get(_value(abstract, "w:numStyleLink") or "")
            source = abstract if linked is None else linked
            key = source.get(qn("w:abstractNumId"), "")
            self._instances[num.get(qn("w:numId"), "")] = _instance(key, source, num)


def _instance(key: str, abstract: etree._Element, num: etree._Element) -> _Instance:
    instance = _Instance(key, _levels(abstract), {})
    for override in num.iter(qn("w:lvlOverride")):
        instance.levels.update(_levels(override))
        start = _value(override, "w:startOverride")
        index = _integer(override.get(qn("w:ilvl")), 0)
        if start is not None:
            instance.starts[index] = _integer(start, 1)
    return instance


def _levels(parent: etree._Element) -> dict[int, Level]:
    found = ((_integer(e.get(qn("w:ilvl")), 0), _level(e)) for e in parent.findall(qn("w:lvl")))
    return {index: level for index, level in found if 0 <= index < MAX_LEVELS}


def _level(element: etree._Element) -> Level:
    restart = _value(element, "w:lvlRestart")
    return Level(
        _integer(_value(element, "w:start"), 0 if element.find(qn("w:start")) is None else 1),
        _value(element, "w:numFmt") or "decimal",
        _value(element, "w:lvlText") or "",
        _value(element, "w:pStyle"),
        None if restart is None else _integer(restart, 0),
        is_on(element.find(qn("w:isLgl"))),
    )


def _label(level: Level, instance: _Instance, counters: dict[int, int]) -> Label | None:
    if level.fmt == "none" and "%" not in level.text:
        return Label(level.text, False, False) if level.text.strip() else None
    if level.fmt == "bullet":
        return Label("-", False, True)
    used = [int(digit) - 1 for digit in re.findall(r"%([1-9])", level.text)]
    formats = {i: "decimal" if level.is_legal else instance.levels.get(i, Level()).fmt for i in used}
    text = re.sub(
        r"%([1-9])", lambda m: _shown(counters.get(int(m[1]) - 1, 0), formats[int(m[1]) - 1]), level.text
    )
    return (
        Label(text.strip(), all(fmt in DECIMAL for fmt in formats.values()), False) if text.strip() else None
    )


def _shown(value: int, fmt: str) -> str:
    if fmt == "none":
        return ""
    if fmt in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if fmt == "upperLetter" else letter.lower()
    if fmt in ("upperRoman", "lowerRoman") and 0 < value < 90:
        return _roman(value) if fmt == "upperRoman" else _roman(value).lower()
    return f"{value:02d}" if fmt == "decimalZero" else str(value)


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (value // amount)
        value %= amount
    return text


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default
