"""The whole path over HTTP on PostgreSQL, by every actor, from the register to the outside answer."""

from pathlib import Path

import pytest

from consultations.config import Settings
from tests.journeys.clockwork import clockwork
from tests.journeys.drivers import Pages
from tests.journeys.letter_box import kinds, mails
from tests.journeys.path import STARTS, walk
from tests.journeys.world import World

# What somebody gets for each organisation they act for, if it answers and votes in time.
ASKED = {"round_opened": 1, "comment_received": 1, "round_closed": 1, "answers_published": 1}
CALLED = {"vote_convened": 1, "vote_opened": 1, "ballot_receipt": 1, "vote_closed": 1, "vote_result": 1}
MEMBER = {"review_opened": 3}  # the draft, the draft once more, the synopsis
STAFF = {"review_decided": 3, "round_closed": 1}
OFFICER = {"signature_wanted": 1}
EXPECTED = {
    "chair": MEMBER,
    "member": MEMBER,
    "sceptic": MEMBER,
    "unit": STAFF,
    "head": STAFF,
    "flor": {**ASKED, **CALLED, "ballot_receipt": 2},  # changed the vote
    # Acts for two, of which one has no comment and one objected.
    "valle": {kind: 2 * count for kind, count in (ASKED | CALLED).items()}
    | {"comment_received": 1, "objection_answered": 2},
    # Took the comment back, and so had not answered.
    "sierra": {
        "round_opened": 1,
        "comment_received": 1,
        "round_closing_soon": 3,
        "round_closed": 1,
        **CALLED,
    },
    # Neither commented nor voted in time.
    "puerto": {
        "round_opened": 1,
        "round_closing_soon": 3,
        "round_closed": 1,
        "vote_convened": 1,
        "vote_opened": 1,
        "vote_closing_soon": 3,
        "vote_closed": 1,
        "vote_result": 1,
    },
    "secretary": OFFICER,
    "president": OFFICER,
    "scrutineer": OFFICER,
}


@pytest.mark.postgres
def test_the_whole_path_over_http(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with clockwork(settings, monkeypatch, STARTS) as at_work:
        walk(World(at_work, lambda width: Pages(at_work.base), tmp_path, word=True))
    found = mails(settings.var)
    assert kinds(found) == EXPECTED
    assert {mail.language for mail in found if mail.to == "flor"} == {"es"}
    assert {mail.language for mail in found if mail.to != "flor"} == {"en"}
    said = {(mail.to, mail.kind): mail for mail in found}
    assert said["flor", "round_opened"].subject == "Se reciben comentarios: Criterio de café"
    assert said["sierra", "round_opened"].subject == "Open for comments: Coffee standard"
    assert "Flor del Café" in said["flor", "ballot_receipt"].text
    assert "In favour" not in said["sierra", "ballot_receipt"].text
