"""The call of a vote of an agenda is that of its session."""

from typing import Any

import pytest
from flask import Flask

from consultations.actor import PUBLIC
from consultations.facts.votes import newest_count
from consultations.models.votes import Vote
from consultations.queries import decisions
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import rules
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS

HALF = {"id": "half", "measure": "heads", "count": "represented", "base": "roll", "cmp": ">", "share": "1/2"}


def ladder(*calls: int) -> list[dict[str, Any]]:
    return [
        {"call": n, "all": [{**HALF, "id": f"half-{n}"}], **({"after": "PT1H"} if n > 1 else {})}
        for n in calls
    ]


@pytest.mark.parametrize(("calls", "held_in"), [((), 2), ((1,), 1), ((1, 2), 2)])
def test_a_vote_is_held_in_the_call_of_its_session(app: Flask, calls: tuple[int, ...], held_in: int) -> None:
    hall = make.hall(5)
    rule = {**vote_factory.rule(), "quorum": ladder(*calls)}
    rules.in_book(hall.body, rule)
    assembly = make.prepared(hall)
    item = make.item(assembly, hall, rule=rule)
    make.assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)
    vote = make.db.session.get_one(Vote, item.vote_id)

    def shown() -> int:
        page = decisions.page(vote.id, by=PUBLIC, at=STARTS)
        assert page is not None
        return page.call

    assert shown() == 1
    make.arrive(assembly, hall, 0, 1)
    for at in (STARTS, STARTS + HOUR):
        make.assemblies.call_next(assembly.id, by=hall.president, at=at)
    make.assemblies.install(assembly.id, by=hall.president, at=STARTS + HOUR)
    assert (vote.opened_at, shown()) == (None, held_in)
    factory.voted(assembly, hall, "yy")
    count = newest_count(vote.id)
    assert count is not None
    assert (vote.call, shown(), count.decision["quorum"]["call"]) == (held_in, held_in, held_in)
