"""Consultation rounds until they are announced: written, submitted to CECLAC, scheduled. All verbs of rounds are
reached from here; those of a running round live in round_running and round_deadlines.

Locks: the dossier before its round, the round before its review.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import dossiers, journal, reviews, round_questions
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.round_dates import await_opening, period, set_dates
from consultations.engine.round_deadlines import extend, pause, reopen, resume
from consultations.engine.round_questions import QuestionText, add_question, set_questions
from consultations.engine.round_reminders import remind
from consultations.engine.round_running import (
    close_round,
    grant_late,
    open_round,
    start_answers,
    withdraw,
)
from consultations.engine.standards import lock_version
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.next_rounds import unfollowed
from consultations.facts.rounds import round_facts
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from consultations.wording_comments import TYPES
from workflows.refusals import Refused, refusal
from workflows.remarks import types_asked
from workflows.round import ROUND, RoundState

__all__ = [
    "QuestionText", "add_question", "close_round", "create", "edit", "extend", "grant_late", "open_round", "pause", "remind", "reopen",
    "resume", "schedule", "set_questions", "start_answers", "submit", "withdraw",
]  # fmt: skip


def create(
    dossier_id: int, version_id: int, *, objectives: Mapping[str, str], zone: str, day_count: str,
    opens_on: date | None, closes_on: date | None = None, days: int | None = None,
    languages: Iterable[str], waivers: Mapping[str, str], organisation_signoff: bool = False,
    comment_types: Iterable[str] = (), by: Actor, at: datetime,
) -> Round:  # fmt: skip
    """Begin a round on a version of the dossier's standard; the dossier enters it. Sent twice it is one round.

    Arguments: `opens_on` the first day, `closes_on` the last day that is in time or `days` counted by `day_count`
    (inclusive or elapsed), all local to `zone`; `waivers` why a language is left out: {"fr": "…"};
    `comment_types` which types of comment are asked beside those of every round (none named: all there are);
    `organisation_signoff` whether organisations approve what their delegates send before it counts.
    Errors: Refused (also when the dossier is not being drafted or consulted on), NotFound.
    """
    check_mandate(by, at=at)
    dossier = locked(Dossier, dossier_id)
    version = _version_for(dossier, version_id)
    round = Round(
        dossier_id=dossier.id, version_id=version.id, number=_next_number(dossier.id), zone=zone, day_count=day_count,
        objectives=dict(objectives), languages=list(languages), waived_languages=dict(waivers), author_id=by.person_id,
        organisation_signoff=organisation_signoff, comment_types=_asked(comment_types), extensions=0, last_public_number=0,
    )  # fmt: skip
    set_dates(round, *period(opens_on, closes_on, days, zone, day_count))
    if twin := _same_draft(round):
        return twin
    with db.session.no_autoflush:
        round.dossier, round.version = dossier, version
        facts = round_facts(round, by=by, at=at)
    refs: dict[str, Any] = {"number": round.number, "version": f"version/{version.id}"}
    journal.begin(round, ROUND, "create", by=by, at=at, facts=facts, **refs)
    round_questions.begin(round)
    dossiers.enter_round(dossier, round.id, by=by, at=at)
    return round


def edit(
    round_id: int, *, objectives: Mapping[str, str], zone: str, day_count: str, opens_on: date | None,
    closes_on: date | None = None, days: int | None = None, languages: Iterable[str], waivers: Mapping[str, str],
    version_id: int | None = None, known: int | None = None, organisation_signoff: bool | None = None,
    comment_types: Iterable[str] | None = None, by: Actor, at: datetime,
) -> Round:  # fmt: skip
    """Change a round that is still a draft; arguments as for `create` (`organisation_signoff`, `comment_types` None: as they were).

    `known`: the round's last event when the form was shown; another since then refuses (`edited_meanwhile`).
    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    check_unchanged(round, known)
    journal.move(round, ROUND, "edit", by=by, at=at, facts=round_facts(round, by=by, at=at))
    round.objectives, round.languages, round.waived_languages = (
        dict(objectives),
        list(languages),
        dict(waivers),
    )
    round.zone, round.day_count = zone, day_count
    if organisation_signoff is not None:
        round.organisation_signoff = organisation_signoff
    if comment_types is not None:
        round.comment_types = _asked(comment_types)
    set_dates(round, *period(opens_on, closes_on, days, zone, day_count))
    if version_id is not None:
        _change_version(round, version_id)
    db.session.flush()
    return round


