"""Words that were removed, and comments that are hidden, are read nowhere else either: beside, under, in lists, by searching."""

import pytest
from flask import Flask

from consultations.actor import PUBLIC, Actor
from consultations.documents.synopsis_annex import entries
from consultations.engine import answers, batches, points, remarks, removals
from consultations.engine.batches import ManyReply
from consultations.extensions import db
from consultations.facts.comment_sheets import remarks as sheet
from consultations.facts.queues import in_order, matching
from consultations.facts.synopsis_annex import pins
from consultations.models.comments import Comment
from consultations.models.synopses import Synopsis
from consultations.queries import deciding, desk_points, many, queues
from consultations.queries.answers import answer_page
from consultations.queries.comments import rows, seen
from consultations.queries.remarks import replies
from tests.factories import people
from tests.factories.comments import AFTER, DURING, REPLY, Scene, answering, comment, scene
from workflows.roles import Role

TEXT = "Don Luis no paga.\n\nEl plazo es corto."
SAID = {**REPLY, "response": "Don Luis no es parte.", "reason": "Lo dice de Don Luis."}


@pytest.fixture
def here(app: Flask) -> Scene:
    return scene(organisations=3)


def member(here: Scene) -> Actor:
    """Somebody of the Commission who is not its chair."""
    return people.actor(Role.COMMISSION, network=here.body)


def without_luis(here: Scene, **more: object) -> Comment:
    made = comment(here, text=TEXT, **more)
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    return made


def test_what_waits_for_a_decision_is_read_without_removed_words(here: Scene) -> None:
    made = without_luis(here)
    answers.propose(made.id, **SAID, by=answering(here).unit, at=AFTER)
    listed = deciding.page(here.round.id, 1, by=here.chair, at=AFTER)
    one = deciding.proposal(made.id, 1, by=here.chair, at=AFTER)
    for row in (*listed.rows, one.row):
        assert "no paga" in row.point.text
        assert "Luis" not in repr(row.point)
    kept = deciding.proposal(made.id, 1, by=here.second, at=AFTER).row.point
    assert (kept.text, kept.proposal.response) == (TEXT, "Don Luis no es parte.")


def test_a_sample_and_the_points_that_wait_are_read_without_removed_words(here: Scene) -> None:
    made, other = without_luis(here), comment(here, who=1, clause=1)
    answering(here)
    page = many.page(here.round.id, {}, 1, by=member(here), at=AFTER)
    assert (len(page.rows), "Luis" in repr(page.rows)) == (2, False)
    said = ManyReply("noted", "Sobre Don Luis.", {"es": "Gracias, sin Don Luis."})
    batch = batches.give(here.round.id, [(made.id, 1), (other.id, 1)], said, seed="s", by=here.unit, at=AFTER)
    for reader, found in ((here.chair, False), (here.second, True)):
        seen_here = deciding.batch(batch.id, by=reader, at=AFTER).sample
        assert ["Luis" in repr(one) for one in seen_here if one.comment_id == made.id] == [found]


def test_a_hidden_comment_stays_so_among_points(here: Scene) -> None:
    made = comment(here, text="Insulto.")
    removals.hide(made.id, "ofende", by=here.head, at=DURING)
    for reader, found in ((member(here), False), (people.actor(Role.AUDITOR), True)):
        assert ("Insulto" in repr(desk_points.points([(made.id, 1)], by=reader))) is found


def test_the_page_of_an_answer_has_points_and_answers_without_removed_words(here: Scene) -> None:
    made = without_luis(here)
    points.split(made.id, ["Don Luis no paga.", "El plazo es corto."], by=answering(here).unit, at=AFTER)
    answers.propose(made.id, point=1, **SAID, by=here.unit, at=AFTER)
    page = answer_page(made.id, by=member(here), at=AFTER)
    assert [len(page.points), len(page.replies), "Luis" in repr(page)] == [2, 1, False]
    assert "Luis" in repr(answer_page(made.id, by=here.unit, at=AFTER).points)


