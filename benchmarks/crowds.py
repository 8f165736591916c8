"""A round with thousands of comments: the demonstration's open one, filled up, closed and handed to the Unit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from uuid import uuid5

from sqlalchemy import func, insert, select, text, update

from consultations.actor import SYSTEM, Actor
from consultations.demo.stage import DEMO
from consultations.engine import round_running
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.mandates import Mandate
from consultations.models.rounds import RegisterEntry, Round
from workflows.comment import CommentState
from workflows.roles import Role

OPENINGS = (
    "", "En nuestra cooperativa lo vemos así. ", "Nossa assembleia disse o seguinte. ", "We say this again. ",
    "Nous le disons aussi. ", "Las mujeres del comité piden que se lea esto. ", "Desde la finca más alta escribimos. ",
)  # fmt: skip
OUTCOMES = ("accepted", "accepted_in_part", "noted", "rejected", "already_covered")


@dataclass(frozen=True)
class Crowd:
    """Where to measure: a round being answered, a clause and a comment of it, the instant, and who acts."""

    round_id: int
    node_id: int
    comment_id: int
    at: datetime
    actors: dict[Role, Actor]

    def actor(self, role: Role) -> Actor:
        """Who acts in this role."""
        return self.actors[role]


def crowded(comments: int) -> Crowd:
    """Fill the open round up to so many comments, close it and begin the answers; committed."""
    round_ = db.session.scalars(select(Round).where(Round.state == "open")).one()
    _fill(round_.id, comments)
    at = (round_.closes_at or round_.first_closes_at) + timedelta(hours=1)
    actors = {role: _actor(role) for role in (Role.UNIT, Role.UNIT_HEAD, Role.CHAIR)}
    round_id = round_.id
    db.session.commit()
    with unit_of_work():
        round_running.close_round(round_id, by=SYSTEM, at=at)
        round_running.start_answers(round_id, by=actors[Role.UNIT], at=at)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    mine = select(Comment).where(Comment.round_id == round_id, Comment.node_id.is_not(None))
    comment = db.session.scalars(mine.order_by(Comment.id)).first()
    assert comment is not None
    assert comment.node_id is not None
    found = Crowd(round_id, comment.node_id, comment.id, at, actors)
    db.session.rollback()
    return found


def answer_all(crowd: Crowd) -> None:
    """Every comment gets a decided answer, past the verbs: what is measured is what follows."""
    by = crowd.actor(Role.UNIT_HEAD).person_id
    open_ = (CommentState.SUBMITTED, CommentState.TRIAGED, CommentState.PROPOSED)
    waiting = db.session.scalars(
        select(Comment.id).where(Comment.round_id == crowd.round_id, Comment.state.in_(open_))
    ).all()
    rows = [
        {
            "comment_id": id, "number": 1, "outcome": outcome, "reason": "Por el motivo que se dice.", "response": "Gracias. Lo hemos leído.",
            "change": "", "answered_at": crowd.at, "proposed_by_id": by, "decided_by_id": by, "point": 1, "substantive": False,
        }
        for id, outcome in zip(waiting, cycle(OUTCOMES), strict=False)
    ]  # fmt: skip
    db.session.execute(insert(Answer), rows)
    db.session.execute(update(Comment).where(Comment.id.in_(waiting)).values(state=CommentState.DECIDED))
    db.session.commit()


def _fill(round_id: int, comments: int) -> None:
    """More comments in the words of those that are there, by every organisation of the register in turn."""
    model = db.session.execute(
        select(Comment, CommentVersion)
        .join(
            CommentVersion,
            (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version),
        )
        .where(Comment.round_id == round_id, Comment.state == CommentState.SUBMITTED)
        .order_by(Comment.id)
    ).all()
    asked = db.session.scalars(
        select(RegisterEntry.organisation_id)
        .where(RegisterEntry.round_id == round_id)
        .order_by(RegisterEntry.id)
    ).all()
    last = db.session.scalar(select(func.max(Comment.id))) or 0
    number = (
        db.session.scalar(select(func.max(Comment.public_number)).where(Comment.round_id == round_id)) or 0
    )
    missing = comments - (db.session.scalar(select(func.count()).where(Comment.round_id == round_id)) or 0)
    rows, words = [], []
    for n, (comment, version), organisation_id in zip(
        range(missing), cycle(model), cycle(asked), strict=False
    ):
        rows.append(
            _columns(comment) | {
                "id": last + 1 + n, "public_number": number + 1 + n, "receipt": f"CROWD-{n}", "organisation_id": organisation_id,
                "client_uuid": str(uuid5(DEMO, f"crowd-{n}")),
            }
        )  # fmt: skip
        said = OPENINGS[n // len(model) % len(OPENINGS)] + version.text
        words.append(_columns(version) | {"comment_id": last + 1 + n, "text": said, "number": 1})
        rows[-1]["version"] = 1
        del words[-1]["id"]
    db.session.execute(insert(Comment), rows)
    db.session.execute(insert(CommentVersion), words)
    counted = {"last_public_number": number + len(rows)}
    db.session.execute(update(Round).where(Round.id == round_id).values(**counted))
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT setval('comments_id_seq', (SELECT max(id) FROM comments))"))


def _columns(row: Comment | CommentVersion) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _actor(role: Role) -> Actor:
    row = db.session.scalars(select(Mandate).where(Mandate.role == role).order_by(Mandate.id)).first()
    assert row is not None, role
    return Actor(role, row.person_id, row.id, row.organisation_id, row.network_id)
