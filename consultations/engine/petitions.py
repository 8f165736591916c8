"""What members send in at any time, and what becomes of it (product.md: requests, concerns, proposals; remarks).

Locks: who sends waits for their own row, so that two tabs send one thing once; then the petition.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import dossiers, journal, notices
from consultations.engine.mandates import check_mandate
from consultations.engine.recipients import Recipient, holders
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.directors import board
from consultations.facts.petitions import is_for_board, petition_facts
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.people import Person
from consultations.models.petitions import Petition
from workflows.machine import advance
from workflows.petition import PETITION, PetitionKind, PetitionState
from workflows.roles import Role

NEWS = {"acknowledge": "petition_acknowledged", "take_up": "petition_taken_up", "answer": "petition_answered"}


@dataclass(frozen=True)
class Words:
    """What is sent in. `dossier_id`: of a remark, the published matter it is about; else None."""

    kind: str
    title: str
    text: str
    language: str
    dossier_id: int | None = None


def send(words: Words, *, client_uuid: str, by: Actor, at: datetime) -> Petition:
    """Send something in, for the organisation or the network one acts for; the same `client_uuid` sends it once.

    A remark is acknowledged at once. The Unit is told, and of a committee's concern the Board; who sends gets a receipt.
    Errors: Refused with every reason; NotFound: no such matter.
    """
    check_mandate(by, at=at)
    locked(Person, by.person_id or 0)
    sent = db.session.scalar(select(Petition).filter_by(author_id=by.person_id, client_uuid=client_uuid))
    if sent is not None:
        return sent
    row = _petition(words, client_uuid, by, at)
    event = journal.begin(
        row, PETITION, "send", by=by, at=at, facts=petition_facts(row, by=by, at=at), kind=row.kind
    )
    remark = row.kind == PetitionKind.REMARK
    if remark:
        journal.move(
            row,
            PETITION,
            "acknowledge",
            by=SYSTEM,
            at=at,
            facts=petition_facts(row, by=SYSTEM, at=at),
            was=row.state,
        )
    kind = "remark" if remark else "petition"
    notices.notify(f"{kind}_received", _sender(row), row, due_at=at, event=event)
    notices.notify(f"{kind}_arrived", _handlers(row, at), row, due_at=at, event=event)
    return row


def withdraw(petition_id: int, *, by: Actor, at: datetime) -> Petition:
    """Take back what waits for an answer; it stays on record. Errors: Refused, NotFound (also for what is not theirs)."""
    row = _locked(petition_id, by, at)
    if row.state != PetitionState.WITHDRAWN:
        journal.move(
            row, PETITION, "withdraw", by=by, at=at, facts=petition_facts(row, by=by, at=at), was=row.state
        )
    return row


def acknowledge(petition_id: int, *, by: Actor, at: datetime) -> Petition:
    """Tell who sent it that it is read and will be answered. Errors: Refused, NotFound."""
    row = _locked(petition_id, by, at)
    if row.state != PetitionState.ACKNOWLEDGED:
        _move(row, "acknowledge", by=by, at=at)
    return row


def answer(petition_id: int, *, text: str, by: Actor, at: datetime) -> Petition:
    """Answer with reasons; who sent it reads them. The same answer again changes nothing. Errors: Refused, NotFound."""
    row = _locked(petition_id, by, at)
    text = text.strip()
    if row.state == PetitionState.ANSWERED and row.answer == text:
        return row
    _move(row, "answer", by=by, at=at, told={"answer": text}, answer=text)
    row.answer, row.answered_at, row.answered_by_id = text, at, by.person_id
    return row


def take_up(petition_id: int, *, by: Actor, at: datetime, **terms: Any) -> Dossier:
    """Open the dossier that the petition becomes; each knows the other. Taken up already, it is that dossier.

    Arguments: `terms` as for dossiers.open_dossier. Errors: Refused with the reasons of both, NotFound.
    """
    row = _locked(petition_id, by, at)
    if row.state == PetitionState.TAKEN_UP and row.dossier_id is not None:
        return db.session.get_one(Dossier, row.dossier_id)
    # Asked before anything is opened, as if the dossier were there: a code that is taken would hide what is asked here.
    asked = petition_facts(row, by=by, at=at, dossier="dossier/new")
    advance(PETITION, row.state, "take_up", by.role, asked)
    dossier = dossiers.open_dossier(by=by, at=at, **terms)
    row.dossier_id = dossier.id
    _move(row, "take_up", by=by, at=at, told={"code": dossier.code}, dossier=f"dossier/{dossier.id}")
    journal.record("dossier_asked_for", dossier, by=by, at=at, petition=f"petition/{row.id}")
    return dossier


def _petition(words: Words, client_uuid: str, by: Actor, at: datetime) -> Petition:
    about = words.dossier_id if words.kind == PetitionKind.REMARK else None
    if about is not None and db.session.get(Dossier, about) is None:
        raise NotFound(f"Dossier {about}")
    return Petition(
        kind=words.kind, client_uuid=client_uuid, organisation_id=by.organisation_id,
        network_id=None if by.organisation_id else by.network_id, author_id=by.person_id, language=words.language,
        title=words.title.strip(), text=words.text.strip(), sent_at=at, dossier_id=about,
    )  # fmt: skip


def _move(
    row: Petition, name: str, *, by: Actor, at: datetime, told: dict[str, str] | None = None, **given: Any
) -> None:
    """The move, and the letter to who sent it."""
    facts = petition_facts(row, by=by, at=at, **given)
    event = journal.move(row, PETITION, name, by=by, at=at, facts=facts, was=row.state)
    notices.notify(NEWS[name], _sender(row), row, due_at=at, event=event, **(told or {}))


def _locked(petition_id: int, by: Actor, at: datetime) -> Petition:
    check_mandate(by, at=at)
    row = locked(Petition, petition_id)
    if (
        by.role in (Role.DELEGATE, Role.ORGANISATION, Role.NETWORK)
        and not petition_facts(row, by=by, at=at).own
    ):
        raise NotFound(f"Petition {petition_id}")
    return row


def _sender(row: Petition) -> tuple[Recipient, ...]:
    return (Recipient(row.author_id, row.organisation_id),) if row.author_id else ()


def _handlers(row: Petition, at: datetime) -> tuple[Recipient, ...]:
    """The Unit, and of a committee's concern whoever presides over the Board."""
    unit = holders((Role.UNIT, Role.UNIT_HEAD), None, at=at)
    body = board(at=at) if is_for_board(row) else None
    return (*unit, *(holders((Role.PRESIDENT,), body.id, at=at) if body else ()))
