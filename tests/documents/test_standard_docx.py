"""What only Word has: styles, automatic numbers, tables, fields, tracked changes, hidden text."""

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.documents.findings import FileRefused, Place
from consultations.documents.standard import read_standard
from tests.documents.builders import (
    W,
    docx,
    hide,
    level,
    num,
    numbered,
    raw_paragraph,
    run,
    small_standard,
    table,
    with_numbering,
)
from tests.documents.test_standard import codes, outline


def read(make):
    return read_standard(docx(make), "a.docx")


def leaves(report):
    return [(node.number, node.text) for node, _ in report.tree.walk() if node.kind == "requirement"]


FOUR = level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3") + level(3, "%1.%2.%3.%4")


def automatic(levels, nums, steps):
    """Numbers that the steps (ilvl, num id) of plain or heading paragraphs are read with."""

    def make(document):
        with_numbering(document, levels, nums)
        document.add_heading("9 Chapter", 1)
        for ilvl, num_id in steps:
            numbered(document, "Text.", ilvl, num_id)

    return [number for number, _ in leaves(read(make))]


NUMBERINGS = {
    "plain multi-level": (FOUR, num(5), [(1, 5), (1, 5), (2, 5), (2, 5), (1, 5), (2, 5)],
                          ["1.1", "1.2", "1.2.1", "1.2.2", "1.3", "1.3.1"]),
    "start values": (level(0, "%1", start=3) + level(1, "%1.%2", start=5), num(5), [(1, 5), (1, 5)], ["3.5", "3.6"]),
    "start of zero": (level(0, "%1") + level(1, "%1.%2", start=0), num(5), [(1, 5), (1, 5)], ["1.0", "1.1"]),
    "letter prefix": (level(0, "%1") + level(1, "R-%1.%2."), num(5), [(1, 5), (1, 5)], ["R-1.1", "R-1.2"]),
    "two instances go on counting": (FOUR, num(5) + num(6), [(1, 5), (1, 6), (1, 5)], ["1.1", "1.2", "1.3"]),
    "an override starts again once": (
        FOUR, num(5) + num(6, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'),
        [(1, 5), (1, 6), (1, 6)], ["1.1", "1.7", "1.8"]),
    "an override of a whole level": (
        FOUR, num(5, f'<w:lvlOverride w:ilvl="1">{level(1, "S %1.%2")}</w:lvlOverride>'), [(1, 5)], ["S 1.1"]),
    "a level that never restarts": (
        level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3", extra='<w:lvlRestart w:val="0"/>'), num(5),
        [(2, 5), (2, 5), (1, 5), (2, 5)], ["1.1.1", "1.1.2", "1.2", "1.2.3"]),
    "a level that restarts after the first level only": (
        level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3", extra='<w:lvlRestart w:val="1"/>'), num(5),
        [(2, 5), (1, 5), (2, 5)], ["1.1.1", "1.2", "1.2.2"]),
    "roman chapters shown as legal numbers": (
        level(0, "%1", "upperRoman") + level(1, "%1.%2", extra="<w:isLgl/>"), num(5), [(1, 5)], ["1.1"]),
    "leading zeros": (level(0, "%1") + level(1, "%1.%2", "decimalZero"), num(5), [(1, 5), (1, 5)], ["1.01", "1.02"]),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERINGS)
def test_automatic_numbers_are_those_word_shows(case):
    levels, nums, steps, expected = NUMBERINGS[case]
    assert automatic(levels, nums, steps) == expected


def test_automatic_numbers_of_heading_styles():
    def make(document):
        bound = [
            level(i, ".".join(f"%{k}" for k in range(1, i + 2)), extra=f'<w:pStyle w:val="Heading{i + 1}"/>')
            for i in range(2)
        ]
        with_numbering(document, "".join(bound) + level(2, "%1.%2.%3"), num(5))
        for index in (1, 2):
            style = document.styles[f"Heading {index}"].element
            style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="5"/></w:numPr>'))
        document.add_heading("Governance", 1)
        document.add_heading("Members", 2)
        numbered(document, "One.", 2)
        numbered(document, "Two.", 2)
        document.add_heading("Trade", 1)
        document.add_heading("Price", 2)
        numbered(document, "Three.", 2)

    report = read(make)
    assert [(kind, number) for _, kind, number, *_ in outline(report)] == [
        ("chapter", "1"), ("section", "1.1"), ("requirement", "1.1.1"), ("requirement", "1.1.2"),
        ("chapter", "2"), ("section", "2.1"), ("requirement", "2.1.1"),
    ]  # fmt: skip
    assert codes(report) == []


def test_letters_stay_in_the_text_with_a_doubt_and_bullets_without():
    def make(document):
        with_numbering(document, level(0, "%1)", "lowerLetter") + level(1, "o", "bullet"), num(5))
        small_standard(document)
        document.add_paragraph("1.1.3 Keep:")
        numbered(document, "minutes", 0)
        numbered(document, "lists", 0)
        numbered(document, "point", 1)

    report = read(make)
    assert leaves(report)[-1] == ("1.1.3", "Keep:\na) minutes\nb) lists\n- point")
    assert [(d.code, d.place.index, d.params["number"]) for d in report.doubts] == [
        ("automatic_number_not_decimal", 7, "a)"), ("automatic_number_not_decimal", 8, "b)"),
    ]  # fmt: skip


def test_automatic_numbers_in_the_first_column_of_a_table():
    def make(document):
        with_numbering(document, FOUR, num(5))
        document.add_heading("1 A", 1)
        grid = document.add_table(2, 2)
        for row, text in zip(grid.rows, ("One.", "Two."), strict=True):
            row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>')
            )
            row.cells[1].text = text

    report = read(make)
    assert (leaves(report), codes(report)) == ([("1.1", "One."), ("1.2", "Two.")], [])


