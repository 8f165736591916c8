"""Versions to compare, and what a word processor does when all tracked changes are accepted or rejected."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from hypothesis import strategies as st

from consultations.documents.redline import Clause
from tests.documents.test_standard_export_markdown import LINE, TEXT


def clause(key: int, number: str = "", text: str = "", **values: object) -> Clause:
    """A requirement whose stable id is its key unless told otherwise."""
    made = Clause(key, f"s{key}", None, "requirement", number, "", text, "")
    return replace(made, **values)  # type: ignore[arg-type]


WORDS = st.sampled_from(
    ["", "La organización paga a tiempo.", "Nadie trabaja de noche.", "Se guarda un registro."]
)


@st.composite
def versions(draw: st.DrawFn, most: int = 8) -> tuple[Clause, ...]:
    """A version: clauses under one another, stable ids out of a few so that two versions share some."""
    stable = draw(st.lists(st.integers(0, 12), unique=True, max_size=most))
    made: list[Clause] = []
    for n, name in enumerate(stable):
        above = draw(st.none() | st.sampled_from([c.key for c in made])) if made else None
        made.append(
            Clause(
                n + 1, f"s{name}", above, draw(st.sampled_from(["chapter", "section", "requirement"])),
                draw(st.sampled_from(["", "1", "1.1", "2.1"])), draw(LINE), draw(WORDS | TEXT), draw(TEXT),
                draw(st.sampled_from(["", "core"])), draw(st.sampled_from(["", "0", "3"])), draw(LINE),
            )
        )  # fmt: skip
    return tuple(in_reading_order(made))


def in_reading_order(clauses: Sequence[Clause]) -> list[Clause]:
    """Every clause right after its parent and its earlier sisters."""

    def below(parent: int | None) -> list[Clause]:
        return [one for top in clauses if top.parent == parent for one in (top, *below(top.key))]

    return below(None)


def settled(data: bytes, *, accept: bool) -> bytes:
    """The document after all its tracked changes were accepted, or rejected."""
    document = Document(BytesIO(data))
    stays, goes = (qn("w:ins"), qn("w:del")) if accept else (qn("w:del"), qn("w:ins"))
    body = document.element.body
    for paragraph in list(body.iter(qn("w:p"))):
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        gone = own is not None and own.find(goes) is not None
        for change in list(paragraph.iterchildren(goes)):
            paragraph.remove(change)
        for change in list(paragraph.iterchildren(stays)):
            for run in change:
                change.addprevious(run)
            paragraph.remove(change)
        for words in paragraph.iter(qn("w:delText")):
            words.tag = qn("w:t")
        if own is not None:
            own.getparent().remove(own)
        if gone:
            assert not list(paragraph.iter(qn("w:r"))), "a paragraph that goes holds words that stay"
            body.remove(paragraph)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def words_of(data: bytes) -> list[tuple[str, str]]:
    """The style and the words of every paragraph that has words."""
    return [(p.style.style_id, p.text) for p in Document(BytesIO(data)).paragraphs if p.text]
