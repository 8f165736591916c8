"""What only Markdown has: front matter, lists, quotations, tables, wrapped lines, code, markup in the text."""

import pytest

from consultations.documents.findings import Place
from consultations.documents.standard import read_standard
from tests.documents.test_standard import codes


def read(text):
    return read_standard(text.encode(), "a.md")


def requirements(report):
    return [(n.number, n.text, n.guidance) for n, _ in report.tree.walk() if n.kind == "requirement"]


CASES = [
    ("front matter", "---\ntitle: X\n1.9: y\n---\n# 1 A\n\n1.1 One.\n", [("1.1", "One.", "")], []),
    ("setext headings", "1 A\n===\n\n1.1 B\n---\n\n1.1.1 One.\n", [("1.1.1", "One.", "")], []),
    ("bold numbers", "# 1 A\n\n**1.1** One *and* `two`.\n", [("1.1", "One and two.", "")], []),
    ("wrapped lines", "# 1 A\n\n1.1 One\ngoes on.\n", [("1.1", "One goes on.", "")], []),
    ("numbers line by line", "# 1 A\n\n1.1 One\nand on.\n1.2 Two.\n", [("1.1", "One and on.", ""), ("1.2", "Two.", "")], []),
    ("numbers in a list", "# 1 A\n\n- 1.1 One.\n- 1.2 Two.\n", [("1.1", "One.", ""), ("1.2", "Two.", "")], []),
    ("a list goes on", "# 1 A\n\n1.1 One:\n\n- a\n- b\n\n3. c\n", [("1.1", "One:\n- a\n- b\n3. c", "")], []),
    ("a quotation is guidance", "# 1 A\n\n1.1 One.\n\n> Why.\n> 1.2 x\n", [("1.1", "One.", "Why. 1.2 x")], []),
    ("a label in bold", "# 1 A\n\n1.1 One.\n\n**Orientação:** porque\n", [("1.1", "One.", "porque")], []),
    ("a label alone", "# 1 A\n\n1.1 One.\n\nGuidance\n\nwhy\n", [("1.1", "One.", "why")], []),
    ("a heading as label", "# 1 A\n\n## 1.1 B\n\nOne.\n\n### Guidance\n\nwhy\n", [("1.1", "One.", "why")], []),
    ("code", "# 1 A\n\n1.1 One:\n\n    x = 1\n", [("1.1", "One:\nx = 1", "")], []),
    ("a picture", "# 1 A\n\n1.1 One ![alt](http://e.org/a.png)\n", [("1.1", "One alt", "")], ["image_ignored"]),
    ("a link", "# 1 A\n\n1.1 One [two](javascript:x).\n", [("1.1", "One [two](javascript:x).", "")], []),
    ("an entity", "# 1 A\n\n1.1 A &amp; B &lt;b&gt;\n", [("1.1", "A & B <b>", "")], []),
    ("an override", "# 1 A\n\n1.1 a\u202eb\n", [("1.1", "ab", "")], ["number_before_lowercase", "direction_override"]),
    ("line ends of Windows", "# 1 A\r\n\r\n1.1 One.\r\n\r\n1.2 Two.\r\n", [("1.1", "One.", ""), ("1.2", "Two.", "")], []),
    ("a table", "# 1 A\n\n| No | Text | Guidance |\n|-|-|-|\n| 1.1 | One. | Why. |\n", [("1.1", "One.", "Why.")], []),
    ("a list in lower case", "# 1 A\n\n1.1 One.\n\n1. 2.5 kg\n", [("1.1", "One.\n1. 2.5 kg", "")], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "doubts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_markdown(text, expected, doubts):
    report = read(text)
    assert requirements(report) == expected
    assert sorted(codes(report)) == sorted(doubts)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: X\n---\n# 1 A\n\n1.1 One.\n", 6),
        ("# 1 A\n\n1.0 Zero\n1.1 One.\n", 4),
        ("# 1 A\n\n| No | Text |\n|-|-|\n| 1.1 | One. |\n", 5),
    ],
)
def test_a_place_is_the_line_of_the_file(text, line):
    nodes = [node for node, _ in read(text).tree.walk()]
    assert (nodes[-1].number, nodes[-1].place) == ("1.1", Place("line", line))


def test_deep_quotations_do_not_break_the_reader():
    assert read("# 1 A\n\n1.1 One.\n\n" + "> " * 5000 + "x\n").counts["requirements"] == 1


def test_a_heading_level_is_given_by_the_marks_when_there_is_no_number():
    report = read("# A\n\n## B\n\n### C\n\n1.1 One.\n\n## D\n\n# E\n")
    assert [(n.heading, p and p.heading) for n, p in report.tree.walk()] == [
        ("A", None), ("B", "A"), ("C", "B"), ("", "C"), ("D", "A"), ("E", None),
    ]  # fmt: skip
