"""The public result of a vote: the decision with its figures, and the roll call. (Files to recount with: recount_files.)

Nothing here answers before the vote is counted.
"""

from dataclasses import dataclass
from datetime import datetime
from shlex import quote
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import board_heads, elections, rolls, taken, votes
from consultations.facts.blocks import Motion, motions
from consultations.facts.rule_words import in_words
from consultations.facts.vote_course import annulment
from consultations.models.ballots import Count
from consultations.models.votes import Contest, RollEntry, Vote
from consultations.queries import roll_amendments
from consultations.queries.dispatches import Sent, sent
from consultations.queries.election_results import ElectionResult, election_result
from consultations.queries.figures import Figure, figures
from consultations.queries.roll_amendments import Amendment
from consultations.queries.roll_calls import Named, RollCall, RollCallRow, roll_call, roll_call_rows, weighs
from consultations.queries.vote_lines import (
    BEFORE_CALL,
    NO_CONTESTS,
    Contests,
    Step,
    VoteLine,
    contests_for,
    line_of,
    shown,
    steps,
    text_label,
)
from workflows.conditions import BLANK, INVALID
from workflows.elections.terms import Terms
from workflows.machine import allowed
from workflows.vote import VOTE, VoteState

__all__ = [
    "DecisionPage", "Named", "RollCall", "RollCallRow", "page", "roll_call", "roll_call_rows", "saved_as",
    "sent", "shown",
]  # fmt: skip


@dataclass(frozen=True)
class CountryRow:
    """One country's heads per choice."""

    country: str
    heads: dict[str, int]
    not_voted: int


@dataclass(frozen=True)
class Earlier:
    """A count that another has taken the place of."""

    number: int
    status: str
    counted_at: datetime


@dataclass(frozen=True)
class DecisionPage:
    """A vote for everybody; `status` and all figures are None or empty before it is counted.

    `has_ballots`: voting has begun, so that a receipt may be checked; `motions`: those of a block, decided together.
    """

    line: VoteLine
    body: dict[str, str]
    call: int
    dossier_id: int | None
    dossier_code: str
    text_label: str
    version_id: int | None
    text_sha256: str
    rule_title: dict[str, str]
    rule_cites: str
    rule_version_id: int | None
    rule_words: dict[str, list[str]]
    rule_sha256: str
    roll_sha256: str
    choices: tuple[str, ...]
    steps: tuple[Step, ...]
    is_open: bool
    is_called_off: bool
    is_annulled: bool
    awaits: str
    is_provisional: bool
    is_contested: bool
    is_final: bool
    contest_until: datetime | None
    contest_open: bool
    can: frozenset[str]
    has_ballots: bool
    amendments: tuple[Amendment, ...] = ()
    motions: tuple[Motion, ...] = ()
    status: str | None = None
    counted_at: datetime | None = None
    electors: int = 0
    heads: dict[str, int] | None = None
    weight: dict[str, str] | None = None
    weighted: bool = False
    sentences: dict[str, list[str]] | None = None
    quorum_asked: bool = False
    figures: tuple[Figure, ...] = ()
    countries: tuple[CountryRow, ...] = ()
    board_head: str = ""
    counted_board_head: str = ""
    counted_roll_sha256: str = ""
    ballots_sha256: str = ""
    casting_vote: str | None = None
    contests: Contests = NO_CONTESTS
    annulled_by: tuple[dict[str, Any], ...] = ()
    earlier: tuple[Earlier, ...] = ()
    sent: Sent | None = None
    election: ElectionResult | None = None
    seed_commitment: str = ""
    next_vote: VoteLine | None = None
    files: tuple[str, ...] = ()
    command: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """What was voted, in the rule's order; blank and spoilt ballots where there are any."""
        heads = self.heads or {}
        return (
            *self.choices,
            *(one for one in (BLANK, INVALID) if heads.get(one) and one not in self.choices),
        )

    def saved_as(self, name: str) -> str:
        """The name under which a browser saves the file `name` to recount with."""
        return saved_as(self.line.code, name)


def saved_as(code: str, name: str) -> str:
    """The name of a vote's file to recount with, apart from those of other votes: "CAFE-2026-V1-rule.json"."""
    return f"{code}-{name}"


def page(vote_id: int, *, by: Actor, at: datetime) -> DecisionPage | None:
    """A convened vote for everybody, with what this viewer may do about it; None before it is convened."""
    vote = db.session.get(Vote, vote_id)
    if vote is None or (vote.state in BEFORE_CALL or vote.convened_at is None):
        return None
    count = shown(vote)
    return DecisionPage(
        **_known(vote, count, at),
        can=_can(vote, by, at),
        has_ballots=vote.opened_at is not None,
        amendments=roll_amendments.made(vote_id),
        motions=motions(vote_id),
        **(_counted(vote, count, by, at) if count else {}),
    )


