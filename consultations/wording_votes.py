"""What votes are called on pages: states, choices, outcomes and steps."""

from flask_babel import lazy_gettext as _

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
    "one_less": _("One less in favour"),
    "tie": _("A tie"),
}


def choice(code: str) -> str:
    """A choice in the reader's language; an option of a rule's own reads as it is written."""
    return str(CHOICES.get(code, code))
