"""A delegate quotes words, proposes a change, supports and replies, and finds by receipt what was received."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultations.actor import PUBLIC, Actor
from consultations.engine import comments, remarks
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.organisations import NetworkKind
from consultations.models.remarks import Reply, Support
from consultations.queries import remarks as read
from tests.browsing import forms, post
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, Scene, comment, question, register, scene
from workflows.roles import Role

STYLES = Path("consultations/static/plenaria.css")


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    db.session.commit()
    return made


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    """Sign in, reading in English, and forget what an earlier request of the same test kept in its context."""
    vars(g).clear()
    signed_in(client, who)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def clause_url(here: Scene, number: int = 0) -> str:
    return f"/d/rounds/{here.round.id}/clauses/{here.clauses[number].id}"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def count(model: type) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0


def test_words_are_quoted_shown_and_changed(client: FlaskClient, here: Scene) -> None:
    acting(client, here.delegates[0])
    kept = post(client, clause_url(here), stance="for", text="Fine.", quote="of nothing")
    assert (kept.status_code, count(Comment)) == (409, 0)
    page = kept.get_data(as_text=True)
    assert 'value="of nothing"' in page
    assert 'href="#quote"' in page
    kept = post(client, clause_url(here), stance="for", text="Fine.", quote="Texto  de")
    made = db.session.scalars(select(Comment)).one()
    assert (kept.status_code, made.anchor, made.quote) == (303, "range", "Texto de")
    assert "About these words: “Texto de”" in text(client, kept.location)
    edit = f"/d/comments/{made.id}/edit"
    assert 'value="Texto de"' in text(client, edit)
    assert post(client, edit, quote="").status_code == 303
    db.session.expire_all()
    assert (made.anchor, made.quote) == ("clause", "")


def test_a_sentence_or_a_table_is_chosen_from_a_list(client: FlaskClient, here: Scene) -> None:
    prices = "Año | Precio\n2026 | 1,80"
    for row in here.clauses[0].texts:
        row.text = f"Se paga a tiempo. Se paga en efectivo.\n{prices}"
    db.session.commit()
    acting(client, here.delegates[0])
    page = text(client, clause_url(here))
    assert re.findall(r'<option[^>]*value="([^"]*)">([^<]*)</option>', page.partition('id="part"')[2])[
        :4
    ] == [
        ("", "All of it"),
        ("Se paga a tiempo.", "Se paga a tiempo."),
        ("Se paga en efectivo.", "Se paga en efectivo."),
        ("Año | Precio 2026 | 1,80", "Table: Año | Precio 2026 | 1,80"),
    ]
    kept = post(client, clause_url(here), stance="for", text="Fine.", part="Año | Precio 2026 | 1,80")
    made = db.session.scalars(select(Comment)).one()
    assert (kept.status_code, made.anchor, made.quote) == (303, "table", prices)
    assert "About the table:<br>Año | Precio<br>2026 | 1,80" in text(client, kept.location)
    edit = f"/d/comments/{made.id}/edit"
    assert '<option selected value="Año | Precio 2026 | 1,80">' in text(client, edit)
    assert post(client, edit, part="Se paga en efectivo.").status_code == 303
    db.session.expire_all()
    assert (made.anchor, made.quote) == ("range", "Se paga en efectivo.")
    assert post(client, edit, part="").status_code == 303
    db.session.expire_all()
    assert (made.anchor, made.quote) == ("clause", "")


def test_a_clause_of_one_sentence_offers_no_list(client: FlaskClient, here: Scene) -> None:
    assert 'id="part"' not in text(acting(client, here.delegates[0]), clause_url(here))


def test_words_that_stand_twice_mean_the_first_and_it_is_said(client: FlaskClient, here: Scene) -> None:
    for row in here.clauses[0].texts:
        row.text = "El precio sube; el precio baja."
    made = comment(here, quote="precio")
    db.session.commit()
    page = text(acting(client, here.delegates[1]), clause_url(here))
    assert (made.prefix, "the first is meant" in page) == ("El ", True)


def test_a_proposal_is_read_as_a_change_of_the_clause(client: FlaskClient, here: Scene) -> None:
    comment(here, proposal="Texto de 1.1 en plural (es).", visibility="members")
    comment(here, proposal="Borrar.")
    db.session.commit()
    for who, url in (
        (here.delegates[1], clause_url(here)),
        (here.delegates[0], f"/d/rounds/{here.round.id}/comments"),
    ):
        page = text(acting(client, who), url)
        assert "added: </span>en plural" in page
        assert '<p lang="es">Borrar.</p>' in page
        assert page.count("<ins>") == 1


def test_a_chapter_is_offered_and_a_deleted_clause_is_not(client: FlaskClient, here: Scene) -> None:
    gone = here.clauses[1]
    gone.kind = "deleted"
    chapter = here.clauses[0].parent_id
    db.session.commit()
    acting(client, here.delegates[0])
    page = text(client, f"/d/rounds/{here.round.id}")
    assert f'/clauses/{chapter}"' in page
    assert f'/clauses/{gone.id}"' not in page
    text(client, clause_url(here, 1), status=404)
    assert f'/clauses/{gone.id}"' not in text(client, clause_url(here))
    url = f"/d/rounds/{here.round.id}/clauses/{chapter}"
    assert post(client, url, stance="for", text="Good chapter.").status_code == 303


def test_a_question_is_commented_on_in_its_own_place(client: FlaskClient, here: Scene) -> None:
    asked = question(here.round, 1, "text")
    other = comment(here, who=1, clause=None, question_id=asked.id, text="It is not clear.")
    comment(here, who=1, clause=None, text="On everything.")
    db.session.commit()
    acting(client, here.delegates[0])
    url = f"/d/rounds/{here.round.id}/questions/{asked.id}"
    assert url in text(client, f"/d/rounds/{here.round.id}/questions")
    page = text(client, url)
    assert "What does your organisation think of this question?" in page
    assert ("It is not clear." in page, "On everything." in page) == (True, False)
    whole = text(client, f"/d/rounds/{here.round.id}/whole")
    assert ("It is not clear." in whole, "On everything." in whole) == (False, True)
    kept = post(client, url, stance="for", text="Clear to us.")
    assert "Question 1" in text(client, kept.location)
    assert "Question 1" in text(client, f"/d/rounds/{here.round.id}/comments")
    assert url in text(client, f"/d/said/{other.id}")
    text(client, f"/d/rounds/{here.round.id}/questions/987654", status=404)


def test_only_the_types_that_the_round_asks_are_offered(client: FlaskClient, here: Scene) -> None:
    here.round.comment_types = ["gender"]
    db.session.commit()
    acting(client, here.delegates[0])
    page = text(client, clause_url(here))
    offered = [kind for kind in ("general", "question", "gender", "climate") if f'value="{kind}"' in page]
    assert offered == ["general", "question", "gender"]
    assert post(client, clause_url(here), stance="for", text="Hot.", type="climate").status_code == 200
    assert count(Comment) == 0


def test_a_comment_is_supported_once_and_support_is_taken_back(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    db.session.commit()
    acting(client, here.delegates[1])
    url = f"/d/said/{made.id}"
    assert url in text(client, clause_url(here))
    assert post(client, f"{url}/support", page_url=url).status_code == 303
    assert "Supported by one organisation" in text(client, clause_url(here))
    page = text(client, url)
    assert ("You support it" in page, '/support"' in page) == (True, False)
    post(client, f"{url}/support/take-back", page_url=url)
    assert count(Support) == 0
    own = text(acting(client, here.delegates[0]), url)
    assert ('/support"' in own, "client_uuid" in own) == (False, False)


def test_replies_stand_under_the_comment_in_order(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    db.session.commit()
    acting(client, here.delegates[1])
    url = f"/d/said/{made.id}"
    assert "Write your reply." in post(client, url, text=" ").get_data(as_text=True)
    form = next(form for form in forms(text(client, url)) if "client_uuid" in form.fields)
    for _ in range(2):
        assert client.post(url, data={**form.fields, "text": "We agree."}).status_code == 303
    remarks.reply(made.id, "How much is it?", client_uuid="u", by=here.unit, at=DURING)
    hidden = remarks.reply(made.id, "Rude words.", client_uuid="v", by=here.delegates[1], at=DURING)
    remarks.hide_reply(hidden.id, "It offends.", by=here.head, at=DURING)
    db.session.commit()
    assert count(Reply) == 3
    for page_url in (url, f"/d/comments/{made.id}"):
        page = text(acting(client, here.delegates[0]), page_url)
        assert page.index("We agree.") < page.index("How much is it?") < page.index("Hidden: It offends.")
        assert "Rude words." not in page
        assert here.organisations[1].name not in page
    assert "3 replies" in page


def test_a_reply_that_comes_too_late_is_kept_on_the_page(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    db.session.commit()
    url = f"/d/said/{made.id}"
    with time_machine.travel(CLOSES - timedelta(minutes=5), tick=False):
        form = next(
            form
            for form in forms(text(acting(client, here.delegates[1]), url))
            if "client_uuid" in form.fields
        )
    with time_machine.travel(CLOSES, tick=False):
        answer = client.post(url, data={**form.fields, "text": "Too late."})
        assert (answer.status_code, "Too late." in answer.get_data(as_text=True)) == (409, True)
        assert "client_uuid" not in text(client, url)


def test_what_others_may_not_read_has_no_page_for_them(client: FlaskClient, here: Scene) -> None:
    closed, draft = comment(here, visibility="unit"), comment(here, submit=False)
    gone = comment(here)
    comments.withdraw(gone.id, by=here.delegates[0], at=DURING)
    db.session.commit()
    acting(client, here.delegates[1])
    for made in (closed, draft, gone):
        text(client, f"/d/said/{made.id}", status=404)
        text(client, f"/d/comments/{made.id}/versions", status=404)


def test_every_version_is_read_with_what_it_changed(client: FlaskClient, here: Scene) -> None:
    made = comment(here, text="Wages are low here.", proposal="Old words.")
    said = {**WORDS, "text": "Wages are too low here.", "stance": "against"}
    comments.edit(made.id, version=1, by=here.delegates[0], at=DURING, **said)
    db.session.commit()
    page = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}/versions")
    assert re.search(r"added: </span>\s*too", page)
    assert "removed: </span>Old words." in page
    assert "whether you are in favour" in page
    assert page.index("Version 2") < page.index("Version 1")
    assert made.receipt in page


def test_a_receipt_code_finds_the_comment_for_its_own_organisation(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    db.session.commit()
    typed = made.receipt.lower().replace("-", " ")
    found = post(acting(client, people.delegate(here.organisations[0])), "/d/receipt", code=typed)
    assert (found.status_code, found.location) == (303, f"/d/comments/{made.id}/versions")
    for code in (typed, "", "2222-2222-2222"):
        answer = post(acting(client, here.delegates[1]), "/d/receipt", code=code)
        assert (answer.status_code, "R1-1" in answer.get_data(as_text=True)) == (200, False)
        assert 'href="#code"' in answer.get_data(as_text=True)


def reader(here: Scene, kind: str) -> Actor:
    """Somebody of each kind of those who read."""
    network = people.network(NetworkKind.COUNTRY, members=[here.organisations[0]])
    return {
        "own": here.delegates[0], "other": here.delegates[1], "unit": here.unit, "commission": here.chair,
        "auditor": people.actor(Role.AUDITOR, network=here.body), "network": people.actor(Role.NETWORK, network=network),
        "public": PUBLIC,
    }[kind]  # fmt: skip


ALL_READ = {"own", "unit", "commission", "auditor"}
MAY_READ = {
    "public": {*ALL_READ, "other", "network", "public"},
    "members": {*ALL_READ, "other"},
    "unit": ALL_READ,
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("kind", ["own", "other", "unit", "commission", "auditor", "network", "public"])
@pytest.mark.parametrize("visibility", MAY_READ)
def test_who_reads_a_comment_and_whose_it_is(app: Flask, visibility: str, kind: str, named: bool) -> None:
    here = scene()
    made = comment(here, visibility=visibility, consent_to_name=named, text="Our words.")
    page = read.said_page(made.id, by=reader(here, kind), at=DURING)
    assert (page is not None) == (kind in MAY_READ[visibility])
    if page:
        name = here.organisations[0].name if named or kind in ALL_READ else None
        assert (page.comment.text, page.comment.who) == ("Our words.", name)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("visibility", MAY_READ)
def test_the_pages_show_no_more_than_their_readers_may_read(
    client: FlaskClient, here: Scene, visibility: str, named: bool
) -> None:
    made = comment(here, visibility=visibility, consent_to_name=named, text="Our words.")
    db.session.commit()
    name, open_to_others = here.organisations[0].name, visibility != "unit"
    own = text(acting(client, here.delegates[0]), clause_url(here))
    other = text(acting(client, here.delegates[1]), clause_url(here))
    desk = text(acting(client, here.unit), f"/desk/comments/{made.id}/remarks")
    network = people.actor(
        Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=[here.organisations[0]])
    )
    db.session.commit()
    entered = text(
        acting(client, network), f"/network/rounds/{here.round.id}/entries/{here.organisations[0].id}"
    )
    assert ["Our words." in page for page in (own, other, desk, entered)] == [
        True,
        open_to_others,
        True,
        False,
    ]
    assert (name in other, name in desk) == (open_to_others and named, True)


def test_who_may_read_it_and_the_name_are_changed_until_closing(client: FlaskClient, here: Scene) -> None:
    made = comment(here, visibility="members", text="Our words.")
    db.session.commit()
    edit = f"/d/comments/{made.id}/edit"
    post(acting(client, here.delegates[0]), edit, visibility="public", consent_to_name="y")
    assert here.organisations[0].name in text(acting(client, here.delegates[1]), clause_url(here))
    post(acting(client, here.delegates[0]), edit, visibility="unit", consent_to_name=None)
    assert "Our words." not in text(acting(client, here.delegates[1]), clause_url(here))
    with time_machine.travel(CLOSES - timedelta(minutes=5), tick=False):
        form = next(
            form for form in forms(text(acting(client, here.delegates[0]), edit)) if "version" in form.fields
        )
    with time_machine.travel(CLOSES, tick=False):
        assert client.post(edit, data={**form.fields, "visibility": "public"}).status_code == 409
    db.session.expire_all()
    assert (made.visibility, made.consent_to_name) == ("unit", False)


@pytest.mark.parametrize(("speaking", "told"), [(4, False), (8, True)])
def test_a_country_stands_there_only_where_it_points_at_nobody(
    client: FlaskClient, app: Flask, speaking: int, told: bool
) -> None:
    here = scene(organisations=2 * speaking, countries="GT PE")
    for who in range(2 * speaking):
        comment(here, who=who)
    readers = [people.organisation(country="HN") for _ in range(6)]
    for reader in readers:
        register(here.round, reader)
    db.session.commit()
    page = text(acting(client, people.delegate(readers[0])), clause_url(here))
    assert ("An organisation of Peru" in page) == told
    assert ("An organisation</span>" in page) == (not told)


def test_pages_with_thirty_comments_stay_small(client: FlaskClient, here: Scene) -> None:
    style = len(gzip.compress(STYLES.read_bytes(), 6))
    for number in range(30):
        words = f"Comment {number}: " + " ".join(f"w{number}x{n}" for n in range(40))
        given = {"text": words, "proposal": "Texto de 1.1 mejor dicho (es).", "quote": "Texto"}
        made, mine = comment(here, who=1, **given), comment(here, clause=1, **given)
    for number in range(20):
        remarks.reply(made.id, f"Reply {number} " * 12, client_uuid=str(number), by=here.unit, at=DURING)
        remarks.reply(mine.id, f"Reply {number} " * 12, client_uuid=str(number), by=here.unit, at=DURING)
        said = {**WORDS, "text": f"{words} {number}"}
        comments.edit(mine.id, version=mine.version, by=here.delegates[0], at=DURING, **said)
    db.session.commit()
    acting(client, here.delegates[0])
    for url in (
        clause_url(here), f"/d/said/{made.id}", f"/d/comments/{mine.id}", f"/d/comments/{mine.id}/versions", "/d/receipt",
        f"/d/rounds/{here.round.id}/comments",
    ):  # fmt: skip
        size = len(gzip.compress(text(client, url).encode(), 6))
        assert (url, size <= 9 * 1024, size + style <= 14 * 1024) == (url, True, True)
    first, last = text(client, f"/d/said/{made.id}?page=1"), text(client, f"/d/said/{made.id}")
    assert ("Reply 0 " in first, "Reply 19 " in first) == (True, False)
    assert ("Reply 0 " in last, "Reply 19 " in last) == (False, True)
    assert "Version 21<" in text(client, f"/d/comments/{mine.id}/versions")
    assert "Version 1<" in text(client, f"/d/comments/{mine.id}/versions?page=5")
    assert "Page 3 of 3" in text(client, f"/d/rounds/{here.round.id}/comments?page=9")
