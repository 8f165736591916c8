"""Back and reload, as people press them: no page of a vote or an import asks to send a form once more."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from consultations.config import Settings
from consultations.engine.accounts import hashed
from consultations.extensions import db
from consultations.models.people import Person
from tests.factories import rounds, standards, votes
from tests.journeys.clockwork import Clockwork, clockwork
from tests.journeys.windows import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

PASSWORD = "a sentence of one's own"


def test_back_reload_and_an_ended_session_lose_nothing(
    browser: Browser, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clockwork(own_settings, monkeypatch, datetime(2026, 4, 10, 15, tzinfo=UTC)) as at_work:
        round_id, vote_id = _a_round_and_a_vote(at_work)
        _the_session_ends_while_writing(_signed_in(browser, at_work, "writer"), round_id)
        _a_dry_run_is_shown_again(_signed_in(browser, at_work, "unit"), own_settings)
        at_work.clock.to(2026, 11, 17, 15)
        _a_check_is_shown_again(_signed_in(browser, at_work, "voter"), vote_id)


def _the_session_ends_while_writing(writer: Window, round_id: int) -> None:
    writer.go(f"/d/rounds/{round_id}/whole")
    writer.choose("In favour")
    writer.fill("Your comment", "We keep such a list.\nSince 2019.")
    writer.page.context.clear_cookies()
    writer.press("Save the draft and check it")
    _sign_in(writer, "writer")
    writer.press("Open the page with what I wrote")
    assert writer.page.locator("#text").input_value() == "We keep such a list.\nSince 2019."
    writer.press("Save the draft and check it")
    assert "We keep such a list." in writer.text()
    assert "/d/comments/" in writer.address()


def _a_dry_run_is_shown_again(unit: Window, settings: Settings) -> None:
    draft = settings.var / "cafe.md"
    draft.write_text(standards.SPANISH)
    unit.go("/unit/standards/import")
    unit.attach("File", draft)
    for label, value in (("Code of the standard", "CAFE"), ("Title", "Café"), ("Version", "2.0")):
        unit.fill(label, value)
    unit.press("Read the file")
    unit.page.reload()
    unit.follow("Choose another file")
    unit.page.go_back()
    assert "Check what was read" in unit.text()
    unit.press("Import this text")
    unit.page.go_back()
    assert "/unit/standards/versions/" in unit.address()


def _a_check_is_shown_again(voter: Window, vote_id: int) -> None:
    voter.go(f"/v/{vote_id}")
    voter.choose("In favour")
    voter.press("Check and vote")
    voter.page.reload()
    voter.follow("Go back and choose again")
    voter.page.go_back()
    assert "You are about to vote “In favour”" in voter.text()
    voter.press("Vote: In favour")
    assert "Your organisation has voted" in voter.text()
    voter.page.go_back()
    assert "has voted: In favour" in voter.text()


def _signed_in(browser: Browser, at_work: Clockwork, name: str) -> Window:
    device = window(browser, at_work.base)
    device.go("/sign-in")
    _sign_in(device, name)
    return device


def _sign_in(device: Window, name: str) -> None:
    device.fill("E-mail address", f"{name}@example.org")
    device.fill("Password", PASSWORD)
    device.press("Sign in")


def _a_round_and_a_vote(at_work: Clockwork) -> tuple[int, int]:
    with at_work.app.app_context():
        house, hall = rounds.house(), votes.hall(3)
        round, vote = rounds.at_stage(house, "open"), votes.opened(hall)
        actors = {"writer": house.delegates[0], "unit": house.unit, "voter": hall.delegates[0]}
        for name, actor in actors.items():
            person = db.session.get_one(Person, actor.person_id)
            person.email, person.language = f"{name}@example.org", "en"
            person.password_hash = hashed(PASSWORD)
        db.session.commit()
        return round.id, vote.id
