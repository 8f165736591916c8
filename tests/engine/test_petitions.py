"""What members send in, through the verbs, on real databases."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask

from consultations.actor import Actor
from consultations.engine import petitions
from consultations.engine.petitions import Words
from consultations.extensions import db
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.organisations import NetworkKind
from consultations.models.petitions import Petition
from consultations.models.timers import Notice
from consultations.queries import petitions as read
from consultations.queries.tasks_petitions import of_president
from tests.factories import people
from tests.factories import rounds as make
from workflows.refusals import Refused
from workflows.roles import Role

AT = make.START
LATER = AT + timedelta(days=3)
ASKED = Words("request", "Plazos", "Que haya más tiempo.", "es")


@dataclass
class Place:
    """A house, and who sends in from where."""

    house: make.House
    delegate: Actor
    committee: Actor
    coordinator: Actor
    president: Actor


def place() -> Place:
    house = make.house()
    coffee = people.network(NetworkKind.PRODUCT, name="Red de café")
    country = people.network(NetworkKind.COUNTRY, name="Red del país")
    return Place(
        house, house.delegates[0], people.actor(Role.NETWORK, network=coffee),
        people.actor(Role.NETWORK, network=country), people.actor(Role.PRESIDENT, network=house.assembly),
    )  # fmt: skip


def codes_of(verb: object, *args: object, **kwargs: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)  # type: ignore[operator]
    return [reason.code for reason in refused.value.refusals]


def told(kind: str) -> set[int]:
    return {row.person_id for row in db.session.query(Notice).filter_by(kind=kind)}


def happened(of: Petition) -> list[str]:
    rows = db.session.query(Event).filter_by(subject_kind="petition", subject_id=of.id).order_by(Event.id)
    return [row.name for row in rows]


TAKEN = {"code": "CAFE-9", "titles": {"es": "Plazos"}, "kind": "revision", "objectives": {"es": "Dar tiempo"}}


def taken(house: make.House) -> dict[str, object]:
    return {**TAKEN, "standard_id": house.version.standard_id, "body_id": house.assembly.id}


def test_a_request_is_sent_once_and_both_sides_are_told(app: Flask) -> None:
    here = place()
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    again = petitions.send(replace(ASKED, title="Otra"), client_uuid="u1", by=here.delegate, at=LATER)
    assert (again.id, row.title, row.state, row.organisation_id, row.network_id) == (
        row.id, "Plazos", "sent", here.delegate.organisation_id, None,
    )  # fmt: skip
    assert told("petition_received") == {here.delegate.person_id}
    assert told("petition_arrived") == {here.house.unit.person_id, here.house.head.person_id}
    assert happened(row) == ["petition_sent"]
    other = petitions.send(ASKED, client_uuid="u2", by=here.delegate, at=LATER)
    assert other.id != row.id


def test_a_concern_reaches_whoever_presides_over_the_board(app: Flask) -> None:
    here = place()
    concern = replace(ASKED, kind="concern")
    row = petitions.send(concern, client_uuid="u1", by=here.committee, at=AT)
    assert here.president.person_id in told("petition_arrived")
    assert (row.organisation_id, row.network_id) == (None, here.committee.network_id)
    petitions.acknowledge(row.id, by=here.president, at=AT)
    petitions.acknowledge(row.id, by=here.president, at=LATER)
    petitions.answer(row.id, text=" La Junta lo trata en mayo. ", by=here.president, at=LATER)
    petitions.answer(row.id, text="La Junta lo trata en mayo.", by=here.president, at=LATER)
    assert (row.state, row.answer, row.answered_by_id) == (
        "answered", "La Junta lo trata en mayo.", here.president.person_id,
    )  # fmt: skip
    assert happened(row) == ["petition_sent", "petition_acknowledged", "petition_answered"]
    assert told("petition_answered") == {here.committee.person_id}
    letter = db.session.query(Notice).filter_by(kind="petition_answered").one()
    assert letter.params == {"answer": "La Junta lo trata en mayo."}


def test_members_and_country_networks_send_concerns_and_requests_to_the_unit(app: Flask) -> None:
    here = place()
    unit = people.actor(Role.UNIT, network=people.network())
    for number, by in enumerate((here.delegate, here.coordinator)):
        row = petitions.send(replace(ASKED, kind="concern"), client_uuid=f"c{number}", by=by, at=AT)
        assert petitions.send(ASKED, client_uuid=f"r{number}", by=by, at=AT).kind == "request"
        said = codes_of(petitions.answer, row.id, text="No", by=here.president, at=AT)
        assert said == ["petition_not_for_the_board"]
        assert read.page(row.id, by=here.president, at=AT) is None
        assert petitions.answer(row.id, text="Se trata en mayo.", by=unit, at=AT).state == "answered"
    assert here.president.person_id not in told("petition_arrived")
    assert of_president(here.president, at=AT) == ()
    listed = read.queue(here.president, 1, at=AT)
    assert listed is not None
    assert listed.lines == ()


def test_the_president_of_another_body_hears_no_concern(app: Flask) -> None:
    here = place()
    other = people.actor(Role.PRESIDENT, network=people.network(NetworkKind.PRODUCT))
    row = petitions.send(replace(ASKED, kind="concern"), client_uuid="u1", by=here.committee, at=AT)
    assert other.person_id not in told("petition_arrived")
    assert codes_of(petitions.answer, row.id, text="No", by=other, at=AT) == ["petition_not_for_the_board"]
    request = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    said = codes_of(petitions.acknowledge, request.id, by=here.president, at=AT)
    assert said == ["petition_not_for_the_board"]


def test_the_body_called_board_is_the_board_even_if_another_has_a_president(app: Flask) -> None:
    here = place()
    board = people.actor(Role.PRESIDENT, network=people.network(code="BOARD"))
    petitions.send(replace(ASKED, kind="concern"), client_uuid="u1", by=here.committee, at=AT)
    assert board.person_id in told("petition_arrived")
    assert here.president.person_id not in told("petition_arrived")


def test_everything_that_is_missing_is_told_at_once(app: Flask) -> None:
    here = place()
    said = codes_of(
        petitions.send,
        Words("concern", " ", "", "es"),
        client_uuid="u",
        by=people.actor(Role.NETWORK, network=people.network()),
        at=AT,
    )
    assert said == ["title_missing", "petition_text_missing", "petition_kind_not_yours"]
    assert codes_of(
        petitions.send, replace(ASKED, kind="remark"), client_uuid="u", by=here.delegate, at=AT
    ) == ["matter_not_published"]
    assert db.session.query(Petition).count() == 0


def test_a_remark_is_kept_with_the_published_matter_and_acknowledged_at_once(app: Flask) -> None:
    here = place()
    matter = make.dossier(here.house)
    remark = replace(ASKED, kind="remark", dossier_id=matter.id)
    assert codes_of(petitions.send, remark, client_uuid="u", by=here.delegate, at=AT) == [
        "matter_not_published"
    ]
    matter.state = "in_force"
    row = petitions.send(remark, client_uuid="u", by=here.delegate, at=AT)
    assert (row.state, row.dossier_id, happened(row)) == (
        "acknowledged", matter.id, ["petition_sent", "petition_acknowledged"],
    )  # fmt: skip
    assert told("remark_received") == {here.delegate.person_id}
    assert told("remark_arrived") == {here.house.unit.person_id, here.house.head.person_id}
    said = codes_of(petitions.take_up, row.id, by=here.house.unit, at=AT, **taken(here.house))
    assert said == ["remark_waits_for_revision"]


def test_a_remark_on_no_matter_is_not_found(app: Flask) -> None:
    here = place()
    with pytest.raises(NotFound):
        petitions.send(
            replace(ASKED, kind="remark", dossier_id=4711), client_uuid="u", by=here.delegate, at=AT
        )


def test_a_request_becomes_a_dossier_and_each_knows_the_other(app: Flask) -> None:
    here = place()
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    made = petitions.take_up(row.id, by=here.house.unit, at=LATER, **taken(here.house))
    again = petitions.take_up(row.id, by=here.house.unit, at=LATER, **taken(here.house))
    assert (made.id, made.state, row.state, row.dossier_id) == (again.id, "requested", "taken_up", made.id)
    assert db.session.query(Dossier).count() == 1
    linked = db.session.query(Event).filter_by(name="dossier_asked_for").one()
    assert f'"petition":"petition/{row.id}"' in linked.payload
    assert db.session.query(Notice).filter_by(kind="petition_taken_up").one().params == {"code": "CAFE-9"}


def test_a_request_is_not_taken_up_with_a_code_that_is_taken(app: Flask) -> None:
    here = place()
    make.dossier(here.house, code="CAFE-9")
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    assert codes_of(petitions.take_up, row.id, by=here.house.unit, at=AT, **taken(here.house)) == [
        "code_taken"
    ]
    assert (row.state, row.dossier_id) == ("sent", None)


def test_who_sent_it_withdraws_it_until_it_is_answered(app: Flask) -> None:
    here = place()
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    with pytest.raises(NotFound):
        petitions.withdraw(row.id, by=here.house.delegates[1], at=AT)
    colleague = people.actor(Role.ORGANISATION, organisation=here.house.organisations[0])
    petitions.withdraw(row.id, by=colleague, at=AT)
    petitions.withdraw(row.id, by=colleague, at=AT)
    assert happened(row) == ["petition_sent", "petition_withdrawn"]
    assert codes_of(petitions.answer, row.id, text="Tarde", by=here.house.unit, at=AT) == [
        "move_not_from_here"
    ]
    other = petitions.send(ASKED, client_uuid="u2", by=here.delegate, at=AT)
    petitions.answer(other.id, text="No, porque no.", by=here.house.unit, at=AT)
    assert codes_of(petitions.withdraw, other.id, by=here.delegate, at=AT) == ["move_not_from_here"]


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.SECRETARY, Role.AUDITOR])
def test_who_does_not_handle_them_is_refused(app: Flask, role: Role) -> None:
    here = place()
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    other = people.actor(role, network=None if role is Role.AUDITOR else here.house.assembly)
    assert codes_of(petitions.answer, row.id, text="No", by=other, at=AT) == ["role_may_not"]
    said = codes_of(petitions.send, ASKED, client_uuid="u3", by=other, at=AT)
    assert said == ["role_may_not", "petition_kind_not_yours"]


def test_an_answer_needs_words_and_a_mandate_in_force(app: Flask) -> None:
    here = place()
    row = petitions.send(ASKED, client_uuid="u1", by=here.delegate, at=AT)
    assert codes_of(petitions.answer, row.id, text="  ", by=here.house.unit, at=AT) == [
        "petition_answer_missing"
    ]
    early = people.LONG_AGO - timedelta(days=1)
    assert codes_of(petitions.answer, row.id, text="No", by=here.house.unit, at=early) == ["mandate_over"]