def test_numbering_switched_off_for_one_paragraph():
    def make(document):
        with_numbering(document, FOUR, num(5))
        document.add_heading("1 A", 1)
        numbered(document, "One.", 1)
        numbered(document, "Unnumbered.", 1, num_id=0)

    assert leaves(read(make)) == [("1.1", "One.")]


def styled(document, name, outline_level=None, based_on=None, text="1 A"):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[based_on] if based_on else None
    if outline_level is not None:
        style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="{outline_level}"/>'))
    return document.add_paragraph(text, style=style)


@pytest.mark.parametrize(
    ("name", "outline_level", "based_on", "is_heading"),
    [
        ("Meine Art", 0, None, True),
        ("Eigen", None, "Heading 1", True),
        ("Título 1", None, None, True),
        ("Titre 1", None, None, True),
        ("Fliesstext", None, None, False),
        ("Heading 1x", 9, None, False),
    ],
)
def test_a_heading_is_known_by_outline_level_and_inheritance(name, outline_level, based_on, is_heading):
    def make(document):
        styled(document, name, outline_level, based_on, "Governance")
        document.add_paragraph("1.1 One.")

    assert (read(make).tree.nodes[0].kind == "chapter") is is_heading


def test_outline_level_of_the_paragraph_itself():
    def make(document):
        paragraph = document.add_paragraph("Governance")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))
        document.add_paragraph("1.1 One.")

    assert read(make).tree.nodes[0].heading == "Governance"


