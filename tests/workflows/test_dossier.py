"""A dossier's guards, and what each kind asks for."""

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import INSTANT, OPENS, fitting
from workflows.dossier import DOSSIER, KINDS, DossierKind, Gate
from workflows.machine import advance
from workflows.roles import Role

UNIT, HEAD, CHAIR, SYS, P = Role.UNIT, Role.UNIT_HEAD, Role.CHAIR, Role.SYSTEM, Role.PRESIDENT
K = DossierKind


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "expected"),
    [
        ("requested", "assess", UNIT, {"assessment": None}, ["assessment_missing"]),
        ("assessed", "scope", HEAD, {"profile_public": False}, ["profile_not_public"]),
        ("assessed", "scope", HEAD, {"profile_public": False, "kind": K.URGENT}, []),
        ("drafting", "enter_round", UNIT, {"round_id": None}, ["round_missing"]),
        ("in_round", "enter_round", UNIT, {"rounds_unfinished": 1}, ["round_unfinished"]),
        ("in_round", "start_final_review", HEAD, {"rounds_unfinished": 1}, ["round_unfinished"]),
        ("in_round", "start_final_review", HEAD, {"kind": None}, ["kind_missing"]),
        ("final_review", "convene", P, {"commission_approved": False}, ["final_review_not_approved"]),
        ("final_review", "convene", P, {"commission_approved": False, "kind": K.OWN_MATTER}, []),
        ("final_review", "convene", P, {"text_sha256": None}, ["text_not_bound"]),
        ("convened", "adopt", SYS, {"vote_state": "provisional"}, ["vote_not_final"]),
        ("convened", "adopt", SYS, {"vote_status": "rejected"}, ["vote_did_not_adopt"]),
        ("convened", "not_adopt", SYS, {"vote_status": "adopted"}, ["vote_did_not_reject"]),
        ("convened", "call_again", SYS, {"vote_state": "final"}, ["vote_has_result"]),
        ("convened", "call_again", SYS, {"vote_state": "no_quorum"}, []),
        ("convened", "call_again", SYS, {"vote_state": "tied"}, []),
        ("convened", "call_again", SYS, {"vote_state": "counted"}, ["vote_has_result"]),
        ("convened", "call_again", SYS, {"vote_state": "annulled"}, []),
        ("adopted", "send", HEAD, {"kind": K.OWN_MATTER}, ["nothing_to_send"]),
        ("not_adopted", "send", HEAD, {}, []),
        ("adopted", "send", HEAD, {"position": ""}, ["position_text_missing"]),
        ("sent", "record_outcome", UNIT, {"outcome": None}, ["outside_outcome_missing"]),
        ("outcome_recorded", "enter_force", SYS, {"outcome_accepts": False}, ["outside_did_not_accept"]),
        ("adopted", "enter_force", SYS, {"kind": K.REVISION}, ["outside_decides"]),
        ("convened", "withdraw", HEAD, {}, ["move_not_from_here"]),
        ("drafting", "postpone", HEAD, {"reason": None}, ["reason_missing"]),
        ("postponed", "resume", HEAD, {"reason": None}, ["reason_missing"]),
        ("postponed", "resume", HEAD, {"postponed_from": "convened"}, ["postponed_elsewhere"]),
    ],
)
def test_what_speaks_against_it(state, move, role, otherwise, expected):
    assert codes("dossier", state, move, role, **otherwise) == expected


@pytest.mark.parametrize(
    ("state", "move", "code"),
    [
        ("outcome_recorded", "enter_force", "effective_date_not_reached"),
        ("in_force", "come_due", "review_date_not_reached"),
    ],
)
def test_just_before_and_at_a_date(state, move, code):
    said = [codes("dossier", state, move, SYS, at=OPENS + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [[code], [], []]


@pytest.mark.parametrize("state", ["requested", "assessed", "scoped", "drafting", "in_round", "final_review"])
def test_it_resumes_where_it_was_postponed(state):
    facts = fitting("dossier", "resume", HEAD, postponed_from=state)
    assert advance(DOSSIER, "postponed", "resume", HEAD, facts).state == state


@pytest.mark.parametrize(
    ("role", "state", "event"),
    [
        (HEAD, "withdrawn_by_unit", "dossier_withdrawn_by_unit"),
        (CHAIR, "withdrawn_by_commission", "dossier_withdrawn_by_commission"),
    ],
)
def test_who_withdraws_is_kept(role, state, event):
    step = advance(DOSSIER, "drafting", "withdraw", role, fitting("dossier", "withdraw", role))
    assert (step.state, step.event) == (state, event)


@pytest.mark.parametrize(
    ("kind", "rounds"),
    [
        (K.NEW_STANDARD, 2),
        (K.REVISION, 1),
        (K.LIMITED_REVIEW, 1),
        (K.URGENT, 1),
        (K.PRICE, 1),
        (K.SUSPENSION, 0),
        (K.ADVOCACY, 0),
        (K.OWN_MATTER, 0),
    ],
)
def test_rounds_per_kind(kind, rounds):
    assert codes("dossier", "drafting", "start_final_review", HEAD, kind=kind, rounds_held=rounds) == []
    fewer = codes("dossier", "drafting", "start_final_review", HEAD, kind=kind, rounds_held=rounds - 1)
    assert fewer == ["rounds_too_few"]


def test_every_kind_has_its_rules():
    assert set(KINDS) == set(DossierKind)
    assert KINDS[K.NEW_STANDARD].gates == set(Gate)


def test_later_rounds_last_as_long_as_the_last_one_given():
    assert [KINDS[K.NEW_STANDARD].days_of_round(number) for number in (1, 2, 3)] == [60, 30, 30]
    assert [KINDS[K.PRICE].days_of_round(number) for number in (1, 2)] == [30, 30]
