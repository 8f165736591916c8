"""A standard written as DOCX reads back to the same tree, whatever its words are."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.documents.findings import Place
from consultations.documents.standard import read_standard
from consultations.documents.standard_export_docx import write_docx
from consultations.documents.standard_export_markdown import write_markdown
from consultations.documents.standard_marks import Marks, read, written
from consultations.documents.standard_tree import KINDS, REQUIREMENT_KINDS, Node, Tree
from tests.documents.test_standard import TREES, from_docx
from tests.documents.test_standard_export_markdown import LINE, TEXT, TOP, numbered

AT = datetime(2026, 3, 1, tzinfo=UTC)
LANGUAGES = ("es", "pt", "en", "fr")


def read_back(tree: Tree, language: str = "es") -> Tree:
    data = write_docx(tree, title="Criterio de café 2.0", language=language, at=AT)
    return read_standard(data, "export.docx").tree


@settings(max_examples=80, deadline=None)
@given(TEXT, TOP, st.sampled_from(LANGUAGES))
def test_what_is_written_reads_back_as_the_same_tree(
    preamble: str, tops: tuple[Node, ...], language: str
) -> None:
    tree = Tree(preamble, numbered(tops))
    assert read_back(tree, language) == tree


def test_documents_read_from_word_survive_the_way_out_and_back() -> None:
    for texts, _, _ in TREES.values():
        tree = from_docx(*texts).tree
        assert read_back(tree) == tree


@pytest.mark.parametrize("depth", [1, 9, 10, 19])
def test_a_clause_deeper_than_words_headings_keeps_its_depth(depth: int) -> None:
    node = Node("requirement", "9.9", "", "Texto", "", 0, Place("line", 1))
    for _ in range(depth):
        node = Node("section", None, "Sección", "", "", 0, Place("line", 1), children=(node,))
    tree = Tree("", numbered((node,)))
    assert read_back(tree) == tree


def test_nothing_in_a_text_is_recognised_again() -> None:
    node = Node("requirement", "1.1", "2 Capítulo [Core]", "1.2 Más\nOrientación: no\nAnexo A", "Guidance: x", 0, Place("line", 1))  # fmt: skip
    tree = Tree("3.1 Antes", (node,))
    assert read_back(tree) == tree


@pytest.mark.parametrize("write", ["docx", "markdown"])
def test_to_whom_a_requirement_applies_comes_back(write: str) -> None:
    whom = "Cooperativas de 2.º grado · con {más} de 50 % = todas"
    node = Node("requirement", "1.1", "", "Texto", "", 0, Place("line", 1), "core", 3, (), whom)
    tree = Tree("", (node,))
    if write == "docx":
        assert read_back(tree) == tree
    else:
        assert read_standard(write_markdown(tree).encode(), "export.md").tree == tree


def test_what_a_person_adds_in_word_is_read_as_in_any_document() -> None:
    node = Node("requirement", "1.1.1", "", "Texto", "", 0, Place("line", 1))
    data = write_docx(Tree("", (node,)), title="T", language="es", at=AT)
    document = Document(BytesIO(data))
    document.add_heading("1.1.2 Plazo de pago", 1)
    document.add_paragraph("Se paga en treinta días.")
    target = BytesIO()
    document.save(target)
    first, second = read_standard(target.getvalue(), "x.docx").tree.nodes
    assert (first.number, first.text) == ("1.1.1", "Texto")
    assert (second.number, second.heading, second.text) == (
        "1.1.2",
        "Plazo de pago",
        "Se paga en treinta días.",
    )


def test_the_document_reads_well() -> None:
    tree = from_docx("# 1 Comercio", "1.1 Se paga. [Básico]", "Orientación: a tiempo").tree
    document = Document(BytesIO(write_docx(tree, title="Criterio", language="es", at=AT)))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "Criterio"),
        ("Heading 1", "1 Comercio  capítulo"),
        ("Heading 2", "1.1  requisito · básico"),
        ("Plenaria Text", "Se paga."),
        ("Plenaria Guidance", "a tiempo"),
    ]
    assert (document.core_properties.author, document.core_properties.language) == ("Plenaria", "es")


@given(
    st.sampled_from(KINDS), st.none() | st.sampled_from(REQUIREMENT_KINDS), st.none() | st.integers(0, 99),
    st.none() | st.integers(1, 20), LINE, st.sampled_from(LANGUAGES),
)  # fmt: skip
def test_marks_are_read_as_they_were_written(
    kind: str, grade: str | None, year: int | None, level: int | None, whom: str, language: str
) -> None:
    marks = Marks(kind, grade, year, level, whom)
    assert read(written(marks, language)) == marks


def test_marks_that_nobody_wrote_say_the_least() -> None:
    assert read("whatever · year soon") == Marks("section")
