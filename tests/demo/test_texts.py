"""The three standards: read without a doubt, and the same tree in Spanish and in English."""

from importlib import resources

import pytest

from consultations.demo.names import words
from consultations.documents.standard import read_standard
from consultations.documents.standard_tree import Report
from consultations.wording_comments import OUTCOMES, STANCES, TYPES

NAMES = {"comun": 44, "cafe": 43, "trabajo": 42}


def _read(name: str, language: str) -> Report:
    file = f"{name}.{language}.md"
    return read_standard((resources.files("consultations.demo") / "texts" / file).read_bytes(), file)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(("name", "requirements"), NAMES.items())
def test_a_text_is_read_without_a_doubt(name: str, requirements: int, language: str) -> None:
    report = _read(name, language)
    assert report.doubts == ()
    counts = report.counts
    assert (counts["chapters"], counts["sections"], counts["requirements"]) == (5, 10, requirements)


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


@pytest.mark.parametrize("name", ["cafe", "trabajo"])
def test_the_answers_fit_the_text_and_the_application(name: str) -> None:
    numbers = {node.number for node, _ in _read(name, "es").tree.walk()}
    rows = words("answered")[name]
    assert len(rows) == 12
    assert [row for row in rows if row[1] not in numbers] == []
    assert [
        row for row in rows if row[2] not in TYPES or row[3] not in STANCES or row[6] not in OUTCOMES
    ] == []
    assert len({row[4] for row in rows}) == 12


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_every_section_of_the_open_round_has_something_to_say(language: str) -> None:
    sections = {node.number for node, _ in _read("comun", "es").tree.walk() if node.kind == "section"}
    points = words(f"comments.{language}")["points"]
    assert set(points) == sections
    said = [point for section in points.values() for point in section]
    assert [point for point in said if point[0] not in TYPES or point[1] not in STANCES] == []
