"""Which clause a cell means: by its number, never by guess."""

import pytest

from consultations.documents.comment_sheet_clauses import ClauseIndex, Match

NUMBERS = ("", "3", "3.2", "3.2.1", "A", "A.1", "R-4.1", "3.2.2", "9", "9", "Anexo 2", "4", "3.10")
INDEX = ClauseIndex(enumerate(NUMBERS))


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (
            "3.2.1|3.2.1.| 3.2.1 |Clause 3.2.1|clause 3.2.1|Cl. 3.2.1|Subclause 3.2.1|§ 3.2.1|(3.2.1)|3.2.1 / 4|3.2.1/4|3.2.1, NOTE|"
            "3.2.1 NOTE 2|3.2.1, Note 2 to entry|3.2.1 Table 2|3.2.1 (Table 2)|3.2.1, 2nd paragraph|3.2.1 paragraph 2, line 3|3.2.1 a)|"
            "Requisito 3.2.1|Criterio 3.2.1|٣.٢.١|3.2.1\u200f|3 . 2 . 1|3．2．1",
            "3.2.1",
        ),
        ("3|Clause 3|Chapter 3", "3"),
        ("A|Annex A|annex a|Anexo A|Annex A, Table A.1", "A"),
        ("A.1|Annex A.1", "A.1"),
        ("R-4.1|r-4.1", "R-4.1"),
        ("Anexo 2|ANEXO 2", "Anexo 2"),
        ("3.10", "3.10"),
    ],
)
def test_a_number_is_found_behind_words_and_marks(cells, number):
    assert {INDEX.match(cell) for cell in cells.split("|")} == {Match(NUMBERS.index(number))}


@pytest.mark.parametrize("cell", ["", " ", "-", "Whole document", "Todo el documento"])
def test_an_empty_cell_is_the_whole_text(cell):
    assert INDEX.match(cell) == Match()


@pytest.mark.parametrize(
    ("fault", "cells"),
    [
        (
            "clause_of_several",
            "3 / 4|3-4|3.2.1 / 3.2.2|3.2.1-3.2.2|3.2.1 – 3.2.2|3.2.1 to 3.2.2|3.2.1, 3.2.2|3.2.1 and 3.2.2|3.2.1 y 3.2.2|3.2.1 a 3.2.2|"
            "3.2.1-2|3.2.1 ff|3.2.1 onwards|Clauses 3.2.1 & 3.2.2|3.2.1, 4|3.2.1 4",
        ),
        ("clause_unmatched", "7.7|3.1|General|Table 2|<b>3.2.1</b>|3.2.x|1" + "1" * 5000),
        ("clause_ambiguous", "9|Clause 9"),
    ],
)
def test_what_matches_no_single_clause_is_left_to_a_person(fault, cells):
    assert {(INDEX.match(cell).key, INDEX.match(cell).fault) for cell in cells.split("|")} == {(None, fault)}


def test_words_beside_a_number_are_told():
    assert INDEX.match("3.2.1 Contracts") == Match(NUMBERS.index("3.2.1"), rest="contracts")
