"""Two versions side by side: nothing is lost, nothing is told twice, and what a person said stands first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.documents.redline import KINDS, Clause, Line, compare, counts
from tests.documents.redlining import clause, versions

PAY = "La organización paga el anticipo en los treinta días que siguen a la firma del contrato."
NIGHT = "Ninguna persona menor de dieciocho años trabaja de noche en los centros de acopio."


def told(*args: object) -> list[tuple[tuple[str, ...], list[int], list[int], str]]:
    return [
        (change.kinds, [c.key for c in change.before], [c.key for c in change.after], change.evidence)
        for change in compare(*args)  # type: ignore[arg-type]
    ]


@settings(max_examples=80, deadline=None)
@given(versions())
def test_a_version_beside_itself_is_the_same_in_every_clause(version: tuple[Clause, ...]) -> None:
    assert {change.kinds for change in compare(version, version)} <= {("same",)}
    assert [change.after[0] for change in compare(version, version)] == list(version)


LINES = st.lists(st.builds(Line, st.none() | st.integers(1, 9), st.none() | st.integers(1, 9)), max_size=5)


@settings(max_examples=150, deadline=None)
@given(versions(), versions(), LINES)
def test_every_clause_of_both_versions_is_told_exactly_once(
    old: tuple[Clause, ...], new: tuple[Clause, ...], lines: list[Line]
) -> None:
    changes = compare(old, new, lines)
    assert sorted(c.key for change in changes for c in change.before) == sorted(c.key for c in old)
    assert sorted(c.key for change in changes for c in change.after) == sorted(c.key for c in new)
    assert sum(counts(changes).values()) >= len(changes)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (clause(1, "1.1", PAY), clause(1, "1.1", PAY), ("same",)),
        (clause(1, "1.1", PAY), clause(1, "1.1", NIGHT), ("reworded",)),
        (clause(1, "1.1", PAY), clause(1, "1.2", PAY), ("renumbered",)),
        (clause(1, "1.1", PAY), clause(1, "1.2", NIGHT), ("reworded", "renumbered")),
        (clause(1, "1.1", PAY), clause(1, "1.1", PAY, guidance="Basta un recibo."), ("reworded",)),
        (clause(1, "1.1", PAY, requirement_kind="core"), clause(1, "1.1", PAY, requirement_kind="progress"), ("reworded",)),
        (clause(1, "1.1", PAY, years="0"), clause(1, "1.1", PAY, years="3"), ("reworded",)),
        (clause(1, "1.1", PAY), clause(1, "1.1", PAY, applies_to="Segundo grado"), ("reworded",)),
    ],
)  # fmt: skip
def test_what_became_of_one_clause(old: Clause, new: Clause, kinds: tuple[str, ...]) -> None:
    assert told([old], [new]) == [(kinds, [1], [1], "stable_id")]


def test_a_clause_under_another_parent_has_moved_though_its_number_stays() -> None:
    old = [clause(1, "1"), clause(2, "2"), clause(3, "1.1", PAY, parent=1)]
    new = [clause(1, "1"), clause(2, "2"), clause(3, "1.1", PAY, parent=2)]
    assert told(old, new)[2] == (("renumbered",), [3], [3], "stable_id")


def test_among_its_sisters_the_fewest_clauses_have_moved() -> None:
    old = [clause(n, "", f"{n} {PAY[n:]}") for n in (1, 2, 3, 4)]
    new = [old[3], *old[:3]]
    assert told(old, new) == [
        (("renumbered",), [4], [4], "stable_id"),
        *((("same",), [n], [n], "stable_id") for n in (1, 2, 3)),
    ]


def test_what_moved_with_its_parent_has_not_moved_itself() -> None:
    old = [
        clause(1, "1"),
        clause(2, "2", "", parent=None),
        clause(3, "", PAY, parent=2),
        clause(4, "", NIGHT, parent=2),
    ]
    new = [old[1], old[2], old[3], old[0]]
    assert [change[0] for change in told(old, new)] in (
        [("same",), ("same",), ("same",), ("renumbered",)],
        [("renumbered",), ("same",), ("same",), ("same",)],
    )


def test_under_a_parent_that_was_split_nothing_has_moved() -> None:
    old = [clause(1, "1"), clause(2, "1.1", PAY, parent=1)]
    new = [clause(1, "1"), clause(9, "2"), clause(2, "1.1", PAY, parent=9)]
    assert told(old, new, [Line(1, 1), Line(1, 9)]) == [
        (("split",), [1], [1, 9], "person"),
        (("same",), [2], [2], "stable_id"),
    ]


def test_added_and_deleted_stand_where_they_stood() -> None:
    old = [clause(n, str(n), f"{n} {PAY[n:]}") for n in (1, 2, 3)]
    new = [clause(1, "1", old[0].text), clause(8, "8", NIGHT), clause(3, "3", old[2].text)]
    assert told(old, new) == [
        (("same",), [1], [1], "stable_id"),
        (("deleted",), [2], [], ""),
        (("added",), [], [8], ""),
        (("same",), [3], [3], "stable_id"),
    ]


def test_what_is_deleted_before_everything_is_told_first() -> None:
    old, new = [clause(1, "1", PAY), clause(2, "2", NIGHT)], [clause(2, "2", NIGHT)]
    assert [change[0] for change in told(old, new)] == [("deleted",), ("same",)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], [(("same",), [1], [1], "stable_id"), (("same",), [2], [2], "stable_id")]),
        ([Line(1, 2)], [(("reworded", "renumbered"), [1], [2], "person"), (("deleted",), [2], [], ""), (("added",), [], [1], "")]),
        ([Line(1, None)], [(("deleted",), [1], [], ""), (("added",), [], [1], ""), (("same",), [2], [2], "stable_id")]),
        ([Line(None, 2)], [(("same",), [1], [1], "stable_id"), (("deleted",), [2], [], ""), (("added",), [], [2], "")]),
        ([Line(1, 1), Line(1, 2)], [(("split",), [1], [1, 2], "person"), (("deleted",), [2], [], "")]),
        ([Line(1, 1), Line(2, 1)], [(("merged",), [1, 2], [1], "person"), (("added",), [], [2], "")]),
        ([Line(1, 1), Line(1, 2), Line(2, 2)], [(("split", "merged"), [1, 2], [1, 2], "person")]),
        ([Line(7, 1), Line(1, 7)], [(("same",), [1], [1], "stable_id"), (("same",), [2], [2], "stable_id")]),
    ],
)  # fmt: skip
def test_what_a_person_said_goes_before_everything(lines: list[Line], expected: object) -> None:
    both = [clause(1, "1", PAY), clause(2, "2", NIGHT)]
    found = told(both, both, lines)
    assert sorted(found) == sorted(expected)  # type: ignore[call-overload]


def test_words_tell_what_no_stable_id_says() -> None:
    old = [clause(1, "1", PAY), clause(2, "2", NIGHT)]
    new = [
        clause(1, "1", NIGHT, stable_id="x"),
        clause(2, "2", PAY.replace("treinta", "sesenta"), stable_id="y"),
    ]
    assert told(old, new) == [
        (("renumbered",), [2], [1], "words"),
        (("reworded", "renumbered"), [1], [2], "words"),
    ]


@pytest.mark.parametrize("words", ["", "Otra cosa que no tiene nada que ver."])
def test_a_number_alone_is_no_evidence(words: str) -> None:
    assert told([clause(1, "1.1", PAY)], [clause(1, "1.1", words, stable_id="x")]) == [
        (("deleted",), [1], [], ""), (("added",), [], [1], ""),
    ]  # fmt: skip


def test_of_two_that_are_about_as_like_none_is_guessed() -> None:
    new = [
        clause(n, f"1.{n}", PAY.replace("treinta", word), stable_id=word)
        for n, word in ((1, "veinte"), (2, "quince"))
    ]
    assert [change[0] for change in told([clause(9, "1.1", PAY)], new)] == [
        ("deleted",),
        ("added",),
        ("added",),
    ]


def test_each_kind_has_its_count() -> None:
    found = counts(compare([clause(1, "1", PAY)], [clause(1, "2", NIGHT)]))
    assert found == {**dict.fromkeys(KINDS, 0), "reworded": 1, "renumbered": 1}