def test_a_guidance_style_needs_no_label():
    def make(document):
        document.add_heading("1 A", 1)
        document.add_paragraph("1.1 One.")
        styled(document, "Orientación", text="Why.")

    report = read(make)
    assert (report.tree.nodes[0].children[0].guidance, codes(report)) == ("Why.", [])


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
TOC = (
    FIELD.format("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + FIELD.format("separate")
)


def test_a_table_of_contents_is_skipped_as_field_and_as_style():
    def make(document):
        raw_paragraph(document, TOC + run("1.1 Members"))
        raw_paragraph(document, run("1.2 Trade"))
        raw_paragraph(document, FIELD.format("end"))
        styled(document, "toc 1", text="1.1 Members")
        small_standard(document)

    report = read(make)
    assert (len(leaves(report)), codes(report)) == (2, [])


def test_a_table_of_contents_in_a_content_control_is_skipped():
    control = (
        f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent><w:p>{run('1.1 Members')}</w:p></w:sdtContent></w:sdt>"
    )

    def make(document):
        document.element.body.insert(0, parse_xml(control))
        document.element.body.insert(1, parse_xml(control.replace("Table of Contents", "Quick Parts")))
        small_standard(document)

    assert codes(read(make)) == ["depth_jump", "duplicate_number"]


def test_a_field_that_never_ends_is_told():
    def make(document):
        small_standard(document)
        raw_paragraph(document, TOC + run("lost"))

    assert codes(read(make)) == ["unclosed_field"]


def test_the_result_of_another_field_is_text():
    inner = FIELD.format("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>" + FIELD.format("separate")

    def make(document):
        document.add_heading("1 A", 1)
        raw_paragraph(document, run("1.1 See ") + inner + run("3.2") + FIELD.format("end"))

    assert leaves(read(make)) == [("1.1", "See 3.2")]


BOX = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
MATHS = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
INSIDE = [
    (f"<w:ins>{run('new ')}</w:ins>", "new ", "tracked_insertion"),
    (f"<w:moveTo>{run('new ')}</w:moveTo>", "new ", "tracked_insertion"),
    ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "", "tracked_deletion"),
    (f"<w:moveFrom>{run('old')}</w:moveFrom>", "", "tracked_deletion"),
    ('<w:r><w:commentReference w:id="1"/></w:r>', "", "comment_ignored"),
    ('<w:r><w:footnoteReference w:id="2"/></w:r>', "", "footnote_ignored"),
    ('<w:r><w:endnoteReference w:id="2"/></w:r>', "", "footnote_ignored"),
    ("<w:r><w:drawing/></w:r>", "", "image_ignored"),
    (BOX, "", "text_box_ignored"),
    (MATHS, "", "equation_ignored"),
    ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "", "symbol_ignored"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "", "hidden_text"),
    (run("a\u202eb"), "ab", "direction_override"),
    ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "shown", None),
    ('<w:hyperlink>' + run("link") + "</w:hyperlink>", "link", None),
    ("<w:sdt><w:sdtContent>" + run("box") + "</w:sdtContent></w:sdt>", "box", None),
    ("<w:r><w:softHyphen/></w:r>", "", None),
    ("<w:r><w:noBreakHyphen/></w:r>", "\u2011", None),
    ("<w:r><w:br/></w:r>", "\n", None),
    ("<w:r><w:tab/></w:r>", " ", None),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "shown", "code"), INSIDE)
def test_what_stands_in_a_paragraph(inner, shown, code):
    def make(document):
        document.add_heading("1 A", 1)
        raw_paragraph(document, run("1.1 Before[") + inner + run("]after."))

    report = read(make)
    expected = f"Before[{shown}]after."
    if inner == INSIDE[0][0]:
        expected = "Before[new ]after."
    assert leaves(report) == [("1.1", expected)]
    assert [(d.code, d.place) for d in report.doubts] == ([(code, Place("paragraph", 2))] if code else [])


def test_a_hidden_paragraph_is_left_out():
    def make(document):
        small_standard(document)
        hide(document.add_paragraph("1.1.3 Secret."))

    report = read(make)
    assert (len(leaves(report)), codes(report)) == (2, ["hidden_text"])


def test_the_title_on_the_page_is_no_chapter():
    def make(document):
        document.add_heading("The Standard", 0)
        small_standard(document)

    report = read(make)
    assert (report.tree.nodes[0].heading, codes(report)) == ("Governance", ["title_ignored"])


HEAD = ["No.", "Requisito", "Orientación", "Tipo", "Año"]


