"""One answer for many points: proposed, a sample seen by a second person, then decided or given back; nothing twice."""

import json
from dataclasses import replace

import pytest
import sqlalchemy.event
from flask import Flask
from sqlalchemy import select

from consultations.engine import answers, batches, cluster_answers, clusters
from consultations.engine.batches import ManyReply
from consultations.extensions import db
from consultations.facts.batches import given, sampled
from consultations.models.base import NotFound
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.models.organisations import Network
from consultations.models.points import Batch, Point
from consultations.queries import deciding as read
from tests.engine.refusals import refused_with
from tests.factories.comments import AFTER, REPLY, Scene, answering, comment, scene
from workflows.comment import CommentState
from workflows.sampling import drawn

SAID = ManyReply(
    "noted",
    "Igual para {clause}.",
    {"es": "Gracias por {number}, sobre {clause}.", "pt": "Obrigado por {number}."},
)


def many(count: int = 7, **more: object) -> tuple[Scene, list[tuple[int, int]]]:
    """A round being answered, and its points."""
    here = scene()
    made = [comment(here, who=n % 2, **more) for n in range(count)]
    answering(here)
    return here, [(one.id, 1) for one in made]


def give(here: Scene, spots: list[tuple[int, int]], reply: ManyReply = SAID, *, seed: str = "seed") -> Batch:
    return batches.give(here.round.id, spots, reply, seed=seed, by=here.unit, at=AFTER)


def states() -> list[str]:
    return list(db.session.scalars(select(Comment.state).order_by(Comment.id)))


def event(name: str) -> list[dict[str, object]]:
    rows = db.session.scalars(select(Event.payload).where(Event.name == name).order_by(Event.id))
    return [json.loads(row) for row in rows]


def test_answers_are_proposed_and_the_sample_drawn_from_the_recorded_seed(app: Flask) -> None:
    here, spots = many()
    batch = give(here, spots[::-1])
    assert states() == ["proposed"] * 7
    assert [(one.comment_id, one.point) for one in given(batch)] == spots
    sample = tuple((one.comment_id, one.point) for one in sampled(batch))
    assert sample == drawn("seed", spots, 5)
    (told,) = event("answers_given")
    assert (told["seed"], told["points"], told["batch"]) == ("seed", 7, f"batch/{batch.id}")
    assert told["sample"] == [f"comment/{id}.{point}" for id, point in sample]
    first = db.session.scalars(select(Answer).order_by(Answer.id)).first()
    assert (first.response, first.reason) == ("Gracias por R1-1, sobre 1.1.", "Igual para 1.1.")


def test_each_organisation_is_answered_in_its_language_and_the_whole_text_is_named_in_it(app: Flask) -> None:
    here = scene()
    spots = [(comment(here, language="pt").id, 1), (comment(here, who=1, clause=None).id, 1)]
    answering(here)
    give(here, spots, ManyReply("noted", "-", {"es": "Sobre {clause}.", "pt": "Obrigado por {number}."}))
    said = db.session.scalars(select(Answer.response).order_by(Answer.id)).all()
    assert said[0] == "Obrigado por R1-1."
    assert "{clause}" not in said[1]


def test_the_same_choice_sent_twice_is_one_batch(app: Flask) -> None:
    here, spots = many(3)
    assert give(here, spots).id == give(here, spots, seed="another").id
    assert len(db.session.scalars(select(Answer)).all()) == 3
    assert len(event("answers_given")) == 1
    with refused_with("many_answered"):
        give(here, spots, replace(SAID, outcome="accepted"))
    with refused_with("many_answered"):
        give(here, spots, replace(SAID, responses={"es": "Otra.", "pt": "Obrigado por {number}."}))
    assert give(here, spots, replace(SAID, responses={**SAID.responses, "fr": "Merci."})).comments


def test_nothing_is_answered_twice(app: Flask) -> None:
    here, spots = many(3)
    answers.propose(spots[1][0], **REPLY, by=here.second, at=AFTER)
    with refused_with("many_answered"):
        give(here, spots)
    assert states() == ["submitted", "proposed", "submitted"]
    give(here, [spots[0], spots[2]])
    with refused_with("many_answered"):
        give(here, [spots[0]])


