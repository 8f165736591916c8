"""A vote while it is written: bound to a frozen text and to a rule, and changed until a second person has reviewed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import counts, journal, vote_rules
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, locked
from consultations.extensions import db
from consultations.facts.dossiers import ready_text
from consultations.facts.votes import newest_count, vote_facts
from consultations.models.ballots import LONGEST_CHOICE
from consultations.models.dossiers import Dossier
from consultations.models.rule_books import RuleVersion
from consultations.models.standards import StandardVersion
from consultations.models.votes import Vote
from workflows.deadlines import zone_known
from workflows.durations import wait_over
from workflows.refusals import Refusal, Refused, refusal
from workflows.rules import Rule, rule_from
from workflows.vote import VOTE, VoteState

REFERENCE = "es"  # a question must exist at least in the language of the minutes


@dataclass(frozen=True)
class Terms:
    """What is asked, and how: everything of a draft that may be edited.

    The rule is a version of the body's book: named by `rule_version_id`, or else by `rule`, its parsed JSON as it stands there.
    `show_turnout`: whether others learn, before closing, how many have voted. Who reminds (the assembly's officers, and a
    network for its own members) sees who is missing in any case (process.md, "Never").
    """

    questions: Mapping[str, str]
    zone: str
    opens_at: datetime
    closes_at: datetime
    rule: Any = None
    rule_version_id: int | None = None
    weight_field: str = ""
    notice_days: int = 0
    contest_days: int = 5
    call: int = 1
    president_may_close: bool = False
    show_turnout: bool = True


def prepare(
    dossier_id: int, version_id: int, body_id: int, *, code: str = "", by: Actor, at: datetime, **terms: Any
) -> Vote:
    """Bind a question to a frozen text and a rule (process.md, "prepare").

    Arguments: `terms` as in Terms; `code` the vote's own, or "" for the next of the dossier; asking again with a code
    under which this person has prepared a vote answers with that vote.
    Errors: InputRefusedError: the rule cannot be read; Refused with every other reason; NotFound.
    """
    check_office(body_id, by=by, at=at)
    dossier, asked = locked(Dossier, dossier_id), Terms(**terms)
    taken = vote_rules.taken(body_id, asked.rule_version_id, asked.rule)
    if code and (there := _prepared(code, by)):
        return there
    _check_alone(dossier)
    vote = Vote(
        code=code or next_code(dossier), dossier_id=dossier.id, body_id=body_id, prepared_by_id=by.person_id
    )
    with db.session.no_autoflush:
        _bind(vote, dossier, _version(version_id), asked, taken)
        facts = vote_facts(vote, by=by, at=at)
        journal.begin(vote, VOTE, "prepare", by=by, at=at, facts=facts, **_hashes(vote))
    _end_earlier(vote, dossier, at)
    return vote


def edit(vote_id: int, *, version_id: int, by: Actor, at: datetime, **terms: Any) -> Vote:
    """Change a draft. Who edits becomes its author: somebody else must review it. Errors as for `prepare`."""
    vote = locked(Vote, vote_id)
    check_office(vote.body_id, by=by, at=at)
    asked = Terms(**terms)
    taken = vote_rules.taken(vote.body_id, asked.rule_version_id, asked.rule)
    with db.session.no_autoflush:
        journal.move(
            vote, VOTE, "edit", by=by, at=at, facts=vote_facts(vote, by=by, at=at), rule_sha256=taken.sha256
        )
        _bind(vote, vote.dossier, _version(version_id), asked, taken)
        vote.prepared_by_id = by.person_id
    db.session.flush()
    return vote


def next_code(dossier: Dossier) -> str:
    """The code of the dossier's next vote: "CAFE-2026-V2"."""
    votes = db.session.scalar(select(func.count()).select_from(Vote).where(Vote.dossier_id == dossier.id))
    return f"{dossier.code[:34]}-V{(votes or 0) + 1}"


def _prepared(code: str, by: Actor) -> Vote | None:
    there = db.session.scalar(select(Vote).where(Vote.code == code))
    if there is not None and there.prepared_by_id != by.person_id:
        raise Refused(refusal("vote_code_taken", vote=code))
    return there


def _check_alone(dossier: Dossier) -> None:
    """Refuse a second vote on a matter while one is being prepared: only one of them could be convened."""
    query = select(Vote.code).where(
        Vote.dossier_id == dossier.id, Vote.state.in_((VoteState.DRAFT, VoteState.REVIEWED))
    )
    if other := db.session.scalar(query.limit(1)):
        raise Refused(refusal("vote_prepared_before", vote=other))


