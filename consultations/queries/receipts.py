"""Whether a receipt is among the ballots of a vote.

Nothing is told that its holder could not work out from the published files: before the count, that it is there; after it,
the entry of the board whose leaf it gives (verifiability.md, "The board"). Whether the board is still the one that was
closed is told to whoever asks: a ballot that was taken out of it is not found, and its holder would never know why.
"""

from dataclasses import dataclass

from sqlalchemy import Row, select

from consultations.extensions import db
from consultations.facts import board_heads, boards
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from consultations.queries.decisions import shown
from consultations.queries.vote_lines import VoteLine, line_of


@dataclass(frozen=True)
class OnBoard:
    """The board's entry of a receipt: whose it is, which of its ballots, and what was counted of that organisation.

    `is_counted`: no later ballot took its place.
    """

    organisation: str
    elector: str
    revision: int
    leaf: str
    counted: str
    is_counted: bool


@dataclass(frozen=True)
class ReceiptPage:
    """A vote and one receipt; `given` is "" when none was asked for, `entry` known once the board is published.

    `is_intact`: the board gives the heads recorded at closing and at the count; True while there is none yet.
    """

    line: VoteLine
    given: str
    found: bool
    entry: OnBoard | None
    is_intact: bool


def page(vote_id: int, code: str) -> ReceiptPage | None:
    """What there is to say of a receipt; None for a vote that nobody could cast a ballot in."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or vote.opened_at is None:
        return None
    ballot = _ballot(vote_id, code) if code else None
    board = boards.entries(vote.id, vote.code) if vote.closed_at else []
    entry = _on_board(vote, ballot, code, board) if ballot is not None and shown(vote) else None
    return ReceiptPage(line_of(vote), code, ballot is not None, entry, board_heads.is_intact(vote))


def _ballot(vote_id: int, code: str) -> Row[tuple[str, str, int, str]] | None:
    query = (
        select(RollEntry.name, RollEntry.elector, Ballot.revision, Ballot.choice)
        .join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
        .where(Ballot.vote_id == vote_id, Ballot.receipt == code)
    )
    return db.session.execute(query).one_or_none()


def _on_board(
    vote: Vote, ballot: Row[tuple[str, str, int, str]], code: str, board: list[boards.Entry]
) -> OnBoard:
    name, elector, revision, choice = ballot
    return OnBoard(
        organisation=name,
        elector=elector,
        revision=revision,
        leaf=boards.leaf(vote.code, elector, revision, choice, code),
        counted=dict(boards.newest(vote.id))[elector],
        is_counted=revision == max(number for who, number, _ in board if who == elector),
    )
