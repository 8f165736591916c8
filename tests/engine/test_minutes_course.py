"""Minutes tell the course of every vote of an item: its result's standing, contests, interruptions, paper, and each round."""

from datetime import datetime

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from consultations.actor import PUBLIC, SYSTEM
from consultations.documents.minutes_pdf import write_pdf
from consultations.documents.minutes_reading import lines
from consultations.engine import agenda, assemblies, contests, sheets, votes
from consultations.engine import minutes as engine
from consultations.extensions import db
from consultations.facts import minutes as facts
from consultations.facts import minutes_of_vote
from consultations.models.assemblies import Assembly
from consultations.models.people import Person
from consultations.queries import assembly_minutes, minutes_documents
from consultations.queries.minutes_check import check
from tests.engine.test_agendas import block, in_session
from tests.engine.test_elections import ANA, EVA, IRIS, followed_by
from tests.engine.test_sheets import read
from tests.factories import assemblies as make
from tests.factories import elections as election_factory
from tests.factories import minutes as factory
from tests.factories import people
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.minutes import CLOSED, LATER, VOTED
from tests.web.visiting import english
from workflows.roles import Role

GROUNDS, FIRST, SECOND = "El padrón estaba mal.", "Votó quien no podía.", "De acuerdo."


def printed(assembly: Assembly) -> list[str]:
    with force_locale("en"):
        page = assembly_minutes.page(assembly.id, by=PUBLIC)
        assert page is not None
        return [line.words for line in lines(page.document)]


def annulled(hall: make.Hall, assembly: Assembly, vote_id: int, at: datetime) -> tuple[str, str]:
    """The vote proclaimed, contested and annulled by two members; who they are."""
    vote = db.session.get_one(make.Vote, vote_id)
    vote_factory.signing(vote, hall, at)
    contest = contests.raise_contest(vote.id, grounds=GROUNDS, by=hall.delegates[0], at=at)
    other = people.actor(Role.COMMITTEE, network=hall.body)
    for member, reason in ((hall.committee, FIRST), (other, SECOND)):
        contests.resolve(contest.id, resolution="annul", reason=reason, by=member, at=at)
    first, second = (db.session.get_one(Person, who.person_id) for who in (hall.committee, other))
    return first.name, second.name