def _version(id: int) -> StandardVersion:
    version = db.session.get(StandardVersion, id)
    if version is None:
        raise NotFound(f"StandardVersion {id}")
    return version


def _hashes(vote: Vote) -> dict[str, str]:
    return {"text_sha256": vote.text_sha256, "rule_sha256": vote.rule_sha256}


def _bind(vote: Vote, dossier: Dossier, version: StandardVersion, asked: Terms, taken: RuleVersion) -> None:
    read = rule_from(taken.content)
    if reasons := (
        *_objections(dossier, version, asked, read), *vote_rules.objections(taken, asked.opens_at, asked.zone, asked.call),
    ):  # fmt: skip
        raise Refused(*reasons)
    vote.version, vote.text_sha256, vote.titles = version, str(version.text_sha256), dossier.titles
    vote.rule, vote.rule_sha256, vote.rule_version = taken.content, taken.sha256, taken
    vote.questions = {lang: text.strip() for lang, text in asked.questions.items() if text.strip()}
    vote.weight_field, vote.zone, vote.call = asked.weight_field, asked.zone, asked.call
    vote.opens_at, vote.closes_at, vote.first_closes_at = asked.opens_at, asked.closes_at, asked.closes_at
    vote.president_may_close, vote.show_turnout = asked.president_may_close, asked.show_turnout
    vote.notice_days, vote.contest_days, vote.extensions = asked.notice_days, asked.contest_days, 0


def _objections(dossier: Dossier, version: StandardVersion, asked: Terms, read: Rule) -> Iterator[Refusal]:
    if version.text_sha256 is None:
        yield refusal("text_not_bound")
    if version.standard_id != dossier.standard_id:
        yield refusal("text_of_other_standard")
    elif version.text_sha256 and (ready := ready_text(dossier)) is None:
        yield refusal("text_not_handed_over")
    elif version.text_sha256 and ready and ready.version_id != version.id:
        yield refusal("voted_text_differs")
    if not asked.questions.get(REFERENCE, "").strip():
        yield refusal("question_missing")
    if asked.closes_at <= asked.opens_at:
        yield refusal("window_missing")
    if asked.call < 1 or (read.quorum and read.call(asked.call) is None):
        yield refusal("call_not_on_ladder", call=asked.call)
    elif asked.call > 1:
        yield from _too_early(_missed_call(dossier, asked.call - 1, read), asked, read)
    if not zone_known(asked.zone):
        yield refusal("zone_missing")
    yield from rule_objections(read)


def rule_objections(read: Rule) -> Iterator[Refusal]:
    """What a rule that can be meant still cannot have here: choices longer than a ballot holds."""
    for choice in read.choices:
        if len(choice) > LONGEST_CHOICE:
            yield refusal("choice_too_long", choice=choice, longest=LONGEST_CHOICE)


def _missed_call(dossier: Dossier, call: int, read: Rule) -> Vote | None:
    """The newest vote of that call under the same rule, if it was held and missed its quorum: only then the ladder leads on."""
    query = select(Vote).where(
        Vote.dossier_id == dossier.id, Vote.call == call, Vote.rule_sha256 == read.sha256,
        Vote.state.in_(("counted", "no_quorum")),
    )  # fmt: skip
    before = db.session.scalar(query.order_by(Vote.id.desc()).limit(1))
    counted = newest_count(before.id) if before else None
    return before if counted is not None and counted.status == "no_quorum" else None


def _too_early(before: Vote | None, asked: Terms, read: Rule) -> Iterator[Refusal]:
    """A further call opens when the wait that its step of the ladder asks for has passed since the closing before."""
    if before is None or before.closed_at is None:
        yield refusal("quorum_not_missed")
        return
    step = read.call(asked.call)
    zone = asked.zone if zone_known(asked.zone) else before.zone
    earliest = wait_over(before.closed_at, step.after if step else None, zone)
    if asked.opens_at < earliest:
        yield refusal("call_too_early", call=asked.call, earliest_at=earliest.isoformat())


def _end_earlier(vote: Vote, dossier: Dossier, at: datetime) -> None:
    """End what this vote repeats: an earlier call that missed its quorum, or a tie that is to be voted on again."""
    query = select(Vote).where(Vote.dossier_id == dossier.id, Vote.id != vote.id, Vote.state == "counted")
    for earlier in db.session.scalars(query.order_by(Vote.id).with_for_update()):
        if earlier.call == vote.call - 1:
            counts.miss_quorum(earlier, dossier, at=at)
        counts.leave_tied(earlier, dossier, vote.code, at=at)
