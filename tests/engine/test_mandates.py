"""Roles given by hand and ended: who may give which, where it is held, from when to when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consultations.engine import nominations
from consultations.engine.appointments import end_mandate
from consultations.engine.mandates import check_mandate
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.queries import capacities
from tests.engine.refusals import refused_with
from tests.factories import people
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("app")
GIVEN_BY_HEAD = {"unit", "commission", "chair", "delegate", "organisation", "network"}


def given(by: people.Actor, role: Role, *, name: str = "Ana Díaz", email: str = "ana@example.org", **more: object) -> Mandate:  # fmt: skip
    return nominations.nominate(name, email, role, **{"starts_at": AT, "by": by, "at": AT, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SYSTEM, Role.PUBLIC)])
@pytest.mark.parametrize("giver", [Role.ADMIN, Role.UNIT_HEAD, Role.UNIT, Role.CHAIR, Role.AUDITOR])
def test_the_operator_gives_every_role_and_the_head_none_that_leads_or_watches(
    giver: Role, role: Role
) -> None:
    allowed = giver is Role.ADMIN or (giver is Role.UNIT_HEAD and role.value in GIVEN_BY_HEAD)
    assert (role in nominations.may_give(giver)) is allowed


def test_a_new_person_gets_a_delegates_mandate_and_may_act() -> None:
    place = people.organisation()
    made = given(people.actor(Role.ADMIN), Role.DELEGATE, email=" Ana@Example.org ", organisation_id=place.id)
    person = db.session.get_one(Person, made.person_id)
    assert (person.name, person.email, made.rank, made.starts_at) == ("Ana Díaz", "ana@example.org", 1, AT)
    (capacity,) = capacities.of(person.id, at=AT)
    assert (capacity.role, capacity.organisation) == (Role.DELEGATE, place.name)
    assert db.session.scalar(select(Event.name).order_by(Event.id.desc())) == "mandate_begun"


def test_the_same_again_is_one_mandate_and_another_delegate_comes_second() -> None:
    by, place = people.actor(Role.ADMIN), people.organisation()
    first = given(by, Role.DELEGATE, organisation_id=place.id)
    assert given(by, Role.DELEGATE, organisation_id=place.id).id == first.id
    second = given(by, Role.DELEGATE, organisation_id=place.id, email="eva@example.org", name="Eva Paz")
    assert (second.rank, db.session.scalar(select(func.count(Mandate.id)))) == (2, 3)


def test_somebody_known_keeps_their_name() -> None:
    known = people.person("Ana de Siempre", email="ana@example.org")
    made = given(people.actor(Role.ADMIN), Role.AUDITOR, name="Otra")
    assert (made.person_id, known.name) == (known.id, "Ana de Siempre")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.DELEGATE, ""), (Role.DELEGATE, "body"), (Role.ORGANISATION, "country"), (Role.NETWORK, "body"),
        (Role.NETWORK, ""), (Role.CHAIR, "country"), (Role.CHAIR, "organisation"), (Role.ADMIN, "body"),
    ],
)  # fmt: skip
def test_a_role_is_held_where_it_belongs(role: Role, place: str) -> None:
    where = {
        "": {}, "organisation": {"organisation_id": people.organisation().id},
        "body": {"network_id": people.network().id}, "country": {"network_id": people.network("country").id},
    }[place]  # fmt: skip
    with refused_with("place_for_role"):
        given(people.actor(Role.ADMIN), role, **where)


def test_all_reasons_are_given_at_once() -> None:
    head = people.actor(Role.UNIT_HEAD, network=people.network(), by=people.person(email="jefa@example.org"))
    with refused_with("role_not_yours_to_give", "own_mandate", "place_for_role", "mandate_backwards"):
        given(head, Role.PRESIDENT, email="jefa@example.org", ends_at=AT)


@pytest.mark.parametrize(
    ("ends", "fine"), [(timedelta(microseconds=1), True), (timedelta(0), False), (-DAY, False)]
)
def test_a_mandate_ends_after_it_begins_and_after_now(ends: timedelta, fine: bool) -> None:
    by = people.actor(Role.ADMIN)
    if fine:
        assert given(by, Role.AUDITOR, starts_at=AT - DAY, ends_at=AT + ends).starts_at == AT
    else:
        with refused_with("mandate_backwards"):
            given(by, Role.AUDITOR, starts_at=AT - DAY, ends_at=AT + ends)


def test_a_mandate_counts_from_its_first_instant_up_to_its_last() -> None:
    made = given(people.actor(Role.ADMIN), Role.AUDITOR, starts_at=AT + DAY, ends_at=AT + 2 * DAY)
    in_force = [bool(capacities.of(made.person_id, at=at)) for at in (AT, AT + DAY, AT + 2 * DAY)]
    assert in_force == [False, True, False]


def test_who_is_no_longer_in_office_gives_nothing() -> None:
    by = people.actor(Role.ADMIN)
    end_mandate(by.mandate_id or 0, reason="Se fue.", by=people.actor(Role.ADMIN), at=AT)
    with refused_with("mandate_over"):
        given(by, Role.AUDITOR)


def test_an_ended_mandate_gives_no_right_and_ends_once() -> None:
    admin, delegate = people.actor(Role.ADMIN), people.delegate()
    check_mandate(delegate, at=AT)
    assert end_mandate(delegate.mandate_id or 0, reason="Cambio.", by=admin, at=AT)
    assert not end_mandate(delegate.mandate_id or 0, reason="Cambio.", by=admin, at=AT + DAY)
    with refused_with("mandate_over"):
        check_mandate(delegate, at=AT)
