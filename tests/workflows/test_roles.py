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
        draft | - | unit unit_head delegate network
        edit | draft submitted | unit unit_head delegate network
        ask_organisation | draft | delegate
        submit | draft | unit unit_head delegate network
        release | awaiting_organisation | organisation
        give_back | awaiting_organisation | organisation
        recall | awaiting_organisation | delegate
        withdraw | draft awaiting_organisation submitted | unit unit_head delegate network
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
        convene | draft | secretary president committee
        propose_exception | draft | secretary
        confirm_exception | draft | secretary president scrutineer
        drop_exception | draft | secretary president scrutineer
        propose_roll | convened | secretary
        amend_roll | convened | secretary president scrutineer
        postpone | convened | secretary president
        call_off | draft convened | president
        open_attendance | convened first_call second_call third_call installed suspended adjourned | secretary scrutineer
        close_attendance | convened first_call second_call third_call installed suspended adjourned | secretary scrutineer
        admit | convened first_call second_call third_call installed suspended adjourned | secretary scrutineer
        attend | convened first_call second_call third_call installed suspended adjourned | delegate
        leave | convened first_call second_call third_call installed suspended adjourned | delegate
        see_off | convened first_call second_call third_call installed suspended adjourned | secretary scrutineer
        first_call | convened | secretary president
        second_call | first_call | secretary president
        third_call | second_call | secretary president
        ask_quorum | first_call second_call third_call installed | secretary president
        install | first_call second_call third_call | president
        not_install | first_call second_call third_call | president
        take_up | installed | president
        suspend | installed | secretary president
        resume | suspended adjourned | president
        adjourn | installed suspended | president
        open_written | convened | secretary president system
        close_written | written | president system
        close | installed suspended not_installed adjourned | president
        make_minutes | closed | secretary
        sign | closed | secretary president scrutineer
        sign_minutes | closed | secretary president
    """,
    "vote": """
        prepare | - | secretary
        edit | draft | secretary
        review | draft | secretary president scrutineer
        send_back | reviewed | secretary president
        convene | reviewed | president
        propose_roll | convened | secretary
        commit_seed | draft reviewed convened | president scrutineer
        amend_roll | convened | secretary president scrutineer
        call_off | draft reviewed | secretary president
        call_off | convened | president
        open | convened | president system
        cast | open | delegate
        change | open | delegate
        suspend | open | secretary president
        resume | suspended | president
        extend | open | president
        close | open | president system
        sign_void | open suspended | president scrutineer
        void | open suspended | president scrutineer
        count | closed | system
        no_quorum | counted | system
        leave_tied | counted | system
        draw_lots | counted | president scrutineer
        break_tie | counted | president
        sign | counted | secretary president scrutineer
        proclaim | counted | secretary president scrutineer
        contest | provisional contested | delegate organisation
        uphold | contested | committee
        recount | contested | committee
        propose_annulment | contested | committee
        annul | contested | committee
        finalise | provisional | system
    """,
    "item": """
        add | - | secretary
        edit | planned | secretary
        take_off | planned | secretary
        move_amendment | - | secretary
        take_up | planned | president
        put_to_vote | discussed | president
        open_in_writing | planned | system
        decide | voted | president system
        note | discussed | president
        return | voted | president
        vote_again | voted | secretary
        reopen | decided | committee
        leave_annulled | decided | committee
        defer | planned discussed | president
        leave_over | planned discussed | president
        withdraw | planned discussed | president
    """,
    "sheet": """
        open | - | secretary scrutineer
        enter | opened | secretary scrutineer
        enter_again | entered | secretary scrutineer
        find_different | entered | secretary scrutineer
        resolve | different | secretary scrutineer
        correct | agreed | secretary scrutineer
        merge | agreed | secretary scrutineer
        cancel | opened entered different agreed | secretary scrutineer
    """,
    "petition": """
        send | - | delegate organisation network
        withdraw | sent acknowledged | delegate organisation network
        acknowledge | sent | unit unit_head president system
        take_up | sent acknowledged | unit unit_head
        answer | sent acknowledged | unit unit_head president
    """,
    "rule": """
        write | - | secretary commission chair
        edit | draft | secretary commission chair
        approve | draft | president secretary chair
        supersede | in_force | president secretary chair
        discard | draft | secretary commission chair president
        withdraw | in_force | president secretary chair
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
