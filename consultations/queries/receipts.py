"""Whether a receipt is among the ballots of a vote.

Nothing is told that its holder could not work out from the published files: before the count, that it is there; after it,
the entry of the board whose leaf it gives (verifiability.md, "The board").
"""

from dataclasses import dataclass

from sqlalchemy import Row, select

from consultations.extensions import db
from consultations.facts import boards, votes
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from consultations.queries.decisions import shown
from consultations.queries.vote_lines import VoteLine, line_of


@dataclass(frozen=True)
class OnBoard:
    """The board's entry of a receipt: whose it is, which of its ballots, and what was counted of that organisation.

    `is_counted`: no later ballot took its place; `is_intact`: the board still gives the head recorded at closing.
    """

    organisation: str
    elector: str
    revision: int
    leaf: str
    counted: str
    is_counted: bool
    is_intact: bool


@dataclass(frozen=True)
class ReceiptPage:
    """A vote and one receipt; `given` is "" when none was asked for, `entry` known once the board is published."""

    line: VoteLine
    given: str
    found: bool
    entry: OnBoard | None


def page(vote_id: int, code: str) -> ReceiptPage | None:
    """What there is to say of a receipt; None for a vote that nobody could cast a ballot in."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or vote.opened_at is None:
        return None
    ballot = _ballot(vote_id, code) if code else None
    published = ballot is not None and shown(vote) is not None
    return ReceiptPage(
        line_of(vote), code, ballot is not None, _on_board(vote, ballot, code) if published else None
    )


def _ballot(vote_id: int, code: str) -> Row[tuple[str, str, int, str]] | None:
    query = (
        select(RollEntry.name, RollEntry.elector, Ballot.revision, Ballot.choice)
        .join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
        .where(Ballot.vote_id == vote_id, Ballot.receipt == code)
    )
    return db.session.execute(query).one_or_none()


def _on_board(vote: Vote, ballot: Row[tuple[str, str, int, str]], code: str) -> OnBoard:
    name, elector, revision, choice = ballot
    board, leaf = boards.entries(vote.id, vote.code), boards.leaf(vote.code, elector, revision, choice, code)
    return OnBoard(
        organisation=name,
        elector=elector,
        revision=revision,
        leaf=leaf,
        counted=dict(boards.newest(vote.id))[elector],
        is_counted=revision == max(number for who, number, _ in board if who == elector),
        is_intact=boards.head(board) == votes.noted(vote.id, "vote_closed", "board_head"),
    )