def submit(round_id: int, *, due: datetime, by: Actor, at: datetime) -> Round:
    """Hand the draft to CECLAC, whose review is due at `due`. Errors: Refused with ALL objections, NotFound."""
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    lock_version(round.version_id)  # who is changing the draft finishes first, and nobody begins meanwhile
    journal.move(round, ROUND, "submit", by=by, at=at, facts=round_facts(round, by=by, at=at))
    reviews.open_review(round, "draft", due, by=by, at=at)
    return round


def schedule(
    round_id: int, *, opens_on: date | None = None, closes_on: date | None = None, days: int | None = None,
    by: Actor, at: datetime,
) -> Round:  # fmt: skip
    """Announce an approved round: the clock will open it.

    Dates given here take the place of the planned ones, because a review may have taken longer than planned.
    Errors: Refused: the opening does not lie ahead, too short; NotFound.
    """
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    if opens_on is not None:
        set_dates(round, *period(opens_on, closes_on, days, round.zone, round.day_count))
    facts = round_facts(round, by=by, at=at)
    opens, closes = (instant.isoformat() if instant else "" for instant in (round.opens_at, round.closes_at))
    journal.move(round, ROUND, "schedule", by=by, at=at, facts=facts, opens_at=opens, closes_at=closes)
    await_opening(round)
    return round


def _version_for(dossier: Dossier, version_id: int) -> StandardVersion:
    """The version that a new round is about. Errors: Refused, also while a published round waits to be followed."""
    version = db.session.get(StandardVersion, version_id)
    if version is None or version.standard_id != dossier.standard_id:
        raise Refused(refusal("draft_version_missing"))
    if before := unfollowed(dossier.id):
        raise Refused(refusal("round_not_followed", number=before.number))
    return version


def _same_draft(round: Round) -> Round | None:
    """The dossier's newest round, if the same person has just begun it with the same terms."""
    newest = select(Round).where(Round.dossier_id == round.dossier_id).order_by(Round.number.desc()).limit(1)
    other = db.session.scalars(newest).first()
    twins = other is not None and other.state == RoundState.DRAFT and _terms(other) == _terms(round)
    return other if twins else None


def _terms(round: Round) -> tuple[object, ...]:
    return (
        round.author_id, round.version_id, round.zone, round.day_count, round.opens_at, round.closes_at, round.objectives,
        round.languages, round.waived_languages, round.organisation_signoff, round.comment_types,
    )  # fmt: skip


def _asked(chosen: Iterable[str]) -> list[str]:
    """As it is kept: the types asked in their order; nothing where all are. Errors: Refused for one that there is not."""
    named = list(chosen)
    if odd := tuple(refusal("value_unknown", value=kind) for kind in named if kind not in TYPES):
        raise Refused(*odd)
    asked = types_asked(named, TYPES)
    return [] if len(asked) == len(TYPES) else list(asked)


def _next_number(dossier_id: int) -> int:
    return 1 + (db.session.scalar(select(func.max(Round.number)).where(Round.dossier_id == dossier_id)) or 0)


def _change_version(round: Round, version_id: int) -> None:
    version = db.session.get(StandardVersion, version_id)
    if version is None or version.standard_id != round.dossier.standard_id:
        raise Refused(refusal("draft_version_missing"))
    round.version_id, round.version = version.id, version
