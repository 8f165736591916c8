"""News as rows of the transaction that makes the news: nothing is sent for what was rolled back, nothing twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from consultations.engine.journal import kind_of
from consultations.engine.recipients import Recipient
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.timers import Notice


def notify(
    kind: str,
    to: Iterable[Recipient],
    row: Any,
    *,
    due_at: datetime,
    event: Event | None = None,
    once: str = "",
    **params: str,
) -> int:
    """Write one notice per recipient about `row`, to be sent from `due_at` on; returns how many are new.

    `once` tells repetitions of the same kind apart (a second extension, another ballot): the same kind, row,
    recipient and `once` make one notice, however often this is called. `params` are texts for the mail.
    """
    subject_kind = kind_of(row)
    stem = f"{kind}:{subject_kind}/{row.id}:{once}"
    wanted = {f"{stem}:{to.person_id}/{to.organisation_id or '-'}": to for to in to}
    # By key and not by how it begins: that would read every notice there ever was.
    there = set(db.session.scalars(select(Notice.key).where(Notice.key.in_(wanted))))
    rows = [
        {
            "key": key, "kind": kind, "person_id": who.person_id, "organisation_id": who.organisation_id,
            "subject_kind": subject_kind, "subject_id": row.id, "event_id": event.id if event else None,
            "params": params, "due_at": due_at, "attempts": 0, "last_error": "",
        }
        for key, who in wanted.items()
        if key not in there
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Notice.__table__), rows)
    return len(rows)


def take_back(kind: str, row: Any, *, why: str, at: datetime) -> None:
    """Never send what has not been sent of this kind about `row`: it is no longer so. The notices stay, with `why`."""
    unsent = (Notice.sent_at.is_(None), Notice.dropped_at.is_(None))
    about = (Notice.kind == kind, Notice.subject_kind == kind_of(row), Notice.subject_id == row.id)
    db.session.execute(update(Notice).where(*about, *unsent).values(dropped_at=at, last_error=why))
