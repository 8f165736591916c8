"""Paper and workshops: who may enter for whom, nobody's own words are written over, organisations confirm, ways overlap."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import comments, on_behalf, question_sheets, questionnaires
from consultations.engine.on_behalf import Received
from consultations.extensions import db
from consultations.facts.on_behalf import overlap, waiting, ways_of
from consultations.models.base import NotFound
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.organisations import Network, NetworkKind
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice
from consultations.queries import on_behalf as read
from consultations.queries import tasks
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, Scene, comment, question, scene
from tests.factories.workshops import workshop
from workflows.refusals import Refused
from workflows.roles import Role

GRACE = timedelta(days=3)
TICK = timedelta(microseconds=1)
PAPER = Received()


def network(*members: object) -> Actor:
    return people.actor(Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=members))  # type: ignore[arg-type]


def enter(
    here: Scene, by: Actor, *, who: int = 0, received: Received = PAPER, at=DURING, **more: object
) -> Comment:
    given = {"client_uuid": "p-1", "language": "es", "visibility": "members", **WORDS, **more}
    organisation = here.organisations[who].id
    return on_behalf.enter(here.round.id, organisation, here.clauses[0].id, received, by=by, at=at, **given)


def events() -> int:
    return db.session.scalar(select(func.count(Event.id))) or 0


def test_the_home_page_of_a_delegate_asks_for_the_confirmation_until_it_is_given(app: Flask) -> None:
    here = scene()
    enter(here, here.unit)

    def asked(delegate: Actor, at=DURING) -> list[tuple[str, str]]:
        return [(one.kind, one.endpoint) for one in tasks.waiting(delegate, at=at) if "entered" in one.kind]

    assert asked(here.delegates[0]) == [("confirm_entered", "delegate.entered")]
    assert (asked(here.delegates[1]), len(asked(here.delegates[0], CLOSES + GRACE))) == ([], 1)
    on_behalf.confirm(here.round.id, by=here.delegates[0], at=DURING)
    assert asked(here.delegates[0]) == []
    enter(here, here.unit, client_uuid="p-2")
    assert len(asked(here.delegates[0])) == 1


def test_what_came_on_paper_is_sent_for_its_organisation_and_told_to_its_delegate(app: Flask) -> None:
    here = scene()
    made = enter(here, here.unit)
    assert (made.organisation_id, made.channel, made.author_id, made.entered_by_id, made.state) == (
        here.organisations[0].id, "paper", None, here.unit.person_id, "submitted",
    )  # fmt: skip
    assert [notice.person_id for notice in db.session.scalars(select(Notice))] == [
        here.delegates[0].person_id
    ]
    told = db.session.scalars(select(Event).where(Event.name == "entered_on_behalf")).one()
    assert (f'"what":"comment/{made.id}"' in told.payload, '"channel":"paper"' in told.payload) == (
        True,
        True,
    )
    assert told.organisation_id == here.organisations[0].id


def test_the_same_paper_twice_changes_nothing(app: Flask) -> None:
    here = scene()
    enter(here, here.unit)
    before = events()
    again = enter(here, here.unit, at=DURING + TICK)
    assert (again.version, events()) == (1, before)


def test_a_network_enters_for_its_own_members_only(app: Flask) -> None:
    here = scene()
    mine = network(here.organisations[0])
    assert enter(here, mine).entered_by_id == mine.person_id
    with refused_with("not_own_member"):
        enter(here, mine, who=1)
    with refused_with("not_own_member"):
        on_behalf.no_comment(here.round.id, here.organisations[1].id, PAPER, by=mine, at=DURING)
    with refused_with("not_own_member"):
        on_behalf.answer_questions(here.round.id, here.organisations[1].id, PAPER, {}, by=mine, at=DURING)


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.COMMISSION, Role.AUDITOR, Role.ADMIN, Role.CHAIR])
def test_nobody_else_enters_for_others(app: Flask, role: Role) -> None:
    here = scene()
    by = people.delegate() if role is Role.DELEGATE else people.actor(role, network=people.network())
    with refused_with("role_may_not"):
        enter(here, by)


def test_a_network_s_own_verbs_do_not_reach_organisations_without_standing_in(app: Flask) -> None:
    here = scene()
    by = network(here.organisations[0])
    with refused_with("organisation_not_registered"):
        comments.declare_no_comment(here.round.id, by=by, at=DURING)


@pytest.mark.parametrize(("at", "codes"), [
    (CLOSES - TICK, ()), (CLOSES, ()), (CLOSES + GRACE - TICK, ()), (CLOSES + GRACE, ("grace_over",)),
])  # fmt: skip
def test_paper_comes_in_until_the_declared_grace_is_over(app: Flask, at, codes: tuple[str, ...]) -> None:
    here = scene(state="open" if at < CLOSES else "closed")
    if not codes:
        assert enter(here, here.unit, at=at).late is (at >= CLOSES)
        return
    with pytest.raises(Refused):
        enter(here, here.unit, at=at)
    assert db.session.scalar(select(func.count(Comment.id))) == 0


def test_a_delegate_has_no_grace(app: Flask) -> None:
    here = scene(state="closed")
    with pytest.raises(Refused):
        comment(here, at=CLOSES)


def test_the_way_it_came_must_be_known(app: Flask) -> None:
    here, other = scene(), scene()
    mine = network(here.organisations[0])
    ours, theirs = workshop(here, by=mine), workshop(here)
    elsewhere = workshop(other)
    with refused_with("channel_unknown"):
        enter(here, here.unit, received=Received("pigeon"))
    for by, received in (
        (here.unit, Received("workshop")), (here.unit, Received("workshop", elsewhere.id)), (here.unit, Received("paper", ours.id)),
        (mine, Received("workshop", theirs.id)), (here.unit, Received("workshop", 987654)),
    ):  # fmt: skip
        with refused_with("workshop_missing"):
            enter(here, by, received=received)
    assert enter(here, mine, received=Received("workshop", ours.id)).workshop_id == ours.id


def test_staff_correct_what_they_entered_until_it_is_confirmed(app: Flask) -> None:
    here = scene()
    made = enter(here, here.unit)
    changed = on_behalf.edit(made.id, version=1, by=here.second, at=DURING, **{**WORDS, "text": "Mejor así."})
    assert changed.version == 2
    on_behalf.confirm(here.round.id, by=here.delegates[0], at=DURING)
    for act in (
        lambda: on_behalf.edit(made.id, version=2, by=here.unit, at=DURING, **{**WORDS, "text": "Otra."}),
        lambda: on_behalf.withdraw(made.id, by=here.unit, at=DURING),
        lambda: enter(here, here.unit, text="Otra cosa."),
    ):
        with refused_with("confirmed_before"):
            act()
    comments.edit(made.id, version=2, by=here.delegates[0], at=DURING, **{**WORDS, "text": "De veras así."})
    assert made.version == 3


def test_staff_do_not_touch_what_an_organisation_entered_itself(app: Flask) -> None:
    here = scene()
    own = comment(here)
    with refused_with("entered_by_itself"):
        on_behalf.edit(own.id, version=1, by=here.unit, at=DURING, **{**WORDS, "text": "No."})
    with refused_with("entered_by_itself"):
        on_behalf.withdraw(own.id, by=here.unit, at=DURING)
    with refused_with("not_own_member"):
        on_behalf.withdraw(own.id, by=network(here.organisations[1]), at=DURING)


def test_answers_from_paper_are_sent_and_never_write_over_the_organisation_s_own(app: Flask) -> None:
    here = scene()
    asked = question(here.round, 1, "agree")
    said = {asked.id: ("agree", "")}
    round_id, first, second = here.round.id, here.organisations[0].id, here.organisations[1].id
    assert on_behalf.answer_questions(round_id, first, PAPER, said, by=here.unit, at=DURING) == 1
    before = events()
    assert on_behalf.answer_questions(round_id, first, PAPER, said, by=here.unit, at=DURING) == 0
    assert events() == before
    entry = db.session.scalars(select(RegisterEntry).filter_by(organisation_id=first)).one()
    assert entry.sheet_sent_at == DURING
    questionnaires.answer(round_id, {asked.id: ("partly", "")}, by=here.delegates[1], at=DURING)
    with refused_with("answered_by_itself"):
        on_behalf.answer_questions(round_id, second, PAPER, said, by=here.unit, at=DURING)


def test_the_organisation_confirms_what_was_entered_also_after_closing(app: Flask) -> None:
    here = scene()
    round_id, one = here.round.id, here.delegates[0]
    with refused_with("nothing_to_confirm"):
        on_behalf.confirm(round_id, by=one, at=DURING)
    made = enter(here, here.unit)
    assert waiting(round_id, here.organisations[0].id)
    with refused_with("role_may_not"):
        on_behalf.confirm(round_id, by=here.unit, at=DURING)
    here.round.state = "closed"
    assert on_behalf.confirm(round_id, by=one, at=CLOSES + TICK) == 1
    assert (made.confirmed_at, waiting(round_id, here.organisations[0].id)) == (CLOSES + TICK, False)
    with refused_with("nothing_to_confirm"):
        on_behalf.confirm(round_id, by=one, at=CLOSES + TICK)


@pytest.mark.parametrize(
    ("ways", "parts"),
    [
        ([], {}),
        ([{"web"}, {"web"}, {"workshop"}], {("web",): 2, ("workshop",): 1}),
        ([{"web", "workshop"}, {"web"}, set()], {("web",): 1, ("web", "workshop"): 1}),
        ([{"paper", "web", "workshop"}], {("paper", "web", "workshop"): 1}),
    ],
)
def test_an_organisation_stands_in_one_part_of_the_overlap(
    ways: list[set[str]], parts: dict[tuple[str, ...], int]
) -> None:
    found = overlap(map(frozenset, ways))
    assert (found.parts, found.organisations) == (parts, sum(bool(way) for way in ways))


def test_ways_are_told_apart_for_comments_sheets_and_no_comment(app: Flask) -> None:
    here = scene(organisations=5)
    asked = question(here.round, 1, "agree")
    held = workshop(here)
    comment(here, 0)
    enter(here, here.unit, who=0, received=Received("workshop", held.id))
    said = {asked.id: ("agree", "")}
    on_behalf.answer_questions(here.round.id, here.organisations[1].id, PAPER, said, by=here.unit, at=DURING)
    questionnaires.answer(here.round.id, said, by=here.delegates[2], at=DURING)
    question_sheets.send(here.round.id, by=here.delegates[2], at=DURING)
    on_behalf.no_comment(
        here.round.id, here.organisations[3].id, Received("workshop", held.id), by=here.unit, at=DURING
    )
    comments.declare_no_comment(here.round.id, by=here.delegates[4], at=DURING)
    ids = [organisation.id for organisation in here.organisations]
    assert ways_of(here.round.id) == {
        ids[0]: {"web", "workshop"}, ids[1]: {"paper"}, ids[2]: {"web"}, ids[3]: {"workshop"}, ids[4]: {"web"},
    }  # fmt: skip


def test_a_network_reads_only_what_its_own_people_entered(app: Flask) -> None:
    here = scene()
    mine = network(here.organisations[0])
    enter(here, here.unit, client_uuid="unit")
    comment(here)
    enter(here, mine, client_uuid="mine")
    seen = read.entry_page(here.round.id, here.organisations[0].id, by=mine, at=DURING)
    assert [one.comment.id for one in seen.entered] == [
        db.session.scalars(select(Comment.id).where(Comment.client_uuid == "mine")).one()
    ]
    whole = read.entry_page(here.round.id, here.organisations[0].id, by=here.unit, at=DURING)
    assert len(whole.entered) == 2


def test_a_network_neither_reads_nor_changes_what_another_entered(app: Flask) -> None:
    here = scene()
    asked = question(here.round, 1, "text")
    first, other = network(here.organisations[0]), network(here.organisations[0])
    colleague = people.actor(Role.NETWORK, network=db.session.get(Network, first.network_id))
    place = (here.round.id, here.organisations[0].id)
    said = {asked.id: ("", "Nos presionan.")}
    on_behalf.answer_questions(*place, PAPER, said, by=first, at=DURING)
    made = enter(here, first)
    with pytest.raises(NotFound):
        read.sheet_for(*place, by=other, at=DURING)
    assert read.entry_page(*place, by=other, at=DURING).others
    for answers in (said, {asked.id: ("", "Todo bien.")}):
        with refused_with("entered_by_others"):
            on_behalf.answer_questions(*place, PAPER, answers, by=other, at=DURING)
    with refused_with("entered_by_others"):
        on_behalf.withdraw(made.id, by=other, at=DURING)
    with refused_with("entered_by_others"):
        on_behalf.edit(made.id, version=1, by=other, at=DURING, **{**WORDS, "text": "Otro."})
    with refused_with("entered_by_others"):
        enter(here, other)
    for who in (colleague, here.unit):
        assert read.sheet_for(*place, by=who, at=DURING).questions[0].text == "Nos presionan."
        assert len(read.entry_page(*place, by=who, at=DURING).entered) == 1
    on_behalf.answer_questions(*place, PAPER, {asked.id: ("", "Como dije.")}, by=colleague, at=DURING)
    assert on_behalf.withdraw(made.id, by=colleague, at=DURING).state == "withdrawn"
