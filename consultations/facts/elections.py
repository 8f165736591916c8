"""Rows of a vote that elects -> the terms of its election, and the votes that follow one another on one matter."""

from functools import lru_cache
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from workflows.canonical import canonical_json, read_json
from workflows.conditions import INVALID
from workflows.elections.choices import choice_refusals
from workflows.elections.reading import terms_from
from workflows.elections.templates import keeps_to
from workflows.elections.terms import Terms
from workflows.refusals import Refusal, refusal

RULE = "rule"
"""The method of a vote that adopts or rejects; all others elect."""


def is_election(vote: Vote) -> bool:
    """Whether options are chosen, not a motion adopted or rejected."""
    return vote.method != RULE


def terms_of(vote: Vote) -> Terms:
    """The terms of its election as the rules read them."""
    return _terms(canonical_json(vote.rule))


def draws_lots(vote: Vote) -> bool:
    """Whether its ties are settled by lots."""
    return is_election(vote) and terms_of(vote).tie == "lots"


def against_choice(terms: Terms, choice: str) -> tuple[Refusal, ...]:
    """What speaks against this text as a ballot that an organisation casts itself: a spoilt paper is none."""
    return (refusal("choice_unknown"),) if choice == INVALID else choice_refusals(choice, terms)


def following(vote: Vote) -> Vote | None:
    """The vote that is held next on the same matter because this one asked for it; None while there is none."""
    if vote.assembly_id is None:
        return None
    query = select(Vote).where(
        Vote.assembly_id == vote.assembly_id, Vote.id > vote.id, Vote.state != "voided"
    )
    later = db.session.scalars(query.order_by(Vote.id))
    return next((one for one in later if one.rule.get("follows") == vote.rule_sha256), None)


def followed(vote: Vote) -> Vote | None:
    """The vote that this one follows; None for a first one."""
    if vote.assembly_id is None or not vote.rule.get("follows"):
        return None
    query = select(Vote).where(Vote.assembly_id == vote.assembly_id, Vote.rule_sha256 == vote.rule["follows"])
    return db.session.scalar(query.order_by(Vote.id.desc()).limit(1))


def in_book(vote: Vote, row: RuleVersion | None) -> bool:
    """Whether its terms say what the version of the rule book that they were made of says, or cite their own source."""
    if row is None:
        return bool(vote.rule.get("cites"))
    return keeps_to(vote.rule, row.content) if row.kind == "election" else False


@lru_cache(maxsize=64)
def _terms(canonical: str) -> Terms:
    return terms_from(read_json(canonical, "terms")[0])


def read(content: Any) -> Terms:
    """Read terms from parsed JSON. Raises InputRefusedError with every fault."""
    return terms_from(content)
