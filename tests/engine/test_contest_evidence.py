"""A contest with evidence, one group of the roll counted again, and votes of an agenda contested like all others."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from consultations.actor import PUBLIC
from consultations.documents.attached import AttachedFile, check_attached
from consultations.engine import contests
from consultations.extensions import db
from consultations.facts import minutes_votes, outcomes
from consultations.facts.votes import newest_count
from consultations.models.ballots import Ballot
from consultations.models.votes import Contest, ContestFile, RollEntry, Vote
from consultations.queries import contest_files, recount_files, recounts
from tests.engine.refusals import refused_with
from tests.factories import assemblies as make_assembly
from tests.factories import minutes as held
from tests.factories import votes as make
from tests.factories.votes import Hall

HOUR = timedelta(hours=1)
LATER = make.CLOSES + timedelta(days=1)


def file(words: str = "visto", name: str = "hoja.txt") -> AttachedFile:
    return check_attached(words.encode(), name)


def contested(hall: Hall, vote: Vote, *files: AttachedFile) -> Contest:
    return contests.raise_contest(
        vote.id, grounds="Se contó mal", files=files, by=hall.delegates[0], at=LATER
    )


def test_evidence_is_kept_once_and_public_after_the_answer(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    contest = contested(hall, vote, file(), file(), file("otra"))
    assert contested(hall, vote, file(), file(), file("otra")).id == contest.id
    assert db.session.query(ContestFile).count() == 2
    readers = (
        hall.delegates[0],
        hall.committee,
        hall.delegates[1],
        hall.president,
        PUBLIC,
        make.hall(2).committee,
    )
    seen = [len(contest_files.of_vote(vote.id, by=one).get(contest.id, ())) for one in readers]
    assert seen == [2, 2, 0, 0, 0, 0]
    id = db.session.query(ContestFile.id).order_by(ContestFile.id).first()[0]
    assert (contest_files.download(id, by=PUBLIC), contest_files.download(id, by=hall.committee).content) == (
        None,
        b"visto",
    )
    contests.resolve(contest.id, resolution="uphold", reason="Se contó bien", by=hall.committee, at=LATER)
    assert [len(contest_files.of_vote(vote.id, by=one)[contest.id]) for one in readers] == [2] * 6


def test_more_than_three_files_are_refused_and_nothing_is_contested(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    with refused_with("contest_files_full"):
        contested(hall, vote, *(file(str(n)) for n in range(4)))
    assert (vote.state, db.session.query(Contest).count()) == ("provisional", 0)
    contested(hall, vote, *(file(str(n)) for n in range(3)))


def late_ballot(vote: Vote, hall: Hall, n: int, choice: str) -> None:
    """A ballot that the first count did not take, as one from a sheet that turned up later."""
    entry = db.session.query(RollEntry).filter_by(vote_id=vote.id, organisation_id=hall.members[n].id).one()
    revision = db.session.query(Ballot).filter_by(roll_entry_id=entry.id).count() + 1
    told = {"request_id": f"late-{n}", "receipt": f"LATE-{n}", "cast_at": LATER + HOUR}
    db.session.add(Ballot(vote_id=vote.id, roll_entry_id=entry.id, revision=revision, choice=choice, **told))
    db.session.flush()


@pytest.mark.parametrize(
    ("group", "heads"),
    [(("", ""), {"yes": 1, "no": 4}), (("country", "HN"), {"yes": 2, "no": 3}), (("country", "PE"), {"yes": 2, "no": 2})],
)  # fmt: skip
def test_of_one_group_only_its_ballots_are_counted_again(
    app: Flask, group: tuple[str, str], heads: dict[str, int]
) -> None:
    hall = make.hall(5)  # GT, HN, PE, GT, HN
    vote = make.proclaimed(hall, "yynn-")
    contest = contested(hall, vote)
    late_ballot(vote, hall, 0, "no")
    late_ballot(vote, hall, 4, "no")
    contests.resolve(
        contest.id, resolution="recount", reason="Apareció una hoja", group_by=group[0], group_value=group[1], by=hall.committee,
        at=LATER + 2 * HOUR,
    )  # fmt: skip
    count = newest_count(vote.id)
    assert count is not None
    assert {
        choice: n for choice, n in count.decision["heads"].items() if n and choice != "not_voted"
    } == heads
    assert (count.number, count.group_by, count.group_value) == (2, *group)
    said = [row["choice"] for row in minutes_votes.roll_call(vote, count)]
    assert (said.count("yes"), said.count("no")) == (heads["yes"], heads["no"])
    files = {name: recount_files.file_of(vote.id, name) for name in ("ballots.csv", "decision.json")}
    assert json.loads(files["decision.json"].body) == count.decision  # type: ignore[union-attr]
    assert (files["ballots.csv"].body.count(b",yes"), files["ballots.csv"].body.count(b",no")) == (  # type: ignore[union-attr]
        heads["yes"], heads["no"],
    )  # fmt: skip
    assert outcomes.decided(vote).to_dict() == count.decision  # lots and a casting vote count these, too
    beside = recounts.side_by_side(vote.id)
    assert beside is not None
    assert [column.heads["yes"] for column in beside.columns] == [2, heads["yes"]]
    if group == ("country", "HN"):
        assert [column.group_heads for column in beside.columns] == [
            {"yes": 1, "not_voted": 1},
            {"yes": 1, "no": 1},
        ]


def test_two_groups_that_are_named_make_it_a_recount_of_all(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    first = contested(hall, vote)
    second = contests.raise_contest(vote.id, grounds="También", by=hall.delegates[1], at=LATER)
    for contest, value in ((first, "GT"), (second, "HN")):
        contests.resolve(
            contest.id,
            resolution="recount",
            reason="A ver",
            group_by="country",
            group_value=value,
            by=hall.committee,
            at=LATER,
        )
    count = newest_count(vote.id)
    assert count is not None
    assert (count.number, count.group_by) == (2, "")


def test_a_group_must_be_there_and_only_a_recount_has_one(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.proclaimed(hall, "yyn")
    contest = contested(hall, vote)
    with refused_with("group_without_recount", "group_unknown"):
        contests.resolve(
            contest.id,
            resolution="uphold",
            reason="x",
            group_by="country",
            group_value="ZZ",
            by=hall.committee,
            at=LATER,
        )
    with refused_with("group_unknown"):
        contests.resolve(
            contest.id, resolution="recount", reason="x", group_value="GT", by=hall.committee, at=LATER
        )


@pytest.mark.parametrize(("answer", "state"), [("uphold", "provisional"), ("recount", "counted")])
def test_a_vote_of_an_agenda_is_contested_and_answered_too(app: Flask, answer: str, state: str) -> None:
    hall = make.hall(3)
    assembly = held.held(hall, "yyn")
    vote = db.session.get_one(Vote, make_assembly.items(assembly)[0].vote_id)
    make.signing(vote, hall, held.CLOSED)
    contest = contests.raise_contest(
        vote.id, grounds="Faltó uno", files=[file()], by=hall.delegates[2], at=held.CLOSED + HOUR
    )
    contests.resolve(contest.id, resolution=answer, reason="Visto", by=hall.committee, at=held.CLOSED + HOUR)
    assert (vote.state, make_assembly.items(assembly)[0].state) == (state, "decided")
