"""Where minutes in a PDF stand: whether they are the newest that there are, and whether all who have to have signed them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from consultations.facts import minutes_of_vote
from consultations.facts.minutes_versions import newest, numbered, signatures
from consultations.facts.minutes_votes import count_at, iso
from consultations.facts.votes import newest_count
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from workflows.roles import Role
from workflows.vote_guards import DECIDED, PROCLAIMERS

BOTH = frozenset({Role.PRESIDENT, Role.SECRETARY})
EVER = datetime(9999, 1, 1, tzinfo=UTC)
Told = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """`later`: what has taken the place of these minutes, "" if nothing has; `unsigned`: the roles whose signature is missing."""

    later: str
    unsigned: tuple[str, ...]


def standing(attached: Told, row: Assembly | Vote) -> Standing:
    """How what is attached to a PDF stands among all minutes of its assembly or vote."""
    known = {(one["role"], one["at"]) for one in signed(attached, row)}
    given = {one["role"] for one in attached["signatures"] if (one["role"], one["at"]) in known}
    wanted = {str(role) for role in _signers(attached, row)}
    return Standing(_later(attached, row), tuple(sorted(wanted - given)))


def signed(attached: Told, row: Assembly | Vote) -> list[Told]:
    """The signatures that stand in the data under what these minutes are of."""
    if isinstance(row, Vote):
        at = datetime.fromisoformat(attached["figures"]["as_of"])
        count = count_at(row.id, at)
        return minutes_of_vote.signatures(count, at) if count else []
    stored = numbered(row.id, attached["minutes"])
    rows = signatures([stored.id]) if stored else ()
    return [{"role": one.role, "name": one.person.name, "at": iso(one.signed_at)} for one in rows]


def _signers(attached: Told, row: Assembly | Vote) -> frozenset[Role]:
    """Who has to sign; nobody a count that decides nothing."""
    if isinstance(row, Assembly):
        return BOTH
    count = count_at(row.id, datetime.fromisoformat(attached["figures"]["as_of"]))
    decides = count is not None and (count.status in DECIDED or count.decision.get("elected"))
    return frozenset(PROCLAIMERS) if decides else frozenset()


def _later(attached: Told, row: Assembly | Vote) -> str:
    if isinstance(row, Assembly):
        last = newest(row.id)
        same = last is None or last.number == attached["minutes"]
        return "" if same or last is None else f"version {last.number} of {iso(last.made_at)}"
    told, last_count = attached["figures"], newest_count(row.id)
    if last_count is not None and last_count.number != told["vote"]["count"]:
        return f"count {last_count.number} of {iso(last_count.counted_at)}"
    changed = iso(minutes_of_vote.last_change(row, EVER))
    return "" if changed == told["as_of"] else f"what was signed, contested or answered by {changed}"
