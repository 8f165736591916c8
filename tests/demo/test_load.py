"""What stands in the database after loading: exact counts, states, true hashes, and nothing left to do for the past."""

import json
from collections import Counter
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from consultations.actor import Actor
from consultations.demo.accounts import accounts
from consultations.demo.cast import PASSWORD
from consultations.demo.load import NotEmptyError, load, reset
from consultations.demo.people import LISTED
from consultations.engine import counts
from consultations.engine.round_register import register_sha256
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts import boards, rolls, texts
from consultations.facts.participation import lines
from consultations.facts.reviews import standing_of
from consultations.facts.text_freezes import frozen_text
from consultations.facts.votes import noted
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.ballots import Ballot, Count, Signature
from consultations.models.comments import Comment
from consultations.models.dossiers import Dispatch, Dossier
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.outreach import Outreach
from consultations.models.people import Person
from consultations.models.reviews import Position, Review
from consultations.models.rounds import QuestionAnswer, RegisterEntry, Round
from consultations.models.standards import NodeText, StandardVersion
from consultations.models.timers import Notice, Timer
from consultations.models.votes import RollEntry, Vote
from consultations.queries import tasks
from tests.demo.conftest import Demonstration
from workflows.canonical import sha256_of
from workflows.roles import Role
from workflows.vote_guards import PROCLAIMERS

ROWS = {
    Organisation: 1000, Network: 33, Membership: 2915, Person: 356, Mandate: 360, Dossier: 7, StandardVersion: 7,
    Round: 6, Comment: 300 + 9 + 12 + 6 + 24, Vote: 3 + 2, RollEntry: 155 + 244 + 244 + 2 * 155,
    Ballot: 63 + 95 + 200 + 60, Count: 2 + 1, Signature: 3 + 3, Dispatch: 1, QuestionAnswer: 280, RegisterEntry: 991 + 155 + 155 + 991 + 991,
    NodeText: 2 * (59 + 58 + 57 + 3 * 18 + 11), Outreach: 6, Position: 3 + 5 * 8 + 3 * 7,
}  # fmt: skip


def _counted() -> dict[Any, int]:
    return {model: db.session.scalar(select(func.count()).select_from(model)) for model in ROWS}


def _one(model: Any, **by: Any) -> Any:
    return db.session.scalars(select(model).filter_by(**by)).one()


def _how_many(model: Any, **by: Any) -> Any:
    return select(func.count()).select_from(model).filter_by(**by)


def _of(code: str) -> tuple[Dossier, Round]:
    dossier = _one(Dossier, code=code)
    return dossier, _one(Round, dossier_id=dossier.id)


def test_the_rows_are_as_many_as_planned(demonstration: Demonstration) -> None:
    assert _counted() == ROWS
    assert len(demonstration.said) == 2


def test_the_review_waits_for_the_two_listed_members(demonstration: Demonstration) -> None:
    dossier, round = _of("CLIMA-2026")
    review = _one(Review, round_id=round.id)
    standing = standing_of(review, at=demonstration.at)
    assert (dossier.state, round.state, review.state) == ("in_round", "commission_review", "open")
    assert (standing.taken, standing.needed, standing.members, standing.blocks) == (3, 5, 9, 0)
    assert min(review.due_at, round.opens_at) > demonstration.at
    silent = {"ceclac.presidencia@example.org", "ceclac.miembro@example.org"}
    listed = select(Person.id).where(Person.email.in_(silent))
    assert standing.newest.keys().isdisjoint(db.session.scalars(listed))


def test_the_round_being_answered(demonstration: Demonstration) -> None:
    dossier, round = _of("RELEVO-2026")
    assert (dossier.state, round.state) == ("in_round", "answering")
    states = select(Comment.state, func.count()).where(Comment.round_id == round.id).group_by(Comment.state)
    assert dict(db.session.execute(states).all()) == {"decided": 3, "proposed": 1, "submitted": 5}


def test_the_count_that_waits_for_its_signatures(demonstration: Demonstration) -> None:
    dossier, round = _of("PRIMA-2026")
    vote = _one(Vote, dossier_id=dossier.id)
    count = _one(Count, vote_id=vote.id)
    assert (dossier.state, round.state, vote.state) == ("convened", "ready_for_vote", "counted")
    assert (count.status, db.session.scalar(_how_many(Signature, count_id=count.id))) == ("adopted", 0)
    body = _one(Network, code="ASAMBLEA")
    holders = select(Person.email).join(Mandate, Mandate.person_id == Person.id)
    proclaimers = holders.where(Mandate.network_id == body.id, Mandate.role.in_(PROCLAIMERS))
    assert set(db.session.scalars(proclaimers)) <= set(LISTED)


