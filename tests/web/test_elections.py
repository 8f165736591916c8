"""An election through its pages: terms, review, seed, ballots without script, result, files to recount with, run-off."""

import gzip
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.config import HOME
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts.votes import newest_count
from consultations.models.ballots import Ballot
from consultations.models.votes import Vote
from consultations.views.live import Shared
from tests.browsing import forms, post
from tests.factories import assemblies as make
from tests.factories import elections, rules
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, STARTS
from tests.factories.elections import OPENED, SEED, VOTED
from tests.web import visiting
from workflows.elections.lots import commitment

ANA, EVA, IRIS, OLGA = "ana-perez", "eva-luz", "iris", "olga"
LATER = OPENED + 2 * make.HOUR
RANKED = {f"rank_{ANA}": "", f"rank_{EVA}": "", f"rank_{IRIS}": "", f"rank_{OLGA}": ""}


@pytest.fixture
def hall(app: Flask) -> make.Hall:
    made = make.hall(4)
    made.members[0].name = "Flor del Valle"
    return made


def sent(
    client: FlaskClient, by: Actor, url: str, at: datetime, /, *, page_url: str = "", **data: Any
) -> str:
    """The form of this page, sent at an instant; what the page says in the end."""
    with time_machine.travel(at, tick=False):
        answer = post(visiting.english(client, by, at), url, page_url=page_url, follow=True, **data)
    db.session.expire_all()
    return answer.get_data(as_text=True)


