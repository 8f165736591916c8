"""A delegate in an assembly: joining and leaving on line, proxies, interests, and voting for whoever gave a proxy."""

import gzip
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM, Actor
from consultations.config import HOME
from consultations.engine import assemblies, attendance, votes
from consultations.engine import proxies as proxy_engine
from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.presence import Interest, Presence, Proxy
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from tests.browsing import forms, post
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.web import visiting

OPENED = STARTS + 2 * HOUR
VOTED = OPENED + HOUR / 20
AFTER = OPENED + HOUR
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(app: Flask) -> make.Hall:
    made = make.hall(4)
    for member, name in zip(
        made.members, ("Flor del Valle", "Sierra Azul", "Río Claro", "Monte Alto"), strict=True
    ):
        member.name = name
    return made


def seen(client: FlaskClient, by: Actor | None, url: str, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        answer = visiting.english(client, by, at).get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def sent(
    client: FlaskClient, by: Actor, url: str, at: datetime, /, *, page_url: str = "", **data: Any
) -> str:
    with time_machine.travel(at, tick=False):
        answer = post(visiting.english(client, by, at), url, page_url=page_url, follow=True, **data)
    db.session.expire_all()
    return answer.get_data(as_text=True)


def hybrid(hall: make.Hall, *there: int, **changes: Any) -> Any:
    """In session, in a room and on line, with these members in the room."""
    return make.installed(hall, *there, form="hybrid", link="https://example.org/sala", **changes)


def test_a_delegate_joins_on_line_and_leaves(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall, form="online", place="", link="https://example.org/sala")
    db.session.commit()
    page = f"/v/assemblies/{assembly.id}"
    before = seen(client, hall.delegates[0], page, STARTS)
    assert ("You can join here as soon as the doors are open." in before, f"{page}/join" in before) == (
        True,
        False,
    )
    assert "Nobody votes for it now" in before
    attendance.open_doors(assembly.id, by=hall.secretary, at=STARTS)
    db.session.commit()
    inside = sent(client, hall.delegates[0], f"{page}/join", STARTS, page_url=page)
    assert [text in inside for text in ("You are in", "as its delegate, on line", f"{page}/join")] == [
        True,
        True,
        False,
    ]
    assert "unless somebody else of it is" in seen(client, hall.delegates[0], f"{page}/leave", STARTS)
    outside = sent(client, hall.delegates[0], f"{page}/leave", STARTS + MINUTE)
    assert "You have left." in outside
    (stay,) = db.session.query(Presence).all()
    assert (stay.mode, stay.entered_at, stay.left_at) == ("online", STARTS, STARTS + MINUTE)


def test_an_assembly_in_one_room_is_not_joined_on_line(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall)
    attendance.open_doors(assembly.id, by=hall.secretary, at=STARTS)
    db.session.commit()
    page = f"/v/assemblies/{assembly.id}"
    assert f"{page}/join" not in seen(client, hall.delegates[0], page, STARTS)
    with time_machine.travel(STARTS, tick=False):
        client = visiting.english(client, hall.delegates[0], STARTS)
        token = next(f.fields["csrf_token"] for f in forms(client.get(page).text) if "csrf_token" in f.fields)
        answer = client.post(f"{page}/join", data={"csrf_token": token})
    assert (answer.status_code, db.session.query(Presence).count()) == (409, 0)


def test_only_who_is_on_the_roll_finds_the_assembly_and_only_once_it_is_convened(
    client: FlaskClient, hall: make.Hall
) -> None:
    draft, stranger = make.prepared(hall), people.delegate()
    assembly = make.convened(hall, code="A-2")
    db.session.commit()
    with time_machine.travel(CALLED, tick=False):
        statuses = [
            visiting.english(client, by, CALLED).get(f"/v/assemblies/{id}").status_code
            for by, id in (
                (hall.delegates[0], assembly.id),
                (stranger, assembly.id),
                (hall.delegates[0], draft.id),
            )
        ]
    assert statuses == [200, 404, 404]
    index = seen(client, hall.delegates[0], "/v/assemblies/", CALLED)
    assert index.count('href="/v/assemblies/') == 2  # the entry of the header, and the one that is convened


def test_a_proxy_is_given_to_whom_a_search_finds_with_its_instrument_and_taken_back(
    client: FlaskClient, hall: make.Hall
) -> None:
    assembly = make.convened(hall, representation=make.representation_rule(instrument=True))
    db.session.commit()
    page, holder = f"/v/assemblies/{assembly.id}", make.elector(assembly, 1, hall)
    found = seen(client, hall.delegates[3], f"{page}/proxy?q=sierra", CALLED)
    assert [name in found for name in ("Sierra Azul", "Río Claro")] == [True, False]
    give = f"{page}/proxy/{holder.id}"
    sure = seen(client, hall.delegates[3], give, CALLED)
    assert "Sierra Azul will vote for Monte Alto." in sure
    assert "Signed instrument (needed)" in sure
    without = sent(client, hall.delegates[3], give, CALLED)
    assert "This proxy cannot be given" in without
    wrong = sent(client, hall.delegates[3], give, CALLED, instrument=(BytesIO(b"MZ\x00\x01"), "poder.exe"))
    assert "poder.exe:" in wrong
    done = sent(
        client, hall.delegates[3], give, CALLED, instrument=(BytesIO(b"%PDF-1.4 signed"), "poder.pdf")
    )
    assert "The proxy is given: Sierra Azul votes for your organisation." in done
    (row,) = db.session.query(Proxy).all()
    assert (row.instrument_name, row.instrument) == ("poder.pdf", b"%PDF-1.4 signed")
    held = seen(client, hall.delegates[1], page, CALLED)
    assert "Your organisation votes for Monte Alto" in held
    fetched = f"/v/assemblies/proxies/{row.id}/instrument"
    with time_machine.travel(CALLED, tick=False):
        answers = [
            visiting.english(client, by, CALLED).get(fetched).status_code
            for by in (
                hall.delegates[3],
                hall.delegates[1],
                hall.secretary,
                hall.delegates[2],
                make.hall(1).secretary,
            )
        ]
    assert answers == [200, 200, 200, 404, 404]
    back = f"/v/assemblies/proxies/{row.id}/back"
    assert "Sierra Azul will no longer vote for Monte Alto." in seen(client, hall.delegates[3], back, CALLED)
    assert "The proxy is taken back" in sent(client, hall.delegates[3], back, CALLED + HOUR)
    assert db.session.query(Proxy).one().withdrawn_at == CALLED + HOUR


def test_the_same_proxy_sent_twice_is_one(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall)
    db.session.commit()
    give = f"/v/assemblies/{assembly.id}/proxy/{make.elector(assembly, 1, hall).id}"
    with time_machine.travel(CALLED, tick=False):
        client = visiting.english(client, hall.delegates[3], CALLED)
        fields = next(form for form in forms(client.get(give).text) if "scope" in form.fields).fields
        statuses = [client.post(give, data=fields).status_code for _ in range(2)]
        made_up = client.post(give, data=fields | {"request_id": "x"}).status_code
    assert (statuses, made_up, db.session.query(Proxy).count()) == ([303, 303], 422, 1)


def test_what_speaks_against_a_holder_stands_beside_its_name(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 1, 2)
    db.session.commit()
    page = f"/v/assemblies/{assembly.id}/proxy"
    found = seen(client, hall.delegates[3], f"{page}?q=sierra", CALLED)
    assert "has given its own proxy to" in found
    refused = sent(client, hall.delegates[3], f"{page}/{make.elector(assembly, 1, hall).id}", CALLED)
    assert "This proxy cannot be given" in refused
    assert db.session.query(Proxy).count() == 1


def test_nobody_takes_back_a_proxy_of_others_nor_gives_one_to_oneself(
    client: FlaskClient, hall: make.Hall
) -> None:
    assembly = make.convened(hall)
    given = make.proxy(assembly, hall, 1, 2)
    db.session.commit()
    own = make.elector(assembly, 3, hall).id
    with time_machine.travel(CALLED, tick=False):
        client = visiting.english(client, hall.delegates[3], CALLED)
        urls = (f"/v/assemblies/proxies/{given.id}/back", f"/v/assemblies/{assembly.id}/proxy/{own}")
        assert [client.get(url).status_code for url in urls] == [404, 404]


def test_a_delegate_declares_an_interest(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall)
    db.session.commit()
    item = make.items(assembly)[0]
    page = f"/v/assemblies/items/{item.id}/interest"
    assert page in seen(client, hall.delegates[0], f"/v/assemblies/{assembly.id}", CALLED)
    assert "Write in a sentence" in sent(client, hall.delegates[0], page, CALLED)
    done = sent(client, hall.delegates[0], page, CALLED, words="Vende a ella.")
    assert ("takes no part in this vote" in done, page in done) == (True, False)
    assert [(row.words, row.excluded) for row in db.session.query(Interest)] == [("Vende a ella.", True)]


WHO = [  # who asks, for whom, what the page says
    (0, None, "The vote of Flor del Valle"),
    (0, 3, "The vote of Monte Alto"),
    (1, None, "The vote of Sierra Azul"),
    (1, 3, None),
    (2, None, "You cannot vote for Río Claro now"),
    (3, None, "You cannot vote for Monte Alto now"),
    (3, 0, None),
]


@pytest.mark.parametrize(("voter", "for_member", "said"), WHO)
def test_who_may_vote_for_whom_through_the_pages(
    client: FlaskClient, hall: make.Hall, voter: int, for_member: int | None, said: str | None
) -> None:
    vote = with_proxy(hall)
    url = f"/v/{vote.id}" + (f"?for={hall.members[for_member].id}" if for_member is not None else "")
    with time_machine.travel(VOTED, tick=False):
        answer = visiting.english(client, hall.delegates[voter], VOTED).get(url)
    if said is None:
        assert answer.status_code == 404
        return
    assert said in answer.text
    assert (f"/v/{vote.id}/check" in answer.text) is said.startswith("The vote of")


def with_proxy(hall: make.Hall, **changes: Any) -> Vote:
    """A vote that is open, with the first two there, and the proxy of the fourth held by the first."""
    assembly = make.prepared(hall, form="hybrid", link="https://example.org/sala")
    make.item(assembly, hall, **changes)
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    db.session.commit()
    return vote


def cast_for(
    client: FlaskClient, by: Actor, vote: Vote, for_id: int | None, at: datetime = VOTED, **said: str
) -> str:
    """The whole way from the question to the receipt, for another organisation."""
    query = f"?for={for_id}" if for_id else ""
    check = sent(client, by, f"/v/{vote.id}/check{query}", at, page_url=f"/v/{vote.id}{query}", **said)
    fields = next(form for form in forms(check) if form.action == f"/v/{vote.id}/cast").fields
    with time_machine.travel(at, tick=False):
        answer = client.post(f"/v/{vote.id}/cast", data=fields, follow_redirects=True)
    db.session.rollback()
    return check + answer.text


def test_a_holder_votes_for_its_principal_who_is_told_without_the_choice(
    client: FlaskClient, hall: make.Hall
) -> None:
    vote, principal = with_proxy(hall), hall.members[3].id
    own = seen(client, hall.delegates[0], f"/v/{vote.id}", VOTED)
    assert f"/v/{vote.id}?for={principal}" in own
    said = cast_for(client, hall.delegates[0], vote, principal, choice="no")
    assert "You are about to vote “Against” for Monte Alto." in said
    assert "Monte Alto has voted by its proxy" in said
    cast_for(client, hall.delegates[0], vote, None, choice="yes")
    of = {row.entry.name: (row.choice, row.proxy_id is not None) for row in db.session.query(Ballot)}
    assert of == {"Monte Alto": ("no", True), "Flor del Valle": ("yes", False)}
    (told,) = db.session.query(Notice).filter_by(kind="ballot_by_proxy").all()
    assert (told.person_id, told.organisation_id) == (hall.delegates[3].person_id, principal)
    assert "no" not in told.params.values()
    receipts = {row.organisation_id for row in db.session.query(Notice).filter_by(kind="ballot_receipt")}
    assert receipts == {hall.members[0].id, principal}
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    roll_call = seen(client, None, f"/results/{vote.id}/roll-call", AFTER)
    assert "by proxy, for Flor del Valle" in roll_call


@pytest.mark.parametrize(
    ("choice", "reason", "refused"),
    [("no", "", True), ("no", "Es caro.", False), ("yes", "", False), ("yes", "Nada.", False)],
)
def test_a_no_says_why_where_the_vote_asks_for_it(
    client: FlaskClient, hall: make.Hall, choice: str, reason: str, refused: bool
) -> None:
    vote = with_proxy(hall, reason_on_no=True)
    if refused:
        page = sent(
            client,
            hall.delegates[0],
            f"/v/{vote.id}/check",
            VOTED,
            page_url=f"/v/{vote.id}",
            choice=choice,
            reason=reason,
        )
        assert page.count("Write why your organisation votes no.") == 2
        return
    cast_for(client, hall.delegates[0], vote, None, choice=choice, reason=reason)
    assert [row.reason for row in db.session.query(Ballot)] == [reason if choice == "no" else ""]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    assert ("Es caro." in seen(client, None, f"/results/{vote.id}/roll-call", AFTER)) is (choice == "no")


def test_a_reason_that_is_sent_past_the_form_is_still_asked_for(client: FlaskClient, hall: make.Hall) -> None:
    vote = with_proxy(hall, reason_on_no=True)
    check = sent(
        client,
        hall.delegates[0],
        f"/v/{vote.id}/check",
        VOTED,
        page_url=f"/v/{vote.id}",
        choice="no",
        reason="Es caro.",
    )
    fields = next(form for form in forms(check) if form.action == f"/v/{vote.id}/cast").fields
    with time_machine.travel(VOTED, tick=False):
        without = client.post(f"/v/{vote.id}/cast", data=fields | {"reason": ""})
        long = client.post(f"/v/{vote.id}/cast", data=fields | {"reason": "x" * 1001})
    assert (without.status_code, long.status_code, db.session.query(Ballot).count()) == (409, 422, 0)


def test_a_proxy_that_is_taken_back_while_the_check_page_is_open_votes_no_more(
    client: FlaskClient, hall: make.Hall
) -> None:
    vote, principal = with_proxy(hall), hall.members[3].id
    check = sent(
        client, hall.delegates[0], f"/v/{vote.id}/check?for={principal}", VOTED, page_url=f"/v/{vote.id}?for={principal}", choice="yes"
    )  # fmt: skip
    fields = next(form for form in forms(check) if form.action == f"/v/{vote.id}/cast").fields
    proxy_engine.take_back(db.session.query(Proxy).one().id, by=hall.delegates[3], at=VOTED)
    db.session.commit()
    with time_machine.travel(VOTED + MINUTE, tick=False):
        answer = client.post(f"/v/{vote.id}/cast", data=fields)
    assert (answer.status_code, db.session.query(Ballot).count()) == (409, 0)
    assert "Your vote was not taken" in answer.text


def test_a_holder_who_leaves_votes_no_more_for_anybody(client: FlaskClient, hall: make.Hall) -> None:
    vote, principal = with_proxy(hall), hall.members[3].id
    make.leave(db.session.get_one(make.Assembly, vote.assembly_id), hall, 0, at=VOTED)
    db.session.commit()
    for query in ("", f"?for={principal}"):
        page = seen(client, hall.delegates[0], f"/v/{vote.id}{query}", VOTED + MINUTE)
        assert (f"/v/{vote.id}/check" in page, "You cannot vote for" in page) == (False, True)


def test_home_tells_what_is_to_be_done_in_assemblies(client: FlaskClient, hall: make.Hall) -> None:
    assembly = make.convened(hall, form="hybrid", link="https://example.org/sala")
    db.session.commit()
    assert "Can nobody come? Give a proxy." in seen(client, hall.delegates[3], "/home", CALLED)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    db.session.commit()
    held = seen(client, hall.delegates[0], "/home", VOTED)
    assert "Your organisation holds the proxy of Monte Alto." in held
    assert "You hold the proxy of Monte Alto, which has no ballot yet." in held
    assert f"/v/{vote.id}?for={hall.members[3].id}" in held
    assert "It is meeting, and your organisation is in." in held
    assert "nobody of your organisation is in" in seen(client, hall.delegates[2], "/home", VOTED)
    cast_for(client, hall.delegates[0], vote, hall.members[3].id, choice="yes")
    assert "Monte Alto has a ballot; you hold its proxy" in seen(client, hall.delegates[0], "/home", VOTED)


@pytest.mark.parametrize("where", ["", "/proxy?q=organisa", "/leave"])
def test_a_delegates_page_of_an_assembly_fits_in_14_kb(
    client: FlaskClient, hall: make.Hall, where: str
) -> None:
    titles = tuple(f"Punto número {n} de la agenda de la asamblea general ordinaria" for n in range(15))
    assembly = make.convened(hall, titles, form="hybrid", link="https://example.org/sala")
    for member in hall.members:
        member.name = f"Organisación {member.name}"
    db.session.commit()
    page = seen(client, hall.delegates[0], f"/v/assemblies/{assembly.id}{where}", CALLED).encode()
    style = (HOME / "consultations" / "static" / "plenaria.css").read_bytes()
    assert len(gzip.compress(page)) + len(gzip.compress(style)) < 14 * 1024


def test_the_open_vote_of_an_assembly_is_one_button_away(client: FlaskClient, hall: make.Hall) -> None:
    vote = with_proxy(hall)
    page = seen(client, hall.delegates[0], f"/v/assemblies/{vote.assembly_id}", VOTED)
    assert page.count(f'class="btn" href="/v/{vote.id}"') == 1
    vote_factory.cast(vote, hall.delegates[0], "yes", at=VOTED)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    over = seen(client, hall.delegates[0], f"/v/assemblies/{vote.assembly_id}", AFTER)
    assert (f'class="btn" href="/v/{vote.id}"' in over, f"/results/{vote.id}" in over) == (False, True)


def test_before_the_doors_open_nobody_is_said_to_be_absent_and_then_by_its_name(
    client: FlaskClient, hall: make.Hall
) -> None:
    assembly = make.convened(hall)
    db.session.commit()
    url = f"/v/assemblies/{assembly.id}"
    before = seen(client, hall.delegates[0], url, CALLED)
    assert "Nobody votes for it now" not in before
    attendance.open_doors(assembly.id, by=hall.secretary, at=STARTS)
    db.session.commit()
    after = seen(client, hall.delegates[0], url, STARTS)
    assert f"Nobody who may vote for {hall.members[0].name} is there." in after
    assert f"for {hall.members[0].code} is" not in after


def test_a_receipt_leads_back_to_its_assembly_and_leaving_it_is_not_signing_out(
    client: FlaskClient, hall: make.Hall
) -> None:
    assembly = hybrid(hall)
    vote = make.opened(assembly, hall)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=vote.opened_at)
    db.session.commit()
    page = seen(client, hall.delegates[0], f"/v/{vote.id}/receipt", vote.opened_at or OPENED)
    assert f'href="/v/assemblies/{assembly.id}"' in page
    shown = (HOME / "templates/attending/assembly.html").read_text()
    assert ('_("Leave the assembly")' in shown, '_("Leave")' in shown) == (True, False)
