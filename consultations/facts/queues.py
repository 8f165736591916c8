"""Which comments of a round the desk looks at: the filters of its queue, in an order that stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.points import newest_number
from consultations.facts.removals import kept_from_others, reads_all_words
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Answer, AnswerReturn, Comment, CommentVersion
from consultations.models.points import Cluster, ClusterMember, Point
from consultations.models.remarks import Redaction
from consultations.models.rounds import RegisterEntry
from workflows.comment import CommentState

FILTERS = (
    "state", "clause", "type", "stance", "country", "network", "language", "channel", "assignee", "overdue", "cluster",
    "text",
)  # fmt: skip
WAITING = (CommentState.SUBMITTED, CommentState.TRIAGED)
UNDECIDED = (*WAITING, CommentState.PROPOSED)
_LAST_ROW = 2**31 - 1


def matching(round_id: int, wanted: Mapping[str, str], *, today: date, by: Actor) -> Select[tuple[int]]:
    """The ids of the comments received that the filters leave; what is not understood filters nothing.

    `wanted`: clause (a node, or "whole"), state (one, "waiting" or "hidden"), assignee (a person, "me" or "none"), overdue ("1":
    not decided though their day has passed before `today`), cluster (one, "any" or "none"), network (its code), text
    (words of the comment as the viewer reads them, or its number); the others as they stand on the comment. `by`: who
    "me" is.
    """
    return (
        select(Comment.id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .where(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
        .where(*_plain(wanted), *_at_work(wanted, today, by.person_id))
        .where(*_words(round_id, wanted.get("text", ""), by))
    )  # fmt: skip


def in_order(query: Select[Any]) -> Select[Any]:
    """By public number: the order in which they came, which never changes."""
    return query.order_by(Comment.public_number, Comment.id)


def overdue(today: date) -> tuple[ColumnElement[bool], ...]:
    """Not decided though the day has passed."""
    return Comment.due_on < today, Comment.state.in_(UNDECIDED)


def _plain(wanted: Mapping[str, str]) -> list[ColumnElement[bool]]:
    clause, state, network = (wanted.get(name, "") for name in ("clause", "state", "network"))
    columns = (
        ("type", CommentVersion.type), ("stance", CommentVersion.stance), ("country", RegisterEntry.country),
        ("language", Comment.language), ("channel", Comment.channel),
    )  # fmt: skip
    conditions = [column == wanted[name] for name, column in columns if wanted.get(name)]
    if clause == "whole":
        conditions.append(Comment.node_id.is_(None))
    elif node_id := _row(clause):
        conditions.append(Comment.node_id == node_id)
    if state:
        conditions.append(_in_state(state))
    if network:
        conditions.append(cast(RegisterEntry.networks, Text).contains(f'"{network}"', autoescape=True))
    return conditions


def _in_state(state: str) -> ColumnElement[bool]:
    """In that state; a comment of which one point only is proposed waits for a second person too."""
    if state == "waiting":
        return Comment.state.in_(WAITING)
    if state == "hidden":
        return Comment.hidden_at.is_not(None)
    if state != CommentState.PROPOSED:
        return Comment.state == state
    newest = newest_number(Point.comment_id, Point.number)
    returned = exists().where(AnswerReturn.answer_id == Answer.id)
    one_point = exists().where(
        Point.comment_id == Comment.id, Answer.comment_id == Point.comment_id, Answer.number == newest,
        Answer.decided_by_id.is_(None), ~returned,
    )  # fmt: skip
    return or_(Comment.state == state, and_(Comment.state == CommentState.TRIAGED, one_point))


def _at_work(wanted: Mapping[str, str], today: date, person_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    assignee, cluster = wanted.get("assignee", ""), wanted.get("cluster", "")
    if assignee == "none":
        conditions.append(Comment.assignee_id.is_(None))
    elif chosen := person_id if assignee == "me" else _row(assignee):
        conditions.append(Comment.assignee_id == chosen)
    if wanted.get("overdue") == "1":
        conditions += overdue(today)
    standing = exists().where(
        ClusterMember.comment_id == Comment.id,
        ClusterMember.cluster_id == Cluster.id,
        Cluster.dissolved_at.is_(None),
    )
    if cluster in ("any", "none"):
        conditions.append(standing if cluster == "any" else ~standing)
    elif chosen := _row(cluster):
        conditions.append(standing.where(Cluster.id == chosen))
    return conditions


def _words(round_id: int, text: str, by: Actor) -> list[ColumnElement[bool]]:
    """Every word somewhere in the comment, whatever its case; or the number of the comment, as R1-12 or 12.

    Words that this viewer does not read find nothing: a search would tell that they stand there.
    """
    words = text.split()[:10]
    shown = {} if reads_all_words(by) or not words else _shown_to_others(round_id)
    return [_holding(word, shown) for word in words]


def _holding(word: str, shown: Mapping[int, str]) -> ColumnElement[bool]:
    """`shown`: what is left to read of the comments of which something is kept back."""
    written = (CommentVersion.text, CommentVersion.justification, CommentVersion.proposal)
    held = or_(*(column.icontains(word, autoescape=True) for column in written))
    if shown:
        left = [id for id, words in shown.items() if word.lower() in words.lower()]
        held = or_(and_(Comment.id.not_in(shown), held), Comment.id.in_(left))
    number = _row(word.rpartition("-")[2])
    return or_(held, Comment.public_number == number) if number else held


def _shown_to_others(round_id: int) -> dict[int, str]:
    kept_back = or_(Comment.hidden_at.is_not(None), exists().where(Redaction.comment_id == Comment.id))
    query = (
        select(Comment, CommentVersion)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .where(Comment.round_id == round_id, kept_back)
    )  # fmt: skip
    found = db.session.execute(query).all()
    kept = kept_from_others([comment for comment, _ in found])
    return {
        comment.id: "\n".join(
            (
                kept(comment.id).text(said.text),
                *map(kept(comment.id).more, (said.justification, said.proposal)),
            )
        )
        for comment, said in found
    }


def _row(text: str) -> int:
    """The number of a row, 0 for what is none."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else 0
    return number if number <= _LAST_ROW else 0


def count_of(query: Select[Any]) -> Select[tuple[int]]:
    """How many rows a query has."""
    return select(func.count()).select_from(query.subquery())
