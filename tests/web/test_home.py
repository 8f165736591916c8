"""The home page: what waits for each, with one button that leads somewhere; a constant number of queries."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from consultations.actor import Actor
from consultations.config import HOME
from consultations.engine import comments as engine
from consultations.engine import contests, counts, question_sheets, questionnaires, reviews, taking_part
from consultations.engine import votes as vote_verbs
from consultations.extensions import db
from consultations.queries import tasks
from consultations.queries.lately import OWN, PUBLIC, STAFF, lately
from consultations.views.task_words import WORDS
from consultations.wording_events import EVENTS, OWN_EVENTS
from tests.conftest import signed_in
from tests.factories import comments, people, rounds, votes
from tests.web.visiting import english
from workflows.roles import Role

AT = comments.DURING


def kinds(actor: Actor) -> list[str]:
    return [task.kind for task in tasks.waiting(actor, at=AT)]


def test_a_delegate_sees_the_vote_before_the_round_and_what_is_done_below(app: Flask) -> None:
    hall = votes.hall(3)
    vote = votes.opened(hall)
    scene = comments.scene()
    comments.register(scene.round, hall.members[0])
    delegate = hall.delegates[0]
    assert kinds(delegate) == ["vote", "comment"]
    votes.cast(vote, delegate, "yes")
    assert kinds(delegate) == ["comment", "vote_again"]


def test_a_comment_that_is_not_sent_is_pressed_for_and_one_that_is_sent_is_not(app: Flask) -> None:
    scene = comments.scene()
    comments.comment(scene, 0, submit=False)
    assert kinds(scene.delegates[0]) == ["comment_drafts"]
    comments.comment(scene, 1)
    (task,) = tasks.waiting(scene.delegates[1], at=AT)
    assert (task.kind, task.quiet, task.params["commented"], task.params["requirements"]) == (
        "comment_clauses", False, 1, 4,
    )  # fmt: skip


def test_a_round_waits_until_every_requirement_and_question_is_answered_or_nothing_is_to_be_said(
    app: Flask,
) -> None:
    scene = comments.scene(requirements=2)
    asked = comments.question(scene.round, 1, "agree")
    one, other = scene.delegates
    comments.comment(scene, 0, 0)
    comments.comment(scene, 0, 0, text="Otra cosa sobre lo mismo.")
    comments.comment(scene, 0, None)
    (task,) = tasks.waiting(one, at=AT)
    figures = {name: task.params[name] for name in ("commented", "requirements", "answered", "asked")}
    assert (task.kind, task.quiet) == ("comment_begun", False)
    assert figures == {"commented": 1, "requirements": 2, "answered": 0, "asked": 1}
    comments.comment(scene, 0, 1)
    assert kinds(one) == ["comment_begun"]
    questionnaires.answer(scene.round.id, {asked.id: ("agree", "")}, by=one, at=AT)
    assert kinds(one) == ["comment_begun"]
    question_sheets.send(scene.round.id, by=one, at=AT)
    (task,) = tasks.waiting(one, at=AT)
    assert (task.kind, task.quiet, task.due_at) == ("comment_more", True, scene.round.closes_at)
    engine.declare_no_comment(scene.round.id, by=other, at=AT)
    (task,) = tasks.waiting(other, at=AT)
    assert (task.kind, task.quiet) == ("said_nothing", True)


def test_who_does_not_take_part_is_asked_no_more_until_they_comment(app: Flask) -> None:
    scene = comments.scene(requirements=2)
    one = scene.delegates[0]
    taking_part.decline(scene.round.id, reason="No es lo nuestro.", by=one, at=AT)
    (task,) = tasks.waiting(one, at=AT)
    assert (task.kind, task.quiet) == ("declined", True)
    comments.comment(scene, 0, 0)
    assert kinds(one) == ["comment_clauses"]


@pytest.mark.parametrize(
    ("state", "kind", "due"),
    [("scheduled", "round_coming", comments.OPENS), ("open", "round_runs", comments.CLOSES), ("paused", "round_rests", None)],
)  # fmt: skip
def test_the_unit_sees_the_rounds_that_run_and_until_when(
    app: Flask, state: str, kind: str, due: datetime | None
) -> None:
    scene = comments.scene(organisations=3)
    comments.comment(scene, 0)
    scene.round.state = state
    db.session.flush()
    for actor in (scene.unit, scene.head):
        (task,) = tasks.waiting(actor, at=AT)
        assert (task.kind, task.quiet, task.due_at) == (kind, True, due)
        assert (task.params["heard"], task.params["invited"]) == (1, 3)


def test_an_empty_page_of_the_unit_leads_to_its_dossiers(client: FlaskClient) -> None:
    unit = people.actor(Role.UNIT, network=people.network())
    db.session.commit()
    page = signed_in(client, unit).get("/home").get_data(as_text=True)
    assert '<a class="btn quiet" href="/unit/dossiers">' in page


def test_nothing_waits_after_the_last_instant(app: Flask) -> None:
    scene = comments.scene()
    before = tasks.waiting(scene.delegates[0], at=scene.round.closes_at - timedelta(microseconds=1))
    assert [task.kind for task in before] == ["comment"]
    assert tasks.waiting(scene.delegates[0], at=scene.round.closes_at) == ()


def test_a_network_sees_how_many_of_its_members_are_silent(app: Flask) -> None:
    scene = comments.scene(organisations=3)
    network = people.network("country", members=scene.organisations[:2])
    coordinator = people.actor(Role.NETWORK, network=network)
    comments.comment(scene, 0)
    (task,) = tasks.waiting(coordinator, at=AT)
    assert (task.kind, task.params["count"], task.params["total"]) == ("round_silent", 1, 2)
    comments.comment(scene, 1)
    assert kinds(coordinator) == ["round_answered"]


def test_the_chair_decides_once_enough_are_heard_and_takes_a_position_until_then(app: Flask) -> None:
    house = rounds.house(members=3)
    review = rounds.review_of(rounds.at_stage(house, "commission_review"))
    later = rounds.START + timedelta(days=1)

    def seen() -> list[tuple[str, bool]]:
        return [(task.kind, task.quiet) for task in tasks.waiting(house.chair, at=later)]

    assert seen() == [("take_position", False)]
    reviews.take_position(review.id, "approve", by=house.members[0], at=later)
    assert seen() == [("take_position", False)]  # one of four is heard, two are needed
    reviews.take_position(review.id, "no_objection", by=house.members[1], at=later)
    assert seen() == [("decide_review", False)]
    reviews.take_position(review.id, "block", reason="Falta.", by=house.members[2], at=later)
    assert seen() == [("take_position", False)]
    reviews.take_position(review.id, "comment", reason="Visto.", by=house.chair, at=later)
    assert seen() == [("blocked_review", False)]  # to be returned, or the block to be lifted


def test_a_contested_result_may_be_contested_by_others_but_not_twice_by_one(app: Flask) -> None:
    hall = votes.hall(3)
    vote = votes.proclaimed(hall, "yyn")
    after = votes.CLOSES + timedelta(hours=3)
    one, other = (people.actor(Role.ORGANISATION, organisation=member) for member in hall.members[:2])
    contests.raise_contest(vote.id, grounds="No se oyó.", by=one, at=after)
    assert [task.kind for task in tasks.waiting(other, at=after)] == ["may_contest"]
    assert tasks.waiting(one, at=after) == ()
    assert tasks.waiting(other, at=vote.contest_until) == ()


def test_officers_see_what_each_may_do_next(app: Flask) -> None:
    hall = votes.hall(3)
    assert kinds(hall.secretary) == ["prepare_vote"]
    vote = votes.prepared(hall)
    assert (kinds(hall.secretary), kinds(hall.president)) in (([], ["review_vote"]), ([], ["convene_vote"]))
    assert vote.state in ("draft", "reviewed")


def test_a_vote_that_was_sent_back_waits_for_its_correction_with_the_reason(client: FlaskClient) -> None:
    hall = votes.hall(1)
    vote = votes.prepared(hall)

    def seen(who: Actor) -> list[tuple[str, str, bool]]:
        return [(task.kind, task.endpoint, task.quiet) for task in tasks.waiting(who, at=AT)]

    to_review = [("review_vote", "assembly.vote", False)]
    assert (seen(hall.secretary), seen(hall.president)) == ([], to_review)
    vote_verbs.review(vote.id, samples_shown=3, by=hall.scrutineer, at=votes.CALLED)
    vote_verbs.send_back(vote.id, reason="100 % wrong <dates>", by=hall.president, at=votes.CALLED)
    assert seen(hall.secretary) == [("correct_vote", "assembly.edit", False)]
    for other in (hall.president, hall.scrutineer):
        assert seen(other) == [("vote_is_corrected", "assembly.vote", True)]
    db.session.commit()
    with time_machine.travel(votes.CALLED, tick=False):
        page = english(client, hall.secretary, votes.CALLED).get("/home").get_data(as_text=True)
    assert f"Vote {vote.code} was sent back: correct it. Reason given: 100 % wrong &lt;dates&gt;" in page
    assert f'href="/a/votes/{vote.id}/edit"' in page
    vote_verbs.edit(vote.id, version_id=hall.version.id, by=hall.secretary, at=votes.CALLED, **votes.terms())
    assert (seen(hall.secretary), seen(hall.president)) == ([], to_review)


@pytest.mark.parametrize("convened", [False, True])
def test_the_news_of_a_delegate_tell_of_a_vote_called_off_once_it_was_convened(
    app: Flask, convened: bool
) -> None:
    hall = votes.hall(1)
    vote = votes.convened(hall) if convened else votes.prepared(hall)
    vote_verbs.call_off(vote.id, reason="An error.", by=hall.president, at=votes.CALLED)
    for who in (hall.delegates[0], None):
        assert ("vote_called_off" in [one.name for one in lately(who)]) is convened
    assert [one.name for one in lately(hall.secretary)].count("vote_called_off") == 1


@pytest.mark.parametrize(("voted", "kind"), [(False, "vote_rests"), (True, "vote_rests_cast")])
@pytest.mark.parametrize("at", [votes.OPENS + timedelta(hours=3), votes.CLOSES + timedelta(hours=3)])
def test_a_suspended_vote_stays_on_the_home_page_with_nothing_to_do(
    app: Flask, voted: bool, kind: str, at: datetime
) -> None:
    hall = votes.hall(1)
    vote = votes.opened(hall)
    if voted:
        votes.cast(vote, hall.delegates[0], "yes")
    vote_verbs.suspend(
        vote.id, reason="The line is down.", by=hall.president, at=votes.OPENS + timedelta(hours=2)
    )
    (task,) = tasks.waiting(hall.delegates[0], at=at)
    assert (task.kind, task.quiet, task.due_at) == (kind, True, None)
    assert [(task.kind, task.quiet) for task in tasks.waiting(hall.president, at=at)] == [
        ("resume_vote", False)
    ]
    assert [(task.kind, task.quiet) for task in tasks.waiting(hall.secretary, at=at)] == [
        ("vote_is_suspended", True)
    ]


@pytest.mark.parametrize(
    ("rule", "choices", "doing", "needed", "endpoint"),
    [
        (votes.rule("first-and-second-call"), "y---", "secretary", "next_call", "assembly.prepare"),
        ({**votes.rule(), "tie": "second_vote"}, "yn--", "secretary", "second_vote", "assembly.prepare"),
        ({**votes.rule(), "tie": "casting_vote"}, "yn--", "president", "casting_vote", "assembly.vote"),
    ],
)
def test_nobody_is_asked_to_sign_a_count_without_a_decision(
    app: Flask, rule: dict[str, object], choices: str, doing: str, needed: str, endpoint: str
) -> None:
    hall, after = votes.hall(4), votes.CLOSES + timedelta(hours=1)
    votes.closed(hall, choices, rule=rule)
    for role in ("secretary", "president", "scrutineer"):
        (task,) = tasks.waiting(getattr(hall, role), at=after)
        expected = (needed, False, endpoint) if role == doing else (f"{needed}_comes", True, "assembly.vote")
        assert (task.kind, task.quiet, task.endpoint) == expected


def test_a_decision_is_signed_by_each_of_three(app: Flask) -> None:
    hall, after = votes.hall(3), votes.CLOSES + timedelta(hours=1)
    vote = votes.closed(hall, "yyn")
    officers = (hall.secretary, hall.president, hall.scrutineer)
    assert [[task.kind for task in tasks.waiting(who, at=after)] for who in officers] == [["sign_result"]] * 3
    counts.sign(vote.id, by=hall.secretary, at=after)
    assert tasks.waiting(hall.secretary, at=after) == ()


def test_an_empty_register_is_the_operators_first_task(app: Flask) -> None:
    assert kinds(people.actor(Role.ADMIN)) == ["import_register"]
    people.organisation()
    assert kinds(people.actor(Role.ADMIN)) == ["without_delegate"]


def test_the_page_names_the_task_its_deadline_and_one_button_that_opens(client: FlaskClient) -> None:
    scene = comments.scene()
    db.session.commit()
    with time_machine.travel(AT, tick=False):
        signed_in(client, scene.delegates[0])
        page = client.get("/home").get_data(as_text=True)
        buttons = re.findall(r'class="btn[^"]*" href="([^"]*)"', page)
        assert buttons == [f"/d/rounds/{scene.round.id}"]
        assert client.get(buttons[0]).status_code == 200
        assert "Revisión del criterio" in page
        assert len(page.encode()) < 14_000


@pytest.mark.parametrize("count", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_tasks(app: Flask, count: int) -> None:
    scenes = [comments.scene() for _ in range(count)]
    actor = scenes[0].delegates[0]
    for scene in scenes[1:]:
        comments.register(scene.round, scenes[0].organisations[0])
    db.session.commit()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(tasks.waiting(actor, at=AT)) == count
    assert len([query for query in asked if query.startswith("SELECT")]) == 7


def test_every_event_of_the_home_page_has_words_and_an_organisation_s_own_are_told_as_its_own() -> None:
    assert set(PUBLIC + STAFF) <= set(EVENTS)
    assert set(OWN) == set(OWN_EVENTS)


def test_every_task_leads_to_a_page_there_is(app: Flask) -> None:
    sources = "".join(path.read_text() for path in (HOME / "consultations" / "queries").glob("tasks_*.py"))
    named = set(
        re.findall(
            r'"((?:unit|desk|commission|delegate|voting|assembly|results|register|network|public)\.\w+)"',
            sources,
        )
    )
    assert named <= set(app.view_functions)
    assert len(WORDS) > 20


def test_the_public_pages_show_what_is_public_and_nothing_of_a_draft(client: FlaskClient) -> None:
    scene = comments.scene()
    draft = comments.scene(state="open")
    draft.round.state = "draft"
    draft.round.dossier.state = "requested"
    db.session.commit()
    with time_machine.travel(AT, tick=False):
        page = client.get("/").get_data(as_text=True)
        assert f"/public/dossiers/{scene.round.dossier_id}" in page
        assert f"/public/dossiers/{draft.round.dossier_id}" not in page
        assert client.get(f"/public/dossiers/{scene.round.dossier_id}").status_code == 200
        assert client.get(f"/public/dossiers/{draft.round.dossier_id}").status_code == 404
