"""Elections in an assembly: an item that elects, its vote prepared, open, counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from consultations.actor import SYSTEM
from consultations.engine import agenda, assemblies, ballots, election_lots, election_votes, votes
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from tests.factories import assemblies as make
from tests.factories.assemblies import CALLED, HOUR, STARTS, Hall
from workflows.elections.lots import commitment

SEED = "41f0c2a98be77d3350ab91ce"
NAMES = ("Ana Pérez", "Eva Luz", "Iris", "Olga")
OPENED = STARTS + 2 * HOUR
VOTED = OPENED + HOUR / 20


def item(
    assembly: Assembly, at_hall: Hall, *, reviewed: bool = True, names: Iterable[str] = NAMES, **terms: Any
) -> AgendaItem:
    """An item that elects one of NAMES by most votes, unless `terms` say otherwise; its vote reviewed, its seed bound."""
    added = agenda.add(
        assembly.id, kind="election", titles={"es": "Elección", "en": "Election"}, motion={"es": "Se elige.", "en": "Elect."},
        by=at_hall.secretary, at=CALLED,
    )  # fmt: skip
    vote = prepared(added, at_hall, names, **terms)
    if reviewed:
        votes.review(vote.id, samples_shown=3, by=at_hall.scrutineer, at=CALLED)
    return added


def prepared(of: AgendaItem, at_hall: Hall, names: Iterable[str] = NAMES, **terms: Any) -> Vote:
    """The draft of its vote, with the hash of SEED where lots settle a tie."""
    said = {"method": "choose_one", "seats": 1, "measure": "heads", "tie": "second_vote", **terms}
    vote = election_votes.prepare(
        of.id, options=[{"es": name} for name in names], terms=said, cites="Estatutos, art. 40", by=at_hall.secretary, at=CALLED
    )  # fmt: skip
    if said["tie"] == "lots":
        election_lots.commit_seed(vote.id, commitment=commitment(SEED), by=at_hall.scrutineer, at=CALLED)
    return vote


def opened(at_hall: Hall, *, at: datetime = OPENED, **terms: Any) -> Vote:
    """An assembly in session with everybody there, and its one election open."""
    of_assembly = {
        key: terms.pop(key) for key in ("code", "form", "link", "place", "representation") if key in terms
    }
    assembly = make.prepared(at_hall, **of_assembly)
    item(assembly, at_hall, **terms)
    assemblies.convene(assembly.id, by=at_hall.president, at=CALLED)
    make.arrive(assembly, at_hall, *range(len(at_hall.members)))
    assemblies.call_next(assembly.id, by=at_hall.president, at=STARTS)
    assemblies.install(assembly.id, by=at_hall.president, at=STARTS)
    return make.opened(assembly, at_hall, at=at)


def cast(vote: Vote, at_hall: Hall, *choices: str | None) -> None:
    """The ballots of the members, in their order; None for none."""
    for n, choice in enumerate(choices):
        if choice is not None:
            ballots.cast(
                vote.id, choice, f"{vote.id}-{n}", by=at_hall.delegates[n], at=vote.opened_at + HOUR / 20
            )  # type: ignore[operator]


def counted(at_hall: Hall, *choices: str | None, **terms: Any) -> Vote:
    """An election that was held and counted."""
    vote = opened(at_hall, **terms)
    cast(vote, at_hall, *choices)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    return vote


def assembly_of(vote: Vote) -> Assembly:
    """The assembly on whose agenda it stands."""
    return db.session.get_one(Assembly, vote.assembly_id)
