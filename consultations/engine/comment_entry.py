"""What every verb on comments begins with: the locks, the reasons against, and the words as they stand.

Locks, always round -> register entry -> comment; see engine/comments.py for why sending takes the round for itself.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine.mandates import check_mandate
from consultations.engine.recipients import Recipient, delegates
from consultations.engine.round_chair import check_chair
from consultations.engine.work import NotFound, locked, shared
from consultations.extensions import db
from consultations.facts.comments import comment_facts, entry_facts
from consultations.facts.rounds import grace_until
from consultations.facts.texts import DELETED
from consultations.models.comments import Comment, CommentVersion
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node
from consultations.wording import LANGUAGES
from consultations.wording_comments import STANCES, TYPES, VISIBILITIES
from workflows.comment import CommentFacts, CommentState
from workflows.machine import objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.remarks import types_asked
from workflows.roles import Role, implies
from workflows.round import ROUND, RoundFacts

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when read aloud


@dataclass(frozen=True)
class Words:
    """What a comment says, in one version."""

    type: str
    stance: str
    text: str
    justification: str = ""
    proposal: str = ""
    would_vote_no: bool = False


@dataclass(frozen=True)
class Entering:
    """A locked round with the acting organisation's locked register entry."""

    round: Round
    entry: RegisterEntry | None
    known: RoundFacts


def begin(round_id: int, *, exclusive: bool, by: Actor, at: datetime) -> Entering:
    """Lock the round (for oneself or shared) and the acting organisation's entry. Errors: Refused, NotFound.

    Staff who enter for an organisation (engine.on_behalf) have until the end of the declared grace: paper travels.
    """
    if not is_operator(by):
        check_mandate(by, at=at)
    round_ = locked(Round, round_id) if exclusive else shared(Round, round_id)
    mine = select(RegisterEntry.id).filter_by(round_id=round_id, organisation_id=by.organisation_id)
    entry_id = db.session.scalar(mine)
    entry = locked(RegisterEntry, entry_id) if entry_id else None
    known = entry_facts(round_, organisation_id=by.organisation_id, at=at)
    if is_staff(by):
        known = replace(known, grace_until=grace_until(round_))
    return Entering(round_, entry, known)


def is_staff(by: Actor) -> bool:
    """Whether they enter what an organisation said elsewhere: the Unit and the networks."""
    return not implies(by.role).isdisjoint({Role.UNIT, Role.NETWORK})


def authors(by: Actor, at: datetime) -> tuple[Recipient, ...]:
    """Who sent it; what staff entered is told to those who act for the organisation."""
    if is_staff(by):
        return delegates([by.organisation_id] if by.organisation_id else [], at=at)
    return (Recipient(by.person_id, by.organisation_id),) if by.person_id is not None else ()


def is_operator(by: Actor) -> bool:
    """Whether this is the operator at the server's own shell, who enters for the Unit: without a person, no mandate."""
    return by.role is Role.UNIT and by.person_id is None and by.mandate_id is None


def take(comment_id: int, *, exclusive: bool, by: Actor, at: datetime) -> tuple[Comment, Entering]:
    """Lock the comment after its round and the acting organisation's entry. Errors: Refused, NotFound."""
    here = begin(_round_of(comment_id), exclusive=exclusive, by=by, at=at)
    return locked(Comment, comment_id), here


def take_shared(comment_id: int, *, by: Actor, at: datetime) -> tuple[Comment, Round]:
    """The comment locked and its round shared, for those who enter nothing.

    Errors: Refused (mandate, the chair of another body), NotFound.
    """
    check_mandate(by, at=at)
    round_ = shared(Round, _round_of(comment_id))
    check_chair(round_, by, at=at)
    return locked(Comment, comment_id), round_


def _round_of(comment_id: int) -> int:
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
    if round_id is None:
        raise NotFound(f"Comment {comment_id}")
    return round_id


def entry_of(here: Entering) -> RegisterEntry:
    """The locked entry; Refused when the organisation is not asked."""
    if here.entry is None:
        raise Refused(refusal("organisation_not_registered"))
    return here.entry


def refuse(*groups: tuple[Refusal, ...]) -> None:
    """Raise all reasons of all groups together, each once."""
    if reasons := tuple(dict.fromkeys(reason for group in groups for reason in group)):
        raise Refused(*reasons)


def round_objects(here: Entering, move: str, by: Actor) -> tuple[Refusal, ...]:
    """What the round's table says against entering."""
    return objections(ROUND, here.round.state, move, by.role, here.known)


def facts_of(
    comment: Comment, here: Entering, said: Words | None, *, by: Actor, at: datetime
) -> CommentFacts:
    """What the comment's table asks, given these words."""
    return comment_facts(comment, here.round, here.known, by=by, at=at, text=said.text if said else None)


def odd_values(
    said: Words, node_id: int | None, round_: Round, visibility: str, language: str
) -> tuple[Refusal, ...]:
    """Values that are not offered, a type that this round does not ask for, a clause of another text or deleted."""
    offered = ((said.type, TYPES), (said.stance, STANCES), (visibility, VISIBILITIES), (language, LANGUAGES))
    odd = tuple(refusal("value_unknown", value=value) for value, values in offered if value not in values)
    if said.type in TYPES and said.type not in types_asked(round_.comment_types or (), TYPES):
        odd += (refusal("type_not_asked", type=said.type),)
    node = db.session.get(Node, node_id) if node_id else None
    here = node is not None and node.version_id == round_.version_id and node.kind != DELETED
    return odd if here or node_id is None else (*odd, refusal("clause_not_in_round"))


def is_late(here: Entering, at: datetime) -> bool:
    """Whether the round's own closing instant is reached."""
    return here.round.closes_at is not None and at >= here.round.closes_at


def by_uuid(round_id: int, client_uuid: str, by: Actor) -> Comment | None:
    """The comment that this very form made before."""
    query = select(Comment).filter_by(
        round_id=round_id, organisation_id=by.organisation_id, client_uuid=client_uuid
    )
    return db.session.scalar(query)


def sent_by(round_id: int, by: Actor) -> int:
    """How many comments of the organisation stand."""
    query = select(func.count(Comment.id)).where(
        Comment.round_id == round_id, Comment.organisation_id == by.organisation_id,
        Comment.submitted_at.is_not(None), Comment.state != CommentState.WITHDRAWN,
    )  # fmt: skip
    return db.session.scalar(query) or 0


def newest(comment: Comment) -> CommentVersion:
    """The version that counts."""
    return db.session.scalars(
        select(CommentVersion).filter_by(comment_id=comment.id, number=comment.version)
    ).one()


def said_in(version: CommentVersion) -> Words:
    """A version's words."""
    return Words(
        version.type,
        version.stance,
        version.text,
        version.justification,
        version.proposal,
        version.would_vote_no,
    )


def name_of(person_id: int | None) -> str:
    """A person's name, for a refusal."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else "?"


def receipt() -> str:
    """A code to quote; only its organisation and the Unit see it (consultation-model.md, "Comment")."""
    letters = [secrets.choice(_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
