"""Kinds of dossier in the browser: their gates in words, a text frozen without a round, a requirement suspended."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.engine import dossiers, drafts, effective_dates
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.drafts import EffectiveDate
from consultations.queries import tasks
from consultations.views.task_words import WORDS
from consultations.wording_kinds import gates_said
from tests import browsing
from tests.factories import drafts as draft
from tests.factories import rounds as make
from tests.web.test_unit_drafts import english, read
from workflows.dossier import DossierKind

AT = make.START
WHY = "La norma externa cambió."


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    monkeypatch.setattr("consultations.clock.now", lambda: AT)
    return make.house()


def reviewed(house: make.House, kind: str = "advocacy") -> Dossier:
    made = make.dossier(house, kind=kind)
    dossiers.advance_dossier(made.id, "start_final_review", by=house.head, at=AT)
    db.session.commit()
    return made


SAID = {
    "urgent": ("A reason is needed: why it cannot wait.", "A round lasts at least 10 days."),
    "new_standard": (
        "At least 2 rounds of consultation.",
        "The first round lasts at least 60 days, later ones 30.",
    ),
    "suspension": (
        "No round of consultation is needed.",
        "the text is frozen by the chair of the Commission",
    ),
    "own_matter": (
        "A network decides it, under its own rules.",
        "the text is frozen by the head of the Unit",
    ),
    "limited_review": ("why the review is limited to these clauses", "A round lasts at least 30 days."),
}


@pytest.mark.parametrize("kind", DossierKind)
def test_every_kind_says_its_gates(app: Flask, kind: DossierKind) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = " ".join(gates_said(kind))
        assert gates_said("unheard of") == ()
    assert all(one in said for one in SAID.get(kind, ()))
    assert ("frozen by" in said) == (kind in ("suspension", "advocacy", "own_matter"))


def test_the_pages_say_which_gates_apply(house: make.House, client: FlaskClient) -> None:
    made = make.dossier(house, kind="urgent", drafting=False)
    dossiers.advance_dossier(made.id, "assess", reason="Hace falta.", by=house.unit, at=AT)
    db.session.commit()
    head = english(client, house.head)
    for page in (f"/unit/dossiers/{made.id}", "/unit/dossiers/new", f"/unit/dossiers/{made.id}/acts/scope"):
        assert "A reason is needed: why it cannot wait." in read(head, page)
    scope = f"/unit/dossiers/{made.id}/acts/scope"
    assert browsing.post(head, scope, reason="").status_code == 400
    assert browsing.post(head, scope, reason=WHY).status_code == 303
    db.session.refresh(made)
    assert made.state == "scoped"


def test_the_chair_freezes_the_text_in_the_browser(house: make.House, client: FlaskClient) -> None:
    made = reviewed(house)
    (task,) = tasks.waiting(house.chair, at=AT)
    assert (task.kind, task.kind in WORDS) == ("freeze_text", True)
    chair = english(client, house.chair)
    here = f"/unit/dossiers/{made.id}/freeze"
    assert here in read(chair, f"/unit/dossiers/{made.id}")
    assert "becomes the text on which the assembly votes" in read(chair, here)
    assert browsing.post(chair, here, reason="").status_code == 400
    for _ in range(2):
        answer = browsing.post(chair, here, reason=WHY)
        assert (answer.status_code, answer.location) == (303, f"/unit/dossiers/{made.id}")
    page = read(chair, f"/unit/dossiers/{made.id}")
    db.session.refresh(house.version)
    assert str(house.version.text_sha256) in page
    assert "The assembly prepares the vote" in page
    assert here not in page
    assert "The text was frozen without a round." in page
    assert tasks.waiting(house.chair, at=AT) == ()


def test_what_changed_since_it_was_shown_is_not_frozen(house: make.House, client: FlaskClient) -> None:
    made = reviewed(house)
    chair = english(client, house.chair)
    here = f"/unit/dossiers/{made.id}/freeze"
    version = drafts.draw_up(house.version.id, label="2.0", by=house.unit, at=AT)
    db.session.commit()
    answer = browsing.post(chair, here, reason=WHY, known="0" * 64)
    assert answer.status_code == 409
    db.session.refresh(version)
    assert version.text_sha256 is None


def test_the_head_reads_why_it_is_not_theirs_to_freeze(house: make.House, client: FlaskClient) -> None:
    made = reviewed(house)
    here = f"/unit/dossiers/{made.id}/freeze"
    head = english(client, house.head)
    assert "The text of a matter of this kind is frozen by" in read(head, here)
    assert here not in read(head, f"/unit/dossiers/{made.id}")
    assert browsing.post(head, here, reason=WHY).status_code == 409
    read(english(client, house.unit), here, 403)


def test_a_requirement_in_force_is_suspended_in_the_browser(house: make.House, client: FlaskClient) -> None:
    made = make.dossier(house, kind="suspension")
    node = draft.clause(house.version, "1.1.1")
    effective_dates.set_date(node.id, "after", applies_from=date(2025, 1, 1), by=house.unit, at=AT)
    effective_dates.set_date(node.id, "before", applies_from=date(2030, 1, 1), by=house.unit, at=AT)
    db.session.commit()
    head = english(client, house.head)
    here = f"/unit/dossiers/{made.id}/suspension"
    given = {"requirement": f"{node.id}-after", "until_on": "2027-01-01", "reason": WHY}
    early = browsing.post(head, here, **given)
    assert early.status_code == 409
    assert "This dossier is not a suspension that is in force." in early.get_data(as_text=True)
    made.state = "in_force"
    db.session.commit()
    assert here in read(head, f"/unit/dossiers/{made.id}")
    page = read(head, here)
    assert f"{node.id}-before" not in page
    assert browsing.post(head, here, **{**given, "requirement": None}).status_code == 400
    assert browsing.post(head, here, **given).status_code == 303
    days = db.session.scalars(select(EffectiveDate.applies_from).where(EffectiveDate.cohort == "after")).all()
    assert days == [date(2025, 1, 1), date(2027, 1, 1)]
    assert "No requirement of this standard" in read(head, here)
