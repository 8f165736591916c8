"""What looks like a chapter or a requirement and is none: rows of ordinary tables, items of lists, the title."""

import pytest
from docx.oxml import parse_xml

from consultations.documents.findings import Place
from consultations.documents.standard import read_standard
from tests.documents.builders import W, docx, level, num, numbered, with_numbering
from tests.documents.test_standard import BOTH, codes, outline


def told(report):
    return [(doubt.code, doubt.place) for doubt in report.doubts]


def in_word(rows, chapter="1 Prices"):
    """A requirement 1.1, a table, a requirement 1.2."""

    def make(document):
        document.add_heading(chapter, 1)
        document.add_paragraph("1.1 The premium grows as the table says.")
        grid = document.add_table(len(rows), len(rows[0]))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                grid.cell(y, x).text = text
        document.add_paragraph("1.2 The price is public.")

    return read_standard(docx(make), "a.docx")


def in_markdown(rows, chapter="1 Prices"):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    grid = "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    text = f"# {chapter}\n\n1.1 The premium grows as the table says.\n\n{grid}\n\n1.2 The price is public.\n"
    return read_standard(text.encode(), "a.md")


EITHER = pytest.mark.parametrize("read", [in_word, in_markdown])
DATA = [
    ([["Year", "Share"], ["1", "50 %"], ["2", "75 %"]], "Year | Share\n1 | 50 %\n2 | 75 %", ["table_of_bare_numbers"]),
    ([["No.", "Producto"], ["1", "Café"]], "No. | Producto\n1 | Café", ["table_of_bare_numbers"]),
    ([["No.", "Tipo", "Precio"], ["1", "Café", "2.5"]], "No. | Tipo | Precio\n1 | Café | 2.5", ["table_of_bare_numbers"]),
    ([["2.5 kg", "3"], ["4 kg", "5"]], "2.5 kg | 3\n4 kg | 5", []),
    ([["Coffee", "2 USD"], ["Cocoa", "3 USD"]], "Coffee | 2 USD\nCocoa | 3 USD", []),
    ([["Producto", "Año", "Prima"], ["Café", "1", "2"]], "Producto | Año | Prima\nCafé | 1 | 2", ["table_kept_as_text"]),
]  # fmt: skip


@EITHER
@pytest.mark.parametrize(("rows", "kept", "doubts"), DATA)
def test_an_ordinary_table_is_text_of_the_clause_it_stands_in(read, rows, kept, doubts):
    report = read(rows)
    assert outline(report) == [
        (0, "chapter", "1", "Prices", "", ""),
        (1, "requirement", "1.1", "", f"The premium grows as the table says.\n{kept}", ""),
        (1, "requirement", "1.2", "", "The price is public.", ""),
    ]
    assert codes(report) == doubts


@pytest.mark.parametrize(("read", "place"), [(in_word, Place("row", 2, 1)), (in_markdown, Place("line", 7))])
def test_the_doubt_about_a_table_of_bare_numbers_has_its_place(read, place):
    assert told(read([["Year", "Share"], ["1", "50 %"], ["2", "75 %"]])) == [("table_of_bare_numbers", place)]


SAYS_SO = [
    ["No.", "Requisito"], ["Número", "Texto"], ["N.º", "Critério"], ["Number", "Requirement"], ["No", "Exigence"],
    ["Requisito", "Año"],
]  # fmt: skip


@EITHER
@pytest.mark.parametrize("head", SAYS_SO, ids=" ".join)
def test_bare_numbers_are_requirements_where_the_heading_row_says_so(read, head):
    report = read([head, ["3", "Members meet."], ["4", "Members vote."]])
    assert [(node.number, node.kind) for node, _ in report.tree.walk()] == [
        ("1", "chapter"), ("1.1", "requirement"), ("3", "requirement"), ("4", "requirement"), ("1.2", "requirement"),
    ]  # fmt: skip


@EITHER
def test_a_bare_number_among_dotted_ones_is_a_section_only_before_its_own(read):
    report = read(
        [["1", "50 %"], ["2", "Trade"], ["2.1", "Members sell."], ["3", "kilos"], ["2.2", "Members buy."]]
    )
    assert [(node.number, node.text or node.heading) for node, _ in report.tree.walk()][1:-1] == [
        ("1.1", "The premium grows as the table says.\n1. 50 %"), ("2", "Trade"), ("2.1", "Members sell.\n3. kilos"),
        ("2.2", "Members buy."),
    ]  # fmt: skip


PAIRS = [["Member", "who joins: at once"], ["Meeting", "all"]]


def terms_in_word():
    def make(document):
        document.add_heading("1 A", 1)
        document.add_paragraph("1.1 One.")
        document.add_heading("2 Definitions", 1)
        grid = document.add_table(2, 2)
        for row, texts in zip(grid.rows, PAIRS, strict=True):
            row.cells[0].text, row.cells[1].text = texts

    return read_standard(docx(make), "a.docx")


def terms_in_markdown():
    grid = "| Member | who joins: at once |\n|---|---|\n| Meeting | all |"
    return read_standard(f"# 1 A\n\n1.1 One.\n\n# 2 Definitions\n\n{grid}\n".encode(), "a.md")


@pytest.mark.parametrize("read", [terms_in_word, terms_in_markdown])
def test_two_columns_are_terms_among_the_definitions(read):
    report = read()
    found = [(node.heading, node.text) for node, _ in report.tree.walk() if node.kind == "definition"]
    assert (found, codes(report)) == ([tuple(pair) for pair in PAIRS], [])