def test_a_vote_waits_to_be_prepared_by_the_listed_secretary(demonstration: Demonstration) -> None:
    dossier = _one(Dossier, code="REGLAS-2026")
    frozen = frozen_text(dossier.id)
    assert frozen is not None
    assert (dossier.state, frozen.sha256) == ("final_review", texts.text_sha256(frozen.version_id))
    secretary = _one(Mandate, role="secretary", network_id=dossier.body_id)
    assert secretary.person.email == "cafe.secretaria@example.org"
    by = Actor(Role.SECRETARY, secretary.person_id, secretary.id, None, dossier.body_id)
    waiting = {task.kind: task.args for task in tasks.waiting(by, at=demonstration.at)}
    assert waiting["prepare_vote"] == {"dossier_id": dossier.id}


def test_the_open_round(demonstration: Demonstration) -> None:
    dossier, round = _of("COMUN-2026")
    assert (dossier.state, round.state, round.last_public_number) == ("in_round", "open", 300)
    assert (demonstration.at - round.opens_at).days in (29, 30)
    assert (round.closes_at - demonstration.at).days == 30 or (round.closes_at - demonstration.at).days == 31
    sent = db.session.execute(
        select(Comment.language, func.count())
        .where(Comment.round_id == round.id, Comment.state == "submitted")
        .group_by(Comment.language)
    )
    by_language = dict(sent.all())
    assert sum(by_language.values()) == 300
    assert set(by_language) == {"es", "pt", "en", "fr"}
    declared = select(func.count()).where(
        RegisterEntry.round_id == round.id, RegisterEntry.no_comment_at.is_not(None)
    )
    assert db.session.scalar(declared) == 26


def test_the_open_vote(demonstration: Demonstration) -> None:
    dossier, round = _of("CAFE-2026")
    vote = _one(Vote, dossier_id=dossier.id)
    assert (dossier.state, round.state, vote.state) == ("convened", "ready_for_vote", "open")
    assert (vote.closes_at - demonstration.at).days == 2
    voted = select(func.count(func.distinct(Ballot.roll_entry_id))).where(Ballot.vote_id == vote.id)
    assert db.session.scalar(voted) == 60
    assert len(rolls.frozen(vote.id)) == 155


def test_the_finished_dossier(demonstration: Demonstration) -> None:
    dossier, round = _of("TRABAJO-2025")
    vote, dispatch = _one(Vote, dossier_id=dossier.id), _one(Dispatch, dossier_id=dossier.id)
    assert (dossier.state, round.state, vote.state) == ("outcome_recorded", "ready_for_vote", "final")
    count = _one(Count, vote_id=vote.id)
    assert (count.status, dispatch.outcome) == ("adopted", "accepted_in_part")
    signed = select(Signature.role).where(Signature.count_id == count.id)
    assert sorted(db.session.scalars(signed)) == ["president", "scrutineer", "secretary"]