def test_every_reason_against_an_answer_is_said(app: Flask) -> None:
    here, spots = many(1)
    with refused_with("outcome_missing", "reason_missing", "response_missing_in"):
        give(here, spots, ManyReply("", " ", {"es": " ", "pt": "Obrigado."}))
    with refused_with("many_missing"):
        give(here, [])
    for who in (here.delegates[0], here.chair):
        with refused_with("role_may_not"):
            batches.give(here.round.id, spots, SAID, seed="s", by=who, at=AFTER)
    here.round.state = "closed"
    db.session.flush()
    with refused_with("round_not_answering"):
        give(here, spots)


def test_at_most_so_many_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here, spots = many(3)
    monkeypatch.setattr(batches, "MOST", 2)
    with refused_with("many_too_many"):
        give(here, spots)
    assert len(give(here, spots[:2]).comments) == 2


def test_points_of_another_round_are_not_there(app: Flask) -> None:
    here, _ = many(1)
    _, theirs = many(1)
    with pytest.raises(NotFound):
        give(here, theirs)
    with pytest.raises(NotFound):
        give(here, [(theirs[0][0], 2)])


def test_nobody_decides_alone_before_the_sample_is_seen_whatever_the_policy(app: Flask) -> None:
    here, spots = many(2)
    db.session.get_one(Network, here.unit.network_id).settings = {"second_person": "never"}
    give(here, spots)
    with refused_with("second_person_missing"):
        answers.decide(spots[0][0], known=1, by=here.unit, at=AFTER)
    assert (
        answers.decide(spots[0][0], known=1, by=here.second, at=AFTER).decided_by_id == here.second.person_id
    )


def test_a_second_person_who_saw_the_sample_decides_on_all(app: Flask) -> None:
    here, spots = many()
    batch = give(here, spots)
    seen = [(one.comment_id, one.point) for one in sampled(batch)]
    with refused_with("sample_not_seen"):
        batches.confirm(batch.id, seen[1:], by=here.second, at=AFTER)
    with refused_with("batch_own", "sample_not_seen"):
        batches.confirm(batch.id, [], by=here.unit, at=AFTER)
    for _ in range(2):
        done = batches.confirm(batch.id, seen, by=here.second, at=AFTER)
    assert (done.verdict, done.checked_by_id, done.checked_at) == ("confirmed", here.second.person_id, AFTER)
    assert states() == ["decided"] * 7
    deciders = set(db.session.scalars(select(Answer.decided_by_id).where(Answer.number == 2)))
    assert deciders == {here.second.person_id}
    assert [(told["decided"], told["left"]) for told in event("answers_confirmed")] == [(7, 0)]
    with refused_with("batch_checked"):
        batches.send_back(batch.id, "Tarde.", by=here.second, at=AFTER)


@pytest.mark.parametrize(("replaced", "asked"), [(1, 5), (4, 5), (5, 5), (8, 4), (12, 0)])
def test_another_is_drawn_for_what_was_replaced_in_the_sample(app: Flask, replaced: int, asked: int) -> None:
    """Who gave the answers cannot empty the sample: of what still stands as many are looked at as at first."""
    here, spots = many(12)
    batch = give(here, spots)
    order = [spot for size in range(1, 13) for spot in drawn("seed", spots, size)]
    order = list(dict.fromkeys(order))
    for id, _ in order[:replaced]:
        answers.propose(id, **REPLY, known=1, by=here.unit, at=AFTER)
    wanted = order[replaced : replaced + asked]
    page = read.batch(batch.id, by=here.second, at=AFTER)
    open_points = [point.key for point in page.sample if point.key not in page.replaced | page.settled]
    assert sorted(open_points) == sorted(f"{id}.{point}" for id, point in wanted)
    if wanted:
        with refused_with("sample_not_seen"):
            batches.confirm(batch.id, wanted[1:], by=here.second, at=AFTER)
    batches.confirm(batch.id, wanted, by=here.second, at=AFTER)
    assert sorted(states()) == ["decided"] * (12 - replaced) + ["proposed"] * replaced
    (told,) = event("answers_confirmed")
    assert (told["decided"], told["left"]) == (12 - replaced, replaced)
    assert sorted(told["sample"]) == sorted(f"comment/{id}.{point}" for id, point in wanted)
    assert set(wanted) <= {(one.comment_id, one.point) for one in sampled(batch)}


def test_a_batch_that_is_sent_back_leaves_every_point_waiting(app: Flask) -> None:
    here, spots = many(3)
    batch = give(here, spots)
    with refused_with("batch_own", "reason_missing"):
        batches.send_back(batch.id, " ", by=here.unit, at=AFTER)
    for _ in range(2):
        done = batches.send_back(batch.id, "No responde.", by=here.second, at=AFTER)
    assert (done.verdict, states()) == ("returned", ["triaged"] * 3)
    assert [told["returned"] for told in event("answers_sent_back")] == [3]
    with refused_with("batch_checked"):
        batches.confirm(batch.id, [], by=here.second, at=AFTER)
    again = give(here, spots)
    assert again.id != batch.id
    assert states() == ["proposed"] * 3


