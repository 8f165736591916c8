"""The minutes of an assembly: figures from the rows, words in versions, signed by two persons."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from consultations.actor import SYSTEM
from consultations.engine import (
    action_points,
    agenda,
    agenda_votes,
    assemblies,
    contests,
    counts,
    interests,
    journal,
    minutes,
    votes,
)
from consultations.engine import assembly_amendments as amendments
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import minutes as facts
from consultations.facts import minutes_of_vote
from consultations.facts.minutes_versions import newest
from consultations.facts.minutes_votes import iso
from consultations.models.assemblies import ActionPoint, AgendaItem, Assembly, AssemblyMinutes
from consultations.models.people import Person
from consultations.models.presence import Interest
from consultations.models.votes import Contest, Vote
from consultations.queries.interests import of_assembly
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import people, rules
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.minutes import CLOSED, LATER, VOTED
from tests.factories.votes import Hall
from workflows.refusals import Refused
from workflows.roles import Role


def told(assembly: Assembly) -> dict:
    return facts.figures(assembly, LATER)


def version(assembly: Assembly, hall: Hall, known: int = 0, **words: str) -> AssemblyMinutes:
    return minutes.make(assembly.id, words=words, known=known, by=hall.secretary, at=LATER)


def test_attendance_quorum_and_votes_are_computed(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.convened(hall, ("Presupuesto", "Informe"))
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.arrive(assembly, hall, 2, at=STARTS + HOUR / 2)
    assemblies.install(assembly.id, by=hall.president, at=STARTS + HOUR / 2)
    make.leave(assembly, hall, 1, at=STARTS + HOUR)
    assemblies.suspend(assembly.id, reason="Almuerzo", by=hall.president, at=STARTS + HOUR)
    assemblies.resume(assembly.id, by=hall.president, at=STARTS + 2 * HOUR)
    factory.voted(assembly, hall, "y-n")
    found = told(assembly)
    assert (found["notice_days"], found["notice_days_needed"]) == (44, 30)
    [call] = found["calls"]
    assert (call["present"], call["represented"], call["met"]) == (3, 1, True)
    assert [(line["have"], line["needed"]) for line in call["conditions"]] == [("4", "3")]
    attended = found["attendance"]
    assert (attended["came"], attended["represented"], attended["absent"]) == (3, 1, 1)
    by_name = {row["elector"]: row for row in attended["rows"]}
    left = by_name[hall.members[1].code]["stays"]
    assert [(stay["from"][11:16], stay["to"][11:16]) for stay in left] == [("15:00", "16:00")]
    assert [one["holder"] for one in by_name[hall.members[3].code]["proxy"]] == [hall.members[0].name]
    assert [(one["event"], one["reason"]) for one in found["moments"]] == [
        ("assembly_installed", ""), ("assembly_suspended", "Almuerzo"), ("assembly_resumed", ""),
    ]  # fmt: skip
    vote = found["items"][0]["votes"][-1]
    assert {one["choice"]: one["heads"] for one in vote["heads"] if one["heads"]} == {
        "yes": 1,
        "no": 1,
        "not_voted": 3,
    }
    assert found["items"][1]["votes"][-1]["count"] == 0


def test_the_second_call_has_its_own_quorum(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.installed(hall, 0, 1)
    first, second = told(assembly)["calls"]
    assert (first["met"], [line["missing"] for line in first["conditions"]]) == (False, ["1"])
    assert (second["asked"], second["met"], second["present"]) == (False, True, 2)


def test_interests_and_action_points_stand_under_their_item(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    item = make.items(assembly)[0]
    own = make.elector(assembly, 1, hall)
    db.session.add(
        Interest(item_id=item.id, elector_id=own.id, words="Es su caja.", excluded=True, declared_at=STARTS)
    )
    action_points.note(
        item.id,
        words="Publicar.",
        responsible="Ana",
        due_on=date(2026, 12, 1),
        by=hall.secretary,
        at=STARTS + HOUR,
    )
    factory.voted(assembly, hall, "y-n")
    [found] = told(assembly)["items"]
    assert [(one["name"], one["excluded"]) for one in found["interests"]] == [(hall.members[1].name, True)]
    assert found["actions"] == [{"words": "Publicar.", "responsible": "Ana", "due_on": "2026-12-01"}]
    assert [row["choice"] for row in found["votes"][-1]["roll_call"]] == ["yes", "interest", "no"]


def test_the_same_rows_give_the_same_figures_later(app: Flask) -> None:
    hall = make.hall(4)
    assembly = factory.held(hall, "yyn")
    before = facts.figures(assembly, LATER)
    action_points.note(
        make.items(assembly)[0].id, words="Más.", responsible="Eva", by=hall.secretary, at=LATER + HOUR
    )
    assert facts.figures(assembly, LATER) == before
    assert facts.differing(before, facts.figures(assembly, LATER + 2 * HOUR)) != []


def test_other_words_are_another_version_and_the_same_words_are_the_same(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    first = version(assembly, hall, introduction="  Buenos días. ", closing=" ")
    assert (first.number, first.words) == (1, {"introduction": "Buenos días."})
    assert version(assembly, hall, introduction="Buenos días.").id == first.id
    second = version(assembly, hall, 1, introduction="Buenas tardes.")
    assert (second.number, second.sha256 == first.sha256) == (2, False)
    assert newest(assembly.id) is second
    assert facts.sha256(second.figures, second.words) == second.sha256


def test_what_speaks_against_a_version_is_all_told(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    assert codes(lambda: version(assembly, hall, 3, **{"item-9": "x", "closing": "x" * 20_001})) == [
        "move_not_from_here", "minutes_superseded", "minutes_words_unknown", "minutes_words_long",
    ]  # fmt: skip
    assert codes(
        lambda: minutes.make(assembly.id, words={}, known=0, by=make.hall(2).secretary, at=LATER)
    ) == ["other_body"]


def test_president_and_secretary_sign_and_the_scrutineer_may(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    version(assembly, hall)
    signed = [
        minutes.sign(assembly.id, number=1, by=one, at=LATER)
        for one in (hall.scrutineer, hall.secretary, hall.president)
    ]
    assert (signed, assembly.state) == ([False, False, True], "minutes_signed")
    assert minutes.sign(assembly.id, number=1, by=hall.president, at=LATER) is True
    assert codes(lambda: version(assembly, hall, 1, closing="Otra cosa.")) == ["move_not_from_here"]


def test_one_person_signs_once_in_whatever_office(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    version(assembly, hall)
    minutes.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    person = db.session.get_one(Person, hall.secretary.person_id)
    both = people.actor(Role.PRESIDENT, network=hall.body, by=person)
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=both, at=LATER)) == ["signed_before"]
    other = people.actor(Role.SECRETARY, network=hall.body)
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=other, at=LATER)) == ["role_signed_before"]
    assert assembly.state == "closed"


def test_an_older_version_and_data_that_changed_are_not_signed(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=hall.president, at=LATER)) == [
        "minutes_none_yet"
    ]
    version(assembly, hall)
    minutes.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    version(assembly, hall, 1, closing="Fin.")
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=hall.president, at=LATER)) == [
        "minutes_superseded"
    ]
    make.items(assembly)[0].motion = {"es": "Otra cosa."}
    db.session.flush()
    assert codes(lambda: minutes.sign(assembly.id, number=2, by=hall.president, at=LATER)) == [
        "minutes_outdated"
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(VALUES, VALUES)
def test_figures_differ_somewhere_exactly_when_they_are_not_the_same(one: object, other: object) -> None:
    same = facts.sha256({"x": one}, {}) == facts.sha256({"x": other}, {})
    assert (facts.differing(one, other) == []) == same


def test_who_is_named_is_no_figure() -> None:
    assert facts.differing({"person": "Ana", "n": 1}, {"person": "Eva", "n": 1}) == []


def test_there_are_no_minutes_of_what_is_not_there(app: Flask) -> None:
    hall = make.hall(2)
    with pytest.raises(NotFound):
        minutes.make(987654, words={}, known=0, by=hall.secretary, at=CLOSED)


def taken_off(assembly: Assembly, hall: Hall, *numbers: int) -> None:
    """These members leave the roll by an amendment of two people."""
    at = CALLED + 2 * HOUR
    for n in numbers:
        hall.members[n].good_standing = False
    db.session.flush()
    named = [hall.members[n].id for n in numbers]
    roll = amendments.propose(
        assembly.id, organisations=named, reason="No está al día.", by=hall.secretary, at=at
    )
    assert amendments.confirm(assembly.id, roll_sha256=roll, by=hall.scrutineer, at=at)


def test_whoever_declared_an_interest_and_was_taken_off_the_roll_is_still_named(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.convened(hall)
    item = make.items(assembly)[0]
    gone = make.elector(assembly, 1, hall)
    interests.declare(item.id, gone.id, words="Es su caja.", by=hall.delegates[1], at=CALLED + HOUR)
    make.proxy(assembly, hall, 2, 1)
    taken_off(assembly, hall, 1)
    make.arrive(assembly, hall, 0, 2, 3, 4)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    factory.voted(assembly, hall, "y-nyy")
    assemblies.close(assembly.id, by=hall.president, at=CLOSED)
    found = told(assembly)
    assert [(one["name"], one["words"]) for one in found["items"][0]["interests"]] == [
        (hall.members[1].name, "Es su caja.")
    ]
    assert hall.members[1].code not in {row["elector"] for row in found["attendance"]["rows"]}
    assert [change["kind"] for change in found["roll"]["changes"]] == ["removed"]
    made = version(assembly, hall)
    assert facts.figures(assembly, LATER) == made.figures
    assert [one.organisation for one in of_assembly(assembly.id)] == [hall.members[1].name]


def test_an_amendment_of_the_roll_counts_from_its_second_signature(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    hall.members[1].good_standing = False
    db.session.flush()
    roll = amendments.propose(
        assembly.id, organisations=[hall.members[1].id], reason="No está al día.", by=hall.secretary, at=CALLED + HOUR
    )  # fmt: skip
    amendments.confirm(assembly.id, roll_sha256=roll, by=hall.scrutineer, at=CALLED + 3 * HOUR)
    assert facts.figures(assembly, CALLED + 2 * HOUR)["roll"]["changes"] == []
    assert len(facts.figures(assembly, CALLED + 3 * HOUR)["roll"]["changes"]) == 1


Stage = tuple[str, Callable[[Assembly, Hall, Vote], object]]
OVER = LATER + 10 * 24 * HOUR
AFTERWARDS: tuple[Stage, ...] = (
    ("signed", lambda a, h, v: vote_factory.signing(v, h, LATER + HOUR)),
    ("contested", lambda a, h, v: contests.raise_contest(v.id, grounds="Se contó mal.", by=h.delegates[0], at=LATER + 2 * HOUR)),
    ("counted again", lambda a, h, v: answered(h, v, "recount", LATER + 3 * HOUR)),
    ("signed again", lambda a, h, v: vote_factory.signing(v, h, LATER + 4 * HOUR)),
    ("contested again", lambda a, h, v: contests.raise_contest(v.id, grounds="Otra vez.", by=h.delegates[0], at=LATER + 5 * HOUR)),
    ("upheld", lambda a, h, v: answered(h, v, "uphold", LATER + 6 * HOUR)),
    ("final", lambda a, h, v: counts.finalise(v.id, by=SYSTEM, at=OVER)),
    ("a point noted", lambda a, h, v: action_points.note(make.items(a)[0].id, words="Publicar.", responsible="Ana", by=h.secretary, at=OVER)),
    ("a point done", lambda a, h, v: action_points.close(db.session.query(ActionPoint).filter_by(done_at=None).first().id, note="Hecho.", by=h.secretary, at=OVER)),
    ("an interest", lambda a, h, v: interests.declare(make.items(a)[2].id, make.elector(a, 1, h).id, words="Otra cosa.", by=h.secretary, at=OVER)),
    ("an item put off", lambda a, h, v: moved(make.items(a)[2], "withdrawn", "item_withdrawn", h)),
    ("an item decided later", lambda a, h, v: moved(make.items(a)[1], "decided", "item_decided", h)),
    ("an amendment from the floor", lambda a, h, v: floor(a, h)),
    ("another vote", lambda a, h, v: another_vote(a, h)),
    ("a member of no standing", lambda a, h, v: setattr(h.members[0], "good_standing", False)),
    ("a name put right", lambda a, h, v: setattr(h.members[0], "name", "Otro nombre")),
)  # fmt: skip
"""What may happen once minutes are made; whatever is refused happens not."""


def answered(hall: Hall, vote: Vote, resolution: str, at: datetime) -> None:
    for contest in db.session.query(Contest).filter_by(vote_id=vote.id, resolution=None).all():
        contests.resolve(contest.id, resolution=resolution, reason="Visto.", by=hall.committee, at=at)


def moved(item: AgendaItem, state: str, event: str, hall: Hall) -> None:
    """An item that moves later, whether its rules let it or not: by its row and what is written of it."""
    item.state, item.decided_at = state, OVER
    db.session.flush()
    journal.record(event, item, by=hall.president, at=OVER, reason="Después.")


def floor(assembly: Assembly, hall: Hall) -> None:
    """An amendment that is moved later, as if it sat again."""
    item = make.items(assembly)[0]
    assembly.state = "installed"
    agenda.move_amendment(
        item.id, titles={"es": "Enmienda"}, motion={"es": "Otra."}, by=hall.secretary, at=OVER
    )
    assembly.state = "closed"
    db.session.flush()


def another_vote(assembly: Assembly, hall: Hall) -> None:
    """A vote that ended without quorum or in a tie is repeated."""
    vote = agenda_votes.prepare(
        make.items(assembly)[1].id, rule=vote_factory.rule(), by=hall.secretary, at=OVER
    )
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=OVER)
    agenda_votes.convene(vote.id, by=hall.president, at=OVER)


def second_vote_rule(hall: Hall) -> Any:
    """A rule of the body's book whose ties a second vote breaks."""
    rule = {**vote_factory.rule(), "id": "second-vote", "tie": "second_vote"}
    rules.in_book(hall.body, rule)
    return rule


