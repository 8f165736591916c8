"""A consultation in full over HTTP on SQLite and PostgreSQL: Unit, CECLAC, delegates, an approver, a network."""

from pathlib import Path

import pytest

from consultations.config import Settings
from tests.journeys.clockwork import clockwork
from tests.journeys.drivers import Pages
from tests.journeys.heard import STARTS, walk
from tests.journeys.world import World


def test_a_consultation_in_full_over_http(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with clockwork(settings, monkeypatch, STARTS) as at_work:
        walk(World(at_work, lambda width: Pages(at_work.base), tmp_path))
