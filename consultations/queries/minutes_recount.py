"""The votes of minutes counted again from the roll call that they print, by the functions of `python -m workflows`.

Rule, seed and what the electors are besides their weight stand in the data: minutes state their hashes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from consultations.extensions import db
from consultations.facts import board_heads, boards, elections, rolls
from consultations.facts.minutes import differing
from consultations.facts.minutes_votes import NOT_VOTED, at_count, counted
from consultations.facts.votes import rule_of
from consultations.models.votes import Vote
from workflows.decisions import decide
from workflows.elections.counting import elect
from workflows.faults import InputRefusedError
from workflows.rolls import Roll

Told = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """What minutes state of a vote and what its ballots come to; `place` names the figure, "" where all of it is equal."""

    place: str
    stated: Any
    found: Any


def differences(told: Told) -> Iterator[Difference]:
    """Where the figures of a counted vote are not those of its roll call, and whether its board is still that of closing and count."""
    vote = db.session.get(Vote, told["id"])
    if vote is None or vote.code != told["code"]:
        yield Difference("code", told["code"], None if vote is None else vote.code)
        return
    stated, head = (
        told["counted_board_head"] or told["board_head"],
        boards.head(boards.entries(vote.id, vote.code)),
    )
    if head != stated or not board_heads.is_intact(vote):
        yield Difference("board_head", stated, head)
    try:
        again = counted(_again(vote, told))
    except InputRefusedError as refused:
        yield Difference("roll_call", "; ".join(refused.faults), None)
        return
    stated = {key: told.get(key) for key in again}
    yield from (Difference(*one) for one in differing(stated, again))


def _again(vote: Vote, told: Told) -> Told:
    cast = tuple(sorted((row["elector"], row["choice"]) for row in told["roll_call"] if row["channel"]))
    roll, casting = (
        _roll(vote, told["roll_call"], {elector for elector, _ in cast}),
        told["casting_vote"] or None,
    )
    if not elections.is_election(vote):
        return decide(rule_of(vote), roll, cast, call=told["call"], casting_vote=casting).to_dict()
    seed = at_count(vote.id, "lots_drawn", "seed", datetime.fromisoformat(told["counted_at"]))
    return elect(
        elections.terms_of(vote), roll, cast, call=told["call"], seed=seed, committed=vote.seed_commitment or None,
        casting_vote=casting,
    ).to_dict()  # fmt: skip


def _roll(vote: Vote, rows: list[Told], voters: set[str]) -> Roll:
    """The roll as it is printed: who is on it, with which weight, and who is left out."""
    known = {elector.elector: elector for elector in rolls.frozen(vote.id)}
    printed = [
        replace(
            known.get(row["elector"]) or rolls.Elector(0, row["elector"], row["name"], "", {"country": row["country"]}),
            weight=row["weight"], excluded="" if row["channel"] or row["choice"] == NOT_VOTED else row["choice"],
        )
        for row in rows
    ]  # fmt: skip
    return rolls.roll(rolls.as_counted(printed, voters))
