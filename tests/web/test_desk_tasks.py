"""What the desk leaves for second people and coders stands on their home page, and nobody else's."""

import pytest
from flask import Flask

from consultations.actor import Actor
from consultations.engine import answers, batches, coding
from consultations.engine.batches import ManyReply
from consultations.extensions import db
from consultations.models.organisations import Network
from consultations.queries import tasks
from tests.factories.coding import sampled
from tests.factories.comments import AFTER, REPLY, Scene, answering, comment, scene

SAID = ManyReply("noted", "-", {"es": "Gracias."})


def waiting(who: Actor) -> dict[str, int]:
    """Kind of task -> its count, of those the desk leaves."""
    kinds = ("decide_answers", "check_samples", "code_sample")
    found = tasks.waiting(who, at=AFTER)
    return {task.kind: int(task.params["count"]) for task in found if task.kind in kinds}


def desk(count: int = 3, **more: object) -> tuple[Scene, list[int]]:
    here = scene()
    made = [comment(here, who=n % 2, **more).id for n in range(count)]
    answering(here)
    return here, made


@pytest.mark.parametrize(
    ("reply", "said", "own"),
    [
        ({}, {}, {"decide_answers": 3}),
        ({"outcome": "rejected"}, {}, {}),
        ({"substantive": True}, {}, {}),
        ({}, {"would_vote_no": True}, {}),
    ],
)
def test_weighty_answers_wait_for_a_second_person(
    app: Flask, reply: dict[str, object], said: dict[str, object], own: dict[str, int]
) -> None:
    here, made = desk(**said)
    for id in made:
        answers.propose(id, **{**REPLY, **reply}, by=here.unit, at=AFTER)
    assert waiting(here.unit) == own
    assert waiting(here.second) == waiting(here.head) == waiting(here.chair) == {"decide_answers": 3}


def test_a_batch_waits_as_one_sample_for_everybody_but_its_author(app: Flask) -> None:
    here, made = desk()
    db.session.get_one(Network, here.unit.network_id).settings = {"second_person": "never"}
    batch = batches.give(here.round.id, [(id, 1) for id in made[:2]], SAID, seed="s", by=here.unit, at=AFTER)
    answers.propose(made[2], **REPLY, by=here.unit, at=AFTER)
    assert waiting(here.unit) == {"decide_answers": 1}
    assert waiting(here.second) == {"decide_answers": 1, "check_samples": 1}
    batches.send_back(batch.id, "No.", by=here.second, at=AFTER)
    assert waiting(here.second) == {"decide_answers": 1}


def test_each_coder_sees_what_they_have_left(app: Flask) -> None:
    here, sample, (water, _) = sampled(3)
    coding.code_point(*sample.points[0], {water.id}, by=here.unit, at=AFTER)
    assert waiting(here.unit) == {"code_sample": 2}
    assert waiting(here.second) == {"code_sample": 3}
    assert waiting(here.head) == {}
    for spot in sample.points[1:]:
        coding.code_point(*spot, set(), by=here.unit, at=AFTER)
    assert waiting(here.unit) == {}
