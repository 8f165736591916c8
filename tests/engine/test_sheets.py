"""Ballots on paper: two counters, two readers, differences on record, one channel for each organisation."""

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import sheets, votes
from consultations.extensions import db
from consultations.facts.sheets import standing_lines
from consultations.facts.votes import newest_count
from consultations.models.ballots import Ballot
from consultations.models.sheets import CountSheet, SheetEntry
from consultations.models.votes import Vote
from tests.engine.refusals import codes
from tests.factories import votes as make
from tests.factories.votes import OPENS, Hall

AT = OPENS


def opened(hall: Hall, vote: Vote, *, serial: str = "0001", issued: int = 2, **changes: object) -> CountSheet:
    said = {"first_counter": "Ana", "second_counter": "Luis", **changes}
    return sheets.open_sheet(vote.id, serial=serial, issued=issued, by=hall.secretary, at=AT, **said)  # type: ignore[arg-type]


def read(hall: Hall, *choices: str) -> dict[str, str]:
    return {member.code: choice for member, choice in zip(hall.members, choices, strict=False) if choice}


def agreed(hall: Hall, vote: Vote, *choices: str, serial: str = "0001") -> CountSheet:
    sheet = opened(hall, vote, serial=serial, issued=len([c for c in choices if c]))
    sheets.enter(sheet.id, lines=read(hall, *choices), by=hall.secretary, at=AT)
    return sheets.enter(sheet.id, lines=read(hall, *choices), by=hall.scrutineer, at=AT)


def test_two_readings_that_agree_are_merged_and_counted_with_those_on_line(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    sheet = agreed(hall, vote, "yes", "no")
    make.cast(vote, hall.delegates[2], "yes")
    sheets.merge(sheet.id, by=hall.secretary, at=AT)
    assert sheets.merge(sheet.id, by=hall.secretary, at=AT).state == "merged"
    assert db.session.query(Ballot).filter_by(channel="paper").count() == 2
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    count = newest_count(vote.id)
    assert count is not None
    assert (count.decision["heads"]["yes"], count.decision["heads"]["no"]) == (2, 1)


def test_nobody_enters_a_sheet_twice_alone(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote)
    sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=hall.secretary, at=AT)
    assert sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=hall.secretary, at=AT).state == "entered"
    again = codes(lambda: sheets.enter(sheet.id, lines=read(hall, "no", "no"), by=hall.secretary, at=AT))
    assert again == ["sheet_same_reader"]


def test_a_difference_waits_for_its_reason_and_what_was_resolved_counts(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote)
    sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=hall.secretary, at=AT)
    sheets.enter(sheet.id, lines=read(hall, "yes", "yes"), by=hall.scrutineer, at=AT)
    assert sheet.state == "different"
    assert codes(lambda: sheets.merge(sheet.id, by=hall.secretary, at=AT)) == ["move_not_from_here"]
    left = codes(lambda: sheets.resolve(sheet.id, lines={}, reason="Mirado", by=hall.secretary, at=AT))
    assert left == ["sheet_differences_left"]
    code = hall.members[1].code
    bare = codes(lambda: sheets.resolve(sheet.id, lines={code: "no"}, reason=" ", by=hall.secretary, at=AT))
    assert bare == ["reason_missing"]
    sheets.resolve(sheet.id, lines={code: "no"}, reason="La papeleta dice no.", by=hall.secretary, at=AT)
    sheets.merge(sheet.id, by=hall.secretary, at=AT)
    assert sorted(choice for (choice,) in db.session.query(Ballot.choice)) == ["no", "yes"]


@pytest.mark.parametrize(
    ("said", "refused"), [("maybe", ["sheet_choice_unknown"]), ("", ["sheet_not_reconciled"])]
)
def test_what_is_resolved_is_held_against_the_roll_and_the_papers_as_any_reading_is(
    app: Flask, said: str, refused: list[str]
) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote)
    sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=hall.secretary, at=AT)
    sheets.enter(sheet.id, lines=read(hall, "yes", "yes"), by=hall.scrutineer, at=AT)
    lines = {hall.members[1].code: said}
    assert (
        codes(lambda: sheets.resolve(sheet.id, lines=lines, reason="Mirado", by=hall.secretary, at=AT))
        == refused
    )


