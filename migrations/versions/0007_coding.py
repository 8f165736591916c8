"""Coding of points by two people, and what the sample of an answer given to many was drawn with and came to."""

import sqlalchemy as sa
from alembic import op

revision = "0007_coding"
down_revision = "0006_points_of_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables, and two columns with defaults for the batches that are there."""
    op.create_table(
        "coding_samples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["people.id"], name=op.f("fk_coding_samples_drawn_by_id")),
        sa.ForeignKeyConstraint(["first_id"], ["people.id"], name=op.f("fk_coding_samples_first_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_coding_samples_round_id")),
        sa.ForeignKeyConstraint(["second_id"], ["people.id"], name=op.f("fk_coding_samples_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_samples")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_coding_samples_round_id_number")),
    )
    op.create_table(
        "codings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=True),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["people.id"], name=op.f("fk_codings_coder_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_codings_comment_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["coding_samples.id"], name=op.f("fk_codings_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sa.UniqueConstraint(
            "comment_id", "point", "coder_id", name=op.f("uq_codings_comment_id_point_coder_id")
        ),
    )
    op.create_index("ix_codings_sample", "codings", ["sample_id", "coder_id"])
    op.create_table(
        "settled_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_settled_marks_comment_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_settled_marks_settled_by_id")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_settled_marks_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_marks")),
        sa.UniqueConstraint(
            "tag_id", "comment_id", "point", name=op.f("uq_settled_marks_tag_id_comment_id_point")
        ),
    )
    op.create_index(op.f("ix_settled_marks_comment_id"), "settled_marks", ["comment_id"])
    with op.batch_alter_table("answer_batches") as batch_op:
        batch_op.add_column(sa.Column("seed", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("verdict", sa.String(length=10), server_default="", nullable=False))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("answer_batches") as batch_op:
        batch_op.drop_column("verdict")
        batch_op.drop_column("seed")
    op.drop_index(op.f("ix_settled_marks_comment_id"), "settled_marks")
    op.drop_table("settled_marks")
    op.drop_index("ix_codings_sample", "codings")
    op.drop_table("codings")
    op.drop_table("coding_samples")
