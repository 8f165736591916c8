"""A file is also the answer to a question that asks for one."""

import sqlalchemy as sa
from alembic import op

revision = "0007_files_of_answers"
down_revision = "0007_coding"
branch_labels = None
depends_on = None

ONE_PLACE = "(comment_id IS NULL) <> (question_answer_id IS NULL)"


def upgrade() -> None:
    """Beside a comment or under an answer, never both."""
    with op.batch_alter_table("attachments") as batch_op:
        batch_op.alter_column("comment_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("question_answer_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_attachments_question_answer_id"),
            "question_answers",
            ["question_answer_id"],
            ["id"],
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_attachments_question_answer_id"), ["question_answer_id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_attachments_one_place"), ONE_PLACE)


def downgrade() -> None:
    """Files of answers have no place in the older table."""
    op.execute("DELETE FROM attachments WHERE comment_id IS NULL")
    with op.batch_alter_table("attachments") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_attachments_one_place"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_attachments_question_answer_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_attachments_question_answer_id"), type_="foreignkey")
        batch_op.drop_column("question_answer_id")
        batch_op.alter_column("comment_id", existing_type=sa.Integer(), nullable=False)