def test_a_table_with_a_header_gives_text_guidance_kind_and_year():
    report = read_standard(
        table([HEAD, ["1.1", "One.", "Why.", "Básico", "Año 3"], ["1.2", "Two.", "", "Progreso", "2"]]),
        "a.docx",
    )
    rows = [node for node, _ in report.tree.walk() if node.kind == "requirement"]
    assert [(n.number, n.text, n.guidance, n.requirement_kind, n.from_year) for n in rows] == [
        ("1.1", "One.", "Why.", "core", 3), ("1.2", "Two.", "", "progress", 2),
    ]  # fmt: skip
    assert [node.place for node in rows] == [Place("row", 2, 1), Place("row", 3, 1)]
    assert codes(report) == []


TABLES = [
    ([["1.1", "One."], ["SPO 1.2", "Two."]], [("1.1", "One."), ("SPO 1.2", "Two.")], ["number_gap"]),
    ([["1.1 One.", "Básico"]], [("1.1", "One.")], []),
    ([["Texto", "Número"], ["One.", "1.1"]], [("1.1", "One.")], []),
    ([["1.1", "One.", "Other."]], [("1.1", "One.")], ["unknown_column"]),
    ([HEAD, ["1.1", "One.", "", "grave", "Año 3 o 4"]], [("1.1", "One.")], ["kind_unclear", "year_unclear"]),
    ([["1.1", ""]], [("1.1", "")], ["requirement_without_text"]),
    ([["1.1", "One."], ["", ""], ["", "more"]], [("1.1", "One.\nmore")], ["table_kept_as_text"]),
]


@pytest.mark.parametrize(("rows", "expected", "doubts"), TABLES)
def test_tables(rows, expected, doubts):
    report = read_standard(table(rows), "a.docx")
    assert (leaves(report), codes(report)) == (expected, doubts)


def test_a_row_that_begins_with_a_year_goes_on_with_the_row_before():
    report = read_standard(table([["1.1", "One."], ["2026", "2.5 kg"], ["1.2", "Two."]]), "a.docx")
    assert leaves(report) == [("1.1", "One."), ("1.2", "Two.")]
    assert report.tree.nodes[0].children[0].guidance == "2026: 2.5 kg"
    assert codes(report) == ["looks_like_year", "unlabelled_guidance"]


def test_a_merged_row_is_a_section_and_other_merged_cells_are_doubted():
    def make(document):
        document.add_heading("1 A", 1)
        grid = document.add_table(4, 3)
        for y, row in enumerate([["1.1 Members", "", ""], ["1.1.1", "One.", "Why."], ["1.1.2", "Two.", ""], ["1.1.3", "Three.", ""]]):  # fmt: skip
            for x, text in enumerate(row):
                grid.cell(y, x).text = text
        grid.cell(0, 0).merge(grid.cell(0, 2))
        grid.cell(2, 1).merge(grid.cell(2, 2))

    report = read(make)
    assert [(kind, number) for _, kind, number, *_ in outline(report)][:3] == [
        ("chapter", "1"), ("section", "1.1"), ("requirement", "1.1.1"),
    ]  # fmt: skip
    assert [(d.code, d.place) for d in report.doubts if d.code == "merged_cells"] == [
        ("merged_cells", Place("row", 3, 1))
    ]


def test_a_table_inside_a_table_keeps_its_text():
    def make(document):
        document.add_heading("1 A", 1)
        grid = document.add_table(1, 2)
        grid.cell(0, 0).text = "1.1"
        grid.cell(0, 1).text = "One."
        grid.cell(0, 1).add_table(1, 1).cell(0, 0).text = "inner"

    report = read(make)
    assert (leaves(report), codes(report)) == ([("1.1", "One.\ninner")], ["nested_table"])


def test_a_deleted_row_is_left_out():
    def make(document):
        small_standard(document)
        grid = document.add_table(1, 2)
        grid.cell(0, 0).text = "1.1.3"
        row = grid.rows[0]._tr
        row.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="a"/>'))
        assert row.find(qn("w:trPr")) is not None

    report = read(make)
    assert (len(leaves(report)), codes(report)) == (2, ["tracked_deletion"])


GOOD = docx(small_standard)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_file_with_a_few_wrong_bytes_is_read_or_refused_and_never_breaks(at, noise):
    data = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        report = read_standard(data, "a.docx")
    except FileRefused:
        return
    assert report.counts["requirements"] > 0
