"""Who may stand behind another organisation's comment, who may reply to it, and which types of comment a round asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.refusals import Refusal, refusal
from workflows.round import RoundState

ALWAYS = ("general", "technical", "editorial", "question")
"""Every round asks these: what comes in from sheets and paper is of one of them."""

UNIT_REPLIES = frozenset({RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED, RoundState.ANSWERING})
"""While the Unit may reply: until its answers are handed in."""


@dataclass(frozen=True)
class RemarkFacts:
    """What is known when somebody supports a comment or replies to it."""

    own: bool  # the comment is of the organisation acted for
    readable: bool  # sent, not withdrawn, not hidden, and open to this reader
    text: str = ""


def types_asked(chosen: Iterable[str], offered: Iterable[str]) -> tuple[str, ...]:
    """The types that a round asks, in the order offered: those of every round and the ones chosen; none chosen: all."""
    wanted = set(chosen)
    return tuple(kind for kind in offered if not wanted or kind in wanted or kind in ALWAYS)


def against_support(facts: RemarkFacts) -> tuple[Refusal, ...]:
    """What speaks against supporting a comment, beside what the round says against entering anything."""
    checks = ((facts.own, "own_comment_support"), (not facts.readable, "comment_not_open"))
    return tuple(refusal(code) for holds, code in checks if holds)


def against_reply(facts: RemarkFacts) -> tuple[Refusal, ...]:
    """What speaks against a reply, beside what the round says."""
    checks = (
        (facts.own, "own_comment_reply"),
        (not facts.readable, "comment_not_open"),
        (not facts.text.strip(), "reply_empty"),
    )
    return tuple(refusal(code) for holds, code in checks if holds)


def unit_may_reply(state: str) -> tuple[Refusal, ...]:
    """The Unit replies from the opening of the round until its answers are handed in."""
    return () if state in UNIT_REPLIES else (refusal("reply_too_late"),)