def test_a_list_that_word_numbers_stays_in_the_text_with_a_doubt_for_each_line():
    def make(document):
        with_numbering(document, level(0, "%1."), num(5))
        document.add_heading("1 A", 1)
        document.add_paragraph("1.1 Keep:")
        numbered(document, "minutes", 0)
        numbered(document, "lists", 0)
        document.add_paragraph("1.2 Two.")

    report = read_standard(docx(make), "a.docx")
    assert [(n.number, n.text) for n, _ in report.tree.walk()][1:] == [
        ("1.1", "Keep:\n1. minutes\n2. lists"),
        ("1.2", "Two."),
    ]
    assert told(report) == [
        ("automatic_list_kept", Place("paragraph", 3)), ("automatic_list_kept", Place("paragraph", 4)),
    ]  # fmt: skip
    assert [doubt.params["number"] for doubt in report.doubts] == ["1.", "2."]


def test_words_automatic_numbers_that_are_right_are_nodes_without_a_doubt():
    def make(document):
        with_numbering(document, level(0, "%1.") + level(1, "%1.%2."), num(5))
        for text, depth in (("Trade", 0), ("Members sell.", 1), ("Members buy.", 1)):
            numbered(document, text, depth)

    report = read_standard(docx(make), "a.docx")
    assert [(n.kind, n.number, n.heading or n.text) for n, _ in report.tree.walk()] == [
        ("chapter", "1", "Trade"), ("requirement", "1.1", "Members sell."), ("requirement", "1.2", "Members buy."),
    ]  # fmt: skip
    assert codes(report) == []


def test_an_automatic_list_in_a_cell_of_text_is_doubted_and_one_in_the_first_column_is_not():
    def make(document):
        with_numbering(document, level(0, "%1.") + level(1, "%1.%2"), num(5) + num(6))
        grid = document.add_table(1, 2)
        for cell, text, depth in zip(grid.rows[0].cells, ("Members", "keep minutes"), (1, 0), strict=True):
            cell.text = text
            cell.paragraphs[0]._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr>')
            )

    report = read_standard(docx(make), "a.docx")
    assert [(n.number, n.text, n.guidance) for n, _ in report.tree.walk()] == [
        ("1.1", "Members", "2. keep minutes")
    ]
    assert ("automatic_list_kept", Place("row", 1, 1)) in told(report)


TITLES = [
    ("above every heading", ["# The coffee standard", "## 1 A", "1.1 One.", "## 2 B", "2.1 Two."], "", []),
    ("beside the chapters and empty", ["# The coffee standard", "# 1 A", "1.1 One.", "# 2 B", "2.1 Two."], "", []),
    ("with text below", ["# The coffee standard", "For all.", "## 1 A", "1.1 One.", "## 2 B", "2.1 Two."], "For all.",
     ["paragraph_before_chapter"]),
    ("before plain chapters", ["# The coffee standard", "1 A", "1.1 One.", "2 B", "2.1 Two."], "", []),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(
    ("texts", "preamble", "doubts"), [case[1:] for case in TITLES], ids=[c[0] for c in TITLES]
)
def test_the_title_of_the_document_is_no_chapter(read, texts, preamble, doubts):
    report = read(*texts)
    assert [(node.kind, node.number, node.heading) for node in report.tree.nodes] == [
        ("chapter", "1", "A"), ("chapter", "2", "B"),
    ]  # fmt: skip
    assert (report.tree.preamble, codes(report)) == (preamble, ["title_ignored", *doubts])


CHAPTERS = [
    ("an introduction beside the chapters", ["# Intro", "Words.", "# 1 A", "1.1 One."]),
    ("chapters without numbers", ["# Trade", "## Price", "1.1 One.", "# Work", "2.1 Two."]),
    ("requirements right below", ["# Trade", "1.1 One.", "1.2 Two."]),
    ("a section right below", ["# Trade", "## 1.1 Price", "1.1.1 One."]),
    ("definitions first", ["# Definitions", "Member: who joins.", "# 1 A", "1.1 One."]),
    ("an annex first", ["# Annex", "Words.", "## 1 A", "1.1 One."]),
]


@BOTH
@pytest.mark.parametrize("texts", [case[1] for case in CHAPTERS], ids=[case[0] for case in CHAPTERS])
def test_a_first_heading_that_is_a_chapter_stays_one(read, texts):
    report = read(*texts)
    assert report.tree.nodes[0].heading == texts[0].removeprefix("# ")
    assert "title_ignored" not in codes(report)


def test_the_style_title_and_a_heading_above_all_others_are_read_alike():
    def make(style):
        def write(document):
            document.add_heading("The coffee standard", style)
            document.add_heading("1 A", 2)
            document.add_paragraph("1.1 One.")

        return read_standard(docx(write), "a.docx")

    assert outline(make(0)) == outline(make(1))
    assert codes(make(0)) == codes(make(1)) == ["title_ignored"]


@BOTH
def test_a_list_between_two_requirements_begins_no_chapter(read):
    report = read("# 1 A", "1.1 Keep:", "1. minutes", "2. lists", "1.2 Two.")
    assert outline(report)[1:] == [
        (1, "requirement", "1.1", "", "Keep:\n1. minutes\n2. lists", ""),
        (1, "requirement", "1.2", "", "Two.", ""),
    ]
