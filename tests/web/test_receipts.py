"""A receipt is checked by anybody who holds it; nobody learns what the published files do not say."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from consultations.actor import SYSTEM
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts import boards
from consultations.forms.receipts import tidy
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from tests.browsing import forms, post
from tests.factories import votes as make
from tests.web.visiting import english

HOUR = timedelta(hours=1)
DURING, AFTER = make.OPENS + 4 * HOUR, make.CLOSES + HOUR
UNKNOWN = "AAAA-BBBB-CCCC-DDDD"
CHANGED = "no longer gives the head that was recorded at closing"


@pytest.fixture
def hall(app: Flask) -> make.Hall:
    made = make.hall(2)
    made.members[0].name = "Flor del Valle"
    return made


@pytest.fixture
def vote(hall: make.Hall) -> Vote:
    return make.opened(hall)


def asked(client: FlaskClient, vote: Vote, code: str, at: datetime = AFTER, status: int = 200) -> str:
    """What the page says to a stranger, on one line."""
    db.session.commit()
    english(client, None, at)
    with time_machine.travel(at, tick=False):
        answer = post(client, f"/results/{vote.id}/receipt", code=code)
    assert answer.status_code == status
    return said(answer)


def said(answer: TestResponse) -> str:
    """The words of a page's own part, on one line."""
    main = answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def closed(vote: Vote) -> None:
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)


