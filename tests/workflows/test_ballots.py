"""Rolls and ballots from CSV: what is accepted, what is refused with which line, and their hashes."""

import hashlib
from fractions import Fraction

import pytest

from workflows.ballots import Ballots, ballot_faults, ballots_sha256, place, read_ballots
from workflows.faults import InputRefusedError
from workflows.rolls import Roll, read_roll, roll_of, roll_sha256

HEADER = "elector,weight,present"
ROLL = roll_of([("A", "1", "yes"), ("B", "1/2", "proxy"), ("C", "1.69", "")])


def roll_faults(data: str | bytes) -> list[str]:
    with pytest.raises(InputRefusedError) as refused:
        read_roll(data)
    return list(refused.value.faults)


def read_faults(data: str | bytes) -> list[str]:
    with pytest.raises(InputRefusedError) as refused:
        read_ballots(data)
    return list(refused.value.faults)


def placed_faults(data: str) -> list[str]:
    return ballot_faults(read_ballots(data), ROLL, ("yes", "no"))


def weights(roll: Roll) -> list[Fraction]:
    return [Fraction(units, roll.denominator) for units in roll.units]


def test_weights_are_exact_and_attributes_are_kept() -> None:
    roll = read_roll("elector,weight,present,country\nA,3,yes,GT\nB,1/2,proxy,SV\nC,1.69,,GT\nD,2/4,no,\n")
    assert weights(roll) == [Fraction(3), Fraction(1, 2), Fraction(169, 100), Fraction(1, 2)]
    assert roll.weight_texts() == ["3", "1/2", "169/100", "1/2"]
    assert roll.present == ("yes", "proxy", "", "no")
    assert roll.attributes == {"country": ("GT", "SV", "GT", "")}


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADER}\r\nA,1,yes\r\nB,1,no\r\n",
        f"{HEADER}\nA,1,yes\nB,1,no",
        f"{HEADER}\nA,1,yes\nB,1,no\n\n\n",
        '"elector","weight","present"\n"A","1","yes"\n"B","1","no"\n',
        f"\ufeff{HEADER}\nA,1,yes\nB,1,no\n".encode(),
        "present,elector,weight\nyes,A,1\nno,B,1\n",
        f"{HEADER}\nB,1,no\nA,1.0,yes\n",
    ],
)
def test_one_content_has_one_hash(data: str | bytes) -> None:
    assert roll_sha256(read_roll(data)) == roll_sha256(roll_of([("A", "1", "yes"), ("B", "1", "no")]))


@pytest.mark.parametrize(
    "row", [("A", "2", "yes", "GT"), ("A", "1", "no", "GT"), ("A", "1", "yes", "SV"), ("B", "1", "yes", "GT")]
)
def test_another_content_has_another_hash(row: tuple[str, ...]) -> None:
    assert roll_sha256(roll_of([row], ["country"])) != roll_sha256(
        roll_of([("A", "1", "yes", "GT")], ["country"])
    )


def test_the_hashes_are_those_documented() -> None:
    text = '{"attributes":["c"],"electors":[["A","1/2","yes","GT"],["B","3","",""]]}'
    roll = roll_of([("B", "3", "", ""), ("A", "0.5", "yes", "GT")], ["c"])
    assert roll_sha256(roll) == hashlib.sha256(text.encode()).hexdigest()
    ballots = '[["A","no"],["Ñ","yes"]]'
    assert ballots_sha256([("Ñ", "yes"), ("A", "no")]) == hashlib.sha256(ballots.encode()).hexdigest()


@pytest.mark.parametrize(
    "weight",
    [
        "0",
        "0.0",
        "0/3",
        "-1",
        "+1",
        "",
        " 1",
        "1 ",
        "1e3",
        "1e999999",
        "NaN",
        "inf",
        "1/0",
        "1/2/3",
        ".5",
        "5.",
        "1,5",
        "½",
        "٣",
        "9" * 101,
    ],
)
def test_a_bad_weight_is_refused_with_its_line(weight: str) -> None:
    assert [f.split(":")[0] for f in roll_faults(f'{HEADER}\nA,1,yes\nB,"{weight}",yes\n')] == [
        "roll, line 3"
    ]


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"", ["roll: the file is empty; its first line must be elector,weight,present"]),
        (f"{HEADER}\n", ["roll: holds no elector"]),
        ("elector,present\nA,yes\n", ['roll, line 1: the column "weight" is missing']),
        ("elector,weight,present,c,c\nA,1,yes,x,y\n", ['roll, line 1: the column "c" is given twice']),
        ("elector,weight,present,\nA,1,yes,x\n", ["roll, line 1: a column has no name"]),
        (f"{HEADER}\nA,1\nB,1,yes,x\n", ["roll, line 2: 2 fields where the header has 3", "roll, line 3: 4 fields where the header has 3"]),
        (f"{HEADER}\nA,1,yes\n\nB,1,yes\n", ["roll, line 3: the line is empty"]),
        (f"{HEADER}\nA,1,yes\nA,1,yes\n", ['roll, line 3: the elector "A" is on the roll twice']),
        (f"{HEADER}\n,1,yes\n", ["roll, line 2: the elector has no name"]),
        (f"{HEADER}\n A,1,yes\n", ['roll, line 2: spaces around the elector " A"; remove them']),
        (f"{HEADER}\nA,1,maybe\n", ['roll, line 2: present is "maybe"; it must be yes, proxy, no or empty']),
        (f"{HEADER}\nA,1,yes\nÑ,1,no\n".encode("latin-1"), ["roll, line 3: not UTF-8; save the file as UTF-8 and try again"]),
        (f"{HEADER}\nA,1,yes\n".encode("utf-16"), ["roll, line 1: not UTF-8; save the file as UTF-8 and try again"]),
        (f"{HEADER}\nA\0,1,yes\n", ["roll, line 2: holds a NUL character; it is not a text file in UTF-8"]),
        (f"{HEADER}\nA\0,1,yes\n".encode(), ["roll, line 2: holds a NUL character; it is not a text file in UTF-8"]),
        (f'{HEADER}\n"A,1,yes\n', ["roll, line 2: not CSV (unexpected end of data)"]),
    ],
)  # fmt: skip
def test_a_bad_roll_is_refused(data: str | bytes, faults: list[str]) -> None:
    assert roll_faults(data) == faults


