"""The items of an agenda as minutes state them: motion, background apart, vote, interests, action points apart."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import items_then
from consultations.facts.minutes_votes import iso, of_vote
from consultations.facts.vote_course import course
from consultations.models.assemblies import ActionPoint, AgendaItem, Assembly, AssemblyElector
from consultations.models.events import Event
from consultations.models.presence import Interest
from workflows.canonical import sha256_of

FALLEN = ("annulled", "voided")


def items(assembly: Assembly, at: datetime) -> list[dict[str, Any]]:
    """Every item in order, as it stood at `at`, with all votes on it. The vote of a block stands under the first of its items.

    `voted_with`: the first item of each block that it was put to the vote with; `elected`: whom its votes elected together.
    """
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == assembly.id).order_by(AgendaItem.position)
    ).all()
    ids = [row.id for row in rows]
    places = {row.id: row.position for row in rows}
    stood, votes = items_then.items(ids, at), items_then.votes(rows, at)
    interests, actions = _interests(assembly.id, ids, at), _actions(ids, at)
    first: dict[int, int] = {}
    told = []
    for row in (row for row in rows if row.id in stood):
        then, of_item = stood[row.id], votes.get(row.id, ())
        leads = {vote.id: first.setdefault(vote.id, row.position) for vote in of_item}
        own = [
            {**of_vote(vote, at), **course(vote, at)} for vote in of_item if leads[vote.id] == row.position
        ]
        opened = {leads[vote.id] for vote in of_item if vote.opened_at is not None and vote.opened_at <= at}
        told.append(
            {
                "position": row.position, "kind": row.kind, "titles": row.titles, "motion": row.motion,
                "motion_sha256": sha256_of(row.motion), "background": row.background, "state": then.state,
                "amends": places.get(row.amends_id or 0), "block": row.block, "opened_at": iso(then.opened_at),
                "decided_at": iso(then.decided_at), "reason": then.reason, "votes": own,
                "voted_with": sorted(opened - {row.position}), "elected": elected(own),
                "interests": interests.get(row.id, []), "actions": actions.get(row.id, []),
            }
        )  # fmt: skip
    return told


def elected(told: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Whom these votes elected, by name, in order; what was annulled elected nobody."""
    return [
        vote["options"][option]
        for vote in told
        if vote["count"] and vote["state"] not in FALLEN
        for option in vote["elected"]
    ]


def _interests(assembly_id: int, ids: Collection[int], at: datetime) -> dict[int, list[dict[str, Any]]]:
    """Named from the declaring organisation's own line, which stays when it is taken off the roll.

    Declared once more later, what was said by then is that of the newest declaration by then.
    """
    query = (
        select(Interest, AssemblyElector)
        .join(AssemblyElector, Interest.elector_id == AssemblyElector.id)
        .where(Interest.item_id.in_(ids))
        .order_by(Interest.id)
    )
    former = _declared(assembly_id, at)
    found: dict[int, list[dict[str, Any]]] = {}
    for row, elector in db.session.execute(query):
        said = (row.words, row.excluded, row.declared_at)
        if row.declared_at > at:
            if (f"item/{row.item_id}", elector.elector) not in former:
                continue
            said = former[f"item/{row.item_id}", elector.elector]
        words, excluded, declared_at = said
        told = {
            "elector": elector.elector, "name": elector.name, "country": elector.attributes.get("country", ""),
            "words": words, "excluded": excluded, "at": iso(declared_at),
        }  # fmt: skip
        found.setdefault(row.item_id, []).append(told)
    return found


def _declared(assembly_id: int, at: datetime) -> dict[tuple[str, str], tuple[str, bool, datetime]]:
    """{(item, elector): words, whether it is excluded, when}: the newest declaration of each by then."""
    query = select(Event.payload, Event.reason, Event.at).where(
        Event.subject_kind == "assembly", Event.subject_id == assembly_id, Event.name == "interest_declared", Event.at <= at
    )  # fmt: skip
    told = (
        (json.loads(payload), words, when)
        for payload, words, when in db.session.execute(query.order_by(Event.id))
    )
    return {(one["item"], one["elector"]): (words, one["excluded"], when) for one, words, when in told}


def _actions(ids: Collection[int], at: datetime) -> dict[int, list[dict[str, Any]]]:
    query = select(ActionPoint).where(ActionPoint.item_id.in_(ids), ActionPoint.noted_at <= at)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.session.scalars(query.order_by(ActionPoint.id)):
        due = row.due_on.isoformat() if row.due_on else None
        found.setdefault(row.item_id, []).append(
            {"words": row.words, "responsible": row.responsible, "due_on": due}
        )
    return found
