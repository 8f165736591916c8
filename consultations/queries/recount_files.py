"""The files to recount a vote with: what `python -m workflows decide` (or `elect`) reads, and what it must answer."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from consultations.extensions import db
from consultations.facts import boards, elections, outcomes, rolls, taken, votes
from consultations.models.votes import Vote
from consultations.queries.decisions import saved_as, shown
from workflows.ballots import COLUMNS as BALLOT_COLUMNS
from workflows.rolls import COLUMNS as ROLL_COLUMNS

SHARED = ("roll.csv", "ballots.csv", "decision.json", "board.csv")
FILES, OF_ELECTION = ("rule.json", *SHARED), ("terms.json", *SHARED)


@dataclass(frozen=True)
class File:
    """A file to recount with."""

    name: str
    mimetype: str
    body: bytes


def file_of(vote_id: int, name: str) -> File | None:
    """One of FILES, of an election one of OF_ELECTION: `python -m workflows decide` (`elect`) makes decision.json of the
    first three. None before the count."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or shown(vote) is None:
        return None
    if name not in (OF_ELECTION if elections.is_election(vote) else FILES):
        return None
    body = _bodies()[name](vote)
    mimetype = "text/csv" if name.endswith(".csv") else "application/json"
    return File(saved_as(vote.code, name), mimetype, body.encode())


def _bodies() -> dict[str, Any]:
    return {
        "rule.json": lambda vote: votes.basis_of(vote).canonical + "\n",
        "terms.json": lambda vote: votes.basis_of(vote).canonical + "\n",
        "roll.csv": _roll_csv,
        "ballots.csv": lambda vote: _csv(BALLOT_COLUMNS, taken.standing(vote.id)),
        "decision.json": _decision_json,
        "board.csv": lambda vote: _csv(("elector", "revision", "leaf"), boards.entries(vote.id, vote.code)),
    }


def _as_counted(vote: Vote) -> tuple[rolls.Elector, ...]:
    return rolls.as_counted(rolls.frozen(vote.id), {elector for elector, _ in taken.standing(vote.id)})


def _roll_csv(vote: Vote) -> str:
    electors = _as_counted(vote)
    names = rolls.attribute_names(electors)
    rows = [
        (e.elector, e.weight, e.present, *(e.attributes.get(name, "") for name in names)) for e in electors
    ]
    return _csv((*ROLL_COLUMNS, *names), rows)


def _decision_json(vote: Vote) -> str:
    """The decision in the words of the command line; the stored one, sorted by key, should the rows no longer give it."""
    decision = outcomes.decided(vote, votes.noted(vote.id, "tie_broken", "casting_vote"))
    stored = votes.newest_count(vote.id)
    if stored is not None and stored.decision != decision.to_dict():
        return json.dumps(stored.decision, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return decision.to_json() + "\n"


def _csv(header: Any, rows: Any) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
