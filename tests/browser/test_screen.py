"""The projector in chromium: it follows a vote without being reloaded, says when the line is lost, and goes on afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from consultations import clock
from consultations.app import create_app
from consultations.config import Settings
from consultations.engine import votes
from consultations.extensions import db
from consultations.models.votes import Vote
from tests.factories import assemblies as make
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from tests.journeys.clockwork import served
from tests.journeys.servers import HOST, free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

LATER = STARTS + 2 * HOUR
SOON = 15_000  # milliseconds
WALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def at_work(own_settings: Settings) -> Iterator[tuple[Flask, Settings]]:
    """An application whose clock stands, on a port of its own; nobody answers there yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: LATER)
        settings = own_settings.model_copy(update={"host": HOST, "port": free_port()})
        app = create_app(settings)
        yield app, settings
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def scene(app: Flask) -> tuple[Hall, int, int]:
    """Five there, the vote on the first of two items open for ten minutes, two ballots cast."""
    with app.app_context():
        hall = make.hall(5)
        assembly = make.installed(hall, titles=("Presupuesto", "Cuota"), code=hall.body.code)
        vote = make.opened(assembly, hall)
        for n in (0, 1):
            vote_factory.cast(vote, hall.delegates[n], "yes", at=LATER)
        found = assembly.id, vote.id
        db.session.commit()
        return hall, *found


def cast(app: Flask, hall: Hall, vote_id: int, n: int) -> None:
    with app.app_context():
        vote_factory.cast(db.session.get_one(Vote, vote_id), hall.delegates[n], "no", at=LATER)
        db.session.commit()


def count(app: Flask, hall: Hall, vote_id: int) -> None:
    with app.app_context():
        votes.close_vote(vote_id, by=hall.president, at=LATER + timedelta(minutes=1))
        db.session.commit()


def violations(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        results = Axe().run(page).response["violations"]
        found += [f"{scheme}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in results]
    return found


def fits(page: Page) -> list[bool]:
    """Whether the page, and each part of its stage, needs no scrolling."""
    return page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.stage > *')].map(e => e.scrollHeight <= e.clientHeight + 1)"
    )


def test_the_projector_follows_a_vote_through_a_lost_line(
    browser: Browser, at_work: tuple[Flask, Settings]
) -> None:
    app, settings = at_work
    hall, assembly_id, vote_id = scene(app)
    page = browser.new_context(viewport=WALL, bypass_csp=False).new_page()  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    with served(app, settings):
        page.goto(f"{settings.address}/assemblies/{assembly_id}/screen?in=en")
        page.evaluate("window.stays = true")
        expect(page.locator(".turnout")).to_have_text("2 of 5 have voted")
        expect(page.locator(".clock")).to_have_text("10:00")
        cast(app, hall, vote_id, 2)
        expect(page.locator(".turnout")).to_have_text("3 of 5 have voted", timeout=SOON)
        assert violations(page) == []
        assert set(fits(page)) == {True}
    lost = page.locator(".lost")
    expect(lost).to_be_visible(timeout=SOON)
    expect(lost).to_contain_text("No connection since")
    count(app, hall, vote_id)
    assert page.locator(".outcome").count() == 0
    with served(app, settings):
        expect(page.locator(".outcome")).to_contain_text("Adopted", timeout=2 * SOON)
        expect(lost).to_be_hidden()
        expect(page.get_by_role("img", name="What each organisation voted, by country")).to_be_visible()
        assert page.evaluate("window.stays") is True
        assert violations(page) == []
        assert set(fits(page)) == {True}
    assert wrong == []


def test_without_a_script_the_projector_reloads_itself(
    browser: Browser, at_work: tuple[Flask, Settings]
) -> None:
    app, settings = at_work
    hall, assembly_id, vote_id = scene(app)
    page = browser.new_context(viewport=WALL, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    with served(app, settings):
        page.goto(f"{settings.address}/assemblies/{assembly_id}/screen?in=en")
        expect(page.locator(".turnout")).to_have_text("2 of 5 have voted")
        cast(app, hall, vote_id, 2)
        expect(page.locator(".turnout")).to_have_text("3 of 5 have voted", timeout=2 * SOON)