def test_the_assembly_that_is_in_session(demonstration: Demonstration) -> None:
    assembly = _one(Assembly, code="RP-CAFE-A-DEMO")
    items = select(AgendaItem).filter_by(assembly_id=assembly.id).order_by(AgendaItem.position)
    assert (assembly.state, assembly.call) == ("installed", 2)
    assert [(item.kind, item.state) for item in db.session.scalars(items)] == [
        ("information", "decided"), ("decision", "decided"), ("decision", "discussed"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["COMUN-2026", "RELEVO-2026", "CAFE-2026", "PRIMA-2026", "TRABAJO-2025"])
def test_what_was_frozen_is_what_stands(demonstration: Demonstration, code: str) -> None:
    _, round = _of(code)
    assert round.text_sha256 == round.version.text_sha256 == texts.text_sha256(round.version_id)
    rows = db.session.scalars(
        select(RegisterEntry).where(RegisterEntry.round_id == round.id).order_by(RegisterEntry.id)
    )
    names = ("organisation_id", "name", "country", "kind", "networks")
    assert round.register_sha256 == register_sha256(
        [{name: getattr(row, name) for name in names} for row in rows]
    )


@pytest.mark.parametrize("code", ["CAFE-2026", "PRIMA-2026", "TRABAJO-2025"])
def test_a_vote_is_bound_to_text_rule_and_roll(demonstration: Demonstration, code: str) -> None:
    dossier, round = _of(code)
    vote = _one(Vote, dossier_id=dossier.id)
    assert vote.text_sha256 == round.text_sha256
    assert vote.rule_sha256 == sha256_of(vote.rule)
    assert vote.roll_sha256 == rolls.sha256(vote.id)


def test_the_count_can_be_made_again(demonstration: Demonstration) -> None:
    vote = _one(Vote, state="final")
    count = _one(Count, vote_id=vote.id)
    assert counts.decided(vote).to_dict() == count.decision
    assert boards.head(boards.entries(vote.id, vote.code)) == noted(vote.id, "vote_closed", "board_head")


def test_events_follow_one_another_and_none_lies_ahead(demonstration: Demonstration) -> None:
    instants = db.session.scalars(select(Event.at).order_by(Event.id)).all()
    assert instants == sorted(instants)
    assert instants[-1] <= demonstration.at


def test_nothing_of_the_past_is_left_to_do(demonstration: Demonstration) -> None:
    unsent = select(func.count()).where(Notice.sent_at.is_(None))
    assert db.session.scalar(unsent) == 0
    waiting = select(Timer.kind, func.min(Timer.due_at)).where(Timer.fired_at.is_(None)).group_by(Timer.kind)
    due = dict(db.session.execute(waiting).all())
    assert set(due) == {
        "review_reminder",
        "close_round",
        "remind_round",
        "close_vote",
        "remind_vote",
        "finalise_vote",
    }
    assert min(due.values()) > demonstration.at
    fired = db.session.execute(
        select(Timer.due_at, Timer.effective_at).where(Timer.fired_at.is_not(None))
    ).all()
    assert [due_at for due_at, _ in fired] == [effective for _, effective in fired]


def test_only_listed_accounts_have_a_password(demonstration: Demonstration) -> None:
    rows = db.session.execute(
        select(Person.email, Person.password_hash).where(Person.password_hash.is_not(None))
    )
    secrets = dict(rows.all())
    assert set(secrets) == set(LISTED)
    assert {PasswordHasher().verify(secret, PASSWORD) for secret in set(secrets.values())} == {True}


def test_the_listed_delegates_have_done_something_or_nothing(demonstration: Demonstration) -> None:
    acted = select(Person.email).join(Ballot, Ballot.person_id == Person.id).where(Person.email.in_(LISTED))
    in_dossiers = acted.join(Vote, Ballot.vote_id == Vote.id).where(Vote.dossier_id.is_not(None))
    assert set(db.session.scalars(in_dossiers)) == {"delegacion.pt@example.org", "delegacion.fr@example.org"}
    delegates = {one for one in LISTED if one.startswith("delegacion.")}
    assert set(db.session.scalars(acted)) == delegates  # all of them sit in the assembly
    wrote = select(Person.email).join(Comment, Comment.author_id == Person.id).where(Person.email.in_(LISTED))
    assert set(db.session.scalars(wrote)) == {"delegacion.pt@example.org", "delegacion.fr@example.org"}


def test_loading_again_changes_nothing(demonstration: Demonstration) -> None:
    before = _counted()
    events = db.session.scalar(select(func.count(Event.id)))
    with pytest.raises(NotEmptyError):
        load(demonstration.at, lambda text: None)
    assert (_counted(), db.session.scalar(select(func.count(Event.id)))) == (before, events)


def test_the_commands(demonstration: Demonstration) -> None:
    from consultations.cli_demo import demo

    run = demonstration.app.test_cli_runner().invoke
    quiet = run(demo, ["load", "--if-empty"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    refused = run(demo, ["load"])
    assert (refused.exit_code, "demo reset" in refused.output) == (1, True)
    no = run(demo, ["reset"], input="n\n")
    assert (no.exit_code, "Emptying" in no.output) == (1, False)


def test_accounts_as_json_and_as_a_table(demonstration: Demonstration) -> None:
    from consultations.cli_demo import demo

    run = demonstration.app.test_cli_runner().invoke
    listed = json.loads(run(demo, ["accounts", "--json"]).output)
    assert [row["email"] for row in listed] == list(LISTED)
    assert {frozenset(row) for row in listed} == {frozenset({"email", "password", "name", "capacities"})}
    assert {row["password"] for row in listed} == {PASSWORD}
    two = next(row for row in listed if row["email"] == "delegacion.es@example.org")["capacities"]
    assert [line.split(":")[0] for line in two] == ["delegate", "delegate"]
    lines = run(demo, ["accounts"]).output.splitlines()
    column = lines[0].index("Capacities")
    assert len(lines) == 2 + sum(len(row["capacities"]) for row in listed)
    assert {line[column - 1] + str(line[column] != " ") for line in lines} == {" True"}


def test_reset_refuses_where_others_are_members(demonstration: Demonstration) -> None:
    from consultations.cli_demo import demo

    with unit_of_work():
        db.session.add(Organisation(code="XX-1", name="Another", country="GT", kind="spo"))
    before = _counted()
    db.session.rollback()
    refused = demonstration.app.test_cli_runner().invoke(demo, ["reset", "--yes"])
    assert (refused.exit_code, "1 organisation" in refused.output) == (1, True)
    assert _counted() == before == {**ROWS, Organisation: 1001}
    with unit_of_work():
        db.session.execute(text("DELETE FROM organisations WHERE code = 'XX-1'"))


def test_reset_starts_over_and_records_are_protected_again(demonstration: Demonstration) -> None:
    with unit_of_work():
        db.session.add(Person(name="Later", email="later@example.org"))
    said: list[str] = []
    reset(demonstration.at, said.append)
    assert (len(said), _counted()) == (3, ROWS)
    assert db.session.scalar(select(func.min(Event.id))) == 1
    assert len(accounts(demonstration.at)) == 23
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("DELETE FROM events"))


def test_the_open_round_shows_who_was_reached_and_who_was_not(demonstration: Demonstration) -> None:
    _, round = _of("COMUN-2026")
    found = Counter(line.status for line in lines(round.id, at=demonstration.at))
    assert found["answered"] + found["no_comment"] == 132 + 26
    assert {"delivered", "not_reached"} <= set(found)
    assert found["invited"] == 0