def test_answers_replaced_or_decided_meanwhile_are_left_as_they_are(app: Flask) -> None:
    here, spots = many(3)
    batch = give(here, spots)
    answers.propose(spots[0][0], **REPLY, known=1, by=here.second, at=AFTER)
    answers.decide(spots[1][0], known=1, by=here.second, at=AFTER)
    batches.confirm(batch.id, spots, by=here.head, at=AFTER)
    assert states() == ["proposed", "decided", "decided"]
    assert [(told["decided"], told["left"]) for told in event("answers_confirmed")] == [(1, 2)]


def test_the_chair_may_check_a_sample_and_a_delegate_may_not(app: Flask) -> None:
    here, spots = many(1)
    batch = give(here, spots)
    with refused_with("role_may_not"):
        batches.confirm(batch.id, spots, by=here.delegates[0], at=AFTER)
    with refused_with("role_may_not"):
        batches.send_back(batch.id, "No.", by=here.delegates[0], at=AFTER)
    assert batches.confirm(batch.id, spots, by=here.chair, at=AFTER).verdict == "confirmed"


def test_points_of_a_split_comment_are_answered_each_for_itself(app: Flask) -> None:
    here, spots = many(1)
    for number in (1, 2):
        db.session.add(Point(comment_id=spots[0][0], number=number, text=f"Parte {number}", made_at=AFTER))
    db.session.flush()
    batch = give(here, [(spots[0][0], 2)])
    assert states() == [CommentState.TRIAGED]
    give(here, [(spots[0][0], 1)])
    assert states() == [CommentState.PROPOSED]
    batches.confirm(batch.id, [(spots[0][0], 2)], by=here.second, at=AFTER)
    assert states() == [CommentState.PROPOSED]


def test_what_is_no_batch_is_not_found(app: Flask) -> None:
    here, _ = many(1)
    with pytest.raises(NotFound):
        batches.confirm(987654, [], by=here.second, at=AFTER)


def test_the_answer_of_a_cluster_waits_for_its_sample_too(app: Flask) -> None:
    here, spots = many(6)
    made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
    said = {"outcome": "noted", "reason": "-", "responses": {"es": "Gracias."}, "by": here.unit, "at": AFTER}
    batch = cluster_answers.answer(made.id, seed="seed", **said).batch
    assert tuple((one.comment_id, one.point) for one in sampled(batch)) == drawn("seed", spots, 5)
    (told,) = event("cluster_answered")
    assert (told["seed"], len(told["sample"])) == ("seed", 5)
    with refused_with("second_person_missing"):
        answers.decide(spots[0][0], known=1, by=here.unit, at=AFTER)
    batches.confirm(batch.id, spots, by=here.second, at=AFTER)
    assert states() == ["decided"] * 6


def test_a_cluster_that_is_decided_at_once_has_no_sample(app: Flask) -> None:
    here, spots = many(2)
    made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
    said = {"outcome": "noted", "reason": "-", "responses": {"es": "Gracias."}, "by": here.unit, "at": AFTER}
    batch = cluster_answers.answer(made.id, seed="seed", decide=True, **said).batch
    assert (batch.seed, batch.sample, states()) == ("", [], ["decided"] * 2)
    with pytest.raises(NotFound):
        batches.confirm(batch.id, spots, by=here.second, at=AFTER)


def test_more_points_than_a_sample_holds_are_not_decided_at_once(app: Flask) -> None:
    here, spots = many(6)
    made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
    said = {"outcome": "noted", "reason": "-", "responses": {"es": "Gracias."}, "by": here.unit, "at": AFTER}
    with refused_with("sample_asked"):
        cluster_answers.answer(made.id, decide=True, **said)
    assert states() == ["submitted"] * 6
    clusters.take_out(made.id, spots[5:], by=here.unit, at=AFTER)
    cluster_answers.answer(made.id, decide=True, **said)
    assert states() == ["decided"] * 5 + ["submitted"]


