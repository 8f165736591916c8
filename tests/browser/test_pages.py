"""The pages themselves, in the states that the path reaches: for screen readers, small phones, keyboards, no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request

from consultations.config import Settings
from tests.journeys.clockwork import clockwork
from tests.journeys.drivers import PHONE, Pages
from tests.journeys.path import STARTS, walk
from tests.journeys.windows import Window, window
from tests.journeys.world import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

# After which step who looks at which page: {name} is an address that the path kept.
LOOKS: dict[str, dict[str, tuple[str, str]]] = {
    "unit_imports_the_draft": {"the draft": ("unit", "{version}")},
    "unit_writes_a_round_and_reads_what_is_missing": {
        "what a round lacks": ("unit", "{round}/check"),
        "the form of a round": ("unit", "{round}/edit"),
    },
    "unit_mends_and_resubmits": {"the Commission's desk": ("sceptic", "/commission/reviews/2")},
    "delegate_comments_edits_and_answers_a_question": {
        "sign-in": ("", "/sign-in"),
        "everybody's home page": ("", "/"),
        "a delegate's home page": ("flor", "/home"),
        "a round": ("flor", "{asked}"),
        "a clause with its comments": ("flor", "{clause}"),
        "the questions": ("flor", "{asked}/questions"),
        "the Unit's board": ("unit", "/unit/dossiers"),
        "a round at the Unit": ("unit", "{round}"),
        "who is missing": ("unit", "{round}/missing"),
    },
    "unit_answers_every_comment": {
        "the comments at the Unit": ("unit", "/desk/rounds/1"),
        "a comment and its answer": ("unit", "/desk/comments/2"),
    },
    "synopsis_is_written_and_approved": {
        "the synopsis": ("", "{synopsis}"),
        "what became of our comments": ("flor", "{asked}/comments"),
    },
    "president_approves_the_rule": {
        "the desk of the rule book": ("secretary", "/a/rules"),
        "a rule in sentences": ("secretary", "/a/rules/new?preset=double-majority"),
        "a rule for everybody": ("", "/rules/1"),
        "a rule that is tried": ("", "/rules/1/trial?size=30"),
    },
    "second_person_reviews_it_seeing_three_samples": {"the terms of a vote": ("secretary", "{vote}/edit")},
    "one_changes_the_vote_and_one_posts_twice": {
        "a ballot": ("puerto", "/v/{id}"),
        "a receipt": ("sierra", "/v/{id}/receipt"),
        "a running vote at its officers": ("president", "{vote}"),
    },
    "position_is_sent_and_the_outside_answer_recorded": {
        "a decision": ("", "/results/{id}"),
        "a roll call": ("", "/results/{id}/roll-call"),
        "the minutes": ("", "/results/{id}/minutes"),
        "a dossier for everybody": ("", "/public/dossiers/1"),
        "a dossier at the Unit": ("unit", "{dossier}"),
    },
}
PAGES = [name for looks in LOOKS.values() for name in looks]


@dataclass(frozen=True)
class Seen:
    """What was found on a page, by light and in the dark."""

    status: int
    violations: list[str]
    wider: int  # pixels beyond the screen of a phone
    elsewhere: list[str]  # requests to other hosts


@pytest.fixture(scope="module")
def seen(browser: Browser, own_settings: Settings) -> Iterator[dict[str, Seen]]:
    """Walk the path over HTTP, and look at each page with chromium when its moment has come."""
    found: dict[str, Seen] = {}
    with (
        pytest.MonkeyPatch.context() as patch,
        clockwork(own_settings, patch, STARTS) as at_work,
    ):
        walker = World(at_work, lambda width: Pages(at_work.base), own_settings.var)
        eyes = World(
            at_work,
            lambda width: window(browser, at_work.base, width=PHONE, script=True),
            own_settings.var,
            known=walker.known,
        )

        def look(step: str) -> None:
            for name, (who, path) in LOOKS.get(step, {}).items():
                someone = eyes.by(who) if who else eyes.public()
                found[name] = _looked(someone.driver, path.format(**walker.known), at_work.base)

        walk(walker, look)
        yield found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_a_phone_and_asks_no_other_host(seen: dict[str, Seen], name: str) -> None:
    assert seen[name] == Seen(200, [], 0, [])


FAULTY = """<!doctype html><html lang="en"><title>Faulty</title><main><h1>Faulty</h1>
<div style="width:900px">wide</div><img src="http://elsewhere.invalid/picture.png"></main></html>"""


def test_a_faulty_page_would_be_found(browser: Browser) -> None:
    driver = window(browser, "http://faulty.invalid", script=True)
    driver.page.route("**/*", lambda route: route.fulfill(status=200, body=FAULTY, content_type="text/html"))
    found = _looked(driver, "/faulty", "http://faulty.invalid")
    assert (found.status, found.elsewhere) == (200, ["http://elsewhere.invalid/picture.png"])
    assert found.wider > 500
    assert [one.split(": ")[1] for one in found.violations if "image-alt" in one] == [
        "image-alt",
        "image-alt",
    ]


def _looked(driver: Window, path: str, base: str) -> Seen:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    driver.page.on("request", note)
    driver.go(path)
    violations = []
    for scheme in ("light", "dark"):
        driver.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results = Axe().run(driver.page).response["violations"]
        violations += [f"{scheme}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in results]
    driver.page.remove_listener("request", note)
    wider = driver.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    host = urlsplit(base).netloc
    return Seen(
        driver.status(), violations, max(0, wider), [url for url in asked if urlsplit(url).netloc != host]
    )