def test_what_is_answered_to_a_hidden_comment_is_not_read_at_the_desk(here: Scene) -> None:
    made = comment(here, text="Insulto.")
    answers.propose(made.id, **{**REPLY, "response": "Su insulto."}, by=answering(here).unit, at=AFTER)
    removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    assert "nsulto" not in repr(answer_page(made.id, by=member(here), at=AFTER))
    assert "Su insulto." in repr(answer_page(made.id, by=here.unit, at=AFTER).replies)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Luis", []), ("luis", []), ("paga", [1]), ("nombre", [1]), ("R1-1", [1]), ("plazo", [1, 3]), ("ofende", [2]), ("Insulto", []),
     ("Luis R1-1", [])],
)  # fmt: skip
def test_a_search_does_not_tell_what_is_kept_back(here: Scene, text: str, numbers: list[int]) -> None:
    without_luis(here)
    hidden = comment(here, who=1, text="Insulto.")
    removals.hide(hidden.id, "ofende", by=here.head, at=DURING)
    comment(here, who=2, text="El PLAZO.")

    def found(by: Actor) -> list[int]:
        query = matching(here.round.id, {"text": text}, today=AFTER.date(), by=by)
        ids = db.session.scalars(in_order(query)).all()
        return [db.session.get_one(Comment, id).public_number for id in ids]

    assert found(member(here)) == numbers
    by = member(here)
    page = queues.queue(here.round.id, {"text": text}, 1, by=by, at=AFTER)
    beside = queues.beside(here.round.id, 1, {"text": text}, by=by, at=AFTER)
    assert (page.total, beside.total) == (len(numbers), len(numbers))
    answering(here)
    waits = [
        spot for spot, _ in desk_points.waiting(here.round.id, {"text": text}, today=AFTER.date(), by=by)
    ]
    assert len(waits) == len(numbers)  # also what is hidden waits for its answer
    if text == "Luis":
        assert (found(here.unit), found(people.actor(Role.AUDITOR))) == ([1], [1])


def test_replies_do_not_repeat_what_was_removed(here: Scene) -> None:
    made = without_luis(here)
    remarks.reply(made.id, "Don Luis sí paga.", client_uuid="u", by=here.delegates[1], at=DURING)
    for reader in (here.delegates[2], here.chair):
        (one,) = replies(made.id, by=reader)
        assert (one.text.endswith(" sí paga."), "Luis" in one.text) == (True, False)
    for reader in (here.delegates[0], here.delegates[1], here.unit, people.actor(Role.AUDITOR)):
        assert replies(made.id, by=reader)[0].text == "Don Luis sí paga."


def test_replies_to_a_hidden_comment_are_hidden_with_it(here: Scene) -> None:
    made = comment(here, text="Insulto.")
    remarks.reply(made.id, "¿Por qué dice Insulto?", client_uuid="u", by=here.delegates[1], at=DURING)
    removals.hide(made.id, "ofende", by=here.head, at=DURING)
    (one,) = replies(made.id, by=here.delegates[2])
    assert (one.text, one.hidden) == ("", "ofende")
    for reader in (here.delegates[0], here.delegates[1], here.unit):
        assert replies(made.id, by=reader)[0].text == "¿Por qué dice Insulto?"


def test_answers_do_not_repeat_what_was_removed(here: Scene) -> None:
    made = without_luis(here, visibility="public")
    answers.propose(made.id, **SAID, decide=True, by=answering(here).unit, at=AFTER)
    here.round.published_at = AFTER
    db.session.flush()
    for reader in (PUBLIC, here.delegates[1], here.chair):
        (view,) = seen(rows(Comment.id == made.id), by=reader, at=AFTER)
        assert ("no es parte" in view.answer.response, "Luis" in repr(view)) == (True, False)
    (own,) = seen(rows(Comment.id == made.id), by=here.delegates[0], at=AFTER)
    assert own.answer.response == "Don Luis no es parte."
    (line,) = sheet(here.round.id)
    assert ("Luis" in line.response, "Luis" in line.for_others().response) == (True, False)
    issued = Synopsis(round_id=here.round.id, round=here.round, decisions=pins(here.round.id))
    assert "Luis" not in repr(entries(issued, issued.decisions, by=PUBLIC))
