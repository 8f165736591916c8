"""The texts of the seven dossiers: read without a doubt, and the same tree in Spanish and in English."""

from importlib import resources

import pytest

from consultations.demo.names import words
from consultations.documents.standard import read_standard
from consultations.documents.standard_tree import Report
from consultations.wording_comments import OUTCOMES, STANCES, TYPES

# chapters, sections, requirements
NAMES = {
    "comun": (5, 10, 44), "cafe": (5, 10, 43), "trabajo": (5, 10, 42), "clima": (2, 4, 12), "relevo": (2, 4, 12),
    "prima": (2, 4, 12), "reglas": (2, 3, 6),
}  # fmt: skip
# how many comments there are, and how many of them have an answer
ROWS = {"cafe": (12, 12), "trabajo": (12, 12), "relevo": (9, 4), "prima": (6, 6)}


def _read(name: str, language: str) -> Report:
    file = f"{name}.{language}.md"
    return read_standard((resources.files("consultations.demo") / "texts" / file).read_bytes(), file)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(("name", "size"), NAMES.items())
def test_a_text_is_read_without_a_doubt(name: str, size: tuple[int, int, int], language: str) -> None:
    report = _read(name, language)
    assert report.doubts == ()
    counts = report.counts
    assert (counts["chapters"], counts["sections"], counts["requirements"]) == size


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_of_each_clause(name: str) -> None:
    spanish, english = (
        [
            (
                n.kind,
                n.number,
                n.requirement_kind,
                n.from_year,
                bool(n.heading),
                bool(n.text),
                bool(n.guidance),
            )
            for n, _ in _read(name, language).tree.walk()
        ]
        for language in ("es", "en")
    )
    assert spanish == english
    requirements = [row for row in spanish if row[0] == "requirement"]
    assert {row[2] for row in requirements} == {"core", "development"}
    assert {row[3] for row in requirements} == {0, 1, 3, 6}
    assert all(heading and text for *_, heading, text, _ in requirements)


@pytest.mark.parametrize(("name", "size"), ROWS.items())
def test_the_answers_fit_the_text_and_the_application(name: str, size: tuple[int, int]) -> None:
    numbers = {node.number for node, _ in _read(name, "es").tree.walk()}
    rows = words("answered")[name]
    answers = [row[6:] for row in rows if row[6:]]
    assert (len(rows), len(answers)) == size
    assert [row for row in rows if row[1] not in numbers] == []
    assert [row for row in rows if row[2] not in TYPES or row[3] not in STANCES] == []
    assert [answer for answer in answers if len(answer) != 5 or answer[0] not in OUTCOMES] == []
    assert len({row[4] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_every_dossier_has_its_titles_in_four_languages(name: str) -> None:
    said = words("dossiers")[name]
    many = [said[key] for key in ("titles", "standard_titles", "objectives", "question") if key in said]
    assert [set(texts) for texts in many] == [{"es", "pt", "en", "fr"}] * len(many)
    assert [text for texts in many for text in texts.values() if not text.strip()] == []


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_every_section_of_the_open_round_has_something_to_say(language: str) -> None:
    sections = {node.number for node, _ in _read("comun", "es").tree.walk() if node.kind == "section"}
    points = words(f"comments.{language}")["points"]
    assert set(points) == sections
    said = [point for section in points.values() for point in section]
    assert [point for point in said if point[0] not in TYPES or point[1] not in STANCES] == []
