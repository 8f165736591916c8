"""A consultation in full in Debian's chromium, without JavaScript: delegates on a phone, staff at a laptop."""

import pytest
from playwright.sync_api import Browser

from consultations.config import Settings
from tests.journeys.clockwork import clockwork
from tests.journeys.heard import STARTS, walk
from tests.journeys.windows import window
from tests.journeys.world import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]


def test_a_consultation_in_full_in_chromium(
    browser: Browser, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clockwork(own_settings, monkeypatch, STARTS) as at_work:
        walk(World(at_work, lambda width: window(browser, at_work.base, width=width), own_settings.var))
