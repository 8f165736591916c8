"""The public result of a vote: the decision with its figures, and the roll call. (Files to recount with: recount_files.)

Nothing here answers before the vote is counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import boards, rolls, votes
from consultations.facts.rule_words import in_words
from consultations.models.ballots import Ballot, Count
from consultations.models.people import Person
from consultations.models.votes import Contest, RollEntry, Vote
from consultations.queries import roll_amendments
from consultations.queries.dispatches import Sent, sent
from consultations.queries.figures import Figure, figures
from consultations.queries.roll_amendments import Amendment
from consultations.queries.vote_lines import (
    BEFORE_CALL,
    WITH_COUNT,
    ContestLine,
    Step,
    VoteLine,
    contests_of,
    line_of,
    steps,
)
from workflows.machine import allowed
from workflows.vote import VOTE, VoteState

PER_PAGE = 100
Named = Callable[[str], str]


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

    `has_ballots`: voting has begun, so that a receipt may be checked.
    """

    line: VoteLine
    body: dict[str, str]
    call: int
    dossier_id: int
    dossier_code: str
    text_label: str
    version_id: int
    text_sha256: str
    rule_title: dict[str, str]
    rule_cites: str
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
    counted_roll_sha256: str = ""
    ballots_sha256: str = ""
    casting_vote: str | None = None
    contests: tuple[ContestLine, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    sent: Sent | None = None

    def saved_as(self, name: str) -> str:
        """The name under which a browser saves the file `name` to recount with."""
        return saved_as(self.line.code, name)


@dataclass(frozen=True)
class RollCallRow:
    """What one organisation voted; `choice` not_voted when it has no ballot."""

    elector: str
    name: str
    country: str
    weight: str
    choice: str
    by: str
    cast_at: datetime | None


@dataclass(frozen=True)
class RollCall:
    """One page of the roll call."""

    line: VoteLine
    rows: tuple[RollCallRow, ...]
    number: int
    pages: int
    electors: int
    weighted: bool


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
        **(_counted(vote, count) if count else {}),
    )


def shown(vote: Vote) -> Count | None:
    """The count that anyone may see; None before there is one."""
    return votes.newest_count(vote.id) if vote.state in WITH_COUNT else None


def _known(vote: Vote, count: Count | None, at: datetime) -> dict[str, Any]:
    rule, state = votes.rule_of(vote), VoteState(vote.state)
    return {
        "line": line_of(vote), "body": vote.body.names, "call": vote.call, "dossier_id": vote.dossier_id,
        "dossier_code": vote.dossier.code, "text_label": vote.version.label, "version_id": vote.version_id, "text_sha256": vote.text_sha256,
        "rule_title": dict(rule.title), "rule_cites": rule.cites, "rule_words": in_words(rule, vote.call),
        "rule_sha256": vote.rule_sha256, "roll_sha256": vote.roll_sha256 or "", "choices": rule.choices,
        "steps": steps(vote, count), "is_open": state is VoteState.OPEN, "is_called_off": state is VoteState.VOIDED,
        "is_annulled": state is VoteState.ANNULLED, "awaits": votes.awaited(vote, count.status) if count and state is VoteState.COUNTED else "",
        "is_provisional": state is VoteState.PROVISIONAL, "is_contested": state is VoteState.CONTESTED,
        "is_final": state is VoteState.FINAL, "contest_until": vote.contest_until,
        "contest_open": votes.may_be_contested(vote, at),
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


def _counted(vote: Vote, count: Count) -> dict[str, Any]:
    decision, electors, said = count.decision, rolls.frozen(vote.id), dict(boards.newest(vote.id))
    voters = [elector.attributes for elector in electors if elector.elector in said]
    return {
        "status": count.status, "counted_at": count.counted_at, "electors": decision["electors"], "heads": decision["heads"],
        "weight": decision["weight"], "weighted": weighs(vote), "sentences": decision["sentences"],
        "quorum_asked": decision["quorum"]["asked"], "figures": figures(votes.rule_of(vote), decision, voters),
        "countries": _countries(electors, said), "board_head": votes.noted(vote.id, "vote_closed", "board_head") or "",
        "counted_roll_sha256": decision["roll_sha256"], "ballots_sha256": decision["ballots_sha256"],
        "casting_vote": votes.noted(vote.id, "tie_broken", "casting_vote"), "contests": contests_of(vote.id),
        "earlier": _earlier(count), "sent": sent(vote.dossier_id) if vote.state == VoteState.FINAL else None,
    }  # fmt: skip


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


def weighs(vote: Vote) -> bool:
    """Whether the vote's rule counts weight anywhere: only then a weight means something to a reader."""
    conditions = votes.rule_of(vote).conditions()
    tests = (condition.groups.passes if condition.groups else condition for condition in conditions)
    return any(condition.measure == "weight" for condition in tests)


def roll_call(vote_id: int, number: int = 1, *, named: Named = str) -> RollCall | None:
    """One page of who voted how, by country and name; None before the vote is counted.

    `named` gives the name of a country's code, by which the rows are sorted for the reader.
    """
    vote = db.session.get(Vote, vote_id)
    if vote is None or shown(vote) is None:
        return None
    electors = (
        db.session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.vote_id == vote_id))
        or 0
    )
    pages = max(1, -(-electors // PER_PAGE))
    at_page = min(max(number, 1), pages)
    rows = roll_call_rows(vote_id, named)[(at_page - 1) * PER_PAGE : at_page * PER_PAGE]
    return RollCall(line_of(vote), rows, at_page, pages, electors, weighs(vote))


def roll_call_rows(vote_id: int, named: Named = str) -> tuple[RollCallRow, ...]:
    """Every organisation of the roll with its newest ballot, by country and name. The caller checks that it is counted."""
    newest = (
        select(Ballot.roll_entry_id, func.max(Ballot.revision).label("revision"))
        .where(Ballot.vote_id == vote_id)
        .group_by(Ballot.roll_entry_id)
        .subquery()
    )
    query = (
        select(RollEntry, Ballot.choice, Ballot.cast_at, Person.name)
        .outerjoin(newest, newest.c.roll_entry_id == RollEntry.id)
        .outerjoin(Ballot, (Ballot.roll_entry_id == RollEntry.id) & (Ballot.revision == newest.c.revision))
        .outerjoin(Person, Ballot.person_id == Person.id)
        .where(RollEntry.vote_id == vote_id)
    )
    rows = (
        RollCallRow(
            e.elector, e.name, e.attributes["country"], e.weight, choice or "not_voted", name or "", cast_at
        )
        for e, choice, cast_at, name in db.session.execute(query)
    )
    return tuple(sorted(rows, key=lambda row: (named(row.country), row.name, row.elector)))
