"""The register from a file: what it begins, changes and ends, and that a second time changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.documents.register_csv import read_register
from consultations.engine.appointments import appoint, end_mandate
from consultations.engine.register import Imported, import_register
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.organisations import Membership, Network, NetworkKind, Organisation
from consultations.models.people import Person
from consultations.models.timers import Notice
from consultations.queries import register_differences
from consultations.queries.register_changes import Acting, Succession, known, successions
from tests.factories import people
from workflows.refusals import Refused
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPERATOR = Actor(Role.ADMIN)
HEAD = "code,name,country,kind,country_network,product_networks,weight_members,good_standing,delegate_name,delegate_email,alternate_name,alternate_email\n"
FLOR = "GT-1,Flor del Valle,GT,spo,Coordinadora Guatemalteca,Red de Café;Red de Miel,120,yes,Ana Díaz,ana@example.org,Luz Gil,luz@example.org\n"
SOL = "PE-1,Sol Naciente,PE,workers,Coordinadora Perú,Red de Café,1/2,no,Eva Paz,eva@example.org,,\n"
pytestmark = pytest.mark.usefixtures("app")


def imported(*rows: str, at: datetime = AT, by: Actor = OPERATOR) -> Imported:
    with unit_of_work():
        return import_register(read_register((HEAD + "".join(rows)).encode(), "r.csv"), by=by, at=at)


def acting(code: str, at: datetime) -> list[tuple[str, int]]:
    query = (
        select(Person.email, Mandate.rank).join(Mandate, Mandate.person_id == Person.id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Organisation.code == code, Mandate.starts_at <= at, (Mandate.ends_at.is_(None)) | (Mandate.ends_at > at))
        .order_by(Mandate.rank)
    )  # fmt: skip
    return [tuple(row) for row in db.session.execute(query)]


def belongs(code: str) -> list[tuple[str, date, date | None]]:
    query = (
        select(Network.names, Membership.since, Membership.until)
        .join(Membership, Membership.network_id == Network.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.code == code)
        .order_by(Network.id, Membership.id)
    )
    return [(names["es"], since, until) for names, since, until in db.session.execute(query)]


def test_the_first_import_makes_everything_the_file_names() -> None:
    assert imported(FLOR, SOL) == Imported(
        organisations_new=2, networks_new=4, memberships_begun=5, people_new=3, mandates_begun=3
    )
    row = db.session.scalars(select(Organisation).where(Organisation.code == "PE-1")).one()
    assert (row.name, row.country, row.kind, row.weights, row.good_standing) == (
        "Sol Naciente", "PE", "workers", {"members": "1/2"}, False,
    )  # fmt: skip
    assert acting("GT-1", AT) == [("ana@example.org", 1), ("luz@example.org", 2)]
    today = AT.date()
    assert belongs("GT-1") == [
        ("Coordinadora Guatemalteca", today, None), ("Red de Café", today, None), ("Red de Miel", today, None),
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    imported(FLOR, SOL)
    events = db.session.scalar(select(func.count(Event.id)))
    again = imported(FLOR, SOL, at=AT + timedelta(days=1))
    assert again == Imported(organisations_same=2)
    assert not again.changed
    assert db.session.scalar(select(func.count(Event.id))) == events


def test_a_new_delegate_ends_the_mandate_of_the_old_one() -> None:
    imported(FLOR, SOL)
    later = AT + timedelta(days=9)
    done = imported(FLOR.replace("Ana Díaz,ana@", "Iris Sol,iris@"), SOL, at=later)
    assert done == Imported(
        organisations_changed=1, organisations_same=1, people_new=1, mandates_begun=1, mandates_ended=1
    )
    assert acting("GT-1", later - timedelta(microseconds=1)) == [
        ("ana@example.org", 1),
        ("luz@example.org", 2),
    ]
    assert acting("GT-1", later) == [("iris@example.org", 1), ("luz@example.org", 2)]
    assert db.session.scalars(select(Event.name).where(Event.at == later).order_by(Event.id)).all() == [
        "mandate_ended", "mandate_begun",
    ]  # fmt: skip


def test_who_would_act_in_whose_place_is_said_beforehand_and_then_so() -> None:
    imported(FLOR, SOL)
    rows = (FLOR.replace("Ana Díaz,ana@", "Iris Sol,Iris@"), SOL.replace(",,\n", ",Ana,ANA@example.org\n"))
    later = AT + timedelta(days=9)
    told = successions(read_register((HEAD + "".join(rows)).encode(), "r.csv"), at=later)
    assert told == (
        Succession("GT-1", "Flor del Valle", 1, Acting("Ana Díaz", "ana@example.org"), Acting("Iris Sol", "iris@example.org")),
        Succession("PE-1", "Sol Naciente", 2, None, Acting("Ana Díaz", "ana@example.org")),
    )  # fmt: skip
    done = imported(*rows, at=later)
    assert (done.mandates_begun, done.mandates_ended) == (2, 1)
    assert successions(read_register((HEAD + "".join(rows)).encode(), "r.csv"), at=later) == ()


def test_a_file_is_read_against_the_networks_members_and_people_there_are() -> None:
    people.network(code="CECLAC", name="CECLAC")
    imported(FLOR, "PE-1,Sol Naciente,PE,,,,,,,,,\n")
    register = known(at=AT)
    assert register.networks == {
        name: frozenset({kind})
        for name, kind in (
            ("coordinadora guatemalteca", "country"), ("coordinadora-guatemalteca", "country"), ("red de cafe", "product"),
            ("red-de-cafe", "product"), ("red de miel", "product"), ("red-de-miel", "product"),
        )
    }  # fmt: skip
    assert register.members == {"gt-1"}
    assert register.people == {"ana@example.org": "Ana Díaz", "luz@example.org": "Luz Gil"}
    left = FLOR.replace("Coordinadora Guatemalteca", "Coordinadora Perú").replace(
        "Red de Café;Red de Miel", "Café"
    )
    imported(left, at=AT + timedelta(days=9))
    assert known(at=AT + timedelta(days=9)).members == {"gt-1"}


def test_a_workers_network_is_joined_like_any_other() -> None:
    people.network(NetworkKind.WORKERS, code="RT", name="Red de Trabajadores")
    db.session.commit()
    head = "code,name,country,redes\n"
    with unit_of_work():
        report = read_register((head + "PE-1,Sol,PE,RT\n").encode(), "r.csv", known=known(at=AT))
        assert import_register(report, by=OPERATOR, at=AT) == Imported(
            organisations_new=1, memberships_begun=1
        )
    assert belongs("PE-1") == [("Red de Trabajadores", AT.date(), None)]


def test_a_network_no_longer_named_is_left_and_may_be_joined_again_on_the_same_day() -> None:
    imported(FLOR)
    later = AT + timedelta(days=9)
    done = imported(FLOR.replace(";Red de Miel", ""), at=later)
    assert replace(done, organisations_changed=0) == Imported(memberships_ended=1)
    assert belongs("GT-1")[2] == ("Red de Miel", AT.date(), later.date())
    assert imported(FLOR, at=later + timedelta(hours=1)).memberships_begun == 1
    assert belongs("GT-1")[2] == ("Red de Miel", AT.date(), None)


def test_empty_cells_leave_what_is_known() -> None:
    imported(FLOR)
    assert imported("GT-1,Flor del Valle,GT,,,,,,,,,\n") == Imported(organisations_same=1)
    assert acting("GT-1", AT) == [("ana@example.org", 1), ("luz@example.org", 2)]


def test_a_changed_name_and_weight_are_changes_of_one_organisation() -> None:
    imported(FLOR)
    assert imported(FLOR.replace("Flor del Valle", "Flor").replace(",120,", ",121,")) == Imported(
        organisations_changed=1
    )
    row = db.session.scalars(select(Organisation)).one()
    assert (row.name, row.weights) == ("Flor", {"members": "121"})


TWO = "code,name,country,weight_members,weight_sales\n"


def weighed(row: str, head: str = TWO) -> dict[str, str]:
    with unit_of_work():
        import_register(read_register((head + row).encode(), "r.csv"), by=OPERATOR, at=AT)
    return db.session.scalars(select(Organisation.weights)).one()


def test_a_weight_stays_until_a_dash_takes_it_away() -> None:
    assert weighed("GT-1,Flor,GT,120,7\n") == {"members": "120", "sales": "7"}
    assert weighed("GT-1,Flor,GT,121,\n") == {"members": "121", "sales": "7"}
    assert weighed("GT-1,Flor,GT,122\n", "code,name,country,weight_members\n") == {
        "members": "122",
        "sales": "7",
    }
    assert weighed("GT-1,Flor,GT,,-\n") == {"members": "122"}
    assert weighed("GT-1,Flor,GT,-,-\n") == {}


def test_what_would_change_is_told_field_by_field_and_is_what_changes() -> None:
    imported(FLOR, SOL)
    changed = (
        FLOR.replace("Flor del Valle", "Flor").replace(",120,yes", ",121,no").replace(";Red de Miel", "")
    )
    report = read_register((HEAD + changed + SOL).encode(), "r.csv")
    told = register_differences.differences(report, at=AT)
    assert [(one.code, one.field, one.before, one.after) for one in told] == [
        ("GT-1", "name", "Flor del Valle", "Flor"),
        ("GT-1", "good_standing", "yes", "no"),
        ("GT-1", "weight_members", "120", "121"),
        ("GT-1", "product_networks", "Red de Café; Red de Miel", "Red de Café"),
    ]
    imported(changed, SOL)
    db.session.expire_all()
    assert register_differences.differences(report, at=AT) == ()


def test_another_name_of_the_same_network_is_no_difference() -> None:
    people.network("product", code="CAFE", name="Red de Café")
    db.session.commit()
    imported(SOL)
    report = read_register((HEAD + SOL.replace("Red de Café", "cafe")).encode(), "r.csv")
    assert register_differences.differences(report, at=AT) == ()


def test_who_is_replaced_gets_a_mail_and_who_stays_gets_none() -> None:
    imported(FLOR, SOL)
    assert db.session.query(Notice).count() == 0
    imported(FLOR.replace("Ana Díaz,ana@", "Iris Sol,iris@"), SOL, at=AT + timedelta(hours=1))
    told = db.session.execute(
        select(Notice.kind, Person.email, Organisation.code)
        .join(Person, Person.id == Notice.person_id)
        .join(Organisation, Organisation.id == Notice.organisation_id)
    )
    assert [tuple(row) for row in told] == [("mandate_ended", "ana@example.org", "GT-1")]


def test_a_known_network_is_found_by_its_code_and_without_accents() -> None:
    body = people.network("product", code="CAFE", name="Red de Café")
    db.session.commit()
    assert imported(SOL.replace("Red de Café", "red de cafe")).networks_new == 1
    assert imported(SOL.replace("Red de Café", "cafe")) == Imported(organisations_same=1)
    assert db.session.scalars(
        select(Membership.network_id).where(Membership.network_id == body.id)
    ).all() == [body.id]


def test_one_person_may_act_for_two_organisations() -> None:
    done = imported(FLOR, SOL.replace("eva@", "ANA@"))
    assert (done.people_new, done.mandates_begun) == (2, 3)


def test_a_file_with_a_fault_imports_nothing_at_all() -> None:
    with pytest.raises(Refused) as refused:
        imported(FLOR, SOL.replace(",PE,", ",Nirgendwo,"))
    assert [reason.code for reason in refused.value.refusals] == ["register_has_faults"]
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.ADMIN, Role.UNIT, Role.UNIT_HEAD)]
)
def test_only_its_keepers_import(role: Role) -> None:
    with pytest.raises(Refused) as refused:
        imported(FLOR, by=Actor(role))
    assert [reason.code for reason in refused.value.refusals] == ["role_may_not"]


def test_a_keeper_whose_mandate_is_over_does_not_import() -> None:
    ended = people.mandate(Role.ADMIN, ends_at=AT)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        imported(FLOR, by=Actor(Role.ADMIN, ended.person_id, ended.id))
    assert [reason.code for reason in refused.value.refusals] == ["mandate_over"]


def test_a_mandate_begins_once_and_ends_once_with_its_reason() -> None:
    someone, where = people.person(), people.network()
    db.session.commit()
    with unit_of_work():
        first = appoint(someone.id, Role.SECRETARY, network_id=where.id, by=OPERATOR, at=AT).id
        assert (
            appoint(someone.id, Role.SECRETARY, network_id=where.id, by=OPERATOR, at=AT + timedelta(1)).id
            == first
        )
    with pytest.raises(Refused), unit_of_work():
        end_mandate(first, reason="  ", by=OPERATOR, at=AT + timedelta(2))
    ends = []
    for _ in range(2):
        with unit_of_work():
            ends.append(end_mandate(first, reason="Dejó el cargo", by=OPERATOR, at=AT + timedelta(2)))
    assert ends == [True, False]
    assert db.session.get_one(Mandate, first).ends_at == AT + timedelta(2)


@pytest.mark.parametrize(
    ("keeper", "role", "ends"),
    [
        (Role.UNIT, Role.DELEGATE, True), (Role.UNIT, Role.NETWORK, True), (Role.UNIT, Role.UNIT, False),
        (Role.UNIT, Role.COMMISSION, False), (Role.UNIT_HEAD, Role.UNIT, True), (Role.UNIT_HEAD, Role.CHAIR, False),
        (Role.UNIT_HEAD, Role.SCRUTINEER, False), (Role.UNIT_HEAD, Role.UNIT_HEAD, False), (Role.UNIT_HEAD, Role.AUDITOR, False),
        (Role.ADMIN, Role.COMMISSION, True), (Role.ADMIN, Role.AUDITOR, True),
    ],
)  # fmt: skip
def test_whoever_drafts_ends_no_mandate_of_those_who_review_and_count(
    keeper: Role, role: Role, ends: bool
) -> None:
    by, body = people.actor(keeper, network=people.network()), people.network()
    other = people.delegate() if role is Role.DELEGATE else people.actor(role, network=body)
    if ends:
        assert end_mandate(other.mandate_id or 0, reason="Cambio.", by=by, at=AT)
        return
    with pytest.raises(Refused) as refused:
        end_mandate(other.mandate_id or 0, reason="Cambio.", by=by, at=AT)
    assert [reason.code for reason in refused.value.refusals] == ["role_not_yours_to_give"]
