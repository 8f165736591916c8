"""What waits for those who lead an assembly, and for those who hear contests."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import pairs
from consultations.facts.dossiers import text_ready
from consultations.facts.sheets import SETTLED, TAKING
from consultations.facts.votes import awaited
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.ballots import Count, Signature
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.sheets import FIRST, CountSheet, SheetEntry
from consultations.models.votes import Contest, RollEntry, Vote
from consultations.queries import tasks_after
from consultations.queries.task import Task
from consultations.queries.tasks_rolls import to_sign
from workflows.roles import Role
from workflows.sheet import SheetState

DEAD = ("voided", "annulled", "no_quorum", "tied")
UNDECIDED = {
    "next_call": Role.SECRETARY,
    "second_vote": Role.SECRETARY,
    "casting_vote": Role.PRESIDENT,
    "lots": Role.SCRUTINEER,
}
"""What a count without a decision waits for -> who makes it go on (workflows/vote.py: no_quorum, leave_tied, break_tie, draw_lots)."""
VOIDERS = frozenset({Role.PRESIDENT, Role.SCRUTINEER})
RUNNING = ("draft", "reviewed", "convened", "open", "suspended", "counted")
DESK = (Role.SECRETARY, Role.SCRUTINEER)


def of_officer(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Votes of the body to prepare, review, convene and sign, those without a decision, and those that run."""
    query = (
        select(
            Vote,
            Vote.titles,
            _status(),
            _signed(actor),
            _electors(),
            _newest("vote_sent_back", "vote_edited"),
            _newest("roll_amendment_proposed", "roll_amended", said=Event.person_id),
            _newest("void_signed", "vote_opened", "vote_resumed", said=Event.role),
        )
        .where(Vote.body_id == actor.network_id, Vote.state.in_(RUNNING))
        .order_by(Vote.id)
    )
    found = [_vote(actor, *row) for row in db.session.execute(query)]
    return (
        *to_sign(actor),
        *_assemblies(actor),
        *(task for task in found if task),
        *_of_paper(actor),
        *_to_enter_again(actor),
        *(_unprepared(actor) if actor.role is Role.SECRETARY else ()),
        *(_annulled(actor) if actor.role is Role.SECRETARY else ()),
        *tasks_after.of_officer(actor, at=at),
    )


ASSEMBLIES = (
    "draft",
    "convened",
    "first_call",
    "second_call",
    "third_call",
    "installed",
    "suspended",
    "adjourned",
    "written",
)


def _assemblies(actor: Actor) -> list[Task]:
    """Assemblies of the body that are prepared, convened or under way."""
    query = select(Assembly).where(Assembly.body_id == actor.network_id, Assembly.state.in_(ASSEMBLIES))
    return [
        _assembly(actor, row) for row in db.session.scalars(query.order_by(Assembly.starts_at, Assembly.id))
    ]


def _assembly(actor: Actor, row: Assembly) -> Task:
    """Who prepares or leads it has something to do; the others see when it begins."""
    leads = actor.role in (Role.SECRETARY, Role.PRESIDENT)
    kind = {
        "draft": "assembly_is_prepared",
        "convened": "assembly_comes",
        "adjourned": "assembly_goes_on",
    }.get(row.state, "assembly_runs")
    due_at = row.adjourned_until if row.state == "adjourned" else row.starts_at
    quiet = kind in ("assembly_comes", "assembly_goes_on") or (kind == "assembly_is_prepared" and not leads)
    return Task(
        kind, "session.assembly", {"assembly_id": row.id}, row.titles, {"code": row.code}, due_at=due_at, zone=row.zone,
        quiet=quiet, begins=True,
    )  # fmt: skip


