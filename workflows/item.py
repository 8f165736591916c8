"""An item of an assembly's agenda: taken up in its turn, put to the vote with its amendments first, decided."""

from dataclasses import dataclass
from enum import StrEnum

from workflows import guards
from workflows.guards import reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal, refusal
from workflows.roles import Role


class ItemState(StrEnum):
    """Where an item is."""

    PLANNED = "planned"
    DISCUSSED = "discussed"
    VOTED = "voted"
    DECIDED = "decided"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ItemFacts:
    """What is known at the instant of the act. Items and votes are named by their numbers and codes."""

    reason: str | None = None
    title: str | None = None
    kind: str | None = None  # information, decision, election
    motion: str | None = None
    block: str | None = None  # the word that it shares with the items of its block; "" without one
    agenda_frozen: bool | None = None  # the assembly is convened
    in_session: bool | None = None  # the assembly is installed, or its written procedure runs
    assembly_over: bool | None = None  # the assembly is closed, was called off, or could not be installed
    before_it: tuple[str, ...] | None = None  # items of the agenda before it that are not settled
    amendments: tuple[str, ...] | None = None  # amendments to it that are not settled
    amendments_in_vote: tuple[str, ...] | None = None  # those of them that were put to the vote
    text_open: bool | None = None  # what it amends, if anything, is planned or under discussion
    vote: str | None = None  # the code of its vote, once it is convened
    votes_open: int | None = None  # other votes of the assembly that are open
    vote_settled: bool | None = None  # its vote is counted, and nothing of it waits
    vote_follows: bool | None = None  # its vote ended so that another one is to be held on the same matter


def title_written(facts: ItemFacts) -> Refusal | None:
    """It has a title."""
    return guards.unless(bool((facts.title or "").strip()), "item_title_missing")


def motion_written(facts: ItemFacts) -> Refusal | None:
    """What is to be decided is there word for word; what is only heard needs none."""
    ok = facts.kind == "information" or bool((facts.motion or "").strip())
    return guards.unless(ok, "motion_missing")


def agenda_open(facts: ItemFacts) -> Refusal | None:
    """The assembly is not convened yet: whoever is called reads the agenda that will be dealt with."""
    return guards.unless(facts.agenda_frozen is False, "agenda_frozen")


def in_session(facts: ItemFacts) -> Refusal | None:
    """The assembly is installed."""
    return guards.unless(facts.in_session is True, "not_in_session")


def block_votes(facts: ItemFacts) -> Refusal | None:
    """Only motions are put to one vote together: nobody votes on what is heard, and an election has a ballot of its own."""
    return guards.unless(facts.block == "" or facts.kind == "decision", "block_of_others")


def assembly_goes_on(facts: ItemFacts) -> Refusal | None:
    """Nothing of its agenda changes once it is over: its minutes are made of it."""
    return guards.unless(facts.assembly_over is False, "assembly_over")


def text_undecided(facts: ItemFacts) -> Refusal | None:
    """What it amends is still to be put to the vote."""
    return guards.unless(facts.text_open is True, "amended_text_settled")


def no_amendment_in_vote(facts: ItemFacts) -> Refusal | None:
    """Amendments go with their text, unless members are voting on one of them."""
    if facts.amendments_in_vote == ():
        return None
    return refusal("amendments_in_vote", items=", ".join(facts.amendments_in_vote or ("?",)))


def assembly_over(facts: ItemFacts) -> Refusal | None:
    """The assembly is over: nothing more of its agenda is dealt with."""
    return guards.unless(facts.assembly_over is True, "assembly_not_over")


def in_its_turn(facts: ItemFacts) -> Refusal | None:
    """What comes before it on the agenda is settled."""
    if facts.before_it == ():
        return None
    return refusal("items_unsettled", items=", ".join(facts.before_it or ("?",)))


def amendments_settled(facts: ItemFacts) -> Refusal | None:
    """Amendments are voted on before the main text."""
    if facts.amendments == ():
        return None
    return refusal("amendments_before", items=", ".join(facts.amendments or ("?",)))


def to_be_decided(facts: ItemFacts) -> Refusal | None:
    """It is there to be decided, and its vote is convened."""
    return guards.unless(
        facts.kind in ("decision", "election") and facts.vote is not None, "item_vote_missing"
    )


