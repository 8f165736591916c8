"""Dossiers through the verbs, on real databases."""

import pytest
from flask import Flask

from consultations.engine import dossiers
from tests.factories import rounds as make
from workflows.refusals import Refused


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_dossier_is_led_step_by_step_to_drafting(app: Flask) -> None:
    house = make.house()
    row = make.dossier(house, drafting=False)
    states = [row.state]
    for move, by, reason in (
        ("assess", house.unit, "Hace falta."),
        ("scope", house.head, ""),
        ("draft", house.unit, ""),
    ):
        dossiers.advance_dossier(row.id, move, reason=reason, by=by, at=make.START)
        states.append(row.state)
    assert states == ["requested", "assessed", "scoped", "drafting"]


def test_a_dossier_says_all_that_is_missing(app: Flask) -> None:
    house = make.house()
    make.dossier(house, code="CAFE")
    with pytest.raises(Refused) as refused:
        dossiers.open_dossier(
            code="CAFE", titles={"es": " "}, kind="whatever", standard_id=house.version.standard_id,
            body_id=house.assembly.id, objectives={}, by=house.unit, at=make.START,
        )  # fmt: skip
    assert codes(refused) == ["code_taken", "title_missing", "kind_missing"]


@pytest.mark.parametrize(
    "other", [{"titles": {"es": "Otra"}}, {"kind": "urgent"}, {"objectives": {"es": "Otro"}}, {"by": "head"}]
)
def test_the_same_code_for_anything_else_or_by_another_person_is_taken(
    app: Flask, other: dict[str, object]
) -> None:
    house = make.house()
    values = {
        "code": "CAFE", "titles": {"es": "Café"}, "kind": "revision", "standard_id": house.version.standard_id,
        "body_id": house.assembly.id, "objectives": {"es": "Actualizar"}, "by": house.unit, "at": make.START,
    }  # fmt: skip
    first = dossiers.open_dossier(**values)
    assert dossiers.open_dossier(**values).id == first.id
    with pytest.raises(Refused) as refused:
        dossiers.open_dossier(**{**values, **({"by": house.head} if "by" in other else other)})
    assert codes(refused) == ["code_taken"]


def test_a_dossier_that_has_moved_on_is_not_opened_again(app: Flask) -> None:
    house = make.house()
    values = {
        "code": "CAFE", "titles": {"es": "Café"}, "kind": "revision", "standard_id": house.version.standard_id,
        "body_id": house.assembly.id, "objectives": {"es": "Actualizar"}, "by": house.unit, "at": make.START,
    }  # fmt: skip
    made = dossiers.open_dossier(**values)
    dossiers.advance_dossier(made.id, "assess", reason="Hace falta.", by=house.unit, at=make.START)
    with pytest.raises(Refused) as refused:
        dossiers.open_dossier(**values)
    assert codes(refused) == ["code_taken"]


def test_the_profile_is_public_once_the_objectives_are_written(app: Flask) -> None:
    house = make.house()
    row = make.dossier(house, drafting=False)
    row.objectives = {}
    with pytest.raises(Refused) as refused:
        dossiers.start_drafting(row.id, assessment="Hace falta.", by=house.head, at=make.START)
    assert codes(refused) == ["profile_not_public"]


def test_a_postponed_dossier_resumes_where_it_was(app: Flask) -> None:
    house = make.house()
    row = make.dossier(house)
    dossiers.advance_dossier(row.id, "postpone", reason="Sin fondos.", by=house.head, at=make.START)
    assert row.state == "postponed"
    dossiers.advance_dossier(row.id, "resume", reason="Hay fondos.", by=house.head, at=make.START)
    assert row.state == "drafting"


def test_following_what_the_table_does_not_allow_changes_nothing(app: Flask) -> None:
    house = make.house()
    row = make.dossier(house)
    assert (
        dossiers.follow(row, "adopt", by=house.unit, at=make.START, vote_state="final", vote_status="adopted")
        is False
    )
    assert row.state == "drafting"
