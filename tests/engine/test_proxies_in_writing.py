"""Proxies where nobody comes: in a written procedure the holder votes until the principal has, or takes the proxy back."""

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM
from consultations.engine import assemblies as engine
from consultations.engine import ballots, interests, proxies, votes
from consultations.extensions import db
from consultations.facts.votes import newest_count
from consultations.letters import LETTERS
from consultations.models.ballots import Ballot
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from consultations.queries import ballots as pages
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english

LATER = STARTS + HOUR


def scene() -> tuple[Hall, Vote]:
    """A written procedure that is open; the last of three has given its proxy to the first, and its own mandate runs."""
    hall = make.hall(3)
    assembly = make.convened(hall, form="written", ends_at=STARTS + 24 * HOUR, place="")
    make.proxy(assembly, hall, 2, 0)
    engine.open_written(assembly.id, by=SYSTEM, at=STARTS)
    return hall, db.session.get_one(Vote, make.items(assembly)[0].vote_id)


def by_proxy(hall: Hall, vote: Vote, choice: str = "yes", holder: int = 0) -> ballots.Receipt:
    return ballots.cast(
        vote.id,
        choice,
        f"proxy-{holder}-{choice}",
        for_id=hall.members[2].id,
        by=hall.delegates[holder],
        at=LATER,
    )


def itself(hall: Hall, vote: Vote, choice: str) -> ballots.Receipt:
    return ballots.cast(vote.id, choice, f"own-{choice}", by=hall.delegates[2], at=LATER)


def cast(vote: Vote) -> list[tuple[str, bool]]:
    rows = db.session.query(Ballot.choice, Ballot.proxy_id).filter_by(vote_id=vote.id).order_by(Ballot.id)
    return [(choice, proxy_id is not None) for choice, proxy_id in rows]


def test_the_holder_votes_while_the_principals_mandate_runs_and_may_change_it(app: Flask) -> None:
    hall, vote = scene()
    by_proxy(hall, vote)
    by_proxy(hall, vote, "no")
    assert cast(vote) == [("yes", True), ("no", True)]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert newest_count(vote.id).decision["heads"]["no"] == 1  # type: ignore[union-attr]


def test_the_principal_votes_over_its_holder_and_never_the_other_way_round(app: Flask) -> None:
    hall, vote = scene()
    by_proxy(hall, vote)
    itself(hall, vote, "no")
    assert cast(vote) == [("yes", True), ("no", False)]
    refused = codes(lambda: by_proxy(hall, vote, "abstain"))
    assert refused == ["principal_voted_itself", "earlier_ballot_stands"]
    page = pages.page(vote.id, for_id=hall.members[2].id, by=hall.delegates[0], at=LATER)
    assert page is not None
    assert [reason.code for reason in page.against] == ["principal_voted_itself"]


def test_a_proxy_that_is_taken_back_votes_no_more_and_who_holds_none_never_did(app: Flask) -> None:
    hall, vote = scene()
    assert codes(lambda: by_proxy(hall, vote, holder=1)) == ["voter_is_another", "no_ballot_stands"]
    row = db.session.query(make.Proxy).one()
    proxies.take_back(row.id, by=hall.delegates[2], at=LATER)
    assert codes(lambda: by_proxy(hall, vote)) == ["voter_is_another", "no_ballot_stands"]
    itself(hall, vote, "no")
    assert cast(vote) == [("no", False)]


def test_the_pages_say_how_a_proxy_stands_in_writing(client: FlaskClient, app: Flask) -> None:
    hall, vote = scene()
    db.session.commit()
    giver = make.elector(db.session.get_one(make.Assembly, vote.assembly_id), 0, hall)
    with time_machine.travel(LATER, tick=False):
        holding = english(client, hall.delegates[0], LATER).get(f"/v/{vote.id}?for={hall.members[2].id}")
        giving = english(client, hall.delegates[1], LATER).get(
            f"/v/assemblies/{vote.assembly_id}/proxy/{giver.id}"
        )
    assert "In a written procedure the proxy stands until" in holding.text
    assert (giving.status_code, "Your organisation may still vote itself" in giving.text) == (200, True)


def test_an_excluded_holder_votes_for_its_principal_and_is_told_why(client: FlaskClient, app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 2, 0)
    item = make.items(assembly)[0]
    make.arrive(assembly, hall, 0, 1)
    interests.declare(
        item.id, make.elector(assembly, 0, hall).id, words="Vendemos la sede.", by=hall.secretary, at=STARTS
    )
    engine.call_next(assembly.id, by=hall.president, at=STARTS)
    engine.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall, minutes=60)
    db.session.commit()
    at = vote.opened_at
    assert at is not None
    with time_machine.travel(at, tick=False):
        told = english(client, hall.delegates[0], at).get(f"/v/{vote.id}?for={hall.members[2].id}").text
    assert "declared an interest in this matter and does not vote" in told
    receipt = ballots.cast(
        vote.id, "yes", "for-principal", for_id=hall.members[2].id, by=hall.delegates[0], at=at
    )
    assert receipt.revision == 1
    assert "interest_excludes" in codes(
        lambda: ballots.cast(vote.id, "yes", "own", by=hall.delegates[0], at=at)
    )


def test_whoever_is_given_a_proxy_is_told_by_whom_and_what_for_and_a_convocation_says_where(
    app: Flask,
) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall, place="Managua, Casa CLAC", link="https://sala.example/a1")
    item = make.items(assembly)[0]
    make.proxy(assembly, hall, 2, 0)
    make.proxy(assembly, hall, 1, 0, item_id=item.id)
    given = db.session.query(Notice).filter_by(kind="proxy_given").order_by(Notice.id)
    assert [(one.organisation_id, one.params["giver"], one.params["item"]) for one in given] == [
        (hall.members[0].id, hall.members[2].name, ""),
        (hall.members[0].id, hall.members[1].name, "Secretaría"),
    ]
    called = db.session.query(Notice).filter_by(kind="assembly_convened").first()
    assert called is not None
    said = {**called.params, "title": "Asamblea", "opens": "hoy", "organisation": "Uno"}
    paragraphs = [text % said for text in LETTERS["assembly_convened"].paragraphs]
    assert paragraphs[2:4] == ["Place: Managua, Casa CLAC", "The meeting on line: https://sala.example/a1"]
