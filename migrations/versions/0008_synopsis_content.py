"""Keep with every synopsis its cover, what it decided on, and when it was published; several may be."""

import sqlalchemy as sa
from alembic import op

revision = "0008_synopsis_content"
down_revision = "0007_files_of_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The newest synopsis of each published round is the one that was published."""
    with op.batch_alter_table("rounds") as table:
        table.add_column(sa.Column("draft_figures", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("synopses") as table:
        table.add_column(sa.Column("cover", sa.Text(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("decisions", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE synopses SET published_at = (SELECT published_at FROM rounds WHERE rounds.id = synopses.round_id) "
        "WHERE number = (SELECT max(number) FROM synopses AS other WHERE other.round_id = synopses.round_id)"
    )


def downgrade() -> None:
    """Take the columns away."""
    with op.batch_alter_table("synopses") as table:
        for name in ("published_at", "decisions", "cover"):
            table.drop_column(name)
    with op.batch_alter_table("rounds") as table:
        table.drop_column("draft_figures")
