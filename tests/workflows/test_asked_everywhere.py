"""What many moves ask alike: a reason, one's own organisation, the frozen hashes. And the pinned definitions."""

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import CLOSES
from workflows.catalogue import WORKFLOWS
from workflows.roles import Role

REASON = [
    ("dossier", "final_review", "redraft", Role.CHAIR),
    ("dossier", "drafting", "postpone", Role.UNIT_HEAD),
    ("dossier", "postponed", "resume", Role.UNIT_HEAD),
    ("dossier", "drafting", "withdraw", Role.UNIT_HEAD),
    ("dossier", "drafting", "withdraw", Role.CHAIR),
    ("round", "commission_review", "return", Role.CHAIR),
    ("round", "synopsis_review", "return", Role.CHAIR),
    ("round", "open", "pause", Role.UNIT_HEAD),
    ("round", "paused", "resume", Role.UNIT_HEAD),
    ("round", "open", "extend", Role.UNIT_HEAD),
    ("round", "open", "extend", Role.CHAIR),
    ("round", "open", "grant_late", Role.UNIT_HEAD),
    ("round", "closed", "reopen", Role.CHAIR),
    ("round", "published", "withdraw", Role.UNIT_HEAD),
    ("review", "open", "defer", Role.CHAIR),
    ("review", "open", "return", Role.CHAIR),
    ("comment", "awaiting_organisation", "give_back", Role.ORGANISATION),
    ("comment", "proposed", "return", Role.CHAIR),
    ("comment", "decided", "reverse", Role.CHAIR),
    ("comment", "answered", "object", Role.DELEGATE),
    ("comment", "objected", "reconsider", Role.UNIT),
    ("comment", "triaged", "hide", Role.UNIT_HEAD),
    ("comment", "answered", "show", Role.CHAIR),
    ("assembly", "draft", "propose_exception", Role.SECRETARY),
    ("assembly", "draft", "confirm_exception", Role.PRESIDENT),
    ("assembly", "draft", "drop_exception", Role.SCRUTINEER),
    ("assembly", "convened", "propose_roll", Role.SECRETARY),
    ("assembly", "convened", "amend_roll", Role.SECRETARY),
    ("assembly", "installed", "adjourn", Role.PRESIDENT),
    ("vote", "reviewed", "send_back", Role.SECRETARY),
    ("vote", "convened", "propose_roll", Role.SECRETARY),
    ("vote", "convened", "amend_roll", Role.SCRUTINEER),
    ("vote", "convened", "call_off", Role.PRESIDENT),
    ("vote", "reviewed", "call_off", Role.SECRETARY),
    ("vote", "open", "suspend", Role.PRESIDENT),
    ("vote", "suspended", "resume", Role.PRESIDENT),
    ("vote", "open", "extend", Role.PRESIDENT),
    ("vote", "open", "sign_void", Role.PRESIDENT),
    ("vote", "suspended", "void", Role.SCRUTINEER),
    ("vote", "provisional", "contest", Role.ORGANISATION),
    ("vote", "contested", "contest", Role.DELEGATE),
    ("vote", "contested", "uphold", Role.COMMITTEE),
    ("vote", "contested", "recount", Role.COMMITTEE),
    ("vote", "contested", "propose_annulment", Role.COMMITTEE),
    ("vote", "contested", "annul", Role.COMMITTEE),
]


@pytest.mark.parametrize(("workflow", "state", "move", "role"), REASON)
def test_a_reason_is_asked(workflow, state, move, role):
    assert codes(workflow, state, move, role, reason="   ") == ["reason_missing"]


OWN = [
    ("draft", "edit"),
    ("submitted", "edit"),
    ("draft", "ask_organisation"),
    ("draft", "submit"),
    ("awaiting_organisation", "recall"),
    ("submitted", "withdraw"),
    ("answered", "accept"),
    ("answered", "object"),
]


@pytest.mark.parametrize(("state", "move"), OWN)
def test_nobody_touches_the_comment_of_another_organisation(state, move):
    assert codes("comment", state, move, Role.DELEGATE, same_organisation=False) == ["comment_not_own"]


@pytest.mark.parametrize("move", ["release", "give_back"])
def test_nobody_approves_for_another_organisation(move):
    said = codes("comment", "awaiting_organisation", move, Role.ORGANISATION, same_organisation=False)
    assert said == ["comment_not_own"]