@pytest.mark.parametrize("seed", range(4))
def test_figures_made_at_an_instant_are_the_same_after_whatever_happens_later(app: Flask, seed: int) -> None:
    hall = make.hall(4)
    assembly = make.prepared(hall)
    for title, rule in (("Presupuesto", None), ("Informe", second_vote_rule(hall)), ("Varios", None)):
        make.item(assembly, hall, title, rule=rule)
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    interests.declare(
        make.items(assembly)[2].id,
        make.elector(assembly, 1, hall).id,
        words="Es su caja.",
        by=hall.delegates[1],
        at=CALLED,
    )
    make.arrive(assembly, hall, 0, 1, 2, 3)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = factory.voted(assembly, hall, "yyn-")
    factory.voted(assembly, hall, "ynyn", 1)
    agenda.defer(make.items(assembly)[2].id, reason="Faltó tiempo.", by=hall.president, at=CLOSED - HOUR)
    action_points.note(
        make.items(assembly)[0].id, words="Pagar.", responsible="Eva", by=hall.secretary, at=CLOSED - HOUR
    )
    assembly.state, assembly.closed_at = "closed", CLOSED
    db.session.flush()
    instants = (VOTED + HOUR / 100, CLOSED - HOUR, LATER)
    before = [facts.figures(assembly, at) for at in instants]
    of_vote = minutes_of_vote.figures(vote, LATER)
    stages = list(AFTERWARDS)
    Random(seed).shuffle(stages)
    for said, happens in stages if seed else AFTERWARDS:
        with suppress(Refused, NotFound, AttributeError), db.session.begin_nested():
            happens(assembly, hall, vote)
        db.session.expire_all()
        assert [facts.figures(assembly, at) for at in instants] == before, said
        assert minutes_of_vote.figures(vote, LATER) == of_vote, said


def test_what_had_not_happened_yet_is_not_told(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    open_then = facts.figures(assembly, VOTED + HOUR / 100)
    [item] = open_then["items"]
    assert (item["state"], item["decided_at"], item["votes"][-1]["count"]) == ("voted", None, 0)
    assert (item["votes"][-1]["closed_at"], open_then["closed_at"]) == (None, None)
    [item] = facts.figures(assembly, STARTS)["items"]
    assert (item["state"], item["opened_at"], item["votes"][-1]["opened_at"]) == ("planned", None, None)
    [item] = told(assembly)["items"]
    assert (item["state"], item["opened_at"], item["decided_at"]) == (
        "decided", iso(VOTED), iso(VOTED + 10 * HOUR / 60)
    )  # fmt: skip
