"""Conflicts of interest: declared for one item, by the organisation itself or at the desk, before its vote is opened."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts.items import is_over
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.presence import Interest
from consultations.models.votes import Vote
from workflows.refusals import Refused, refusal
from workflows.roles import Role


def declare(
    item_id: int, elector_id: int, *, words: str, excluded: bool = True, by: Actor, at: datetime
) -> Interest:
    """Declare that an organisation has an interest of its own in an item: it takes no part in its vote, on either side.

    `excluded` False keeps it in: the desk may record an interest that the statutes let vote. Declared before, the words and
    what follows from them are those of the newest declaration. Errors: Refused: the vote is open or over; NotFound.
    """
    assembly, item, vote = _with_vote(item_id)
    elector = locked(AssemblyElector, elector_id)
    if elector.assembly_id != assembly.id:
        raise NotFound(f"AssemblyElector {elector_id}")
    _check_right(assembly, elector, by, at)
    against = (
        None if words.strip() else refusal("interest_words_missing"),
        refusal("assembly_over") if is_over(assembly) else None,
        refusal("interest_after_opening") if vote is not None and vote.opened_at is not None else None,
    )
    if reasons := [one for one in against if one is not None]:
        raise Refused(*reasons)
    takes_part = not excluded and by.role is not Role.DELEGATE
    row = db.session.scalar(
        select(Interest).where(Interest.item_id == item.id, Interest.elector_id == elector.id)
    )
    if row is not None and (row.words, row.excluded) == (words.strip(), not takes_part):
        return row
    if row is None:
        row = Interest(item_id=item.id, elector_id=elector.id)
        row.words, row.excluded, row.declared_at, row.declared_by_id = (
            words.strip(),
            not takes_part,
            at,
            by.person_id,
        )
        add(row)
    else:
        row.words, row.excluded, row.declared_at, row.declared_by_id = (
            words.strip(),
            not takes_part,
            at,
            by.person_id,
        )
    db.session.flush()
    journal.record(
        "interest_declared", assembly, by=by, at=at, reason=words.strip(), item=f"item/{item.id}", elector=elector.elector, excluded=not takes_part
    )  # fmt: skip
    return row


def _with_vote(item_id: int) -> tuple[Assembly, AgendaItem, Vote | None]:
    """The item with its assembly and its vote, both shared (assembly_lock: before the line of the roll). Raises NotFound."""
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id))
    if assembly_id is None:
        raise NotFound(f"AgendaItem {item_id}")
    assembly = shared(Assembly, assembly_id)
    item = db.session.get_one(AgendaItem, item_id, populate_existing=True)
    return assembly, item, shared(Vote, item.vote_id) if item.vote_id else None


def _check_right(assembly: Assembly, elector: AssemblyElector, by: Actor, at: datetime) -> None:
    if by.role is not Role.DELEGATE:
        check_office(assembly.body_id, by=by, at=at)
        return
    check_mandate(by, at=at)
    if elector.organisation_id != by.organisation_id:
        raise Refused(refusal("not_your_organisation"))
