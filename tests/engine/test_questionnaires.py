"""Answers to the round's questions: saved in part, revised, refused when they cannot be meant."""

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import PUBLIC
from consultations.documents.attached import AttachedFile, check_attached
from consultations.engine import question_sheets, questionnaires
from consultations.extensions import db
from consultations.models.remarks import Attachment
from consultations.models.rounds import QuestionAnswer
from consultations.queries.attachments import download, given_answers, own_answers
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, question, scene
from workflows.refusals import Refused
from workflows.roles import Role


def revisions() -> list[tuple[int, str, str]]:
    rows = db.session.scalars(select(QuestionAnswer).order_by(QuestionAnswer.id))
    return [(row.revision, row.value, row.text) for row in rows]


def test_each_changed_answer_is_a_revision_and_the_rest_stays(app: Flask) -> None:
    here = scene()
    agree, single = question(here.round, 1, "agree"), question(here.round, 2, "single", ("Sí", "No"))
    words = question(here.round, 3, "text")
    save = questionnaires.answer
    by = here.delegates[0]
    assert save(here.round.id, {agree.id: ("partly", "Casi."), single.id: ("", "")}, by=by, at=DURING) == 1
    assert save(here.round.id, {agree.id: ("partly", " Casi. ")}, by=by, at=DURING) == 0
    assert (
        save(
            here.round.id,
            {agree.id: ("agree", ""), single.id: ("1", ""), words.id: ("", "Hola")},
            by=by,
            at=DURING,
        )
        == 3
    )
    assert save(here.round.id, {words.id: ("", "")}, by=by, at=DURING) == 1
    assert revisions() == [
        (1, "partly", "Casi."),
        (2, "agree", ""),
        (1, "1", ""),
        (1, "", "Hola"),
        (2, "", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "value"), [("agree", "maybe"), ("single", "2"), ("single", "agree"), ("text", "0")]
)
def test_a_value_that_was_not_offered_is_refused(app: Flask, kind: str, value: str) -> None:
    here = scene()
    asked = question(here.round, 1, kind, ("Sí", "No"))
    with pytest.raises(Refused) as refused:
        questionnaires.answer(here.round.id, {asked.id: (value, "")}, by=here.delegates[0], at=DURING)
    assert [reason.code for reason in refused.value.refusals] == ["value_unknown"]


def test_a_question_of_another_round_is_refused(app: Flask) -> None:
    here, other = scene(), scene()
    asked = question(other.round, 1, "text")
    with pytest.raises(Refused):
        questionnaires.answer(here.round.id, {asked.id: ("", "x")}, by=here.delegates[0], at=DURING)


def test_strangers_and_latecomers_are_refused(app: Flask) -> None:
    here = scene()
    asked = question(here.round, 1, "text")
    for by, at in ((people.delegate(), DURING), (here.delegates[0], CLOSES)):
        with pytest.raises(Refused):
            questionnaires.answer(here.round.id, {asked.id: ("", "x")}, by=by, at=at)
    assert revisions() == []


def file(text: str = "uno", name: str = "costos.pdf") -> AttachedFile:
    return check_attached(b"%PDF-1.7\n" + text.encode(), name)


def test_a_file_answers_a_question_and_another_takes_its_place(app: Flask) -> None:
    here = scene()
    asked, by = question(here.round, 1, "file"), here.delegates[0]

    def save(value: str, words: str = "", sent: AttachedFile | None = None) -> int:
        files = {asked.id: sent} if sent else {}
        return questionnaires.answer(here.round.id, {asked.id: (value, words)}, files=files, by=by, at=DURING)

    one, two = file("uno"), file("dos", "otro.pdf")
    assert save("", sent=one) == 1
    assert save("", sent=one) == 0
    assert save(one.sha256, "Es de mayo.") == 1
    assert own_answers(here.round.id, by.organisation_id)[asked.id].name == "costos.pdf"
    assert save(one.sha256, sent=two) == 1
    assert own_answers(here.round.id, by.organisation_id)[asked.id].name == "otro.pdf"
    assert save("") == 1
    assert own_answers(here.round.id, by.organisation_id) == {}
    assert [value for _, value, _ in revisions()] == [one.sha256, one.sha256, two.sha256, ""]
    assert db.session.scalars(select(Attachment.sha256).order_by(Attachment.id)).all() == [
        one.sha256,
        two.sha256,
    ]


def test_a_file_that_is_not_here_or_answers_another_kind_is_refused(app: Flask) -> None:
    here = scene()
    asked, words = question(here.round, 1, "file"), question(here.round, 2, "text")
    for answers, files, why in (
        ({asked.id: ("a" * 64, "")}, {}, ["answer_file_missing"]),
        ({}, {words.id: file()}, ["value_unknown", "answer_file_missing"]),
        ({asked.id: ("costos.pdf", "")}, {}, ["value_unknown", "answer_file_missing"]),
    ):
        with pytest.raises(Refused) as refused:
            questionnaires.answer(here.round.id, answers, files=files, by=here.delegates[0], at=DURING)
        assert [reason.code for reason in refused.value.refusals] == why


def test_a_file_of_an_answer_is_for_its_organisation_and_for_the_unit_once_it_is_sent(app: Flask) -> None:
    here = scene()
    asked = question(here.round, 1, "file")
    questionnaires.answer(here.round.id, {}, files={asked.id: file()}, by=here.delegates[0], at=DURING)
    row = db.session.scalars(select(Attachment)).one()
    readers = {
        "own": here.delegates[0], "other": here.delegates[1], "unit": here.unit, "public": PUBLIC,
        "auditor": people.actor(Role.AUDITOR), "network": people.actor(Role.NETWORK),
    }  # fmt: skip
    assert {who for who, by in readers.items() if download(row.id, by=by)} == {"own"}
    assert given_answers(here.round.id, by=here.unit) == ()
    question_sheets.send(here.round.id, by=here.delegates[0], at=DURING)
    assert {who for who, by in readers.items() if download(row.id, by=by)} == {"own", "unit", "auditor"}
    given = given_answers(here.round.id, by=here.unit)
    assert [(one.position, one.line.name, one.organisation) for one in given] == [
        (1, "costos.pdf", here.organisations[0].name)
    ]
    assert given_answers(here.round.id, by=here.delegates[0]) == ()


def test_a_file_that_was_replaced_and_given_again_is_one_answer(app: Flask) -> None:
    here = scene()
    asked, by = question(here.round, 1, "file"), here.delegates[0]
    other = check_attached(b"%PDF-1.7\notra", "otra.pdf")
    for one in (file(), other, file()):
        questionnaires.answer(here.round.id, {}, files={asked.id: one}, by=by, at=DURING)
    question_sheets.send(here.round.id, by=by, at=DURING)
    given = given_answers(here.round.id, by=here.unit)
    assert [one.line.name for one in given] == ["costos.pdf"]
    assert given[0].line == own_answers(here.round.id, here.organisations[0].id)[asked.id]
