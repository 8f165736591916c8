"""Remember which sessions were signed out of, so that a copied cookie ends with them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's session has a key yet: everybody signs in once more."""
    op.create_table(
        "ended_sessions",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ended_sessions")),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("ended_sessions")
