"""Forbid changing or deleting what is a record: the database itself refuses, whoever asks."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RECORDS = ("events", "ballots", "counts", "signatures", "comment_versions", "answers", "question_answers")


def upgrade() -> None:
    """One trigger per table and statement; TRUNCATE by the owner stays possible (tests, `demo reset`)."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(
            "CREATE FUNCTION plenaria_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in RECORDS:
        if postgres:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION plenaria_append_only()"
            )
        else:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_append_only_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def downgrade() -> None:
    """Take the triggers away again."""
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in RECORDS:
        if postgres:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_append_only_{act}")
    if postgres:
        op.execute("DROP FUNCTION plenaria_append_only()")
