"""The desk's pages of codes, proposals and batches read the same from both databases."""

from flask import Flask

from consultations.engine import answers, batches, coding
from consultations.engine.batches import ManyReply
from consultations.facts.topics import topics
from consultations.queries import coding as read
from consultations.queries import deciding, many, tasks
from consultations.queries.coding_files import export
from tests.factories.coding import sampled
from tests.factories.comments import AFTER, REPLY

SAID = ManyReply("noted", "-", {"es": "Gracias."})


def test_codes_are_counted_and_compared(app: Flask) -> None:
    here, sample, (water, cost) = sampled(4)
    for place, spot in enumerate(sample.points):
        coding.code_point(*spot, {water.id}, by=here.unit, at=AFTER)
        coding.code_point(*spot, {water.id, cost.id} if place else set(), by=here.second, at=AFTER)
    id = here.round.id
    page = read.sample(id, 1, 1, by=here.unit, at=AFTER)
    assert (page.total, page.open, [found.agreed for _, found in page.codes]) == (4, 4, [1, 3])
    assert [(row.code, row.points, row.organisations, row.open) for row in topics(id).rows] == [
        ("cost", 0, 0, 3), ("water", 3, 1, 1),
    ]  # fmt: skip
    assert read.codebook(id, by=here.unit, at=AFTER).points == 4
    assert read.point(*sample.points[0], by=here.unit, at=AFTER).mine == {water.id}
    staff = {who.person_id for who in (here.unit, here.second, here.head)}
    assert {id for id, _ in read.coders(by=here.unit, at=AFTER)} == staff
    assert export(id, "marks").body.count(b"\n") == 1 + 4 + 1 + 2 * 3


def test_what_waits_is_listed_once(app: Flask) -> None:
    here, sample, _ = sampled(4)
    spots = [tuple(spot) for spot in sample.points]
    batch = batches.give(here.round.id, spots[:2], SAID, seed="s", by=here.unit, at=AFTER)
    answers.propose(spots[2][0], **REPLY, by=here.unit, at=AFTER)
    page = deciding.page(here.round.id, 1, by=here.second, at=AFTER)
    assert [(row.point.comment_id, row.can) for row in page.rows] == [(spots[2][0], {"decide", "return"})]
    assert [line.size for line in page.batches] == [2]
    seen = deciding.batch(batch.id, by=here.second, at=AFTER)
    assert (seen.standing, len(seen.sample), seen.line.can) == (2, 2, {"check"})
    left = many.page(here.round.id, {"text": "Comentario", "code": "x"}, 1, by=here.unit, at=AFTER)
    assert left.found == (spots[3],)
    kinds = {task.kind for task in tasks.waiting(here.second, at=AFTER)}
    assert {"decide_answers", "check_samples", "code_sample"} <= kinds
