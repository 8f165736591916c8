"""Ballots on paper: a count sheet is opened, entered twice by two people, resolved where they differ, and merged.

A vote that closes meanwhile waits for its sheets: it is counted when the last of them is merged or given up.

Locks: the dossier and the vote first, as closing takes them, then the sheet: a sheet is merged before the count or not at all.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert, select

from consultations.actor import Actor
from consultations.engine import counts, first_counts, journal
from consultations.engine.ballots import PAPER, new_receipt
from consultations.engine.officers import check_office
from consultations.engine.work import add, locked, locked_all
from consultations.extensions import db
from consultations.facts import sheets as facts
from consultations.facts import voters_while_open
from consultations.models.ballots import Ballot
from consultations.models.sheets import FIRST, RESOLVED, SECOND, CountSheet, SheetEntry, SheetLine
from consultations.models.votes import RollEntry, Vote
from workflows import paper
from workflows.refusals import Refused, refusal
from workflows.representation import Voter
from workflows.sheet import SHEET, SheetState
from workflows.vote import VoteState

S = SheetState


def open_sheet(
    vote_id: int, *, serial: str, first_counter: str, second_counter: str, issued: int, spoilt: int = 0, unused: int = 0,
    place: str = "", by: Actor, at: datetime,
) -> CountSheet:  # fmt: skip
    """Register a sheet by the serial number that is printed on it, with who counted its papers and how many there were.

    The same again, by the same hand, is the sheet that is there. Errors: Refused with every reason (a serial that is
    taken, or was given up); NotFound.
    """
    vote = _led(vote_id, by, at)
    serial = serial.strip()
    there = db.session.scalar(select(CountSheet).filter_by(vote_id=vote.id, serial=serial))
    if there is not None:
        if there.state == S.CANCELLED:
            raise Refused(refusal("sheet_serial_given_up", serial=serial))
        same = (there.issued, there.spoilt, there.unused) == (issued, spoilt, unused)
        if same and there.opened_by_id == by.person_id:
            return there
        raise Refused(refusal("sheet_serial_twice", names=serial))
    sheet = CountSheet(
        vote_id=vote.id, serial=serial, place=place.strip(), first_counter=first_counter.strip(),
        second_counter=second_counter.strip(), issued=issued, spoilt=spoilt, unused=unused, opened_at=at,
        opened_by_id=by.person_id,
    )  # fmt: skip
    with db.session.no_autoflush:
        known = facts.sheet_facts(sheet, vote, by=by)
        journal.begin(sheet, SHEET, "open", by=by, at=at, facts=known, serial=serial, issued=issued)
    return sheet


def enter(sheet_id: int, *, lines: Mapping[str, str], by: Actor, at: datetime) -> CountSheet:
    """Enter what the papers say, elector -> choice: the first time, or again by somebody else who has not seen the first.

    Where the two differ the sheet waits to be resolved. Errors: Refused: not on the roll, a choice that nobody can make,
    numbers that do not add up, the same reader twice, …; NotFound.
    """
    sheet, vote = _with_vote(sheet_id, by, at)
    first = facts.entry(sheet.id, FIRST)
    if _same(sheet, lines, by):
        return sheet
    _check(sheet, vote, lines)
    if first is None:
        journal.move(
            sheet, SHEET, "enter", by=by, at=at, facts=facts.sheet_facts(sheet, vote, by=by, lines=len(lines))
        )
        _write(sheet, FIRST, lines, by, at)
        return sheet
    differing = paper.differing(facts.lines(first.id), lines)
    known = facts.sheet_facts(
        sheet, vote, by=by, lines=len(lines), differences=len(differing), first_reader=facts.reader(first)
    )
    name = "find_different" if differing else "enter_again"
    journal.move(sheet, SHEET, name, by=by, at=at, facts=known, differences=len(differing))
    _write(sheet, SECOND, lines, by, at)
    return sheet


def resolve(sheet_id: int, *, lines: Mapping[str, str], reason: str, by: Actor, at: datetime) -> CountSheet:
    """Say what the papers say where the two readings differ, with the reason; `lines` of those electors ("" takes one out)."""
    sheet, vote = _with_vote(sheet_id, by, at)
    first, second = facts.entry(sheet.id, FIRST), facts.entry(sheet.id, SECOND)
    if sheet.state == S.AGREED and facts.entry(sheet.id, RESOLVED):
        return sheet
    read = facts.lines(first.id) if first else {}
    again = facts.lines(second.id) if second else {}
    whole = paper.resolved(sheet.serial, read, again, lines)
    _check(sheet, vote, whole)
    known = facts.sheet_facts(sheet, vote, by=by, lines=len(whole), reason=reason)
    journal.move(
        sheet,
        SHEET,
        "resolve",
        by=by,
        at=at,
        facts=known,
        reason=reason,
        electors=", ".join(paper.differing(read, again)),
    )
    _write(sheet, RESOLVED, whole, by, at, reason)
    return sheet


def correct(sheet_id: int, *, lines: Mapping[str, str], reason: str, by: Actor, at: datetime) -> CountSheet:
    """Change or take out ("") lines of a sheet that agrees, with the reason, before it is merged; what it said stays on record.

    A paper that is taken out is set aside: it was used, and counts nowhere. The same by the same hand again, nothing
    happens. Errors: Refused: nothing changed, a line that is not there, a choice that nobody can make, …; NotFound.
    """
    sheet, vote = _with_vote(sheet_id, by, at)
    standing, last = facts.standing_lines(sheet.id), facts.settled(sheet.id)
    mine = last is not None and (last.entered_by_id, last.reason) == (by.person_id, reason.strip())
    if mine and {name: choice for name, choice in {**standing, **lines}.items() if choice} == standing:
        return sheet
    whole = paper.corrected(sheet.serial, standing, lines) if sheet.state == S.AGREED else standing
    aside = max(0, facts.used(sheet) - len(whole))
    _check(sheet, vote, whole, aside)
    known = facts.sheet_facts(sheet, vote, by=by, lines=len(whole), reason=reason)
    changed = ", ".join(paper.differing(standing, whole))
    journal.move(
        sheet, SHEET, "correct", by=by, at=at, facts=known, reason=reason, electors=changed, set_aside=aside
    )
    _write(sheet, max(last.number if last else 0, RESOLVED) + 1, whole, by, at, reason)
    return sheet


def merge(sheet_id: int, *, by: Actor, at: datetime) -> CountSheet:
    """Put the sheet's ballots among the others: each with a receipt, in the channel "paper". Merged before, nothing happens.

    In an assembly everybody on it was there or represented at some time while the vote was open. With the last sheet a
    vote that waits is counted. Errors: Refused: an organisation has a ballot already or was absent, the vote is over, …
    """
    sheet, vote = _to_settle(sheet_id, by, at)
    if sheet.state == S.MERGED:
        return sheet
    lines = facts.standing_lines(sheet.id)
    entries = _entries(vote.id, lines)
    locked_all(RollEntry, [row.id for row in entries.values()])
    if vote.assembly_id:
        voters_while_open.share(vote.assembly_id, entries)
    voters = voters_while_open.of_vote(vote, entries, at)
    known = facts.sheet_facts(
        sheet, vote, by=by, lines=len(lines), elsewhere=facts.elsewhere(vote.id, entries.values()),
        absent=tuple(sorted(entries[name].name for name, voter in voters.items() if voter.person is None)),
    )  # fmt: skip
    journal.move(sheet, SHEET, "merge", by=by, at=at, facts=known, ballots=len(lines), serial=sheet.serial)
    if lines:
        db.session.execute(
            insert(Ballot),
            [
                {
                    "vote_id": vote.id, "roll_entry_id": entries[elector].id, "revision": 1, "choice": choice, "reason": "",
                    "channel": PAPER, "request_id": str(uuid4()), "receipt": new_receipt(), "cast_at": at,
                    "person_id": by.person_id, "mandate_id": None, "proxy_id": _proxy(voters.get(elector)),
                }
                for elector, choice in sorted(lines.items())
            ],
        )  # fmt: skip
    sheet.merged_at = at
    _count_if_last(vote, at)
    return sheet


def cancel(sheet_id: int, *, reason: str, by: Actor, at: datetime) -> CountSheet:
    """Give a sheet up before it is merged; it stays on record with the reason."""
    sheet, vote = _to_settle(sheet_id, by, at)
    known = facts.sheet_facts(sheet, vote, by=by, reason=reason)
    journal.move(sheet, SHEET, "cancel", by=by, at=at, facts=known, reason=reason, serial=sheet.serial)
    _count_if_last(vote, at)
    return sheet


def _count_if_last(vote: Vote, at: datetime) -> None:
    """Count a vote that is closed and waits for no other sheet."""
    db.session.flush()
    if vote.state == VoteState.CLOSED and not facts.waiting(vote.id):
        first_counts.tell(vote, at=at)
        first_counts.count(vote, at=at)


def _proxy(voter: Voter | None) -> int | None:
    """The proxy by which the holder filled the paper in; None where it is the organisation's own."""
    return int(voter.proxy.rpartition("/")[2]) if voter is not None and voter.proxy else None


