"""No page shows a link that its reader may not open: every page of a small world, followed link by link, per role."""

from collections import deque
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

import pytest
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.extensions import db, limiter
from tests.conftest import signed_in
from tests.factories import comments, elections, minutes, people, votes
from tests.factories import rounds as make
from workflows.roles import Role

NOW = votes.OPENS + timedelta(hours=2)
EARLIER = votes.OPENS - timedelta(days=7)
MOST = 1500
LEFT_OUT = ("/static/", "/language/")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value or "" for name, value in attrs if name == "href"]


def links(page: str) -> list[str]:
    """The paths on this site that a page links to, without fragments."""
    reader = _Links()
    reader.feed(page)
    plain = (urldefrag(link).url for link in reader.found if not urlsplit(link).scheme)
    return [link for link in plain if link.startswith("/") and not link.startswith(LEFT_OUT)]


def world() -> dict[str, Actor | None]:
    """Rounds at every stage, votes that run and are decided, and somebody in every role."""
    house = make.house()
    for stage in make.STAGES:
        make.at_stage(house, stage)
    running, answering = comments.scene(), comments.answering(comments.scene())
    comments.comment(running)
    comments.comment(running, submit=False)
    running.round.state, answering.round.state = "open", "answering"
    hall, decided = votes.hall(3, book=False), votes.hall(3, book=False)
    votes.cast(votes.opened(hall), hall.delegates[0], "yes")
    votes.proclaimed(
        decided, "yyn", opens_at=EARLIER, closes_at=EARLIER + timedelta(days=3), at=NOW, notice_days=0
    )
    sat = votes.hall(3)
    minutes.held(sat, "yyn", titles=("Presupuesto", "Otra"))
    voting = votes.hall(3)
    chosen = elections.opened(voting, form="hybrid", link="https://example.org/sala", code="A-2")
    elections.cast(chosen, voting, "iris")
    members = (*house.organisations, *running.organisations, *hall.members)
    network = people.network("country", members=members)
    both = people.person()
    return {
        "unit": house.unit, "head": house.head, "member": house.members[0], "chair": house.chair,
        "delegate": running.delegates[0], "elector": hall.delegates[0], "attending": voting.delegates[1],
        "desk": voting.secretary, "presiding": voting.president, "counting": voting.scrutineer, "secretary": hall.secretary,
        "president": hall.president, "scrutineer": hall.scrutineer, "committee": decided.committee,
        "sat": sat.secretary, "presided": sat.president, "heard": sat.committee,
        "organisation": people.actor(Role.ORGANISATION, organisation=decided.members[0]),
        "network": people.actor(Role.NETWORK, network=network), "auditor": people.actor(Role.AUDITOR),
        "admin": people.actor(Role.ADMIN), "twofold": people.actor(Role.ADMIN, by=both),
        "nobody": Actor(Role.PUBLIC, people.person().id), "public": None,
    }  # fmt: skip


def broken(client: FlaskClient, actor: Actor | None) -> tuple[dict[str, str], int]:
    """The links that lead to a refusal or to nowhere, each with the page it stands on; and how many were followed."""
    with client.session_transaction() as session:
        session.clear()
    limiter.reset()  # each of them comes from a place of their own
    if actor is not None:
        signed_in(client, actor)
    seen = {"/": "", "/home": ""} if actor else {"/": ""}
    waiting, wrong = deque(seen), {}
    while waiting:
        url = waiting.popleft()
        answer = client.get(url, follow_redirects=True)
        if answer.status_code >= 400:
            wrong[url] = f"{answer.status_code}, linked from {seen[url]}"
        elif answer.mimetype == "text/html":
            new = [link for link in dict.fromkeys(links(answer.get_data(as_text=True))) if link not in seen]
            seen |= dict.fromkeys(new, url)
            waiting.extend(new)
        assert len(seen) < MOST, f"the pages do not end: {sorted(seen)[-5:]}"
    return wrong, len(seen)


def test_no_page_shows_a_link_that_its_reader_may_not_open(client: FlaskClient) -> None:
    everybody = world()
    db.session.commit()
    wrong, followed = {}, {}
    for name, actor in everybody.items():
        wrong[name], followed[name] = broken(client, actor)
    assert sorted(f"{who}: {url} {why}" for who, found in wrong.items() for url, why in found.items()) == []
    assert {name for name, count in followed.items() if count < 4} == set()


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: NOW)
