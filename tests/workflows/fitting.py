"""Facts under which a move may be made: the starting point from which tests take one thing away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workflows.assembly import AssemblyFacts, AssemblyForm
from workflows.comment import CommentFacts, CommentOutcome
from workflows.dossier import DossierFacts, DossierKind
from workflows.elections.lots import commitment
from workflows.item import ItemFacts
from workflows.petition import PetitionFacts, PetitionKind
from workflows.review import PositionKind, ReviewFacts
from workflows.roles import Role
from workflows.round import RoundFacts
from workflows.rule_book import RuleFacts
from workflows.sheet import SheetFacts
from workflows.vote import VoteFacts

CLOSES = datetime(2026, 11, 27, 6, tzinfo=UTC)
OPENS = CLOSES - timedelta(days=60)
BEFORE, AFTER = CLOSES - timedelta(days=1), CLOSES + timedelta(days=1)
LATER = CLOSES + timedelta(days=7)
INSTANT = timedelta(microseconds=1)
THREE = ((Role.PRESIDENT, "p"), (Role.SECRETARY, "s"), (Role.SCRUTINEER, "t"))

_ROUND = RoundFacts(
    at=BEFORE,
    actor="actor",
    author="author",
    reason="because",
    standard="coffee",
    draft_version="1",
    clauses_unnumbered=0,
    clauses_repeated=(),
    questions_invalid=0,
    languages_missing=(),
    objectives="to hear",
    register_size=1,
    positions_taken=5,
    positions_needed=5,
    blocks=0,
    synopsis_approved=True,
    opens_at=OPENS,
    closes_at=CLOSES,
    zone="America/Managua",
    days=60,
    minimum_days=60,
    new_closes_at=LATER,
    extensions=0,
    extensions_allowed=2,
    extension_days=60,
    paused_from=BEFORE,
    text_sha256="aa",
    frozen_sha256="aa",
    registered=True,
    imports_pending=0,
    organisations_missing=0,
    answers_published=0,
    points_without_outcome=0,
    points_without_response=0,
    anchors_pending=0,
    second_person_pending=0,
    consents_missing=0,
    small_cells=0,
    new_version="2",
    redline=True,
    satisfaction_until=LATER,
    objections_unanswered=0,
    voted_sha256="aa",
    changes_unexplained=0,
    late_organisation="one",
    late_until=LATER,
    grace_until=AFTER,
    drafted_at=BEFORE,
)
_REVIEW = ReviewFacts(
    at=BEFORE,
    actor="actor",
    author="author",
    reason="because",
    is_member=True,
    position=PositionKind.APPROVE,
    positions_taken=5,
    positions_needed=5,
    blocks=0,
    raised_by="actor",
    second_member="another",
    due_at=CLOSES,
    new_due_at=LATER,
    deferrals=0,
)
_COMMENT = CommentFacts(
    at=BEFORE,
    actor="actor",
    author="author",
    reason="because",
    text="clearer, please",
    same_organisation=True,
    registered=True,
    approval_asked=False,
    closes_at=CLOSES,
    outcome=CommentOutcome.NOTED,
    response="thank you",
    proposed_by="proposer",
    decided_by="decider",
    hidden=False,
    synopsis_published=True,
    satisfaction_until=LATER,
)
_ASSEMBLY = AssemblyFacts(
    at=BEFORE,
    actor="actor",
    second_person="another",
    reason="because",
    agenda="one point",
    starts_at=CLOSES,
    notice_days=30,
    notice_days_needed=30,
    roll_size=1,
    roll_sha256="aa",
    new_roll_sha256="bb",
    roll_change_published=True,
    needs_exception=True,
    new_starts_at=LATER,
    latest_start_at=LATER,
    acting=Role.PRESIDENT,
    conveners=(Role.PRESIDENT, Role.SECRETARY),
    form=AssemblyForm.HYBRID,
    forms_allowed=tuple(AssemblyForm),
    closes_at=LATER,
    quorum_met=True,
    quorum_again=True,
    call=1,
    calls_allowed=2,
    next_call_at=BEFORE,
    on_roll=True,
    present=False,
    mode="online",
    attends_elsewhere=False,
    attendance_open=True,
    adjourned_to=LATER,
    item="1",
    items_before=0,
    votes_open=0,
    minutes_sha256="cc",
    signers=THREE,
)
_VOTE = VoteFacts(
    at=BEFORE,
    actor="actor",
    author="author",
    second_person="another",
    reason="because",
    text_sha256="aa",
    frozen_text_sha256="aa",
    rule_sha256="bb",
    frozen_rule_sha256="bb",
    rule_faults=0,
    rule_in_force=True,
    samples_shown=3,
    notice_days=15,
    notice_days_needed=15,
    roll_size=1,
    roll_sha256="cc",
    frozen_roll_sha256="cc",
    new_roll_sha256="dd",
    roll_change_published=True,
    opens_at=OPENS,
    closes_at=CLOSES,
    new_closes_at=LATER,
    suspended_from=BEFORE,
    extensions=0,
    extension_days=60,
    rule_lets_president_close=True,
    quorum_of_call_met=True,
    on_roll=True,
    mandate_from=OPENS,
    choices=("yes", "no"),
    choice="yes",
    has_ballot=True,
    board_head="head",
    sheets_waiting=(),
    decision_sha256="ee",
    status="adopted",
    next_vote="2",
    tie_breaker="yes",
    minutes_sha256="ff",
    signers=THREE,
    contest_until=LATER,
    recount_sha256="gg",
    contests_waiting=0,
    draws_lots=True,
    seed_commitment=commitment("a seed that is kept"),
    seed="a seed that is kept",
)
_DOSSIER = DossierFacts(
    at=BEFORE,
    reason="because",
    kind=DossierKind.REVISION,
    title="Coffee",
    assessment="worth it",
    profile_public=True,
    standard="coffee",
    rounds_held=1,
    rounds_unfinished=0,
    round_id="1",
    commission_approved=True,
    text_sha256="aa",
    vote_state="final",
    vote_status="adopted",
    position="we agree",
    outcome="accepted",
    outcome_accepts=True,
    effective_at=OPENS,
    review_at=OPENS,
)
_PETITION = PetitionFacts(
    at=BEFORE,
    kind=PetitionKind.REQUEST,
    place="organisation",
    title="Deadlines",
    text="Longer, please",
    matter_published=True,
    own=True,
    answer="because",
    dossier="1",
    before_board=True,
)
_ITEM = ItemFacts(
    reason="because",
    title="Secretary of the assembly",
    kind="decision",
    motion="Ana is named secretary.",
    block="",
    agenda_frozen=False,
    in_session=True,
    assembly_over=False,
    before_it=(),
    amendments=(),
    amendments_in_vote=(),
    text_open=True,
    vote="A-1-V1",
    votes_open=0,
    vote_settled=True,
    vote_follows=True,
)
_SHEET = SheetFacts(
    actor="actor",
    reason="because",
    serial="0001",
    counters=("Ana", "Luis"),
    first_reader="another",
    lines=3,
    used=3,
    differences=0,
    elsewhere=(),
    absent=(),
    taking_ballots=True,
)
_RULE = RuleFacts(
    at=BEFORE,
    actor="actor",
    author="author",
    reason="because",
    titled=True,
    cites="Statutes, art. 31",
    faults=0,
    in_force_from=date(2026, 1, 1),
    used=0,
    used_after=0,
    overlaps=0,
)
_BASE: dict[str, Any] = {
    "item": _ITEM,
    "sheet": _SHEET,
    "rule": _RULE,
    "petition": _PETITION,
    "round": _ROUND,
    "review": _REVIEW,
    "comment": _COMMENT,
    "assembly": _ASSEMBLY,
    "vote": _VOTE,
    "dossier": _DOSSIER,
}

# (workflow, move, role or None for all): what that move needs otherwise than the others.
_OTHERWISE: dict[tuple[str, str, Role | None], dict[str, Any]] = {
    ("round", "schedule", None): {"at": OPENS - INSTANT},
    ("round", "resume", None): {"new_closes_at": CLOSES},
    ("round", "extend", Role.CHAIR): {"extensions": 1},
    ("round", "close", Role.SYSTEM): {"at": CLOSES},
    ("round", "start_answers", Role.SYSTEM): {"at": AFTER},
    ("round", "ready_for_vote", None): {"at": LATER},
    ("comment", "ask_organisation", None): {"approval_asked": True},
    ("comment", "show", None): {"hidden": True},
    ("comment", "lapse", None): {"at": CLOSES},
    ("comment", "triage", None): {"at": CLOSES},
    ("comment", "fall_silent", None): {"at": LATER},
    ("assembly", "first_call", None): {"at": CLOSES},
    ("assembly", "second_call", None): {"quorum_met": False},
    ("assembly", "third_call", None): {"quorum_met": False, "call": 2, "calls_allowed": 3},
    ("assembly", "not_install", None): {"quorum_met": False, "call": 2},
    ("assembly", "see_off", None): {"present": True},
    ("assembly", "leave", None): {"present": True},
    ("item", "note", None): {"kind": "information"},
    ("item", "leave_over", None): {"assembly_over": True},
    ("item", "leave_annulled", None): {"assembly_over": True},
    ("sheet", "find_different", None): {"differences": 2},
    ("assembly", "open_attendance", None): {"attendance_open": False},
    ("assembly", "open_written", None): {"form": AssemblyForm.WRITTEN, "at": CLOSES},
    ("assembly", "close_written", None): {"form": AssemblyForm.WRITTEN, "at": LATER},
    ("vote", "propose_roll", None): {"at": OPENS - INSTANT},
    ("vote", "amend_roll", None): {"at": OPENS - INSTANT},
    ("vote", "sign_void", None): {"signers": ()},
    ("vote", "annul", None): {"signers": ((Role.COMMITTEE, "c"), (Role.COMMITTEE, "d"))},
    ("vote", "resume", None): {"new_closes_at": CLOSES},
    ("vote", "close", Role.SYSTEM): {"at": CLOSES},
    ("vote", "no_quorum", None): {"status": "no_quorum"},
    ("vote", "leave_tied", None): {"status": "tie_pending"},
    ("vote", "break_tie", None): {"status": "tie_pending"},
    ("vote", "draw_lots", None): {"status": "tie_pending"},
    ("vote", "finalise", None): {"at": LATER},
    ("petition", "acknowledge", Role.SYSTEM): {"kind": PetitionKind.REMARK},
    ("petition", "acknowledge", Role.PRESIDENT): {"kind": PetitionKind.CONCERN, "place": "product"},
    ("petition", "answer", Role.PRESIDENT): {"kind": PetitionKind.CONCERN, "place": "workers"},
    ("dossier", "not_adopt", None): {"vote_status": "rejected"},
    ("dossier", "call_again", None): {"vote_state": "voided"},
}


def fitting(workflow: str, move: str, role: Role, state: str | None = None, **otherwise: Any) -> Any:
    """Facts under which `role` may make `move`; `otherwise` replaces some of them."""
    facts = _BASE[workflow]
    facts = replace(facts, **_OTHERWISE.get((workflow, move, None), {}))
    facts = replace(facts, **_OTHERWISE.get((workflow, move, role), {}))
    if workflow == "dossier" and move == "resume":
        facts = replace(facts, postponed_from="drafting")
    if workflow == "dossier" and move == "enter_force" and state == "adopted":
        facts = replace(facts, kind=DossierKind.OWN_MATTER)
    if workflow == "assembly" and move == "resume" and state == "adjourned":
        facts = replace(facts, at=LATER)
    return replace(facts, **otherwise)


EMPTY: dict[str, Any] = {name: type(facts)() for name, facts in _BASE.items()}