def seen(client: FlaskClient, by: Actor | None, url: str, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        answer = visiting.english(client, by, at).get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def ballot(client: FlaskClient, hall: make.Hall, vote: Vote, **filled: Any) -> str:
    """What the first delegate reads after sending a filled-in ballot."""
    return sent(client, hall.delegates[0], f"/v/{vote.id}/check", VOTED, page_url=f"/v/{vote.id}", **filled)


def cast(client: FlaskClient, hall: make.Hall, vote: Vote, **filled: Any) -> str:
    """The ballot that the check page leads to."""
    page = ballot(client, hall, vote, **filled)
    fields = next(form for form in forms(page) if form.action == f"/v/{vote.id}/cast").fields
    with time_machine.travel(VOTED, tick=False):
        done = visiting.english(client, hall.delegates[0], VOTED).post(
            f"/v/{vote.id}/cast", data=fields | token(client, vote)
        )
    assert done.status_code == 303
    db.session.rollback()
    return db.session.query(Ballot.choice).order_by(Ballot.id.desc()).limit(1).scalar()


def token(client: FlaskClient, vote: Vote) -> dict[str, str]:
    return {"csrf_token": forms(client.get(f"/v/{vote.id}").text)[-1].fields["csrf_token"]}


FILLED = [
    ({"method": "choose_one"}, {"option": EVA}, EVA, "like this: Eva Luz"),
    ({"method": "choose_one"}, {"blank": "1"}, "blank", "“Blank”"),
    ({"method": "approval", "most": 2}, {"named": [EVA, ANA]}, f"{ANA}+{EVA}", "like this: Ana Pérez, Eva Luz"),
    ({"method": "stv", "tie": "lots"}, {**RANKED, f"rank_{IRIS}": "1", f"rank_{ANA}": "2"}, f"{IRIS}>{ANA}", "1. Iris; 2. Ana Pérez"),
    ({"method": "schulze"}, {**RANKED, f"rank_{EVA}": "1", f"rank_{ANA}": "1", f"rank_{OLGA}": "3"}, f"{ANA}={EVA}>{OLGA}", "1. Ana Pérez = Eva Luz; 2. Olga"),
    ({"method": "schulze"}, {"blank": "1", f"rank_{EVA}": "1"}, "blank", "“Blank”"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "filled", "text", "said"), FILLED)
def test_a_ballot_is_filled_in_read_back_and_cast(
    client: FlaskClient, hall: make.Hall, terms: dict[str, Any], filled: dict[str, Any], text: str, said: str
) -> None:
    vote = elections.opened(hall, **terms)
    db.session.commit()
    assert said in ballot(client, hall, vote, **filled)
    assert cast(client, hall, vote, **filled) == text


WRONG = [
    ({"method": "choose_one"}, {}, "Choose one option, or cast a blank ballot."),
    ({"method": "choose_one"}, {"option": "nobody"}, "Not a valid choice"),
    ({"method": "approval", "most": 2}, {}, "Tick an option, or cast a blank ballot."),
    ({"method": "approval", "most": 2}, {"named": [ANA, EVA, IRIS]}, "You ticked 3 options, and 2 is the most."),
    ({"method": "stv", "tie": "lots"}, RANKED, "Give the number 1 to an option, or cast a blank ballot."),
    ({"method": "stv", "tie": "lots"}, {**RANKED, f"rank_{ANA}": "1", f"rank_{EVA}": "1"}, "The number 1 stands beside several: Ana Pérez, Eva Luz."),
    ({"method": "stv", "tie": "lots"}, {**RANKED, f"rank_{ANA}": "1", f"rank_{EVA}": "3"}, "The number 2 is missing before Eva Luz."),
    ({"method": "stv", "tie": "lots", "most": 2}, {**RANKED, f"rank_{ANA}": "9"}, "Not a valid choice"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "filled", "said"), WRONG)
def test_a_ballot_that_cannot_be_counted_says_what_is_wrong_beside_the_box_and_at_the_top(
    client: FlaskClient, hall: make.Hall, terms: dict[str, Any], filled: dict[str, Any], said: str
) -> None:
    vote = elections.opened(hall, **terms)
    db.session.commit()
    page = ballot(client, hall, vote, **filled)
    assert page.count(said) == 2
    assert db.session.query(Ballot).count() == 0


def test_a_ballot_that_takes_no_blank_shows_no_button_and_refuses_one_all_the_same(
    client: FlaskClient, hall: make.Hall
) -> None:
    vote = elections.opened(hall, allow_blank=False)
    db.session.commit()
    assert "Blank ballot" not in seen(client, hall.delegates[0], f"/v/{vote.id}", VOTED)
    page = ballot(client, hall, vote, blank="1")
    fields = next(form for form in forms(page) if form.action == f"/v/{vote.id}/cast").fields
    with time_machine.travel(VOTED, tick=False):
        answer = client.post(f"/v/{vote.id}/cast", data=fields)
    assert (answer.status_code, "takes no blank ballots" in answer.text) == (409, True)


@pytest.mark.parametrize("terms", [{"method": "schulze"}, {"method": "approval"}])
def test_a_long_ballot_fits_in_14_kb(client: FlaskClient, hall: make.Hall, terms: dict[str, Any]) -> None:
    vote = elections.opened(hall, names=[f"Organización candidata número {n}" for n in range(30)], **terms)
    db.session.commit()
    page = seen(client, hall.delegates[0], f"/v/{vote.id}", VOTED).encode()
    style = (HOME / "consultations" / "static" / "plenaria.css").read_bytes()
    assert len(gzip.compress(page)) + len(gzip.compress(style)) < 14 * 1024


RESULTS = [
    ({"method": "choose_one"}, [ANA, ANA, EVA, "blank"], ["Ana Pérez", "2 · elected", "Votes of each option"]),
    ({"method": "approval", "most": 2}, [f"{ANA}+{EVA}", ANA, EVA, EVA], ["Eva Luz", "3 · elected"]),
    ({"method": "stv", "seats": 2, "tie": "lots"}, [f"{ANA}>{EVA}", f"{ANA}>{EVA}", f"{ANA}>{EVA}", IRIS], ["Quota for a seat: 2 votes.", "3 (reaches the quota)", "Stage 2: surplus of Ana Pérez", "Not transferable"]),
    ({"method": "schulze"}, [f"{ANA}>{EVA}", f"{ANA}>{IRIS}", f"{EVA}>{ANA}", ANA], ["Prefer … to →", "3 ✓", "Ranking"]),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "given", "words"), RESULTS)
