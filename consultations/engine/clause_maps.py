"""The clause map between two versions, corrected by hand: what a person says goes before every other evidence."""

from datetime import datetime

from sqlalchemy import or_, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.drafts import check_editor, clause_of
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.models.drafts import ClauseLink
from consultations.models.standards import StandardVersion
from workflows.refusals import Refused, refusal


def link(
    from_version_id: int,
    to_version_id: int,
    *,
    from_node_id: int | None,
    to_node_id: int | None,
    by: Actor,
    at: datetime,
) -> ClauseLink:
    """Say that this clause became that one; without `to_node_id` it was deleted, without `from_node_id` it was added.

    Several lines from one clause are a split, several to one a merger. A line that is there is not made twice.
    Errors: Refused `other_standard`, `map_line_empty`, `map_line_contradicts`, `clause_elsewhere`; NotFound.
    """
    earlier, later = _pair(from_version_id, to_version_id, by=by, at=at)
    if from_node_id is None and to_node_id is None:
        raise Refused(refusal("map_line_empty"))
    for version, node_id in ((earlier, from_node_id), (later, to_node_id)):
        if node_id is not None:
            clause_of(version, node_id)
    line = {
        "from_version_id": from_version_id, "to_version_id": to_version_id, "from_node_id": from_node_id,
        "to_node_id": to_node_id,
    }  # fmt: skip
    there = db.session.scalar(select(ClauseLink).filter_by(**line))
    if there is not None:
        return there
    _check(from_version_id, to_version_id, from_node_id, to_node_id)
    made = add(ClauseLink(**line, made_at=at, made_by_id=by.person_id))
    journal.record("clause_linked", later, by=by, at=at, **_refs(made))
    return made


def unlink(link_id: int, *, by: Actor, at: datetime) -> None:
    """Take a line out of the map again; what became of the clause follows from stable ids and words then.

    Errors: Refused; NotFound, also when it was taken out before.
    """
    there = db.session.get(ClauseLink, link_id)
    if there is None:
        raise NotFound(f"ClauseLink {link_id}")
    _, later = _pair(there.from_version_id, there.to_version_id, by=by, at=at)
    if (line := db.session.get(ClauseLink, link_id, populate_existing=True)) is not None:
        journal.record("clause_unlinked", later, by=by, at=at, **_refs(line))
        db.session.delete(line)
        db.session.flush()


def _pair(
    from_version_id: int, to_version_id: int, *, by: Actor, at: datetime
) -> tuple[StandardVersion, StandardVersion]:
    check_editor(by, at=at)
    later = locked(StandardVersion, to_version_id)
    earlier = db.session.get(StandardVersion, from_version_id)
    if earlier is None:
        raise NotFound(f"StandardVersion {from_version_id}")
    if earlier.standard_id != later.standard_id or earlier.id == later.id:
        raise Refused(refusal("other_standard"))
    return earlier, later


def _check(
    from_version_id: int, to_version_id: int, from_node_id: int | None, to_node_id: int | None
) -> None:
    """A clause that was deleted became no other, one that was added came from none."""
    of_pair = select(ClauseLink.id).filter_by(from_version_id=from_version_id, to_version_id=to_version_id)
    sides = []
    if from_node_id is not None:
        other = ClauseLink.to_node_id.is_not(None) if to_node_id is None else ClauseLink.to_node_id.is_(None)
        sides.append((ClauseLink.from_node_id == from_node_id) & other)
    if to_node_id is not None:
        other = (
            ClauseLink.from_node_id.is_not(None)
            if from_node_id is None
            else ClauseLink.from_node_id.is_(None)
        )
        sides.append((ClauseLink.to_node_id == to_node_id) & other)
    if db.session.scalars(of_pair.where(or_(*sides)).limit(1)).first() is not None:
        raise Refused(refusal("map_line_contradicts"))


def _refs(line: ClauseLink) -> dict[str, str]:
    named = {"from": line.from_node_id, "to": line.to_node_id}
    return {
        "base": f"standardversion/{line.from_version_id}",
        **{n: f"node/{id}" for n, id in named.items() if id},
    }
