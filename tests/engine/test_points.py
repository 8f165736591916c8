"""A comment is split, each of its points is answered for itself, and it stands where the slowest of them does."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import answers, clusters, codebook, coding, comments, points, satisfaction, synopses
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import comment_sheets
from consultations.facts import synopses as figures
from consultations.facts.points import standing
from consultations.facts.rounds import round_facts
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.queries import clause_pages as read
from tests.factories.comments import AFTER, DURING, REPLY, Scene, answered, answering, comment, scene
from workflows.comment import CommentState
from workflows.refusals import Refused

TWO = ("Falta agua.", "Sobra papel.")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def one(here: Scene, **more: object) -> Comment:
    made = comment(here, **{"text": "Falta agua. Sobra papel. Uno. Dos. Tres.", **more})
    answering(here)
    return made


def split(here: Scene, made: Comment, texts: tuple[str, ...] = TWO) -> Comment:
    return points.split(made.id, texts, by=here.unit, at=AFTER)


def states(made: Comment) -> list[str]:
    return [str(point.state) for point in standing(made)]


def test_a_comment_is_one_point_until_it_is_split_and_again_when_they_are_merged(app: Flask) -> None:
    here = scene()
    made = one(here, text="Falta agua. Sobra papel.")
    assert [(point.number, point.text) for point in standing(made)] == [(1, "Falta agua. Sobra papel.")]
    split(here, made)
    assert [(point.number, point.text) for point in standing(made)] == [(1, TWO[0]), (2, TWO[1])]
    assert made.state == CommentState.TRIAGED
    points.merge(made.id, by=here.second, at=AFTER)
    assert [(point.number, point.text) for point in standing(made)] == [(1, "Falta agua. Sobra papel.")]
    points.merge(made.id, by=here.second, at=AFTER)
    names = select(Event.name).where(Event.subject_kind == "comment").order_by(Event.id)
    assert db.session.scalars(names).all()[-3:] == ["comment_triaged", "comment_split", "points_merged"]


def test_splitting_the_same_way_twice_is_splitting_once_and_another_way_takes_its_place(app: Flask) -> None:
    here = scene()
    made = one(here)
    for texts in (TWO, tuple(f" {text}\n" for text in TWO)):
        split(here, made, texts)
    assert db.session.scalars(select(Event.name)).all().count("comment_split") == 1
    split(here, made, ("Uno.", "Dos.", "Tres."))
    assert [point.text for point in standing(made)] == ["Uno.", "Dos.", "Tres."]


@pytest.mark.parametrize("texts", [(), ("Uno.",), ("Uno.", " "), ("", "")])
def test_a_split_has_two_points_with_words(app: Flask, texts: tuple[str, ...]) -> None:
    here = scene()
    with pytest.raises(Refused) as refused:
        split(here, one(here), texts)
    assert codes(refused) == ["points_few"]


@pytest.mark.parametrize(
    ("texts", "strange"),
    [
        (("Falta agua.", "Sobra   papel.\nSi no,\tnada."), []),
        (("Falta agua.", "Sobra papel."), []),
        (("Falta el agua.", "Sobra papel."), [1]),
        (("Falta agua. Queremos", "sobra papel."), [1, 2]),
        (("Porque sí.", "El agua no falta."), []),
    ],
)
def test_a_point_has_the_comment_s_own_words(app: Flask, texts: tuple[str, ...], strange: list[int]) -> None:
    here = scene()
    made = one(
        here, text="Falta agua.\n\nSobra papel. Si no, nada.", justification="Porque sí.", proposal="El agua no falta."
    )  # fmt: skip
    if not strange:
        assert [point.text for point in standing(split(here, made, texts))] == [
            text.strip() for text in texts
        ]
        return
    with pytest.raises(Refused) as refused:
        split(here, made, texts)
    assert [(one.code, dict(one.params)["number"]) for one in refused.value.refusals] == [
        ("point_not_in_comment", number) for number in strange
    ]


def test_a_comment_that_two_are_coding_is_neither_split_nor_merged(app: Flask) -> None:
    here = scene()
    whole, made = comment(here, text=" ".join(TWO)), one(here, who=1)
    split(here, made)
    codebook.write_code(here.round.id, "agua", "Del agua", by=here.unit, at=AFTER)
    sample = coding.draw_sample(
        here.round.id, size=9, first_id=here.unit.person_id, second_id=here.second.person_id, seed="s", by=here.unit, at=AFTER
    )  # fmt: skip
    for act in (lambda: points.merge(made.id, by=here.unit, at=AFTER), lambda: split(here, whole)):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["points_sampled"]
    coding.give_up(here.round.id, sample.number, "Nadie puede.", by=here.unit, at=AFTER)
    points.merge(made.id, by=here.unit, at=AFTER)
    assert len(standing(split(here, whole))) == 2


@pytest.mark.parametrize("act", [lambda id, **who: points.split(id, TWO, **who), points.merge])
def test_points_are_made_by_the_unit_while_the_round_is_answered(app: Flask, act) -> None:
    here = scene()
    made = comment(here)
    with pytest.raises(Refused) as early:
        act(made.id, by=here.unit, at=DURING)
    assert codes(early) == ["round_not_answering"]
    answering(here)
    with pytest.raises(Refused) as other:
        act(made.id, by=here.delegates[0], at=AFTER)
    assert codes(other) == ["role_may_not"]
    with pytest.raises(NotFound):
        act(made.id + 1, by=here.unit, at=AFTER)


def test_every_reason_against_another_split_is_told(app: Flask) -> None:
    here = scene()
    made, other = comment(here, text=" ".join((*TWO, "Uno."))), one(here, who=1)
    split(here, made)
    clusters.make(here.round.id, "theme", "Agua", [(made.id, 1), (other.id, 1)], by=here.unit, at=AFTER)
    answers.propose(made.id, **REPLY, point=2, by=here.unit, at=AFTER)
    with pytest.raises(Refused) as refused:
        split(here, made, ("Uno.",))
    assert codes(refused) == ["points_few", "comment_has_answers", "point_in_cluster"]
    with pytest.raises(Refused) as merged:
        points.merge(made.id, by=here.unit, at=AFTER)
    assert codes(merged) == ["comment_has_answers", "point_in_cluster"]


def test_points_go_their_own_way_and_the_comment_waits_for_the_slowest(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    first = answers.propose(made.id, **REPLY, by=here.unit, at=AFTER)
    assert (states(made), made.state) == (["proposed", "triaged"], "triaged")
    answers.decide(made.id, known=first.number, by=here.second, at=AFTER)
    assert (states(made), made.state) == (["decided", "triaged"], "triaged")
    second = answers.propose(made.id, **{**REPLY, "outcome": "rejected"}, point=2, by=here.unit, at=AFTER)
    assert (second.number, states(made), made.state) == (3, ["decided", "proposed"], "proposed")
    decided = answers.decide(made.id, known=3, point=2, decided_in="Acta 7", by=here.second, at=AFTER)
    assert (decided.decided_in, states(made), made.state) == ("Acta 7", ["decided", "decided"], "decided")
    assert answers.decide(made.id, known=1, by=here.second, at=AFTER).number == 2
    answers.reverse(made.id, "Contradice 2.1.", point=1, by=here.unit, at=AFTER)
    assert (states(made), made.state) == (["triaged", "decided"], "triaged")
    assert answers.propose(made.id, **REPLY, known=2, by=here.unit, at=AFTER).number == 5
    answers.return_(made.id, "Falta citar.", point=1, by=here.head, at=AFTER)
    assert (states(made), made.state) == (["triaged", "decided"], "triaged")


def test_a_point_is_reopened_while_another_is_only_proposed(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    answers.propose(made.id, **REPLY, decide=True, by=here.unit, at=AFTER)
    answers.propose(made.id, **REPLY, point=2, by=here.unit, at=AFTER)
    assert made.state == CommentState.PROPOSED
    answers.reverse(made.id, "Contradice 2.1.", by=here.second, at=AFTER)
    assert (states(made), made.state) == (["triaged", "proposed"], "triaged")


def test_an_answer_to_another_point_came_between_and_is_no_quarrel(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    first = answers.propose(made.id, **REPLY, by=here.unit, at=AFTER)
    answers.propose(made.id, **REPLY, point=2, by=here.second, at=AFTER)
    assert answers.decide(made.id, known=first.number, by=here.second, at=AFTER).number == 3
    assert answers.decide(made.id, known=first.number, by=here.second, at=AFTER).number == 3
    with pytest.raises(Refused) as refused:
        answers.propose(made.id, **{**REPLY, "response": "Otra."}, known=2, by=here.unit, at=AFTER)
    assert "answered_meanwhile" in codes(refused)


def test_what_a_point_changed_is_kept_with_its_clause_and_through_the_decision(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    change = {"change_clause": "n2", "change_before": "agua", "change_after": "agua limpia"}
    answers.propose(made.id, **REPLY, **change, point=2, by=here.unit, at=AFTER)
    kept = answers.decide(made.id, known=1, point=2, by=here.second, at=AFTER)
    assert {name: getattr(kept, name) for name in change} == change


def test_a_point_that_is_not_there_is_not_answered(app: Flask) -> None:
    here = scene()
    with pytest.raises(NotFound):
        answers.propose(one(here).id, **REPLY, point=2, by=here.unit, at=AFTER)


def test_a_synopsis_waits_for_every_point_and_counts_what_became_of_each(app: Flask) -> None:
    here = scene()
    made, other = comment(here, text=" ".join(TWO)), one(here, who=1)
    answered(here, other)
    split(here, made)
    answers.propose(made.id, **REPLY, decide=True, by=here.unit, at=AFTER)
    facts = round_facts(here.round, by=here.unit, at=AFTER)
    assert (facts.points_without_outcome, facts.points_without_response, facts.second_person_pending) == (
        1,
        1,
        0,
    )
    with pytest.raises(Refused) as refused:
        synopses.submit(here.round.id, "a", "b", by=here.unit, at=AFTER)
    assert codes(refused)[:2] == ["points_without_outcome", "points_without_response"]
    answers.propose(made.id, **{**REPLY, "outcome": "rejected"}, point=2, by=here.unit, at=AFTER)
    facts = round_facts(here.round, by=here.unit, at=AFTER)
    assert (facts.points_without_outcome, facts.second_person_pending) == (0, 1)
    answers.decide(made.id, known=3, point=2, by=here.second, at=AFTER)
    counted = figures.figures(here.round.id)
    assert {name: count for name, count in counted["outcomes"].items() if count} == {
        "accepted": 2,
        "rejected": 1,
    }
    assert counted["received"] == 2
    assert figures.decisions(here.round.id) == [
        {"comment": made.id, "version": 1, "answer": 2, "outcome": "accepted", "point": 1},
        {"comment": made.id, "version": 1, "answer": 4, "outcome": "rejected", "point": 2},
        {"comment": other.id, "version": 1, "answer": 2, "outcome": "accepted"},
    ]


def test_its_organisation_reads_the_answer_of_each_point_once_published_and_objects_to_one(
    app: Flask,
) -> None:
    here = scene()
    made = split(here, one(here))
    for number in (1, 2):
        response = {**REPLY, "response": f"Respuesta {number}."}
        answers.propose(made.id, **response, point=number, decide=True, by=here.unit, at=AFTER)

    def seen() -> list[str | None]:
        (view,) = read.seen(read.rows(Comment.id == made.id), by=here.delegates[0], at=AFTER)
        return [point.answer and point.answer.response for point in view.points]

    assert seen() == []
    here.round.published_at, here.round.satisfaction_until = AFTER, AFTER.replace(day=30)
    made.state = CommentState.ANSWERED
    db.session.flush()
    assert seen() == ["Respuesta 1.", "Respuesta 2."]
    satisfaction.declare(made.id, "objects", "La segunda no.", by=here.delegates[0], at=AFTER)
    satisfaction.answer_objection(made.id, "Mejor así.", point=2, by=here.unit, at=AFTER)
    assert seen() == ["Respuesta 1.", "Mejor así."]


def test_a_comment_sheet_has_the_responses_to_all_points(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    for number, outcome in ((1, "accepted"), (2, "noted")):
        answers.propose(
            made.id,
            **{**REPLY, "outcome": outcome, "response": f"R{number}."},
            point=number,
            by=here.unit,
            at=AFTER,
        )
    (row,) = comment_sheets.remarks(here.round.id)
    assert (row.outcome, row.response, row.points) == (None, "(1) R1.\n(2) R2.", 2)


def test_a_comment_that_was_hidden_and_shown_again_is_answered_anew(app: Flask) -> None:
    here = scene()
    made = answered(here, one(here))
    made.state = CommentState.SUBMITTED  # as showing it again leaves it
    db.session.flush()
    split(here, made)
    assert states(made) == ["triaged", "triaged"]
    assert len(db.session.scalars(select(Answer)).all()) == 2


def test_splitting_takes_a_comment_up_so_that_its_author_changes_it_no_more(app: Flask) -> None:
    here = scene()
    made = split(here, one(here))
    with pytest.raises(Refused):
        comments.withdraw(made.id, by=here.delegates[0], at=AFTER)