def test_minutes_say_that_a_vote_was_annulled_by_whom_and_why(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    vote_id = make.items(assembly)[0].vote_id or 0
    before = facts.figures(assembly, CLOSED)
    first, second = annulled(hall, assembly, vote_id, LATER)
    engine.make(assembly.id, words={}, known=0, by=hall.secretary, at=LATER)
    db.session.commit()
    [vote] = facts.figures(assembly, LATER)["items"][0]["votes"]
    assert (vote["status"], vote["state"]) == ("adopted", "annulled")
    said = [(one["role"], one["person"], one["reason"]) for one in vote["annulled_by"]]
    assert said == [("committee", first, FIRST), ("committee", second, SECOND)]
    [contest] = vote["contests"]
    assert (contest["name"], contest["grounds"], contest["resolution"]) == (
        hall.members[0].name, GROUNDS, "annul",
    )  # fmt: skip
    read_ = "\n".join(printed(assembly))
    for words in ("this result no longer stands", f"{first}, ", FIRST, SECOND, GROUNDS, "Annul the vote"):
        assert words in read_
    assert facts.figures(assembly, CLOSED) == before
    with force_locale("es"):
        page = assembly_minutes.page(assembly.id, by=PUBLIC)
        assert page is not None
        assert check(write_pdf(page.document)).differing == ()
        found = minutes_documents.of_vote(vote_id, at=LATER)
        assert found is not None
        assert check(write_pdf(found[1])).differing == ()
    assert found[1].figures["figures"]["vote"]["state"] == "annulled"


def test_minutes_tell_each_interruption_with_its_reason(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    vote = make.opened(assembly, hall, at=VOTED)
    minute = HOUR / 60
    votes.suspend(vote.id, reason="Se cayó la red.", by=hall.president, at=VOTED + minute)
    votes.resume(vote.id, reason="Volvió.", by=hall.president, at=VOTED + 3 * minute)
    later = vote.closes_at + 5 * minute
    votes.extend(vote.id, closes_at=later, reason="Faltan dos.", by=hall.president, at=VOTED + 4 * minute)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=VOTED + 5 * minute)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    told = minutes_of_vote.figures(vote, LATER)["vote"]["interruptions"]
    assert [(one["event"], one["role"], one["reason"]) for one in told] == [
        ("vote_suspended", "president", "Se cayó la red."),
        ("vote_resumed", "president", "Volvió."),
        ("vote_extended", "president", "Faltan dos."),
    ]
    assert minutes_of_vote.figures(vote, vote.closes_at)["vote"]["interruptions"] == told
    [item] = facts.figures(assembly, VOTED + 2 * minute)["items"]
    assert [one["event"] for one in item["votes"][0]["interruptions"]] == ["vote_suspended"]
    with force_locale("en"):
        found = minutes_documents.of_vote(vote.id, at=LATER)
        assert found is not None
        said = "\n".join(line.words for line in lines(found[1]))
    for words in ("Se cayó la red.", "Volvió.", "Faltan dos."):
        assert words in said


def test_minutes_tell_the_sheets_of_paper(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, form="hybrid")
    vote = make.opened(assembly, hall, at=VOTED)
    at = VOTED + HOUR / 60
    sheet = sheets.open_sheet(
        vote.id, serial="0007", first_counter="Ana Ruiz", second_counter="Luis Paz", issued=5, spoilt=1, unused=2,
        place="Mesa 1", by=hall.secretary, at=at,
    )  # fmt: skip
    for by in (hall.secretary, hall.scrutineer):
        sheets.enter(sheet.id, lines=read(hall, "yes", "no"), by=by, at=at)
    [unmerged] = facts.figures(assembly, at)["items"][0]["votes"][0]["sheets"]
    sheets.merge(sheet.id, by=hall.secretary, at=at + HOUR / 60)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assemblies.close(assembly.id, by=hall.president, at=CLOSED)
    [told] = facts.figures(assembly, LATER)["items"][0]["votes"][0]["sheets"]
    assert told == {
        "serial": "0007", "place": "Mesa 1", "first_counter": "Ana Ruiz", "second_counter": "Luis Paz", "issued": 5,
        "spoilt": 1, "unused": 2, "used": 2, "state": "merged", "reason": "",
    }  # fmt: skip
    assert unmerged == {**told, "state": "agreed"}
    assert facts.figures(assembly, at)["items"][0]["votes"][0]["sheets"] == [unmerged]
    assert "0007 (Mesa 1) Ana Ruiz; Luis Paz 5 1 2 2 Merged" in printed(assembly)


def test_minutes_tell_every_round_of_an_election_and_all_who_are_elected(app: Flask) -> None:
    hall = make.hall(4)
    vote = election_factory.counted(hall, ANA, ANA, EVA, IRIS, seats=2)
    later = followed_by(vote, hall, EVA, EVA, EVA, IRIS)
    assembly = election_factory.assembly_of(vote)
    assemblies.close(assembly.id, by=hall.president, at=later.closes_at)
    [item] = facts.figures(assembly, LATER)["items"]
    assert [one["code"] for one in item["votes"]] == [vote.code, later.code]
    assert [one["elected"] for one in item["votes"]] == [[ANA], [EVA]]
    assert [names["es"] for names in item["elected"]] == ["Ana Pérez", "Eva Luz"]
    said = printed(assembly)
    assert "Elected in all: Ana Pérez, Eva Luz." in said
    assert {f"Roll call of vote {one.code}" for one in (vote, later)} < set(said)


def test_an_item_that_left_its_block_unvoted_was_put_to_no_vote(app: Flask) -> None:
    hall = make.hall(3)
    assembly = in_session(hall, block(hall, "Actas", "Cuota"))
    first, second = make.items(assembly)
    agenda.take_up(first.id, by=hall.president, at=STARTS + HOUR)
    agenda.defer(second.id, reason="Falta el informe.", by=hall.president, at=STARTS + HOUR)
    told = facts.figures(assembly, CLOSED)["items"]
    assert [(one["votes"], one["voted_with"]) for one in told] == [([], []), ([], [])]


def test_the_page_of_a_vote_tells_interruptions_and_how_its_result_stands(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    vote = make.opened(assembly, hall, at=VOTED)
    votes.suspend(vote.id, reason="Se cayó la red.", by=hall.president, at=VOTED + HOUR / 60)
    votes.resume(vote.id, reason="Volvió.", by=hall.president, at=VOTED + HOUR / 30)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=VOTED + HOUR / 20)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    annulled(hall, assembly, vote.id, LATER)
    db.session.commit()
    english(client, None, LATER)
    with time_machine.travel(LATER, tick=False):
        page = client.get(f"/results/{vote.id}/minutes").get_data(as_text=True)
    for words in ("Se cayó la red.", "this result no longer stands", FIRST, SECOND):
        assert words in page
    assert "may be contested until" not in page