def _known(vote: Vote, count: Count | None, at: datetime) -> dict[str, Any]:
    rule, state = votes.basis_of(vote), VoteState(vote.state)
    later = elections.following(vote) if elections.is_election(vote) else None
    return {
        "line": line_of(vote), "body": vote.body.names, "call": votes.call_of(vote), "dossier_id": vote.dossier_id,
        "dossier_code": vote.dossier.code if vote.dossier else "", "text_label": text_label(vote), "version_id": vote.version_id, "text_sha256": vote.text_sha256,
        "rule_title": dict(rule.title), "rule_cites": rule.cites, "rule_version_id": vote.rule_version_id, "rule_words": in_words(rule, votes.call_of(vote)),
        "rule_sha256": vote.rule_sha256, "roll_sha256": vote.roll_sha256 or "", "choices": () if isinstance(rule, Terms) else rule.choices,
        "steps": steps(vote, count), "is_open": state is VoteState.OPEN, "is_called_off": state is VoteState.VOIDED,
        "is_annulled": state is VoteState.ANNULLED, "awaits": votes.awaited(vote, count.status) if count and state is VoteState.COUNTED else "",
        "is_provisional": state is VoteState.PROVISIONAL, "is_contested": state is VoteState.CONTESTED,
        "is_final": state is VoteState.FINAL, "contest_until": vote.contest_until,
        "contest_open": votes.may_be_contested(vote, at), "seed_commitment": vote.seed_commitment,
        "next_vote": line_of(later) if later is not None and later.convened_at is not None else None,
    }  # fmt: skip


def _can(vote: Vote, by: Actor, at: datetime) -> frozenset[str]:
    """`contest`, for an organisation of the roll that waits for no answer, while there is time."""
    if by.organisation_id is None:
        return frozenset()
    mine = {"vote_id": vote.id, "organisation_id": by.organisation_id}
    on_roll = db.session.scalar(select(RollEntry.id).filter_by(**mine)) is not None
    waiting = select(func.count(Contest.id)).filter_by(**mine).where(Contest.resolution.is_(None))
    facts = votes.vote_facts(
        vote, by=by, at=at, reason="-", on_roll=on_roll, contests_waiting=db.session.scalar(waiting)
    )
    return frozenset({"contest"} & set(allowed(VOTE, vote.state, by.role, facts)))


def _counted(vote: Vote, count: Count, by: Actor, at: datetime) -> dict[str, Any]:
    elects = elections.is_election(vote)
    decision, electors, said = count.decision, rolls.frozen(vote.id), dict(taken.standing(vote.id))
    drawn = {**decision, "groups": {}, "conditions": []} if elects else decision
    casting_vote, heads = votes.noted(vote.id, "tie_broken", "casting_vote"), board_heads.heads(vote.id)
    voters = [elector.attributes for elector in electors if elector.elector in said]
    return {
        "status": count.status, "counted_at": count.counted_at, "electors": decision["electors"], "heads": decision["heads"],
        "weight": decision["weight"], "weighted": weighs(vote), "sentences": decision["sentences"],
        "quorum_asked": decision["quorum"]["asked"], "figures": figures(votes.basis_of(vote), drawn, voters),
        "countries": _countries(electors, said), "board_head": heads.closing, "counted_board_head": heads.counted,
        "counted_roll_sha256": decision["roll_sha256"], "ballots_sha256": decision["ballots_sha256"],
        "election": election_result(decision, vote.rule["options"]) if elects else None,
        "files": ("terms.json" if elects else "rule.json", "roll.csv", "ballots.csv"), "command": _command(vote, casting_vote),
        "casting_vote": casting_vote, "contests": contests_for(vote, by), "annulled_by": tuple(annulment(vote.id, at)),
        "earlier": _earlier(count), "sent": sent(vote.dossier_id) if vote.state == VoteState.FINAL else None,
    }  # fmt: skip


def _command(vote: Vote, casting_vote: str | None) -> str:
    """What gives the same decision again, run where the files are."""
    verb, first = ("elect", "terms") if elections.is_election(vote) else ("decide", "rule")
    files = {first: f"{first}.json", "roll": "roll.csv", "ballots": "ballots.csv"}
    words = [f"--{name} {saved_as(vote.code, file)}" for name, file in files.items()] + [
        f"--call {vote.call}"
    ]
    if vote.seed:
        words += [f"--seed {quote(vote.seed)}", f"--committed {vote.seed_commitment}"]
    if casting_vote:
        words.append(f"--casting-vote {casting_vote}")
    return " ".join(("python -m workflows", verb, *words))


def _earlier(count: Count) -> tuple[Earlier, ...]:
    query = select(Count.number, Count.status, Count.counted_at).where(
        Count.vote_id == count.vote_id, Count.number < count.number
    )
    return tuple(Earlier(*row) for row in db.session.execute(query.order_by(Count.number)))


def _countries(electors: tuple[rolls.Elector, ...], said: dict[str, str]) -> tuple[CountryRow, ...]:
    found: dict[str, dict[str, int]] = {}
    silent: dict[str, int] = {}
    for elector in electors:
        country = elector.attributes["country"]
        heads = found.setdefault(country, {})
        if choice := said.get(elector.elector):
            heads[choice] = heads.get(choice, 0) + 1
        else:
            silent[country] = silent.get(country, 0) + 1
    return tuple(
        CountryRow(country, heads, silent.get(country, 0)) for country, heads in sorted(found.items())
    )
