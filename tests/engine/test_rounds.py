"""Rounds through the verbs, on real databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import comments, dossiers, reviews, rounds
from consultations.engine.round_register import register_sha256
from consultations.extensions import db
from consultations.facts.register import snapshot
from consultations.models.events import Event
from consultations.models.rounds import LateGrant, Question, RegisterEntry, Round
from consultations.models.standards import NodeText, StandardVersion
from consultations.models.timers import Notice, Timer
from consultations.wording_comments import TYPES
from tests.factories import people
from tests.factories import rounds as make
from workflows.refusals import Refused
from workflows.remarks import ALWAYS
from workflows.roles import Role

OPEN_DAY = make.OPENS_AT + timedelta(days=10)
REASON = "Hubo inundaciones."


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def timers(round: Round) -> list[tuple[str, datetime]]:
    query = select(Timer).where(
        Timer.subject_kind == "round", Timer.subject_id == round.id, Timer.fired_at.is_(None)
    )
    return sorted((timer.kind, timer.due_at) for timer in db.session.scalars(query))


def told(kind: str) -> int:
    return len(db.session.scalars(select(Notice).where(Notice.kind == kind)).all())


def test_a_created_round_counts_both_ends_and_takes_its_dossier_along(app: Flask) -> None:
    house = make.house()
    parent = make.dossier(house)
    round = make.draft(house, parent)
    assert (round.state, round.number, parent.state) == ("draft", 1, "in_round")
    assert (round.opens_at, round.closes_at, round.first_closes_at) == (
        make.OPENS_AT,
        make.CLOSES_AT,
        make.CLOSES_AT,
    )


@pytest.mark.parametrize(
    ("day_count", "closes_at"),
    [("inclusive", make.CLOSES_AT), ("elapsed", make.CLOSES_AT + timedelta(days=1))],
)
def test_days_are_counted_as_the_round_says(app: Flask, day_count: str, closes_at: datetime) -> None:
    round = make.draft(make.house(), closes_on=None, days=60, day_count=day_count)
    assert round.closes_at == closes_at


def test_a_round_waits_until_its_dossier_is_drafted(app: Flask) -> None:
    house = make.house()
    with pytest.raises(Refused) as refused:
        make.draft(house, make.dossier(house, drafting=False))
    assert codes(refused) == ["move_not_from_here"]


def test_a_second_round_waits_for_the_first(app: Flask) -> None:
    house = make.house()
    parent = make.dossier(house)
    make.draft(house, parent)
    with pytest.raises(Refused) as refused:
        make.draft(house, parent, closes_on=make.CLOSES_ON + timedelta(days=1))
    assert codes(refused) == ["round_unfinished"]


def test_a_last_day_before_the_first_is_told_without_counting_days(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        make.draft(make.house(), closes_on=make.OPENS_ON - timedelta(days=19))
    assert codes(refused) == ["closing_before_opening"]


def test_submitting_names_everything_that_is_missing(app: Flask) -> None:
    house = make.house(organisations=0)
    round = make.draft(house, objectives={}, closes_on=date(2026, 4, 2), languages=["es", "en", "fr"])
    db.session.add(
        Question(round_id=round.id, position=2, kind="single", texts={"es": "¿Cuál?"}, options=[{"es": "A"}])
    )
    db.session.flush()
    with pytest.raises(Refused) as refused:
        rounds.submit(round.id, due=make.DUE, by=house.unit, at=make.START)
    assert codes(refused) == [
        "questions_invalid", "languages_missing", "round_too_short", "register_empty", "objectives_missing"
    ]  # fmt: skip
    assert refused.value.refusals[1].values == {"languages": "fr"}
    assert round.state == "draft"


def test_a_waived_language_with_a_reason_is_not_missing(app: Flask) -> None:
    house = make.house()
    round = make.draft(house, languages=["es", "en", "fr"], waivers={"fr": "Se traduce en la ronda 2."})
    rounds.submit(round.id, due=make.DUE, by=house.unit, at=make.START)
    assert round.state == "commission_review"
    assert told("review_opened") == 5


def test_approval_freezes_text_and_register_of_those_in_good_standing(app: Flask) -> None:
    house = make.house()
    people.organisation(good_standing=False)
    round = make.at_stage(house, "approved")
    entries = db.session.scalars(select(RegisterEntry).where(RegisterEntry.round_id == round.id)).all()
    assert {entry.organisation_id for entry in entries} == {one.id for one in house.organisations}
    assert entries[0].networks == ["CLAC", "CN-GT"]
    version = db.session.get(StandardVersion, round.version_id)
    assert round.text_sha256 == version.text_sha256
    assert round.register_sha256 == register_sha256(snapshot(round, at=make.START))


def test_the_register_may_be_that_of_the_deciding_body_alone(app: Flask) -> None:
    house = make.house()
    house.assembly.settings = {"register": "members"}
    people.organisation()
    round = make.at_stage(house, "approved")
    assert len(db.session.scalars(select(RegisterEntry).where(RegisterEntry.round_id == round.id)).all()) == 3


def test_a_round_opens_at_its_instant_and_not_before(app: Flask) -> None:
    round = make.at_stage(make.house(), "scheduled")
    assert timers(round) == [("open_round", make.OPENS_AT)]
    with pytest.raises(Refused) as refused:
        rounds.open_round(round.id, by=SYSTEM, at=make.OPENS_AT - timedelta(microseconds=1))
    assert codes(refused) == ["opening_not_reached"]
    rounds.open_round(round.id, by=SYSTEM, at=make.OPENS_AT)
    reminders = [("remind_round", make.CLOSES_AT - timedelta(days=days)) for days in (21, 7, 2)]
    assert timers(round) == [("close_round", make.CLOSES_AT), *reminders]
    assert (round.state, told("round_opened")) == ("open", 3)


def test_a_text_changed_after_its_approval_does_not_open(app: Flask) -> None:
    round = make.at_stage(make.house(), "scheduled")
    words = db.session.scalars(select(NodeText).where(NodeText.text != "")).first()
    words.text = "Otra cosa."
    with pytest.raises(Refused) as refused:
        rounds.open_round(round.id, by=SYSTEM, at=make.OPENS_AT)
    assert codes(refused) == ["text_changed"]


def test_scheduling_may_move_dates_that_the_review_has_overtaken(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "approved")
    late = make.OPENS_AT + timedelta(days=2)
    with pytest.raises(Refused) as refused:
        rounds.schedule(round.id, by=house.head, at=late)
    assert codes(refused) == ["opening_not_ahead"]
    rounds.schedule(round.id, opens_on=date(2026, 4, 10), days=60, by=house.head, at=late)
    assert round.closes_at == datetime(2026, 6, 9, 6, tzinfo=UTC)


def test_closing_belongs_to_the_clock_at_the_deadline(app: Flask) -> None:
    round = make.at_stage(make.house(), "open")
    with pytest.raises(Refused) as refused:
        rounds.close_round(round.id, by=SYSTEM, at=make.CLOSES_AT - timedelta(microseconds=1))
    assert codes(refused) == ["deadline_not_reached"]
    rounds.close_round(round.id, by=SYSTEM, at=make.CLOSES_AT)
    assert timers(round) == [("end_grace", make.CLOSES_AT + timedelta(days=3))]
    assert told("round_closed") == 5


def test_the_head_closes_early_only_when_everybody_has_answered(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    with pytest.raises(Refused) as refused:
        rounds.close_round(round.id, by=house.head, at=OPEN_DAY)
    assert codes(refused) == ["organisations_missing"]
    for entry in db.session.scalars(select(RegisterEntry).where(RegisterEntry.round_id == round.id)):
        entry.no_comment_at = OPEN_DAY
    db.session.flush()
    rounds.close_round(round.id, by=house.head, at=OPEN_DAY)
    assert round.state == "closed"


def test_the_first_extension_is_the_heads_the_second_the_chairs_a_third_nobodys(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.extend(round.id, closes_on=date(2026, 6, 10), reason=REASON, by=house.head, at=OPEN_DAY)
    assert (round.closes_at, round.first_closes_at) == (datetime(2026, 6, 11, 6, tzinfo=UTC), make.CLOSES_AT)
    assert ("close_round", datetime(2026, 6, 11, 6, tzinfo=UTC)) in timers(round)
    assert ("close_round", make.CLOSES_AT) not in timers(round)
    with pytest.raises(Refused) as refused:
        rounds.extend(round.id, closes_on=date(2026, 6, 20), reason=REASON, by=house.head, at=OPEN_DAY)
    assert codes(refused) == ["extension_not_first"]
    rounds.extend(round.id, closes_on=date(2026, 6, 20), reason=REASON, by=house.chair, at=OPEN_DAY)
    assert (round.extensions, told("round_extended")) == (2, 6)
    with pytest.raises(Refused) as refused:
        rounds.extend(round.id, closes_on=date(2026, 6, 30), reason=REASON, by=house.chair, at=OPEN_DAY)
    assert codes(refused) == ["extensions_used_up"]


@pytest.mark.parametrize(
    ("closes_on", "reason", "expected"),
    [
        (date(2026, 5, 30), REASON, ["extension_not_later"]),
        (date(2026, 5, 29), "", ["extension_not_later", "reason_missing"]),
    ],
)
def test_an_extension_is_later_and_has_a_reason(
    app: Flask, closes_on: date, reason: str, expected: list[str]
) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    with pytest.raises(Refused) as refused:
        rounds.extend(round.id, closes_on=closes_on, reason=reason, by=house.head, at=OPEN_DAY)
    assert codes(refused) == expected


def test_a_pause_is_added_to_the_deadline_up_to_the_end_of_that_day(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.pause(round.id, reason=REASON, by=house.head, at=OPEN_DAY)
    assert (round.state, timers(round)) == ("paused", [])
    rounds.resume(round.id, reason="Sigue.", by=house.head, at=OPEN_DAY + timedelta(days=2, hours=5))
    assert (round.state, round.closes_at) == ("open", make.CLOSES_AT + timedelta(days=3))


def test_a_whole_day_of_pause_adds_exactly_that_day(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.pause(round.id, reason=REASON, by=house.head, at=OPEN_DAY)
    rounds.resume(round.id, reason="Sigue.", by=house.head, at=OPEN_DAY + timedelta(days=1))
    assert round.closes_at == make.CLOSES_AT + timedelta(days=1)


def test_a_waived_pause_leaves_the_deadline(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.pause(round.id, reason=REASON, by=house.head, at=OPEN_DAY)
    rounds.resume(
        round.id, reason="Sigue.", waiver="Una hora.", by=house.head, at=OPEN_DAY + timedelta(hours=1)
    )
    assert (round.closes_at, told("round_extended")) == (make.CLOSES_AT, 0)


def test_the_chair_reopens_while_no_answer_is_published(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    rounds.reopen(round.id, closes_on=date(2026, 6, 5), reason=REASON, by=house.chair, at=make.CLOSES_AT)
    assert (round.state, round.closes_at) == ("open", datetime(2026, 6, 6, 6, tzinfo=UTC))
    assert [kind for kind, _ in timers(round)] == ["close_round", "remind_round"]


def test_a_round_closed_early_and_opened_again_until_the_same_day_is_news_each_time(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.extend(round.id, closes_on=date(2026, 6, 5), reason=REASON, by=house.head, at=OPEN_DAY)
    for entry in db.session.scalars(select(RegisterEntry).where(RegisterEntry.round_id == round.id)):
        entry.no_comment_at = OPEN_DAY
    rounds.close_round(round.id, by=house.head, at=OPEN_DAY)
    closed, extended = told("round_closed"), told("round_extended")
    rounds.reopen(round.id, closes_on=date(2026, 6, 5), reason=REASON, by=house.chair, at=OPEN_DAY)
    assert told("round_extended") == 2 * extended
    rounds.close_round(round.id, by=SYSTEM, at=round.closes_at)
    assert told("round_closed") == 2 * closed


def test_opening_again_says_all_that_speaks_against_it(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    with pytest.raises(Refused) as refused:
        rounds.reopen(round.id, closes_on=date(2026, 5, 1), reason=" ", by=house.chair, at=make.CLOSES_AT)
    assert {"extension_not_later", "reason_missing"} <= set(codes(refused))


def test_a_chair_of_another_body_extends_nothing(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    stranger = people.actor(Role.CHAIR, network=people.network())
    with pytest.raises(Refused) as refused:
        rounds.reopen(round.id, closes_on=date(2026, 6, 5), reason=REASON, by=stranger, at=make.CLOSES_AT)
    assert codes(refused) == ["other_body"]


def test_a_mandate_that_ended_meanwhile_moves_nothing(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    ended = people.mandate(Role.UNIT_HEAD, ends_at=OPEN_DAY)
    actor = make.people.Actor(Role.UNIT_HEAD, ended.person_id, ended.id)
    with pytest.raises(Refused) as refused:
        rounds.pause(round.id, reason=REASON, by=actor, at=OPEN_DAY)
    assert codes(refused) == ["mandate_over"]


def test_late_entry_is_for_one_organisation_of_the_register(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    outside, until = people.organisation(), make.CLOSES_AT + timedelta(days=5)
    with pytest.raises(Refused) as refused:
        rounds.grant_late(
            round.id, organisation_id=outside.id, until=until, reason=REASON, by=house.head, at=make.CLOSES_AT
        )
    assert codes(refused) == ["late_organisation_missing"]
    grant = rounds.grant_late(
        round.id,
        organisation_id=house.organisations[0].id,
        until=until,
        reason=REASON,
        by=house.head,
        at=make.CLOSES_AT,
    )
    assert (grant.organisation_id, grant.until) == (house.organisations[0].id, until)


@pytest.mark.parametrize(
    ("days", "events"), [((5, 5), 1), ((5, 7), 2), ((7, 5), 2), ((5, 7, 7, 5), 3)],
    ids=["the same", "later", "earlier", "there and back"],
)  # fmt: skip
def test_a_late_entry_granted_again_is_one_and_another_instant_takes_its_place(
    app: Flask, days: tuple[int, ...], events: int
) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    one = house.organisations[0].id
    for n, after in enumerate(days):
        until = make.CLOSES_AT + timedelta(days=after)
        rounds.grant_late(
            round.id,
            organisation_id=one,
            until=until,
            reason=f"{n}. {REASON}",
            by=house.head,
            at=make.CLOSES_AT,
        )
    (grant,) = db.session.scalars(select(LateGrant).where(LateGrant.round_id == round.id))
    assert grant.until == make.CLOSES_AT + timedelta(days=days[-1])
    said = db.session.scalars(
        select(Event).where(Event.name == "late_entry_granted").order_by(Event.id)
    ).all()
    assert ['"was"' in event.payload for event in said] == [False] + [True] * (events - 1)
    assert timers(round) == [("end_grace", make.CLOSES_AT + timedelta(days=days[-1]))]
    other = house.organisations[1].id
    rounds.grant_late(
        round.id, organisation_id=other, until=grant.until, reason=REASON, by=house.head, at=make.CLOSES_AT
    )
    assert len(db.session.scalars(select(LateGrant)).all()) == 2


def test_the_clock_starts_the_answers_after_the_grace(app: Flask) -> None:
    round = make.at_stage(make.house(), "closed")
    with pytest.raises(Refused) as refused:
        rounds.start_answers(round.id, by=SYSTEM, at=make.CLOSES_AT + timedelta(days=3, microseconds=-1))
    assert codes(refused) == ["grace_running"]
    rounds.start_answers(round.id, by=SYSTEM, at=make.CLOSES_AT + timedelta(days=3))
    assert (round.state, timers(round)) == ("answering", [])


def test_what_was_not_sent_rests_when_the_answers_begin_and_its_organisation_is_told(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    words = {"type": "general", "stance": "for", "language": "es"}
    drafts = [
        comments.enter(
            round.id, None, client_uuid=f"uuid-{text}", submit=False, text=text, by=house.delegates[0], at=OPEN_DAY, **words
        )
        for text in ("Uno.", "Dos.")
    ]  # fmt: skip
    rounds.close_round(round.id, by=SYSTEM, at=make.CLOSES_AT)
    assert [draft.state for draft in drafts] == ["draft", "draft"]
    rounds.start_answers(round.id, by=house.unit, at=make.CLOSES_AT)
    assert [draft.state for draft in drafts] == ["withdrawn", "withdrawn"]
    lapsed = [
        (one.person_id, one.params["lapsed"])
        for one in db.session.scalars(select(Notice).where(Notice.kind == "round_closed"))
        if "lapsed" in one.params
    ]
    assert lapsed == [(house.delegates[0].person_id, "2")]


@pytest.mark.parametrize(
    ("days", "begins"), [(10, timedelta(days=10)), (1, timedelta(days=3))], ids=["later", "within the grace"]
)
def test_nobody_answers_while_a_late_entry_is_granted_and_the_clock_waits_for_it(
    app: Flask, days: int, begins: timedelta
) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    until = make.CLOSES_AT + timedelta(days=days)
    one = house.organisations[0].id
    rounds.grant_late(
        round.id, organisation_id=one, until=until, reason=REASON, by=house.head, at=make.CLOSES_AT
    )
    assert timers(round) == [("end_grace", make.CLOSES_AT + begins)]
    with pytest.raises(Refused) as refused:
        rounds.start_answers(round.id, by=house.unit, at=until - timedelta(microseconds=1))
    assert codes(refused) == ["imports_pending"]
    rounds.start_answers(round.id, by=house.unit, at=until)
    assert round.state == "answering"


def test_a_late_entry_granted_before_closing_moves_the_answers_too(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    until = make.CLOSES_AT + timedelta(days=5)
    one = house.organisations[0].id
    rounds.grant_late(round.id, organisation_id=one, until=until, reason=REASON, by=house.head, at=OPEN_DAY)
    rounds.close_round(round.id, by=SYSTEM, at=make.CLOSES_AT)
    assert timers(round) == [("end_grace", until)]


def test_withdrawing_an_announced_round_tells_everybody(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.withdraw(round.id, reason=REASON, by=house.head, at=OPEN_DAY)
    assert (round.state, timers(round), told("round_closed")) == ("withdrawn", [], 3)


def test_what_happened_is_told_in_the_past_tense(app: Flask) -> None:
    round = make.at_stage(make.house(), "answering")
    query = (
        select(Event.name)
        .where(Event.subject_kind == "round", Event.subject_id == round.id)
        .order_by(Event.id)
    )
    assert db.session.scalars(query).all() == [
        "round_created", "round_submitted", "round_approved", "round_scheduled", "round_opened", "round_closed",
        "answering_started",
    ]  # fmt: skip


def test_a_dossier_follows_as_the_role_the_table_names(app: Flask) -> None:
    house = make.house()
    parent = make.dossier(house)
    round = make.at_stage(house, "answering", parent)
    assert dossiers.follow(parent, "start_final_review", by=house.chair, at=make.CLOSES_AT) is False
    round.state = "ready_for_vote"
    db.session.flush()
    assert dossiers.follow(parent, "start_final_review", by=house.chair, at=make.CLOSES_AT) is True
    event = db.session.scalars(select(Event).where(Event.name == "final_review_started")).one()
    assert (parent.state, event.role, event.person_id) == ("final_review", "unit_head", None)
    assert dossiers.follow(parent, "convene", by=SYSTEM, at=make.CLOSES_AT) is True


def test_a_returned_draft_may_be_changed_and_submitted_again(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "commission_review")
    reviews.return_(make.review_of(round).id, reason="Falta el objetivo.", by=house.chair, at=make.START)
    assert round.state == "draft"
    rounds.submit(round.id, due=make.DUE, by=house.unit, at=make.START)
    assert [review.number for review in db.session.query(type(make.review_of(round))).order_by("id")] == [
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("stage", "move", "given", "event"),
    [
        ("open", "extend", {"closes_on": date(2026, 6, 10)}, "round_extended"),
        ("open", "pause", {}, "round_paused"),
        ("closed", "reopen", {"closes_on": date(2026, 6, 5)}, "round_reopened"),
        ("open", "withdraw", {}, "round_withdrawn"),
    ],
)
def test_a_second_click_of_the_same_person_in_the_same_words_does_nothing_more(
    app: Flask, stage: str, move: str, given: dict[str, date], event: str
) -> None:
    house = make.house()
    round = make.at_stage(house, stage)
    by, at = (house.chair, make.CLOSES_AT) if move == "reopen" else (house.head, OPEN_DAY)
    for _ in range(2):
        getattr(rounds, move)(round.id, reason=REASON, by=by, at=at, **given)
    said = db.session.scalars(select(Event.name).where(Event.name == event)).all()
    assert said == [event]
    with pytest.raises(Refused):
        getattr(rounds, move)(round.id, reason="Otra cosa.", by=by, at=at, **given)


def test_a_second_click_on_going_on_adds_the_pause_once(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    rounds.pause(round.id, reason=REASON, by=house.head, at=OPEN_DAY)
    for days in (1, 3):
        rounds.resume(round.id, reason="Sigue.", by=house.head, at=OPEN_DAY + timedelta(days=days))
    assert (round.state, round.closes_at) == ("open", make.CLOSES_AT + timedelta(days=1))


def test_the_delegates_of_the_organisation_hear_of_their_late_entry_and_nobody_else(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "closed")
    until = make.CLOSES_AT + timedelta(days=5)
    for _ in range(2):
        rounds.grant_late(
            round.id, organisation_id=house.organisations[0].id, until=until, reason=REASON, by=house.head,
            at=make.CLOSES_AT,
        )  # fmt: skip
    (notice,) = db.session.scalars(select(Notice).where(Notice.kind == "round_extended"))
    assert notice.person_id == house.delegates[0].person_id
    assert notice.params == {"granted": "1", "reason": REASON}


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ((), []),
        (TYPES, []),
        (("gender",), ["general", "technical", "editorial", "question", "gender"]),
        (ALWAYS, list(ALWAYS)),
    ],
)
def test_the_types_of_comment_are_those_of_every_round_and_the_ones_chosen(
    app: Flask, chosen: tuple[str, ...], kept: list[str]
) -> None:
    house = make.house()
    assert make.draft(house, comment_types=chosen).comment_types == kept


def test_a_type_of_comment_that_there_is_not_is_refused(app: Flask) -> None:
    house = make.house()
    with pytest.raises(Refused) as refused:
        make.draft(house, comment_types=("rumour",))
    assert codes(refused) == ["value_unknown"]