@pytest.mark.parametrize(
    "change", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "]
)
def test_the_receipt_of_what_was_counted_names_the_ballot_and_its_leaf(
    client: FlaskClient, hall: make.Hall, vote: Vote, change: object
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    closed(vote)
    page = asked(client, vote, change(code))  # type: ignore[operator]
    assert "This is the receipt of the ballot of Flor del Valle that was counted: Against." in page
    leaf = boards.leaf(vote.code, hall.members[0].code, 1, "no", code)
    assert leaf in page
    assert leaf in client.get(f"/results/{vote.id}/files/board.csv").get_data(as_text=True)


def test_the_receipt_of_a_ballot_that_was_changed_says_what_was_counted_and_not_what_it_was(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    first = make.cast(vote, hall.delegates[0], "no").code
    make.cast(vote, hall.delegates[0], "yes")
    closed(vote)
    page = asked(client, vote, first)
    assert "was not counted: Flor del Valle voted again before closing." in page
    assert "What was counted is its last ballot: In favour." in page
    assert "Against" not in page


def test_before_the_count_only_that_it_is_there_is_told(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    receipts = [make.cast(vote, hall.delegates[0], choice).code for choice in ("no", "yes")]
    told = [asked(client, vote, code, DURING).replace(code, "") for code in receipts]
    assert told[0] == told[1]  # not even which of the two stands
    assert "A ballot with this receipt was received in this vote." in told[0]
    assert not re.search("Flor del Valle|In favour|Against", told[0])


@pytest.mark.parametrize("at", [DURING, AFTER])
def test_a_receipt_of_another_vote_or_of_none_is_not_found(
    client: FlaskClient, hall: make.Hall, vote: Vote, at: datetime
) -> None:
    other = make.hall(1)
    elsewhere = make.cast(make.opened(other), other.delegates[0], "yes").code
    if at == AFTER:
        closed(vote)
    told = [asked(client, vote, code, at).replace(code, "") for code in (UNKNOWN, elsewhere)]
    assert told[0] == told[1]
    assert "No ballot of this vote has this receipt." in told[0]
    assert vote.code in told[0]


def added(vote: Vote, code: str) -> None:
    """One more ballot, by an organisation that cast none."""
    with_ballot = db.session.query(Ballot.roll_entry_id)
    entry = db.session.query(RollEntry).filter(RollEntry.id.not_in(with_ballot)).one()
    late = {"choice": "yes", "request_id": "late", "receipt": UNKNOWN, "cast_at": AFTER, "revision": 1}
    db.session.add(Ballot(vote_id=vote.id, roll_entry_id=entry.id, **late))


def deleted(vote: Vote, code: str) -> None:
    """Somebody who owns the database takes a ballot out of it."""
    db.session.execute(text("DROP TRIGGER ballots_append_only_delete"))
    db.session.execute(text("DELETE FROM ballots WHERE receipt = :code"), {"code": code})


def altered(vote: Vote, code: str) -> None:
    """The same, and the ballot says the opposite."""
    db.session.execute(text("DROP TRIGGER ballots_append_only_update"))
    db.session.execute(text("UPDATE ballots SET choice = 'yes' WHERE receipt = :code"), {"code": code})


@pytest.mark.parametrize(("tampering", "found"), [(added, True), (deleted, False), (altered, True)])
def test_whoever_asks_is_told_that_the_board_was_changed_after_closing(
    client: FlaskClient, hall: make.Hall, vote: Vote, tampering: Callable[[Vote, str], None], found: bool
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    closed(vote)
    assert [CHANGED in asked(client, vote, typed) for typed in (code, "ZZZZ")] == [False, False]
    tampering(vote, code)
    page = asked(client, vote, code)
    assert (CHANGED in page, "Not found" not in page) == (True, found)
    assert CHANGED in asked(client, vote, "ZZZZ")
    with time_machine.travel(AFTER, tick=False):
        assert CHANGED in said(client.get(f"/results/{vote.id}/receipt"))


def test_before_closing_there_is_no_head_to_compare_with(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    make.cast(vote, hall.delegates[0], "no")
    assert CHANGED not in asked(client, vote, UNKNOWN, DURING)


def test_a_receipt_is_answered_in_place_and_read_in_no_address(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    closed(vote)
    url = f"/results/{vote.id}/receipt"
    assert "that was counted" in asked(client, vote, code)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(url, query_string={"code": code}).get_data(as_text=True)
        in_spanish = post(client, url, code=code, read_in="es").get_data(as_text=True)
    assert (code in page, "that was counted" in page) == (False, False)
    assert [form.fields["code"] for form in forms(in_spanish) if form.action == url] == [code]


def test_who_tries_receipts_one_after_another_has_to_wait(client: FlaskClient, vote: Vote) -> None:
    db.session.commit()
    url = f"/results/{vote.id}/receipt"
    english(client, None, DURING)
    with time_machine.travel(DURING, tick=False):
        data = forms(client.get(url).get_data(as_text=True))[-1].fields | {"code": UNKNOWN}
        answers = [client.post(url, data=data) for _ in range(61)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [429]
        assert client.get(url).status_code == 200
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 15 * 60 + 1
    assert re.search(r"Try again in 1[0-9] minutes\.", answers[-1].get_data(as_text=True))


def test_nothing_typed_is_asked_for_beside_the_field(client: FlaskClient, vote: Vote) -> None:
    assert "Write the receipt." in asked(client, vote, " - ", DURING, 422)
    assert "A receipt is shorter than this." in asked(client, vote, "A" * 61, DURING, 422)


def test_a_vote_without_ballots_has_no_receipts_to_check(client: FlaskClient, hall: make.Hall) -> None:
    coming = make.convened(hall)
    db.session.commit()
    english(client, None, make.CALLED + HOUR)
    with time_machine.travel(make.CALLED + HOUR, tick=False):
        assert client.get(f"/results/{coming.id}/receipt").status_code == 404
        page = client.get(f"/results/{coming.id}").get_data(as_text=True)
    assert "Check a receipt" not in page


@pytest.mark.parametrize("at", [DURING, AFTER])
def test_the_public_page_and_the_receipt_page_lead_to_the_check(
    client: FlaskClient, hall: make.Hall, vote: Vote, at: datetime
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    if at == AFTER:
        closed(vote)
    db.session.commit()
    english(client, hall.delegates[0], at)
    with time_machine.travel(at, tick=False):
        public = client.get(f"/results/{vote.id}").get_data(as_text=True)
        mine = client.get(f"/v/{vote.id}/receipt").get_data(as_text=True)
    check = f"/results/{vote.id}/receipt"
    assert [(form.method, form.fields["code"]) for form in forms(public) if form.action == check] == [
        ("post", "")
    ]
    assert f'<a href="{check}">' in mine
    assert re.findall(rf'(?:href|action)="[^"]*{code}', public + mine) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7f3ak2mx9qwtc4np", "7F3A-K2MX-9QWT-C4NP"), ("7F3A K2MX–9QWT.C4NP", "7F3A-K2MX-9QWT-C4NP"),
        ("7F3A-K2", "7F3A-K2"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_receipt_is_read_however_it_is_typed(typed: str | None, code: str) -> None:
    assert tidy(typed) == code
