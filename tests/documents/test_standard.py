"""The tree and the doubts that a document gives, in Markdown and in Word alike."""

import json
import time

import pytest

from consultations.documents import standard_builder as limits
from consultations.documents.findings import FileRefused, Place
from consultations.documents.standard import read_standard
from consultations.documents.wording import SENTENCES, sentence
from tests.documents.builders import lines


def from_markdown(*texts):
    return read_standard("\n\n".join(texts).encode(), "a.md")


def from_docx(*texts):
    return read_standard(lines(*texts), "a.docx")


BOTH = pytest.mark.parametrize("read", [from_markdown, from_docx])


def outline(report):
    """(depth, kind, number, heading, text, guidance) of every node."""
    depth = {}
    found = []
    for node, parent in report.tree.walk():
        depth[id(node)] = 0 if parent is None else depth[id(parent)] + 1
        found.append((depth[id(node)], node.kind, node.number, node.heading, node.text, node.guidance))
    return found


def codes(report):
    assert all(sentence(doubt) for doubt in report.doubts)
    return [doubt.code for doubt in report.doubts]


TREES = {
    "numbered paragraphs": (
        ["# 1 Gobierno", "## 1.1 Socios", "1.1.1 La organización lleva una lista.", "1.1.2 La asamblea se reúne."],
        [
            (0, "chapter", "1", "Gobierno", "", ""),
            (1, "section", "1.1", "Socios", "", ""),
            (2, "requirement", "1.1.1", "", "La organización lleva una lista.", ""),
            (2, "requirement", "1.1.2", "", "La asamblea se reúne.", ""),
        ],
        [],
    ),
    "requirements in headings with text below": (
        ["# 1 Gobierno", "## 1.1 Lista", "La organización lleva una lista.", "Orientación: cada socio.", "y cada socia."],
        [
            (0, "chapter", "1", "Gobierno", "", ""),
            (1, "requirement", "1.1", "Lista", "La organización lleva una lista.", "cada socio.\ny cada socia."),
        ],
        [],
    ),
    "requirement whose heading is the whole text": (
        ["# 1 A", "## 1.1 Members meet."],
        [(0, "chapter", "1", "A", "", ""), (1, "requirement", "1.1", "", "Members meet.", "")],
        [],
    ),
    "five levels": (
        ["# 4 A", "## 4.1 B", "### 4.1.2 C", "#### 4.1.2.3 D", "4.1.2.3.4 The text."],
        [
            (0, "chapter", "4", "A", "", ""),
            (1, "section", "4.1", "B", "", ""),
            (2, "section", "4.1.2", "C", "", ""),
            (3, "section", "4.1.2.3", "D", "", ""),
            (4, "requirement", "4.1.2.3.4", "", "The text.", ""),
        ],
        ["number_gap", "number_gap", "number_gap", "number_gap"],
    ),
    "prefixes lie below bare chapters": (
        ["# 3 A", "## 3.1 B", "R-3.1.1 One.", "R-3.1.2 Two."],
        [
            (0, "chapter", "3", "A", "", ""),
            (1, "section", "3.1", "B", "", ""),
            (2, "requirement", "R-3.1.1", "", "One.", ""),
            (2, "requirement", "R-3.1.2", "", "Two.", ""),
        ],
        ["number_gap"],
    ),
    "annex with its own numbers": (
        ["# 1 A", "1.1 One.", "# Anexo A: Formatos", "Texto.", "A.1 Uno.", "A.2 Dos."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One.", ""),
            (0, "annex", "A", "Formatos", "Texto.", ""),
            (1, "requirement", "A.1", "", "Uno.", ""),
            (1, "requirement", "A.2", "", "Dos.", ""),
        ],
        [],
    ),
    "definitions": (
        ["# 1 A", "1.1 One.", "# 2 Definiciones", "Socio: quien entra.", "Asamblea – todos juntos."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One.", ""),
            (0, "chapter", "2", "Definiciones", "", ""),
            (1, "definition", None, "Socio", "quien entra.", ""),
            (1, "definition", None, "Asamblea", "todos juntos.", ""),
        ],
        [],
    ),
    "headings without numbers": (
        ["# Intro", "Words.", "# 1 A", "## Group", "1.1 One.", "## Other", "1.2 Two."],
        [
            (0, "chapter", None, "Intro", "Words.", ""),
            (0, "chapter", "1", "A", "", ""),
            (1, "section", None, "Group", "", ""),
            (2, "requirement", "1.1", "", "One.", ""),
            (1, "section", None, "Other", "", ""),
            (2, "requirement", "1.2", "", "Two.", ""),
        ],
        ["heading_without_number", "heading_without_number", "heading_without_number"],
    ),
    "a section that holds no requirement": (
        ["# 1 A", "## 1.1 Scope", "Words.", "## 1.2 B", "1.2.1 One.", "1.2.2 Two."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "section", "1.1", "Scope", "Words.", ""),
            (1, "section", "1.2", "B", "", ""),
            (2, "requirement", "1.2.1", "", "One.", ""),
            (2, "requirement", "1.2.2", "", "Two.", ""),
        ],
        ["section_without_requirement"],
    ),
    "unlabelled paragraph after a requirement": (
        ["# 1 A", "1.1 One.", "More words.", "1.2 Two:", "and this."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One.", "More words."),
            (1, "requirement", "1.2", "", "Two:\nand this.", ""),
        ],
        ["unlabelled_guidance"],
    ),
    "a requirement with parts": (
        ["# 1 A", "1.1 The organisation does both of these things.", "1.1.1 One.", "1.1.2 Two."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "The organisation does both of these things.", ""),
            (2, "requirement", "1.1.1", "", "One.", ""),
            (2, "requirement", "1.1.2", "", "Two.", ""),
        ],
        ["requirement_with_parts"],
    ),
    "figures that are no numbers": (
        ["# 1 A", "1.1 One:", "2.5 kg of coffee", "12.05.2026 is the day", "2026 is the year"],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One:\n2.5 kg of coffee\n12.05.2026 is the day\n2026 is the year", ""),
        ],
        ["looks_like_quantity", "looks_like_date", "unlabelled_guidance"],
    ),
    "kind and year in brackets": (
        ["# 1 A", "1.1 One. [Básico] (Año 3)", "1.2 [Development] Two (see below)."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One.", ""),
            (1, "requirement", "1.2", "", "Two (see below).", ""),
        ],
        [],
    ),
    "soft hyphens and hard spaces": (
        ["# 1\u00a0A", "1.1\u00a0La orga\u00adni\u200bzacio\u0301n  es \u200fعربي\u200f."],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "La organización es \u200fعربي\u200f.", ""),
        ],
        [],
    ),
    "full-width and Arabic digits": (
        ["# １ A", "１．１ One.", "١.٢ اثنان"],
        [
            (0, "chapter", "1", "A", "", ""),
            (1, "requirement", "1.1", "", "One.", ""),
            (1, "requirement", "1.2", "", "اثنان", ""),
        ],
        [],
    ),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("case", TREES)
