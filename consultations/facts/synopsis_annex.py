"""The annex of a synopsis: which version of each comment was answered by which answers, frozen and read again."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.points import pieces, with_answers
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Answer, Comment


def pins(round_id: int) -> list[dict[str, Any]]:
    """Every comment received, in its public order: {"comment", "version", "answers": [[point, number of answer], …]}.

    Comments and answers are append-only, so these numbers are the words as they stood. Two selects.
    """
    received = Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED)
    given: dict[int, list[list[int]]] = defaultdict(list)
    for comment_id, point, number, returned in db.session.execute(
        with_answers(pieces(*received), Answer.number)
    ):
        if number is not None and returned is None:
            given[comment_id].append([point, number])
    rows = db.session.execute(
        select(Comment.id, Comment.version).where(*received).order_by(Comment.public_number)
    )
    return [{"comment": id, "version": version, "answers": sorted(given.get(id, []))} for id, version in rows]
