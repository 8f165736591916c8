"""One chromium for all tests of this folder; left out, and said so, where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from consultations.config import Settings
from tests.conftest import CHROMIUM, left_out
from tests.journeys.windows import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    if not CHROMIUM:
        left_out("Chromium", "no chromium was found (apt-get install chromium, or set CHROMIUM)")
    with chromium(str(CHROMIUM)) as started:
        yield started


@pytest.fixture(scope="module", autouse=True)
def windows_closed(browser: Browser) -> Iterator[None]:
    """The windows of a module are closed with it: the next one finds a browser that has nothing open."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="module")
def own_settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An empty, migrated SQLite database of this module's own."""
    var = tmp_path_factory.mktemp("walk")
    shutil.copy(sqlite_template, var / "walk.sqlite3")
    return Settings(
        var=var, DATABASE_URL=f"sqlite:///{var / 'walk.sqlite3'}", secret_key="a test's own secret"
    )
