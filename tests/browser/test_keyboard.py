"""With the keyboard alone and without JavaScript: signing in, commenting, voting, and answering at the desk."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from consultations.actor import Actor
from consultations.config import Settings
from consultations.engine.accounts import hashed
from consultations.extensions import db
from consultations.models.people import Person
from tests.factories import comments, rounds, votes
from tests.journeys.clockwork import Clockwork, clockwork
from tests.journeys.windows import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

PASSWORD = "a sentence of one's own"
MOST_TABS = 80
# What a screen reader says of the element in focus: its labels, or its own words.
NAME = """item => [...(item.labels ?? [])].map(label => label.textContent).join(" ") || item.textContent"""


class Keyboard:
    """Somebody without a mouse."""

    def __init__(self, device: Window) -> None:
        self.device, self._keys = device, device.page.keyboard

    def to(self, words: str) -> "Keyboard":
        """Go on with Tab until the element in focus begins so."""
        passed = []
        for _ in range(MOST_TABS):
            self._keys.press("Tab")
            focus = self.device.page.locator(":focus")
            said = " ".join(focus.evaluate(NAME).split()) if focus.count() else ""
            if said.lower().startswith(words.lower()):
                return self
            passed.append(said)
        raise AssertionError(f"Tab does not come to {words!r}, but to {passed}")

    def type(self, text: str) -> None:
        """Write where the focus is."""
        self._keys.type(text)

    def space(self) -> None:
        """Tick what is in focus."""
        self._keys.press("Space")

    def key(self, letter: str) -> None:
        """Follow the link that has this key, and wait for the page."""
        with self.device.page.expect_navigation():
            self._alt(letter)

    def place(self, letter: str) -> "Keyboard":
        """Go to the field that has this key."""
        self._alt(letter)
        return self

    def _alt(self, letter: str) -> None:
        """The letter together with Alt; page.keyboard leaves out which letter it is, and the key is not found."""
        page = self.device.page
        pressed = {"modifiers": 1, "key": letter, "text": letter, "unmodifiedText": letter}
        page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})

    def enter(self) -> None:
        """Follow or press what is in focus, and wait for the page."""
        with self.device.page.expect_navigation():
            self._keys.press("Enter")


def test_sign_in_comment_and_vote_with_the_keyboard_alone(
    browser: Browser, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clockwork(own_settings, monkeypatch, datetime(2026, 4, 10, 15, tzinfo=UTC)) as at_work:
        _a_round_and_a_vote(at_work)
        writer = _signed_in(browser, at_work, "writer")
        writer.to("Comment").enter()
        writer.to("1.1.1").enter()
        writer.to("In favour").space()
        writer.to("Your comment").type("We keep such a list.")
        writer.to("Save the draft and check it").enter()
        writer.to("Send the comment").enter()
        assert "Your comment is in" in writer.device.text()
        at_work.clock.to(2026, 11, 17, 15)
        voter = _signed_in(browser, at_work, "voter")
        voter.to("Vote: ").enter()
        voter.to("In favour").space()
        voter.to("Check and vote").enter()
        voter.to("Vote: In favour").enter()
        assert "Your organisation has voted" in voter.device.text()


def test_the_desk_is_worked_with_keys_alone(
    browser: Browser, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clockwork(own_settings, monkeypatch, comments.AFTER) as at_work:
        with at_work.app.app_context():
            here = comments.scene(organisations=3)
            for n in range(3):
                comments.comment(here, n, n, text=f"What number {n + 1} says.")
            comments.answering(here)
            _with_password(here.unit, "desk")
            db.session.commit()
            url = f"/desk/rounds/{here.round.id}"
        clerk = _signed_in(browser, at_work, "desk")
        clerk.device.go(url)
        clerk.place("s").type("number")
        clerk.enter()
        clerk.key("a")
        assert "What number 1 says." in clerk.device.text()
        clerk.key("n")
        assert "What number 2 says." in clerk.device.text()
        clerk.key("p")
        clerk.place("a").type("Accepted")
        clerk.to("Response").type("Thank you.")
        clerk.to("Reason").type("It makes the text clearer.")
        clerk.to("Decide at once").enter()
        assert "What number 2 says." in clerk.device.text()
        clerk.key("q")
        assert "without an answer: 2" in clerk.device.text()


def _with_password(actor: Actor, name: str) -> None:
    person = db.session.get_one(Person, actor.person_id)
    person.email, person.language = f"{name}@example.org", "en"
    person.password_hash = hashed(PASSWORD)


def _signed_in(browser: Browser, at_work: Clockwork, name: str) -> Keyboard:
    device = window(browser, at_work.base)
    device.go("/sign-in")
    keyboard = Keyboard(device)
    keyboard.to("Skip to content")
    keyboard.to("E-mail address").type(f"{name}@example.org")
    keyboard.to("Password").type(PASSWORD)
    keyboard.to("Sign in").enter()
    return keyboard


def _a_round_and_a_vote(at_work: Clockwork) -> None:
    with at_work.app.app_context():
        house, hall = rounds.house(), votes.hall(3)
        rounds.at_stage(house, "open")
        votes.opened(hall)
        for name, delegate in (("writer", house.delegates[0]), ("voter", hall.delegates[0])):
            _with_password(delegate, name)
        db.session.commit()
