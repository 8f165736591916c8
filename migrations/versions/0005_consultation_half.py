"""Tables of the whole consultation: drafts, remarks, points, workshops, petitions, outreach."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A record once written stays; as migration 0002 does it.
RECORDS = ("node_revisions", "effective_dates", "redactions", "outreach")
# SQLite makes these anew (the first only on the way back), and their triggers go with the old table.
REBUILT = ("answers", "question_answers")


def upgrade() -> None:
    """New tables and columns; the defaults serve the rows that are there."""
    op.create_table(
        "answer_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("responses", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["networks.id"], name=op.f("fk_answer_templates_body_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_answer_templates_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_templates")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_answer_templates_body_id_name")),
    )
    op.create_table(
        "effective_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("stable_id", sa.String(length=36), nullable=False),
        sa.Column("cohort", sa.String(length=10), nullable=False),
        sa.Column("applies_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cohort IN ('before', 'after')", name=op.f("ck_effective_dates_cohort")),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_effective_dates_set_by_id")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standards.id"], name=op.f("fk_effective_dates_standard_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effective_dates")),
    )
    with op.batch_alter_table("effective_dates") as batch_op:
        batch_op.create_index("ix_effective_dates_clause", ["standard_id", "stable_id"], unique=False)

    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("client_uuid", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('request', 'concern', 'proposal', 'remark')", name=op.f("ck_petitions_kind")
        ),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR network_id IS NOT NULL", name=op.f("ck_petitions_sent_by")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_petitions_answered_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_petitions_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_petitions_dossier_id")),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_petitions_network_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_petitions_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions")),
        sa.UniqueConstraint("author_id", "client_uuid", name=op.f("uq_petitions_author_id_client_uuid")),
    )
    with op.batch_alter_table("petitions") as batch_op:
        batch_op.create_index(batch_op.f("ix_petitions_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_state"), ["state"], unique=False)

    op.create_table(
        "clause_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_version_id", sa.Integer(), nullable=False),
        sa.Column("to_version_id", sa.Integer(), nullable=False),
        sa.Column("from_node_id", sa.Integer(), nullable=True),
        sa.Column("to_node_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "from_node_id IS NOT NULL OR to_node_id IS NOT NULL", name=op.f("ck_clause_links_links_something")
        ),
        sa.ForeignKeyConstraint(["from_node_id"], ["nodes.id"], name=op.f("fk_clause_links_from_node_id")),
        sa.ForeignKeyConstraint(
            ["from_version_id"], ["standard_versions.id"], name=op.f("fk_clause_links_from_version_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_clause_links_made_by_id")),
        sa.ForeignKeyConstraint(["to_node_id"], ["nodes.id"], name=op.f("fk_clause_links_to_node_id")),
        sa.ForeignKeyConstraint(
            ["to_version_id"], ["standard_versions.id"], name=op.f("fk_clause_links_to_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_links")),
        sa.UniqueConstraint(
            "from_version_id",
            "to_version_id",
            "from_node_id",
            "to_node_id",
            name=op.f("uq_clause_links_line"),
        ),
    )
    op.create_table(
        "clusters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("dissolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('duplicate', 'near_duplicate', 'form_letter', 'theme')", name=op.f("ck_clusters_kind")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_clusters_made_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_clusters_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
    )
    with op.batch_alter_table("clusters") as batch_op:
        batch_op.create_index(batch_op.f("ix_clusters_round_id"), ["round_id"], unique=False)

    op.create_table(
        "node_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_node_revisions_node_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["people.id"], name=op.f("fk_node_revisions_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node_revisions")),
        sa.UniqueConstraint(
            "node_id", "language", "number", name=op.f("uq_node_revisions_node_id_language_number")
        ),
    )
    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_outreach_made_by_id")),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_outreach_network_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_outreach_organisation_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_outreach_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    with op.batch_alter_table("outreach") as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_round_id"), ["round_id"], unique=False)

    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_tags_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_tags_round_id_code")),
    )
    op.create_table(
        "workshops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("facilitator", sa.String(length=200), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_workshops_made_by_id")),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_workshops_network_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_workshops_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshops")),
    )
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.create_index(batch_op.f("ix_workshops_round_id"), ["round_id"], unique=False)

    op.create_table(
        "answer_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("cluster_id", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["people.id"], name=op.f("fk_answer_batches_checked_by_id")
        ),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name=op.f("fk_answer_batches_cluster_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_answer_batches_made_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_answer_batches_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_batches")),
    )
    with op.batch_alter_table("answer_batches") as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_batches_round_id"), ["round_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "women >= 0 AND men >= 0 AND others >= 0", name=op.f("ck_attendances_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_attendances_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_attendances_organisation_id")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_attendances_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint(
            "workshop_id", "organisation_id", name=op.f("uq_attendances_workshop_id_organisation_id")
        ),
    )
    with op.batch_alter_table("attendances") as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_attachments_comment_id")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["people.id"], name=op.f("fk_attachments_kept_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("comment_id", "sha256", name=op.f("uq_attachments_comment_id_sha256")),
    )
    op.create_table(
        "cluster_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name=op.f("fk_cluster_members_cluster_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_cluster_members_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_members")),
        sa.UniqueConstraint(
            "cluster_id", "comment_id", "point", name=op.f("uq_cluster_members_cluster_id_comment_id_point")
        ),
    )
    with op.batch_alter_table("cluster_members") as batch_op:
        batch_op.create_index("ix_cluster_members_comment", ["comment_id", "point"], unique=False)

    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=15), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_placements_comment_id")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_placements_node_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["people.id"], name=op.f("fk_placements_placed_by_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["standard_versions.id"], name=op.f("fk_placements_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("comment_id", "version_id", name=op.f("uq_placements_comment_id_version_id")),
    )
    with op.batch_alter_table("placements") as batch_op:
        batch_op.create_index(batch_op.f("ix_placements_version_id"), ["version_id"], unique=False)

    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_points_comment_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_points_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points")),
        sa.UniqueConstraint("comment_id", "number", name=op.f("uq_points_comment_id_number")),
    )
    op.create_table(
        "redactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_redactions_reason")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_redactions_comment_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_redactions_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redactions")),
    )
    with op.batch_alter_table("redactions") as batch_op:
        batch_op.create_index(batch_op.f("ix_redactions_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("client_uuid", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(hidden_at IS NULL) OR (length(hidden_reason) > 0)", name=op.f("ck_replies_hidden_reason")
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_replies_comment_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_replies_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_replies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("comment_id", "client_uuid", name=op.f("uq_replies_comment_id_client_uuid")),
    )
    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_supports_comment_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_supports_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_supports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint(
            "comment_id", "organisation_id", name=op.f("uq_supports_comment_id_organisation_id")
        ),
    )
    with op.batch_alter_table("supports") as batch_op:
        batch_op.create_index(batch_op.f("ix_supports_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "tag_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["people.id"], name=op.f("fk_tag_marks_coder_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_tag_marks_comment_id")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_tag_marks_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_marks")),
        sa.UniqueConstraint(
            "tag_id",
            "comment_id",
            "point",
            "coder_id",
            name=op.f("uq_tag_marks_tag_id_comment_id_point_coder_id"),
        ),
    )
    with op.batch_alter_table("tag_marks") as batch_op:
        batch_op.create_index(batch_op.f("ix_tag_marks_comment_id"), ["comment_id"], unique=False)

    with op.batch_alter_table("answers") as batch_op:
        batch_op.add_column(sa.Column("point", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("decided_in", sa.String(length=200), server_default="", nullable=False))

    with op.batch_alter_table("comments") as batch_op:
        batch_op.add_column(
            sa.Column("anchor", sa.String(length=15), nullable=False, server_default="clause")
        )
        batch_op.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quote", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("prefix", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("suffix", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("workshop_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("assignee_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_comments_workshop_id"), ["workshop_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_comments_assignee_id"), "people", ["assignee_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_comments_question_id"), "questions", ["question_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_comments_workshop_id"), "workshops", ["workshop_id"], ["id"]
        )

    with op.batch_alter_table("node_texts") as batch_op:
        batch_op.add_column(sa.Column("translates_sha256", sa.String(length=64), nullable=True))

    with op.batch_alter_table("nodes") as batch_op:
        batch_op.add_column(sa.Column("applies_to", sa.String(length=300), nullable=False, server_default=""))

    with op.batch_alter_table("question_answers") as batch_op:
        batch_op.alter_column(
            "value", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=300), existing_nullable=False
        )

    with op.batch_alter_table("questions") as batch_op:
        batch_op.add_column(sa.Column("lowest", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("highest", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked_if", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(length=15), nullable=False, server_default=""))

    with op.batch_alter_table("register_entries") as batch_op:
        batch_op.add_column(sa.Column("products", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("members_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default="es"))
        batch_op.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sheet_sent_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("rounds") as batch_op:
        batch_op.add_column(sa.Column("draft_sections", sa.Text(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("comment_types", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("organisation_signoff", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("standard_versions") as batch_op:
        batch_op.add_column(sa.Column("based_on_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_standard_versions_based_on_id"), "standard_versions", ["based_on_id"], ["id"]
        )

    with op.batch_alter_table("synopses") as batch_op:
        batch_op.add_column(sa.Column("sections", sa.Text(), nullable=False, server_default="{}"))
    # Answers that were kept counted until now: they are sheets that were sent.
    op.execute(
        "UPDATE register_entries SET sheet_sent_at = (SELECT max(a.answered_at) FROM question_answers a "
        "JOIN questions q ON q.id = a.question_id WHERE q.round_id = register_entries.round_id "
        "AND a.organisation_id = register_entries.organisation_id)"
    )
    _guard((*RECORDS, "question_answers"), RECORDS)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("synopses") as batch_op:
        batch_op.drop_column("sections")

    with op.batch_alter_table("standard_versions") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_standard_versions_based_on_id"), type_="foreignkey")
        batch_op.drop_column("based_on_id")

    with op.batch_alter_table("rounds") as batch_op:
        batch_op.drop_column("organisation_signoff")
        batch_op.drop_column("comment_types")
        batch_op.drop_column("draft_sections")

    with op.batch_alter_table("register_entries") as batch_op:
        batch_op.drop_column("sheet_sent_at")
        batch_op.drop_column("declined_at")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("delivered_at")
        batch_op.drop_column("language")
        batch_op.drop_column("members_count")
        batch_op.drop_column("products")

    with op.batch_alter_table("questions") as batch_op:
        batch_op.drop_column("purpose")
        batch_op.drop_column("asked_if")
        batch_op.drop_column("highest")
        batch_op.drop_column("lowest")

    with op.batch_alter_table("question_answers") as batch_op:
        batch_op.alter_column(
            "value", existing_type=sa.String(length=300), type_=sa.VARCHAR(length=20), existing_nullable=False
        )

    with op.batch_alter_table("nodes") as batch_op:
        batch_op.drop_column("applies_to")

    with op.batch_alter_table("node_texts") as batch_op:
        batch_op.drop_column("translates_sha256")

    with op.batch_alter_table("comments") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_comments_workshop_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_comments_question_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_comments_assignee_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_comments_workshop_id"))
        batch_op.drop_column("due_on")
        batch_op.drop_column("assignee_id")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("workshop_id")
        batch_op.drop_column("suffix")
        batch_op.drop_column("prefix")
        batch_op.drop_column("quote")
        batch_op.drop_column("question_id")
        batch_op.drop_column("anchor")

    with op.batch_alter_table("answers") as batch_op:
        batch_op.drop_column("decided_in")
        batch_op.drop_column("point")

    with op.batch_alter_table("tag_marks") as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_marks_comment_id"))

    op.drop_table("tag_marks")
    with op.batch_alter_table("supports") as batch_op:
        batch_op.drop_index(batch_op.f("ix_supports_organisation_id"))

    op.drop_table("supports")
    op.drop_table("replies")
    with op.batch_alter_table("redactions") as batch_op:
        batch_op.drop_index(batch_op.f("ix_redactions_comment_id"))

    op.drop_table("redactions")
    op.drop_table("points")
    with op.batch_alter_table("placements") as batch_op:
        batch_op.drop_index(batch_op.f("ix_placements_version_id"))

    op.drop_table("placements")
    with op.batch_alter_table("cluster_members") as batch_op:
        batch_op.drop_index("ix_cluster_members_comment")

    op.drop_table("cluster_members")
    op.drop_table("attachments")
    with op.batch_alter_table("attendances") as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_organisation_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("answer_batches") as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_batches_round_id"))

    op.drop_table("answer_batches")
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshops_round_id"))

    op.drop_table("workshops")
    op.drop_table("tags")
    with op.batch_alter_table("outreach") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_round_id"))

    op.drop_table("outreach")
    op.drop_table("node_revisions")
    with op.batch_alter_table("clusters") as batch_op:
        batch_op.drop_index(batch_op.f("ix_clusters_round_id"))

    op.drop_table("clusters")
    op.drop_table("clause_links")
    with op.batch_alter_table("petitions") as batch_op:
        batch_op.drop_index(batch_op.f("ix_petitions_state"))
        batch_op.drop_index(batch_op.f("ix_petitions_organisation_id"))

    op.drop_table("petitions")
    with op.batch_alter_table("effective_dates") as batch_op:
        batch_op.drop_index("ix_effective_dates_clause")

    op.drop_table("effective_dates")
    op.drop_table("answer_templates")
    _guard(REBUILT, ())


def _guard(on_sqlite: tuple[str, ...], on_postgres: tuple[str, ...]) -> None:
    """The triggers that forbid changing or deleting."""
    if op.get_bind().dialect.name == "postgresql":
        for table in on_postgres:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION plenaria_append_only()"
            )
        return
    for table in on_sqlite:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
