"""Comments enter until the closing instant and not after it, once each, numbered without gaps."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import PUBLIC, SYSTEM, Actor
from consultations.engine import comments, lapsing
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice
from consultations.queries.comments import rows, seen
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, comment, late_grant, question, scene
from workflows.refusals import Refused
from workflows.roles import Role

TICK = timedelta(microseconds=1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def test_a_comment_is_sent_numbered_receipted_and_told_to_its_author(app: Flask) -> None:
    here = scene()
    made = comment(here)
    assert (made.state, made.public_number, made.submitted_at, made.late) == ("submitted", 1, DURING, False)
    assert len(made.receipt) == 14
    told = db.session.scalars(select(Notice)).one()
    assert (told.kind, told.person_id, told.params) == (
        "comment_received", here.delegates[0].person_id, {"receipt": made.receipt, "number": "R1-1"},
    )  # fmt: skip
    names = db.session.scalars(select(Event.name).order_by(Event.id)).all()
    assert names == ["comment_drafted", "comment_submitted"]


def test_a_draft_has_no_number_until_it_is_sent(app: Flask) -> None:
    here = scene()
    draft = comment(here, submit=False)
    sent = comment(here, who=1)
    assert (draft.state, draft.public_number, sent.public_number) == ("draft", None, 1)
    comments.submit(draft.id, by=here.delegates[0], at=DURING)
    assert draft.public_number == 2


def test_the_same_form_twice_is_one_comment(app: Flask) -> None:
    here = scene()
    first = comment(here, client_uuid="u-1")
    again = comment(here, client_uuid="u-1", at=DURING + TICK)
    assert (again.id, again.version, again.public_number) == (first.id, 1, 1)
    assert comments.repeated(again, DURING + TICK)
    assert not comments.repeated(first, DURING)
    assert here.round.last_public_number == 1


def test_the_same_form_with_other_words_is_the_next_version(app: Flask) -> None:
    here = scene()
    first = comment(here, client_uuid="u-1", submit=False)
    again = comment(here, client_uuid="u-1", text="Pensado mejor.")
    assert (again.id, again.version, again.state) == (first.id, 2, "submitted")


def test_another_organisation_may_use_the_same_uuid(app: Flask) -> None:
    here = scene()
    assert comment(here, who=0, client_uuid="u").id != comment(here, who=1, client_uuid="u").id


@pytest.mark.parametrize(("at", "enters"), [(CLOSES - TICK, True), (CLOSES, False), (CLOSES + TICK, False)])
def test_the_closing_instant_is_too_late(app: Flask, at: datetime, enters: bool) -> None:
    here = scene()
    if enters:
        assert comment(here, at=at).state == "submitted"
        return
    with pytest.raises(Refused) as refused:
        comment(here, at=at)
    assert codes(refused) == ["deadline_passed"]


@pytest.mark.parametrize(("after", "enters"), [(-TICK, True), (timedelta(0), False)])
@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_late_grant_lets_its_organisation_in_until_it_ends(
    app: Flask, state: str, after: timedelta, enters: bool
) -> None:
    here = scene(state=state)
    until = CLOSES + timedelta(days=2)
    late_grant(here.round, here.organisations[0], until)
    if enters:
        assert comment(here, at=until + after).late is True
    else:
        with pytest.raises(Refused):
            comment(here, at=until + after)
    with pytest.raises(Refused):
        comment(here, who=1, at=CLOSES)


@pytest.mark.parametrize("state", ["scheduled", "paused", "closed", "answering", "published"])
def test_nothing_enters_outside_the_open_round(app: Flask, state: str) -> None:
    here = scene(state=state)
    with pytest.raises(Refused):
        comment(here)
    with pytest.raises(Refused):
        comments.declare_no_comment(here.round.id, by=here.delegates[0], at=DURING)


def test_every_reason_is_said_at_once(app: Flask) -> None:
    here = scene()
    stranger = people.delegate()
    with pytest.raises(Refused) as refused:
        comments.enter(
            here.round.id, 0, client_uuid="u", language="xx", visibility="all", by=stranger, at=DURING,
            type="rumour", stance="for", text=" ",
        )  # fmt: skip
    assert codes(refused) == [
        "value_unknown",
        "value_unknown",
        "value_unknown",
        "clause_not_in_round",
        "organisation_not_registered",
        "text_missing",
    ]


def test_a_clause_of_another_text_is_refused(app: Flask) -> None:
    here, other = scene(), scene()
    with pytest.raises(Refused) as refused:
        comments.enter(
            here.round.id,
            other.clauses[0].id,
            client_uuid="u",
            language="es",
            by=here.delegates[0],
            at=DURING,
            **WORDS,
        )
    assert codes(refused) == ["clause_not_in_round"]


def test_a_mandate_that_ended_meanwhile_enters_nothing(app: Flask) -> None:
    here = scene()
    db.session.get_one(Mandate, here.delegates[0].mandate_id).ends_at = DURING
    with pytest.raises(Refused) as refused:
        comment(here, at=DURING)
    assert codes(refused) == ["mandate_over"]
    assert comment(here, at=DURING - TICK).state == "submitted"


def test_every_version_is_kept_and_the_last_counts(app: Flask) -> None:
    here = scene()
    made = comment(here)
    comments.edit(made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Mejor así."})
    comments.edit(made.id, version=2, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Mejor así."})
    texts = db.session.scalars(select(CommentVersion.text).order_by(CommentVersion.number)).all()
    assert (made.version, texts, made.state) == (2, ["Nos parece bien.", "Mejor así."], "submitted")


def test_who_edits_what_a_colleague_changed_is_shown_both(app: Flask) -> None:
    here = scene()
    colleague = people.delegate(here.organisations[0])
    made = comment(here)
    comments.edit(made.id, version=1, by=colleague, at=DURING, **{**WORDS, "text": "Del colega."})
    with pytest.raises(Refused) as refused:
        comments.edit(
            made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Del primero."}
        )
    assert codes(refused) == ["edited_meanwhile"]
    comments.edit(made.id, version=2, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Del primero."})
    assert made.version == 3


@pytest.mark.parametrize("verb", ["edit", "submit", "withdraw"])
def test_nobody_touches_another_organisations_comment(app: Flask, verb: str) -> None:
    here = scene()
    made = comment(here, submit=False)
    more = {"version": 1, **WORDS} if verb == "edit" else {}
    with pytest.raises(Refused) as refused:
        getattr(comments, verb)(made.id, by=here.delegates[1], at=DURING, **more)
    assert codes(refused) == ["comment_not_own"]


def test_a_withdrawn_comment_is_kept_with_its_number(app: Flask) -> None:
    here = scene()
    made = comment(here)
    comments.withdraw(made.id, by=here.delegates[0], at=DURING)
    comments.withdraw(made.id, by=here.delegates[0], at=DURING + TICK)
    assert (made.state, made.public_number, made.withdrawn_at) == ("withdrawn", 1, DURING)
    assert comment(here).public_number == 2
    with pytest.raises(Refused):
        comments.withdraw(comment(here, clause=1).id, by=here.delegates[0], at=CLOSES)


def test_no_comment_is_an_answer_that_may_be_taken_back(app: Flask) -> None:
    here = scene()
    entry = comments.declare_no_comment(here.round.id, by=here.delegates[0], at=DURING)
    comments.declare_no_comment(here.round.id, by=here.delegates[0], at=DURING + TICK)
    assert (entry.no_comment_at, entry.no_comment_by_id) == (DURING, here.delegates[0].person_id)
    comments.retract_no_comment(here.round.id, by=here.delegates[0], at=DURING)
    assert (entry.no_comment_at, entry.no_comment_by_id) == (None, None)


def test_no_comment_and_a_comment_do_not_stand_together(app: Flask) -> None:
    here = scene()
    comments.declare_no_comment(here.round.id, by=here.delegates[0], at=DURING)
    comment(here)
    assert db.session.scalars(select(RegisterEntry.no_comment_at)).all() == [None, None]
    with pytest.raises(Refused) as refused:
        comments.declare_no_comment(here.round.id, by=here.delegates[0], at=DURING)
    assert codes(refused) == ["no_comment_beside_comments"]


def test_drafts_lapse_when_their_time_is_over_and_stay(app: Flask) -> None:
    here = scene()
    late_grant(here.round, here.organisations[1], CLOSES + timedelta(days=2))
    mine, granted, sent = comment(here, submit=False), comment(here, who=1, submit=False), comment(here)
    here.round.state = "closed"
    db.session.flush()
    assert lapsing.lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES) == 1
    assert [c.state for c in (mine, granted, sent)] == ["withdrawn", "draft", "submitted"]
    assert lapsing.lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES + timedelta(days=2)) == 1


def test_fifty_at_once_are_numbered_without_gap_or_deadlock(app: Flask) -> None:
    here = scene(organisations=25)
    db.session.commit()
    round_id, node_id, actors = here.round.id, here.clauses[0].id, [*here.delegates, *here.delegates]

    def send(numbered: tuple[int, Actor]) -> int:
        number, who = numbered
        with app.app_context(), unit_of_work():
            # Half send what they write; half write first, under a shared lock, and send then.
            made = comments.enter(
                round_id,
                node_id,
                client_uuid=f"u{number}",
                language="es",
                submit=number % 2 == 0,
                by=who,
                at=DURING,
                **WORDS,
            )
            id = made.id
        if number % 2:
            with app.app_context(), unit_of_work():
                comments.submit(id, by=who, at=DURING)
        return id

    with ThreadPoolExecutor(12) as pool:
        ids = list(pool.map(send, enumerate(replace(actor) for actor in actors)))
    db.session.rollback()
    numbers = db.session.scalars(select(Comment.public_number).order_by(Comment.public_number)).all()
    assert len(set(ids)) == 50
    assert numbers == list(range(1, 51))


def test_a_form_sent_again_late_does_not_write_over_what_a_colleague_changed(app: Flask) -> None:
    here = scene()
    made = comment(here, client_uuid="u-1", text="First words.")
    comments.edit(made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Better words."})
    again = comment(here, client_uuid="u-1", text="First words.", at=DURING + TICK)
    assert (again.id, again.version, newest_text(again)) == (made.id, 2, "Better words.")
    with pytest.raises(Refused) as refused:
        comment(here, client_uuid="u-1", text="Others yet.", at=DURING + TICK)
    assert codes(refused) == ["edited_meanwhile"]


def test_a_form_sent_again_for_fewer_readers_is_read_by_fewer(app: Flask) -> None:
    here = scene()
    comment(here, client_uuid="u-1", visibility="public", consent_to_name=True)
    again = comment(here, client_uuid="u-1", visibility="unit", consent_to_name=False, at=DURING + TICK)
    assert (again.version, again.visibility, again.consent_to_name) == (1, "unit", False)


def test_an_old_page_does_not_open_what_a_colleague_has_closed_to_others(app: Flask) -> None:
    here = scene()
    made = comment(here, visibility="members")
    changed = {**WORDS, "text": "Only for you."}
    comments.edit(made.id, version=1, visibility="unit", by=here.delegates[0], at=DURING, **changed)
    with pytest.raises(Refused) as refused:
        comments.edit(made.id, version=1, visibility="members", by=here.delegates[0], at=DURING, **changed)
    assert (codes(refused), made.visibility) == (["edited_meanwhile"], "unit")


def newest_text(made: Comment) -> str:
    query = select(CommentVersion.text).filter_by(comment_id=made.id, number=made.version)
    return db.session.scalars(query).one()


def test_quoted_words_are_kept_as_they_stand_with_what_surrounds_them(app: Flask) -> None:
    here = scene()
    made = comment(here, quote="de  1.1")
    assert (made.anchor, made.quote, made.prefix, made.suffix) == ("range", "de 1.1", "Texto ", " (es).")
    told = {"version": 1, "by": here.delegates[0], "at": DURING, **WORDS}
    comments.edit(made.id, **told)
    assert made.quote == "de 1.1"
    comments.edit(made.id, quote="", **told)
    assert (made.anchor, made.quote, made.prefix, made.suffix, made.version) == ("clause", "", "", "", 1)
    comments.edit(made.id, quote="Texto", **told)
    assert (made.anchor, made.quote, made.prefix) == ("range", "Texto", "")


def test_words_that_stand_in_another_language_of_the_clause_are_found_too(app: Flask) -> None:
    here = scene()
    assert comment(here, quote="1.1 (en)").suffix == "."


@pytest.mark.parametrize(
    ("clause", "quote", "code"),
    [(0, "Otras palabras", "quote_absent"), (None, "Texto", "quote_without_clause")],
)
def test_words_that_do_not_stand_there_are_refused(
    app: Flask, clause: int | None, quote: str, code: str
) -> None:
    here = scene()
    with pytest.raises(Refused) as refused:
        comment(here, clause=clause, quote=quote)
    assert codes(refused) == [code]


def test_a_form_sent_again_with_other_quoted_words_points_at_them(app: Flask) -> None:
    here = scene()
    comment(here, client_uuid="u-1", quote="Texto")
    again = comment(here, client_uuid="u-1", quote="1.1", at=DURING + TICK)
    assert (again.quote, again.version) == ("1.1", 1)


def test_a_comment_on_a_question_of_the_round(app: Flask) -> None:
    here, other = scene(), scene()
    asked, elsewhere = question(here.round, 1, "text"), question(other.round, 1, "text")
    made = comment(here, clause=None, question_id=asked.id)
    assert (made.anchor, made.node_id, made.question_id) == ("question", None, asked.id)
    for id in (elsewhere.id, 10**6):
        with pytest.raises(Refused) as refused:
            comment(here, clause=None, question_id=id)
        assert codes(refused) == ["question_not_in_round"]


def test_a_deleted_clause_takes_no_comment(app: Flask) -> None:
    here = scene()
    here.clauses[0].kind = "deleted"
    db.session.flush()
    with pytest.raises(Refused) as refused:
        comment(here)
    assert codes(refused) == ["clause_not_in_round"]


@pytest.mark.parametrize(("kind", "asked"), [("general", True), ("gender", True), ("climate", False)])
def test_a_type_that_the_round_does_not_ask_is_refused_by_its_name(
    app: Flask, kind: str, asked: bool
) -> None:
    here = scene()
    here.round.comment_types = ["gender"]
    db.session.flush()
    if asked:
        assert comment(here, type=kind).state == "submitted"
        return
    with pytest.raises(Refused) as refused:
        comment(here, type=kind)
    assert [(reason.code, reason.values) for reason in refused.value.refusals] == [
        ("type_not_asked", {"type": kind})
    ]


def test_a_place_that_came_with_an_imported_sheet_is_no_quotation_and_stays(app: Flask) -> None:
    here = scene()
    made = comment(here)
    made.quote = "Paragraph 2"
    db.session.flush()
    comments.edit(made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "Mejor así."})
    assert (made.quote, made.anchor, made.version) == ("Paragraph 2", "clause", 2)


def test_the_receipt_is_its_organisations_and_the_units_alone(app: Flask) -> None:
    here = scene()
    made = comment(here, visibility="public")
    readers = {
        "own": here.delegates[0], "unit": here.unit, "head": here.head, "other": here.delegates[1], "chair": here.chair,
        "member": people.actor(Role.COMMISSION, network=here.body), "auditor": people.actor(Role.AUDITOR), "public": PUBLIC,
    }  # fmt: skip
    seen_by = {
        who: seen(rows(Comment.id == made.id), by=by, at=DURING)[0].receipt for who, by in readers.items()
    }
    assert {who for who, receipt in seen_by.items() if receipt} == {"own", "unit", "head"}
    assert set(seen_by.values()) == {made.receipt, ""}
