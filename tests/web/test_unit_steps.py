"""The line of the process shows the steps that a dossier's kind has, and names who may act; tasks do the same."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import dossiers
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Round
from consultations.queries import tasks
from consultations.queries.round_steps import Step, steps_of, steps_of_dossier
from consultations.views.task_words import WORDS
from tests.factories import rounds as make
from workflows.dossier import DOSSIER, DossierKind, DossierState
from workflows.round import ROUND, RoundState

FULL = [
    "Request",
    "Scope and draft",
    "Consultation",
    "Final review",
    "The vote",
    "Decision",
    "Position sent",
    "In force",
]
WITHOUT_ROUND = [label for label in FULL if label != "Consultation"]
INSIDE = ["Request", "Scope and draft", "The vote", "Decision", "In force"]
KINDS = dict.fromkeys(DossierKind, FULL) | {
    DossierKind.SUSPENSION: WITHOUT_ROUND, DossierKind.ADVOCACY: WITHOUT_ROUND, DossierKind.OWN_MATTER: INSIDE,
}  # fmt: skip


def line(app: Flask, kind: str, state: str, round: str | None = None) -> tuple[Step, ...]:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        held = Round(number=1, state=round) if round else None
        return steps_of_dossier(Dossier(kind=kind, state=state), held)


def who(steps: tuple[Step, ...]) -> list[str]:
    return [step.who for step in steps if step.state == "now"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_dossier_shows_the_steps_of_its_kind(app: Flask, kind: DossierKind) -> None:
    assert [step.label for step in line(app, kind, "drafting")] == KINDS[kind]
    assert "Consultation" in [step.label for step in line(app, kind, "in_round", "open")]


WHO = [
    ("revision", "requested", None, ["The Unit acts"]),
    ("revision", "assessed", None, ["The head of the Unit acts"]),
    ("revision", "drafting", None, ["The Unit acts"]),
    ("advocacy", "drafting", None, ["The head of the Unit acts"]),
    ("revision", "in_round", None, ["The Unit acts"]),
    ("revision", "in_round", "approved", ["The head of the Unit acts"]),
    ("revision", "in_round", "scheduled", ["It opens by itself"]),
    ("revision", "in_round", "open", ["The organisations answer"]),
    ("revision", "final_review", "published", ["The Commission acts"]),
    ("revision", "final_review", "ready_for_vote", ["The assembly prepares the vote"]),
    ("own_matter", "final_review", None, ["The assembly prepares the vote"]),
    ("revision", "adopted", None, ["The head of the Unit acts"]),
    ("own_matter", "adopted", None, ["The Unit acts"]),
    ("revision", "withdrawn_by_unit", None, []),
]


@pytest.mark.parametrize(("kind", "state", "round", "named"), WHO)
def test_the_step_names_who_may_act(
    app: Flask, kind: str, state: str, round: str | None, named: list[str]
) -> None:
    assert who(line(app, kind, state, round)) == named


STANDING_STILL = {"withdrawn_by_unit", "withdrawn_by_commission", "postponed"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_that_a_kind_reaches_stands_on_its_line(app: Flask, kind: DossierKind) -> None:
    inside = kind is DossierKind.OWN_MATTER
    unreached = STANDING_STILL | ({"sent", "outcome_recorded"} if inside else set())
    for state in set(DossierState) - unreached:
        steps = line(app, kind, state, "open" if state == "in_round" else None)
        assert [step.state for step in steps].count("now") == 1, state
    assert DOSSIER.terminal >= {"withdrawn_by_unit", "withdrawn_by_commission"}


def test_every_state_of_a_round_but_withdrawn_stands_on_its_line(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        for state in set(RoundState) - {"withdrawn"}:
            steps = steps_of(Round(number=1, state=state, zone="UTC"), None)
            assert [step.state for step in steps].count("now") == 1, state
    assert "withdrawn" in ROUND.terminal


TASKS = [
    ("revision", (), "assess_request", "assess_request"),
    ("revision", ("assess",), "set_scope_comes", "set_scope"),
    ("revision", ("assess", "scope"), "begin_drafting", "begin_drafting"),
    ("revision", ("assess", "scope", "draft"), "write_round", "write_round"),
    ("suspension", ("assess", "scope", "draft"), "begin_review_comes", "begin_review"),
]


@pytest.mark.parametrize(("kind", "moves", "of_staff", "of_head"), TASKS)
def test_staff_are_not_told_to_do_what_only_the_head_may(
    app: Flask, client: FlaskClient, kind: str, moves: tuple[str, ...], of_staff: str, of_head: str
) -> None:
    house = make.house()
    made = make.dossier(house, drafting=False, kind=kind)
    for move in moves:
        dossiers.advance_dossier(made.id, move, reason="Hace falta.", by=house.head, at=make.START)
    (staff,), (head,) = (tasks.waiting(who, at=make.START) for who in (house.unit, house.head))
    assert (staff.kind, head.kind) == (of_staff, of_head)
    assert (staff.quiet, head.quiet) == (of_staff != of_head, False)
    assert {staff.kind, head.kind} <= set(WORDS)
