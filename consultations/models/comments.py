"""Comments with every version kept, and the answers to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, Instant
from consultations.models.definitions import Stateful
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.models.rounds import Round
from consultations.models.standards import Node


class Comment(Stateful, Base):
    """An organisation's comment. The words are in its versions; `version` is the one that counts."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("round_id", "public_number"),
        UniqueConstraint("round_id", "organisation_id", "client_uuid"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_dated"),
        Index("ix_comments_round_state", "round_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # Given when it is submitted; shown as R<round>-<number>.
    public_number: Mapped[int | None]
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    # From the form: the same request twice makes one comment.
    client_uuid: Mapped[str] = mapped_column(String(36))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(String(10), default="web")
    language: Mapped[str] = mapped_column(String(2))
    # None: on the whole text.
    node_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"), index=True)
    # Where it points: see workflows.anchors; a question, or words or a table of the clause with what stands around.
    anchor: Mapped[str] = mapped_column(String(15), default="clause")
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    quote: Mapped[str] = mapped_column(Text, default="")
    prefix: Mapped[str] = mapped_column(Text, default="")
    suffix: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    visibility: Mapped[str] = mapped_column(String(10), default="members")
    consent_to_name: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    # While it is set others read the reason in the place of its words.
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    # Entered by staff from paper or a workshop, and when the organisation said that it is theirs.
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"), index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    # Who answers it at the desk, until when.
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date | None]

    round: Mapped[Round] = relationship()
    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    node: Mapped[Node | None] = relationship()
    versions: Mapped[list["CommentVersion"]] = relationship(
        back_populates="comment", order_by="CommentVersion.number"
    )
    answers: Mapped[list["Answer"]] = relationship(back_populates="comment", order_by="Answer.number")


class CommentVersion(Base):
    """The words at one time; append-only."""

    __tablename__ = "comment_versions"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(20))
    stance: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    justification: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    would_vote_no: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    comment: Mapped[Comment] = relationship(back_populates="versions")


class Answer(Base):
    """The Unit's answer to a comment; append-only, the newest number counts."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("comment_id", "number"),
        CheckConstraint("length(response) > 0", name="response"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    number: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text)
    response: Mapped[str] = mapped_column(Text)
    # What it changed in the text, or "" for no change.
    change: Mapped[str] = mapped_column(Text, default="")
    # Of a comment that was split: which of its points; 1 for a comment that is one point. Numbers run over all points.
    point: Mapped[int] = mapped_column(default=1, server_default="1")
    # In which meeting or minute it was decided, if in one.
    decided_in: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # Which clause it changed (its stable id, which survives renumbering), the words before and after.
    change_clause: Mapped[str] = mapped_column(String(36), default="", server_default="")
    change_before: Mapped[str] = mapped_column(Text, default="", server_default="")
    change_after: Mapped[str] = mapped_column(Text, default="", server_default="")
    substantive: Mapped[bool] = mapped_column(default=False)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime] = mapped_column(Instant)

    comment: Mapped[Comment] = relationship(back_populates="answers")


class AnswerReturn(Base):
    """An answer that was given back or reopened: it stands no longer. Append-only, as answers are; why is in the event."""

    __tablename__ = "answer_returns"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    returned_at: Mapped[datetime] = mapped_column(Instant)
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