def test_every_fault_of_a_roll_is_listed() -> None:
    faults = roll_faults(f"{HEADER}\nA,0,yes\nA,1,maybe\nB,x,yes\n")
    assert sorted(f.split(":")[0] for f in faults) == [
        "roll, line 2",
        "roll, line 3",
        "roll, line 3",
        "roll, line 4",
    ]


def test_a_quoted_line_break_does_not_shift_the_line_numbers() -> None:
    assert placed_faults('elector,choice\n"A",yes\n"X\nY",yes\nZ,no\n') == [
        'ballots, line 3: the elector "X\\nY" is not on the roll',
        'ballots, line 5: the elector "Z" is not on the roll',
    ]


def test_hostile_denominators_are_refused() -> None:
    rows = "".join(f"e{n},1/{10**90 + n},yes\n" for n in range(200))
    assert len(roll_faults(f"{HEADER}\n{rows}")) == 1


def test_rows_of_unequal_width_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="roll, row 2: 2 values, not 3"):
        roll_of([("A", "1", "yes"), ("B", "1")])


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ("", ["ballots: the file is empty; its first line must be elector,choice"]),
        ("elector\nA\n", ['ballots, line 1: the column "choice" is missing']),
        (
            "elector,choice,time\nA,yes,1\n",
            ['ballots, line 1: unknown column "time"; known: elector, choice'],
        ),
        ("elector,choice\nA\n", ["ballots, line 2: 1 fields where the header has 2"]),
    ],
)
def test_bad_ballots_are_refused(data: str, faults: list[str]) -> None:
    assert read_faults(data) == faults


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("A,yes\nB,blank\nC,invalid\n", []),
        ("", []),
        ("X,yes\n", ['ballots, line 2: the elector "X" is not on the roll']),
        ("A,yes\nA,yes\n", ['ballots, line 3: second ballot of "A"; the first is at ballots, line 2']),
        ("A,Yes\n", ['ballots, line 2: unknown choice "Yes"; known: blank, invalid, no, yes']),
        ("A,\n", ['ballots, line 2: unknown choice ""; known: blank, invalid, no, yes']),
        ("A,not_voted\n", ['ballots, line 2: unknown choice "not_voted"; known: blank, invalid, no, yes']),
    ],
)
def test_ballots_that_do_not_fit(rows: str, faults: list[str]) -> None:
    assert placed_faults(f"elector,choice\n{rows}") == faults


def test_placing_follows_the_roll() -> None:
    assert place(ROLL, Ballots((("C", "no"), ("A", "yes"))), ("yes", "no")) == (
        ["yes", "not_voted", "no"],
        [],
    )


@pytest.mark.parametrize(
    ("pairs", "faults"),
    [
        ([("A", "yes"), ("X", "yes")], ['ballots, row 2: the elector "X" is not on the roll']),
        (
            [("A", "yes"), ("A", "yes")],
            ['ballots, row 2: second ballot of "A"; the first is at ballots, row 1'],
        ),
        ([("A", "not_voted")], ['ballots, row 1: unknown choice "not_voted"; known: blank, invalid, yes']),
        ([("A", "no")], ['ballots, row 1: unknown choice "no"; known: blank, invalid, yes']),
    ],
)
def test_ballots_from_elsewhere_are_named_by_their_row(
    pairs: list[tuple[str, str]], faults: list[str]
) -> None:
    assert place(ROLL, Ballots(tuple(pairs)), ("yes",))[1] == faults


def test_checks_are_left_out_when_roll_or_rule_were_refused() -> None:
    ballots = Ballots((("X", "maybe"), ("X", "maybe")))
    assert len(ballot_faults(ballots, None, None)) == 1
    assert len(ballot_faults(ballots, ROLL, None)) == 3
    assert len(ballot_faults(ballots, None, ("yes",))) == 3
