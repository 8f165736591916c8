"""Matters without a round: their text frozen by a second person, their gates, and requirements suspended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import dossiers, drafts, effective_dates, standards, suspensions, text_freezes
from consultations.extensions import db
from consultations.facts.dossiers import dossier_facts
from consultations.facts.text_freezes import Frozen, frozen_text
from consultations.facts.texts import text_sha256
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.drafts import EffectiveDate
from consultations.models.events import Event
from consultations.models.organisations import NetworkKind
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from tests.engine.refusals import refused_with
from tests.factories import drafts as draft
from tests.factories import people
from tests.factories import rounds as make
from tests.factories import votes as make_votes
from workflows.roles import Role

AT = make.START
WHY = "La norma externa cambió."


@pytest.fixture
def house(app: Flask) -> make.House:
    return make.house()


def reviewed(house: make.House, kind: str) -> Dossier:
    """A dossier of a kind without rounds, in its final review."""
    made = make.dossier(house, kind=kind)
    dossiers.advance_dossier(made.id, "start_final_review", by=house.head, at=AT)
    return made


def own(house: make.House) -> Dossier:
    house.assembly.kind = NetworkKind.COUNTRY
    db.session.flush()
    return reviewed(house, "own_matter")


def freeze(dossier: Dossier, version: StandardVersion, by: object, reason: str = WHY, known: str = "") -> str:
    known = known or text_sha256(version.id)
    return text_freezes.freeze_text(dossier.id, version.id, reason=reason, known=known, by=by, at=AT)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["suspension", "advocacy"])
def test_the_chair_freezes_the_text_of_a_matter_without_a_round_and_it_can_reach_a_vote(
    house: make.House, kind: str
) -> None:
    made = reviewed(house, kind)
    before = dossier_facts(made, at=AT)
    assert (before.text_sha256, before.commission_approved) == (None, False)
    sha256 = freeze(made, house.version, house.chair)
    assert freeze(made, house.version, house.chair) == sha256 == house.version.text_sha256
    after = dossier_facts(made, at=AT)
    assert (after.text_sha256, after.commission_approved) == (sha256, True)
    assert frozen_text(made.id) == Frozen(house.version.id, sha256)
    said = db.session.scalars(select(Event).where(Event.name == "dossier_text_frozen")).all()
    assert [(one.person_id, one.reason) for one in said] == [(house.chair.person_id, WHY)]


def test_a_networks_own_text_is_frozen_by_the_head(house: make.House) -> None:
    made = own(house)
    with refused_with("frozen_by_other"):
        freeze(made, house.version, house.chair)
    assert freeze(made, house.version, house.head) == house.version.text_sha256


def test_everything_that_speaks_against_it_is_said_at_once(house: make.House) -> None:
    made = make.dossier(house, kind="revision")
    with refused_with("round_freezes_text", "move_not_from_here", "reason_missing"):
        freeze(made, house.version, house.chair, reason=" ")
    with refused_with("frozen_by_other"):
        freeze(reviewed(house, "advocacy"), house.version, house.head)


@pytest.mark.parametrize("wrote", ["drew it up", "reworded"])
def test_nobody_freezes_what_they_wrote(house: make.House, wrote: str) -> None:
    made = own(house)
    by = house.head if wrote == "drew it up" else house.unit
    version = drafts.draw_up(house.version.id, label="2.0", by=by, at=AT)
    if wrote == "reworded":
        draft.reword(draft.clause(version, "1.1.1"), "Otra cosa.", house.head)
    with refused_with("approver_is_author"):
        freeze(made, version, house.head)


def test_what_was_read_is_what_is_frozen(house: make.House) -> None:
    made = own(house)
    version = drafts.draw_up(house.version.id, label="2.0", by=house.unit, at=AT)
    known = text_sha256(version.id)
    draft.reword(draft.clause(version, "1.1.1"), "Otra cosa.", house.unit)
    with refused_with("edited_meanwhile"):
        freeze(made, version, house.head, known=known)
    assert version.text_sha256 is None


def test_one_text_stands_for_the_vote_until_the_dossier_is_redrafted(house: make.House) -> None:
    made = own(house)
    freeze(made, house.version, house.head)
    version = drafts.draw_up(house.version.id, label="2.0", by=house.unit, at=AT)
    with refused_with("text_frozen_before"):
        freeze(made, version, house.head)
    dossiers.advance_dossier(made.id, "redraft", reason=WHY, by=house.head, at=AT)
    assert (frozen_text(made.id), dossier_facts(made, at=AT).text_sha256) == (None, None)
    dossiers.advance_dossier(made.id, "start_final_review", by=house.head, at=AT)
    assert freeze(made, version, house.head) == version.text_sha256


def test_a_text_of_another_standard_or_a_chair_of_another_body(house: make.House) -> None:
    made = reviewed(house, "advocacy")
    other = make.standards.bilingual()
    with refused_with("text_of_other_standard"):
        freeze(made, other, house.chair)
    stranger = people.actor(Role.CHAIR, network=people.network())
    with refused_with("other_body"):
        freeze(made, house.version, stranger)


def test_a_vote_is_prepared_on_the_text_that_was_frozen_and_on_no_other(app: Flask) -> None:
    hall = make_votes.hall(1, kind="advocacy")
    stands = db.session.scalars(select(Round).where(Round.dossier_id == hall.dossier.id)).one()
    other = drafts.draw_up(
        hall.version.id, label="9.9", by=people.actor(Role.UNIT, network=people.network()), at=AT
    )
    standards.freeze(other, at=AT)
    with refused_with("voted_text_differs"):
        make_votes.prepared(replace(hall, version=other))
    assert make_votes.prepared(hall).version_id == stands.version_id


@pytest.mark.parametrize(("kind", "asks"), [("urgent", True), ("limited_review", True), ("revision", False)])
def test_who_sets_the_scope_writes_why_the_matter_is_of_its_kind(
    house: make.House, kind: str, asks: bool
) -> None:
    made = make.dossier(house, kind=kind, drafting=False)
    dossiers.advance_dossier(made.id, "assess", reason="Hace falta.", by=house.unit, at=AT)
    if asks:
        with refused_with("grounds_missing"):
            dossiers.advance_dossier(made.id, "scope", reason=" ", by=house.head, at=AT)
    dossiers.advance_dossier(made.id, "scope", reason=WHY if asks else "", by=house.head, at=AT)
    assert made.state == "scoped"


def test_a_networks_own_matter_is_not_put_to_the_whole_body(house: make.House) -> None:
    with refused_with("body_not_network"):
        make.dossier(house, kind="own_matter")


def suspension(house: make.House, state: str = "in_force") -> Dossier:
    made = make.dossier(house, kind="suspension")
    made.state = state
    db.session.flush()
    return made


TODAY, UNTIL = AT.date(), date(2027, 1, 1)


def applying(house: make.House, since: date = date(2025, 1, 1)) -> int:
    node = draft.clause(house.version, "1.1.1")
    effective_dates.set_date(node.id, "after", applies_from=since, by=house.unit, at=AT)
    return node.id


def test_a_suspension_in_force_puts_the_day_off_once(house: make.House) -> None:
    made, node_id = suspension(house), applying(house)
    with refused_with("requirement_in_force"):
        effective_dates.set_date(
            node_id, "after", applies_from=UNTIL, reason=WHY, known=1, by=house.unit, at=AT
        )
    rows = [
        suspensions.suspend(made.id, node_id, "after", until=UNTIL, reason=WHY, by=house.head, at=AT)
        for _ in range(2)
    ]
    assert rows[0].id == rows[1].id
    days = db.session.scalars(select(EffectiveDate.applies_from).order_by(EffectiveDate.id)).all()
    assert days == [date(2025, 1, 1), UNTIL]
    said = db.session.scalars(select(Event.name).order_by(Event.id)).all()
    assert said[-2:] == ["effective_date_changed", "requirement_suspended"]


@pytest.mark.parametrize(
    ("state", "since", "until", "reason", "codes"),
    [
        ("adopted", date(2025, 1, 1), UNTIL, WHY, ["suspension_not_in_force"]),
        ("in_force", TODAY + timedelta(days=1), UNTIL, WHY, ["requirement_not_in_force"]),
        ("in_force", TODAY, TODAY + timedelta(days=1), WHY, []),
        ("in_force", date(2025, 1, 1), TODAY, WHY, ["suspension_not_later"]),
        ("in_force", date(2025, 1, 1), None, " ", ["suspension_not_later", "reason_missing"]),
    ],
)
def test_the_gate_of_a_suspension(
    house: make.House, state: str, since: date, until: date | None, reason: str, codes: list[str]
) -> None:
    made, node_id = suspension(house, state), applying(house, since)
    given = {"until": until, "reason": reason, "by": house.head, "at": AT}
    if codes:
        with refused_with(*codes):
            suspensions.suspend(made.id, node_id, "after", **given)  # type: ignore[arg-type]
    else:
        assert suspensions.suspend(made.id, node_id, "after", **given).applies_from == until  # type: ignore[arg-type]


def test_who_may_not_suspend_and_what(house: make.House) -> None:
    made, node_id = suspension(house), applying(house)
    for by in (house.unit, house.chair):
        with refused_with("role_may_not"):
            suspensions.suspend(made.id, node_id, "after", until=UNTIL, reason=WHY, by=by, at=AT)
    ended = replace(house.head, mandate_id=987654)
    with refused_with("mandate_over"):
        suspensions.suspend(made.id, node_id, "after", until=UNTIL, reason=WHY, by=ended, at=AT)
    elsewhere = draft.clause(make.standards.bilingual(), "1.1.1").id
    with pytest.raises(NotFound):
        suspensions.suspend(made.id, elsewhere, "after", until=UNTIL, reason=WHY, by=house.head, at=AT)
