"""A standard's tree as a Word document that reads well and reads back to the same tree (consultation-model.md)."""

from datetime import datetime

from consultations.documents.docx_paragraphs import Tracking, add_paragraph, new_document, saved
from consultations.documents.standard_lines import node_lines, text_lines
from consultations.documents.standard_tree import Tree


def write_docx(tree: Tree, *, title: str, language: str, at: datetime) -> bytes:
    """Return the tree as DOCX; `read_standard` of it gives an equal tree.

    Arguments: `title` stands above the text and is no part of it; `language` of the words; `at` the document's date.
    """
    document, untracked = new_document(title, language, at), Tracking()
    lines = [
        *text_lines(tree.preamble),
        *(line for node in tree.nodes for line in node_lines(node, 1, language)),
    ]
    for line in lines:
        add_paragraph(document, line.style, line.runs, untracked)
    return saved(document)
