"""What votes are called on pages: states, choices, outcomes and steps."""

from typing import Any

from flask_babel import lazy_gettext as _

from consultations import wording
from workflows.vote import VoteState

S = VoteState
STATES = {
    S.DRAFT: (_("Draft"), "wait"),
    S.REVIEWED: (_("Reviewed"), "wait"),
    S.CONVENED: (_("Convened"), "wait"),
    S.OPEN: (_("Open"), "open"),
    S.SUSPENDED: (_("Suspended"), "late"),
    S.CLOSED: (_("Closed"), "off"),
    S.COUNTED: (_("Counted"), "wait"),
    S.NO_QUORUM: (_("No quorum"), "off"),
    S.TIED: (_("Tie, voted on again"), "off"),
    S.PROVISIONAL: (_("Provisional result"), "wait"),
    S.CONTESTED: (_("Contested"), "late"),
    S.FINAL: (_("Final result"), "done"),
    S.ANNULLED: (_("Annulled"), "off"),
    S.VOIDED: (_("Called off"), "off"),
}

CHOICES = {
    "yes": _("In favour"),
    "no": _("Against"),
    "abstain": _("Abstention"),
    "blank": _("Blank"),
    "invalid": _("Spoilt"),
    "not_voted": _("No vote"),
}

OUTCOMES = {
    "adopted": (_("Adopted"), "done"),
    "rejected": (_("Not adopted"), "off"),
    "no_quorum": (_("No quorum"), "off"),
    "tie_pending": (_("Tie"), "wait"),
    "elected": (_("Elected"), "done"),
    "incomplete": (_("Seats left open"), "off"),
    "run_off_needed": (_("Run-off needed"), "wait"),
}

AWAITED = {
    "signatures": _("Counted and not yet proclaimed: president, secretary and scrutineer have to sign."),
    "next_call": _(
        "There was no quorum: this vote decides nothing. It ends when the secretary has prepared the vote of the next call."
    ),
    "second_vote": _(
        "The votes are equal: this vote decides nothing. It ends when the secretary has prepared the second vote that the rule asks for."
    ),
    "casting_vote": _(
        "The votes are equal: the rule asks for the president's casting vote before the result is signed."
    ),
    "lots": _(
        "The votes are equal: lots are drawn from the seed whose hash was published before the vote, and then the result is signed."
    ),
}
"""What a counted vote waits for (facts.votes.awaited)."""

STEPS = {
    "convene": _("Convened"),
    "open": _("Voting opens"),
    "close": _("Voting closes"),
    "count": _("Counted and signed"),
    "contest": _("May be contested until"),
    "final": _("Final"),
}

RESOLUTIONS = {
    "uphold": _("The result stands"),
    "recount": _("Count again"),
    "annul": _("Annul the vote"),
}

OUTSIDE_OUTCOMES = {
    "accepted": _("Accepted"),
    "accepted_in_part": _("Accepted in part"),
    "rejected": _("Rejected"),
    "deferred": _("Deferred"),
}

SAMPLES = {
    "least": _("The fewest in favour that pass"),
    "example": _("An example of few in favour that pass"),
    "nothing": _("Nothing passes: all in favour"),
    "one_less": _("One less in favour"),
    "tie": _("A tie"),
    "agreed": _("All for the first option"),
    "halves": _("Half for the first option, half for the second"),
    "empty": _("Nobody names an option"),
}


METHODS = {
    "choose_one": _("Choose one"),
    "approval": _("Approve up to so many"),
    "stv": _("Ranking, single transferable vote"),
    "schulze": _("Ranking, compared two by two (Schulze)"),
}


def ballot(line: Any, text: str) -> str:
    """What a ballot says, in the reader's language: a choice, or the options of an election by their names.

    `line`: has `.method` and `.options` (queries.vote_lines.VoteLine).
    """
    if line.method == "rule" or text in CHOICES:
        return choice(text)
    names = {id: wording.local(said) for id, said in line.options}
    ranks = [[names.get(id, id) for id in rank.replace("+", "=").split("=")] for rank in text.split(">")]
    if line.method not in ("stv", "schulze"):
        return ", ".join(ranks[0])
    return "; ".join(f"{place}. {' = '.join(rank)}" for place, rank in enumerate(ranks, 1))


def choice(code: str) -> str:
    """A choice in the reader's language; an option of a rule's own reads as it is written."""
    return str(CHOICES.get(code, code))
