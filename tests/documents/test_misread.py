"""Letters that were damaged on their way are found with their place; letters that only look so are left alone."""

import pytest

from consultations.documents.findings import FileRefused, Finding, Place
from consultations.documents.misread import lines, mended, misread
from consultations.documents.register_csv import read_register
from consultations.documents.standard import read_standard
from consultations.documents.wording import sentence
from tests.factories import standards

LETTERS = "áéíóúüñçãõâêôàèëîïùûÁÉÍÓÚÜÑÇÃÕÂÊÔÀÈ¿¡°ºª«“”‘’–—…€"
TABLES = ("cp1252", "iso-8859-1")
REGISTER = "code,name,country\nGT-0,Flor,GT\nGT-1,Cooperación Ñandú,GT\nGT-2,Unión,GT\n"


def damaged(text: str, table: str) -> str:
    """UTF-8 read by another table."""
    return text.encode().decode(table)


def has_signs(letter: str, table: str) -> bool:
    """Whether the table has a sign for each of its bytes: Á cannot be misread as Windows' letters, it is refused."""
    return "\ufffd" not in letter.encode().decode(table, errors="replace")


@pytest.mark.parametrize(
    ("letter", "table"),
    [(letter, table) for letter in LETTERS for table in TABLES if has_signs(letter, table)],
)
def test_every_letter_of_the_four_languages_is_known_again(letter: str, table: str) -> None:
    word = f"pa{letter}bra"
    seen = damaged(word, table)
    assert mended(seen) == word
    assert [doubt.place for doubt in misread(lines(f"bien\n{seen}"))] == [Place("line", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Cooperación Ñandú, «SÃO JOÃO»", "«AMANHû", "“A IRMÔ", "A IRMÃ\u00a0DO", "IRMÃ…", "Âmbito", "ÂMBITO", "voilà\u00a0»",
        "à «\u00a0dire\u00a0»", "l’âme", "pâté", "500 €", "ASUNCIÓN", "MAÑANÃ’", "Ï»",
    ],
)  # fmt: skip
def test_whole_text_is_left_alone(text: str) -> None:
    assert (misread(lines(text)), mended(text)) == ([], text)


def test_one_doubt_names_the_first_word_and_counts_the_rest() -> None:
    (doubt,) = misread(lines('Flor\n1;La CooperaciÃ³n "Ã‘andÃº";GT\nUniÃ³n\n'))
    assert doubt.to_dict() == {
        "code": "garbled", "place": {"unit": "line", "index": 2},
        "params": {"text": "CooperaciÃ³n", "meant": "Cooperación", "count": 2},
    }  # fmt: skip


def test_a_word_without_end_is_shown_in_part() -> None:
    (doubt,) = misread(lines("x" * 999 + "Ã³" + "y" * 999))
    assert doubt.params["meant"] == "x" * 30 + "ó" + "y" * 30


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize("table", TABLES)
def test_a_register_read_by_the_wrong_table_says_its_line_and_what_to_choose(table: str) -> None:
    report = read_register(REGISTER.encode(), "r.csv", encoding=table)
    assert sentence(report.doubts[0]) == (
        f"Line 3: “CooperaciÃ³n” should read “Cooperación”: the file is UTF-8 and was read as {table} "
        "(lines concerned: 2). Choose UTF-8 and read it again."
    )
    assert codes(read_register(REGISTER.encode(), "r.csv").doubts) == []
    assert codes(read_register(REGISTER.encode(table), "r.csv", encoding=table).doubts) == []


def test_a_register_that_was_damaged_before_it_was_saved_says_so_whatever_is_chosen() -> None:
    twice = damaged(REGISTER, "cp1252") + "GT-3,Peña,GT\n"
    for table in ("utf-8", "cp1252"):
        report = read_register(twice.encode(table), "r.csv", encoding=table)
        assert (codes(report.doubts), report.doubts[0].place) == (["garbled"], Place("line", 3))


def test_a_header_that_is_not_known_for_its_letters_says_why() -> None:
    with pytest.raises(FileRefused) as refused:
        read_register("código,name,país\nGT-1,Flor,GT\n".encode(), "r.csv", encoding="cp1252")
    assert codes(refused.value.faults)[-1] == "utf8_misread"


def test_what_a_table_has_no_sign_for_is_refused_with_what_to_choose() -> None:
    with pytest.raises(FileRefused) as refused:
        read_register(REGISTER.replace("Unión", "Unión Ávila").encode(), "r.csv", encoding="cp1252")
    assert codes(refused.value.faults) == ["not_decodable", "utf8_misread"]


def test_a_standard_says_the_line_too() -> None:
    text = standards.SPANISH.replace("organización", "organizaciÃ³n")
    first = next(number for number, line in enumerate(text.split("\n"), 1) if "Ã" in line)
    doubt = read_standard(text.encode(), "draft.md").doubts[0]
    assert (doubt.code, doubt.place, doubt.params["meant"]) == (
        "garbled",
        Place("line", first),
        "organización",
    )
    assert "garbled" not in codes(read_standard(standards.SPANISH.encode(), "draft.md").doubts)
