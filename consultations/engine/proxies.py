"""Proxies of an assembly: given by an organisation to another of the same roll, taken back until closing."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import journal, notices, recipients
from consultations.engine.mandates import check_mandate
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, add, locked, locked_all, shared
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import standing_for, titles
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.presence import Proxy as Row
from workflows.proxies import Proxy, objections_to_proxy, objections_to_taking_back
from workflows.refusals import Refused, refusal
from workflows.roles import Role


def give(
    assembly_id: int, *, principal_id: int, holder_id: int, item_id: int | None = None, instrument: AttachedFile | None = None,
    request_id: str, by: Actor, at: datetime,
) -> Row:  # fmt: skip
    """Let another organisation vote for the principal. The same request again is answered with the proxy it gave.

    A delegate gives for their own organisation; the desk records what is handed in signed on paper. For an item of a block it
    is for the block, which has one ballot.
    Errors: Refused with every reason of the rule of representation; NotFound.
    """
    assembly = shared(Assembly, assembly_id)
    both = locked_all(AssemblyElector, (principal_id, holder_id))
    # Asked under the lock: of two that come at once the second waits, and finds what the first has given.
    if there := db.session.scalar(select(Row).where(Row.request_id == request_id)):
        return there
    principal, holder = _of(assembly, both.get(principal_id)), _of(assembly, both.get(holder_id))
    _check_right(assembly, principal, by, at)
    _check_item(assembly, item_id)
    item_id = standing_for(item_id) if item_id else None
    proposed = Proxy(
        "new",
        principal.elector,
        holder.elector,
        at,
        facts.item_id(item_id),
        None,
        instrument.sha256 if instrument else None,
    )
    against = objections_to_proxy(
        facts.representation_of(assembly), facts.roll(facts.electors(assembly.id)), facts.proxies(assembly.id), proposed,
        at, facts.times(assembly),
    )  # fmt: skip
    if against:
        raise Refused(*against)
    row = add(
        Row(
            assembly_id=assembly.id, principal_id=principal.id, holder_id=holder.id, item_id=item_id, request_id=request_id,
            given_at=at, given_by_id=by.person_id, instrument_name=instrument.name if instrument else "",
            instrument_type=instrument.media_type if instrument else "", instrument_sha256=instrument.sha256 if instrument else "",
            instrument=instrument.content if instrument else None,
        )
    )  # fmt: skip
    event = journal.record(
        "proxy_given", assembly, by=by, at=at, proxy=row.id, principal=principal.elector, holder=holder.elector,
        instrument_sha256=row.instrument_sha256, **({"item": f"item/{item_id}"} if item_id else {}),
    )  # fmt: skip
    notices.notify(
        "proxy_given", recipients.delegates([holder.organisation_id], at=at), assembly, due_at=at, event=event,
        once=str(row.id), code=assembly.code, giver=principal.name, item=_title(assembly, item_id),
    )  # fmt: skip
    return row


def _title(assembly: Assembly, item_id: int | None) -> str:
    """What a proxy for one item or its block is for, in the language of the assembly; nothing for the whole."""
    item = db.session.get(AgendaItem, item_id) if item_id else None
    return titles(item, assembly.language).get(assembly.language, "") if item else ""


def take_back(proxy_id: int, *, reason: str = "", by: Actor, at: datetime) -> Row:
    """Take a proxy back; the ballot that its holder cast before stands until the principal casts another.

    Taken back before, nothing happens. Errors: Refused; NotFound.
    """
    found = db.session.get(Row, proxy_id)
    if found is None:
        raise NotFound(f"Proxy {proxy_id}")
    assembly = shared(Assembly, found.assembly_id)
    principal = locked(AssemblyElector, found.principal_id)
    row = locked(Row, proxy_id)
    _check_right(assembly, principal, by, at)
    if row.withdrawn_at is not None:
        return row
    proxy = next(p for p in facts.proxies(assembly.id, (principal.id,)) if p.id == facts.proxy_id(row.id))
    against = objections_to_taking_back(
        facts.representation_of(assembly), proxy, principal.elector, at, facts.times(assembly)
    )
    if against:
        raise Refused(*against)
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = (
        max(at, row.given_at),
        by.person_id,
        reason.strip(),
    )
    db.session.flush()
    journal.record(
        "proxy_taken_back", assembly, by=by, at=at, reason=reason, proxy=row.id, principal=principal.elector
    )
    return row


def _of(assembly: Assembly, elector: AssemblyElector | None) -> AssemblyElector:
    if elector is None or elector.assembly_id != assembly.id:
        raise NotFound("AssemblyElector")
    return elector


def _check_right(assembly: Assembly, principal: AssemblyElector, by: Actor, at: datetime) -> None:
    if by.role is Role.DELEGATE:
        check_mandate(by, at=at)
        if principal.organisation_id != by.organisation_id:
            raise Refused(refusal("not_your_organisation"))
        return
    check_office(assembly.body_id, by=by, at=at)


def _check_item(assembly: Assembly, item_id: int | None) -> None:
    if item_id is not None:
        item = db.session.get(AgendaItem, item_id)
        if item is None or item.assembly_id != assembly.id:
            raise NotFound(f"AgendaItem {item_id}")
