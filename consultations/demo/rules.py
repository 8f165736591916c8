"""The rule of the demonstration's votes: two thirds, a majority of the countries, and at least a third voting."""

import json
from typing import Any

from workflows.presets import preset_text

KEY = "two-thirds-and-countries"
TITLE = {
    "es": "Dos tercios de los votos y mayoría de los países",
    "en": "Two thirds of the votes and a majority of the countries",
    "pt": "Dois terços dos votos e maioria dos países",
    "fr": "Deux tiers des voix et majorité des pays",
}
CITES = "Reglamento de votaciones de la demostración, art. 12 (sintético)"
A_THIRD_VOTES = {
    "id": "a_third_votes",
    "measure": "heads",
    "count": "voted",
    "base": "roll",
    "cmp": ">=",
    "share": "1/3",
}


def two_thirds_and_countries() -> dict[str, Any]:
    """The rule as parsed JSON, put together from two presets; a country without votes is left out of its majority."""
    two_thirds, double = json.loads(preset_text("two-thirds")), json.loads(preset_text("double-majority"))
    countries = next(line for line in double["pass"]["all"] if line["id"] == "countries")
    return {
        **two_thirds,
        "id": KEY,
        "title": TITLE,
        "cites": CITES,
        "quorum": [{"call": 1, "all": [A_THIRD_VOTES]}],
        "pass": {
            "all": [
                *two_thirds["pass"]["all"],
                {**countries, "empty_group": "ignored", "base": "groups_with_votes"},
            ]
        },
    }
