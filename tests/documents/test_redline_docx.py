"""Tracked changes that a word processor understands: accept them all for the new text, reject them for the old one."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

from consultations.documents.redline import Clause, Line, compare
from consultations.documents.redline_docx import write_redline
from consultations.documents.standard import read_standard
from tests.documents.redlining import clause, settled, versions, words_of

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def redline(old: tuple[Clause, ...], new: tuple[Clause, ...], lines: tuple[Line, ...] = ()) -> bytes:
    return write_redline(
        old,
        new,
        compare(old, new, lines),
        title="Criterio",
        language="es",
        author="Unidad de Estándares",
        at=AT,
    )


@settings(max_examples=80, deadline=None)
@given(versions(), versions())
def test_accepted_it_is_the_new_text_and_rejected_the_old_one(
    old: tuple[Clause, ...], new: tuple[Clause, ...]
) -> None:
    data = redline(old, new)
    assert words_of(settled(data, accept=True)) == words_of(redline(new, new))
    assert words_of(settled(data, accept=False)) == words_of(redline(old, old))


@settings(max_examples=80, deadline=None)
@given(versions(), versions())
def test_no_change_at_the_end_of_a_paragraph_touches_a_whole_paragraph_of_its_kind(
    old: tuple[Clause, ...], new: tuple[Clause, ...]
) -> None:
    paragraphs = list(Document(BytesIO(redline(old, new))).element.body.iter(qn("w:p")))
    for one, behind in pairwise(paragraphs):
        last = one[-1].tag
        assert mark_of(one) or mark_of(behind) != last or last not in (qn("w:ins"), qn("w:del"))


def mark_of(paragraph: Any) -> str:
    """Whether a paragraph as a whole was inserted (w:ins), deleted (w:del) or neither ("")."""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return "" if own is None else str(own[0].tag)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("Paga.", "Paga.\nGuarda.", ["", "ins"]),
        ("Paga", "Paga a tiempo\nGuarda.", ["del", "ins", "ins"]),
        ("Paga a tiempo\nGuarda.", "Paga", ["del", "ins", "del"]),
        ("Paga a tiempo", "Paga", [""]),
    ],
)
def test_words_put_in_before_a_new_paragraph_are_shown_as_a_paragraph_of_their_own(
    before: str, after: str, kinds: list[str]
) -> None:
    data = redline((clause(1, "1.1", before),), (clause(1, "1.1", after),))
    _title, _heading, *text = Document(BytesIO(data)).element.body.iter(qn("w:p"))
    assert [mark_of(one).rpartition("}")[2] for one in text] == kinds
    assert [text for _, text in words_of(settled(data, accept=True))][2:] == after.split("\n")
    assert [text for _, text in words_of(settled(data, accept=False))][2:] == before.split("\n")


OLD = (
    clause(1, "1", kind="chapter", heading="Comercio"),
    clause(2, "1.1", "Paga en treinta días.\nPaga en efectivo.", parent=1, guidance="Basta un recibo.", requirement_kind="core"),
    clause(3, "1.2", "Nadie trabaja de noche.", parent=1),
    clause(4, "2", kind="chapter", heading="Trabajo"),
)  # fmt: skip
NEW = (
    clause(1, "1", kind="chapter", heading="Comercio justo"),
    clause(3, "1.1", "Nadie trabaja de noche.", parent=1),
    clause(2, "1.2", "Paga en sesenta días.\nPaga en efectivo.", parent=1, requirement_kind="development"),
    clause(9, "2.1", "Se guarda un registro.", parent=1),
)


def test_the_redline_read_as_a_draft_is_the_new_version() -> None:
    tree = read_standard(redline(OLD, NEW), "redline.docx").tree
    assert [
        (n.number, n.kind, n.heading, n.text, n.guidance, n.requirement_kind) for n, _ in tree.walk()
    ] == [(c.number, c.kind, c.heading, c.text, c.guidance, c.requirement_kind or None) for c in NEW]


def test_every_change_has_its_own_id_its_author_and_its_date() -> None:
    body = Document(BytesIO(redline(OLD, NEW))).element.body
    marks = [mark for name in ("w:ins", "w:del") for mark in body.iter(qn(name))]
    assert len(marks) > 6
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    assert {(m.get(qn("w:author")), m.get(qn("w:date"))) for m in marks} == {
        ("Unidad de Estándares", "2026-03-01T09:30:00Z")
    }


def test_what_is_deleted_stands_in_text_that_word_calls_deleted() -> None:
    body = Document(BytesIO(redline(OLD, NEW))).element.body
    for deleted in body.iter(qn("w:del")):
        assert not list(deleted.iter(qn("w:t")))
    assert "treinta" in [text.text for text in body.iter(qn("w:delText"))]


def test_the_mark_of_a_paragraph_stands_where_the_schema_wants_it() -> None:
    with ZipFile(BytesIO(redline(OLD, NEW))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert xml.count("<w:rPr><w:ins ") + xml.count("<w:rPr><w:del ") > 2
    for properties in Document(BytesIO(redline(OLD, NEW))).element.body.iter(qn("w:pPr")):
        tags = [child.tag for child in properties]
        assert tags in ([qn("w:pStyle")], [qn("w:pStyle"), qn("w:rPr")])


def test_two_equal_versions_have_no_tracked_change() -> None:
    body = Document(BytesIO(redline(NEW, NEW))).element.body
    assert not [mark for name in ("w:ins", "w:del") for mark in body.iter(qn(name))]