@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize("move", ["comment", "no_comment"])
@pytest.mark.parametrize("role", [Role.DELEGATE, Role.UNIT, Role.NETWORK])
def test_only_the_registered_are_heard(state, move, role):
    assert codes("round", state, move, role, registered=False) == ["organisation_not_registered"]


@pytest.mark.parametrize(
    ("state", "move", "role"),
    [
        ("draft", "edit", Role.SECRETARY),
        ("draft", "review", Role.PRESIDENT),
        ("reviewed", "convene", Role.PRESIDENT),
    ],
)
def test_a_vote_is_bound_to_a_text_and_a_rule(state, move, role):
    said = codes("vote", state, move, role, text_sha256=None, rule_sha256=None)
    assert said == ["text_not_bound", "rule_not_bound"]


def test_a_ballot_is_changed_on_the_terms_it_was_cast_on():
    wrong = {"on_roll": False, "mandate_from": None, "choice": "perhaps"}
    expected = ["organisation_not_on_roll", "mandate_not_in_force", "choice_unknown"]
    assert codes("vote", "open", "cast", Role.DELEGATE, **wrong) == expected
    assert codes("vote", "open", "change", Role.DELEGATE, **wrong) == expected


@pytest.mark.parametrize(
    ("workflow", "state", "move", "role", "otherwise", "expected"),
    [
        ("dossier", None, "request", Role.DELEGATE, {"title": ""}, ["title_missing"]),
        ("dossier", None, "request", Role.DELEGATE, {"kind": None}, ["kind_missing"]),
        ("round", None, "create", Role.UNIT, {"standard": None}, ["standard_missing"]),
        ("round", None, "create", Role.UNIT, {"draft_version": None}, ["draft_version_missing"]),
        ("review", None, "open_review", Role.UNIT, {"due_at": None}, ["due_date_missing"]),
        ("review", None, "open_review", Role.UNIT, {"author": None}, ["author_missing"]),
        ("comment", None, "draft", Role.DELEGATE, {"registered": False}, ["organisation_not_registered"]),
        ("comment", None, "draft", Role.DELEGATE, {"closes_at": None}, ["deadline_not_set"]),
        ("assembly", None, "prepare", Role.SECRETARY, {"agenda": " "}, ["agenda_missing"]),
        ("vote", None, "prepare", Role.SECRETARY, {"text_sha256": None}, ["text_not_bound"]),
        ("vote", None, "prepare", Role.SECRETARY, {"rule_sha256": None}, ["rule_not_bound"]),
    ],
)
def test_what_a_beginning_asks(workflow, state, move, role, otherwise, expected):
    assert codes(workflow, state, move, role, **otherwise) == expected


