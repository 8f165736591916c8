"""The reverse report: changes of the text from one round to the next, and whether anything explains them
(consultation-model.md, "Points, clusters, answers").

Read in the reference language, which prevails.
"""

import itertools
from dataclasses import dataclass

from sqlalchemy import select

from consultations.documents.clause_map import map_lines
from consultations.documents.redline import Change, Clause, compare
from consultations.extensions import db
from consultations.facts.causes import promises
from consultations.facts.change_reasons import reasons, so_far
from consultations.facts.texts import DELETED
from consultations.models.rounds import Round
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.canonical import sha256_of
from workflows.causes import causes, is_of_substance


@dataclass(frozen=True, slots=True)
class Explained:
    """A change with the reason that a person wrote ("": none), and whether a comment `asked` for it. `sha256`: of what
    stood there and what stands there now, so that a reason holds for these words alone."""

    change: Change
    sha256: str
    asked: bool
    reason: str

    @property
    def unexplained(self) -> bool:
        """Whether no comment and no reason explains it."""
        return not self.asked and not self.reason


def report(before: Round, after: StandardVersion) -> tuple[Explained, ...]:
    """Every change from the text of a round to a later one, in reading order of the later; six selects at most.

    A comment asked for it where a decided answer, of that round or of one before it, names a clause of the change.
    """
    if before.version_id == after.id:
        return ()
    every = compare(clauses(before.version), clauses(after), map_lines(before.version_id, after.id))
    changes = [change for change in every if is_of_substance(change.kinds)]
    said = promises([one.id for one in so_far(before)])
    led_to = causes([stable_ids(change) for change in changes], [one.clause for one in said]).led_to
    why = reasons(before.dossier_id)
    return tuple(
        Explained(change, sha256, bool(answers), why.get(sha256, ""))
        for change, answers in zip(changes, led_to, strict=True)
        for sha256 in [_sha256(change)]
    )


def unexplained(round: Round) -> int:
    """How many changes nothing explains, from the text of the dossier's first round to that of this one, step by step."""
    steps = itertools.pairwise(so_far(round))
    return sum(one.unexplained for before, after in steps for one in report(before, after.version))


def stable_ids(change: Change) -> frozenset[str]:
    """The lasting ids of all clauses of a change, before and after."""
    return frozenset(clause.stable_id for clause in (*change.before, *change.after))


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


def _sha256(change: Change) -> str:
    before, after = (
        [[one.stable_id, *one.words, *one.terms] for one in side] for side in (change.before, change.after)
    )
    return sha256_of({"before": before, "after": after})
