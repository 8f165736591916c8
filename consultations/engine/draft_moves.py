"""The places of a draft's clauses: added, moved up, down and into another, deleted.

Every act carries the form's own `request`: sent twice, it is done once. `known` is the stamp (facts.drafts.clause_stamp)
of what the form was shown: another since then refuses, and nothing is lost.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select, update

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.draft_order import Order
from consultations.engine.draft_terms import Terms
from consultations.engine.draft_words import Words, keep_revision
from consultations.engine.drafts import begin_editing, changed_meanwhile, clause_of, done_before, take_clause
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts.drafts import clause_stamp, has_words
from consultations.facts.texts import DELETED
from consultations.models.comments import Comment
from consultations.models.remarks import Placement
from consultations.models.rounds import Question
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.refusals import Refused, refusal

_OUT_OF_THE_WAY = -1_000_000_000


def add_clause(
    version_id: int, *, parent_id: int | None, after_id: int | None, terms: Terms, words: Mapping[str, Words], request: str,
    by: Actor, at: datetime,
) -> Node:  # fmt: skip
    """Add a clause below `parent_id` (None: at the top) after its sister `after_id` (None: as the first).

    Arguments: `words` by language, those of the reference language among them. Errors: Refused, NotFound.
    """
    version = begin_editing(version_id, by=by, at=at)
    if done := done_before(version, request):
        return clause_of(version, int(journal.ref(done, "node")))
    if odd := terms.odd():
        raise Refused(*odd)
    reference = words.get(version.reference_language, Words())
    if not (reference.heading or reference.text):
        raise Refused(refusal("clause_words_missing"))
    order, place = Order(version), 0
    if after_id is not None:
        sister = clause_of(version, after_id)
        parent_id, place = sister.parent_id, order.place(sister) + 1
    elif parent_id is not None:
        clause_of(version, parent_id)
    node = new_clause(version, terms, words)
    order.put(node, parent_id, place)
    order.write()
    journal.record("clause_added", version, by=by, at=at, node=f"node/{node.id}", request=request)
    return node


def move(
    node_id: int,
    *,
    where: str,
    parent_id: int | None = None,
    known: str,
    request: str,
    by: Actor,
    at: datetime,
) -> Node:
    """Move a clause with all that lies below it: `where` is up, down (among its sisters) or into (the last below `parent_id`).

    Errors: Refused `clause_at_the_edge`, `clause_below_itself`, `clause_elsewhere`, `edited_meanwhile`; NotFound.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if done_before(version, request):
        return node
    if known != clause_stamp(node):
        raise changed_meanwhile(version, node)
    order = Order(version)
    former = f"node/{node.parent_id}" if node.parent_id else ""
    if where == "into":
        _into(order, node, version, parent_id)
    else:
        _among_sisters(order, node, -1 if where == "up" else 1)
    order.write()
    journal.record("clause_moved", version, by=by, at=at, node=f"node/{node.id}", former=former, where=where, request=request)  # fmt: skip
    return node


def delete(node_id: int, *, known: str, request: str, by: Actor, at: datetime) -> int:
    """Delete a clause and everything below it from a draft; their words stay as revisions. Returns how many.

    Errors: Refused `clause_asked_about`, `clause_commented`, `edited_meanwhile`, frozen, under review; NotFound, also
    when it was deleted before.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if known != clause_stamp(node):
        raise changed_meanwhile(version, node)
    order = Order(version)
    gone = list(order.below(node))
    check_free(gone)
    for one in reversed(gone):
        order.take_out(one)
        bury(one, version)
    order.write()
    journal.record(
        "clause_deleted", version, by=by, at=at, node=f"node/{node_id}", stable_id=node.stable_id, count=len(gone),
        request=request,
    )  # fmt: skip
    return len(gone)


def new_clause(version: StandardVersion, terms: Terms, words: Mapping[str, Words]) -> Node:
    """A clause with its words, still without its place."""
    node = Node(
        version_id=version.id, stable_id=str(uuid4()), parent_id=None, position=_OUT_OF_THE_WAY, depth=0, kind=terms.kind
    )  # fmt: skip
    terms.put(node)
    add(node)
    for language, said in words.items():
        if has_words(said):
            db.session.add(
                NodeText(node_id=node.id, language=language, heading=said.heading, text=said.text, guidance=said.guidance)
            )  # fmt: skip
    db.session.flush()
    return node


def check_free(nodes: list[Node]) -> None:
    """Refuse to let go of clauses that questions or comments point to: they stay in this version."""
    ids = [node.id for node in nodes]
    counted = (
        ("clause_asked_about", select(func.count(Question.id)).where(Question.node_id.in_(ids))),
        ("clause_commented", select(func.count(Comment.id)).where(Comment.node_id.in_(ids))),
    )
    found = [(code, db.session.scalar(query) or 0) for code, query in counted]
    if reasons := [refusal(code, count=count) for code, count in found if count]:
        raise Refused(*reasons)


def bury(node: Node, version: StandardVersion) -> None:
    """Leave a clause out of the text: its words become revisions, comments placed on it are orphans for a person."""
    for text in db.session.scalars(select(NodeText).where(NodeText.node_id == node.id)).all():
        if has_words(text):
            keep_revision(node, version, text)
        db.session.delete(text)
    db.session.execute(
        update(Placement).where(Placement.node_id == node.id).values(node_id=None, how="orphaned")
    )
    node.kind, node.parent_id, node.depth, node.position = DELETED, None, 0, -node.id
    db.session.flush()


def _among_sisters(order: Order, node: Node, step: int) -> None:
    place = order.place(node) + step
    if not 0 <= place < len(order.sisters[node.parent_id]):
        raise Refused(refusal("clause_at_the_edge"))
    order.put(node, node.parent_id, place)


def _into(order: Order, node: Node, version: StandardVersion, parent_id: int | None) -> None:
    if parent_id is not None:
        parent = clause_of(version, parent_id)
        if parent in order.below(node):
            raise Refused(refusal("clause_below_itself"))
    last = len([sister for sister in order.sisters[parent_id] if sister is not node])
    order.put(node, parent_id, last)