REST = [
    ("dossier", "scoped", "draft", Role.UNIT, {"standard": None}, ["standard_missing"]),
    ("dossier", "in_round", "redraft", Role.CHAIR, {"rounds_unfinished": 1}, ["round_unfinished"]),
    ("dossier", "convened", "not_adopt", Role.SYSTEM, {"vote_state": "contested"}, ["vote_not_final"]),
    ("dossier", "adopted", "enter_force", Role.UNIT, {"effective_at": None}, ["effective_date_not_reached"]),
    ("round", "draft", "edit", Role.UNIT, {"draft_version": None}, ["draft_version_missing"]),
    ("round", "open", "extend", Role.CHAIR, {"at": CLOSES}, ["deadline_passed"]),
    ("round", "open", "extend", Role.CHAIR, {"new_closes_at": CLOSES}, ["extension_not_later"]),
    ("round", "closed", "start_answers", Role.SYSTEM, {"imports_pending": 1}, ["imports_pending"]),
    ("round", "published", "next_round", Role.UNIT, {"anchors_pending": 1}, ["anchors_pending"]),
    ("comment", "draft", "ask_organisation", Role.DELEGATE, {"text": ""}, ["text_missing"]),
    ("comment", "draft", "ask_organisation", Role.DELEGATE, {"at": CLOSES}, ["deadline_passed"]),
    ("comment", "awaiting_organisation", "recall", Role.DELEGATE, {"at": CLOSES}, ["deadline_passed"]),
    ("comment", "awaiting_organisation", "release", Role.ORGANISATION, {"text": ""}, ["text_missing"]),
    ("comment", "proposed", "decide", Role.CHAIR, {"outcome": None}, ["outcome_missing"]),
    ("comment", "proposed", "decide", Role.CHAIR, {"response": None}, ["response_missing"]),
    ("comment", "objected", "answer_objection", Role.UNIT, {"response": None}, ["response_missing"]),
    ("assembly", "draft", "edit", Role.SECRETARY, {"agenda": None}, ["agenda_missing"]),
    ("assembly", "second_call", "third_call", Role.SECRETARY, {"quorum_met": True}, ["quorum_not_missed"]),
    ("assembly", "second_call", "third_call", Role.SECRETARY, {"next_call_at": None}, ["next_call_not_due"]),
    ("assembly", "adjourned", "resume", Role.PRESIDENT, {"quorum_met": False}, ["quorum_missing"]),
    ("assembly", "closed", "sign", Role.SECRETARY, {"minutes_sha256": None}, ["minutes_missing"]),
    ("vote", "open", "close", Role.PRESIDENT, {"board_head": None}, ["board_head_missing"]),
    ("vote", "counted", "proclaim", Role.SECRETARY, {"minutes_sha256": None}, ["minutes_missing"]),
    ("petition", None, "send", Role.DELEGATE, {"title": " "}, ["title_missing"]),
    ("petition", None, "send", Role.DELEGATE, {"text": ""}, ["petition_text_missing"]),
    ("petition", None, "send", Role.NETWORK, {"place": "body"}, ["petition_kind_not_yours"]),
    ("petition", "sent", "withdraw", Role.DELEGATE, {"own": False}, ["petition_not_own"]),
    (
        "petition",
        "sent",
        "acknowledge",
        Role.PRESIDENT,
        {"before_board": False},
        ["petition_not_for_the_board"],
    ),
    ("petition", "acknowledged", "take_up", Role.UNIT, {"dossier": None}, ["petition_dossier_missing"]),
    ("petition", "acknowledged", "answer", Role.UNIT, {"answer": " "}, ["petition_answer_missing"]),
    ("vote", "draft", "review", Role.SCRUTINEER, {"rule_in_force": False}, ["rule_not_in_force"]),
    ("vote", "reviewed", "convene", Role.PRESIDENT, {"rule_in_force": False}, ["rule_not_in_force"]),
    ("rule", "in_force", "supersede", Role.PRESIDENT, {"used_after": 1}, ["rule_used_afterwards"]),
]


@pytest.mark.parametrize(("workflow", "state", "move", "role", "otherwise", "expected"), REST)
def test_what_else_is_asked(workflow, state, move, role, otherwise, expected):
    assert codes(workflow, state, move, role, **otherwise) == expected


def test_the_chair_lifts_a_block_of_another_with_a_second_member_and_a_reason():
    said = codes("review", "open", "lift_block", Role.CHAIR, raised_by="x", second_member=None, reason=None)
    assert said == ["second_member_missing", "reason_missing"]  # the chair's own row, not that of any member
    assert codes("review", "open", "lift_block", Role.CHAIR, raised_by="x", reason="settled") == []


# A running dossier is pinned to version and hash: who changes a table gives it a new version, here too.
PINNED = {
    "dossier": (1, "28a742353a6ba6580a1ad2b4feeb1da5a35a2d2da9132ea463a62eeb6bd49c76"),
    "round": (2, "760eea2fe8932d67cc32caf23a9e56f3e30e017efa10d5e159a7f17508c87e2c"),
    "review": (1, "db251514a8abe6533fea380bdc0ed105ba61163c9c434a322bfac0c7e48839f0"),
    "comment": (4, "fb562fe2b033061f8872be20880e217b8c0529a1f03333711cf67d13df3293db"),
    "assembly": (3, "2402a495640531832e9add43be7f3f881f8bb5e6a248bf6f940df8d73383afc8"),
    "item": (4, "ecbb3edf23bf2cb200f533ef41f5d7c134ccd2b5d1c0e620a2c24696e1b5ffae"),
    "sheet": (3, "a019e051183b07d35190870bf90388e52dc1fdd13bcc1c663cf0c3e2c61ff7ca"),
    "vote": (10, "3c8297211022c31a3283b5b47e8386f1e44ba9adc58d815b772dae73bf8a97e0"),
    "petition": (2, "c99b249d50f6008af2c06def6e0904d1800d327b7e84ba9a850bb0576fd8eb1e"),
    "rule": (1, "38ab4ff5b438fa5c30e94c8e943f17d74fe9848885336d1addf465f91226a343"),
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_definition_changes_only_with_its_version(name):
    assert (WORKFLOWS[name].version, WORKFLOWS[name].sha256) == PINNED[name]