def test_nobody_gets_round_the_sample_by_giving_their_own_answer_once_more(app: Flask) -> None:
    here, spots = many(2)
    made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
    said = {"outcome": "noted", "reason": "-", "responses": {"es": "Gracias."}, "at": AFTER}
    cluster_answers.answer(made.id, seed="seed", by=here.unit, **said)
    one = {"outcome": "noted", "reason": "Otra.", "response": "Gracias.", "known": 1, "at": AFTER}
    with refused_with("second_person_missing"):
        cluster_answers.answer(made.id, decide=True, by=here.unit, **said)
    with refused_with("second_person_missing"):
        answers.propose(spots[0][0], **one, decide=True, by=here.unit)
    assert states() == ["proposed"] * 2
    answers.propose(spots[0][0], **one, decide=True, by=here.second)
    assert states() == ["decided", "proposed"]


@pytest.mark.parametrize("outcome", ["rejected", "out_of_scope", "deferred"])
def test_what_turns_down_is_never_decided_by_who_proposed_it_on_any_path(app: Flask, outcome: str) -> None:
    here, spots = many(2)
    made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
    said = {"reason": "-", "responses": {"es": "No."}, "by": here.unit, "at": AFTER}
    with refused_with("second_person_missing"):
        cluster_answers.answer(made.id, outcome=outcome, decide=True, **said)
    batch = give(here, spots, ManyReply(outcome, "-", {"es": "No."}))
    with refused_with("batch_own"):
        batches.confirm(batch.id, spots, by=here.unit, at=AFTER)
    assert not db.session.scalars(select(Answer).where(Answer.decided_by_id.is_not(None))).all()


@pytest.mark.parametrize("weighty", ["substantive", "would_vote_no"])
def test_a_cluster_is_not_decided_at_once_where_one_of_its_points_is_weighty(
    app: Flask, weighty: str
) -> None:
    here = scene()
    no = {"would_vote_no": True} if weighty == "would_vote_no" else {}
    spots = [(comment(here).id, 1), (comment(here, who=1, **no).id, 1)]
    answering(here)
    made = clusters.make(here.round.id, "theme", "Igual", spots, by=here.unit, at=AFTER)
    said = {"outcome": "accepted", "reason": "-", "responses": {"es": "Sí."}, "by": here.unit, "at": AFTER}
    with refused_with("second_person_missing"):
        cluster_answers.answer(made.id, decide=True, substantive=weighty == "substantive", **said)


def test_both_points_of_a_comment_get_the_answer_and_are_decided_together(app: Flask) -> None:
    here, spots = many(2)
    for number in (1, 2):
        db.session.add(Point(comment_id=spots[0][0], number=number, text=f"Parte {number}", made_at=AFTER))
    db.session.flush()
    batch = give(here, [*spots, (spots[0][0], 2)])
    assert batch.comments == [[spots[0][0], 1, 1], [spots[0][0], 2, 2], [spots[1][0], 1, 1]]
    assert states() == ["proposed"] * 2
    batches.confirm(batch.id, [*spots, (spots[0][0], 2)], by=here.second, at=AFTER)
    rows = db.session.execute(select(Answer.point, Answer.number).where(Answer.comment_id == spots[0][0]))
    assert sorted(rows.all()) == [(1, 1), (1, 3), (2, 2), (2, 4)]
    names = select(Event.name).where(Event.subject_kind == "comment", Event.subject_id == spots[0][0])
    assert db.session.scalars(names.order_by(Event.id)).all()[-5:] == [
        "comment_triaged", "answer_proposed", "answer_proposed", "answer_decided", "answer_decided",
    ]  # fmt: skip


def test_what_is_read_for_an_answer_to_many_hangs_not_on_how_many_they_are(app: Flask) -> None:
    reads: list[str] = []

    @sqlalchemy.event.listens_for(db.engine, "before_cursor_execute")
    def count(connection, cursor, statement, *rest: object) -> None:  # type: ignore[no-untyped-def]
        reads.extend(["read"] * statement.startswith("SELECT"))

    found = []
    for number in (3, 12):
        here, spots = many(number)
        made = clusters.make(here.round.id, "duplicate", "Igual", spots, by=here.unit, at=AFTER)
        said = {
            "outcome": "noted",
            "reason": "-",
            "responses": {"es": "Gracias."},
            "by": here.unit,
            "at": AFTER,
        }
        reads.clear()
        batch = cluster_answers.answer(made.id, seed="seed", **said).batch
        given_reads = len(reads)
        batches.confirm(batch.id, spots, by=here.second, at=AFTER)
        found.append((given_reads, len(reads) - given_reads))
    assert found[0] == found[1]
