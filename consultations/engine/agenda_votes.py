"""The votes of an agenda: prepared for an item's motion, convened with the assembly, opened in session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from consultations.actor import SYSTEM, Actor
from consultations.engine import agenda, counts, journal, timers, vote_following, vote_rules, votes
from consultations.engine.assembly_lock import led, led_item
from consultations.engine.rolls import row_of
from consultations.engine.vote_drafts import rule_objections
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.assembly_rolls import frozen
from consultations.facts.blocks import said_together
from consultations.facts.items import SETTLED, as_one, asks_for_another, is_over, unreviewed
from consultations.facts.motions import text_sha256
from consultations.facts.rolls import objections as roll_objections
from consultations.facts.rolls import sha256 as roll_sha256
from consultations.facts.votes import basis_of, call_in_session, vote_facts
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.presence import Interest
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import RollEntry, Vote
from workflows.canonical import sha256_of
from workflows.refusals import Refusal, Refused, refusal
from workflows.rules import rule_from
from workflows.vote import VOTE, VoteState

INTEREST = "interest"
AT_LEAST = timedelta(minutes=1)


@dataclass(frozen=True)
class Terms:
    """How an item is voted on. The rule is a version of the body's book, named or
    said (parsed JSON). `questions`: what is asked, if not the motion's own words."""

    rule: Any = None
    rule_version_id: int | None = None
    questions: Mapping[str, str] | None = None
    reason_on_no: bool = False
    show_turnout: bool = True
    contest_days: int = 5
    president_may_close: bool = True


def prepare(item_id: int, *, by: Actor, at: datetime, **terms: Any) -> Vote:
    """Prepare the vote of an item, or of all items of its block. A draft that is there already is changed; a vote that ended
    without a result, or in a tie that a second vote breaks, is followed by another.

    Errors: InputRefusedError with the rule's faults; Refused with every other reason; NotFound.
    """
    item, assembly = led_item(item_id, by, at)
    asked, items = Terms(**terms), as_one(item)
    taken = vote_rules.taken(assembly.body_id, asked.rule_version_id, asked.rule)
    read = rule_from(taken.content)
    dated = vote_rules.objections(taken, assembly.starts_at, assembly.zone, 1)
    if against := (*unfit(item, assembly), *_unfit(item), *rule_objections(read), *dated):
        raise Refused(*against)
    vote, is_new = draft_of(item, assembly)
    with db.session.no_autoflush:
        bind(
            vote, assembly, items, method="rule", content=taken.content, sha256=taken.sha256, version=taken,
            questions=asked.questions or _questions(items, assembly), contest_days=asked.contest_days, show_turnout=asked.show_turnout,
            president_may_close=asked.president_may_close, reason_on_no=asked.reason_on_no,
        )  # fmt: skip
        vote.prepared_by_id = by.person_id
        known = vote_facts(vote, by=by, at=at, text_sha256=vote.text_sha256)
        named = [facts.item_id(each.id) for each in items]
        if is_new:
            vote_following.let_go(item, vote.code, by=by, at=at)
            journal.begin(
                vote,
                VOTE,
                "prepare",
                by=by,
                at=at,
                facts=known,
                rule_sha256=read.sha256,
                text_sha256=vote.text_sha256,
                items=named,
            )
        else:
            journal.move(vote, VOTE, "edit", by=by, at=at, facts=known, rule_sha256=read.sha256, items=named)
    for each in items:
        each.vote_id = vote.id
    db.session.flush()
    return vote


