"""The reverse report: what changed from one round to the next, and what neither a comment nor a reason explains."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from flask import Flask

from consultations.documents.reverse_report import Explained, report, unexplained
from consultations.engine import answers, change_reasons, drafts, synopses
from consultations.extensions import db
from consultations.models.base import NotFound
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from consultations.queries import hand_overs
from tests.engine.refusals import refused_with
from tests.factories import drafts as draft
from tests.factories.comments import AFTER, REPLY, Scene, answering, comment, consultation, scene
from workflows.roles import Role

LATER = AFTER + timedelta(days=30)


@pytest.fixture
def here(app: Flask) -> Scene:
    """The first clause is changed as a decided answer says; a proposed answer says it of the second."""
    made = scene()
    said = [comment(made, clause=n) for n in (0, 1)]
    answering(made)
    for n, one in enumerate(said):
        changed = {"change": "Otro texto", "change_clause": made.clauses[n].stable_id}
        answers.propose(one.id, **REPLY, **changed, decide=n == 0, by=made.unit, at=AFTER)
    made.round.state = "superseded"
    db.session.flush()
    return made


@pytest.fixture
def version(here: Scene) -> StandardVersion:
    return drafts.draw_up(here.round.version_id, label="2.0", by=here.unit, at=AFTER)


def second(here: Scene, version: StandardVersion, number: int = 2) -> Round:
    two = consultation(version, here.round.dossier.body, state="published", number=number)
    two.dossier_id, two.published_at, two.satisfaction_until = here.round.dossier_id, AFTER, AFTER
    db.session.flush()
    return two


def lines(report: Iterable[Explained]) -> list[tuple[str, bool, str]]:
    return [((one.change.after or one.change.before)[0].number, one.asked, one.reason) for one in report]


def test_a_change_is_explained_by_a_decided_answer_that_names_its_clause(
    here: Scene, version: StandardVersion
) -> None:
    for number in ("1.1", "1.2", "2.1"):
        draft.reword(draft.clause(version, number), f"Otra cosa {number}.", here.unit)
    draft.clause(version, "2.2").number = "2.7"
    found = lines(report(here.round, version))
    assert found == [("1.1", True, ""), ("1.2", False, ""), ("2.1", False, "")]
    assert (unexplained(second(here, version)), unexplained(here.round)) == (2, 0)


def test_what_nothing_explains_goes_to_no_vote_until_a_person_writes_why(
    here: Scene, version: StandardVersion
) -> None:
    draft.reword(draft.clause(version, "2.1"), "Otra cosa.", here.unit)
    two = second(here, version)
    with refused_with("changes_unexplained"):
        synopses.ready_for_vote(two.id, by=here.chair, at=LATER)
    assert [one.code for one in hand_overs.against(two, Role.CHAIR, by=here.chair, at=LATER)] == [
        "changes_unexplained"
    ]
    (line,) = report(here.round, version)
    given = (here.round.id, version.id, line.sha256)
    written = [change_reasons.explain(*given, " La ley cambió. ", by=here.unit, at=AFTER) for _ in range(2)]
    assert [event is not None for event in written] == [True, False]
    assert lines(report(here.round, version)) == [("2.1", False, "La ley cambió.")]
    assert synopses.ready_for_vote(two.id, by=here.chair, at=LATER).state == "ready_for_vote"
    with refused_with("move_not_from_here"):
        change_reasons.explain(*given, "Otra razón.", by=here.unit, at=LATER)


def test_a_reason_holds_for_the_words_that_it_was_written_for(here: Scene, version: StandardVersion) -> None:
    node = draft.clause(version, "2.1")
    draft.reword(node, "Otra cosa.", here.unit)
    (line,) = report(here.round, version)
    change_reasons.explain(here.round.id, version.id, line.sha256, "La ley cambió.", by=here.unit, at=AFTER)
    draft.reword(node, "Y otra más.", here.unit)
    assert unexplained(second(here, version)) == 1
    with pytest.raises(NotFound):
        change_reasons.explain(here.round.id, version.id, line.sha256, "Otra.", by=here.unit, at=AFTER)


def test_a_later_round_takes_the_changes_of_earlier_ones_along(here: Scene, version: StandardVersion) -> None:
    draft.reword(draft.clause(version, "2.1"), "Otra cosa.", here.unit)
    two = second(here, version)
    last = drafts.draw_up(version.id, label="3.0", by=here.unit, at=AFTER)
    three = second(here, last, 3)
    two.state = "superseded"
    db.session.flush()
    assert (lines(report(two, last)), unexplained(three)) == ([], 1)
    two.state = "withdrawn"
    db.session.flush()
    (line,) = report(here.round, last)
    assert unexplained(three) == 1
    change_reasons.explain(here.round.id, last.id, line.sha256, "La ley cambió.", by=here.unit, at=AFTER)
    two.state = "superseded"
    db.session.flush()
    assert unexplained(three) == 0  # the same words changed, whichever round brought them


def test_what_an_answer_of_an_earlier_round_names_is_asked_for(here: Scene, version: StandardVersion) -> None:
    two = second(here, version)
    last = drafts.draw_up(version.id, label="3.0", by=here.unit, at=AFTER)
    draft.reword(draft.clause(last, "1.1"), "Otra cosa.", here.unit)
    assert lines(report(two, last)) == [("1.1", True, "")]


@pytest.mark.parametrize("verb", ["added", "deleted"])
def test_a_clause_that_came_or_went_is_a_change(here: Scene, version: StandardVersion, verb: str) -> None:
    node = draft.clause(version, "2.2")
    if verb == "deleted":
        node.kind = "deleted"
    else:
        node.stable_id = "other"
        draft.reword(node, "Nada de lo anterior.", here.unit)
        node.texts[0].heading = ""
    assert (verb,) in {one.change.kinds for one in report(here.round, version)}


def test_who_writes_a_reason_is_of_the_unit_and_gives_one(here: Scene, version: StandardVersion) -> None:
    draft.reword(draft.clause(version, "2.1"), "Otra cosa.", here.unit)
    (line,) = report(here.round, version)
    given = (here.round.id, version.id, line.sha256)
    with refused_with("role_may_not"):
        change_reasons.explain(*given, "La ley.", by=here.chair, at=AFTER)
    with refused_with("reason_missing"):
        change_reasons.explain(*given, "  ", by=here.unit, at=AFTER)
