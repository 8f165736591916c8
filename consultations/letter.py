"""What a letter is, and the sentences that several letters share."""

from dataclasses import dataclass

from workflows.messages import N_


@dataclass(frozen=True)
class Letter:
    """Subject, paragraphs, and the button: its words, its page for delegates, its page for bodies."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    page: str
    body_page: str = ""


COMMENTS_CLOSE = N_("Comments are taken until %(closes)s.")
VOTE_CLOSES = N_("You may vote, and change your vote, until %(closes)s.")
FOR_ORGANISATION = N_("You receive this because you act for %(organisation)s.")
REASON = N_("Reason given: %(reason)s")
