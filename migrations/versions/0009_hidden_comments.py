"""A hidden comment stands where it stood: that it is hidden is written beside its state, no longer in its place."""

import sqlalchemy as sa
from alembic import op

revision = "0009_hidden_comments"
down_revision = "0008_synopsis_content"
branch_labels = None
depends_on = None

# What last happened to it before it was hidden -> where it stood. Anything else: it was sent.
STOOD = {
    "comment_triaged": "triaged", "answer_proposed": "proposed", "proposal_returned": "triaged",
    "answer_decided": "decided", "decision_reversed": "triaged", "answer_told": "answered",
    "comment_shown": "submitted",
}  # fmt: skip


def upgrade() -> None:
    """Each hidden comment goes back to where it stood; of one that was split, to where its slowest point stands."""
    with op.batch_alter_table("comments") as table:
        table.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    db = op.get_bind()
    for (id,) in db.execute(sa.text("SELECT id FROM comments WHERE state = 'hidden'")).all():
        events = db.execute(
            sa.text(
                "SELECT name FROM events WHERE subject_kind = 'comment' AND subject_id = :id ORDER BY id"
            ),
            {"id": id},
        )
        state = next((STOOD[name] for (name,) in reversed(events.all()) if name in STOOD), "submitted")
        if state in ("triaged", "proposed", "decided"):
            state = _slowest(db, id) or state
        db.execute(
            sa.text(
                "UPDATE comments SET state = :state, hidden_at = (SELECT max(at) FROM events WHERE "
                "subject_kind = 'comment' AND subject_id = :id AND name = 'comment_hidden') WHERE id = :id"
            ),
            {"id": id, "state": state},
        )


def _slowest(db: sa.Connection, id: int) -> str | None:
    """Where a comment that was split stands: its points without an answer, with a proposal, all decided."""
    points = db.execute(
        sa.text(
            "SELECT a.id, a.decided_by_id, r.answer_id FROM points p LEFT JOIN answers a ON a.comment_id = p.comment_id "
            "AND a.point = p.number AND a.number = (SELECT max(b.number) FROM answers b WHERE "
            "b.comment_id = p.comment_id AND b.point = p.number) "
            "LEFT JOIN answer_returns r ON r.answer_id = a.id WHERE p.comment_id = :id"
        ),
        {"id": id},
    ).all()
    if any(answer is None or returned is not None for answer, _, returned in points):
        return "triaged"
    if any(decider is None for _, decider, _ in points):
        return "proposed"
    return "decided" if points else None


def downgrade() -> None:
    """Hidden is a state again."""
    op.execute("UPDATE comments SET state = 'hidden' WHERE hidden_at IS NOT NULL")
    with op.batch_alter_table("comments") as table:
        table.drop_column("hidden_at")
