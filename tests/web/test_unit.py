"""The Standards Unit's pages, as a browser without pictures sees them."""

import io
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.engine import rounds
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.rounds import LateGrant, Question, RegisterEntry, Round
from consultations.models.standards import StandardVersion
from consultations.queries import dossiers, participation
from consultations.views import unit_acts
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people, standards, votes
from tests.factories import rounds as make
from workflows.roles import Role

TODAY = make.OPENS_AT + timedelta(days=10)


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    """A house in English, on a day when a round of the factories is open."""
    monkeypatch.setattr("consultations.clock.now", lambda: TODAY)
    return make.house()


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def as_(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    db.session.commit()
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def test_the_board_says_for_whom_each_dossier_waits(client: FlaskClient, house: make.House) -> None:
    make.at_stage(house, "commission_review")
    make.at_stage(house, "open")
    page = text(as_(client, house.unit), "/unit/dossiers")
    assert "Waits for 5 of 5" in page
    assert "0 of 3 have answered" in page
    assert "At the Commission · 1" in page


@pytest.mark.parametrize(
    ("now", "shown", "turnout"),
    [
        (votes.CALLED, "Opens in", False),
        (votes.OPENS + timedelta(hours=2), "Closes in", True),
    ],
)
def test_the_board_says_of_a_vote_until_when_and_how_many_have_voted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, now: datetime, shown: str, turnout: bool
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: now)
    hall = votes.hall(3)
    if turnout:
        votes.cast(votes.opened(hall), hall.delegates[0], "yes")
    else:
        votes.convened(hall)
    hall.dossier.state = "convened"
    page = text(as_(client, people.actor(Role.UNIT, network=people.network())), "/unit/dossiers")
    assert shown in page
    assert ("1 of 3 have voted" in page) is turnout


def test_the_board_is_silent_on_a_turnout_that_the_secretary_does_not_show(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: votes.OPENS + timedelta(hours=2))
    hall = votes.hall(3)
    votes.cast(votes.opened(hall, show_turnout=False), hall.delegates[0], "yes")
    hall.dossier.state = "convened"
    page = text(as_(client, people.actor(Role.UNIT, network=people.network())), "/unit/dossiers")
    assert ("Closes in" in page, "have voted" in page) == (True, False)


def test_from_a_file_to_a_submitted_round(client: FlaskClient, house: make.House) -> None:
    as_(client, house.unit)
    checked = browsing.post(
        client, "/unit/standards/import", file=(io.BytesIO(standards.SPANISH.encode()), "cafe.md"), code="CAFE", title="Café",
        label="2.0", language="es", follow=True,
    )  # fmt: skip
    assert checked.status_code == 200
    shown = checked.get_data(as_text=True)
    assert "1.1.2" in shown
    kept = next(form for form in browsing.forms(shown) if form.action.endswith("/confirmed"))
    answer = client.post(kept.action, data=kept.fields)
    version = db.session.scalars(select(StandardVersion).where(StandardVersion.label == "2.0")).one()
    assert answer.location == f"/unit/standards/versions/{version.id}"
    assert "guarda los contratos" in text(client, answer.location)

    answer = browsing.post(
        client, "/unit/dossiers/new", code="EXP-CAFE", title_es="Café 2.0", standard_id=version.standard_id, kind="limited_review",
        body_id=house.assembly.id, objectives_es="Actualizar",
    )  # fmt: skip
    dossier = db.session.scalars(select(Dossier).where(Dossier.code == "EXP-CAFE")).one()
    as_(client, house.head)
    browsing.post(client, f"/unit/dossiers/{dossier.id}/acts/start_drafting", reason="Hace falta.")
    as_(client, house.unit)
    answer = browsing.post(
        client, f"/unit/dossiers/{dossier.id}/rounds/new", objectives_es="Saber", opens_on="2026-05-01", days="60", languages=["es"],
    )  # fmt: skip
    round = db.session.scalars(select(Round).where(Round.dossier_id == dossier.id)).one()
    assert answer.location == f"/unit/rounds/{round.id}"
    assert "60 days, both ends counted" in text(client, answer.location)

    browsing.post(
        client, f"/unit/rounds/{round.id}/questions", kind="single", text_es="¿Cuál?", options_es="A\nB"
    )
    one = db.session.scalars(select(Question).where(Question.purpose == "")).one()
    assert (one.kind, one.options) == ("single", [{"es": "A"}, {"es": "B"}])
    assert "Everything the rules ask for is there." in text(client, f"/unit/rounds/{round.id}/check")
    browsing.post(client, f"/unit/rounds/{round.id}/acts/submit", due_on="2026-04-20")
    db.session.expire_all()
    assert round.state == "commission_review"


