"""What a secretary needs to write an election: the book's templates, the draft that is there, the vote that comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import elections, outcomes, votes
from consultations.facts.rules_in_force import in_force
from consultations.models.assemblies import AgendaItem
from consultations.models.votes import Vote
from consultations.queries.session_rules import Offer, zone
from workflows.elections.following import next_terms
from workflows.elections.reading import terms_from
from workflows.elections.results import Result
from workflows.elections.templates import compose
from workflows.elections.term_words import terms_in_words
from workflows.faults import InputRefusedError
from workflows.sentence_words import LANGUAGES

SAMPLE = [{"es": str(n)} for n in range(1, 31)]
COPIED = ("method", "seats", "most", "measure", "majority_of", "run_off", "tie", "allow_blank", "cites")


@dataclass(frozen=True)
class Coming:
    """The vote that a result asks for: who goes on, for how many seats; `is_run_off`, or else a second vote on a tie."""

    options: tuple[dict[str, str], ...]
    seats: int
    is_run_off: bool


def templates(by: Actor, *, at: datetime) -> list[tuple[Offer, dict[str, list[str]]]]:
    """The terms of elections in force today, each with its words per language; what cannot be read is left out."""
    day = at.astimezone(ZoneInfo(zone(by))).date()
    found = []
    for row in in_force(by.network_id or 0, "election", day):
        try:
            terms = terms_from(
                compose(row.content, {"seats": 1}, id="t", title={}, cites=row.cites, options=SAMPLE)
            )
        except InputRefusedError:
            continue
        words = {lang: list(terms_in_words(terms, lang)) for lang in LANGUAGES}
        found.append(((row.id, row.titles, row.cites), words))
    return found


def draft(item_id: int) -> dict[str, Any]:
    """What the form shows of a draft that is there; the defaults otherwise."""
    item = db.session.get(AgendaItem, item_id)
    vote = db.session.get(Vote, item.vote_id) if item is not None and item.vote_id else None
    if vote is None or vote.state != "draft" or not elections.is_election(vote):
        return {}
    said = {name: vote.rule[name] for name in COPIED if name in vote.rule}
    names = [option["names"] for option in vote.rule["options"]]
    lines = {
        f"options_{lang}": "\n".join(one[lang] for one in names) for lang in LANGUAGES if all(lang in one for one in names)
    }  # fmt: skip
    return {
        **said, **lines, "majority": vote.rule.get("majority") == "absolute", "template": vote.rule_version_id or 0,
        "show_turnout": vote.show_turnout, "contest_days": vote.contest_days,
    }  # fmt: skip


def coming(item_id: int) -> Coming | None:
    """The vote that the item's counted election asks for; None where it asks for none."""
    item = db.session.get(AgendaItem, item_id)
    vote = db.session.get(Vote, item.vote_id) if item is not None and item.vote_id else None
    count = votes.newest_count(vote.id) if vote is not None and elections.is_election(vote) else None
    if vote is None or count is None or count.status not in ("run_off_needed", "tie_pending"):
        return None
    result = outcomes.decided(vote, votes.noted(vote.id, "tie_broken", "casting_vote"))
    terms = next_terms(elections.terms_of(vote), result) if isinstance(result, Result) else None
    if terms is None:
        return None
    names = tuple(dict(option.names) for option in terms.options)
    return Coming(names, terms.seats, count.status == "run_off_needed")
