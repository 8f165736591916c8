"""What staff entered for organisations from paper and workshops, and by which ways organisations answered a round."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select, true

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.question_sheets import ANSWERED, STAFF
from consultations.facts.register import UNSENT
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry
from consultations.models.workshops import Workshop
from workflows.comment import CommentState
from workflows.roles import Role

ENTERED, CONFIRMED = "entered_on_behalf", "entries_confirmed"
WEB, OFFLINE, PAPER, WORKSHOP = WAYS = "web", "offline", "paper", "workshop"
ON_BEHALF = (PAPER, WORKSHOP)
"""Ways by which something reaches staff, who enter it."""


@dataclass(frozen=True)
class Overlap:
    """How many organisations answered by exactly these ways; the parts add up to all, each organisation in one of them."""

    parts: dict[tuple[str, ...], int]

    @property
    def organisations(self) -> int:
        """How many organisations in all."""
        return sum(self.parts.values())


def unconfirmed(comment: Comment) -> bool:
    """Whether staff entered the comment and its organisation has not said yet that it is what it said."""
    return comment.channel in ON_BEHALF and comment.confirmed_at is None


def overlap(ways: Iterable[frozenset[str]]) -> Overlap:
    """Count organisations by the exact set of their ways (consultation-model.md: "Channels never added together without
    showing the overlap"). Who answered by none is not counted."""
    parts = Counter(tuple(sorted(way)) for way in ways if way)
    return Overlap(dict(sorted(parts.items(), key=lambda part: (len(part[0]), part[0]))))


def ways_of(round_id: int) -> dict[int, frozenset[str]]:
    """{organisation: the ways by which it answered} of everybody whose answers count; three selects."""
    found: dict[int, set[str]] = {}
    for organisation_id, channel in db.session.execute(_sent_comments(round_id)):
        found.setdefault(organisation_id, set()).add(channel if channel in WAYS else WEB)
    for organisation_id, said in _said_otherwise(round_id):
        found.setdefault(organisation_id, set()).update(said)
    return {organisation: frozenset(ways) for organisation, ways in found.items()}


def waits(entry: RegisterEntry) -> bool:
    """Whether something was entered for the organisation since it last confirmed."""
    return waiting(entry.round_id, entry.organisation_id)


def waiting(round_id: int, organisation_id: int | None) -> bool:
    """Whether something was entered for the organisation in this round since it last confirmed; one select."""
    query = (
        select(Event.name)
        .join(RegisterEntry, (Event.subject_kind == "registerentry") & (Event.subject_id == RegisterEntry.id))
        .where(RegisterEntry.round_id == round_id, RegisterEntry.organisation_id == organisation_id)
        .where(Event.name.in_((ENTERED, CONFIRMED)))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) == ENTERED


def entered_by_own(by: Actor) -> ColumnElement[bool]:
    """On Comment with its Workshop if any: that this actor may read and correct it. What an organisation says is its own
    business, so a network has only what its own people entered, or came from its workshops; the Unit has all."""
    if by.role is not Role.NETWORK:
        return true()
    return or_(Workshop.network_id == by.network_id, Comment.entered_by_id.in_(_people(by)))


def is_own_entry(comment_id: int, by: Actor) -> bool:
    """The same of one comment."""
    query = select(Comment.id).outerjoin(Workshop, Workshop.id == Comment.workshop_id)
    return db.session.scalar(query.where(Comment.id == comment_id, entered_by_own(by))) is not None


def sheet_of_others(round_id: int, organisation_id: int, by: Actor) -> bool:
    """Whether somebody else than the actor's network has entered answers to questions for this organisation; never for
    the Unit."""
    if by.role is not Role.NETWORK:
        return False
    query = (
        select(QuestionAnswer.id)
        .join(Question, Question.id == QuestionAnswer.question_id)
        .where(Question.round_id == round_id, QuestionAnswer.organisation_id == organisation_id)
        .where(QuestionAnswer.person_id.is_(None) | QuestionAnswer.person_id.not_in(_people(by)))
    )
    return db.session.scalar(query.limit(1)) is not None


def _people(by: Actor) -> Select[tuple[int]]:
    """Who enters, or has entered, for the actor's network."""
    return select(Mandate.person_id).where(Mandate.network_id == by.network_id, Mandate.role == Role.NETWORK)


def rounds_waiting(organisation_id: int | None) -> list[int]:
    """The rounds in which something was entered for the organisation since it last confirmed; one select."""
    query = (
        select(RegisterEntry.round_id, Event.name)
        .join(RegisterEntry, (Event.subject_kind == "registerentry") & (Event.subject_id == RegisterEntry.id))
        .where(RegisterEntry.organisation_id == organisation_id, Event.name.in_((ENTERED, CONFIRMED)))
        .order_by(Event.id)
    )
    newest = dict(db.session.execute(query).all())
    return [round_id for round_id, name in newest.items() if name == ENTERED]


def _sent_comments(round_id: int) -> Select[tuple[int, str]]:
    return (
        select(Comment.organisation_id, Comment.channel)
        .where(Comment.round_id == round_id, Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN)))
        .distinct()
    )


def _said_otherwise(round_id: int) -> list[tuple[int, set[str]]]:
    """Organisations with a sheet that was sent or "no comment", and the ways by which these came."""
    counting = RegisterEntry.sheet_sent_at.is_not(None) | RegisterEntry.no_comment_at.is_not(None)
    columns = select(RegisterEntry.id, RegisterEntry.organisation_id)
    entries = dict(db.session.execute(columns.where(RegisterEntry.round_id == round_id, counting)).all())
    ways: dict[int, set[str]] = {id: set() for id in entries}
    for entry_id, name, role, payload in db.session.execute(_events(round_id)):
        if entry_id in ways:
            ways[entry_id] |= _way(name, role, payload)
    return [(entries[id], said) for id, said in ways.items()]


def _events(round_id: int) -> Select[tuple[int, str, str, str]]:
    return (
        select(Event.subject_id, Event.name, Event.role, Event.payload)
        .join(RegisterEntry, (Event.subject_kind == "registerentry") & (Event.subject_id == RegisterEntry.id))
        .where(RegisterEntry.round_id == round_id)
        .where(Event.name.in_((ANSWERED, "no_comment_declared", ENTERED)))
    )


def _way(name: str, role: str, payload: str) -> set[str]:
    """The way that an event tells of: staff's own acts are told by the event beside them, which names the way."""
    if name == ENTERED:
        told = json.loads(payload)
        return set() if str(told["what"]).startswith("comment/") else {str(told["channel"])}
    return set() if role in STAFF else {WEB}
