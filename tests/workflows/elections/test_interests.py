"""Conflict of interest: off the roll of the item, off its bases, off its count."""

import pytest

from tests.workflows.elections.voting import terms
from workflows.elections.counting import elect
from workflows.elections.interests import ballots_without, without
from workflows.faults import InputRefusedError
from workflows.rolls import read_roll, roll_of, roll_sha256

ROWS = [("A", "1/2", "yes", "GT"), ("B", "1/3", "proxy", "PE"), ("C", "2", "no", "GT")]
ROLL = roll_of(ROWS, ("country",))
BALLOTS = [("A", "x"), ("B", "y"), ("C", "y")]


def test_the_roll_of_the_item_is_a_roll_of_its_own() -> None:
    reduced = without(ROLL, {"B"})
    assert reduced == roll_of([ROWS[0], ROWS[2]], ("country",))
    assert reduced.denominator == 2  # as when it is read again from what is published
    assert roll_sha256(reduced) == roll_sha256(
        read_roll("elector,weight,present,country\nA,1/2,yes,GT\nC,2,no,GT\n")
    )


def test_nobody_excluded_leaves_the_roll_as_it_is() -> None:
    assert without(ROLL, ()) == ROLL


def test_base_and_count_are_without_them() -> None:
    used = terms("choose_one", "xy", majority="absolute", majority_of="roll", measure="heads")
    assert elect(used, ROLL, BALLOTS).elected == ("y",)
    item = elect(used, without(ROLL, {"C"}), ballots_without(BALLOTS, {"C"}))
    assert (item.electors, item.status, item.run_off) == (2, "run_off_needed", ("x", "y"))


def test_a_ballot_of_an_excluded_elector_is_refused_and_not_left_out_in_silence() -> None:
    with pytest.raises(InputRefusedError, match='the elector "C" is not on the roll'):
        elect(terms("choose_one", "xy"), without(ROLL, {"C"}), BALLOTS)


def test_unknown_electors_and_an_empty_roll_are_refused() -> None:
    with pytest.raises(InputRefusedError) as refused:
        without(ROLL, {"A", "B", "C", "X", "Y"})
    assert refused.value.faults == (
        'excluded: the elector "X" is not on the roll',
        'excluded: the elector "Y" is not on the roll',
        "excluded: nobody would be left on the roll of the item",
    )
