"""What members send in at any time: a request, a concern, a proposal, a remark on a published matter (product.md).

A petition becomes a dossier or gets a reasoned answer. A remark is acknowledged as it comes, and waits for the next
revision of its standard.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflows import guards
from workflows.machine import Move, Workflow
from workflows.refusals import Refusal
from workflows.roles import Role


class PetitionState(StrEnum):
    """Where a petition is."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class PetitionKind(StrEnum):
    """What is sent in."""

    REQUEST = "request"  # change a standard, open a matter
    CONCERN = "concern"  # of a product or workers' network's committee: for the Board
    PROPOSAL = "proposal"
    REMARK = "remark"  # on a matter that is published


# No public source gives these: the house's defaults, to be confirmed. Counted from when it was sent.
ACKNOWLEDGED_WITHIN = timedelta(days=10)
ANSWERED_WITHIN = timedelta(days=60)

COMMITTEES = frozenset({"product", "workers"})
"""The kinds of network with an elected committee that brings concerns to the Board (product.md)."""

SENDERS = COMMITTEES | {"organisation", "country", "regional"}


def kinds_of(place: str | None) -> frozenset[PetitionKind]:
    """What may be sent from a place: everything from a member ("organisation") or a network, of whatever kind; nothing
    from a body."""
    return frozenset(PetitionKind) if place in SENDERS else frozenset()


def goes_to_board(kind: str | None, place: str | None) -> bool:
    """Whether the Board hears it as well: a concern of a committee. Of everything else the Unit hears alone."""
    return kind == PetitionKind.CONCERN and place in COMMITTEES


@dataclass(frozen=True)
class PetitionFacts:
    """What is known at the instant of the act; references are opaque."""

    at: datetime | None = None
    kind: PetitionKind | None = None
    place: str | None = None  # where it is sent from: organisation, product, workers, country, regional
    title: str | None = None
    text: str | None = None
    matter_published: bool = False  # of a remark: the matter it is about is decided and public
    own: bool = False  # the actor acts for who sent it
    answer: str | None = None
    dossier: str | None = None  # the dossier that it becomes
    before_board: bool = False  # the actor presides over the Board


def titled(facts: PetitionFacts) -> Refusal | None:
    """It has a title."""
    return guards.unless(bool((facts.title or "").strip()), "title_missing")


def words_written(facts: PetitionFacts) -> Refusal | None:
    """It says something."""
    return guards.unless(bool((facts.text or "").strip()), "petition_text_missing")


def kind_fits_sender(facts: PetitionFacts) -> Refusal | None:
    """Who sends it may send in something of this kind."""
    fits = facts.kind is not None and facts.kind in kinds_of(facts.place)
    return guards.unless(fits, "petition_kind_not_yours")


def remark_on_published(facts: PetitionFacts) -> Refusal | None:
    """A remark is about a matter that is decided and public."""
    known = facts.kind is not None and facts.kind is not PetitionKind.REMARK
    return guards.unless(known or facts.matter_published, "matter_not_published")


def sender_acts(facts: PetitionFacts) -> Refusal | None:
    """Only who sent it takes it back."""
    return guards.unless(facts.own, "petition_not_own")


def answer_written(facts: PetitionFacts) -> Refusal | None:
    """The answer gives its reasons."""
    return guards.unless(bool((facts.answer or "").strip()), "petition_answer_missing")


def may_become_dossier(facts: PetitionFacts) -> Refusal | None:
    """A remark waits for the next revision; everything else may become a matter of its own."""
    known = facts.kind is not None and facts.kind is not PetitionKind.REMARK
    return guards.unless(known, "remark_waits_for_revision")


def dossier_opened(facts: PetitionFacts) -> Refusal | None:
    """There is the dossier that it becomes."""
    return guards.unless(facts.dossier is not None, "petition_dossier_missing")


def is_remark(facts: PetitionFacts) -> Refusal | None:
    """Only a remark is acknowledged by the clock."""
    return guards.unless(facts.kind is PetitionKind.REMARK, "petition_waits_for_a_person")


def concern_before_board(facts: PetitionFacts) -> Refusal | None:
    """It is a concern for the Board, and who acts presides over it."""
    return guards.unless(
        goes_to_board(facts.kind, facts.place) and facts.before_board, "petition_not_for_the_board"
    )


S, R = PetitionState, Role
_SENDERS = (R.DELEGATE, R.ORGANISATION, R.NETWORK)

PETITION = Workflow(
    name="petition",
    states=PetitionState,
    initial=S.SENT,
    terminal=frozenset({S.TAKEN_UP, S.ANSWERED, S.WITHDRAWN}),
    moves=(
        Move(
            "send", None, S.SENT, _SENDERS, (titled, words_written, kind_fits_sender, remark_on_published),
            event="petition_sent",
        ),
        Move("withdraw", (S.SENT, S.ACKNOWLEDGED), S.WITHDRAWN, _SENDERS, (sender_acts,), event="petition_withdrawn"),
        Move("acknowledge", S.SENT, S.ACKNOWLEDGED, R.UNIT, (words_written,), event="petition_acknowledged"),
        Move("acknowledge", S.SENT, S.ACKNOWLEDGED, R.SYSTEM, (is_remark,), event="petition_acknowledged"),
        Move("acknowledge", S.SENT, S.ACKNOWLEDGED, R.PRESIDENT, (concern_before_board,), event="petition_acknowledged"),
        Move(
            "take_up", (S.SENT, S.ACKNOWLEDGED), S.TAKEN_UP, R.UNIT, (may_become_dossier, dossier_opened),
            event="petition_taken_up",
        ),
        Move("answer", (S.SENT, S.ACKNOWLEDGED), S.ANSWERED, R.UNIT, (answer_written,), event="petition_answered"),
        Move(
            "answer", (S.SENT, S.ACKNOWLEDGED), S.ANSWERED, R.PRESIDENT, (answer_written, concern_before_board),
            event="petition_answered",
        ),
    ),
    version=2,
)  # fmt: skip
