"""The files to recount a vote with: what `python -m workflows decide` reads, and what it must answer."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from consultations.extensions import db
from consultations.facts import boards, rolls, votes
from consultations.models.votes import Vote
from consultations.queries.decisions import saved_as, shown
from workflows.ballots import COLUMNS as BALLOT_COLUMNS
from workflows.decisions import decide
from workflows.rolls import COLUMNS as ROLL_COLUMNS

FILES = ("rule.json", "roll.csv", "ballots.csv", "decision.json", "board.csv")


@dataclass(frozen=True)
class File:
    """A file to recount with."""

    name: str
    mimetype: str
    body: bytes


def file_of(vote_id: int, name: str) -> File | None:
    """One of FILES; `python -m workflows decide` makes decision.json of the first three. None before the count."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or name not in FILES or shown(vote) is None:
        return None
    body = _bodies()[name](vote)
    mimetype = "text/csv" if name.endswith(".csv") else "application/json"
    return File(saved_as(vote.code, name), mimetype, body.encode())


def _bodies() -> dict[str, Any]:
    return {
        "rule.json": lambda vote: votes.rule_of(vote).canonical + "\n",
        "roll.csv": _roll_csv,
        "ballots.csv": lambda vote: _csv(BALLOT_COLUMNS, boards.newest(vote.id)),
        "decision.json": _decision_json,
        "board.csv": lambda vote: _csv(("elector", "revision", "leaf"), boards.entries(vote.id, vote.code)),
    }


def _as_counted(vote: Vote) -> tuple[rolls.Elector, ...]:
    return rolls.as_counted(rolls.frozen(vote.id), {elector for elector, _ in boards.newest(vote.id)})


def _roll_csv(vote: Vote) -> str:
    rows = [
        (e.elector, e.weight, e.present, *(e.attributes.get(name, "") for name in rolls.ATTRIBUTES))
        for e in _as_counted(vote)
    ]
    return _csv((*ROLL_COLUMNS, *rolls.ATTRIBUTES), rows)


def _decision_json(vote: Vote) -> str:
    """The decision in the words of the command line; the stored one, sorted by key, should the rows no longer give it."""
    casting_vote = votes.noted(vote.id, "tie_broken", "casting_vote")
    roll, ballots = rolls.roll(_as_counted(vote)), boards.newest(vote.id)
    decision = decide(votes.rule_of(vote), roll, ballots, call=vote.call, casting_vote=casting_vote)
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
