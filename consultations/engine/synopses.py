"""The synopsis of a round: computed and frozen for CECLAC, published with every answer, and the text handed on."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.documents.reverse_report import unexplained
from consultations.documents.synopsis_annex import names_without_consent
from consultations.engine import journal, synopsis_words
from consultations.engine.dossiers import follow
from consultations.engine.lapsing import lapse_drafts
from consultations.engine.mandates import check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.reviews import open_review
from consultations.engine.round_chair import check_chair
from consultations.engine.timers import set_timer
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts import synopses as facts_of
from consultations.facts import synopsis_words as words_of
from consultations.facts.comments import comment_facts
from consultations.facts.dossiers import dossier_facts
from consultations.facts.hand_over import hand_over_facts
from consultations.facts.rounds import round_facts
from consultations.facts.synopsis_annex import pins
from consultations.facts.synopsis_cover import cover
from consultations.facts.synopsis_figures import figures, published
from consultations.facts.synopsis_words import newest
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.synopses import Synopsis
from workflows.canonical import sha256_of
from workflows.comment import COMMENT, CommentState
from workflows.deadlines import end_of_day
from workflows.dossier import DOSSIER, DossierState
from workflows.machine import objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role
from workflows.round import ROUND, RoundFacts, RoundState

# No public source gives either; both are long enough for a member who travels. A body's settings "satisfaction_days"
# and "synopsis_review_days" say otherwise.
SATISFACTION_DAYS = 14
REVIEW_DAYS = 14


def keep_draft(
    round_id: int, introduction: str, way_forward: str, *, known: str | None = None, by: Actor, at: datetime
) -> Round:
    """Keep introduction and way forward in the reference language, complete or not; nothing is frozen and nobody told.

    `known`: the fingerprint of both as the form was shown them. Errors: Refused unless comments are being answered (or
    the assembly has decided) and the Unit asks; `edited_meanwhile`, `figure_unknown`.
    """
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    synopsis_words.refuse_writing(round_, by)
    return synopsis_words.write(round_, _own(round_, introduction, way_forward), known=known, by=by, at=at)


def submit(
    round_id: int, introduction: str, way_forward: str, *, known: str | None = None, by: Actor, at: datetime
) -> Synopsis:
    """Freeze the figures, the answers and the words around them, and ask CECLAC for its review.

    The same synopsis sent twice is one. Errors: Refused with every reason, e.g. how many comments have no answer, and
    each figure in the words that has changed since it was taken.
    """
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    introduction, way_forward = introduction.strip(), way_forward.strip()
    before = newest(round_id)
    if round_.state == RoundState.SYNOPSIS_REVIEW and before and not words_of.kept(round_) and (
        (before.introduction, before.way_forward) == (introduction, way_forward)
    ):  # fmt: skip
        return before
    lapse_drafts(round_id, by=SYSTEM, at=at)
    if round_.state == RoundState.ANSWERING:
        said = _own(round_, introduction, way_forward)
        synopsis_words.write(round_, said, known=known, by=by, at=at)
    words, facts = words_of.writing(round_), round_facts(round_, by=by, at=at)
    _refuse(
        objections(ROUND, round_.state, "submit_synopsis", by.role, facts),
        () if introduction else (refusal("introduction_missing"),),
        () if way_forward else (refusal("way_forward_missing"),),
        synopsis_words.stale_figures(round_, words, words_of.taken(round_)),
    )
    synopsis = _frozen(round_, words, number=before.number + 1 if before else 1, by=by, at=at)
    journal.move(
        round_,
        ROUND,
        "submit_synopsis",
        by=by,
        at=at,
        facts=facts,
        synopsis=f"synopsis/{synopsis.id}",
        sha256=synopsis.sha256,
    )
    days = int(round_.dossier.body.settings.get("synopsis_review_days", REVIEW_DAYS))
    open_review(round_, "synopsis", _days_later(round_, days, at), by=by, at=at)
    return synopsis


def reissue(round_id: int, *, by: Actor, at: datetime) -> Synopsis:
    """Issue a published synopsis again, once the assembly has decided: another version; the earlier ones stay public.

    Its words are those of the last version, which the Commission approved; new is what the assembly decided, with the
    figures and the answers as they are by now. Issued again with nothing new, it is the last one. Errors: Refused: not
    decided yet, not the head, figures in the words that changed, small cells or names without consent that would show.
    """
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    before = newest(round_id)
    if before is None:
        raise NotFound(f"Synopsis of round {round_id}")
    if before.published_at and before.cover.get("decision") and not words_of.kept(round_):
        return before
    words = words_of.frozen(before)
    shown = RoundFacts(
        synopsis_approved=True, small_cells=facts_of.small_cells(published(figures(round_id))),
        consents_missing=names_without_consent(before),
    )  # fmt: skip
    _refuse(
        objections(ROUND, RoundState.SYNOPSIS_REVIEW, "publish", by.role, shown),
        () if synopsis_words.may_reissue(round_) else (refusal("synopsis_not_reissued_yet"),),
        synopsis_words.stale_figures(round_, words, words_of.taken(round_)),
    )  # fmt: skip
    synopsis = _frozen(round_, words, number=before.number + 1, by=by, at=at)
    synopsis.published_at = at
    event = journal.record(
        "synopsis_reissued", round_, by=by, at=at, synopsis=f"synopsis/{synopsis.id}", sha256=synopsis.sha256
    )
    told = delegates(facts_of.took_part(round_id), at=at)
    notify("synopsis_reissued", told, round_, due_at=at, event=event, once=str(synopsis.number))
    return synopsis


def publish(round_id: int, *, by: Actor, at: datetime) -> Synopsis:
    """Publish what CECLAC approved: every commenter is told their answer, at the same instant as everybody.

    Opens the time to say whether the answers satisfy. Published before, nothing happens. Errors: Refused.
    """
    check_mandate(by, at=at)
    round_ = locked(Round, round_id)
    synopsis = newest(round_id)
    if synopsis is None:
        raise NotFound(f"Synopsis of round {round_id}")
    if round_.published_at is not None:
        return synopsis
    shown = published(synopsis.figures)
    facts = round_facts(
        round_,
        by=by,
        at=at,
        small_cells=facts_of.small_cells(shown),
        consents_missing=names_without_consent(synopsis),
    )
    event = journal.move(round_, ROUND, "publish", by=by, at=at, facts=facts, sha256=synopsis.sha256)
    days = int(round_.dossier.body.settings.get("satisfaction_days", SATISFACTION_DAYS))
    round_.published_at, round_.satisfaction_until = at, _days_later(round_, days, at)
    synopsis.published_at = at
    _tell_every_answer(round_, by=by, at=at)
    _tell_who_took_part(round_, event, at=at)
    set_timer("end_satisfaction", round_, round_.satisfaction_until)
    return synopsis


def ready_for_vote(round_id: int, *, by: Actor, at: datetime) -> Round:
    """CECLAC's chair hands the text of this round to the assembly; the dossier follows into its final step.

    Declared before, nothing happens. Errors: Refused with the reasons of the round's and of the dossier's table.
    """
    check_mandate(by, at=at)
    dossier_id = db.session.scalar(select(Round.dossier_id).where(Round.id == round_id))
    if dossier_id is None:
        raise NotFound(f"Round {round_id}")
    dossier, round_ = locked(Dossier, dossier_id), locked(Round, round_id)
    if round_.state == RoundState.READY_FOR_VOTE:
        return round_
    check_chair(round_, by, at=at)
    facts = hand_over_facts(round_, unexplained(round_), by=by, at=at)
    _refuse(objections(ROUND, round_.state, "ready_for_vote", by.role, facts), _dossier_objects(dossier, at))
    journal.move(
        round_, ROUND, "ready_for_vote", by=by, at=at, facts=facts, text_sha256=round_.text_sha256 or ""
    )
    follow(dossier, "start_final_review", by=by, at=at)
    return round_


def _frozen(round_: Round, words: words_of.Words, *, number: int, by: Actor, at: datetime) -> Synopsis:
    """Write down everything as it is now; nothing is being written any more then."""
    own = [words_of.place(section, round_.version.reference_language) for section in words_of.OWN_COLUMNS]
    held = {
        "introduction": words.get(own[0], ""), "way_forward": words.get(own[1], ""),
        "sections": {place: text for place, text in words.items() if place not in own},
        "figures": figures(round_.id), "cover": cover(round_), "decisions": pins(round_.id),
    }  # fmt: skip
    sha256 = sha256_of({"round": round_.id, "number": number, **held})
    round_.draft_introduction = round_.draft_way_forward = ""
    round_.draft_sections, round_.draft_figures = {}, {}
    made = {"round_id": round_.id, "number": number, "sha256": sha256, "frozen_at": at}
    return add(Synopsis(**made, **held, frozen_by_id=by.person_id))


def _own(round_: Round, introduction: str, way_forward: str) -> words_of.Words:
    """The two that have columns of their own, by their places."""
    reference = round_.version.reference_language
    said = zip(words_of.OWN_COLUMNS, (introduction, way_forward), strict=True)
    return {words_of.place(section, reference): text for section, text in said}


def _tell_every_answer(round_: Round, *, by: Actor, at: datetime) -> None:
    decided = select(Comment).where(Comment.round_id == round_.id, Comment.state == CommentState.DECIDED)
    rows = db.session.scalars(decided.order_by(Comment.id).with_for_update()).all()
    known = partial(comment_facts, round_=round_, known=RoundFacts(), by=by, at=at)
    journal.move_all(rows, COMMENT, "answer", by=by, at=at, facts=known)


def _tell_who_took_part(round_: Round, event: Event, *, at: datetime) -> None:
    """Who commented is asked whether the answers satisfy; who took part without a comment only learns that they are public."""
    until = round_.satisfaction_until.isoformat() if round_.satisfaction_until else ""
    spoke = set(
        db.session.scalars(
            select(Comment.organisation_id).where(
                Comment.round_id == round_.id, Comment.state.not_in(facts_of.NOT_RECEIVED)
            )
        )
    )
    took_part = facts_of.took_part(round_.id)
    for those, said in (
        ([id for id in took_part if id in spoke], {"until": until}),
        ([id for id in took_part if id not in spoke], {"uncommented": "1"}),
    ):
        notify("answers_published", delegates(those, at=at), round_, due_at=at, event=event, **said)


def _dossier_objects(dossier: Dossier, at: datetime) -> tuple[Refusal, ...]:
    """What speaks against the dossier's own step, which is the head's; a dossier that is there already has none."""
    if dossier.state == DossierState.FINAL_REVIEW:
        return ()
    return objections(
        DOSSIER, dossier.state, "start_final_review", Role.UNIT_HEAD, dossier_facts(dossier, at=at)
    )


def _days_later(round_: Round, days: int, at: datetime) -> datetime:
    """The end of the day `days` later where the round is held."""
    return end_of_day(at.astimezone(ZoneInfo(round_.zone)).date() + timedelta(days=days), round_.zone)


def _refuse(*groups: tuple[Any, ...]) -> None:
    if reasons := tuple(dict.fromkeys(reason for group in groups for reason in group)):
        raise Refused(*reasons)
