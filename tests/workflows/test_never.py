"""The "Never" lines of process.md, shown by walking every path; each walk is also shown to find a breach."""

from dataclasses import replace

import pytest

from tests.workflows.fitting import AFTER, BEFORE, CLOSES, INSTANT, OPENS, fitting
from tests.workflows.test_tables import reachable
from workflows.machine import SAME, Move, Workflow, advance, objections, possible
from workflows.refusals import Refused
from workflows.roles import Role
from workflows.round import ROUND, RoundState
from workflows.vote import VOTE, VoteState

S = VoteState
AFTER_CLOSING = {S.CLOSED, S.COUNTED, S.NO_QUORUM, S.TIED, S.PROVISIONAL, S.CONTESTED, S.FINAL, S.ANNULLED}
RESULTS = {S.COUNTED, S.NO_QUORUM, S.TIED, S.PROVISIONAL, S.CONTESTED, S.FINAL, S.ANNULLED}


def with_row(workflow: Workflow, *rows: Move) -> Workflow:
    return replace(workflow, moves=workflow.moves + rows)


def without_state(workflow: Workflow, state: str) -> Workflow:
    kept = tuple(row for row in workflow.moves if state not in row.sources and row.target != state)
    return replace(workflow, moves=kept)


def moves_from(workflow: Workflow, states: set) -> set[str]:
    return {row.name for row in workflow.moves if states & set(row.sources)}


def reopens(vote: Workflow) -> bool:
    return bool(reachable(vote, S.CLOSED) & {S.OPEN, S.SUSPENDED, S.CONVENED, S.REVIEWED, S.DRAFT})


def counts_before_closing(vote: Workflow) -> bool:
    return bool(reachable(without_state(vote, S.CLOSED), None) & RESULTS)


def edits_after_convening(vote: Workflow) -> bool:
    later = reachable(vote, S.CONVENED) | {S.CONVENED}
    return bool(later & {S.DRAFT, S.REVIEWED} or moves_from(vote, later) & {"edit", "prepare", "review"})


def collects_after_closing(vote: Workflow) -> bool:
    later = reachable(vote, S.CLOSED) | {S.CLOSED}
    return bool(moves_from(vote, later) & {"cast", "change", "extend", "resume"})


CHECKS = [
    (reopens, Move("reopen", S.COUNTED, S.OPEN, Role.PRESIDENT, event="e")),
    (reopens, Move("reopen", S.CONTESTED, S.SUSPENDED, Role.COMMITTEE, event="e")),
    (counts_before_closing, Move("peek", S.OPEN, S.COUNTED, Role.SYSTEM, event="e")),
    (counts_before_closing, Move("peek", S.SUSPENDED, S.PROVISIONAL, Role.SYSTEM, event="e")),
    (edits_after_convening, Move("edit", S.CONVENED, SAME, Role.SECRETARY, event="e")),
    (edits_after_convening, Move("send_back", S.CONVENED, S.DRAFT, Role.PRESIDENT, event="e")),
    (collects_after_closing, Move("cast", S.CLOSED, SAME, Role.DELEGATE, event="e")),
    (collects_after_closing, Move("cast", S.NO_QUORUM, SAME, Role.DELEGATE, event="e")),
]


@pytest.mark.parametrize(("check", "breach"), CHECKS)
def test_never(check, breach):
    assert check(VOTE) is False
    assert check(with_row(VOTE, breach)) is True


def test_what_can_follow_a_closed_vote():
    assert reachable(VOTE, S.CLOSED) | {S.CLOSED} == AFTER_CLOSING


def test_a_vote_without_quorum_is_over():
    assert reachable(VOTE, S.NO_QUORUM) == set()
    assert reachable(VOTE, S.TIED) == set()


def test_no_move_deletes_a_ballot():
    # Ballots are touched by these two alone; a change needs a ballot and leaves one.
    touching = {row.event for row in VOTE.moves if "ballot" in row.event}
    assert touching == {"ballot_cast", "ballot_changed"}
    assert {row.name for row in VOTE.moves if S.OPEN in row.sources} == {
        "cast",
        "change",
        "suspend",
        "extend",
        "close",
        "sign_void",
        "void",
    }


def guarded_walk(facts_at) -> set[tuple[str | None, object, str]]:
    """Every (state, instant, move) that can happen when time only goes on and all else is in order."""
    instants = (OPENS - INSTANT, OPENS, BEFORE, CLOSES - INSTANT, CLOSES, CLOSES + INSTANT, AFTER)
    seen, done, todo = set(), set(), [(None, 0)]
    while todo:
        state, tick = todo.pop()
        if (state, tick) in seen:
            continue
        seen.add((state, tick))
        if tick + 1 < len(instants):
            todo.append((state, tick + 1))
        for role in Role:
            for name in possible(VOTE, state, role):
                facts = facts_at(name, role, instants[tick])
                if not objections(VOTE, state, name, role, facts):
                    done.add((state, instants[tick], name))
                    todo.append((advance(VOTE, state, name, role, facts).state, tick))
    return done


def in_order(name, role, at):
    return fitting("vote", name, role, at=at, suspended_from=OPENS, rule_lets_president_close=False)


def test_walk_ballots_only_while_open_and_counts_only_after_the_deadline():
    done = guarded_walk(in_order)
    voted = {(state, at) for state, at, name in done if name in ("cast", "change")}
    assert voted == {(S.OPEN, OPENS), (S.OPEN, BEFORE), (S.OPEN, CLOSES - INSTANT)}
    assert {at for _, at, name in done if name == "close"} == {CLOSES, CLOSES + INSTANT, AFTER}
    assert {at for _, at, name in done if name == "count"} == {CLOSES, CLOSES + INSTANT, AFTER}
    assert {at for _, at, name in done if name == "sign"} == {CLOSES, CLOSES + INSTANT, AFTER}


@pytest.mark.parametrize(
    ("edited", "code"),
    [
        ({"text_sha256": "other"}, "text_changed"),
        ({"rule_sha256": "other"}, "rule_changed"),
        ({"roll_sha256": "other"}, "roll_changed"),
    ],
)
@pytest.mark.parametrize(("state", "move"), [(S.CONVENED, "open"), (S.CLOSED, "count")])
def test_what_was_edited_after_convening_is_neither_opened_nor_counted(state, move, edited, code):
    facts = fitting("vote", move, Role.SYSTEM, **edited)
    assert [answer.code for answer in objections(VOTE, state, move, Role.SYSTEM, facts)] == [code]


def test_a_closed_round_takes_comments_only_by_grant_or_grace():
    late = fitting("round", "comment", Role.DELEGATE, at=AFTER, late_until=None, grace_until=None)
    for state in (RoundState.OPEN, RoundState.CLOSED):
        with pytest.raises(Refused):
            advance(ROUND, state, "comment", Role.DELEGATE, late)
    for state in set(RoundState) - {RoundState.OPEN, RoundState.CLOSED}:
        assert not set(possible(ROUND, state, Role.DELEGATE))


def test_no_round_is_published_without_closing_and_answering():
    for state in (RoundState.CLOSED, RoundState.ANSWERING, RoundState.SYNOPSIS_REVIEW):
        assert not reachable(without_state(ROUND, state), None) & {
            RoundState.PUBLISHED,
            RoundState.READY_FOR_VOTE,
        }


def test_no_round_opens_without_the_commission():
    for state in (RoundState.COMMISSION_REVIEW, RoundState.APPROVED):
        assert RoundState.OPEN not in reachable(without_state(ROUND, state), None)
