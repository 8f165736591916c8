"""Contesting a result that is not final, and the committee's answers (process.md: uphold, recount, annul).

Any organisation of the roll may contest while the window is open, also one that others have contested. Every contest is
answered for itself; when the last is, the answer that goes furthest is carried out on the vote, once.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import (
    agenda,
    counts,
    dossiers,
    group_recounts,
    journal,
    notices,
    recipients,
    seconds,
    timers,
)
from consultations.engine.contest_files import check_files, keep_files
from consultations.engine.mandates import check_mandate
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts import pairs, taken
from consultations.facts.vote_course import annulment
from consultations.facts.votes import newest_count, noted, person, vote_facts
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.votes import Contest, RollEntry, Vote
from workflows.canonical import sha256_of
from workflows.machine import objections
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.vote import VOTE
from workflows.vote_facts import Signer

RESOLUTIONS = ("uphold", "recount", "annul")  # each goes further than the one before
TOLD = (Role.COMMITTEE, Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER)


def raise_contest(
    vote_id: int, *, grounds: str, files: Sequence[AttachedFile] = (), by: Actor, at: datetime
) -> Contest:
    """Contest a result for an organisation of the roll, with grounds and evidence; sent twice it is one contest.

    Errors: Refused: not on the roll, window over, no grounds, the organisation waits for an answer already, too many files.
    """
    check_mandate(by, at=at)
    vote = locked(Vote, vote_id)
    if there := _same(vote_id, grounds, by):
        return there
    on_roll = select(RollEntry.id).where(
        RollEntry.vote_id == vote_id, RollEntry.organisation_id == by.organisation_id
    )
    facts = vote_facts(
        vote, by=by, at=at, reason=grounds, on_roll=db.session.scalar(on_roll) is not None,
        contests_waiting=_open(vote_id).count(by.organisation_id),
    )  # fmt: skip
    check_files(files)
    event = journal.move(vote, VOTE, "contest", by=by, at=at, facts=facts, reason=grounds)
    contest = add(
        Contest(
            vote_id=vote_id,
            organisation_id=by.organisation_id,
            person_id=by.person_id,
            grounds=grounds.strip(),
            raised_at=at,
        )
    )
    keep_files(contest, files, by=by, at=at)
    told = recipients.holders(TOLD, vote.body_id, at=at)
    notices.notify("contest_raised", told, vote, due_at=at, event=event, once=str(contest.id), code=vote.code)
    return contest


def resolve(
    contest_id: int, *, resolution: str, reason: str, group_by: str = "", group_value: str = "", by: Actor, at: datetime
) -> Contest:  # fmt: skip
    """Answer a contest: `resolution` is uphold (the result stands), recount or annul, with the reason.

    `group_by`, `group_value`: of a recount, the one group of the roll that is counted again (country, PE).

    Annulling takes two members of the committee: the first one's word is kept and the contest waits for another's. The
    vote moves when no contest waits any longer. A recount writes a second count beside the first and asks for new
    signatures; sent twice it is one answer. Errors: Refused; NotFound.
    """
    contest, dossier, vote = _locked(contest_id)
    check_office(vote.body_id, by=by, at=at)
    if contest.resolution == resolution and contest.resolution_reason == reason.strip():
        return contest
    if resolution not in RESOLUTIONS:
        raise Refused(refusal("resolution_unknown"))
    if contest.resolution is not None:
        raise Refused(refusal("contest_answered"))
    if resolution == "annul" and not (first := pairs.annulment(vote, contest.id)):
        _propose_annulment(contest, vote, reason, by, at)
        return contest
    if resolution == "annul" and (first.person_id, first.reason) == (by.person_id, reason.strip()):
        return contest
    contest.group_by, contest.group_value = group_recounts.checked(vote, resolution, group_by, group_value)
    _answer(contest, vote, resolution, reason, by, at)
    if not _open(vote.id):
        _carry_out(vote, dossier, _furthest(vote), by, at)
    return contest


def _propose_annulment(contest: Contest, vote: Vote, reason: str, by: Actor, at: datetime) -> None:
    """Keep what the first member says, and ask the others of the committee."""
    facts = vote_facts(vote, by=by, at=at, reason=reason)
    event = journal.move(
        vote, VOTE, "propose_annulment", by=by, at=at, facts=facts, reason=reason.strip(), contest=f"contest/{contest.id}"
    )  # fmt: skip
    seconds.ask((Role.COMMITTEE,), vote, event, by=by, at=at)


def _answer(contest: Contest, vote: Vote, resolution: str, reason: str, by: Actor, at: datetime) -> None:
    """Record one answer. It asks for the committee, a contested vote and a reason; annulling for a second member."""
    asked = "annul" if resolution == "annul" else "uphold"
    facts = vote_facts(vote, by=by, at=at, reason=reason, signers=_annulling(contest, vote, by.person_id))
    if said := objections(VOTE, vote.state, asked, by.role, facts):
        raise Refused(*said)
    contest.resolution, contest.resolution_reason = resolution, reason.strip()
    contest.resolved_at, contest.resolved_by_id = at, by.person_id
    db.session.flush()
    references = {"contest": f"contest/{contest.id}", "resolution": resolution}
    journal.record("contest_answered", vote, by=by, at=at, reason=reason, **references)


def _annulling(contest: Contest, vote: Vote, second: int | None) -> tuple[Signer, ...]:
    """Who of the committee wants the vote annulled over this contest: the first, and who answers it."""
    first = pairs.annulment(vote, contest.id)
    return (first.signer, (Role.COMMITTEE, str(person(second)))) if first else ()


def _furthest(vote: Vote) -> Contest:
    """The contest whose answer goes furthest among those of the result that stands; of equals the newest answer."""
    query = select(Contest).where(Contest.vote_id == vote.id, Contest.raised_at >= vote.provisional_at)
    answered = db.session.scalars(query.order_by(Contest.resolved_at.desc(), Contest.id.desc()))
    return max(answered, key=lambda contest: RESOLUTIONS.index(str(contest.resolution)))


def _carry_out(vote: Vote, dossier: Dossier, decisive: Contest, by: Actor, at: datetime) -> None:
    resolution, reason = str(decisive.resolution), decisive.resolution_reason
    if resolution == "recount":
        _recount(vote, group_recounts.group_of(vote), reason, by, at)
    else:
        signers = _annulling(decisive, vote, decisive.resolved_by_id)
        facts = vote_facts(vote, by=by, at=at, reason=reason, signers=signers)
        event = journal.move(
            vote, VOTE, resolution, by=by, at=at, facts=facts, reason=reason, contest=f"contest/{decisive.id}"
        )
        if resolution == "annul":
            _tell_annulled(vote, reason, event, at)
    db.session.flush()
    _afterwards(vote, dossier, decisive, by, at)


def _tell_annulled(vote: Vote, reason: str, event: Event, at: datetime) -> None:
    """Whoever was told the result, and whoever contested it, is told that it no longer stands, and why."""
    raised = select(Contest.person_id, Contest.organisation_id).where(Contest.vote_id == vote.id)
    contesting = (recipients.Recipient(*who) for who in db.session.execute(raised))
    told = (*recipients.told("vote_result", vote), *contesting)
    db.session.flush()
    said = " / ".join(f"{one['person']}: {one['reason']}" for one in annulment(vote.id, at))
    notices.notify("vote_annulled", told, vote, due_at=at, event=event, code=vote.code, reason=said or reason)


def _recount(vote: Vote, group: tuple[str, str], reason: str, by: Actor, at: datetime) -> None:
    first = newest_count(vote.id)
    ballots = taken.taken(vote.id, (*taken.scopes(vote.id), taken.Scope(None, *group)))
    decision = counts.decided(vote, noted(vote.id, "tie_broken", "casting_vote"), taken.choices(ballots))
    facts = vote_facts(
        vote, by=by, at=at, reason=reason, decision_sha256=sha256_of(first.decision) if first else None,
        recount_sha256=sha256_of(decision.to_dict()),
    )  # fmt: skip
    references = {"first_sha256": str(facts.decision_sha256), "recount_sha256": str(facts.recount_sha256)}
    references |= {"group_by": group[0], "group_value": group[1]} if group[0] else {}
    event = journal.move(vote, VOTE, "recount", by=by, at=at, facts=facts, reason=reason, **references)
    counts.ask_signatures(vote, counts.add_count(vote, decision, at, group), at, event)


def _afterwards(vote: Vote, dossier: Dossier, decisive: Contest, by: Actor, at: datetime) -> None:
    """An upheld result waits for the rest of its window; a recount for signatures; an annulled vote frees the dossier."""
    resolution = decisive.resolution
    if resolution == "uphold" and vote.contest_until is not None:
        timers.reset_timer("finalise_vote", vote, max(vote.contest_until, at))
        return
    timers.clear_timers(vote, "finalise_vote")
    if resolution == "annul":
        dossiers.follow(dossier, "call_again", by=by, at=at, vote_state=vote.state)
        agenda.reopen(vote.id, reason=decisive.resolution_reason, by=by, at=at)


def _locked(contest_id: int) -> tuple[Contest, Dossier, Vote]:
    vote_id = db.session.scalar(select(Contest.vote_id).where(Contest.id == contest_id))
    if vote_id is None:
        raise NotFound(f"Contest {contest_id}")
    counts.hold_timers(vote_id)
    dossier, vote = counts.with_dossier(vote_id)
    return locked(Contest, contest_id), dossier, vote


def _open(vote_id: int) -> list[int]:
    """The organisations whose contests wait for an answer."""
    query = select(Contest.organisation_id).where(Contest.vote_id == vote_id, Contest.resolved_at.is_(None))
    return list(db.session.scalars(query))


def _same(vote_id: int, grounds: str, by: Actor) -> Contest | None:
    query = select(Contest).where(
        Contest.vote_id == vote_id, Contest.organisation_id == by.organisation_id, Contest.grounds == grounds.strip(),
        Contest.resolved_at.is_(None),
    )  # fmt: skip
    return db.session.scalars(query.limit(1)).first()