def test_a_sheet_with_one_ballot_too_many_is_corrected_before_it_is_merged(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "no")
    sheet = agreed(hall, vote, "yes", "no")
    assert codes(lambda: sheets.merge(sheet.id, by=hall.secretary, at=AT)) == ["sheet_votes_elsewhere"]
    out, why = {hall.members[0].code: ""}, "Votó en línea."
    bare = codes(lambda: sheets.correct(sheet.id, lines=out, reason=" ", by=hall.scrutineer, at=AT))
    assert bare == ["reason_missing"]
    sheets.correct(sheet.id, lines=out, reason=why, by=hall.scrutineer, at=AT)
    sheets.correct(sheet.id, lines=out, reason=why, by=hall.scrutineer, at=AT)
    changed = {hall.members[1].code: "abstain"}
    sheets.correct(sheet.id, lines=changed, reason="Se leyó mal.", by=hall.secretary, at=AT)
    entries = db.session.query(SheetEntry).filter(SheetEntry.sheet_id == sheet.id).order_by(SheetEntry.number)
    assert [(row.number, row.reason) for row in entries] == [(1, ""), (2, ""), (4, why), (5, "Se leyó mal.")]
    sheets.merge(sheet.id, by=hall.secretary, at=AT)
    assert [row.choice for row in db.session.query(Ballot).filter_by(channel="paper")] == ["abstain"]
    late = codes(lambda: sheets.correct(sheet.id, lines=out, reason="Otra", by=hall.secretary, at=AT))
    assert late == ["move_not_from_here"]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({0: "yes"}, ["sheet_unchanged"]),
        ({2: ""}, ["sheet_line_not_there"]),
        ({2: "yes"}, ["sheet_not_reconciled"]),
        ({0: "maybe"}, ["sheet_choice_unknown"]),
        ({0: "", 2: "yes"}, []),
    ],
)
def test_what_is_corrected_is_held_against_the_sheet(
    app: Flask, said: dict[int, str], refused: list[str]
) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    sheet = agreed(hall, vote, "yes", "no")
    lines = {hall.members[index].code: choice for index, choice in said.items()}

    def correct() -> None:
        sheets.correct(sheet.id, lines=lines, reason="Mirado", by=hall.secretary, at=AT)

    if refused:
        assert codes(correct) == refused
    else:
        correct()
        assert standing_lines(sheet.id) == {hall.members[1].code: "no", hall.members[2].code: "yes"}


def test_the_serial_of_a_sheet_that_was_given_up_is_not_taken_again(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheets.cancel(opened(hall, vote).id, reason="Mal contada", by=hall.secretary, at=AT)
    assert codes(lambda: opened(hall, vote, issued=1)) == ["sheet_serial_given_up"]
    opened(hall, vote, serial="0002")
    assert codes(lambda: opened(hall, vote, serial="0002", issued=1)) == ["sheet_serial_twice"]


@pytest.mark.parametrize("second", ["Ana", " ana ", "ANA", ""])
def test_one_counter_under_two_spellings_is_one(app: Flask, second: str) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    assert codes(lambda: opened(hall, vote, second_counter=second)) == ["sheet_counters_missing"]


def test_no_organisation_is_counted_in_two_channels(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "no")
    sheet = agreed(hall, vote, "yes", "no")
    assert codes(lambda: sheets.merge(sheet.id, by=hall.secretary, at=AT)) == ["sheet_votes_elsewhere"]
    other = agreed(hall, vote, "", "", "yes", serial="0002")
    sheets.merge(other.id, by=hall.secretary, at=AT)
    assert codes(lambda: make.cast(vote, hall.delegates[2], "no")) == [
        "voted_in_other_channel",
        "earlier_ballot_stands",
    ]
    third = agreed(hall, vote, "", "", "yes", serial="0003")
    assert codes(lambda: sheets.merge(third.id, by=hall.secretary, at=AT)) == ["sheet_votes_elsewhere"]


@pytest.mark.parametrize(
    ("lines", "issued", "refused"),
    [
        (("yes", "no"), 2, []),
        (("yes",), 2, ["sheet_not_reconciled"]),
        (("yes", "maybe"), 2, ["sheet_choice_unknown"]),
        (("yes", "blank"), 2, []),
        (("yes", "invalid"), 2, []),
    ],
)
def test_what_a_reading_may_say(app: Flask, lines: tuple[str, ...], issued: int, refused: list[str]) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote, issued=issued)

    def enter() -> None:
        sheets.enter(sheet.id, lines=read(hall, *lines), by=hall.secretary, at=AT)

    if refused:
        assert codes(enter) == refused
    else:
        enter()
        assert sheet.state == "entered"


def test_who_is_not_on_the_roll_is_not_on_a_sheet_and_nothing_comes_after_the_count(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote, issued=1)
    assert codes(lambda: sheets.enter(sheet.id, lines={"XX-9": "yes"}, by=hall.secretary, at=AT)) == [
        "sheet_elector_not_on_roll"
    ]
    sheets.cancel(sheet.id, reason="Vacía", by=hall.secretary, at=AT)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert vote.state == "counted"
    assert codes(lambda: opened(hall, vote, serial="0002")) == ["sheet_vote_over"]


def test_a_serial_is_one_sheet(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    assert opened(hall, vote).id == opened(hall, vote).id
    twice = codes(
        lambda: sheets.open_sheet(
            vote.id,
            serial="0001",
            first_counter="Eva",
            second_counter="Juan",
            issued=1,
            by=hall.scrutineer,
            at=AT,
        )
    )
    assert twice == ["sheet_serial_twice"]
