"""Support is for a version of a comment, and where two coders differed both have to say what holds."""

import sqlalchemy as sa
from alembic import op

revision = "0010_second_words"
down_revision = "0009_hidden_comments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Support is for the version that stood when it was given; what was settled stays settled."""
    with op.batch_alter_table("supports") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE supports SET version = COALESCE((SELECT max(number) FROM comment_versions WHERE "
        "comment_versions.comment_id = supports.comment_id AND written_at <= supports.given_at), 1)"
    )
    with op.batch_alter_table("settled_marks") as table:
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_settled_marks_confirmed_by_id_people"), "people", ["confirmed_by_id"], ["id"]
        )
    op.execute("UPDATE settled_marks SET confirmed_at = settled_at")


def downgrade() -> None:
    """Take the columns away."""
    with op.batch_alter_table("settled_marks") as table:
        table.drop_constraint(op.f("fk_settled_marks_confirmed_by_id_people"), type_="foreignkey")
        table.drop_column("confirmed_by_id")
        table.drop_column("confirmed_at")
    with op.batch_alter_table("supports") as table:
        table.drop_column("version")
