"""What persons said became of clauses, and the versions between two that were drawn up one from the other."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.drafts import ClauseLink
from consultations.models.standards import Node, StandardVersion


def lines(before_id: int, after_id: int) -> tuple[tuple[int | None, int | None], ...]:
    """The lines of the clause map of this very pair: clause before, clause after; None where there is none."""
    query = select(ClauseLink.from_node_id, ClauseLink.to_node_id).where(
        ClauseLink.from_version_id == before_id, ClauseLink.to_version_id == after_id
    )
    return tuple((before, after) for before, after in db.session.execute(query.order_by(ClauseLink.id)))


def chain(before_id: int, after_id: int) -> list[int]:
    """The ids from one version to another that was drawn up from it with others between; else empty."""
    ids, row = [after_id], db.session.get(StandardVersion, after_id)
    while row is not None and row.based_on_id is not None and row.id != before_id:
        row = db.session.get(StandardVersion, row.based_on_id)
        ids.append(row.id if row else 0)
    return ids[::-1] if ids[-1] == before_id and len(ids) > 2 else []


def stable_ids(version_ids: list[int]) -> dict[int, dict[int, str]]:
    """Of each version its clauses with their stable ids; one select."""
    stable: dict[int, dict[int, str]] = {id: {} for id in version_ids}
    query = select(Node.version_id, Node.id, Node.stable_id).where(
        Node.version_id.in_(version_ids), Node.kind != DELETED
    )
    for version_id, id, stable_id in db.session.execute(query):
        stable[version_id][id] = stable_id
    return stable
