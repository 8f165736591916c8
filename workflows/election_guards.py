"""What speaks against a move of a vote that elects: lots from a seed that was bound before, and the vote that follows."""

import re

from workflows import guards
from workflows.elections.lots import seed_refusals
from workflows.refusals import Refusal, refusal
from workflows.vote_facts import VoteFacts

_SHA256 = re.compile(r"[0-9a-f]{64}")


def lots_asked_for(facts: VoteFacts) -> Refusal | None:
    """By its terms lots settle a tie."""
    return guards.unless(facts.draws_lots is True, "lots_not_asked_for")


def commitment_given(facts: VoteFacts) -> Refusal | None:
    """What is published of the seed is a SHA-256."""
    return guards.unless(bool(_SHA256.fullmatch(facts.seed_commitment or "")), "seed_commitment_unfit")


def committer_is_not_author(facts: VoteFacts) -> Refusal | None:
    """Whoever wrote the options, and so their order, does not choose the seed as well."""
    return guards.unless(guards.different(facts.actor, facts.author), "seed_committer_is_author")


def seed_bound(facts: VoteFacts) -> Refusal | None:
    """Where lots may be drawn, the hash of their seed is published before anybody votes."""
    return guards.unless(facts.draws_lots is False or bool(facts.seed_commitment), "seed_commitment_missing")


def seed_fits(facts: VoteFacts) -> Refusal | None:
    """The seed is the one whose hash was published."""
    if not facts.seed_commitment:
        return refusal("seed_commitment_missing")
    return next(iter(seed_refusals(facts.seed or "", facts.seed_commitment)), None)
