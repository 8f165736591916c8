"""The queue: every filter in the address, a steady order, neighbours within it, and comments given to people."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import clusters
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.rounds import RegisterEntry
from tests.browsing import post, token
from tests.factories.comments import AFTER, DURING, Scene, answered, answering, comment, scene
from tests.web.test_desk import acting, queries, text

SAID = ("Falta agua limpia.", "Sobra PAPEL.", "Otra cosa.", "100% de acuerdo_ya")


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=4)
    comment(made, who=0, text=SAID[0])
    comment(made, who=1, clause=1, type="editorial", stance="against", text=SAID[1], language="pt")
    comment(made, who=2, clause=None, text="Otra.", proposal=SAID[2])
    comment(made, who=3, text=SAID[3], language="en")
    entries = db.session.scalars(select(RegisterEntry).order_by(RegisterEntry.id)).all()
    entries[0].networks, entries[1].networks = ["CLAC", "CAFE"], ["CAFE_2"]
    rows = comments()
    rows[1].channel = "paper"
    rows[0].assignee_id, rows[0].due_on = made.unit.person_id, date(2026, 12, 4)
    rows[1].assignee_id, rows[1].due_on = made.second.person_id, date(2026, 12, 5)
    rows[3].due_on = date(2026, 12, 1)
    answering(made)
    answered(made, rows[3])
    clusters.make(made.round.id, "theme", "Agua", [(rows[0].id, 1), (rows[2].id, 1)], by=made.unit, at=AFTER)
    db.session.commit()
    return made


@pytest.mark.parametrize("query", ["", "?stance=against"])
def test_the_keys_that_are_told_are_those_of_the_page(client: FlaskClient, here: Scene, query: str) -> None:
    acting(client, here.unit)
    first, *_, last = comments()
    for address in (
        url(here, query),
        f"/desk/comments/{first.id}{query}",
        f"/desk/comments/{last.id}{query}",
    ):
        page = text(client, address)
        told = re.findall(r"<kbd>(\w)</kbd>", page)
        assert sorted(key.lower() for key in told) == sorted(re.findall(r'accesskey="(\w)"', page))


def comments() -> list[Comment]:
    return list(db.session.scalars(select(Comment).order_by(Comment.id)))


def shown(page: str) -> list[int]:
    """The numbers of the comments in the table."""
    return [int(number) for number in re.findall(r'">R1-(\d)</a> ·', page)]


def url(here: Scene, query: str = "") -> str:
    return f"/desk/rounds/{here.round.id}{query}"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        ("?state=waiting", [1, 2, 3]),
        ("?state=decided", [4]),
        ("?clause=whole", [3]),
        ("?clause=1.1", [1, 2, 3, 4]),
        ("?clause=99999999999", [1, 2, 3, 4]),
        ("?type=editorial", [2]),
        ("?stance=against", [2]),
        ("?country=PE", [2]),
        ("?network=CLAC", [1]),
        ("?network=CAFE", [1]),
        ("?network=CAFE_", []),
        ("?language=en", [4]),
        ("?channel=paper", [2]),
        ("?assignee=me", [1]),
        ("?assignee=none", [3, 4]),
        ("?overdue=1", [1]),
        ("?cluster=any", [1, 3]),
        ("?cluster=none", [2, 4]),
        ("?cluster=99", []),
        ("?text=agua", [1]),
        ("?text=papel+sobra", [2]),
        ("?text=otra+cosa", [3]),
        ("?text=100%25", [4]),
        ("?text=100_", []),
        ("?text=R1-2", [2]),
        ("?text=3", [3]),
        ("?state=waiting&assignee=none&language=es", [3]),
    ],
)
def test_every_filter_stands_in_the_address(
    client: FlaskClient, here: Scene, query: str, numbers: list[int]
) -> None:
    assert shown(text(acting(client, here.unit), url(here, query))) == numbers


def test_filters_name_a_clause_a_person_and_a_cluster(client: FlaskClient, here: Scene) -> None:
    made = clusters.make(
        here.round.id,
        "theme",
        "Papel",
        [(comments()[1].id, 1), (comments()[3].id, 1)],
        by=here.unit,
        at=AFTER,
    )
    db.session.commit()
    acting(client, here.unit)
    assert shown(text(client, url(here, f"?clause={here.clauses[1].id}"))) == [2]
    assert shown(text(client, url(here, f"?assignee={here.second.person_id}"))) == [2]
    assert shown(text(client, url(here, f"?cluster={made.id}"))) == [2, 4]


def test_what_was_chosen_stays_chosen_in_the_form_and_on_every_link(client: FlaskClient, here: Scene) -> None:
    page = text(acting(client, here.unit), url(here, "?state=waiting&text=a"))
    assert '<option value="waiting" selected>' in page
    assert 'name="text" value="a"' in page
    link = f"/desk/comments/{comments()[0].id}?state=waiting&amp;text=a"
    assert f'href="{link}"' in page
    on = text(client, link.replace("&amp;", "&"))
    assert f'/desk/rounds/{here.round.id}?state=waiting&amp;text=a"' in on


def test_neighbours_are_those_of_the_filtered_queue(client: FlaskClient, here: Scene) -> None:
    ids = [row.id for row in comments()]

    def beside(position: int, query: str = "") -> tuple[list[str], list[str]]:
        page = text(client, f"/desk/comments/{ids[position]}{query}")
        return tuple(
            re.findall(rf'rel="{rel}" accesskey="\w" href="/desk/comments/(\d+)', page)
            for rel in ("prev", "next")
        )  # type: ignore[return-value]

    acting(client, here.unit)
    assert beside(1) == ([str(ids[0])], [str(ids[2])])
    assert beside(0, "?cluster=any") == ([], [str(ids[2])])
    assert beside(2, "?cluster=any") == ([str(ids[0])], [])
    assert beside(1, "?cluster=any") == ([str(ids[0])], [str(ids[2])])


def test_after_an_answer_the_next_one_waiting_in_the_queue_is_shown(client: FlaskClient, here: Scene) -> None:
    ids = [row.id for row in comments()]
    page_url = f"/desk/comments/{ids[0]}?cluster=any"
    said = {"outcome": "noted", "reason": "Visto.", "response": "Gracias."}
    first = post(acting(client, here.unit), page_url, **said)
    assert first.location == f"/desk/comments/{ids[2]}?cluster=any"
    last = post(client, first.location, **said)
    assert last.location == f"/desk/comments/{ids[2]}?cluster=any"


def test_the_order_stays_and_no_comment_is_on_two_pages(client: FlaskClient, here: Scene) -> None:
    here.round.state = "open"
    for _ in range(30):
        comment(here, at=DURING)
    answering(here)
    db.session.commit()
    acting(client, here.unit)
    seen = [
        n
        for page in (1, 2, 3)
        for n in re.findall(r'">R1-(\d+)</a> ·', text(client, url(here, f"?page={page}")))
    ]
    assert seen == [str(number) for number in range(1, 35)]
    assert queries(client, url(here)) == queries(client, url(here, "?type=editorial&text=a&cluster=none"))


def charged() -> list[tuple[int | None, date | None]]:
    db.session.expire_all()
    return [(row.assignee_id, row.due_on) for row in comments()]


def test_the_ticked_ones_are_given_to_somebody_until_a_day(client: FlaskClient, here: Scene) -> None:
    ids = [row.id for row in comments()]
    chosen = f"{url(here)}/chosen?comments={ids[2]}&comments={ids[3]}&state=waiting"
    page = text(acting(client, here.unit), chosen)
    assert "R1-3" in page
    assert "R1-4" in page
    assert "R1-1<" not in page
    sent = {
        "comments": [str(ids[2]), str(ids[3])], "assignee": str(here.second.person_id), "due_on": "2026-12-20",
        "csrf_token": token(client, chosen),
    }  # fmt: skip
    answer = client.post(f"{url(here)}/assign?state=waiting", data=sent)
    assert (answer.status_code, answer.location) == (303, f"{url(here)}?state=waiting")
    assert charged()[2:] == [(here.second.person_id, date(2026, 12, 20))] * 2


def test_one_is_given_on_its_own_page_and_taken_away_again(client: FlaskClient, here: Scene) -> None:
    id = comments()[0].id
    page_url, sent = f"/desk/comments/{id}", {"comments": str(id), "assignee": "none", "no_day": "y"}
    answer = post(acting(client, here.unit), f"{url(here)}/assign", page_url=page_url, **sent)
    assert (answer.status_code, answer.location) == (303, page_url)
    assert charged()[0] == (None, None)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"assignee": "keep"}, 409),
        ({"assignee": "keep", "due_on": "2026-12-03"}, 409),
        ({"assignee": "77777"}, 200),
        ({"assignee": "keep", "due_on": "ayer"}, 200),
    ],
)
def test_what_cannot_be_set_is_said_and_nothing_changes(
    client: FlaskClient, here: Scene, sent: dict[str, str], status: int
) -> None:
    before, id = charged(), comments()[0].id
    acting(client, here.unit)
    data = {**sent, "comments": str(id), "csrf_token": token(client, f"/desk/comments/{id}")}
    assert client.post(f"{url(here)}/assign", data=data).status_code == status
    assert charged() == before


@pytest.mark.parametrize("who", ["chair", "head"])
def test_who_only_reads_ticks_nothing(client: FlaskClient, here: Scene, who: str) -> None:
    actor: Actor = getattr(here, who)
    assert ('name="comments"' in text(acting(client, actor), url(here))) == (who == "head")
