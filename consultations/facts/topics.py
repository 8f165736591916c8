"""What comments are about: how often each code of the codebook holds, for the codebook's page and for a synopsis."""

from dataclasses import dataclass

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment


@dataclass(frozen=True)
class Topic:
    """A code with the points it holds for, of how many comments and organisations; `open`: its coders differ there."""

    id: int
    code: str
    meaning: str
    points: int
    comments: int
    organisations: int
    open: int


@dataclass(frozen=True)
class Topics:
    """The topics of a round, by their codes, and how many points they come from; a point may have several or none."""

    coded: int
    rows: tuple[Topic, ...]


def topics(round_id: int) -> Topics:
    """Count what was settled, else what everybody who coded a point said of it; exact, for those who may read all.

    Points of a sample that is still being coded are left out: its coders must not learn of each other's marks.
    """
    found = coding.coded(round_id, without=coding.open_sample(round_id))
    here = select(Comment.id, Comment.organisation_id).where(
        Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED)
    )
    owners: dict[int, int] = dict(db.session.execute(here).all())
    spots = [spot for spot in found.by if spot[0] in owners]
    rows = []
    for tag in coding.codes(round_id):
        verdicts = {spot: found.verdict(spot, tag.id) for spot in spots}
        holding = {comment_id for (comment_id, _), verdict in verdicts.items() if verdict}
        rows.append(
            Topic(
                tag.id, tag.code, tag.meaning, sum(verdict is True for verdict in verdicts.values()), len(holding),
                len({owners[id] for id in holding}), sum(verdict is None for verdict in verdicts.values()),
            )
        )  # fmt: skip
    return Topics(len(spots), tuple(rows))