def _led(vote_id: int, by: Actor, at: datetime) -> Vote:
    vote = locked(Vote, vote_id)
    check_office(vote.body_id, by=by, at=at)
    return vote


def _to_settle(sheet_id: int, by: Actor, at: datetime) -> tuple[CountSheet, Vote]:
    """As `_with_vote`, with the dossier locked before the vote: the count may follow, and the dossier follows that."""
    vote_id = db.session.scalar(select(CountSheet.vote_id).where(CountSheet.id == sheet_id)) or 0
    counts.with_dossier(vote_id)
    return _with_vote(sheet_id, by, at)


def _with_vote(sheet_id: int, by: Actor, at: datetime) -> tuple[CountSheet, Vote]:
    vote_id = db.session.scalar(select(CountSheet.vote_id).where(CountSheet.id == sheet_id)) or 0
    vote = _led(vote_id, by, at)
    return locked(CountSheet, sheet_id), vote


def _same(sheet: CountSheet, lines: Mapping[str, str], by: Actor) -> bool:
    """Whether this very reading by this person is on record already: a form that was sent twice."""
    rows = [row for row in (facts.entry(sheet.id, n) for n in (FIRST, SECOND)) if row is not None]
    return any(row.entered_by_id == by.person_id and facts.lines(row.id) == dict(lines) for row in rows)


def _check(sheet: CountSheet, vote: Vote, lines: Mapping[str, str], set_aside: int = 0) -> None:
    allowed = facts.allowed(vote, lines.values())
    against = paper.objections_to_sheet(
        facts.as_paper(sheet, lines, set_aside), facts.electors(vote.id), allowed
    )
    if against:
        raise Refused(*against)


def _write(
    sheet: CountSheet, number: int, lines: Mapping[str, str], by: Actor, at: datetime, reason: str = ""
) -> None:
    entry = add(
        SheetEntry(
            sheet_id=sheet.id, number=number, reason=reason.strip(), entered_at=at, entered_by_id=by.person_id
        )
    )
    entries = _entries(sheet.vote_id, lines)
    rows = [
        {"entry_id": entry.id, "roll_entry_id": entries[elector].id, "choice": choice}
        for elector, choice in lines.items()
    ]
    if rows:
        db.session.execute(insert(SheetLine), rows)


def _entries(vote_id: int, electors: Iterable[str]) -> dict[str, RollEntry]:
    query = select(RollEntry).where(RollEntry.vote_id == vote_id, RollEntry.elector.in_(list(electors)))
    return {row.elector: row for row in db.session.scalars(query)}