def test_a_code_that_is_taken_is_named_and_what_was_typed_stays(
    client: FlaskClient, house: make.House
) -> None:
    make.dossier(house, code="EXP-CAFE")
    as_(client, house.unit)
    answer = browsing.post(
        client, "/unit/dossiers/new", code="EXP-CAFE", title_es="Otra vez el café", kind="revision", objectives_es="Actualizar",
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "The code &#34;EXP-CAFE&#34; is taken. <small>Choose another code.</small>" in page
    assert "Otra vez el café" in page


def test_the_check_page_names_every_objection(client: FlaskClient, house: make.House) -> None:
    round = make.draft(house, objectives={}, closes_on=make.OPENS_ON + timedelta(days=1))
    as_(client, house.unit)
    page = text(client, f"/unit/rounds/{round.id}/check")
    assert "The objectives are missing." in page
    assert "The round lasts 2 days and must last at least 60." in page
    assert "acts/submit" not in page


def test_a_refused_act_keeps_what_was_typed(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    as_(client, house.head)
    answer = browsing.post(
        client, f"/unit/rounds/{round.id}/acts/extend", closes_on="2026-05-30", reason="Por la lluvia."
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "The new closing time is not later than the present one." in page
    assert "Por la lluvia." in page


@pytest.mark.parametrize("stage", make.STAGES)
def test_staff_see_no_button_that_only_the_head_may_press(
    client: FlaskClient, house: make.House, stage: str
) -> None:
    round = make.at_stage(house, stage)
    page = text(as_(client, house.unit), f"/unit/rounds/{round.id}")
    offered = {move for move in unit_acts.ACTS if f"/unit/rounds/{round.id}/acts/{move}" in page}
    assert offered == {"open": {"remind"}, "closed": {"start_answers"}}.get(stage, set())


def test_the_head_of_an_open_round_may_extend_pause_remind_and_withdraw(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "open")
    page = text(as_(client, house.head), f"/unit/rounds/{round.id}")
    offered = {move for move in unit_acts.ACTS if f"/unit/rounds/{round.id}/acts/{move}" in page}
    assert offered == {"extend", "pause", "remind", "withdraw", "grant_late"}


def test_extending_shows_both_dates(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    as_(client, house.head)
    browsing.post(
        client, f"/unit/rounds/{round.id}/acts/extend", closes_on="2026-06-10", reason="Por la lluvia.",
        sure="2026-06-10",
    )  # fmt: skip
    page = text(client, f"/unit/rounds/{round.id}")
    assert "First announced to close" in page
    assert "10 June 2026, 23:59" in page


def test_who_is_missing_is_named_one_country_at_a_time(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    entry = db.session.scalars(select(RegisterEntry).where(RegisterEntry.country == "GT")).first()
    entry.no_comment_at = TODAY
    as_(client, house.unit)
    missing = next(
        one for one in house.organisations if one.country == "GT" and one.id != entry.organisation_id
    )
    page = text(client, f"/unit/rounds/{round.id}/missing?country=GT")
    assert "2 organisations of 3 have not answered." in page
    assert (missing.name in page, entry.name in page) == (True, False)


@pytest.mark.parametrize(
    ("stage", "who", "offered"),
    [("open", "unit", True), ("open", "head", True), ("open", "chair", False), ("closed", "unit", False)],
)
def test_the_unit_may_remind_who_is_missing_while_a_round_is_open(
    client: FlaskClient, house: make.House, stage: str, who: str, offered: bool
) -> None:
    round = make.at_stage(house, stage)
    page = text(as_(client, getattr(house, who)), f"/unit/rounds/{round.id}/missing")
    assert "3 organisations of 3 have not answered." in page
    assert ("Remind these 3" in page) is offered


@pytest.mark.parametrize("broken", [b"\x00\x01", b""])
def test_a_file_that_cannot_be_read_is_refused_in_words(
    client: FlaskClient, house: make.House, broken: bytes
) -> None:
    as_(client, house.unit)
    answer = browsing.post(
        client,
        "/unit/standards/import",
        file=(io.BytesIO(broken), "x.docx"),
        code="X",
        title="X",
        label="1",
        language="es",
    )
    assert answer.status_code == 400
    assert 'id="errors"' in answer.get_data(as_text=True)


def test_a_confirmation_that_names_another_kind_of_file_is_refused_in_words(
    client: FlaskClient, house: make.House
) -> None:
    as_(client, house.unit)
    checked = browsing.post(
        client, "/unit/standards/import", file=(io.BytesIO(standards.SPANISH.encode()), "a.md"), code="OTRO", title="C",
        label="1", language="es", follow=True,
    )  # fmt: skip
    kept = next(
        form for form in browsing.forms(checked.get_data(as_text=True)) if form.action.endswith("/confirmed")
    )
    answer = client.post(kept.action, data={**kept.fields, "filename": "a.docx"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, 'id="errors"' in page) == (400, True)
    typed = browsing.forms(page)[-1]
    assert (typed.action or "/unit/standards/import", typed.fields["code"]) == (
        "/unit/standards/import",
        "OTRO",
    )


def test_nobody_confirms_another_persons_upload(client: FlaskClient, house: make.House) -> None:
    as_(client, house.unit)
    checked = browsing.post(
        client, "/unit/standards/import", file=(io.BytesIO(standards.SPANISH.encode()), "a.md"), code="C", title="C", label="1",
        language="es", follow=True,
    )  # fmt: skip
    kept = next(
        form for form in browsing.forms(checked.get_data(as_text=True)) if form.action.endswith("/confirmed")
    )
    as_(client, house.head)
    token = browsing.token(client, "/unit/standards/import")
    answer = client.post(kept.action, data={**kept.fields, "csrf_token": token})
    assert answer.location == "/unit/standards/import"


@pytest.mark.parametrize(
    ("role", "board", "round_page"),
    [(Role.AUDITOR, 200, 200), (Role.CHAIR, 403, 200), (Role.DELEGATE, 403, 403), (Role.NETWORK, 403, 403)],
)
def test_who_may_open_which_page(
    client: FlaskClient, house: make.House, role: Role, board: int, round_page: int
) -> None:
    round = make.at_stage(house, "open")
    as_(client, people.actor(role, network=house.commission))
    assert client.get("/unit/dossiers").status_code == board
    assert client.get(f"/unit/rounds/{round.id}").status_code == round_page


def test_an_auditor_reads_and_is_offered_nothing(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    page = text(as_(client, people.actor(Role.AUDITOR)), f"/unit/rounds/{round.id}")
    assert "/acts/" not in page


def test_the_board_takes_as_many_selects_for_many_dossiers_as_for_one(app: Flask, house: make.House) -> None:
    def selects() -> int:
        db.session.commit()
        db.session.expire_all()
        seen: list[str] = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        with app.test_request_context():
            dossiers.board(at=TODAY)
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    make.at_stage(house, "open")
    make.at_stage(house, "commission_review")
    few = selects()
    for stage in ("open", "commission_review", "answering"):
        make.at_stage(house, stage)
    assert selects() == few


def test_a_withdrawn_round_is_told_with_its_reason(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    rounds.withdraw(round.id, reason="Cambió la ley.", by=house.head, at=TODAY)
    assert "Cambió la ley." in text(as_(client, house.unit), f"/unit/dossiers/{round.dossier_id}")


def test_a_late_entry_is_granted_to_one_found_by_name_or_code_among_at_most_twenty(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "open")
    one = house.organisations[1]
    url = f"/unit/rounds/{round.id}/acts/grant_late"
    as_(client, house.head)
    assert "organisation_id" not in text(client, url)
    assert "No organisation that has still to answer fits." in text(client, f"{url}?q=nadie")
    found = f"{url}?q={one.code.lower()}"
    page = text(client, found)
    assert page.count('name="organisation_id"') == 1
    assert one.name in page
    values = {"until_on": "2026-06-10", "reason": "Huracán."}
    assert browsing.post(client, found, **values).status_code == 400
    answer = browsing.post(client, found, organisation_id=one.id, **values)
    assert answer.location == f"/unit/rounds/{round.id}"
    granted = db.session.scalars(select(LateGrant)).one()
    assert (granted.organisation_id, granted.reason) == (one.id, "Huracán.")
    assert len(participation.silent_called(round.id, "Cooperativa", most=2)) == 2
