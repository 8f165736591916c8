from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.documents.characters import clean, clean_line
from consultations.documents.findings import Place
from consultations.documents.standard import read_standard
from consultations.documents.standard_export_markdown import write_markdown
from consultations.documents.standard_tree import KINDS, REQUIREMENT_KINDS, Node, Tree
from tests.documents.test_standard import TREES, from_docx

CHARS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
    | st.sampled_from("\n*_`[]<>&|#{}.=-~!1\\"),
    max_size=40,
)
TEXT = CHARS.map(clean)
LINE = CHARS.map(clean_line)
NUMBER = st.none() | st.sampled_from(["1", "1.1", "R-3.2.1", "SPO 3.2.1", "A", "Anexo 1", "3.2.1.b", "IV"])


def nodes(children):
    return st.builds(
        Node, st.sampled_from(KINDS), NUMBER, LINE, TEXT, TEXT, st.just(0), st.just(Place("line", 1)),
        st.none() | st.sampled_from(REQUIREMENT_KINDS), st.none() | st.integers(0, 99), children,
    )  # fmt: skip


TOP = st.lists(
    st.recursive(nodes(st.just(())), lambda deeper: nodes(st.lists(deeper, max_size=3).map(tuple)), max_leaves=8),
    max_size=3,
).map(tuple)  # fmt: skip


def numbered(tops):
    """Give every node its position, and make sure there is a requirement."""
    needed = Node("requirement", "9.9", "", "Text", "", 0, Place("line", 1))
    count = -1

    def again(node):
        nonlocal count
        count += 1
        position = count
        children = tuple(again(child) for child in node.children)
        return Node(
            node.kind, node.number, node.heading, node.text, node.guidance, position, node.place,
            node.requirement_kind, node.from_year, children,
        )  # fmt: skip

    return tuple(again(node) for node in (*tops, needed))


def read_back(tree):
    return read_standard(write_markdown(tree).encode(), "export.md")


@settings(max_examples=150, deadline=None)
@given(TEXT, TOP)
def test_what_is_written_reads_back_as_the_same_tree(preamble, tops):
    tree = Tree(preamble, numbered(tops))
    assert read_back(tree).tree == tree


def test_documents_read_from_word_survive_the_way_out_and_back():
    for texts, _, _ in TREES.values():
        tree = from_docx(*texts).tree
        assert read_back(tree).tree == tree


def test_nothing_in_a_text_is_recognised_again():
    node = Node("requirement", "1.1", "# 2 Title {.annex}", "1.2 More\n# No\n- a\n| a | b |\n---", "Guidance: x", 0, Place("line", 1))  # fmt: skip
    tree = Tree("", (node,))
    assert read_back(tree).tree == tree


def test_the_export_reads_well():
    tree = from_docx("# 1 A", "1.1 One. [Core]", "Guidance: why").tree
    assert write_markdown(tree) == (
        "---\nplenaria-format: 1\n---\n\n# `1` A {.chapter}\n\n## `1.1` {.requirement .core}\n\nOne.\n\n> why\n"
    )