def test_the_result_is_drawn_and_recounted_from_its_files_to_the_byte(
    client: FlaskClient,
    hall: make.Hall,
    tmp_path: Path,
    terms: dict[str, Any],
    given: list[str],
    words: list[str],
) -> None:
    vote = elections.counted(hall, *given, **terms)
    db.session.commit()
    page = seen(client, None, f"/results/{vote.id}", LATER)
    minutes = seen(client, None, f"/results/{vote.id}/minutes", LATER)
    assert [word for word in words if word not in page or word not in minutes] == []
    assert recounted(client, vote, tmp_path) == client.get(f"/results/{vote.id}/files/decision.json").data
    assert client.get(f"/results/{vote.id}/files/rule.json").status_code == 404


def recounted(client: FlaskClient, vote: Vote, folder: Path) -> bytes:
    """What the command on the page prints, run where its files were saved."""
    for name in ("terms.json", "roll.csv", "ballots.csv"):
        answer = client.get(f"/results/{vote.id}/files/{name}")
        (folder / f"{vote.code}-{name}").write_bytes(answer.data)
    page = client.get(f"/results/{vote.id}").text
    command = page.partition("<code>python -m workflows elect")[2].partition("</code>")[0]
    for name in ("terms.json", "roll.csv", "ballots.csv"):
        command = command.replace(f" {vote.code}-{name}", f" {folder}/{vote.code}-{name}")
    words = [sys.executable, "-m", "workflows", "elect", *command.split()]
    return subprocess.run(words, cwd=HOME, capture_output=True, check=True).stdout


def test_the_wall_shows_who_is_elected_once_it_is_counted_and_not_before(
    app: Flask, client: FlaskClient, hall: make.Hall
) -> None:
    app.extensions["live"] = Shared(seconds=0)
    vote = elections.opened(hall)
    elections.cast(vote, hall, ANA, ANA, EVA)
    db.session.commit()
    wall = f"/assemblies/{vote.assembly_id}/screen?in=en"
    assert "Votes of each option" not in seen(client, None, wall, VOTED)
    votes.close_vote(vote.id, by=vote_factory.SYSTEM, at=vote.closes_at)
    db.session.commit()
    page = seen(client, None, wall, LATER)
    assert ("2 · elected" in page, "Result: option elected: Ana Pérez." in page) == (True, True)


