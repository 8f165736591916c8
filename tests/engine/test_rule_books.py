"""The rule book of a body, through its verbs, on real databases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from consultations.actor import Actor
from consultations.engine import rule_books, votes
from consultations.engine.rule_books import Words
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts.rule_books import used_by, used_from
from consultations.facts.rules_in_force import in_force
from consultations.models.base import NotFound
from consultations.models.events import Event
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from tests.engine.test_concurrent_officers import at_once
from tests.factories import assemblies as assembly_rules
from tests.factories import people, rules
from tests.factories import votes as make
from workflows.canonical import sha256_of
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roles import Role
from workflows.rule_kinds import stamped

AT = make.CALLED
FIRST = date(2026, 1, 1)
NEXT = date(2026, 11, 20)


@dataclass
class Office:
    """A body with those who write and approve its rules."""

    body: Network
    secretary: Actor
    president: Actor


def office() -> Office:
    body = people.network()
    return Office(body, *(people.actor(role, network=body) for role in (Role.SECRETARY, Role.PRESIDENT)))


def codes_of(verb: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return [reason.code for reason in refused.value.refusals]


def words(**changes: Any) -> Words:
    content = make.rule()
    start = Words({"es": "Mayoría simple", "en": "Simple majority"}, "Estatutos, art. 31", content, FIRST)
    return replace(start, **changes)


def draft(at: Office, *, kind: str = "decision", key: str = "simple", **changes: Any) -> RuleVersion:
    return rule_books.write(at.body.id, kind=kind, key=key, words=words(**changes), by=at.secretary, at=AT)


def approved(at: Office, **changes: Any) -> RuleVersion:
    return rule_books.approve(draft(at, **changes).id, by=at.president, at=AT)


def happened(row: RuleVersion) -> list[str]:
    query = db.session.query(Event).filter_by(subject_kind="ruleversion", subject_id=row.id)
    return [event.name for event in query.order_by(Event.id)]


def standing(row: RuleVersion) -> tuple[str, date, date | None]:
    return row.state, row.in_force_from, row.in_force_until


def test_a_rule_is_written_by_one_person_and_approved_by_another(app: Flask) -> None:
    at = office()
    row = draft(at)
    assert (row.version, row.state, row.approved_at, row.written_by_id) == (
        1,
        "draft",
        None,
        at.secretary.person_id,
    )
    assert (row.content["id"], row.content["version"], row.content["cites"]) == (
        "simple",
        1,
        "Estatutos, art. 31",
    )
    assert row.sha256 == sha256_of(row.content)
    assert in_force(at.body.id, "decision", FIRST) == ()
    rule_books.approve(row.id, sha256=row.sha256, by=at.president, at=AT)
    assert standing(row) == ("in_force", FIRST, None)
    assert (row.approved_by_id, row.approved_at) == (at.president.person_id, AT)
    assert in_force(at.body.id, "decision", FIRST) == (row,)
    assert in_force(at.body.id, "decision", FIRST - timedelta(days=1)) == ()
    assert in_force(at.body.id, "calls", FIRST) == ()
    assert happened(row) == ["rule_written", "rule_approved"]


def test_a_form_sent_twice_writes_one_draft_and_a_second_approval_changes_nothing(app: Flask) -> None:
    at = office()
    assert draft(at).id == draft(at).id
    other = draft(at, cites="Estatutos, art. 32")
    assert other.version == 2
    row = approved(at, key="once")
    assert rule_books.approve(row.id, by=at.president, at=AT + timedelta(minutes=1)).approved_at == AT
    assert happened(row) == ["rule_written", "rule_approved"]


def test_a_new_version_takes_the_place_of_the_one_before_from_its_first_day(app: Flask) -> None:
    at = office()
    first = approved(at)
    second = approved(at, cites="Estatutos 2026, art. 9", in_force_from=NEXT)
    assert (second.version, second.content["version"]) == (2, 2)
    assert standing(first) == ("superseded", FIRST, NEXT)
    assert standing(second) == ("in_force", NEXT, None)
    assert in_force(at.body.id, "decision", NEXT - timedelta(days=1)) == (first,)
    assert in_force(at.body.id, "decision", NEXT) == (second,)
    assert in_force(at.body.id, "decision", NEXT, key="other") == ()
    assert happened(first) == ["rule_written", "rule_approved", "rule_superseded"]


def test_rules_of_different_names_are_in_force_together(app: Flask) -> None:
    at = office()
    rows = (approved(at, key="a"), approved(at, key="b"))
    assert in_force(at.body.id, "decision", FIRST) == rows


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [
        (NEXT, None, ["rule_overlaps"]),  # on the same day
        (NEXT - timedelta(days=1), None, ["rule_overlaps"]),
        (NEXT - timedelta(days=1), NEXT, []),  # ends when the other begins
        (NEXT + timedelta(days=1), None, []),
    ],
)
def test_of_one_rule_two_versions_are_never_in_force_on_one_day(
    app: Flask, begins: date, ends: date | None, refused: list[str]
) -> None:
    at = office()
    approved(at, in_force_from=NEXT)
    other = draft(at, cites="Estatutos, art. 32", in_force_from=begins, in_force_until=ends)
    if refused:
        assert codes_of(rule_books.approve, other.id, by=at.president, at=AT) == refused
    else:
        rule_books.approve(other.id, by=at.president, at=AT)
    days = [NEXT + timedelta(days=n) for n in range(-3, 4)]
    assert max(len(in_force(at.body.id, "decision", day)) for day in days) == 1


def test_a_closed_version_leaves_its_days_alone_when_a_later_one_begins(app: Flask) -> None:
    at = office()
    first = approved(at, in_force_until=date(2026, 6, 1))
    approved(at, cites="Estatutos, art. 32", in_force_from=NEXT)
    assert standing(first) == ("in_force", FIRST, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"titles": {"es": " "}}, ["title_missing"]),
        ({"cites": " "}, ["rule_cites_missing"]),
        ({"in_force_until": FIRST}, ["rule_period_wrong"]),
        ({"key": "Simple majority"}, ["rule_key_wrong"]),
        ({"key": ""}, ["rule_key_wrong"]),
        ({"key": "x" * 61}, ["rule_key_wrong"]),
        ({"titles": {}, "cites": "", "in_force_until": FIRST}, ["title_missing", "rule_cites_missing", "rule_period_wrong"]),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_with_every_reason(
    app: Flask, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes_of(draft, office(), **changes) == expected
    assert db.session.query(RuleVersion).count() == 0


def test_a_rule_that_contradicts_itself_is_not_written(app: Flask) -> None:
    at, content = office(), make.rule()
    content["pass"]["all"][0].update(cmp=">", share="1")
    assert codes_of(draft, at, content=content) == ["condition_never_met"]
    with pytest.raises(InputRefusedError):
        draft(at, content={"choices": []})
    assert db.session.query(RuleVersion).count() == 0


KINDS = [
    ("representation", assembly_rules.representation_rule()),
    ("calls", assembly_rules.calls_rule()),
    ("roll", assembly_rules.roll_rule()),
]


@pytest.mark.parametrize(("kind", "content"), [*KINDS, ("election", {"method": "stv", "seats": 3})])
def test_every_kind_of_rule_has_its_place(app: Flask, kind: str, content: dict[str, Any]) -> None:
    at = office()
    row = approved(at, kind=kind, content=content)
    said = stamped(kind, content, key="simple", version=1, titles=row.titles, cites=row.cites)
    assert (row.content, row.sha256) == (said, sha256_of(said))
    assert in_force(at.body.id, kind, FIRST) == (row,)
    with pytest.raises(InputRefusedError):
        draft(at, kind=kind, content={})


@pytest.mark.parametrize(("kind", "content"), [*KINDS, ("election", {"method": "stv", "seats": 3})])
def test_a_draft_of_any_kind_that_is_sent_twice_is_written_once(
    app: Flask, kind: str, content: dict[str, Any]
) -> None:
    at = office()
    assert draft(at, kind=kind, content=content).id == draft(at, kind=kind, content=content).id


@pytest.mark.parametrize(
    ("kind", "rule"), [("calls", "calls"), ("representation", "representation"), ("roll", "roll_rule")]
)
def test_a_rule_of_an_assembly_is_used_by_it_and_not_replaced_before_it_begins(
    app: Flask, kind: str, rule: str
) -> None:
    hall = assembly_rules.hall(3)
    at = Office(hall.body, hall.secretary, hall.president)
    content = dict(KINDS)[kind]
    row = approved(at, kind=kind, content=content)
    assert used_by(row) == 0
    assembly = assembly_rules.convened(hall, **{rule: row.content})
    begins = assembly_rules.STARTS.date()
    assert (used_by(row), used_from(row, begins), used_from(row, begins + timedelta(days=1))) == (1, 1, 0)
    newer = draft(at, kind=kind, content=content, cites="Estatutos, art. 9", in_force_from=begins)
    assert codes_of(rule_books.approve, newer.id, by=at.president, at=AT) == ["rule_used_afterwards"]
    assert codes_of(rule_books.withdraw, row.id, reason="x", from_day=begins, by=at.president, at=AT) == [
        "rule_used_afterwards"
    ]
    after = draft(
        at, kind=kind, content=content, cites="Estatutos, art. 10", in_force_from=begins + timedelta(days=1)
    )
    assert rule_books.approve(after.id, by=at.president, at=AT).state == "in_force"
    assert assembly.state == "convened"


def test_an_assembly_whose_rule_ends_before_it_begins_is_not_convened(app: Flask) -> None:
    hall = assembly_rules.hall(3)
    at = Office(hall.body, hall.secretary, hall.president)
    row = approved(at, kind="roll", content=assembly_rules.roll_rule())
    assembly = assembly_rules.prepared(hall, roll_rule=row.content)
    assembly_rules.item(assembly, hall)
    rule_books.withdraw(
        row.id, reason="Derogada.", from_day=NEXT - timedelta(days=10), by=at.president, at=AT
    )
    convene = assembly_rules.assemblies.convene
    assert codes_of(convene, assembly.id, by=hall.president, at=assembly_rules.CALLED) == [
        "rule_not_in_force"
    ]


def test_who_wrote_it_does_not_approve_it_and_who_edits_has_written_it(app: Flask) -> None:
    at = office()
    second = people.actor(Role.SECRETARY, network=at.body)
    row = draft(at)
    assert codes_of(rule_books.approve, row.id, by=at.secretary, at=AT) == ["approver_is_author"]
    rule_books.edit(row.id, words=words(cites="Estatutos, art. 40"), by=second, at=AT)
    assert (row.cites, row.content["cites"], row.written_by_id) == (
        "Estatutos, art. 40", "Estatutos, art. 40", second.person_id,
    )  # fmt: skip
    assert codes_of(rule_books.approve, row.id, by=second, at=AT) == ["approver_is_author"]
    rule_books.approve(row.id, by=at.secretary, at=AT)
    assert happened(row) == ["rule_written", "rule_edited", "rule_approved"]


def test_another_text_than_the_one_that_was_read_is_not_approved(app: Flask) -> None:
    at = office()
    row = draft(at)
    assert codes_of(rule_books.approve, row.id, sha256="0" * 64, by=at.president, at=AT) == ["rule_changed"]


def test_what_is_approved_is_not_edited_by_anybody(app: Flask) -> None:
    at = office()
    row = approved(at)
    assert codes_of(rule_books.edit, row.id, words=words(cites="x"), by=at.secretary, at=AT) == [
        "move_not_from_here"
    ]
    db.session.commit()
    for statement in (
        "UPDATE rule_versions SET cites = 'x'", "UPDATE rule_versions SET content = '{}'", "DELETE FROM rule_versions",
        "UPDATE rule_versions SET approved_at = NULL, state = 'draft'", "UPDATE rule_versions SET in_force_from = '2020-01-01'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError):
            db.session.execute(text(statement))
        db.session.rollback()
    assert (row.cites, row.state) == ("Estatutos, art. 31", "in_force")


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.NETWORK, Role.UNIT, Role.COMMITTEE, Role.AUDITOR])
def test_others_write_no_rules(app: Flask, role: Role) -> None:
    at = office()
    other = people.actor(role, network=at.body)
    assert codes_of(draft, replace(at, secretary=other)) == ["role_may_not"]


def test_in_other_bodies_nobody_writes_or_approves(app: Flask) -> None:
    at, elsewhere = office(), office()
    row = draft(at)
    assert codes_of(draft, replace(at, secretary=elsewhere.secretary)) == ["other_body"]
    assert codes_of(rule_books.approve, row.id, by=elsewhere.president, at=AT) == ["other_body"]
    assert codes_of(
        rule_books.withdraw, row.id, reason="x", from_day=NEXT, by=elsewhere.president, at=AT
    ) == ["other_body"]
    with pytest.raises(NotFound):
        rule_books.approve(987654, by=at.president, at=AT)


def test_the_commission_writes_its_own_rules_and_its_chair_approves_them(app: Flask) -> None:
    body = people.network()
    member, chair = (people.actor(role, network=body) for role in (Role.COMMISSION, Role.CHAIR))
    assert approved(Office(body, member, chair)).state == "in_force"


def test_a_draft_is_given_up_with_a_reason_and_its_number_is_not_used_again(app: Flask) -> None:
    at = office()
    row = draft(at)
    give_up = {"from_day": NEXT, "by": at.secretary, "at": AT}
    assert codes_of(rule_books.withdraw, row.id, reason=" ", **give_up) == ["reason_missing"]
    rule_books.withdraw(row.id, reason="No corresponde.", **give_up)
    rule_books.withdraw(row.id, reason="No corresponde.", **give_up)
    assert (standing(row), happened(row)) == (("withdrawn", FIRST, None), ["rule_written", "rule_discarded"])
    assert in_force(at.body.id, "decision", FIRST) == ()
    assert draft(at).version == 2


def test_a_rule_in_force_ends_on_the_day_that_is_given(app: Flask) -> None:
    at = office()
    row = approved(at)
    rule_books.withdraw(row.id, reason="La asamblea la derogó.", from_day=NEXT, by=at.president, at=AT)
    assert standing(row) == ("withdrawn", FIRST, NEXT)
    assert in_force(at.body.id, "decision", NEXT - timedelta(days=1)) == (row,)
    assert in_force(at.body.id, "decision", NEXT) == ()


# Votes


def test_a_vote_takes_its_rule_from_the_book_and_records_which(app: Flask) -> None:
    hall = make.hall()
    row = rules.in_book(hall.body, {**make.rule(), "id": "ours"})
    vote = make.prepared(hall, rule=None, rule_version_id=row.id)
    assert (vote.rule_version_id, vote.rule, vote.rule_sha256) == (row.id, row.content, row.sha256)


def test_a_rule_of_no_book_or_another_s_decides_nothing(app: Flask) -> None:
    hall, other = make.hall(), make.hall()
    row = rules.in_book(other.body, {**make.rule(), "id": "theirs"})
    waiting = draft(Office(hall.body, hall.secretary, hall.president), key="waits")
    for asked in ({"rule_version_id": row.id}, {"rule_version_id": waiting.id}, {"rule": row.content}):
        terms = make.terms(**{"rule": None, **asked})
        said = codes_of(
            votes.prepare, hall.dossier.id, hall.version.id, hall.body.id, by=hall.secretary, at=AT, **terms
        )
        assert said == ["rule_not_in_book"]


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (date(2026, 11, 16), date(2026, 11, 17), []),  # the day on which it opens, in Managua
        (date(2026, 11, 17), None, ["rule_not_in_force"]),
        (date(2020, 1, 1), date(2026, 11, 16), ["rule_not_in_force"]),
    ],
)
def test_the_rule_is_in_force_on_the_day_the_vote_opens(
    app: Flask, since: date, until: date | None, refused: list[str]
) -> None:
    hall = make.hall()
    row = rules.in_book(hall.body, {**make.rule(), "id": "ours"}, since=since, until=until)
    if refused:
        assert codes_of(make.prepared, hall, rule_version_id=row.id) == refused
    else:
        assert make.convened(hall, rule_version_id=row.id).rule_version_id == row.id


def test_what_ends_before_the_vote_is_convened_is_told_then(app: Flask) -> None:
    hall = make.hall()
    row = rules.in_book(hall.body, {**make.rule(), "id": "ours"})
    vote = make.prepared(hall, rule_version_id=row.id)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=AT)
    rule_books.withdraw(row.id, reason="Derogada.", from_day=date(2026, 11, 10), by=hall.president, at=AT)
    assert codes_of(votes.convene, vote.id, by=hall.president, at=AT) == ["rule_not_in_force"]


def test_a_rule_does_not_end_before_a_vote_that_was_convened_by_it(app: Flask) -> None:
    hall = make.hall()
    row = rules.in_book(hall.body, {**make.rule(), "id": "ours"}, key="ours")
    make.convened(hall, rule_version_id=row.id)
    opens = date(2026, 11, 16)
    at = Office(hall.body, hall.secretary, hall.president)
    for day in (opens, opens - timedelta(days=30)):
        end = {"reason": "Derogada.", "from_day": day, "by": hall.president, "at": AT}
        assert codes_of(rule_books.withdraw, row.id, **end) == ["rule_used_afterwards"]
    newer = draft(at, key="ours", in_force_from=opens)
    assert codes_of(rule_books.approve, newer.id, by=at.president, at=AT) == ["rule_used_afterwards"]
    db.session.rollback()


def test_a_second_call_goes_on_by_the_rule_of_the_first_though_it_was_replaced(app: Flask) -> None:
    hall, ladder = make.hall(4), make.rule("first-and-second-call")
    first = make.closed(hall, "y---", rule=ladder)
    rule_books.withdraw(
        first.rule_version_id, reason="Derogada.", from_day=date(2026, 11, 17), by=hall.president, at=first.closes_at
    )  # fmt: skip
    second = make.convened(hall, rule=ladder, call=2, notice_days=0, **make.LATER)
    assert second.rule_version_id == first.rule_version_id


def approving(id: int, by: Actor) -> Callable[[], object]:
    def act() -> object:
        with unit_of_work():
            return rule_books.approve(id, by=by, at=AT).state

    return act


def test_two_who_approve_at_once_put_one_version_in_force(app: Flask) -> None:
    at = office()
    second = people.actor(Role.PRESIDENT, network=at.body)
    ids = [draft(at).id, draft(at, cites="Estatutos, art. 32").id]
    db.session.commit()
    answers = at_once(app, *(approving(id, by) for id, by in zip(ids, (at.president, second), strict=True)))
    assert sorted(answers, key=str) == [["rule_overlaps"], "in_force"]
    db.session.expire_all()
    assert len(in_force(at.body.id, "decision", FIRST)) == 1


def test_two_who_write_at_once_get_two_numbers(app: Flask) -> None:
    at = office()
    second = people.actor(Role.SECRETARY, network=at.body)
    db.session.commit()

    def writing(by: Actor, cites: str) -> Callable[[], object]:
        def act() -> object:
            with unit_of_work():
                return rule_books.write(
                    at.body.id, kind="decision", key="simple", words=words(cites=cites), by=by, at=AT
                ).version

        return act

    assert sorted(at_once(app, writing(at.secretary, "art. 1"), writing(second, "art. 2")), key=str) == [1, 2]
