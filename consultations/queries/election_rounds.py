"""The votes of one election that followed one another, and all whom they elected together."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts.elections import RULE
from consultations.models.ballots import Count
from consultations.models.votes import Vote

FALLEN = ("annulled", "voided")


@dataclass(frozen=True)
class Rounds:
    """`votes`: id and code of each, in order; `elected`: the names of all, in the order in which they were elected."""

    votes: tuple[tuple[int, str], ...]
    elected: tuple[dict[str, str], ...]


def rounds(found: Iterable[Vote]) -> dict[int, Rounds]:
    """{election: it with the votes before it that it follows}; one select, however many there are."""
    last = [vote for vote in found if vote.method != RULE]
    if not last:
        return {}
    newest = select(Count.vote_id, func.max(Count.number).label("number")).group_by(Count.vote_id).subquery()
    query = (
        select(Vote, Count.decision)
        .join(newest, newest.c.vote_id == Vote.id)
        .join(Count, (Count.vote_id == Vote.id) & (Count.number == newest.c.number))
        .where(Vote.assembly_id.in_({vote.assembly_id for vote in last}), Vote.method != RULE)
    )
    held = {vote.id: (vote, decision) for vote, decision in db.session.execute(query.order_by(Vote.id))}
    by_hash = {(vote.assembly_id, vote.rule_sha256): vote for vote, _ in held.values()}
    return {vote.id: _told(_chain(vote, by_hash), held) for vote in last}


def _chain(vote: Vote, by_hash: dict[tuple[int | None, str], Vote]) -> list[Vote]:
    chain = [vote]
    while before := by_hash.get((vote.assembly_id, chain[0].rule.get("follows") or "")):
        chain.insert(0, before)
    return chain


def _told(chain: list[Vote], held: dict[int, tuple[Vote, dict[str, object]]]) -> Rounds:
    elected = []
    for vote in chain:
        names = {option["id"]: option["names"] for option in vote.rule["options"]}
        decision = held[vote.id][1] if vote.id in held and vote.state not in FALLEN else {}
        elected += [names[option] for option in decision.get("elected", ())]  # type: ignore[attr-defined]
    return Rounds(tuple((vote.id, vote.code) for vote in chain), tuple(elected))
