"""Answers of single points: which of them no longer stand, and which clause they changed from what to what."""

import sqlalchemy as sa
from alembic import op

revision = "0006_points_of_answers"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns with defaults for the rows that are there; an answer whose comment waits anew was given back."""
    with op.batch_alter_table("answers") as batch_op:
        batch_op.add_column(
            sa.Column("change_clause", sa.String(length=36), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("change_before", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("change_after", sa.Text(), server_default="", nullable=False))

    op.create_table(
        "answer_returns",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_answer_returns_answer_id")),
        sa.ForeignKeyConstraint(
            ["returned_by_id"], ["people.id"], name=op.f("fk_answer_returns_returned_by_id")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_answer_returns")),
    )
    op.execute(
        "INSERT INTO answer_returns (answer_id, returned_at) SELECT a.id, a.answered_at FROM answers a "
        "JOIN comments c ON c.id = a.comment_id WHERE c.state IN ('submitted', 'triaged') "
        "AND a.number = (SELECT max(b.number) FROM answers b WHERE b.comment_id = a.comment_id)"
    )
    _guard("answer_returns")


def downgrade() -> None:
    """Take them away again; SQLite makes the table anew, and its triggers go with the old one."""
    op.drop_table("answer_returns")
    with op.batch_alter_table("answers") as batch_op:
        batch_op.drop_column("change_after")
        batch_op.drop_column("change_before")
        batch_op.drop_column("change_clause")
    if op.get_bind().dialect.name != "postgresql":
        _guard("answers")


def _guard(table: str) -> None:
    """The triggers that forbid changing or deleting, as migration 0002 has them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION plenaria_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
