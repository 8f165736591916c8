"""A vote from its draft to its closing: who may do what, on which text, rule, roll and date."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import counts, votes
from consultations.extensions import db
from consultations.facts.texts import text_sha256
from consultations.facts.votes import newest_count, noted
from consultations.models.ballots import Count
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.standards import Node
from consultations.models.timers import Notice, Timer
from consultations.models.votes import RollEntry, Vote
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.faults import InputRefusedError
from workflows.roles import Role

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def told(kind: str) -> set[tuple[int, int | None]]:
    rows = db.session.execute(select(Notice.person_id, Notice.organisation_id).where(Notice.kind == kind))
    return {tuple(row) for row in rows}


def waiting(vote: Vote) -> list[tuple[str, datetime]]:
    query = select(Timer.kind, Timer.due_at).where(Timer.subject_kind == "vote", Timer.subject_id == vote.id)
    return sorted(tuple(row) for row in db.session.execute(query))


def happened(vote: Vote) -> list[str]:
    query = select(Event.name).where(Event.subject_kind == "vote", Event.subject_id == vote.id)
    return list(db.session.scalars(query.order_by(Event.id)))


def test_a_draft_is_bound_to_the_frozen_text_and_the_rule(app: Flask) -> None:
    hall = make.hall()
    vote = make.prepared(hall)
    assert (vote.state, vote.text_sha256, vote.code) == (
        "draft",
        text_sha256(hall.version.id),
        f"{hall.dossier.code}-V1",
    )
    assert len(vote.rule_sha256) == 64
    assert vote.first_closes_at == vote.closes_at == make.CLOSES


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"questions": {"en": "Do you approve?"}}, ["question_missing"]),
        ({"closes_at": make.OPENS}, ["window_missing"]),
        ({"zone": "America/Nowhere"}, ["zone_missing"]),
        ({"rule": make.rule("first-and-second-call"), "call": 3}, ["call_not_on_ladder"]),
        ({"call": 0}, ["call_not_on_ladder"]),
        (
            {"questions": {}, "closes_at": make.OPENS, "zone": ""},
            ["question_missing", "window_missing", "zone_missing"],
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_all_reasons(
    app: Flask, changes: dict[str, Any], codes: list[str]
) -> None:
    with refused_with(*codes):
        make.prepared(make.hall(), **changes)
    assert db.session.query(Vote).count() == 0


def test_a_text_that_is_not_frozen_or_of_another_standard_is_refused(app: Flask) -> None:
    hall, other = make.hall(), make.hall()
    hall.version = make.version(hall.dossier, label="3.0", frozen=False)
    with refused_with("text_not_bound"):
        make.prepared(hall)
    hall.version = other.version
    with refused_with("text_of_other_standard"):
        make.prepared(hall)


def test_a_faulty_rule_is_refused_with_every_fault(app: Flask) -> None:
    faulty = {**make.rule(), "tie": "coin", "surprise": 1}
    with pytest.raises(InputRefusedError) as refused:
        make.prepared(make.hall(), rule=faulty)
    assert len(refused.value.faults) == 2


def test_the_same_form_sent_twice_prepares_one_vote(app: Flask) -> None:
    hall = make.hall()
    first, second = (
        votes.prepare(
            hall.dossier.id,
            hall.version.id,
            hall.body.id,
            code="X-V1",
            by=hall.secretary,
            at=make.CALLED,
            **make.terms(),
        )
        for _ in range(2)
    )
    assert first.id == second.id
    assert happened(first) == ["vote_prepared"]
    rival = people.actor(Role.SECRETARY, network=hall.body)
    with refused_with("vote_code_taken"):
        votes.prepare(
            hall.dossier.id,
            hall.version.id,
            hall.body.id,
            code="X-V1",
            by=rival,
            at=make.CALLED,
            **make.terms(),
        )


@pytest.mark.parametrize("who", ["secretary of another body", "ended mandate", "president"])
def test_only_the_bodys_own_secretary_prepares(app: Flask, who: str) -> None:
    hall, other = make.hall(), make.hall()
    by, codes = hall.president, ["role_may_not"]
    if who == "secretary of another body":
        by, codes = other.secretary, ["other_body"]
    elif who == "ended mandate":
        by, codes = hall.secretary, ["mandate_over"]
        db.session.get_one(Mandate, by.mandate_id).ends_at = make.CALLED
        db.session.flush()
    with refused_with(*codes):
        votes.prepare(hall.dossier.id, hall.version.id, hall.body.id, by=by, at=make.CALLED, **make.terms())


def test_a_second_person_reviews_after_seeing_three_samples(app: Flask) -> None:
    hall = make.hall()
    vote = make.prepared(hall)
    with refused_with("reviewer_is_author", "samples_missing"):
        votes.review(vote.id, samples_shown=2, by=hall.secretary, at=make.CALLED)
    votes.review(vote.id, samples_shown=3, by=hall.president, at=make.CALLED)
    votes.review(vote.id, samples_shown=3, by=hall.president, at=make.CALLED)
    assert (vote.state, vote.reviewed_by_id) == ("reviewed", hall.president.person_id)
    assert happened(vote) == ["vote_prepared", "vote_reviewed"]


def test_a_reviewed_vote_is_edited_only_after_it_was_sent_back(app: Flask) -> None:
    hall = make.hall()
    vote = make.prepared(hall)
    votes.review(vote.id, samples_shown=3, by=hall.president, at=make.CALLED)
    new = make.terms(rule=make.rule("two-thirds"))
    with refused_with("move_not_from_here"):
        votes.edit(vote.id, version_id=hall.version.id, by=hall.secretary, at=make.CALLED, **new)
    with refused_with("reason_missing"):
        votes.send_back(vote.id, reason=" ", by=hall.president, at=make.CALLED)
    votes.send_back(vote.id, reason="Two thirds are asked", by=hall.president, at=make.CALLED)
    before = vote.rule_sha256
    votes.edit(vote.id, version_id=hall.version.id, by=hall.secretary, at=make.CALLED, **new)
    assert (vote.state, vote.rule["id"], vote.reviewed_by_id) == ("draft", "two-thirds", None)
    assert vote.rule_sha256 != before


@pytest.mark.parametrize(
    ("called", "refused"),
    [
        (datetime(2026, 11, 7, 5, 59, tzinfo=UTC), False),  # 6 November 23:59 in Managua: ten days
        (datetime(2026, 11, 7, 6, 0, tzinfo=UTC), True),  # 7 November 00:00: nine
    ],
)
def test_notice_is_counted_in_days_of_the_votes_zone(app: Flask, called: datetime, refused: bool) -> None:
    hall = make.hall()
    if not refused:
        assert make.convened(hall, at=called).state == "convened"
        return
    with refused_with("notice_too_short"):
        make.convened(hall, at=called)


def test_convening_tells_the_roll_sets_the_clock_and_moves_the_dossier(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    votes.convene(vote.id, by=hall.president, at=make.CALLED)
    day = timedelta(days=1)
    assert told("vote_convened") == {(d.person_id, d.organisation_id) for d in hall.delegates}
    assert waiting(vote) == [
        ("close_vote", make.CLOSES),
        ("open_vote", make.OPENS),
        ("remind_vote", make.CLOSES - 2 * day),
        ("remind_vote", make.CLOSES - day),
    ]
    assert (hall.dossier.state, vote.convened_at) == ("convened", make.CALLED)
    assert db.session.query(RollEntry).count() == 2
    assert happened(vote).count("vote_convened") == 1


def test_only_the_president_convenes(app: Flask) -> None:
    hall = make.hall()
    vote = make.prepared(hall)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    with refused_with("role_may_not"):
        votes.convene(vote.id, by=hall.secretary, at=make.CALLED)


def test_it_opens_at_its_instant_once(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    with refused_with("opening_not_reached"):
        votes.open_vote(vote.id, by=hall.president, at=make.OPENS - TICK)
    assert votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS) is True
    assert votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS) is False
    assert (vote.state, vote.opened_at) == ("open", make.OPENS)
    assert told("vote_opened") == {(d.person_id, d.organisation_id) for d in hall.delegates}


def test_it_does_not_open_on_another_text_or_rule(app: Flask) -> None:
    hall = make.hall()
    vote = make.convened(hall)
    vote.rule = {**vote.rule, "tie": "casting_vote"}
    db.session.add(Node(version_id=hall.version.id, stable_id="new", position=1, depth=0, kind="requirement"))
    with refused_with("text_changed", "rule_changed"):
        votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS)


def test_one_word_changed_behind_the_stored_hash_neither_opens_nor_counts(app: Flask) -> None:
    hall = make.hall()
    words = make.clause(hall.version, "El pago es a 30 días.")
    vote = make.convened(hall)
    words.text = "El pago es a 90 días."
    with refused_with("text_changed"):
        votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS)
    words.text = "El pago es a 30 días."
    assert votes.open_vote(vote.id, by=SYSTEM, at=make.OPENS) is True
    words.text = "El pago es a 90 días."
    assert votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES) is True
    assert (vote.state, happened(vote)[-1], newest_count(vote.id)) == ("closed", "count_refused", None)
    words.text = "El pago es a 30 días."
    assert counts.count(vote.id, by=SYSTEM, at=make.CLOSES) == newest_count(vote.id)
    assert vote.state == "counted"


def test_a_suspension_gives_back_exactly_what_it_took(app: Flask) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    stopped = make.OPENS + HOUR
    votes.suspend(vote.id, reason="The line is down", by=hall.president, at=stopped)
    assert [kind for kind, _ in waiting(vote)] == []
    assert votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES) is False
    votes.resume(vote.id, reason="It is back", by=hall.president, at=stopped + 7 * HOUR)
    assert (vote.state, vote.closes_at) == ("open", make.CLOSES + 7 * HOUR)
    assert ("close_vote", make.CLOSES + 7 * HOUR) in waiting(vote)


@pytest.mark.parametrize(
    "pauses",
    [
        (timedelta(0),),
        (timedelta(seconds=16),),
        (TICK, TICK),
        (timedelta(seconds=16), timedelta(minutes=7, microseconds=1)),
        (timedelta(seconds=1),) * 5,
    ],
)
def test_however_often_it_is_suspended_a_vote_gets_the_sum_of_the_pauses_and_no_more(
    app: Flask, pauses: tuple[timedelta, ...]
) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    at = make.OPENS + HOUR
    for took in pauses:
        votes.suspend(vote.id, reason="The line is down", by=hall.president, at=at)
        votes.resume(vote.id, reason="It is back", by=hall.president, at=at + took)
        at += took + HOUR
    closes_at = make.CLOSES + sum(pauses, timedelta(0))
    assert vote.closes_at == closes_at
    assert ("close_vote", closes_at) in waiting(vote)


def test_everyone_on_the_roll_is_told_each_time_that_a_vote_goes_on(app: Flask) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    for hours in (1, 3):
        votes.suspend(vote.id, reason="The line is down", by=hall.president, at=make.OPENS + hours * HOUR)
        votes.resume(vote.id, reason="It is back", by=hall.president, at=make.OPENS + (hours + 1) * HOUR)
    assert told("vote_resumed") == {(d.person_id, d.organisation_id) for d in hall.delegates}
    assert db.session.query(Notice).filter_by(kind="vote_resumed").count() == 2 * len(hall.delegates)


def test_it_is_extended_once_later_before_closing_and_with_a_reason(app: Flask) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    later = make.CLOSES + timedelta(days=1)
    with refused_with("deadline_passed", "extension_not_later", "reason_missing"):
        votes.extend(vote.id, closes_at=make.CLOSES, reason="", by=hall.president, at=make.CLOSES)
    votes.extend(
        vote.id, closes_at=later, reason="Storm in Honduras", by=hall.president, at=make.CLOSES - TICK
    )
    assert (vote.closes_at, vote.first_closes_at) == (later, make.CLOSES)
    assert [due for kind, due in waiting(vote) if kind == "close_vote"] == [later]
    assert told("vote_extended") == {(d.person_id, d.organisation_id) for d in hall.delegates}
    with refused_with("vote_extended_before"):
        votes.extend(vote.id, closes_at=later + HOUR, reason="Again", by=hall.president, at=make.CLOSES)


def test_it_closes_at_its_instant_and_counts_and_a_second_closing_does_nothing(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "yes")
    with refused_with("deadline_not_reached"):
        votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES - TICK)
    assert votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES) is True
    assert votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES + HOUR) is False
    assert (vote.state, vote.closed_at) == ("counted", make.CLOSES)
    assert db.session.query(Count).count() == 1
    assert newest_count(vote.id).decision["heads"] == {
        "yes": 1, "no": 0, "abstain": 0, "blank": 0, "invalid": 0, "not_voted": 2,
    }  # fmt: skip
    assert len(noted(vote.id, "vote_closed", "board_head")) == 64
    assert (noted(vote.id, "vote_closed", "casts"), noted(vote.id, "vote_closed", "voters")) == (1, 1)


def test_who_did_not_vote_is_told_that_no_vote_of_theirs_was_counted(app: Flask) -> None:
    hall = make.hall(2)
    make.closed(hall, "y-")
    rows = db.session.execute(select(Notice.person_id, Notice.params).where(Notice.kind == "vote_closed"))
    assert {person: params["voted"] for person, params in rows} == {
        hall.delegates[0].person_id: "1",
        hall.delegates[1].person_id: "",
    }


@pytest.mark.parametrize("allowed", [True, False])
def test_the_president_closes_early_only_where_the_rule_lets_them(app: Flask, allowed: bool) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    vote.president_may_close = allowed
    early = make.OPENS + HOUR
    if allowed:
        assert votes.close_vote(vote.id, by=hall.president, at=early) is True
        assert (vote.closed_at, vote.state) == (early, "counted")
        return
    with refused_with("president_may_not_close"):
        votes.close_vote(vote.id, by=hall.president, at=early)


def test_a_roll_tampered_with_while_open_is_closed_and_not_counted(app: Flask) -> None:
    hall = make.hall()
    vote = make.opened(hall)
    db.session.query(RollEntry).filter_by(organisation_id=hall.members[0].id).update({"weight": "9"})
    assert votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES) is True
    assert vote.state == "closed"
    assert happened(vote)[-1] == "count_refused"
    assert newest_count(vote.id) is None


def test_reminders_go_to_those_without_a_ballot_while_it_is_open(app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "yes")
    assert votes.remind(vote.id, by=SYSTEM, at=make.CLOSES - HOUR) == 2
    assert votes.remind(vote.id, by=SYSTEM, at=make.CLOSES - HOUR) == 0
    assert told("vote_closing_soon") == {(d.person_id, d.organisation_id) for d in hall.delegates[1:]}
    assert votes.remind(vote.id, by=SYSTEM, at=make.CLOSES) == 0


def test_a_vote_called_off_frees_its_dossier_and_stops_its_clock(app: Flask) -> None:
    hall = make.hall()
    vote = make.convened(hall)
    votes.call_off(vote.id, reason="The text has an error", by=hall.president, at=make.CALLED + HOUR)
    assert (vote.state, hall.dossier.state, waiting(vote)) == ("voided", "final_review", [])
    draft = make.prepared(hall)
    votes.call_off(draft.id, reason="Not needed", by=hall.president, at=make.CALLED + HOUR)
    assert draft.state == "voided"


@pytest.mark.parametrize("name", ["convene", "open_vote", "close_vote"])
def test_the_officers_of_another_body_lead_nothing_here(app: Flask, name: str) -> None:
    hall, other = make.hall(), make.hall()
    vote = make.prepared(hall)
    stranger: Actor = other.president
    with refused_with("other_body"):
        getattr(votes, name)(vote.id, by=stranger, at=make.OPENS)