def of_committee(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Contests that nobody has answered yet."""
    query = (
        select(Vote, Contest.id)
        .join(Contest, and_(Contest.vote_id == Vote.id, Contest.resolved_at.is_(None)))
        .where(Vote.body_id == actor.network_id, Vote.state == "contested")
    )
    found: dict[Vote, list[int]] = {}
    for vote, contest_id in db.session.execute(query.order_by(Vote.id, Contest.id)):
        found.setdefault(vote, []).append(contest_id)
    return tuple(_to_hear(actor, vote, contests) for vote, contests in found.items())


def _to_hear(actor: Actor, vote: Vote, contests: list[int]) -> Task:
    """Whoever wanted it annulled first has answered: a colleague of the committee is waited for."""
    signed = (pairs.annulment(vote, contest_id) for contest_id in contests)
    left = sum(one is None or one.person_id != actor.person_id for one in signed)
    kind = "hear_contest" if left else "contest_waits"
    page, params = {"vote_id": vote.id}, {"count": left or len(contests)}
    return Task(kind, "assembly.vote", page, vote.titles, params, quiet=not left)


def _vote(
    actor: Actor, vote: Vote, titles: dict[str, str], status: str | None, signed: bool, electors: int, back: str | None,
    roll_by: int | None, void_by: str | None,
) -> Task | None:  # fmt: skip
    if vote.state == "draft" and back is not None:
        return _to_correct(actor, vote, titles, back)
    if second := _second(actor, vote, titles, roll_by, void_by):
        return second
    if vote.state == "counted" and (needed := awaited(vote, status or "")) in UNDECIDED:
        return _undecided(actor, vote, titles, needed)
    if vote.assembly_id is not None and vote.state not in ("draft", "counted"):
        return None  # it is convened, opened and led with its assembly
    own = vote.prepared_by_id == actor.person_id
    kind = {
        "draft": "" if own else "review_vote",
        "reviewed": "convene_vote" if actor.role is Role.PRESIDENT else "",
        "convened": "vote_will_open",
        "open": "vote_runs",
        "suspended": "resume_vote" if actor.role is Role.PRESIDENT else "vote_is_suspended",
        "counted": "" if signed else "sign_result",
    }[vote.state]
    if not kind:
        return None
    coming, running = vote.state == "convened", vote.state == "open"
    due_at = vote.opens_at if coming or kind == "convene_vote" else vote.closes_at if running else None
    quiet = coming or running or kind == "vote_is_suspended"
    return Task(
        kind, "assembly.vote", {"vote_id": vote.id}, titles, {"code": vote.code, "electors": electors},
        due_at=due_at, zone=vote.zone, quiet=quiet, begins=not running,
    )  # fmt: skip


def _second(
    actor: Actor, vote: Vote, titles: dict[str, str], roll_by: int | None, void_by: str | None
) -> Task | None:  # fmt: skip
    """What another person signed and this one may sign as well: an amended roll, a vote that is to be stopped."""
    params = {"code": vote.code}
    if vote.state == "convened" and roll_by not in (None, actor.person_id):
        page = {"vote_id": vote.id}
        return Task(
            "sign_roll",
            "assembly.roll",
            page,
            titles,
            params,
            due_at=vote.opens_at,
            zone=vote.zone,
            begins=True,
        )
    if vote.state in ("open", "suspended") and void_by and actor.role in VOIDERS - {Role(void_by)}:
        return Task("sign_void", "assembly.step", {"vote_id": vote.id, "name": "sign_void"}, titles, params)
    return None


def _to_correct(actor: Actor, vote: Vote, titles: dict[str, str], reason: str) -> Task:
    """A vote that was sent back: a secretary corrects it, the others wait for that."""
    page, params = {"vote_id": vote.id}, {"code": vote.code, "reason": reason}
    if actor.role is Role.SECRETARY:
        return Task("correct_vote", "assembly.edit", page, titles, params)
    return Task("vote_is_corrected", "assembly.vote", page, titles, params, quiet=True)


def _undecided(actor: Actor, vote: Vote, titles: dict[str, str], needed: str) -> Task:
    """A count that decides nothing: there is nothing to sign, one of them goes on, the others wait for that."""
    params = {"code": vote.code}
    if actor.role is not UNDECIDED[needed]:
        return Task(f"{needed}_comes", "assembly.vote", {"vote_id": vote.id}, titles, params, quiet=True)
    if actor.role is Role.SECRETARY and vote.dossier_id:
        return Task(
            needed, "assembly.prepare", {"dossier_id": vote.dossier_id, "after": vote.id}, titles, params
        )
    return Task(needed, "assembly.vote", {"vote_id": vote.id}, titles, params)


def _of_paper(actor: Actor) -> list[Task]:
    """Closed votes whose count waits for sheets: the desk merges them or gives them up, the others wait for that."""
    query = (
        select(Vote, CountSheet.serial)
        .join(CountSheet, CountSheet.vote_id == Vote.id)
        .where(Vote.body_id == actor.network_id, Vote.state == "closed", CountSheet.state.not_in(SETTLED))
    )
    found: dict[Vote, list[str]] = {}
    for vote, serial in db.session.execute(query.order_by(Vote.id, CountSheet.id)):
        found.setdefault(vote, []).append(serial)
    kind, quiet = ("settle_sheets", False) if actor.role in DESK else ("sheets_are_settled", True)
    return [
        Task(kind, "sheets.index", {"vote_id": vote.id}, vote.titles, {"code": vote.code, "serials": ", ".join(serials)}, quiet=quiet)
        for vote, serials in found.items()
    ]  # fmt: skip


def _to_enter_again(actor: Actor) -> list[Task]:
    """Sheets that were entered once, for those of the desk who did not: nobody else may enter them again."""
    if actor.role not in DESK:
        return []
    query = (
        select(CountSheet, Vote)
        .join(Vote, CountSheet.vote_id == Vote.id)
        .join(SheetEntry, and_(SheetEntry.sheet_id == CountSheet.id, SheetEntry.number == FIRST))
        .where(
            Vote.body_id == actor.network_id, Vote.state.in_(TAKING), CountSheet.state == SheetState.ENTERED,
            SheetEntry.entered_by_id != actor.person_id,
        )
    )  # fmt: skip
    return [
        Task("enter_sheet_again", "sheets.sheet", {"vote_id": vote.id, "sheet_id": sheet.id}, vote.titles,
             {"code": vote.code, "serial": sheet.serial})
        for sheet, vote in db.session.execute(query.order_by(CountSheet.id))
    ]  # fmt: skip


def _unprepared(actor: Actor) -> list[Task]:
    """Texts that were handed over to this body and have no vote that is alive."""
    alive = exists().where(Vote.dossier_id == Dossier.id, Vote.state.not_in(DEAD))
    query = select(Dossier).where(
        Dossier.body_id == actor.network_id, Dossier.state == "final_review", ~alive
    )
    return [
        Task("prepare_vote", "assembly.prepare", {"dossier_id": dossier.id}, dossier.titles)
        for dossier in db.session.scalars(query.order_by(Dossier.id))
        if text_ready(dossier) is not None
    ]


def _annulled(actor: Actor) -> list[Task]:
    """Items whose vote was annulled: to be voted on again while their assembly sits, else for the next one to take up."""
    later = aliased(Assembly)
    taken_up = exists().where(later.body_id == Assembly.body_id, later.convened_at > Assembly.closed_at)
    query = (
        select(AgendaItem, Vote.code)
        .join(Vote, AgendaItem.vote_id == Vote.id)
        .join(Assembly, AgendaItem.assembly_id == Assembly.id)
        .where(Vote.state == "annulled", Assembly.body_id == actor.network_id)
        .where((AgendaItem.state == "discussed") | ((AgendaItem.state == "deferred") & ~taken_up))
    )
    return [
        Task(
            "vote_annulled_item" if item.state == "discussed" else "next_assembly_item", "session.item", {"item_id": item.id},
            item.titles, {"code": code},
        )
        for item, code in db.session.execute(query.order_by(AgendaItem.id))
    ]  # fmt: skip


def _newest(name: str, *others: str, said: Any = Event.reason) -> ColumnElement[Any]:
    """What the newest of these events of a vote says, when it is called `name`; nothing when one of the others came later."""
    newest = select(case((Event.name == name, said))).where(
        Event.subject_kind == "vote", Event.subject_id == Vote.id, Event.name.in_((name, *others))
    )
    return newest.order_by(Event.id.desc()).limit(1).correlate(Vote).scalar_subquery()


def _status() -> ColumnElement[str]:
    """The status of the newest count."""
    newest = select(Count.status).where(Count.vote_id == Vote.id).order_by(Count.number.desc()).limit(1)
    return newest.correlate(Vote).scalar_subquery()


def _signed(actor: Actor) -> ColumnElement[bool]:
    """Whether this person, or somebody in the same role, has signed the newest count."""
    newest = select(func.max(Count.id)).where(Count.vote_id == Vote.id).correlate(Vote).scalar_subquery()
    mine = (Signature.role == str(actor.role)) | (Signature.person_id == actor.person_id)
    return exists().where(Signature.count_id == newest, mine).correlate(Vote)


def _electors() -> ColumnElement[int]:
    return (
        select(func.count(RollEntry.id)).where(RollEntry.vote_id == Vote.id).correlate(Vote).scalar_subquery()
    )