def test_the_minutes_of_the_assembly_name_who_was_elected_and_what_each_ballot_says(
    client: FlaskClient, hall: make.Hall
) -> None:
    vote = elections.counted(hall, f"{ANA}>{EVA}", ANA, EVA, "blank", method="schulze")
    vote_factory.signing(vote, hall, LATER)
    make.assemblies.close(vote.assembly_id or 0, by=hall.president, at=LATER)
    db.session.commit()
    page = seen(client, None, f"/assemblies/{vote.assembly_id}/minutes", LATER)
    assert [words in page for words in ("Result: option elected: Ana Pérez.", "1. Ana Pérez; 2. Eva Luz (1)", "Names an option", ANA)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_lots_are_drawn_through_the_pages_by_two_persons(
    client: FlaskClient, hall: make.Hall, tmp_path: Path
) -> None:
    vote = elections.counted(hall, ANA, EVA, tie="lots")
    db.session.commit()
    assert "lots are drawn from the seed" in seen(client, None, f"/results/{vote.id}", LATER)
    assert "Draw lots" in seen(client, hall.scrutineer, f"/a/votes/{vote.id}", LATER)
    assert "Draw lots" not in seen(client, hall.secretary, f"/a/votes/{vote.id}", LATER)
    act = f"/a/votes/{vote.id}/act/draw_lots"
    assert "is not the one whose hash was published" in sent(
        client, hall.scrutineer, act, LATER, seed="0123456789abcdef0"
    )
    sent(client, hall.scrutineer, act, LATER, seed=SEED)
    count = newest_count(vote.id)
    assert (count.number, count.status) == (2, "elected")  # type: ignore[union-attr]
    page = seen(client, None, f"/results/{vote.id}", LATER)
    assert f"--seed {SEED} --committed {commitment(SEED)}" in page
    assert recounted(client, vote, tmp_path) == client.get(f"/results/{vote.id}/files/decision.json").data


def test_a_casting_vote_names_options_of_the_tie(
    client: FlaskClient, hall: make.Hall, tmp_path: Path
) -> None:
    vote = elections.counted(hall, ANA, EVA, tie="casting_vote")
    db.session.commit()
    act = f"/a/votes/{vote.id}/act/break_tie"
    asked = seen(client, hall.president, act, LATER)
    assert [name in asked for name in ("Ana Pérez", "Eva Luz", "Iris")] == [True, True, False]
    assert "must name options that are tied" in sent(client, hall.president, act, LATER, options=[ANA, EVA])
    sent(client, hall.president, act, LATER, options=[EVA])
    assert newest_count(vote.id).decision["elected"] == [EVA]  # type: ignore[union-attr]
    assert recounted(client, vote, tmp_path) == client.get(f"/results/{vote.id}/files/decision.json").data


TERMS = {
    "options_es": "Ana Pérez\nEva Luz\r\n\nIris", "seats": "1", "template": "0", "method": "choose_one", "measure": "heads",
    "tie": "lots", "allow_blank": "y", "cites": "Estatutos, art. 40", "contest_days": "5", "run_off": "2", "majority_of": "named",
}  # fmt: skip


def drafted(hall: make.Hall) -> Any:
    """An item that elects, without a vote."""
    assembly = make.prepared(hall)
    return make.agenda.add(
        assembly.id, kind="election", titles={"es": "Comité"}, motion={"es": "Se elige el comité."}, by=hall.secretary, at=CALLED
    )  # fmt: skip


def test_an_election_is_prepared_reviewed_and_its_seed_bound_through_the_pages(
    client: FlaskClient, hall: make.Hall
) -> None:
    item = drafted(hall)
    db.session.commit()
    form = f"/a/assemblies/items/{item.id}/election"
    assert (
        seen(client, hall.secretary, f"/a/assemblies/items/{item.id}", CALLED).count("Prepare the vote") == 1
    )
    sent(client, hall.secretary, form, CALLED, **TERMS)
    vote = db.session.get_one(Vote, item.vote_id)
    assert ([option["id"] for option in vote.rule["options"]], vote.method) == (
        [ANA, EVA, IRIS],
        "choose_one",
    )
    act = f"/a/votes/{vote.id}/act/commit_seed"
    with time_machine.travel(CALLED, tick=False):
        page = visiting.english(client, hall.scrutineer, CALLED).get(act).text
    fields = next(form for form in forms(page) if "commitment" in form.fields).fields
    assert commitment(fields["proposed"]) == fields["commitment"]
    assert fields["proposed"] in page
    sent(client, hall.scrutineer, act, CALLED, commitment=commitment(SEED))
    review = seen(client, hall.scrutineer, f"/a/votes/{vote.id}/review", CALLED)
    assert review.count("All for the first option") == 1
    sent(client, hall.scrutineer, f"/a/votes/{vote.id}/review", CALLED)
    assert (vote.state, vote.seed_commitment) == ("reviewed", commitment(SEED))
    again = seen(client, hall.secretary, form, CALLED)
    assert "Ana Pérez" not in again  # a reviewed vote is sent back before it is changed


def test_a_draft_of_an_election_is_shown_again_to_be_changed(client: FlaskClient, hall: make.Hall) -> None:
    item = drafted(hall)
    elections.prepared(item, hall, method="approval", most=2, tie="second_vote")
    db.session.commit()
    page = seen(client, hall.secretary, f"/a/assemblies/items/{item.id}/election", CALLED)
    fields = next(form for form in forms(page) if "options_es" in form.fields).fields
    assert (fields["options_es"], fields["most"], fields["method"]) == (
        "Ana Pérez\nEva Luz\nIris\nOlga", "2", "approval",
    )  # fmt: skip


FAULTY = [
    ({"options_es": "Ana"}, "An election needs two options at least, and there are 1."),
    ({"options_pt": "Ana"}, "There are 1 options in one language and 3 in Spanish."),
    ({"cites": ""}, "It is not said where the terms of the election come from."),
    ({"method": "stv", "tie": "casting_vote"}, "the published rules of stv settle ties by lots"),
    ({"seats": "0"}, "A number from 1 to 99."),
    ({"method": "approval", "most": "9"}, "9 is more than the 3 options there are"),
]


@pytest.mark.parametrize(("changed", "said"), FAULTY)
def test_terms_that_cannot_be_are_refused_with_what_is_wrong(
    client: FlaskClient, hall: make.Hall, changed: dict[str, str], said: str
) -> None:
    item = drafted(hall)
    db.session.commit()
    form = f"/a/assemblies/items/{item.id}/election"
    page = sent(client, hall.secretary, form, CALLED, **{**TERMS, **changed})
    assert said in page
    assert db.session.query(Vote).filter_by(assembly_id=item.assembly_id).count() == 0


def test_terms_of_the_rule_book_are_offered_in_words(client: FlaskClient, hall: make.Hall) -> None:
    rules.in_book(
        hall.body,
        {"method": "stv", "seats": 3, "tie": "lots", "cites": "Estatutos, art. 40"},
        kind="election",
    )
    item = drafted(hall)
    db.session.commit()
    page = seen(client, hall.secretary, f"/a/assemblies/items/{item.id}/election", CALLED)
    assert "counted by single transferable vote for 3 seats" in page


def test_a_run_off_is_prepared_from_the_result_through_the_pages(
    client: FlaskClient, hall: make.Hall
) -> None:
    vote = elections.counted(hall, ANA, ANA, EVA, IRIS, majority="absolute")
    item = make.items(elections.assembly_of(vote))[0]
    db.session.commit()
    page = f"/a/assemblies/items/{item.id}"
    assert "Prepare the next vote" in seen(client, hall.secretary, page, LATER)
    sure = seen(client, hall.secretary, f"{page}/next-vote", LATER)
    assert "between: Ana Pérez, Eva Luz, Iris." in sure
    sent(client, hall.secretary, f"{page}/next-vote", LATER)
    later = db.session.get_one(Vote, item.vote_id)
    assert (later.id > vote.id, later.state, item.state) == (True, "draft", "discussed")
    sent(client, hall.president, f"/a/votes/{later.id}/review", LATER)
    sent(client, hall.president, f"{page}/put", LATER, minutes="5")
    assert (later.state, item.state) == ("open", "voted")
    assert f"/results/{later.id}" in seen(client, None, f"/results/{vote.id}", LATER)
    assert "vote number 2 of this election" in seen(client, hall.delegates[0], f"/v/{later.id}", LATER)


def test_the_desk_records_an_interest_and_the_roll_call_says_so(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.installed(hall)
    item, elector = make.items(assembly)[0], make.elector(assembly, 0, hall)
    db.session.commit()
    page = f"/a/assemblies/items/{item.id}"
    sent(
        client,
        hall.secretary,
        f"{page}/interest",
        STARTS,
        elector=str(elector.id),
        words="Vende a la federación.",
    )
    assert "Vende a la federación." in seen(client, hall.secretary, page, STARTS)
    vote = make.opened(assembly, hall)
    vote_factory.cast(vote, hall.delegates[1], "yes", at=VOTED)
    votes.close_vote(vote.id, by=vote_factory.SYSTEM, at=vote.closes_at)
    db.session.commit()
    roll_call = seen(client, None, f"/results/{vote.id}/roll-call", LATER)
    assert "Takes no part: an interest was declared" in roll_call
    assert "It is not said" not in roll_call