def convene_all(assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Convene every vote of the agenda with the assembly. Errors: Refused where one is not prepared or not reviewed."""
    query = select(AgendaItem).where(
        AgendaItem.assembly_id == assembly.id, AgendaItem.kind != "information", AgendaItem.state == "planned"
    )
    items = db.session.scalars(query.order_by(AgendaItem.position)).all()
    if waiting := unreviewed(assembly.id):
        raise Refused(refusal("item_votes_unreviewed", items=", ".join(waiting)))
    for vote_id in dict.fromkeys(item.vote_id for item in items):
        _convene(db.session.get_one(Vote, vote_id), assembly, by=by, at=at)


def convene(vote_id: int, *, by: Actor, at: datetime) -> Vote:
    """Convene a vote in session: on an amendment moved from the floor, a run-off, a vote that is repeated."""
    assembly_id = db.session.scalar(select(Vote.assembly_id).where(Vote.id == vote_id)) or 0
    assembly, vote = led(assembly_id, by, at), locked(Vote, vote_id)
    if vote.convened_at is None:
        if is_over(assembly):
            raise Refused(refusal("assembly_over"))
        if assembly.installed_at is None:
            raise Refused(refusal("not_in_session"))
        _convene(vote, assembly, by=by, at=at)
    return vote


def open_all(assembly: Assembly, *, at: datetime) -> None:
    """The votes of a written procedure open together, and close with its window."""
    query = (
        select(Vote.id)
        .where(Vote.assembly_id == assembly.id, Vote.state == VoteState.CONVENED)
        .order_by(Vote.id)
    )
    for vote_id in db.session.scalars(query).all():
        # Before the entries of its roll: whoever tries to cast takes them in that order.
        locked(Vote, vote_id)
        items = db.session.scalars(select(AgendaItem.id).where(AgendaItem.vote_id == vote_id)).all()
        _leave_out(vote_id, items)
        votes.open_vote(vote_id, by=SYSTEM, at=at)
        timers.reset_timer("close_vote", locked(Vote, vote_id), assembly.ends_at or at)


def call_off_all(assembly: Assembly, *, reason: str, by: Actor, at: datetime) -> None:
    """Its votes do not take place either."""
    before = (VoteState.DRAFT, VoteState.REVIEWED, VoteState.CONVENED)
    query = select(Vote.id).where(Vote.assembly_id == assembly.id, Vote.state.in_(before)).order_by(Vote.id)
    for vote_id in db.session.scalars(query).all():
        votes.call_off(vote_id, reason=reason, by=by, at=at)


def open_vote(vote_id: int, *, minutes: int, by: Actor, at: datetime) -> Vote:
    """Put its items to the vote for so many minutes, on the roll of the assembly without whoever has an interest in them.

    The quorum is asked again where the rule of calls says so. Asked again while it is open, nothing happens.
    """
    assembly_id = db.session.scalar(select(Vote.assembly_id).where(Vote.id == vote_id)) or 0
    assembly = led(assembly_id, by, at)
    counts.hold_timers(vote_id)
    vote = locked(Vote, vote_id)
    if vote.state == VoteState.OPEN:
        return vote
    items = db.session.scalars(
        select(AgendaItem).where(AgendaItem.vote_id == vote.id).order_by(AgendaItem.position)
    ).all()
    for item in items:
        agenda.put_to_vote(locked(AgendaItem, item.id), by=by, at=at)
    vote.opens_at = min(vote.opens_at, at)
    vote.closes_at = vote.first_closes_at = at + max(AT_LEAST, timedelta(minutes=minutes))
    vote.call = call_in_session(vote, assembly.call)
    now = facts.as_recorded(assembly.id, at)
    met = not facts.calls_of(assembly).quorum_again or facts.quorum(assembly, now).met
    known = vote_facts(
        vote,
        by=by,
        at=at,
        roll_sha256=_roll_held(vote, assembly),
        text_sha256=text_sha256(vote),
        quorum_of_call_met=met,
    )
    journal.move(vote, VOTE, "open", by=by, at=at, facts=known, closes_at=vote.closes_at.isoformat())
    vote.opened_at = at
    _leave_out(vote.id, [item.id for item in items])
    db.session.flush()
    timers.reset_timer("close_vote", vote, vote.closes_at)
    return vote


def _roll_held(vote: Vote, assembly: Assembly) -> str | None:
    """The hash of the vote's roll as it stands; None where that of the assembly is no more the one that was frozen."""
    same = facts.sha256(assembly.id) == assembly.roll_sha256 == vote.roll_sha256
    return roll_sha256(vote.id) if same else None


def _convene(vote: Vote, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    vote = locked(Vote, vote.id)
    electors = frozen(assembly.id)
    if against := roll_objections(basis_of(vote), "", electors):
        raise Refused(*against)
    db.session.execute(insert(RollEntry), [row_of(vote, elector) for elector in electors])
    vote.roll_sha256 = assembly.roll_sha256
    known = vote_facts(
        vote,
        by=by,
        at=at,
        roll_size=len(electors),
        roll_sha256=roll_sha256(vote.id),
        notice_days=0,
        notice_days_needed=0,
    )
    journal.move(
        vote, VOTE, "convene", by=by, at=at, facts=known, electors=len(electors), roll_sha256=str(vote.roll_sha256),
        rule_sha256=vote.rule_sha256, text_sha256=vote.text_sha256,
    )  # fmt: skip
    vote.convened_at = at
    db.session.flush()


def draft_of(item: AgendaItem, assembly: Assembly) -> tuple[Vote, bool]:
    """The vote of an item that is still to be convened, locked; else a new one, and that it is new."""
    there = db.session.get(Vote, item.vote_id) if item.vote_id else None
    if there is not None and not asks_for_another(there):
        return locked(Vote, there.id), False
    number = db.session.scalar(select(func.count(Vote.id)).where(Vote.assembly_id == assembly.id)) or 0
    code = f"{assembly.code[:34]}-V{number + 1}"
    return Vote(code=code, assembly_id=assembly.id, body_id=assembly.body_id), True


def bind(
    vote: Vote, assembly: Assembly, items: Sequence[AgendaItem], *, method: str, content: dict[str, Any], sha256: str,
    version: RuleVersion | None, questions: Mapping[str, str], contest_days: int, show_turnout: bool,
    president_may_close: bool = True, reason_on_no: bool = False,
) -> None:  # fmt: skip
    """Bind a vote to the motions of its items and to what decides it: a rule, or the terms of an election (`method`)."""
    vote.titles = said_together([item.titles for item in items], assembly.language, parted_by="; ")
    vote.questions = dict(questions)
    vote.text_sha256 = sha256_of([item.motion for item in items])
    vote.rule, vote.rule_sha256, vote.rule_version, vote.method = content, sha256, version, method
    vote.weight_field, vote.zone, vote.call = "", assembly.zone, 1
    # In session the president says how long it is open; until then the least that the columns ask for.
    vote.opens_at, vote.closes_at = assembly.starts_at, assembly.ends_at or assembly.starts_at + AT_LEAST
    vote.first_closes_at = vote.closes_at
    vote.president_may_close, vote.show_turnout = president_may_close, show_turnout
    vote.notice_days, vote.contest_days, vote.extensions = 0, contest_days, 0
    vote.reason_on_no = reason_on_no


def _questions(items: Sequence[AgendaItem], assembly: Assembly) -> dict[str, str]:
    """The motions as they stand; several with the numbers of their items, one under another."""
    motions, numbers = [item.motion for item in items], [item.position for item in items]
    return said_together(motions, assembly.language, parted_by="\n", numbers=numbers)


def unfit(item: AgendaItem, assembly: Assembly) -> tuple[Refusal, ...]:
    """Why no vote is prepared on an item, whatever decides it: the assembly is over, or the item is settled."""
    found = (
        refusal("assembly_over") if is_over(assembly) else None,
        refusal("item_settled") if item.state in SETTLED else None,
    )
    return tuple(one for one in found if one is not None)


def _unfit(item: AgendaItem) -> tuple[Any, ...]:
    found = {"information": refusal("item_not_voted_on"), "election": refusal("item_is_election")}
    return (found[item.kind],) if item.kind in found else ()


def _leave_out(vote_id: int, item_ids: Sequence[int]) -> None:
    """Whoever declared an interest in one of the items takes no part in the vote on them."""
    concerned = (
        select(AssemblyElector.organisation_id)
        .join(Interest, Interest.elector_id == AssemblyElector.id)
        .where(Interest.item_id.in_(item_ids), Interest.excluded)
    )
    db.session.execute(
        update(RollEntry)
        .where(RollEntry.vote_id == vote_id, RollEntry.organisation_id.in_(concerned))
        .values(excluded=INTEREST)
        .execution_options(synchronize_session=False)
    )
