"""Whom a network's coordinator calls: the silent with their addresses, page by page; of the others only the name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import NetworkKind
from consultations.models.people import Person
from consultations.models.votes import Vote
from consultations.queries.silence import PAGE
from tests.conftest import signed_in
from tests.factories import comments, people, votes
from workflows.roles import Role


def read(client: FlaskClient, url: str, language: str = "en") -> str:
    with client.session_transaction() as session:
        session["language"] = language
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_round_is_named_with_its_dossier_and_its_silent_members(client: FlaskClient) -> None:
    scene = comments.scene(organisations=3)
    network = people.network(NetworkKind.PRODUCT, members=scene.organisations[:2])
    comments.comment(scene, 0)
    db.session.commit()
    with time_machine.travel(comments.DURING, tick=False):
        page = read(
            signed_in(client, people.actor(Role.NETWORK, network=network)),
            f"/network/rounds/{scene.round.id}",
        )
    assert f"{scene.round.dossier.code} · Review of the standard</a> · Round 1" in page
    assert "One member has not answered" in page
    assert ("Answered: 1" in page, "A call often helps" in page) == (True, True)
    assert [name in page for name in (scene.organisations[0].name, scene.organisations[1].name)] == [
        True,
        True,
    ]
    assert scene.organisations[2].name not in page
    called, silent = (people_of(scene.organisations[n].id) for n in (0, 1))
    assert [mail in page for mail in (called, silent)] == [False, True]


def test_who_is_silent_in_a_closed_round_is_not_called_any_more(client: FlaskClient) -> None:
    scene = comments.scene(organisations=2)
    network = people.network(NetworkKind.PRODUCT, members=scene.organisations)
    scene.round.state = "closed"
    db.session.commit()
    with time_machine.travel(comments.AFTER, tick=False):
        by = signed_in(client, people.actor(Role.NETWORK, network=network))
        page = read(by, f"/network/rounds/{scene.round.id}")
    assert ("A call often helps" in page, "you see only that it has answered" in page) == (False, True)


def people_of(organisation_id: int) -> str:
    """The address of who acts for it."""
    query = db.select(Person.email).join(Mandate).where(Mandate.organisation_id == organisation_id)
    return str(db.session.scalar(query))


def test_a_vote_is_named_and_its_members_have_voted_or_not(client: FlaskClient) -> None:
    hall = votes.hall(3)
    vote = votes.opened(hall)
    votes.cast(vote, hall.delegates[0], "yes")
    network = people.network(NetworkKind.COUNTRY, members=tuple(hall.members))
    db.session.commit()
    with time_machine.travel(votes.OPENS + timedelta(days=1), tick=False):
        page = read(
            signed_in(client, people.actor(Role.NETWORK, network=network)), f"/network/votes/{vote.id}"
        )
    assert f"· Vote {vote.code}" in page
    assert "2 members have not voted" in page
    assert "Voted: 1" in page
    assert "answered" not in page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("number", "shown", "links"),
    [(1, PAGE, ["next"]), (2, 1, ["prev"]), (9, 1, ["prev"]), (0, PAGE, ["next"])],
)
def test_many_silent_members_come_page_by_page(
    client: FlaskClient, number: int, shown: int, links: list[str]
) -> None:
    scene = comments.scene(organisations=PAGE + 1)
    network = people.network(NetworkKind.PRODUCT, members=scene.organisations)
    db.session.commit()
    url = f"/network/rounds/{scene.round.id}?page={number}"
    page = read(signed_in(client, people.actor(Role.NETWORK, network=network)), url)
    assert page.count('<th scope="row">') == shown
    assert [rel for rel in ("prev", "next") if f'rel="{rel}"' in page] == links


@pytest.mark.parametrize("what", ["rounds", "votes"])
def test_what_is_not_there_is_not_found(client: FlaskClient, what: str) -> None:
    coordinator = people.actor(Role.NETWORK, network=people.network(NetworkKind.PRODUCT))
    db.session.commit()
    assert signed_in(client, coordinator).get(f"/network/{what}/4711").status_code == 404


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("draft", 404), ("commission_review", 404), ("approved", 404), ("scheduled", 200), ("open", 200), ("closed", 200),
        ("published", 200), ("withdrawn", 404),
    ],
)  # fmt: skip
def test_a_round_is_read_by_a_network_once_everybody_may_know_of_it(
    client: FlaskClient, state: str, status: int
) -> None:
    scene = comments.scene(state=state)
    network = people.network(NetworkKind.PRODUCT, members=scene.organisations)
    db.session.commit()
    page = signed_in(client, people.actor(Role.NETWORK, network=network)).get(
        f"/network/rounds/{scene.round.id}"
    )
    assert page.status_code == status
    assert (scene.round.dossier.code in page.get_data(as_text=True)) is (status == 200)


def drafted(hall: votes.Hall) -> Vote:
    """A vote of which the roll is there, but that is not convened."""
    vote = votes.convened(hall)
    vote.state, vote.convened_at = "draft", None
    return vote


@pytest.mark.parametrize(
    ("made", "status"), [(votes.prepared, 404), (drafted, 404), (votes.convened, 200), (votes.opened, 200)]
)
def test_a_vote_is_read_by_a_network_once_it_is_convened(
    client: FlaskClient, made: Callable[[votes.Hall], Vote], status: int
) -> None:
    hall = votes.hall(3)
    vote = made(hall)
    network = people.network(NetworkKind.COUNTRY, members=tuple(hall.members))
    db.session.commit()
    page = signed_in(client, people.actor(Role.NETWORK, network=network)).get(f"/network/votes/{vote.id}")
    assert page.status_code == status


def test_a_network_of_which_nobody_is_asked_reads_neither(client: FlaskClient) -> None:
    scene, vote = comments.scene(), votes.opened(votes.hall(3))
    network = people.network(NetworkKind.PRODUCT, members=[people.organisation("Otra")])
    db.session.commit()
    signed_in(client, people.actor(Role.NETWORK, network=network))
    pages = (f"/network/rounds/{scene.round.id}", f"/network/votes/{vote.id}")
    assert [client.get(page).status_code for page in pages] == [404, 404]
