"""Who may what: one table over all workflows, written by hand from process.md."""

import pytest

from workflows.catalogue import WORKFLOWS
from workflows.machine import move_named, possible
from workflows.roles import Role, implies

# workflow: move | from (- where nothing exists yet) | who
WHO_MAY = {
    "dossier": """
        request | - | unit unit_head commission chair network organisation delegate
        assess | requested | unit unit_head
        scope | assessed | unit_head
        draft | scoped | unit unit_head
        enter_round | drafting in_round | unit unit_head system
        redraft | in_round final_review | unit_head chair
        start_final_review | drafting in_round | unit_head
        convene | final_review | president system
        adopt | convened | system
        not_adopt | convened | system
        call_again | convened | system president
        send | adopted not_adopted | unit_head
        record_outcome | sent | unit unit_head
        enter_force | outcome_recorded adopted | unit unit_head system
        come_due | in_force outcome_recorded not_adopted | system
        postpone | requested assessed scoped drafting in_round final_review | unit_head
        resume | postponed | unit_head
        withdraw | requested assessed scoped drafting in_round final_review postponed | unit_head chair
    """,
    "round": """
        create | - | unit unit_head
        edit | draft | unit unit_head
        submit | draft | unit unit_head
        return | commission_review synopsis_review | chair
        approve | commission_review | chair
        schedule | approved | unit_head
        open | scheduled | system unit_head
        pause | open | unit_head
        resume | paused | unit_head
        extend | open | unit_head chair
        grant_late | open closed | unit_head
        comment | open closed | delegate unit unit_head network
        no_comment | open closed | delegate unit unit_head network
        close | open | system unit_head
        reopen | closed | chair
        start_answers | closed | unit unit_head system
        submit_synopsis | answering | unit unit_head
        publish | synopsis_review | unit_head
        next_round | published | unit unit_head
        ready_for_vote | published | chair
        withdraw | draft commission_review approved scheduled open paused closed answering synopsis_review published | unit_head chair
    """,
    "review": """
        open_review | - | unit unit_head system
        take_position | open | commission chair
        lift_block | open | commission chair
        defer | open | chair
        approve | open | chair
        return | open | chair
    """,
    "comment": """
        draft | - | delegate unit unit_head network
        edit | draft submitted | delegate unit unit_head network
        ask_organisation | draft | delegate
        submit | draft | delegate unit unit_head network
        release | awaiting_organisation | organisation
        give_back | awaiting_organisation | organisation
        recall | awaiting_organisation | delegate
        withdraw | draft awaiting_organisation submitted | delegate unit unit_head network
        lapse | draft awaiting_organisation | system
        triage | submitted | unit unit_head
        propose | triaged proposed | unit unit_head
        return | proposed | unit unit_head chair
        decide | proposed | unit unit_head chair
        reverse | decided | unit unit_head chair
        answer | decided | unit unit_head system
        accept | answered | delegate
        object | answered | delegate
        fall_silent | answered | system
        answer_objection | objected | unit unit_head chair
        reconsider | objected | unit unit_head
        hide | submitted triaged proposed decided answered satisfied objected silent | unit_head
        show | submitted triaged proposed decided answered satisfied objected silent | unit_head chair
    """,
    "assembly": """
        prepare | - | secretary
        edit | draft | secretary
        convene | draft | president
        amend_roll | convened | secretary
        first_call | convened | president secretary
        second_call | first_call | president secretary
        third_call | second_call | president secretary
        install | first_call second_call third_call | president
        not_install | first_call second_call third_call | president
        admit | first_call second_call third_call installed | secretary scrutineer
        see_off | first_call second_call third_call installed | secretary scrutineer
        adjourn | installed | president
        resume | adjourned | president
        close | installed not_installed adjourned | president
        sign | closed | president secretary scrutineer
        sign_minutes | closed | president secretary
    """,
    "vote": """
        prepare | - | secretary
        edit | draft | secretary
        review | draft | president secretary scrutineer
        send_back | reviewed | president secretary
        convene | reviewed | president
        propose_roll | convened | secretary
        amend_roll | convened | president secretary scrutineer
        call_off | draft reviewed | president secretary
        call_off | convened | president
        open | convened | system president
        cast | open | delegate
        change | open | delegate
        suspend | open | president
        resume | suspended | president
        extend | open | president
        close | open | system president
        sign_void | open suspended | president scrutineer
        void | open suspended | president scrutineer
        count | closed | system
        no_quorum | counted | system
        leave_tied | counted | system
        break_tie | counted | president
        sign | counted | president secretary scrutineer
        proclaim | counted | president secretary scrutineer
        contest | provisional contested | organisation delegate
        uphold | contested | committee
        recount | contested | committee
        propose_annulment | contested | committee
        annul | contested | committee
        finalise | provisional | system
    """,
    "petition": """
        send | - | delegate organisation network
        withdraw | sent acknowledged | delegate organisation network
        acknowledge | sent | unit unit_head president system
        take_up | sent acknowledged | unit unit_head
        answer | sent acknowledged | unit unit_head president
    """,
}
LINES = [
    (workflow, *(part.strip() for part in line.split("|")))
    for workflow, table in WHO_MAY.items()
    for line in table.strip().splitlines()
]


MAY: dict[tuple[str, str], set[tuple[str, str]]] = {}
for _name, _move, _sources, _who in LINES:
    MAY.setdefault((_name, _move), set()).update((s, role) for s in _sources.split() for role in _who.split())


@pytest.mark.parametrize(("name", "move"), MAY)
def test_who_may_what_and_from_where(name, move):
    workflow, expected = WORKFLOWS[name], MAY[name, move]
    found = {
        ("-" if state is None else state.value, role.value)
        for state in (None, *workflow.states)
        for role in Role
        if move in possible(workflow, state, role)
    }
    assert found == expected


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_table_knows_every_move(name):
    assert {row.name for row in WORKFLOWS[name].moves} == {line[1] for line in LINES if line[0] == name}
    for _, move, *_ in (line for line in LINES if line[0] == name):
        assert move_named(WORKFLOWS[name], move)


# Where a move has several rows, which role is held to which guards.
SPLIT = [
    ("round", "open", "opening_reached", {"system"}),
    ("round", "open", "before_deadline", {"unit_head"}),
    ("round", "extend", "first_extension", {"unit_head"}),
    ("round", "extend", "extended_before", {"chair"}),
    ("round", "close", "deadline_reached", {"system"}),
    ("round", "close", "everybody_answered", {"unit_head"}),
    ("round", "start_answers", "grace_over", {"system"}),
    ("review", "lift_block", "block_is_own", {"commission"}),
    ("review", "lift_block", "second_member_agrees", {"chair"}),
    ("vote", "close", "deadline_reached", {"system"}),
    ("vote", "close", "president_may_close", {"president"}),
]


@pytest.mark.parametrize(("name", "move", "guard", "who"), SPLIT)
def test_which_role_a_guard_is_for(name, move, guard, who):
    rows = [row for row in move_named(WORKFLOWS[name], move) if guard in {g.__name__ for g in row.guards}]
    assert {role.value for row in rows for role in row.actors} == who


@pytest.mark.parametrize("role", Role)
def test_only_heads_stand_in_and_only_for_their_own_body(role):
    expected = {
        Role.UNIT_HEAD: {Role.UNIT_HEAD, Role.UNIT},
        Role.CHAIR: {Role.CHAIR, Role.COMMISSION},
    }.get(role, {role})
    assert implies(role) == expected
