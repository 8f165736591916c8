"""What was entered for an organisation from paper and workshops: for those who enter it, and for the organisation."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import aliased

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import on_behalf
from consultations.facts.comments import entry_facts
from consultations.facts.commission import in_force
from consultations.facts.memberships import is_member
from consultations.facts.question_sheets import answered_itself
from consultations.facts.rounds import grace_until
from consultations.models.base import NotFound
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.workshops import Attendance, Workshop
from consultations.queries.comments import CommentView, rows, seen
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.questions import SheetPage, sheet_page
from consultations.queries.workshops import RoundLine, round_line
from workflows.comment import CommentState
from workflows.machine import allowed
from workflows.roles import Role
from workflows.round import ROUND


@dataclass(frozen=True)
class Entered:
    """A comment entered for an organisation: how it came, who entered it, whether the organisation confirmed it."""

    comment: CommentView
    channel: str
    workshop_id: int | None
    place: str
    entered_by: str
    confirmed_at: datetime | None


@dataclass(frozen=True)
class EntryPage:
    """An organisation for those who enter for it. `itself`: it answered the questions itself, so nobody else does;
    `others`: another network or the Unit entered its answers, which this network neither reads nor changes. `confirmable`: it has a delegate, who can confirm what is entered for it."""

    round: RoundLine
    id: int
    code: str
    name: str
    country: str
    language: str
    entered: tuple[Entered, ...]
    no_comment: bool
    sent_at: datetime | None
    itself: bool
    others: bool
    waits: bool
    questions: int
    confirmable: bool
    can: frozenset[str]


@dataclass(frozen=True)
class Came:
    """How many people of the organisation came to a workshop."""

    place: str
    women: int
    men: int
    others: int
    confirmed_at: datetime | None


@dataclass(frozen=True)
class EnteredForUs:
    """What the organisation is asked to confirm. `signoff`: the round asks for approval, so that comments stay as they
    are confirmed."""

    head: Head
    entered: tuple[Entered, ...]
    came: tuple[Came, ...]
    sheet: SheetPage | None
    no_comment: bool
    waits: bool
    signoff: bool


def entry_page(round_id: int, organisation_id: int, *, by: Actor, at: datetime) -> EntryPage:
    """One organisation of the register. Raises NotFound, also for one that is no member of the network."""
    row = db.session.execute(
        select(RegisterEntry, Organisation, Round)
        .join(Organisation, Organisation.id == RegisterEntry.organisation_id)
        .join(Round, Round.id == RegisterEntry.round_id)
        .where(RegisterEntry.round_id == round_id, RegisterEntry.organisation_id == organisation_id)
    ).one_or_none()
    if row is None or (by.role is Role.NETWORK and not is_member(organisation_id, by.network_id, at=at)):
        raise NotFound(f"Organisation {organisation_id}")
    entry, organisation, round = row
    acting = replace(by, organisation_id=organisation_id)
    return EntryPage(
        round_line(round_id), organisation.id, organisation.code, entry.name, entry.country, organisation.language,
        _entered(round_id, organisation_id, on_behalf.entered_by_own(by), by=acting, at=at), entry.no_comment_at is not None,
        entry.sheet_sent_at, answered_itself(entry),
        on_behalf.sheet_of_others(round_id, organisation_id, by), on_behalf.waits(entry), len(round.questions),
        _has_delegate(organisation_id, at), _can(round, acting, at),
    )  # fmt: skip


def entered_comment(comment_id: int, *, by: Actor, at: datetime) -> tuple[EntryPage, Entered]:
    """One comment entered for an organisation, for those who may correct it. Raises NotFound."""
    found = db.session.execute(
        select(Comment.round_id, Comment.organisation_id).where(Comment.id == comment_id)
    ).one_or_none()
    if found is None:
        raise NotFound(f"Comment {comment_id}")
    page = entry_page(found[0], found[1], by=by, at=at)
    one = next((one for one in page.entered if one.comment.id == comment_id), None)
    if one is None:
        raise NotFound(f"Comment {comment_id}")
    return page, one


def sheet_for(round_id: int, organisation_id: int, *, by: Actor, at: datetime) -> SheetPage:
    """The sheet to enter for an organisation; what it has answered itself, and to a network what others
    entered, is not shown. Raises NotFound."""
    page = entry_page(round_id, organisation_id, by=by, at=at)
    found = sheet_page(round_id, by=replace(by, organisation_id=organisation_id), at=at)
    if found is None or page.itself or page.others:
        raise NotFound(f"Sheet of organisation {organisation_id}")
    return found


def entered_for_us(round_id: int, *, by: Actor, at: datetime) -> EnteredForUs | None:
    """Everything that was entered for the organisation acted for; None when there is no such round."""
    top = head(round_id, by=by, at=at)
    if top is None or not top.started or by.organisation_id is None:
        return None
    entry = db.session.scalars(
        select(RegisterEntry).filter_by(round_id=round_id, organisation_id=by.organisation_id)
    ).one_or_none()
    if entry is None:
        return None
    came = (
        select(Workshop.place, Attendance.women, Attendance.men, Attendance.others, Attendance.confirmed_at)
        .join(Workshop, Workshop.id == Attendance.workshop_id)
        .where(Workshop.round_id == round_id, Attendance.organisation_id == by.organisation_id)
        .order_by(Workshop.held_on)
    )
    staff = entry.sheet_sent_at is not None and not answered_itself(entry)
    return EnteredForUs(
        top, _entered(round_id, by.organisation_id, true(), by=by, at=at),
        tuple(Came(*row) for row in db.session.execute(came)), sheet_page(round_id, by=by, at=at) if staff else None,
        entry.no_comment_at is not None, on_behalf.waits(entry), db.session.get_one(Round, round_id).organisation_signoff,
    )  # fmt: skip


def _entered(
    round_id: int, organisation_id: int, more: ColumnElement[bool], *, by: Actor, at: datetime
) -> tuple[Entered, ...]:
    """Comments that came on paper or from a workshop and stand, in the order of entering; three selects."""
    here = (
        Comment.round_id == round_id, Comment.organisation_id == organisation_id, Comment.channel.in_(on_behalf.ON_BEHALF),
        Comment.state != CommentState.WITHDRAWN,
    )  # fmt: skip
    hand = aliased(Person)
    told = {
        id: rest
        for id, *rest in db.session.execute(
            select(
                Comment.id,
                Comment.channel,
                Comment.workshop_id,
                Workshop.place,
                hand.name,
                Comment.confirmed_at,
            )
            .outerjoin(Workshop, Workshop.id == Comment.workshop_id)
            .outerjoin(hand, hand.id == Comment.entered_by_id)
            .where(*here, more)
        )
    }
    views = seen(rows(*here, Comment.id.in_(told)).order_by(Comment.id), by=by, at=at)
    return tuple(_as_entered(view, told[view.id]) for view in views)


def _as_entered(view: CommentView, told: list[object]) -> Entered:
    channel, workshop_id, place, name, confirmed_at = told
    return Entered(view, channel, workshop_id, place or "", name or "", confirmed_at)  # type: ignore[arg-type]


def _has_delegate(organisation_id: int, at: datetime) -> bool:
    held = exists().where(
        Mandate.organisation_id == organisation_id, Mandate.role == "delegate", *in_force(at)
    )
    return bool(db.session.scalar(select(held)))


def _can(round: Round, acting: Actor, at: datetime) -> frozenset[str]:
    known = entry_facts(round, organisation_id=acting.organisation_id, at=at)
    return frozenset(allowed(ROUND, round.state, acting.role, replace(known, grace_until=grace_until(round))))