def test_the_tree_of_a_document(read, case):
    texts, nodes, doubts = TREES[case]
    report = read(*texts)
    if case == "figures that are no numbers":
        # After "One:" the first line goes on with the text; what follows is guidance, with a doubt.
        first = report.tree.nodes[0].children[0]
        assert (first.text, first.guidance.split("\n")) == (
            "One:\n2.5 kg of coffee", ["12.05.2026 is the day", "2026 is the year"],
        )  # fmt: skip
    else:
        assert outline(report) == nodes
    assert codes(report) == doubts


ORDER = [
    (["1.1 a", "1.2 b", "1.2 c"], "duplicate_number", {"number": "1.2"}, 4),
    (["1.1 a", "1.4 b"], "number_gap", {"number": "1.4", "expected": "1.2"}, 3),
    (["S 1.1 a", "S 1.3 b"], "number_gap", {"number": "S 1.3", "expected": "S 1.2"}, 3),
    (["1.1 a", "1.2 b", "1.4 c", "1.3 d"], "number_out_of_order", {"number": "1.3"}, 5),
    (["1.1 a", "1.1.1.1 b"], "depth_jump", {"number": "1.1.1.1"}, 3),
    (["1.1 a", "1.2"], "requirement_without_text", {"number": "1.2"}, 3),
]


@pytest.mark.parametrize(("texts", "code", "params", "place"), ORDER)
def test_what_is_odd_about_a_number_has_its_place(texts, code, params, place):
    report = from_docx("# 1 A", *(text[:-1] + "Text." if text[-1].isalpha() else text for text in texts))
    found = [doubt for doubt in report.doubts if doubt.code == code]
    assert [(d.params, d.place) for d in found] == [(params, Place("paragraph", place))]


def test_a_requirement_in_lower_case_is_taken_and_doubted():
    assert codes(from_markdown("# 1 A", "1.1 la organización")) == ["number_before_lowercase"]


@BOTH
def test_a_paragraph_before_any_chapter_is_kept_apart(read):
    report = read("Before.", "# 1 A", "1.1 One.")
    assert (report.tree.preamble, codes(report)) == ("Before.", ["paragraph_before_chapter"])


