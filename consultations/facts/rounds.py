"""A round's rows -> what its table of moves asks for."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import register, texts
from consultations.facts.points import points_by_state
from consultations.facts.questions import invalid
from consultations.facts.reviews import authors_of, person, standing_of
from consultations.models.comments import Comment
from consultations.models.reviews import Review
from consultations.models.rounds import LateGrant, Round
from consultations.models.standards import Node
from workflows.comment import CommentState
from workflows.deadlines import DayCount, days_between, end_of_day, with_pause, zone_named
from workflows.dossier import KINDS, DossierKind
from workflows.review import ReviewState
from workflows.round import RoundFacts

TOLD = (CommentState.ANSWERED, CommentState.SATISFIED, CommentState.OBJECTED, CommentState.SILENT)
NOT_ASKING = (*register.UNSENT, CommentState.WITHDRAWN)


def round_facts(round: Round, *, by: Actor, at: datetime, reason: str = "", **given: Any) -> RoundFacts:
    """Everything the table asks about a round at `at`, for the moves of the Unit, CECLAC and the clock.

    `given` takes the place of what was read, and adds what only the caller knows: new_closes_at, pause_waiver,
    late_organisation, late_until; for publishing consents_missing and small_cells; for the hand-over (facts.hand_over)
    voted_sha256, changes_unexplained and objections_unanswered; for the next round new_version and redline. What nobody gives, the table refuses.
    """
    read = RoundFacts(
        at=at,
        actor=person(by.person_id),
        author=person(by.person_id if by.person_id in authors_of(round.id) else round.author_id),
        reason=reason,
        standard=f"standard/{round.version.standard_id}",
        draft_version=f"version/{round.version_id}",
        objectives=next((text for text in round.objectives.values() if text.strip()), None),
        register_size=register.size(round, at=at),
        text_sha256=texts.text_sha256(round.version_id),
        frozen_sha256=round.text_sha256,
        organisations_missing=register.missing_count(round.id) if round.register_sha256 else None,
        imports_pending=_late_grants(
            round, at
        ),  # entries of staff are kept at once: only these are still to come
        anchors_pending=_misplaced(round),
        extensions=round.extensions,
        extensions_allowed=extensions_allowed(round),
        extension_days=extension_days(round),
        satisfaction_until=round.satisfaction_until,
        paused_from=round.paused_at,
        **_form(round),
        **_dates(round),
        **_commission(round, at),
        **_answers(round),
    )
    return replace(read, **given)


def minimum_days(round: Round) -> int | None:
    """The least length of this round, in days, for its dossier's kind; None for an unknown kind."""
    kind = round.dossier.kind
    return KINDS[DossierKind(kind)].days_of_round(round.number) if kind in set(DossierKind) else None


def extensions_allowed(round: Round) -> int:
    """How often a round may be extended: the deciding body's setting "extensions_allowed", two if unset."""
    return int(round.dossier.body.settings.get("extensions_allowed", 2))


def extension_days(round: Round) -> int | None:
    """By how many days the closing moves at once, at most, for its dossier's kind; None for an unknown kind."""
    kind = round.dossier.kind
    return KINDS[DossierKind(kind)].extension_days if kind in set(DossierKind) else None


def grace_until(round: Round) -> datetime | None:
    """Until when entries made without a connection come in: "grace_days" of the deciding body, three if unset."""
    days = int(round.dossier.body.settings.get("grace_days", 3))
    return round.closes_at + timedelta(days=days) if round.closes_at else None


def late_until(round: Round) -> datetime | None:
    """Until when the last of the late entries that were granted may come in; None when none was granted."""
    return db.session.scalar(select(func.max(LateGrant.until)).where(LateGrant.round_id == round.id))


def languages_missing(round: Round) -> tuple[str, ...]:
    """The round's languages in which the text is not complete and for which no waiver says why."""
    there = texts.languages_complete(round.version_id)
    return tuple(
        code
        for code in round.languages
        if code not in there and not round.waived_languages.get(code, "").strip()
    )


def after_pause(round: Round, at: datetime) -> datetime:
    """The deadline after the pause: later by its length, up to the end of that day where the day is no longer than
    usual (workflows.round_guards.paused_time_added)."""
    assert round.closes_at is not None
    assert round.paused_at is not None
    due = with_pause(round.closes_at, round.paused_at, at)
    last_day = (due - timedelta(microseconds=1)).astimezone(zone_named(round.zone)).date()
    evening = end_of_day(last_day, round.zone)
    return evening if evening - due < timedelta(days=1) else due


def days_of(round: Round) -> int | None:
    """The round's length as its own rule counts days."""
    if not (round.opens_at and round.closes_at):
        return None
    return days_between(round.opens_at, round.closes_at, round.zone, DayCount(round.day_count))


def _form(round: Round) -> dict[str, Any]:
    unnumbered, repeated = texts.numbering(round.version_id)
    return {
        "clauses_unnumbered": unnumbered,
        "clauses_repeated": repeated,
        "questions_invalid": len(invalid(round)),
        "languages_missing": languages_missing(round),
    }


def _dates(round: Round) -> dict[str, Any]:
    return {
        "opens_at": round.opens_at,
        "closes_at": round.closes_at,
        "zone": round.zone,
        "days": days_of(round),
        "minimum_days": minimum_days(round),
        "grace_until": grace_until(round),
    }


def _commission(round: Round, at: datetime) -> dict[str, Any]:
    newest = select(Review).where(Review.round_id == round.id).order_by(Review.id.desc())
    draft = db.session.scalars(newest.where(Review.subject == "draft").limit(1)).first()
    synopsis = db.session.scalars(newest.where(Review.subject == "synopsis").limit(1)).first()
    approved = bool(synopsis and synopsis.state == ReviewState.APPROVED)
    if draft is None:
        return {"synopsis_approved": approved}
    standing = standing_of(draft, at=at)
    return {
        "synopsis_approved": approved,
        "positions_taken": standing.taken,
        "positions_needed": standing.needed,
        "blocks": standing.blocks,
    }


def _answers(round: Round) -> dict[str, Any]:
    by_state = dict(
        db.session.execute(
            select(Comment.state, func.count()).where(Comment.round_id == round.id).group_by(Comment.state)
        ).all()
    )
    states = points_by_state(Comment.round_id == round.id, Comment.state.not_in(NOT_ASKING))
    return {
        "answers_published": sum(by_state.get(state, 0) for state in TOLD),
        "points_without_outcome": states.waiting,
        "points_without_response": states.unanswered,
        "second_person_pending": states.proposed,
    }


def _late_grants(round: Round, at: datetime) -> int:
    """How many late entries are granted and still running."""
    running = (LateGrant.round_id == round.id, LateGrant.until > at)
    return db.session.scalar(select(func.count(LateGrant.id)).where(*running)) or 0


def _misplaced(round: Round) -> int:
    """Comments that point into another version than the one consulted on."""
    query = select(func.count(Comment.id)).join(Node, Node.id == Comment.node_id)
    return (
        db.session.scalar(query.where(Comment.round_id == round.id, Node.version_id != round.version_id)) or 0
    )
