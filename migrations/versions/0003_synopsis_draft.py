"""Keep the words of a synopsis while they are written."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("draft_introduction", "draft_way_forward")


def upgrade() -> None:
    """Rounds that are there get empty words; the default serves them alone and goes again."""
    with op.batch_alter_table("rounds") as table:
        for name in COLUMNS:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("rounds") as table:
        for name in COLUMNS:
            table.alter_column(name, existing_type=sa.Text(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    """Take both columns away."""
    with op.batch_alter_table("rounds") as table:
        for name in COLUMNS:
            table.drop_column(name)
