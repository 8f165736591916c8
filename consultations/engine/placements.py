"""Comments of a round placed on a later version: by the stated order of evidence, else by a person. Never guessed.

Locks: the round before the comment.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.drafts import check_editor, clause_of
from consultations.engine.placement_evidence import gather
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts import placements
from consultations.models.comments import Comment
from consultations.models.remarks import Placement
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from workflows.placement import How, Place
from workflows.placement import place as rule
from workflows.refusals import Refused, refusal


@dataclass(frozen=True)
class Placed:
    """How many comments got a place, or another one, and how many wait for a person."""

    changed: int
    waiting: int


def place_all(round_id: int, version_id: int, *, by: Actor, at: datetime) -> Placed:
    """Place every comment of a round that is over on a later version of its text (workflows.placement).

    What a person placed stays, unless its clause was deleted since: then it waits again. Repeated, only what another
    evidence speaks for now is placed anew; a repetition that changes nothing leaves no event.
    Errors: Refused `placing_too_early`, `other_standard`; NotFound.
    """
    check_editor(by, at=at)
    round_ = locked(Round, round_id)
    version = _later(round_, version_id)
    there = {row.comment_id: row for row in _rows(round_id, version_id)}
    asked = placements.anchored(round_id)
    known = gather(round_.version, version, asked)
    changed = 0
    for one in asked:
        row = there.get(one.id)
        by_person = row is not None and row.how == How.PERSON
        if row is None or not by_person or not known.there(row.node_id):
            changed += _keep(row, one.id, version_id, rule(known.of(one)), by=by, at=at)
    db.session.flush()
    waits = placements.pending(round_id, version_id)
    if changed:
        journal.record(
            "comments_placed", round_, by=by, at=at, version=f"standardversion/{version_id}", placed=changed,
            waiting=waits,
        )  # fmt: skip
    return Placed(changed, waits)


def place(comment_id: int, version_id: int, node_id: int | None, *, by: Actor, at: datetime) -> Placement:
    """A person says where a comment stands on a later version; None: it belongs to nothing any more.

    The same place again is the one there is. Errors: Refused, also `clause_elsewhere`, `comment_on_whole`; NotFound.
    """
    check_editor(by, at=at)
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise NotFound(f"Comment {comment_id}")
    round_ = shared(Round, found.round_id)
    comment = locked(Comment, comment_id)
    version = _later(round_, version_id)
    if comment.node_id is None:
        raise Refused(refusal("comment_on_whole"))
    if node_id is not None:
        clause_of(version, node_id)
    row = db.session.scalar(select(Placement).filter_by(comment_id=comment_id, version_id=version_id))
    if row is not None and (row.node_id, row.how) == (node_id, How.PERSON):
        return row
    was = {"was": f"node/{row.node_id}"} if row and row.node_id else {}
    row = row or Placement(comment_id=comment_id, version_id=version_id)
    row.node_id, row.how, row.placed_at, row.placed_by_id = node_id, How.PERSON, at, by.person_id
    add(row)
    where = {"node": f"node/{node_id}"} if node_id else {}
    journal.record(
        "comment_placed", comment, by=by, at=at, version=f"standardversion/{version_id}", **where, **was
    )
    return row


def _later(round_: Round, version_id: int) -> StandardVersion:
    """The version to place on. Errors: Refused, NotFound."""
    version = db.session.get(StandardVersion, version_id)
    if version is None:
        raise NotFound(f"StandardVersion {version_id}")
    reasons = [
        *([] if round_.state in placements.OVER else [refusal("placing_too_early")]),
        *([] if _follows(round_, version) else [refusal("other_standard")]),
    ]
    if reasons:
        raise Refused(*reasons)
    return version


def _follows(round_: Round, version: StandardVersion) -> bool:
    return version.standard_id == round_.version.standard_id and version.id > round_.version_id


def _rows(round_id: int, version_id: int) -> list[Placement]:
    query = select(Placement).join(Comment, Comment.id == Placement.comment_id)
    return list(
        db.session.scalars(query.where(Comment.round_id == round_id, Placement.version_id == version_id))
    )


def _keep(
    row: Placement | None, comment_id: int, version_id: int, found: Place, *, by: Actor, at: datetime
) -> bool:
    """Write the place unless it stands so; whether there was something to write."""
    if row is not None and (row.node_id, row.how) == (found.clause, found.how):
        return False
    row = row or Placement(comment_id=comment_id, version_id=version_id)
    row.node_id, row.how, row.placed_at, row.placed_by_id = found.clause, found.how, at, by.person_id
    db.session.add(row)
    return True
