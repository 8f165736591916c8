"""Votes in every state, with their body, officers, roll and delegates."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from consultations.actor import SYSTEM, Actor
from consultations.engine import ballots, counts, votes
from consultations.extensions import db
from consultations.facts.texts import text_sha256
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, Standard, StandardVersion
from consultations.models.votes import Vote
from tests.factories import people, rules
from workflows.canonical import read_json
from workflows.dossier import DOSSIER
from workflows.presets import preset_text
from workflows.roles import Role
from workflows.round import ROUND, RoundState

OPENS = datetime(2026, 11, 16, 6, tzinfo=UTC)  # midnight in Managua
CLOSES = datetime(2026, 11, 22, 6, tzinfo=UTC)
# A second call: its window begins the hour after the first one's closing that the ladder asks for.
LATER = {"opens_at": CLOSES + timedelta(hours=1), "closes_at": CLOSES + timedelta(days=6)}
CALLED = datetime(2026, 11, 1, 15, tzinfo=UTC)
COUNTRIES = ("GT", "HN", "PE")
_numbers = count(1)


@dataclass
class Hall:
    """A body with its members and officers, and a dossier with a frozen text ready for vote."""

    body: Network
    members: list[Organisation]
    dossier: Dossier
    version: StandardVersion
    secretary: Actor
    president: Actor
    scrutineer: Actor
    committee: Actor
    delegates: list[Actor] = field(default_factory=list)


def rule(name: str = "simple-majority") -> Any:
    """A preset as parsed JSON."""
    return read_json(preset_text(name), name)[0]


def hall(
    electors: int = 3, *, weights: dict[str, str] | None = None, kind: str = "revision", book: bool = True
) -> Hall:
    """A body of that many organisations in turn from COUNTRIES, each with a delegate; its book holds what ships."""
    members = [
        people.organisation(country=COUNTRIES[n % len(COUNTRIES)], weights=dict(weights or {}))
        for n in range(electors)
    ]
    body = people.network(members=tuple(members))
    officers = [
        people.actor(role, network=body)
        for role in (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE)
    ]
    made = Hall(body, members, dossier(body, kind=kind), None, *officers)  # type: ignore[arg-type]
    made.version = version(made.dossier)
    if book:
        rules.shipped(body)
    ready_round(made.dossier, made.version)
    made.delegates = [people.delegate(member) for member in members]
    return made


def dossier(body: Network, *, kind: str = "revision", state: str = "final_review") -> Dossier:
    """A dossier that waits for its vote."""
    n = next(_numbers)
    standard = Standard(code=f"STDV-{n}", titles={"es": f"Criterio {n}", "en": f"Standard {n}"})
    db.session.add(standard)
    db.session.flush()
    row = Dossier(
        code=f"DOS-{n}", titles={"es": f"Posición {n}", "en": f"Position {n}"}, kind=kind, standard_id=standard.id,
        body_id=body.id, objectives={"es": "Mejorar"}, created_at=people.LONG_AGO, state=state,
        definition_version=DOSSIER.version, definition_sha256=DOSSIER.sha256,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def version(of: Dossier, *, label: str = "2.4", frozen: bool = True) -> StandardVersion:
    """A text of the dossier's standard, frozen unless told otherwise."""
    row = StandardVersion(
        standard_id=of.standard_id, label=label, reference_language="es", imported_at=people.LONG_AGO,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if frozen:
        row.text_sha256, row.frozen_at = text_sha256(row.id), people.LONG_AGO
        db.session.flush()
    return row


def clause(of: StandardVersion, words: str) -> NodeText:
    """The one requirement of a text that had none, in Spanish; the text is frozen with it."""
    node = Node(version_id=of.id, stable_id="clause", position=1, depth=0, kind="requirement", number="1")
    db.session.add(node)
    db.session.flush()
    made = NodeText(node_id=node.id, language="es", text=words)
    db.session.add(made)
    db.session.flush()
    of.text_sha256 = text_sha256(of.id)
    db.session.flush()
    return made


def ready_round(of: Dossier, text: StandardVersion) -> Round:
    """The round that CECLAC's chair declared ready for vote, with this text."""
    row = Round(
        dossier_id=of.id, version_id=text.id, number=1, zone="America/Managua", day_count="inclusive", languages=["es"],
        text_sha256=text.text_sha256, state=RoundState.READY_FOR_VOTE, definition_version=ROUND.version,
        definition_sha256=ROUND.sha256,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def terms(**changes: Any) -> dict[str, Any]:
    """What `votes.prepare` asks for, for a vote in Managua's November."""
    return {
        "questions": {"es": "¿Aprueba la posición?", "en": "Do you approve the position?"},
        "rule": rule(), "zone": "America/Managua", "opens_at": OPENS, "closes_at": CLOSES, "notice_days": 10,
        "contest_days": 5, **changes,
    }  # fmt: skip


def prepared(at_hall: Hall, *, at: datetime = CALLED, **changes: Any) -> Vote:
    """A draft; its rule stands in the body's book."""
    rules.in_book(at_hall.body, changes.get("rule") or rule())
    return votes.prepare(
        at_hall.dossier.id,
        at_hall.version.id,
        at_hall.body.id,
        by=at_hall.secretary,
        at=at,
        **terms(**changes),
    )


def convened(at_hall: Hall, *, at: datetime = CALLED, **changes: Any) -> Vote:
    """A vote whose roll is frozen."""
    vote = prepared(at_hall, at=at, **changes)
    votes.review(vote.id, samples_shown=3, by=at_hall.scrutineer, at=at)
    return votes.convene(vote.id, by=at_hall.president, at=at)


def opened(at_hall: Hall, **changes: Any) -> Vote:
    """A vote that takes ballots from OPENS (or `opens_at`) on."""
    vote = convened(at_hall, **changes)
    votes.open_vote(vote.id, by=SYSTEM, at=vote.opens_at)
    return vote


def cast(
    vote: Vote, by: Actor, choice: str, *, at: datetime | None = None, request_id: str = ""
) -> ballots.Receipt:
    """A ballot, an hour after opening unless told otherwise."""
    when = at or vote.opens_at + timedelta(hours=1)
    return ballots.cast(vote.id, choice, request_id or f"request-{next(_numbers)}", by=by, at=when)


def closed(at_hall: Hall, choices: str, **changes: Any) -> Vote:
    """A vote closed and counted; `choices`: a letter per member, y n a, or - for none."""
    vote = opened(at_hall, **changes)
    words = {"y": "yes", "n": "no", "a": "abstain"}
    for letter, delegate in zip(choices, at_hall.delegates, strict=False):
        if letter in words:
            cast(vote, delegate, words[letter])
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    return vote


def proclaimed(at_hall: Hall, choices: str, *, at: datetime | None = None, **changes: Any) -> Vote:
    """A provisional result, signed by three."""
    vote = closed(at_hall, choices, **changes)
    signing(vote, at_hall, at or vote.closes_at + timedelta(hours=2))
    return vote


def signing(vote: Vote, at_hall: Hall, at: datetime) -> None:
    """The three signatures under the newest count."""
    for signer in (at_hall.secretary, at_hall.scrutineer, at_hall.president):
        counts.sign(vote.id, by=signer, at=at)


def final(at_hall: Hall, choices: str, **changes: Any) -> Vote:
    """A result whose contest window is over."""
    vote = proclaimed(at_hall, choices, **changes)
    counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until)
    return vote
