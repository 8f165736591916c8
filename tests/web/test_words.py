"""No text for people stands in a template outside translation."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from consultations.config import HOME

TEMPLATES = sorted((HOME / "templates").rglob("*.html")) + sorted((HOME / "templates").rglob("*.txt"))
# Names that are the same in every language: the product, file names and the command to recount.
NAMES = {"Plenaria", "PDF", "DOCX", "rule.json", "roll.csv", "ballots.csv", "python", "workflows", "decide", "rule", "roll", "ballots", "call", "casting-vote"}  # fmt: skip
SPOKEN = ("aria-label", "title", "alt", "placeholder", "summary")
WORD = re.compile(r"[^\W\d_][\w.-]*[^\W\d_]")


def literal(source: str) -> list[str]:
    """The words of a template that no translation sees: its text, and the attributes that are read out."""
    pieces, translated = [], 0
    environment = Environment(extensions=["jinja2.ext.i18n"])
    block: list[str] = []
    # The block `narrow` holds the name of a class.
    for _line, kind, value in environment.lex(re.sub(r"{% block narrow %}\w+{% endblock %}", "", source)):
        if kind == "block_begin":
            block = []
        elif kind == "name":
            block.append(value)
        elif kind == "block_end" and block:
            translated += {"trans": 1, "endtrans": -1}.get(block[0], 0)
        elif kind == "data" and not translated:
            pieces.append(value)
    text = "\x00".join(pieces)
    spoken = " ".join(re.findall(rf'(?:{"|".join(SPOKEN)})="([^"]*)"', text))
    text = re.sub(r' lang="\x00*"', "", text)  # an attribute that a macro writes
    bare = re.sub(r"<(style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
    return [word for word in WORD.findall(f"{bare} {spoken}") if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOME / "templates")))
def test_no_word_stands_outside_translation(path: Path) -> None:
    assert literal(path.read_text()) == []


def test_a_literal_word_is_found() -> None:
    assert literal("<p>{{ _('Fine') }} forgotten</p>") == ["forgotten"]
    assert literal('<a title="unsaid">{% trans %}said{% endtrans %}</a>') == ["unsaid"]
