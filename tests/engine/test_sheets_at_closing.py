"""A vote that closes with papers on the table waits for them: none is lost without a word, and the board stays whole."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from consultations.actor import SYSTEM
from consultations.engine import counts, sheets, votes
from consultations.extensions import db
from consultations.facts import board_heads, boards, minutes_votes
from consultations.facts.votes import newest_count, noted
from consultations.models.ballots import Ballot
from consultations.models.events import Event
from consultations.models.sheets import CountSheet
from consultations.models.timers import Notice
from consultations.models.votes import RollEntry, Vote
from consultations.queries import decisions, minutes, receipts, recount_files, tasks
from tests.engine.refusals import codes
from tests.engine.test_sheets import agreed, opened, read
from tests.factories import assemblies, people
from tests.factories import votes as make
from tests.factories.assemblies import HOUR
from tests.factories.votes import Hall
from workflows.refusals import Refused
from workflows.roles import Role


def heads(vote: Vote) -> dict[str, int]:
    count = newest_count(vote.id)
    assert count is not None
    return {choice: n for choice, n in count.decision["heads"].items() if n}


def events(vote: Vote, name: str) -> int:
    return db.session.query(Event).filter_by(subject_kind="vote", subject_id=vote.id, name=name).count()


def waiting(*choices: str, online: int = 1) -> tuple[Hall, Vote, CountSheet]:
    """A vote that the clock has closed: the first members voted yes on line, the papers of the others lie agreed."""
    hall = make.hall(online + len(choices))
    vote = make.opened(hall)
    for delegate in hall.delegates[:online]:
        make.cast(vote, delegate, "yes")
    sheet = agreed(hall, vote, *("" for _ in range(online)), *choices)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    return hall, vote, sheet


def test_a_hybrid_vote_of_ten_minutes_waits_for_three_papers_against_it(app: Flask) -> None:
    hall = assemblies.hall(5)
    assembly = assemblies.installed(hall, form="hybrid")
    vote = assemblies.opened(assembly, hall)
    for delegate in hall.delegates[:2]:
        make.cast(vote, delegate, "yes", at=vote.opened_at + HOUR / 60)
    sheet = agreed(hall, vote, "", "", "no", "no", "no")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert (vote.state, newest_count(vote.id)) == ("closed", None)
    late = codes(lambda: make.cast(vote, hall.delegates[2], "yes", at=vote.closes_at))
    assert "move_not_from_here" in late
    after = vote.closes_at + HOUR
    sheets.merge(sheet.id, by=hall.scrutineer, at=after)
    assert (vote.state, newest_count(vote.id).status, heads(vote)) == (  # type: ignore[union-attr]
        "counted", "rejected", {"yes": 2, "no": 3},
    )  # fmt: skip
    assert [item.state for item in assemblies.items(assembly)] == ["decided"]
    assert sheets.merge(sheet.id, by=hall.scrutineer, at=after).state == "merged"
    assert events(vote, "vote_counted") == 1


def test_only_the_last_sheet_lets_it_be_counted_and_cancelling_is_settling_too(app: Flask) -> None:
    hall, vote, sheet = waiting("no", "no")
    other = opened(hall, vote, serial="0002", issued=1)  # found after the closing, before the count
    assert noted(vote.id, "vote_closed", "sheets") == "0001"
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at)
    assert vote.state == "closed"
    sheets.cancel(other.id, reason="No tiene papeletas", by=hall.secretary, at=vote.closes_at)
    assert (vote.state, heads(vote)) == ("counted", {"yes": 1, "no": 2})


def test_a_sheet_goes_its_whole_way_while_the_vote_is_closed(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    sheet = opened(hall, vote)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    at = vote.closes_at
    sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=hall.secretary, at=at)
    sheets.enter(sheet.id, lines=read(hall, "yes", "yes"), by=hall.scrutineer, at=at)
    code = hall.members[1].code
    sheets.resolve(sheet.id, lines={code: "no"}, reason="Dice no.", by=hall.scrutineer, at=at)
    sheets.merge(sheet.id, by=hall.scrutineer, at=at)
    assert heads(vote) == {"yes": 1, "no": 1}


def test_nobody_counts_past_a_sheet_and_whoever_counts_reads_its_number(app: Flask) -> None:
    hall, vote, sheet = waiting("no")
    assert codes(lambda: counts.count(vote.id, by=SYSTEM, at=vote.closes_at)) == ["sheets_wait"]
    sheets.cancel(sheet.id, reason="Repetida", by=hall.secretary, at=vote.closes_at)
    assert (vote.state, heads(vote)) == ("counted", {"yes": 1, "not_voted": 1})


def test_a_count_that_is_refused_after_the_last_sheet_is_on_record_and_can_be_asked_for(app: Flask) -> None:
    hall, vote, sheet = waiting("no")
    db.session.execute(update(Vote).where(Vote.id == vote.id).values(roll_sha256="0" * 64))
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at)
    assert (vote.state, sheet.state, events(vote, "count_refused")) == ("closed", "merged", 1)
    assert codes(lambda: counts.count(vote.id, by=SYSTEM, at=vote.closes_at)) == ["roll_changed"]


def test_the_heads_of_the_board_at_closing_and_at_the_count_are_both_on_record(app: Flask) -> None:
    hall, vote, sheet = waiting("no", "no")
    receipt = db.session.query(Ballot.receipt).filter_by(vote_id=vote.id).scalar()
    assert intact(vote, receipt)
    at_closing = boards.head(boards.entries(vote.id, vote.code))
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at)
    whole = boards.head(boards.entries(vote.id, vote.code))
    assert board_heads.heads(vote.id) == board_heads.Heads(at_closing, whole, voters=3, casts=3)
    assert intact(vote, receipt)
    told = minutes_votes.of_vote(vote, vote.closes_at)
    names = ("voters", "casts", "board_head", "counted_board_head")
    assert [told[name] for name in names] == [3, 3, at_closing, whole]
    with app.test_request_context():  # how the result stands is told in the reader's words
        page = minutes.page(vote.id, at=vote.closes_at)
    assert page is not None
    assert (page.voters, page.casts) == (3, 3)
    assert (page.decision.board_head, page.decision.counted_board_head) == (at_closing, whole)
    file = recount_files.file_of(vote.id, "board.csv")
    assert file is not None
    assert file.body.count(b"\n") == 4


def test_without_late_papers_there_is_one_head(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, "yn")
    found = decisions.page(vote.id, by=hall.president, at=vote.closes_at)
    assert found is not None
    assert (
        found.board_head == boards.head(boards.entries(vote.id, vote.code)),
        found.counted_board_head,
    ) == (True, "")


def intact(vote: Vote, receipt: str) -> bool:
    page = receipts.page(vote.id, receipt)
    return page is not None and page.is_intact


def tampered(vote: Vote, **changes: Any) -> None:
    """A ballot put into the table past the application."""
    row = db.session.query(Ballot).filter_by(vote_id=vote.id).order_by(Ballot.id.desc()).first()
    assert row is not None
    said = {
        name: getattr(row, name)
        for name in ("vote_id", "roll_entry_id", "revision", "choice", "cast_at", "channel")
    }
    made = {
        "request_id": f"forged-{row.revision}",
        "receipt": "FORG-EDFO-RGED",
        **said,
        "revision": row.revision + 1,
        **changes,
    }
    db.session.add(Ballot(**made))
    db.session.flush()


def test_a_ballot_on_line_that_comes_while_papers_are_awaited_is_seen(app: Flask) -> None:
    _hall, vote, _sheet = waiting("no")
    tampered(vote, channel="online")
    assert not intact(vote, "")


def test_a_paper_that_comes_after_the_count_is_seen(app: Flask) -> None:
    hall, vote, sheet = waiting("no")
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at)
    tampered(vote, channel="paper")
    assert not intact(vote, "")


def test_organisations_on_paper_are_not_told_that_they_did_not_vote(app: Flask) -> None:
    hall, vote, sheet = waiting("no", online=2)
    left = db.session.query(Notice).filter_by(kind="vote_closed", subject_id=vote.id)
    assert Counter(one.params["voted"] for one in left) == {"1": 2}
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at)
    assert Counter(one.params["voted"] for one in left) == {"1": 3}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.SECRETARY, ["settle_sheets"]),
        (Role.SCRUTINEER, ["settle_sheets"]),
        (Role.PRESIDENT, ["sheets_are_settled"]),
    ],
)
def test_the_desk_has_a_task_that_names_the_sheets(app: Flask, role: Role, kinds: list[str]) -> None:
    hall, vote, sheet = waiting("no")
    actor = people.actor(role, network=hall.body)
    found = [task for task in tasks.waiting(actor, at=vote.closes_at) if "sheets" in task.kind]
    assert ([task.kind for task in found], found[0].params) == (kinds, {"code": vote.code, "serials": "0001"})
    sheets.cancel(sheet.id, reason="Repetida", by=hall.secretary, at=vote.closes_at)
    assert [t for t in tasks.waiting(actor, at=vote.closes_at) if "sheets" in t.kind] == []


def test_who_left_before_the_closing_and_whose_paper_comes_later_was_there(app: Flask) -> None:
    hall = assemblies.hall(3)
    assembly = assemblies.installed(hall)
    vote = assemblies.opened(assembly, hall)
    assemblies.leave(assembly, hall, 2, at=vote.opened_at + HOUR / 60)
    sheet = agreed(hall, vote, "", "", "no")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at + HOUR)
    assert dict(db.session.query(RollEntry.elector, RollEntry.present).filter_by(vote_id=vote.id)) == {
        member.code: "yes" for member in hall.members
    }


def test_an_organisation_that_never_came_is_not_counted_on_paper_and_is_named(app: Flask) -> None:
    hall = assemblies.hall(4)
    assembly = assemblies.installed(hall, 0, 1, 2)
    vote = assemblies.opened(assembly, hall)
    sheet = agreed(hall, vote, "", "", "yes", "yes")
    refused = sheets_refused(sheet, hall, vote)
    assert refused == [("sheet_voters_absent", {"names": hall.members[3].name})]
    assemblies.arrive(assembly, hall, 3, at=vote.opened_at + HOUR / 60)
    sheets.merge(sheet.id, by=hall.secretary, at=vote.opened_at + HOUR / 30)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert heads(vote) == {"yes": 2, "not_voted": 2}


def test_who_comes_after_the_closing_is_not_counted_on_paper(app: Flask) -> None:
    hall = assemblies.hall(3)
    assembly = assemblies.installed(hall, 0, 1)
    vote = assemblies.opened(assembly, hall)
    sheet = agreed(hall, vote, "", "", "yes")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assemblies.arrive(assembly, hall, 2, at=vote.closes_at + HOUR / 60)
    assert codes(lambda: sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at + HOUR)) == [
        "sheet_voters_absent"
    ]
    sheets.cancel(sheet.id, reason="No estaba", by=hall.secretary, at=vote.closes_at + HOUR)
    present = dict(db.session.query(RollEntry.elector, RollEntry.present).filter_by(vote_id=vote.id))
    assert (present[hall.members[2].code], heads(vote)) == ("no", {"not_voted": 3})


def test_a_paper_of_who_is_represented_is_one_by_proxy(app: Flask) -> None:
    hall = assemblies.hall(3)
    assembly = assemblies.convened(hall)
    assemblies.proxy(assembly, hall, 2, 0)
    assemblies.arrive(assembly, hall, 0, 1)
    assemblies.assemblies.call_next(assembly.id, by=hall.president, at=assemblies.STARTS)
    assemblies.assemblies.install(assembly.id, by=hall.president, at=assemblies.STARTS)
    vote = assemblies.opened(assembly, hall)
    sheet = agreed(hall, vote, "", "", "yes")
    sheets.merge(sheet.id, by=hall.secretary, at=vote.opens_at)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    row = db.session.query(RollEntry).filter_by(vote_id=vote.id, elector=hall.members[2].code).one()
    ballot = db.session.query(Ballot).filter_by(vote_id=vote.id).one()
    assert (row.present, ballot.proxy_id is not None) == ("proxy", True)


def sheets_refused(sheet: CountSheet, hall: Hall, vote: Vote) -> list[tuple[str, dict[str, Any]]]:
    with pytest.raises(Refused) as refused:
        sheets.merge(sheet.id, by=hall.secretary, at=vote.opens_at)
    return [(one.code, dict(one.params)) for one in refused.value.refusals]
