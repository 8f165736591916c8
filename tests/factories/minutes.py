"""Assemblies that were held, their votes counted, and the minutes of them."""

from datetime import timedelta
from typing import Any

from consultations.actor import SYSTEM
from consultations.engine import agenda, assemblies, votes
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from tests.factories import assemblies as make
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall

VOTED = STARTS + 2 * HOUR
CLOSED = STARTS + 4 * HOUR
LATER = CLOSED + timedelta(days=1)


def voted(assembly: Assembly, at_hall: Hall, choices: str, n: int = 0) -> Vote:
    """The n-th item is put to the vote and counted; `choices`: a letter per member, y n a, or - for none."""
    at = VOTED + n * timedelta(minutes=20)
    vote = make.opened(assembly, at_hall, n, minutes=10, at=at)
    words = {"y": "yes", "n": "no", "a": "abstain"}
    for letter, delegate in zip(choices, at_hall.delegates, strict=False):
        if letter in words:
            vote_factory.cast(vote, delegate, words[letter], at=at + timedelta(minutes=1))
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    return vote


def held(
    at_hall: Hall, *choices: str, titles: tuple[str, ...] = ("Presupuesto",), **changes: Any
) -> Assembly:
    """A closed assembly whose first items were voted on as `choices` say and whose other ones were put off."""
    assembly = make.installed(at_hall, titles=titles, **changes)
    for n, said in enumerate(choices):
        voted(assembly, at_hall, said, n)
    for item in make.items(assembly)[len(choices) :]:
        agenda.defer(item.id, reason="Faltó tiempo.", by=at_hall.president, at=CLOSED - HOUR)
    return assemblies.close(assembly.id, reason="Faltó tiempo.", by=at_hall.president, at=CLOSED)
