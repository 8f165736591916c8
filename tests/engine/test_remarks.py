"""An organisation stands behind another's comment once; replies are kept in order, and hidden only with a reason."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.engine import comments, remarks
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import supports
from consultations.models.events import Event
from consultations.models.remarks import Reply, Support
from consultations.models.timers import Notice
from consultations.queries.remarks import said_page, supporters
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, comment, scene
from workflows.refusals import Refused
from workflows.roles import Role

TICK = timedelta(microseconds=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def count(model: type) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0


def test_support_is_given_once_and_taken_back(app: Flask) -> None:
    here = scene()
    made, other = comment(here), here.delegates[1]
    first = remarks.support(made.id, by=other, at=DURING)
    again = remarks.support(made.id, by=people.delegate(here.organisations[1]), at=DURING + TICK)
    assert (first.id, count(Support)) == (again.id, 1)
    remarks.take_back_support(made.id, by=other, at=DURING)
    remarks.take_back_support(made.id, by=other, at=DURING)
    assert count(Support) == 0
    names = db.session.scalars(select(Event.name).order_by(Event.id)).all()
    assert names[-2:] == ["comment_supported", "support_taken_back"]


@pytest.mark.parametrize(
    ("changed", "stands"),
    [
        ({"text": "Rechazamos el precio mínimo."}, False),
        ({"stance": "against"}, False),
        ({"proposal": "Sin precio mínimo."}, False),
        ({"justification": "Porque alcanza.", "type": "technical"}, True),
    ],
)
def test_support_is_for_what_was_said_and_is_given_anew(
    app: Flask, changed: dict[str, str], stands: bool
) -> None:
    here = scene(organisations=3)
    author, one, other = here.delegates
    words = {**WORDS, "text": "Queremos el precio mínimo."}
    made = comment(here, **words)
    for by in (one, other):
        remarks.support(made.id, by=by, at=DURING)
    comments.edit(made.id, version=1, by=author, at=DURING, **{**words, **changed})
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "support_ended")).all()
    assert sorted(told) == ([] if stands else sorted([one.person_id, other.person_id]))
    assert supports.counted([made.id]) == ({made.id: 2} if stands else {})
    assert supports.given_by(one.organisation_id, [made.id]) == {made.id: stands}
    comments.edit(made.id, version=2, by=author, at=DURING, **{**words, **changed, "justification": "Otra."})
    assert len(db.session.scalars(select(Notice.id).where(Notice.kind == "support_ended")).all()) == len(told)
    for _ in range(2):
        remarks.support(made.id, by=one, at=DURING)
    assert supports.counted([made.id]) == {made.id: 2 if stands else 1}
    assert count(Support) == 2
    page = said_page(made.id, by=other, at=DURING)
    assert (page.comment.around.supported, page.comment.around.turned) == (stands, not stands)
    assert page.can >= ({"take_back"} if stands else {"support", "take_back"})
    assert [line.stands for line in supporters(made.id)].count(True) == (2 if stands else 1)
    comments.edit(made.id, version=3, by=author, at=DURING, **words)
    assert supports.counted([made.id]) == {
        made.id: 2 if stands else 1
    }  # it says again what the other supports
    assert supports.given_by(other.organisation_id, [made.id]) == {made.id: True}


def test_nobody_supports_or_answers_their_own_comment(app: Flask) -> None:
    here = scene()
    made = comment(here)
    with pytest.raises(Refused) as refused:
        remarks.support(made.id, by=here.delegates[0], at=DURING)
    assert codes(refused) == ["own_comment_support"]
    with pytest.raises(Refused) as refused:
        remarks.reply(made.id, " ", client_uuid="u", by=here.delegates[0], at=DURING)
    assert codes(refused) == ["own_comment_reply", "reply_empty"]


@pytest.mark.parametrize("verb", ["support", "take_back", "reply"])
def test_nothing_enters_at_the_closing_instant(app: Flask, verb: str) -> None:
    here = scene(organisations=3)
    made, other = comment(here), here.delegates[1]
    remarks.support(made.id, by=other, at=CLOSES - TICK)
    acts = {
        "support": lambda: remarks.support(made.id, by=here.delegates[2], at=CLOSES),
        "take_back": lambda: remarks.take_back_support(made.id, by=other, at=CLOSES),
        "reply": lambda: remarks.reply(made.id, "Sí.", client_uuid="u", by=other, at=CLOSES),
    }
    with pytest.raises(Refused) as refused:
        acts[verb]()
    assert codes(refused) == ["deadline_passed"]


def test_who_is_not_asked_supports_nothing(app: Flask) -> None:
    here = scene()
    made = comment(here)
    with pytest.raises(Refused) as refused:
        remarks.support(made.id, by=people.delegate(), at=DURING)
    assert codes(refused) == ["organisation_not_registered"]


@pytest.mark.parametrize("kept", ["unit", "draft", "withdrawn"])
def test_what_others_may_not_read_is_not_there_for_them(app: Flask, kept: str) -> None:
    here = scene()
    made = comment(here, visibility="unit" if kept == "unit" else "members", submit=kept != "draft")
    if kept == "withdrawn":
        comments.withdraw(made.id, by=here.delegates[0], at=DURING)
    for verb, given in (
        ("support", {}),
        ("take_back_support", {}),
        ("reply", {"text": "Sí.", "client_uuid": "u"}),
    ):
        with pytest.raises(NotFound):
            getattr(remarks, verb)(made.id, by=here.delegates[1], at=DURING, **given)


def test_a_hidden_comment_takes_neither_support_nor_replies(app: Flask) -> None:
    here = scene()
    made = comment(here)
    made.hidden_at = DURING
    db.session.flush()
    with pytest.raises(Refused) as refused:
        remarks.support(made.id, by=here.delegates[1], at=DURING)
    assert codes(refused) == ["comment_not_open"]
    with pytest.raises(Refused) as refused:
        remarks.reply(made.id, "Sí.", client_uuid="u", by=here.unit, at=DURING)
    assert codes(refused) == ["comment_not_open"]


def test_a_reply_sent_twice_is_one_and_other_words_are_another(app: Flask) -> None:
    here = scene()
    made, other = comment(here), here.delegates[1]
    first = remarks.reply(made.id, " De acuerdo. ", client_uuid="u", by=other, at=DURING)
    again = remarks.reply(made.id, "De acuerdo.", client_uuid="u", by=other, at=DURING + TICK)
    remarks.reply(made.id, "Casi de acuerdo.", client_uuid="u", by=other, at=DURING)
    remarks.reply(made.id, "De acuerdo.", client_uuid="u", by=here.unit, at=DURING)
    assert (first.id, first.text, count(Reply)) == (again.id, "De acuerdo.", 3)


@pytest.mark.parametrize(
    ("state", "fine"),
    [("open", True), ("closed", True), ("answering", True), ("synopsis_review", False), ("published", False)],
)
def test_the_unit_replies_while_it_answers(app: Flask, state: str, fine: bool) -> None:
    here = scene()
    made = comment(here)
    here.round.state = state
    db.session.flush()
    if fine:
        assert (
            remarks.reply(made.id, "¿Cuánto?", client_uuid="u", by=here.unit, at=CLOSES).organisation_id
            is None
        )
        return
    with pytest.raises(Refused) as refused:
        remarks.reply(made.id, "¿Cuánto?", client_uuid="u", by=here.unit, at=CLOSES)
    assert codes(refused) == ["reply_too_late"]


def test_an_auditor_does_not_reply(app: Flask) -> None:
    here = scene()
    made = comment(here)
    auditor = people.actor(Role.AUDITOR, network=here.body)
    with pytest.raises(Refused) as refused:
        remarks.reply(made.id, "¿Cuánto?", client_uuid="u", by=auditor, at=DURING)
    assert "role_may_not" in codes(refused)


def test_a_reply_is_hidden_by_the_head_with_a_reason_and_stays(app: Flask) -> None:
    here = scene()
    row = remarks.reply(comment(here).id, "Insulto.", client_uuid="u", by=here.delegates[1], at=DURING)
    with pytest.raises(Refused) as refused:
        remarks.hide_reply(row.id, " ", by=here.unit, at=DURING)
    assert codes(refused) == ["role_may_not", "reason_missing"]
    remarks.hide_reply(row.id, "Ofende.", by=here.head, at=DURING)
    remarks.hide_reply(row.id, "Otra vez.", by=here.head, at=DURING + TICK)
    assert (row.text, row.hidden_at, row.hidden_reason) == ("Insulto.", DURING, "Ofende.")
    with pytest.raises(NotFound):
        remarks.hide_reply(10**6, "x", by=here.head, at=DURING)