def only_heard(facts: ItemFacts) -> Refusal | None:
    """It is there to be heard: what is to be decided is decided by its vote."""
    return guards.unless(facts.kind == "information", "item_needs_vote")


def no_other_vote(facts: ItemFacts) -> Refusal | None:
    """One vote at a time: members look at one question."""
    return guards.none_left(facts.votes_open, "votes_open")


def vote_settled(facts: ItemFacts) -> Refusal | None:
    """Its vote is counted and nothing of it waits."""
    return guards.unless(facts.vote_settled is True, "item_vote_runs")


def vote_follows(facts: ItemFacts) -> Refusal | None:
    """Its vote ended without quorum, in a tie that a second vote breaks, or with a run-off to be held."""
    return guards.unless(facts.vote_follows is True, "no_vote_follows")


S, R = ItemState, Role

ITEM = Workflow(
    name="item",
    states=ItemState,
    initial=S.PLANNED,
    terminal=frozenset({S.DEFERRED, S.WITHDRAWN}),
    moves=(
        Move("add", None, S.PLANNED, R.SECRETARY, (title_written, motion_written, block_votes, agenda_open), event="item_added"),
        Move("edit", S.PLANNED, SAME, R.SECRETARY, (title_written, motion_written, block_votes, agenda_open), event="item_edited"),
        Move("take_off", S.PLANNED, S.WITHDRAWN, R.SECRETARY, (agenda_open,), event="item_taken_off"),
        # An amendment may come from the floor: it needs no place on the agenda that was sent out.
        Move("move_amendment", None, S.PLANNED, R.SECRETARY, (title_written, motion_written, in_session, text_undecided), event="amendment_moved"),
        Move("take_up", S.PLANNED, S.DISCUSSED, R.PRESIDENT, (in_session, in_its_turn, text_undecided), event="item_discussed"),
        Move(
            "put_to_vote", S.DISCUSSED, S.VOTED, R.PRESIDENT,
            (in_session, amendments_settled, text_undecided, to_be_decided, no_other_vote), event="item_put_to_vote",
        ),
        # In a written procedure the clock opens the votes of all items at once.
        Move("open_in_writing", S.PLANNED, S.VOTED, R.SYSTEM, (in_session, to_be_decided), event="item_opened_in_writing"),
        Move("decide", S.VOTED, S.DECIDED, (R.SYSTEM, R.PRESIDENT), (vote_settled,), event="item_decided"),
        Move("note", S.DISCUSSED, S.DECIDED, R.PRESIDENT, (only_heard,), event="item_noted"),
        # A vote that ended without a result (no quorum, voided) leaves its item to be put again or put off.
        Move("return", S.VOTED, S.DISCUSSED, R.PRESIDENT, (reason_given, vote_settled, assembly_goes_on), event="item_returned"),
        # A second vote or a run-off is prepared: the item goes back to discussion by that alone.
        Move("vote_again", S.VOTED, S.DISCUSSED, R.SECRETARY, (vote_follows, assembly_goes_on), event="item_voted_on_again"),
        # A vote that the committee annulled decides nothing: its item is discussed again, or waits for the next assembly.
        Move("reopen", S.DECIDED, S.DISCUSSED, R.COMMITTEE, (vote_follows, assembly_goes_on), event="item_reopened"),
        Move("leave_annulled", S.DECIDED, S.DEFERRED, R.COMMITTEE, (assembly_over, vote_follows), event="item_left_annulled"),
        Move("defer", (S.PLANNED, S.DISCUSSED), S.DEFERRED, R.PRESIDENT, (in_session, reason_given, no_amendment_in_vote), event="item_deferred"),
        # What an assembly leaves when it ends, or never begins, is put off with it.
        Move("leave_over", (S.PLANNED, S.DISCUSSED), S.DEFERRED, R.PRESIDENT, (assembly_over, reason_given), event="item_left_over"),
        Move("withdraw", (S.PLANNED, S.DISCUSSED), S.WITHDRAWN, R.PRESIDENT, (in_session, reason_given, no_amendment_in_vote), event="item_withdrawn"),
    ),
    version=4,
)  # fmt: skip
