"""Participation as the Unit and a network see it, those who are missing, and the outreach log."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from consultations import wording_participation as words
from consultations.actor import SYSTEM
from consultations.demo.places import COUNTRIES
from consultations.engine import comments, outreach, rounds
from consultations.engine.outreach import Attempt
from consultations.extensions import db
from consultations.facts.on_behalf import WAYS
from consultations.forms.outreach import OutreachForm
from consultations.models.events import Event
from consultations.models.organisations import NetworkKind
from consultations.models.outreach import Outreach
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.timers import Notice
from consultations.queries import participation as read
from consultations.views.tile_map import PLACES, tiles
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people
from tests.factories import rounds as make
from workflows.participation import CHANNELS, Standing
from workflows.roles import Role

TODAY = make.OPENS_AT + timedelta(days=10)


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    """Six organisations, on a day when a round of the factories is open."""
    monkeypatch.setattr("consultations.clock.now", lambda: TODAY)
    return make.house(organisations=6)


@pytest.fixture
def round(house: make.House) -> Round:
    """An open round: one has answered, one declared "no comment", one writes."""
    made = make.at_stage(house, "open")
    words = {"type": "general", "stance": "for", "text": "Uno.", "language": "es"}
    comments.enter(made.id, None, client_uuid="u-1", submit=True, by=house.delegates[0], at=TODAY, **words)
    comments.declare_no_comment(made.id, by=house.delegates[1], at=TODAY)
    comments.enter(made.id, None, client_uuid="u-2", submit=False, by=house.delegates[2], at=TODAY, **words)
    return made


def as_(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    db.session.commit()
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return " ".join(answer.get_data(as_text=True).split())


def network_of(house: make.House, *members: int) -> people.Actor:
    of = people.network(
        NetworkKind.REGIONAL,
        code="CAM",
        name="Centro",
        members=tuple(house.organisations[n] for n in members),
    )
    return people.actor(Role.NETWORK, network=of)


def test_the_unit_reads_statuses_bars_and_the_map(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    page = text(as_(client, house.unit), f"/unit/rounds/{round.id}/participation")
    assert "2 of 6 have answered" in page
    assert "Organisations that have answered, by country" in page
    assert f'href="/unit/rounds/{round.id}/missing?country=GT"' in page
    assert "Guatemala: 1 of 3, fewer than half" in page
    assert "The requirements consulted on concern 6 of the organisations asked." in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("by=kind", ["by type of organisation", "Small producers&#39; organisation"]),
        ("by=size", ["by size (members)", "Not known"]),
        ("by=channel", ["In the browser", "Not answered", "they do not add up"]),
        ("by=country&with=language", ["Answered, of those asked", "Español"]),
        ("by=odd&with=odd", ["by country"]),
        ("by=country&with=country", ["Where they stand, by what they are"]),
    ],
)
def test_every_axis_and_two_beside_each_other(
    client: FlaskClient, house: make.House, round: Round, query: str, there: list[str]
) -> None:
    page = text(as_(client, house.unit), f"/unit/rounds/{round.id}/participation?{query}")
    assert [one for one in there if one not in page] == []


@pytest.mark.parametrize("axis", list(read.AXES))
def test_every_axis_has_its_page(client: FlaskClient, house: make.House, round: Round, axis: str) -> None:
    assert "2 of 6 have answered" in text(
        as_(client, house.unit), f"/unit/rounds/{round.id}/participation?by={axis}"
    )


def test_a_network_reads_of_its_own_members_and_names_of_no_other(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    as_(client, network_of(house, 0, 3))
    page = text(client, f"/network/rounds/{round.id}/participation?by=country")
    assert ("1 of 2 have answered" in page, "Who is missing" in page) == (True, False)
    rows = list(
        csv.reader(
            io.StringIO(
                client.get(f"/network/rounds/{round.id}/participation.csv").get_data().decode("utf-8-sig")
            )
        )
    )
    assert sorted(row[0] for row in rows[1:]) == sorted(house.organisations[n].name for n in (0, 3))


def test_a_network_learns_nothing_of_a_round_before_it_is_announced(
    client: FlaskClient, house: make.House
) -> None:
    early = make.at_stage(house, "approved")
    as_(client, network_of(house, 0))
    for path in ("participation", "participation.csv", "outreach"):
        assert client.get(f"/network/rounds/{early.id}/{path}").status_code == 404


def test_the_file_names_every_place_and_runs_no_formula(client: FlaskClient, house: make.House) -> None:
    house.organisations[0].name, house.organisations[0].members_count = "=cmd()", 300
    house.organisations[0].products = ["café"]
    round = make.at_stage(house, "open")
    answer = as_(client, house.unit).get(f"/unit/rounds/{round.id}/participation.csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=participation-{round.id}.csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0] == [
        "Organisation", "Country", "Region", "Network", "Product", "Type of organisation", "Size (members)", "Language",
        "Way of answering", "Status",
    ]  # fmt: skip
    assert rows[1] == [
        "'=cmd()", "Guatemala", "", "Coordinadora de Guatemala", "café", "Small producers' organisation", "200–499",
        "Español", "", "Invited",
    ]  # fmt: skip
    assert len(rows) == 7


def test_those_who_are_missing_are_named_by_place_and_by_status(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    as_(client, house.unit)
    names = [one.name for one in house.organisations]

    def there(query: str) -> list[int]:
        page = text(client, f"/unit/rounds/{round.id}/missing?{query}")
        return [n for n, name in enumerate(names) if f'<th scope="row">{name}</th>' in page]

    assert there("") == [2, 3, 4, 5]
    assert there("country=GT") == [2, 4]
    assert there("country=GT&status=drafting") == [2]
    assert there("country=GT&kind=workers") == []
    assert there("status=odd") == []


def test_one_button_reminds_those_of_the_list_and_nobody_twice_within_two_days(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    as_(client, house.unit)
    url = f"/unit/rounds/{round.id}/missing/remind?country=GT"
    answer = browsing.post(client, url, page_url=f"/unit/rounds/{round.id}/missing?country=GT")
    assert (answer.status_code, answer.location) == (303, f"/unit/rounds/{round.id}/missing?country=GT")
    told = select(Notice.organisation_id).where(Notice.kind == "round_closing_soon").order_by(Notice.id)
    assert list(db.session.scalars(told)) == [house.organisations[2].id, house.organisations[4].id]
    again = browsing.post(client, url, page_url=f"/unit/rounds/{round.id}/missing?country=GT")
    assert again.status_code == 409
    assert "reminded less than 48 hours ago" in again.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(told.subquery())) == 2


@pytest.mark.parametrize(("who", "offered"), [("unit", True), ("head", True), ("chair", False)])
def test_reminding_is_offered_to_the_unit(
    client: FlaskClient, house: make.House, round: Round, who: str, offered: bool
) -> None:
    page = text(as_(client, getattr(house, who)), f"/unit/rounds/{round.id}/missing")
    assert ("Remind these 4" in page, "Write down a call" in page) == (offered, offered)


@pytest.mark.parametrize("organisations", [2, 12])
def test_the_pages_take_as_many_statements_however_many_are_asked(app: Flask, organisations: int) -> None:
    house = make.house(organisations=organisations)
    round = make.at_stage(house, "open")
    db.session.flush()
    counts = []
    for question in (
        lambda: read.participation(round.id, "network", "size", by=house.unit, at=TODAY),
        lambda: read.missing(round.id, {"country": "GT"}, by=house.unit, at=TODAY),
        lambda: read.register(round.id, by=house.unit, at=TODAY),
    ):
        statements: list[str] = []
        listener = _counting(statements)
        event.listen(db.engine, "before_cursor_execute", listener)
        question()
        event.remove(db.engine, "before_cursor_execute", listener)
        counts.append(len(statements))
    assert counts == [16, 11, 11]


def _counting(statements: list[str]):  # type: ignore[no-untyped-def]
    return lambda *args: statements.append(str(args[2]))


def test_a_call_is_written_down_and_read_again(client: FlaskClient, house: make.House, round: Round) -> None:
    as_(client, house.unit)
    url, one = f"/unit/rounds/{round.id}/outreach", house.organisations[3]
    assert f'<option selected value="organisation-{one.id}">' in text(client, f"{url}?organisation={one.id}")
    given = {
        "whom": f"organisation-{one.id}",
        "channel": "phone",
        "reached": "no",
        "day": "2026-04-10",
        "hour": "08:30",
        "note": "Nadie contestó.",
    }
    for _ in range(2):
        answer = browsing.post(client, url, **given)
        assert (answer.status_code, answer.location) == (303, url)
    row = db.session.scalars(select(Outreach)).one()
    assert (row.organisation_id, row.network_id, row.reached, row.made_at.isoformat()) == (
        one.id,
        None,
        False,
        "2026-04-10T14:30:00+00:00",
    )
    page = text(client, url)
    assert ("Nadie contestó." in page, "Not reached" in page, one.name in page) == (True, True, True)
    assert "Not reached" in text(client, f"/unit/rounds/{round.id}/missing?status=not_reached")


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"whom": ""}, 400, None),
        ({"day": ""}, 400, None),
        ({"reached": None}, 400, None),
        ({"whom": "organisation-99999"}, 400, None),
        ({"day": "2026-04-12"}, 409, "lie in the future"),
        ({"declined": "y", "note": ""}, 409, "No reason is given."),
    ],
)
def test_what_is_odd_in_the_log_is_said_and_nothing_is_kept(
    client: FlaskClient,
    house: make.House,
    round: Round,
    changed: dict[str, str | None],
    status: int,
    said: str | None,
) -> None:
    as_(client, house.unit)
    given = {
        "whom": f"organisation-{house.organisations[3].id}",
        "channel": "phone",
        "reached": "yes",
        "day": "2026-04-10",
        "note": "Hola",
    }
    answer = browsing.post(client, f"/unit/rounds/{round.id}/outreach", **{**given, **changed})
    assert answer.status_code == status
    page = answer.get_data(as_text=True)
    assert 'id="errors"' in page if said is None else said in page
    assert db.session.scalar(select(func.count(Outreach.id))) == 0


@pytest.mark.parametrize(
    ("day", "now", "made_at"),
    [
        ("2026-04-11", "2026-04-11T06:20:30", "2026-04-11T06:20"), ("2026-04-10", "2026-04-11T06:20:30", "2026-04-10T12:00"),
        ("2026-04-11", "2026-04-12T03:00:00", "2026-04-11T21:00"),
    ],
)  # fmt: skip
def test_an_hour_left_empty_today_is_now_and_on_another_day_noon(
    app: Flask, day: str, now: str, made_at: str
) -> None:
    zone = ZoneInfo("UTC" if now.startswith("2026-04-11") else "America/Guatemala")
    with app.test_request_context(method="POST", data={"day": day}):
        form = OutreachForm(meta={"csrf": False})
        at = datetime.fromisoformat(now).replace(tzinfo=UTC)
        assert form.made_at(zone.key, at) == datetime.fromisoformat(made_at).replace(tzinfo=zone)


def test_shortly_after_midnight_a_call_of_today_is_written_down(
    client: FlaskClient, house: make.House, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = datetime(2026, 4, 11, 0, 20, 30, tzinfo=ZoneInfo(round.zone)).astimezone(UTC)
    monkeypatch.setattr("consultations.clock.now", lambda: early)
    as_(client, house.unit)
    given = {"whom": "all", "channel": "radio", "reached": "yes", "day": "2026-04-11"}
    assert browsing.post(client, f"/unit/rounds/{round.id}/outreach", **given).status_code == 303
    assert db.session.scalars(select(Outreach.made_at)).one() == early.replace(second=0)


def test_that_an_organisation_declines_is_written_down_with_the_call(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    as_(client, network_of(house, 3))
    one = house.organisations[3]
    given = {
        "whom": f"organisation-{one.id}",
        "channel": "visit",
        "reached": "yes",
        "day": "2026-04-10",
        "declined": "y",
        "note": "Están en cosecha.",
    }
    assert browsing.post(client, f"/network/rounds/{round.id}/outreach", **given).status_code == 303
    entry = db.session.scalars(select(RegisterEntry).where(RegisterEntry.organisation_id == one.id)).one()
    assert entry.declined_at == TODAY
    told = db.session.scalars(select(Event).where(Event.name == "participation_declined")).one()
    assert told.reason == "Están en cosecha."


def test_a_network_reads_its_own_lines_of_the_log(
    client: FlaskClient, house: make.House, round: Round
) -> None:
    mine, other = house.organisations[3], house.organisations[4]
    by = network_of(house, 3)
    for attempt in (
        Attempt("visit", TODAY, organisation_id=mine.id, note="La mía"), Attempt("radio", TODAY, network_id=by.network_id, note="Mi red"),
        Attempt("phone", TODAY, organisation_id=other.id, note="La otra"), Attempt("radio", TODAY, note="A todas"),
    ):  # fmt: skip
        outreach.log(round.id, attempt, by=house.unit, at=TODAY)
    page = text(as_(client, by), f"/network/rounds/{round.id}/outreach")
    assert [note in page for note in ("La mía", "Mi red", "La otra", "A todas")] == [True, True, False, False]
    assert ("Everybody asked" in page, other.name in page) == (False, False)


def closed(house: make.House, *, answered: int) -> Round:
    """A round that takes no more answers, in which so many declared "no comment"."""
    made = make.at_stage(house, "open")
    for by in house.delegates[:answered]:
        comments.declare_no_comment(made.id, by=by, at=TODAY)
    rounds.close_round(made.id, by=SYSTEM, at=make.CLOSES_AT)
    rounds.start_answers(made.id, by=house.unit, at=make.CLOSES_AT)
    return made


def test_everybody_reads_who_took_part_once_the_round_is_closed(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: make.CLOSES_AT)
    house = make.house(organisations=26)  # thirteen in each of two countries
    made = closed(house, answered=14)
    db.session.commit()
    with client.session_transaction() as session:
        session["language"] = "en"
    assert f'href="/public/rounds/{made.id}/participation"' in text(
        client, f"/public/dossiers/{made.dossier_id}"
    )
    page = text(client, f"/public/rounds/{made.id}/participation")
    assert "14 of 26 organisations answered." in page
    assert ("Guatemala: 7 of 13, half or more" in page, "are hidden" in page) == (True, False)
    assert "by region" not in page


def test_small_figures_are_hidden_from_everybody_and_not_from_the_unit(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: make.CLOSES_AT)
    house = make.house(organisations=26)
    made = closed(house, answered=6)  # three in each country
    as_(client, house.unit)
    page = text(client, f"/public/rounds/{made.id}/participation")
    assert ("6 of 26 organisations answered." in page, "Guatemala: hidden, hidden" in page) == (True, True)
    assert "Figures under five, and what would reveal them, are hidden." in page
    page = text(client, f"/unit/rounds/{made.id}/participation")
    assert ("Guatemala: 3 of 13" in page, "As everybody reads it" in page) == (True, True)


@pytest.mark.parametrize("stage", ["approved", "scheduled", "open", "closed"])
def test_nothing_is_published_while_somebody_may_still_answer(
    client: FlaskClient, house: make.House, stage: str
) -> None:
    """A closed round takes late entries and paper, and may be opened again: two looks would tell who came between."""
    made = make.at_stage(house, stage)
    as_(client, house.unit)
    answer = client.get(f"/public/rounds/{made.id}/participation")
    told = "Who took part is published when the round is over" in answer.get_data(as_text=True)
    assert (answer.status_code, told) == ((404, False) if stage == "approved" else (200, True))
    assert f"/public/rounds/{made.id}/participation" not in text(
        client, f"/public/dossiers/{made.dossier_id}"
    )
    assert "As everybody reads it" not in text(client, f"/unit/rounds/{made.id}/participation")


def test_every_status_has_its_word_and_its_shape_and_every_channel_its_word() -> None:
    assert set(words.STANDINGS) == set(words.TAGS) == set(Standing)
    assert (set(words.CHANNELS), set(words.AXES), set(words.WAYS)) == (
        set(CHANNELS),
        set(read.AXES),
        set(WAYS),
    )


def test_the_map_has_a_place_for_each_country_of_the_network_and_no_two_share_one() -> None:
    assert set(PLACES) == set(COUNTRIES)
    assert len(set(PLACES.values())) == 24


@pytest.mark.parametrize(
    ("answered", "asked", "status", "percent"),
    [
        (0, 3, "nobody yet", 0),
        (1, 3, "fewer than half", 33),
        (2, 4, "half or more", 50),
        (3, 3, "all", 100),
        (None, 3, "hidden", None),
    ],
)
def test_a_tile_says_its_status_in_a_word(
    app: Flask, answered: int | None, asked: int, status: str, percent: int | None
) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        (tile,) = tiles([read.Tile("GT", asked, answered)])
    assert (tile.status, tile.percent) == (status, percent)
