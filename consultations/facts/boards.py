"""The board of a vote: one leaf per cast, and the head over all of them (verifiability.md, "The board")."""

import hashlib

from sqlalchemy import func, select, true

from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry
from workflows.canonical import canonical_json, sha256_of

Entry = tuple[str, int, str]
"""elector, revision, leaf."""


def leaf(vote: str, elector: str, revision: int, choice: str, receipt: str) -> str:
    """SHA-256(0x00 || canonical JSON) of one cast.

    The receipt has 80 random bits and only the voter holds it, so the leaf tells nobody the choice.
    """
    said = {"choice": choice, "elector": elector, "receipt": receipt, "revision": revision, "vote": vote}
    return hashlib.sha256(b"\x00" + canonical_json(said).encode()).hexdigest()


def entries(vote_id: int, vote: str, last_ballot: int | None = None) -> list[Entry]:
    """Every cast of a vote (up to the one with the id `last_ballot`) as the board shows it, sorted by elector and revision."""
    query = (
        select(RollEntry.elector, Ballot.revision, Ballot.choice, Ballot.receipt)
        .join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
        .where(Ballot.vote_id == vote_id, true() if last_ballot is None else Ballot.id <= last_ballot)
    )
    rows = db.session.execute(query)
    return sorted(
        (e, revision, leaf(vote, e, revision, choice, receipt)) for e, revision, choice, receipt in rows
    )


def head(board: list[Entry]) -> str:
    """SHA-256 over the canonical JSON of the ordered entries [[elector, revision, leaf], …]."""
    return sha256_of([list(entry) for entry in board])


def newest(vote_id: int, last_ballot: int | None = None) -> tuple[tuple[str, str], ...]:
    """The newest ballot of each elector that cast any, up to the one with the id `last_ballot`: (elector, choice), sorted."""
    last = (
        select(Ballot.roll_entry_id, func.max(Ballot.revision).label("revision"))
        .where(Ballot.vote_id == vote_id, true() if last_ballot is None else Ballot.id <= last_ballot)
        .group_by(Ballot.roll_entry_id)
        .subquery()
    )
    query = (
        select(RollEntry.elector, Ballot.choice)
        .join(last, (Ballot.roll_entry_id == last.c.roll_entry_id) & (Ballot.revision == last.c.revision))
        .join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
    )
    return tuple(sorted((elector, choice) for elector, choice in db.session.execute(query)))
