"""Which answers can be meant, who is asked what, and what a question lacks: tables of boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.question_faults import REASONS, Written, faults
from workflows.questions import AGREEMENT, Asking, asked, canonical, choices, counted, is_answered, missing

SCALE = Asking(1, "scale", lowest=-1, highest=3)
NUMBER = Asking(1, "number", lowest=0, highest=10)


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (Asking(1, "agree"), "partly", "partly"), (Asking(1, "agree"), "Partly", None), (Asking(1, "agree"), "", ""),
        (Asking(1, "single", 2), "1", "1"), (Asking(1, "single", 2), "2", None), (Asking(1, "single", 2), "01", None),
        (Asking(1, "single", 2), "-1", None), (Asking(1, "single", 2), "0 1", None),
        (Asking(1, "multiple", 12), "11 2 0", "0 2 11"), (Asking(1, "multiple", 3), "1 1", None),
        (Asking(1, "multiple", 3), "3", None), (Asking(1, "multiple", 3), " 2 ", "2"),
        (Asking(1, "ranking", 3), "2 0 1", "2 0 1"), (Asking(1, "ranking", 3), "2 0", None),
        (Asking(1, "ranking", 3), "2 2 1", None), (Asking(1, "ranking", 3), "0 1 3", None),
        (SCALE, "-1", "-1"), (SCALE, "3", "3"), (SCALE, "4", None), (SCALE, "-2", None), (SCALE, "1.5", None),
        (SCALE, "02", "2"), (SCALE, "-0", "0"), (SCALE, "１", None), (Asking(1, "scale"), "1", None),
        (NUMBER, "0", "0"), (NUMBER, "10", "10"), (NUMBER, "10.000000001", None), (NUMBER, "-0.1", None),
        (NUMBER, "007.50", "7.5"), (NUMBER, "7,5", None), (NUMBER, "1e1", None), (NUMBER, "nan", None),
        (NUMBER, "-0.0", "0"), (NUMBER, "3.", None), (NUMBER, ".3", None), (NUMBER, "1" * 16, None),
        (Asking(1, "number"), "-123456789012345.123456789", "-123456789012345.123456789"),
        (Asking(1, "date"), "2028-02-29", "2028-02-29"), (Asking(1, "date"), "2027-02-29", None),
        (Asking(1, "date"), "29/02/2028", None), (Asking(1, "date"), "20280229", None),
        (Asking(1, "file"), "a" * 64, "a" * 64), (Asking(1, "file"), "A" * 64, None), (Asking(1, "file"), "a" * 63, None),
        (Asking(1, "file"), "costos.pdf", None), (Asking(1, "file"), "", ""),
        (Asking(1, "text"), "0", None), (Asking(1, "text"), "", ""), (Asking(1, "unheard_of"), "0", None),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_one_spelling_or_not_at_all(
    question: Asking, given: str, kept: str | None
) -> None:
    assert canonical(question, given) == kept


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        (Asking(1, "agree"), AGREEMENT), (Asking(1, "ranking", 2), ("0", "1")), (SCALE, ("-1", "0", "1", "2", "3")),
        (NUMBER, ()), (Asking(1, "text"), ()), (Asking(1, "scale", lowest=1), ()),
    ],
)  # fmt: skip
def test_what_is_offered_one_by_one(question: Asking, offered: tuple[str, ...]) -> None:
    assert choices(question) == offered


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [("text", ("", "Sí"), True), ("text", ("", " "), False), ("agree", ("", "Porque"), False), ("file", ("", "Sí"), False), ("file", ("a" * 64, ""), True), ("agree", ("agree", ""), True)],
)  # fmt: skip
def test_words_alone_answer_only_a_question_for_words(kind: str, answer: tuple[str, str], said: bool) -> None:
    assert is_answered(Asking(1, kind), answer) is said


# 1 agree -> 2 (if partly or disagree) -> 3 (if 2 holds option 1); 4 always
CHAIN = (
    Asking(1, "agree", required=True),
    Asking(2, "multiple", 3, required=True, asked_if=(1, frozenset({"partly", "disagree"}))),
    Asking(3, "text", required=True, asked_if=(2, frozenset({"1"}))),
    Asking(4, "date"),
)


@pytest.mark.parametrize(
    ("said", "asks", "lacks"),
    [
        ({}, {1, 4}, (1,)),
        ({1: ("agree", "")}, {1, 4}, ()),
        ({1: ("partly", "")}, {1, 2, 4}, (2,)),
        ({1: ("disagree", ""), 2: ("0 2", "")}, {1, 2, 4}, ()),
        ({1: ("disagree", ""), 2: ("0 1", "")}, {1, 2, 3, 4}, (3,)),
        ({1: ("disagree", ""), 2: ("1", ""), 3: ("", "Falta agua")}, {1, 2, 3, 4}, ()),
        # the old answers to 2 and 3 are there, but 2 is not asked: neither is what hangs on it
        ({1: ("agree", ""), 2: ("1", ""), 3: ("", "Falta agua")}, {1, 4}, ()),
        ({2: ("1", "")}, {1, 4}, (1,)),
    ],
)
def test_a_question_that_is_not_asked_is_not_required(
    said: dict[int, tuple[str, str]], asks: set[int], lacks: tuple[int, ...]
) -> None:
    assert (asked(CHAIN, said), missing(CHAIN, said)) == (asks, lacks)


def test_answers_to_questions_no_longer_asked_do_not_count() -> None:
    said = {1: ("agree", ""), 2: ("1", ""), 3: ("", "Falta agua"), 4: ("", "")}
    assert counted(CHAIN, said) == {1: ("agree", "")}


WRITTEN = Written(Asking(1, "agree"), "¿De acuerdo?")
OPTIONED = Written(Asking(1, "single", 2), "¿Cuál?", ("Sí", "No"))


@pytest.mark.parametrize(
    ("question", "reasons"),
    [
        (WRITTEN, ()),
        (OPTIONED, ()),
        (Written(Asking(1, "agree"), "  "), ("words_missing",)),
        (Written(Asking(1, "poll"), ""), ("kind_unknown", "words_missing")),
        (Written(Asking(1, "single", 1), "¿Cuál?", ("Sí",)), ("options_few",)),
        (Written(Asking(1, "multiple", 3), "", ("Sí", " Sí", "")), ("words_missing", "options_wordless", "options_same")),
        (Written(Asking(1, "ranking", 41), "¿Cuál?", tuple(map(str, range(41)))), ("options_many",)),
        (Written(Asking(1, "ranking", 40), "¿Cuál?", tuple(map(str, range(40)))), ()),
        (Written(Asking(1, "scale"), "¿Cuánto?"), ("bounds_missing",)),
        (Written(Asking(1, "scale", lowest=1), "¿Cuánto?"), ("bounds_missing",)),
        (Written(Asking(1, "scale", lowest=2, highest=2), "¿Cuánto?"), ("bounds_order",)),
        (Written(Asking(1, "scale", lowest=0, highest=20), "¿Cuánto?"), ()),
        (Written(Asking(1, "scale", lowest=0, highest=21), "¿Cuánto?"), ("scale_long",)),
        (Written(Asking(1, "number", lowest=5, highest=4), "¿Cuánto?"), ("bounds_order",)),
        (Written(Asking(1, "number", lowest=5), "¿Cuánto?"), ()),
        (Written(Asking(1, "number", lowest=0, highest=9999), "¿Cuánto?"), ()),
        (Written(Asking(1, "text"), "¿Qué?", elsewhere=True), ("clause_elsewhere",)),
    ],
)  # fmt: skip
def test_every_reason_against_a_question_is_said(question: Written, reasons: tuple[str, ...]) -> None:
    assert faults([question]).get(1, ()) == reasons


@pytest.mark.parametrize(
    ("condition", "reasons"),
    [
        ((1, {"agree"}), ()), ((1, {"agree", "partly"}), ()), ((1, set()), ("condition_empty",)),
        ((1, {"maybe"}), ("condition_value",)), ((2, {"agree"}), ("condition_kind",)),
        ((3, {"agree"}), ("condition_later",)), ((4, {"agree"}), ("condition_later",)), ((9, {"0"}), ("condition_later",)),
    ],
)  # fmt: skip
def test_a_question_hangs_only_on_an_earlier_one(
    condition: tuple[int, set[str]], reasons: tuple[str, ...]
) -> None:
    position, values = condition
    three = Written(Asking(3, "date", asked_if=(position, frozenset(values))), "¿Cuándo?")
    rows = [WRITTEN, Written(Asking(2, "text"), "¿Qué?"), three, Written(Asking(4, "agree"), "¿Y?")]
    assert faults(rows).get(3, ()) == reasons


def test_every_reason_can_be_reached() -> None:
    assert len(set(REASONS)) == len(REASONS) == 14


@given(st.integers(1, 6).flatmap(lambda n: st.permutations(range(n))))
def test_every_full_ranking_is_kept_as_it_was_given(places: list[int]) -> None:
    value = " ".join(map(str, places))
    assert canonical(Asking(1, "ranking", len(places)), value) == value
