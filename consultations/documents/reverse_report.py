"""The reverse report: changes of the text from one round to the next, and what asked for each (consultation-model.md,
"Points, clusters, answers").

Read in the reference language, which prevails. A clause that only has another number or place is as it was.
"""

import itertools
from dataclasses import dataclass

from sqlalchemy import select

from consultations.documents.clause_map import map_lines
from consultations.documents.redline import Change, Clause, compare
from consultations.extensions import db
from consultations.facts.change_reasons import Asking, asked_for, reasons, so_far
from consultations.facts.texts import DELETED
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.canonical import sha256_of

UNCHANGED = (("same",), ("renumbered",))


@dataclass(frozen=True, slots=True)
class Explained:
    """A change with the comments that asked for it, and the reason that a person wrote ("": none). `sha256`: of what
    stood there and what stands there now, so that a reason holds for these words alone."""

    change: Change
    sha256: str
    comments: tuple[Asking, ...]
    reason: str

    @property
    def unexplained(self) -> bool:
        """Whether no comment and no reason explains it."""
        return not self.comments and not self.reason


def report(before: Round, after: Round) -> tuple[Explained, ...]:
    """Every change from the text of a round to that of a later one, in reading order of the later; five selects.

    A comment asked for it where a decided answer, of that round or of one before it, names a clause of the change.
    """
    if before.version_id == after.version_id:
        return ()
    old, new = clauses(before.version), clauses(after.version)
    asked = asked_for([one.id for one in so_far(before)])
    why = reasons(after.dossier_id)
    return tuple(
        _explained(change, asked, why)
        for change in compare(old, new, map_lines(before.version_id, after.version_id))
        if change.kinds not in UNCHANGED
    )


def of_round(round: Round) -> tuple[Explained, ...]:
    """The changes that led to the text of this round; none to that of a first one."""
    before = so_far(round)[:-1]
    return report(before[-1], round) if before else ()


def unexplained(round: Round) -> int:
    """How many changes nothing explains, from the text of the dossier's first round to that of this one, step by step."""
    steps = itertools.pairwise(so_far(round))
    return sum(one.unexplained for before, after in steps for one in report(before, after))


def clauses(version: StandardVersion) -> tuple[Clause, ...]:
    """The clauses of a version in reading order, in its reference language; one select."""
    query = (
        select(Node, NodeText.heading, NodeText.text, NodeText.guidance)
        .outerjoin(
            NodeText, (NodeText.node_id == Node.id) & (NodeText.language == version.reference_language)
        )
        .where(Node.version_id == version.id, Node.kind != DELETED)
        .order_by(Node.position)
    )
    return tuple(
        Clause(
            node.id, node.stable_id, node.parent_id, node.kind, node.number, heading or "", text or "", guidance or "",
            node.requirement_kind or "", node.years or "", node.applies_to,
        )
        for node, heading, text, guidance in db.session.execute(query)
    )  # fmt: skip


def _explained(change: Change, asked: dict[str, tuple[Asking, ...]], why: dict[str, str]) -> Explained:
    sha256 = sha256_of({"before": _said(change.before), "after": _said(change.after)})
    named = dict.fromkeys(one.stable_id for one in (*change.before, *change.after))
    comments = dict.fromkeys(comment for clause in named for comment in asked.get(clause, ()))
    return Explained(change, sha256, tuple(sorted(comments)), why.get(sha256, ""))


def _said(side: tuple[Clause, ...]) -> list[list[str]]:
    return [[one.stable_id, *one.words, *one.terms] for one in side]
