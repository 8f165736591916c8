"""What members send in at any time: requests, concerns, proposals, and words on a matter already published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, Instant
from consultations.models.definitions import Stateful


class Petition(Stateful, Base):
    """Sent by an organisation, or by a network's committee; it becomes a dossier or gets a reasoned answer."""

    __tablename__ = "petitions"
    __table_args__ = (
        UniqueConstraint("author_id", "client_uuid"),
        CheckConstraint("kind IN ('request', 'concern', 'proposal', 'remark')", name="kind"),
        CheckConstraint("organisation_id IS NOT NULL OR network_id IS NOT NULL", name="sent_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    client_uuid: Mapped[str] = mapped_column(String(36))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    # Of a remark: the published matter it is about. Of a request taken up: the dossier it became.
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
