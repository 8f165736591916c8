"""Whose country may stand beside a comment that bears no name."""

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts.register import UNSENT
from consultations.facts.small_cells import hidden
from consultations.models.comments import Comment
from consultations.models.rounds import RegisterEntry
from workflows.comment import CommentState


def countries_shown(round_id: int) -> frozenset[str]:
    """The countries from which so many organisations have commented that "an organisation of Peru" points at nobody.

    The cells are those of the published table of countries (facts.small_cells): a country that is hidden there, or hides
    another, is not named beside a comment either.
    """
    query = (
        select(RegisterEntry.country, func.count(Comment.organisation_id.distinct()), func.count(Comment.id))
        .join(
            Comment,
            (Comment.round_id == RegisterEntry.round_id) & (Comment.organisation_id == RegisterEntry.organisation_id),
        )
        .where(Comment.round_id == round_id, Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN)))
        .group_by(RegisterEntry.country)
    )  # fmt: skip
    cells = {code: (organisations, comments) for code, organisations, comments in db.session.execute(query)}
    return frozenset(cells) - hidden(cells)
