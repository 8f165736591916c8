"""Every rule that ships, through the pages: voted on by delegates, counted at the deadline, its sentences on the result."""

import html
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM
from consultations.engine import assemblies as sessions
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts.votes import newest_count
from consultations.models.votes import Vote
from tests.browsing import forms, post
from tests.factories import assemblies
from tests.factories import votes as make
from tests.web.visiting import english
from workflows.presets import preset_names

HOUR = timedelta(hours=1)
SAID = ("yes", "yes", "yes", "yes", "yes", "no", "abstain", None)
STATUS = {"adopted": "Adopted", "rejected": "Not adopted"}

REJECTED = ("states-55-weight-65", "two-chambers")  # five of eight are not 65 % of the weight; nobody issues


def by_rule(hall: make.Hall, name: str) -> Vote:
    return make.opened(hall, rule=make.rule(name))


def of_members_p_and_o(hall: make.Hall, name: str) -> Vote:
    """The rule asks whether a member is P or O: an assembly whose roll has groups of that name."""
    for n, member in enumerate(hall.members):
        member.products = ["O" if n == 1 else "P"]
    groups = [{"attribute": "member", "by": "product", "several": "primary"}]
    assembly = assemblies.prepared(hall, roll_rule=assemblies.roll_rule(groups=groups))
    assemblies.item(assembly, hall, rule=make.rule(name))
    sessions.convene(assembly.id, by=hall.president, at=assemblies.CALLED)
    assemblies.arrive(assembly, hall, *range(len(hall.members)))
    sessions.call_next(assembly.id, by=hall.president, at=assemblies.STARTS)
    sessions.install(assembly.id, by=hall.president, at=assemblies.STARTS)
    return assemblies.opened(assembly, hall)


@pytest.mark.parametrize("name", preset_names())
def test_a_rule_that_ships_is_voted_by_and_shows_its_sentences(
    app: Flask, client: FlaskClient, name: str
) -> None:
    hall = make.hall(len(SAID))
    vote = (of_members_p_and_o if name == "iso-draft-ballot" else by_rule)(hall, name)
    db.session.commit()
    assert vote.opened_at is not None
    assert vote.closes_at is not None
    at = vote.opened_at + HOUR / 20
    for delegate, choice in zip(hall.delegates, SAID, strict=True):
        if choice is not None:
            with time_machine.travel(at, tick=False):
                english(client, delegate, at)
                page = post(
                    client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}", follow=True, choice=choice
                ).text
                ballot = next(form for form in forms(page) if form.action == f"/v/{vote.id}/cast").fields
                assert client.post(f"/v/{vote.id}/cast", data=ballot).status_code == 303
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    after = vote.closes_at + HOUR
    with time_machine.travel(after, tick=False):
        shown = html.unescape(english(client, None, after).get(f"/results/{vote.id}").text)
    count = newest_count(vote.id)
    assert count is not None
    assert {choice: n for choice, n in count.decision["heads"].items() if n} == {
        "yes": 5, "no": 1, "abstain": 1, "not_voted": 1,
    }  # fmt: skip
    assert count.status == ("rejected" if name in REJECTED else "adopted")
    assert STATUS[count.status] in shown
    assert [sentence for sentence in count.decision["sentences"]["en"] if sentence not in shown] == []
