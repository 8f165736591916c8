"""Counting in heads and weight, apart by attributes."""

from fractions import Fraction

import pytest

from workflows.rolls import roll_of
from workflows.tally import Tally, tally

ROWS = [
    ("A", "1/2", "yes", "GT", "spo"),
    ("B", "1/3", "proxy", "GT", "wo"),
    ("C", "2", "no", "SV", "spo"),
    ("D", "1.5", "", "SV", "spo"),
    ("E", "1", "yes", "HN", "wo"),
    ("F", "4", "yes", "HN", "wo"),
]
BALLOTS = [("A", "yes"), ("B", "no"), ("C", "yes"), ("D", "blank"), ("E", "invalid")]


def counted() -> Tally:
    return tally(roll_of(ROWS, ["country", "kind"]), BALLOTS, ("yes", "no"), ["kind", "country"])


@pytest.mark.parametrize(
    ("what", "heads", "weight"),
    [
        (("yes",), 2, "5/2"),
        (("yes", "no"), 3, "17/6"),
        (("blank",), 1, "3/2"),
        (("invalid",), 1, "1"),
        (("not_voted",), 1, "4"),
        ("voted", 5, "16/3"),
        ("valid", 4, "13/3"),
        ("present", 3, "11/2"),
        ("represented", 4, "35/6"),
        ("roll", 6, "28/3"),
    ],
)
def test_what_each_word_counts(what: tuple[str, ...] | str, heads: int, weight: str) -> None:
    assert counted().heads(what) == heads
    assert counted().weight(what) == Fraction(weight)


def test_a_ballot_does_not_make_its_elector_present() -> None:
    assert counted().where([("country", "SV")]).heads("voted") == 2
    assert counted().where([("country", "SV")]).heads("represented") == 0


def test_where_asks_for_all_its_attributes() -> None:
    assert counted().where([("country", "GT"), ("kind", "spo")]).heads("roll") == 1
    assert counted().where([("country", "XX")]).heads("roll") == 0


def test_groups_are_sorted_and_share_the_roll() -> None:
    groups = counted().groups("country")
    assert {name: group.weight("roll") for name, group in groups.items()} == {
        "GT": Fraction(5, 6),
        "HN": Fraction(5),
        "SV": Fraction(7, 2),
    }
    assert list(groups) == ["GT", "HN", "SV"]


def test_an_unknown_word_is_not_counted_as_something() -> None:
    with pytest.raises(ValueError, match="'everyone' cannot be counted"):
        counted().heads("everyone")


def test_cells_stay_few_however_many_electors() -> None:
    roll = roll_of([(str(n), "1", "yes", "GT") for n in range(1000)], ["country"])
    assert len(tally(roll, [(str(n), "yes") for n in range(600)], ("yes",), ["country"]).cells) == 2
