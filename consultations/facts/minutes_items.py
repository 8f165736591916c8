"""The items of an agenda as minutes state them: motion, background apart, vote, interests, action points apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.minutes_votes import iso, of_vote
from consultations.models.assemblies import ActionPoint, AgendaItem, Assembly, AssemblyElector
from consultations.models.events import Event
from consultations.models.presence import Interest
from consultations.models.votes import Vote
from workflows.canonical import sha256_of

WITH_REASON = ("item_deferred", "item_withdrawn")


def items(assembly: Assembly, electors: Sequence[AssemblyElector], at: datetime) -> list[dict[str, Any]]:
    """Every item in order. The vote of a block stands under the first of its items."""
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == assembly.id).order_by(AgendaItem.position)
    ).all()
    ids = [row.id for row in rows]
    places = {row.id: row.position for row in rows}
    votes = _votes({row.vote_id for row in rows if row.vote_id})
    interests, actions, reasons = _interests(ids, electors, at), _actions(ids, at), _reasons(ids, at)
    first: dict[int, int] = {}
    told = []
    for row in rows:
        lead = first.setdefault(row.vote_id, row.position) if row.vote_id else row.position
        vote = votes.get(row.vote_id or 0)
        told.append(
            {
                "position": row.position, "kind": row.kind, "titles": row.titles, "motion": row.motion,
                "motion_sha256": sha256_of(row.motion), "background": row.background, "state": row.state,
                "amends": places.get(row.amends_id or 0), "block": row.block, "opened_at": iso(row.opened_at),
                "decided_at": iso(row.decided_at), "reason": reasons.get(row.id, ""), "vote_of": lead,
                "vote": of_vote(vote, at) if vote is not None and lead == row.position else None,
                "interests": interests.get(row.id, []), "actions": actions.get(row.id, []),
            }
        )  # fmt: skip
    return told


def _votes(ids: set[int]) -> dict[int, Vote]:
    """Those of the votes that were convened."""
    rows = db.session.scalars(select(Vote).where(Vote.id.in_(ids), Vote.convened_at.is_not(None)))
    return {row.id: row for row in rows}


def _interests(
    ids: list[int], electors: Sequence[AssemblyElector], at: datetime
) -> dict[int, list[dict[str, Any]]]:
    names = {row.id: row for row in electors}
    query = select(Interest).where(Interest.item_id.in_(ids), Interest.declared_at <= at)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.session.scalars(query.order_by(Interest.id)):
        elector = names[row.elector_id]
        told = {
            "elector": elector.elector, "name": elector.name, "country": elector.attributes.get("country", ""),
            "words": row.words, "excluded": row.excluded, "at": iso(row.declared_at),
        }  # fmt: skip
        found.setdefault(row.item_id, []).append(told)
    return found


def _actions(ids: list[int], at: datetime) -> dict[int, list[dict[str, Any]]]:
    query = select(ActionPoint).where(ActionPoint.item_id.in_(ids), ActionPoint.noted_at <= at)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.session.scalars(query.order_by(ActionPoint.id)):
        due = row.due_on.isoformat() if row.due_on else None
        found.setdefault(row.item_id, []).append(
            {"words": row.words, "responsible": row.responsible, "due_on": due}
        )
    return found


def _reasons(ids: list[int], at: datetime) -> dict[int, str]:
    """Why an item was put off or withdrawn."""
    query = select(Event.subject_id, Event.reason).where(
        Event.subject_kind == "agendaitem", Event.subject_id.in_(ids), Event.name.in_(WITH_REASON), Event.at <= at
    )  # fmt: skip
    return {row.subject_id: row.reason for row in db.session.execute(query.order_by(Event.id))}
