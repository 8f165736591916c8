"""All that a synopsis counts: the figures of the round (facts.synopses), the points made, and the stances per clause."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func, select

from consultations.extensions import db
from consultations.facts import synopses
from consultations.facts.clusters import how_much
from consultations.facts.small_cells import LEAST, hidden
from consultations.facts.synopses import NOT_RECEIVED
from consultations.facts.synopsis_parts import parts, parts_published
from consultations.models.comments import Comment, CommentVersion
from consultations.models.standards import Node
from consultations.wording_comments import STANCES


def figures(round_id: int) -> dict[str, Any]:
    """Everything, exact: for the Commission and for the record."""
    much = how_much(round_id)
    return {
        **synopses.figures(round_id), "points": much.points, "distinct": much.distinct, "clauses": _clauses(round_id),
        **parts(round_id),
    }  # fmt: skip


def published(exact: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what would point at somebody. Of a clause all three stances are shown or none.

    How many comments a clause has anybody can count in the annex; which stance they took is hidden with it.
    """
    clauses = exact.get("clauses", [])
    gone = _clauses_hidden({str(row["node"]): tuple(row[stance] for stance in STANCES) for row in clauses})
    shown = [
        {**row, **dict.fromkeys(STANCES)} if str(row["node"]) in gone else row
        for row in clauses
    ]  # fmt: skip
    told = synopses.published(dict(exact))
    return {
        **told, "clauses": shown, **parts_published(exact, few=told["organisations"]["silent"] is None)
    }  # fmt: skip


def _clauses_hidden(rows: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    """The clauses to hide, the smallest first, until the stances on each of them can be guessed in no other way either.

    Known are the sums of the stances and of every clause. What is hidden is whole clauses, so a stance on one of them
    lies between max(0, clause + stance - all) and min(clause, stance), sums over what is hidden (Fréchet's bounds).
    """
    out = set(hidden(rows))
    rest = sorted(rows.keys() - out, key=lambda key: (sum(rows[key]), key))
    while out and rest and not _open([rows[key] for key in out]):
        out.add(rest.pop(0))
    return frozenset(out)


def _open(clauses: list[tuple[int, ...]]) -> bool:
    """Whether each stance that was taken at all could be that of LEAST more comments of a clause, or of all it has."""
    stances = [sum(column) for column in zip(*clauses, strict=True) if any(column)]
    whole = sum(stances)
    return len(stances) > 1 and all(
        min(sum(row), stance) - max(0, sum(row) + stance - whole) >= min(LEAST, sum(row))
        for row in clauses
        for stance in stances
    )


def _clauses(round_id: int) -> list[dict[str, Any]]:
    """Stances per clause in reading order; node 0 is the text as a whole."""
    counted = [func.sum(case((CommentVersion.stance == stance, 1), else_=0)) for stance in STANCES]
    query = (
        select(Comment.node_id, Node.number, *counted)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(Node, Node.id == Comment.node_id)
        .where(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
        .group_by(Comment.node_id, Node.number, Node.position)
        .order_by(Node.position.is_(None).desc(), Node.position)
    )  # fmt: skip
    return [
        {"node": node_id or 0, "number": number or "", **dict(zip(STANCES, map(int, sums), strict=True))}
        for node_id, number, *sums in db.session.execute(query)
    ]
