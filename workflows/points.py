"""The points of a comment (consultation-model.md, "Points, clusters, answers").

Each point goes through the comment's table for itself, from being read to its decided answer; the comment stands where
the slowest of its points stands, so that it is answered when every point has a decided answer.
"""

from collections.abc import Iterable

from workflows.comment import CommentState

ANSWERING: tuple[CommentState, ...] = (CommentState.TRIAGED, CommentState.PROPOSED, CommentState.DECIDED)
"""The part of the way that every point goes for itself, in its order."""


def point_state(comment: str, *, answered: bool, decided: bool) -> CommentState:
    """Where a point of a comment in the state `comment` stands.

    Arguments: `answered` whether an answer stands (given and not given back), `decided` whether that one is decided.
    """
    if comment not in ANSWERING:
        return CommentState(comment)
    if not answered:
        return CommentState.TRIAGED
    return CommentState.DECIDED if decided else CommentState.PROPOSED


def comment_state(points: Iterable[str]) -> CommentState:
    """Where a comment stands whose points stand so; each of ANSWERING, at least one. Errors: ValueError."""
    return ANSWERING[min(ANSWERING.index(CommentState(state)) for state in points)]