@BOTH
def test_counts_name_every_kind(read):
    report = read(
        "# 1 A", "## 1.1 B", "1.1.1 One.", "1.1.2 Two.", "# Annex A: C", "# Definitions", "Term: what it is."
    )
    assert report.counts == {
        "nodes": 7, "chapters": 2, "sections": 1, "requirements": 2, "annexes": 1, "definitions": 1,
    }  # fmt: skip


def test_positions_are_the_reading_order():
    report = from_markdown("# 1 A", "1.1 One.", "1.2 Two.", "# 2 B", "2.1 Three.")
    assert [node.position for node, _ in report.tree.walk()] == [0, 1, 2, 3, 4]


def test_places_are_paragraphs_in_word_and_lines_in_markdown():
    word, text = from_docx("# 1 A", "1.1 One."), from_markdown("# 1 A", "1.1 One.")
    assert word.tree == text.tree
    assert [node.place for node, _ in word.tree.walk()] == [Place("paragraph", 1), Place("paragraph", 2)]
    assert [node.place for node, _ in text.tree.walk()] == [Place("line", 1), Place("line", 3)]


def test_kinds_and_years_are_data():
    report = from_markdown(*TREES["kind and year in brackets"][0])
    found = [(node.requirement_kind, node.from_year) for node, _ in report.tree.walk()]
    assert found == [(None, None), ("core", 3), ("development", None)]


def test_chapters_without_heading_style_are_known_by_what_follows():
    report = from_docx("1 Gobierno", "1.1 Uno.", "1. Copia del acta", "2. Lista", "2 Comercio", "2.1 Dos.")
    assert [(node.kind, node.number, node.heading) for node in report.tree.nodes] == [
        ("chapter", "1", "Gobierno"), ("chapter", "2", "Comercio"),
    ]  # fmt: skip
    assert report.tree.nodes[0].children[0].text == "Uno.\n1. Copia del acta\n2. Lista"


def test_the_report_is_json():
    report = from_docx("# 1 A", "1.1 One.", "1.3 Three.")
    told = json.loads(json.dumps(report.to_dict()))
    assert told["counts"]["requirements"] == 2
    assert told["doubts"] == [
        {
            "code": "number_gap",
            "place": {"unit": "paragraph", "index": 3},
            "params": {"number": "1.3", "expected": "1.2"},
        }
    ]
    assert told["nodes"][0]["children"][1]["place"] == {"unit": "paragraph", "index": 3}
    assert len(told["sha256"]) == 64


def refused(*texts):
    with pytest.raises(FileRefused) as caught:
        from_markdown("# 1 A", *texts)
    assert all(sentence(fault) for fault in caught.value.faults)
    return [(fault.code, fault.place and fault.place.index) for fault in caught.value.faults]


@pytest.mark.parametrize("over", [0, 1])
def test_limits_of_length(over):
    heading = "## 1.1 " + "x" * (limits.MAX_HEADING_CHARS + over)
    text = "1.2 " + "X" * (limits.MAX_TEXT_CHARS + over)
    if over:
        assert refused(heading, "Text.", text) == [("heading_too_long", 3), ("text_too_long", 7)]
    else:
        assert from_markdown("# 1 A", heading, "Text.", text).counts["requirements"] == 2


def test_a_title_of_10_000_characters_is_refused_and_not_cut():
    assert refused("## 1.1 " + "x" * 10_000, "Text.") == [("heading_too_long", 3)]


def test_too_many_nodes_are_refused_once():
    many = [f"{a}.{b} T" for a in range(1, 60) for b in range(1, 101)]
    assert [code for code, _ in refused(*many)] == ["too_many_nodes"]


def test_every_sentence_belongs_to_a_code_that_is_used():
    from pathlib import Path

    folder = Path(limits.__file__).parent
    source = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "wording.py")
    assert [code for code in SENTENCES if f'"{code}"' not in source] == []


@pytest.mark.parametrize("form", ["docx", "md"])
def test_24_000_words_are_read_in_under_three_seconds(form):
    texts = []
    for chapter in range(1, 7):
        texts.append(f"# {chapter} Chapter")
        for section in range(1, 11):
            texts.append(f"## {chapter}.{section} Section")
            texts += [f"{chapter}.{section}.{item} The " + "word " * 39 for item in range(1, 11)]
    data = lines(*texts) if form == "docx" else "\n\n".join(texts).encode()
    start = time.process_time()
    report = read_standard(data, f"a.{form}")
    assert time.process_time() - start < 3
    assert (report.counts["requirements"], codes(report)) == (600, [])
