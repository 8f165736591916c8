"""The roll of an assembly in the browser: as it would be, let in by two people, amended by two people, and for everybody."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import roll_exceptions
from consultations.extensions import db
from consultations.models.assemblies import Assembly, RollChange
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories.assemblies import CALLED, STARTS, Hall
from tests.web.test_assembly import Desk
from workflows.roles import Role
from workflows.rolls import read_roll, roll_sha256

WHY = "Pagó su cuota el 2 de octubre."
LATER = CALLED + timedelta(days=1)


@pytest.fixture
def hall(app: Flask) -> Hall:
    """Four members; the last one is not in good standing."""
    made = make.hall(4)
    made.members[3].good_standing = False
    db.session.commit()
    return made


def drafted(hall: Hall, **changes: object) -> Assembly:
    assembly = make.prepared(hall, **changes)
    make.item(assembly, hall)
    db.session.commit()
    return assembly


def test_before_it_is_convened_officers_read_who_would_be_on_it_and_who_would_not(
    client: FlaskClient, hall: Hall
) -> None:
    hall.members[0].products, hall.members[1].products, hall.members[2].products = (
        ["cacao", "coffee"],
        ["coffee"],
        ["cacao"],
    )
    groups = [{"attribute": "product", "by": "product", "several": "fractional"}]
    assembly = drafted(hall, roll_rule=make.roll_rule(groups=groups))
    for reader in (hall.secretary, hall.president, hall.committee, people.actor(Role.AUDITOR)):
        db.session.commit()
        page = Desk(client, reader).read(f"/a/assemblies/{assembly.id}/roll")
        assert "3 organisations" in page
        assert "cacao, coffee" in page
        assert f"{hall.members[3].name} (Guatemala): It is not in good standing." in page
        assert ("Propose an exception" in page) is (reader is hall.secretary)
    assert f"/a/assemblies/{assembly.id}/roll" in Desk(client, hall.secretary).source(
        f"/a/assemblies/{assembly.id}"
    )
    elsewhere = make.hall(1)
    db.session.commit()
    Desk(client, elsewhere.secretary).read(f"/a/assemblies/{assembly.id}/roll", 404)


def test_what_stands_in_the_way_of_a_roll_is_told(client: FlaskClient, hall: Hall) -> None:
    assembly = drafted(hall, roll_rule=make.roll_rule(weight={"by": "field", "field": "members"}))
    page = Desk(client, hall.secretary).read(f"/a/assemblies/{assembly.id}/roll")
    assert "Today there can be no roll by this rule" in page
    assert hall.members[0].code in page


def test_an_exception_goes_from_its_proposal_to_everybody_s_page(client: FlaskClient, hall: Hall) -> None:
    assembly = drafted(hall)
    base = f"/a/assemblies/{assembly.id}/roll"
    organisation = str(hall.members[3].id)
    Desk(client, hall.secretary).send(f"{base}/exceptions", 422, organisation=organisation, reason="")
    Desk(client, hall.secretary).send(f"{base}/exceptions", organisation=organisation, reason=WHY)
    change = db.session.query(RollChange).one()
    confirm = f"/a/assemblies/roll/{change.id}/confirm"
    own = Desk(client, hall.secretary)
    assert confirm not in own.source(base)
    assert "The signature of a second person is missing." in own.send(confirm, 409)
    president = Desk(client, hall.president)
    assert "an exception to the rule of its roll waits for a second person" in president.read("/home")
    assert confirm in president.source(base)
    assert WHY in president.read(confirm)
    president.send(confirm)
    assert "waits for a second person" not in Desk(client, hall.scrutineer).read("/home")
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    db.session.commit()
    public = Desk(client, None)  # type: ignore[arg-type]
    page = public.read(f"/assemblies/{assembly.id}")
    assert "4 organisations are on the roll" in page
    assert f"let in by exception. {WHY}" in page
    file = client.get(f"/assemblies/{assembly.id}/roll.csv").data
    assert roll_sha256(read_roll(file)) == assembly.roll_sha256
    assert "Confirmed by" in Desk(client, hall.secretary).read(base)


def test_an_exception_is_given_up_with_its_reason(client: FlaskClient, hall: Hall) -> None:
    assembly = drafted(hall)
    row = make_exception(assembly, hall)
    drop = f"/a/assemblies/roll/{row}/drop"
    Desk(client, hall.scrutineer).send(drop, 422, reason="")
    Desk(client, hall.scrutineer).send(drop, reason="No consta el pago.")
    assert db.session.query(RollChange).count() == 0
    Desk(client, hall.scrutineer).read(drop, 404)


def make_exception(assembly: Assembly, hall: Hall) -> int:
    row = roll_exceptions.propose(
        assembly.id, organisation_id=hall.members[3].id, reason=WHY, by=hall.secretary, at=CALLED
    )
    db.session.commit()
    return row.id


def test_an_amendment_goes_from_its_proposal_to_everybody_s_page_and_the_votes(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = drafted(hall)
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    former = assembly.roll_sha256
    hall.members[1].good_standing = False
    db.session.commit()
    base = f"/a/assemblies/{assembly.id}/roll"
    secretary = Desk(client, hall.secretary, LATER)
    form = secretary.read(f"{base}/amendment")
    assert "leaves the roll" in form
    assert "comes on the roll by exception" in form
    wanted = [str(hall.members[n].id) for n in (1, 3)]
    secretary.send(f"{base}/amendment", 422, organisations=wanted, reason="")
    secretary.send(f"{base}/amendment", organisations=wanted, reason=WHY)
    assert "You proposed it: another person signs." in secretary.read(base)
    assert "roll_sha256" not in secretary.offered(base)
    scrutineer = Desk(client, hall.scrutineer, LATER)
    assert "an amendment of its roll waits for a second signature" in scrutineer.read("/home")
    scrutineer.send(f"{base}/sign", page_url=base)
    db.session.expire_all()
    assert assembly.roll_sha256 != former
    public = Desk(client, None, LATER)  # type: ignore[arg-type]
    page = public.read(f"/assemblies/{assembly.id}")
    assert "Amended by two people before it began" in page
    assert f"{hall.members[1].name} (Honduras): left the roll" in page
    assert f"{hall.members[3].name} (Guatemala): came on the roll (weight 1)" in page
    assert WHY in page
    file = client.get(f"/assemblies/{assembly.id}/roll.csv").data
    assert roll_sha256(read_roll(file)) == assembly.roll_sha256
    vote = make.items(assembly)[0].vote_id
    assert WHY in public.read(f"/results/{vote}")


def test_a_signature_never_goes_under_another_amendment(client: FlaskClient, hall: Hall) -> None:
    assembly = drafted(hall)
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    hall.members[1].good_standing = False
    db.session.commit()
    base = f"/a/assemblies/{assembly.id}/roll"
    Desk(client, hall.secretary, LATER).send(
        f"{base}/amendment", organisations=[str(hall.members[1].id)], reason=WHY
    )
    president = Desk(client, hall.president, LATER)
    page = president.send(f"{base}/sign", 409, page_url=base, roll_sha256="0" * 64)
    assert "Waits for the second signature" in page
    assert db.session.query(RollChange).filter_by(kind="removed").count() == 0


def test_once_it_has_begun_nothing_is_offered_and_nothing_taken(client: FlaskClient, hall: Hall) -> None:
    assembly = drafted(hall)
    make.assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    hall.members[1].good_standing = False
    db.session.commit()
    base = f"/a/assemblies/{assembly.id}/roll"
    secretary = Desk(client, hall.secretary, STARTS)
    assert "Propose an amendment" not in secretary.read(base)
    assert "there is nothing to amend" in secretary.read(f"{base}/amendment")
