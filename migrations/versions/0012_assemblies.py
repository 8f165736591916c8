"""Assemblies: agenda, roll, presence, proxies, paper and minutes; a vote may stand on an agenda instead of a dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0012_assemblies"
down_revision = "0011_rule_books"
branch_labels = None
depends_on = None

# A record once written stays, as migration 0002 does it.
RECORDS = ("assembly_minutes", "minutes_files", "minutes_signatures", "sheet_entries", "sheet_lines")
# SQLite makes this one anew, and its triggers go with the old table.
REBUILT = ("ballots",)
OF_DOSSIER = "(dossier_id IS NULL) = (version_id IS NULL)"
# Of these a part may be meant: one group of the roll.
PARTLY = ("contests", "counts")
METHODS = "method IN ('rule', 'choose_one', 'approval', 'stv', 'schulze')"


def upgrade() -> None:
    """New tables; votes take their titles with them, ballots may be on paper, by proxy and rank."""
    _tables()
    with op.batch_alter_table("ballots") as table:
        table.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("channel", sa.String(6), nullable=False, server_default="online"))
        table.add_column(sa.Column("proxy_id", sa.Integer(), nullable=True))
        table.alter_column(
            "choice", existing_type=sa.String(60), type_=sa.String(1000), existing_nullable=False
        )
        table.create_foreign_key(op.f("fk_ballots_proxy_id"), "proxies", ["proxy_id"], ["id"])
        table.create_check_constraint(op.f("ck_ballots_channel"), "channel IN ('online', 'paper')")
    with op.batch_alter_table("roll_entries") as table:
        table.add_column(sa.Column("excluded", sa.String(20), nullable=False, server_default=""))
    with op.batch_alter_table("votes") as table:
        table.add_column(sa.Column("assembly_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("titles", sa.Text(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("method", sa.String(10), nullable=False, server_default="rule"))
        table.add_column(sa.Column("reason_on_no", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("seed_commitment", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("seed", sa.String(200), nullable=False, server_default=""))
        table.alter_column("dossier_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("version_id", existing_type=sa.Integer(), nullable=True)
        table.create_index(op.f("ix_votes_assembly_id"), ["assembly_id"])
        table.create_foreign_key(op.f("fk_votes_assembly_id"), "assemblies", ["assembly_id"], ["id"])
        table.create_check_constraint(op.f("ck_votes_text_of_dossier"), OF_DOSSIER)
        table.create_check_constraint(
            op.f("ck_votes_of_something"), "dossier_id IS NOT NULL OR assembly_id IS NOT NULL"
        )
        table.create_check_constraint(op.f("ck_votes_method"), METHODS)
    for name in PARTLY:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("group_by", sa.String(60), nullable=False, server_default=""))
            table.add_column(sa.Column("group_value", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("counts") as table:
        table.add_column(sa.Column("last_ballot", sa.Integer(), nullable=True))
    op.execute("UPDATE votes SET titles = (SELECT titles FROM dossiers WHERE dossiers.id = votes.dossier_id)")
    _guard(RECORDS + REBUILT, RECORDS)


def downgrade() -> None:
    """Take them away. Errors: RuntimeError while a vote of an assembly is there: it would have nothing to stand on."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM votes WHERE dossier_id IS NULL")):
        raise RuntimeError("votes of assemblies cannot be taken back into a database without assemblies")
    with op.batch_alter_table("votes") as table:
        table.drop_constraint(op.f("ck_votes_method"), type_="check")
        table.drop_constraint(op.f("ck_votes_of_something"), type_="check")
        table.drop_constraint(op.f("ck_votes_text_of_dossier"), type_="check")
        table.drop_constraint(op.f("fk_votes_assembly_id"), type_="foreignkey")
        table.drop_index(op.f("ix_votes_assembly_id"))
        table.alter_column("version_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("dossier_id", existing_type=sa.Integer(), nullable=False)
        for name in ("seed", "seed_commitment", "reason_on_no", "method", "titles", "assembly_id"):
            table.drop_column(name)
    with op.batch_alter_table("roll_entries") as table:
        table.drop_column("excluded")
    with op.batch_alter_table("ballots") as table:
        table.drop_constraint(op.f("ck_ballots_channel"), type_="check")
        table.drop_constraint(op.f("fk_ballots_proxy_id"), type_="foreignkey")
        table.alter_column(
            "choice", existing_type=sa.String(1000), type_=sa.String(60), existing_nullable=False
        )
        for name in ("proxy_id", "channel", "reason"):
            table.drop_column(name)
    with op.batch_alter_table("counts") as table:
        table.drop_column("last_ballot")
    for name in PARTLY:
        with op.batch_alter_table(name) as table:
            table.drop_column("group_value")
            table.drop_column("group_by")
    _guard((*REBUILT, "counts"), ())
    for name in (
        "contest_files",
        "sheet_lines",
        "sheet_entries",
        "proxies",
        "interests",
        "action_points",
        "presences",
        "minutes_files",
        "minutes_signatures",
        "count_sheets",
        "agenda_items",
        "roll_changes",
        "assembly_minutes",
        "assembly_electors",
        "assemblies",
    ):
        op.drop_table(name)


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


def _tables() -> None:
    op.create_table(
        "assemblies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calls", sa.Text(), nullable=False),
        sa.Column("calls_sha256", sa.String(length=64), nullable=False),
        sa.Column("representation", sa.Text(), nullable=False),
        sa.Column("representation_sha256", sa.String(length=64), nullable=False),
        sa.Column("roll_rule", sa.Text(), nullable=False),
        sa.Column("roll_rule_sha256", sa.String(length=64), nullable=False),
        sa.Column("roll_sha256", sa.String(length=64), nullable=True),
        sa.Column("attendance_open", sa.Boolean(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("convened_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adjourned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(form <> 'written') OR (ends_at IS NOT NULL)", name=op.f("ck_assemblies_written_window")
        ),
        sa.CheckConstraint("kind IN ('ordinary', 'extraordinary')", name=op.f("ck_assemblies_kind")),
        sa.CheckConstraint(
            "form IN ('in_person', 'online', 'hybrid', 'written')", name=op.f("ck_assemblies_form")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'called_off') OR roll_sha256 IS NOT NULL",
            name=op.f("ck_assemblies_roll_frozen"),
        ),
        sa.CheckConstraint("call BETWEEN 0 AND 3", name=op.f("ck_assemblies_call")),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_assemblies_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["networks.id"], name=op.f("fk_assemblies_body_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["people.id"], name=op.f("fk_assemblies_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assemblies")),
        sa.UniqueConstraint("code", name=op.f("uq_assemblies_code")),
    )
    with op.batch_alter_table("assemblies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assemblies_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assemblies_state"), ["state"], unique=False)

    op.create_table(
        "assembly_electors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("elector", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("weight", sa.String(length=60), nullable=False),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly_id"], ["assemblies.id"], name=op.f("fk_assembly_electors_assembly_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_assembly_electors_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_electors")),
        sa.UniqueConstraint("assembly_id", "elector", name=op.f("uq_assembly_electors_assembly_id_elector")),
        sa.UniqueConstraint(
            "assembly_id", "organisation_id", name=op.f("uq_assembly_electors_assembly_id_organisation_id")
        ),
    )
    with op.batch_alter_table("assembly_electors", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assembly_electors_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "assembly_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assembly_id"], ["assemblies.id"], name=op.f("fk_assembly_minutes_assembly_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_assembly_minutes_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_minutes")),
        sa.UniqueConstraint("assembly_id", "number", name=op.f("uq_assembly_minutes_assembly_id_number")),
    )
    op.create_table(
        "contest_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_contest_files_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_files")),
        sa.UniqueConstraint("contest_id", "sha256", name=op.f("uq_contest_files_contest_id_sha256")),
    )
    op.create_table(
        "roll_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("weight", sa.String(length=60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("roll_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('excluded', 'exception', 'added', 'removed', 'reweighted')",
            name=op.f("ck_roll_changes_kind"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
            name=op.f("ck_roll_changes_second_person"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_roll_changes_reason")),
        sa.ForeignKeyConstraint(["assembly_id"], ["assemblies.id"], name=op.f("fk_roll_changes_assembly_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_roll_changes_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_roll_changes_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["people.id"], name=op.f("fk_roll_changes_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_changes")),
    )
    with op.batch_alter_table("roll_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_changes_assembly_id"), ["assembly_id"], unique=False)

    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("motion", sa.Text(), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("block", sa.String(length=20), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('information', 'decision', 'election')", name=op.f("ck_agenda_items_kind")
        ),
        sa.CheckConstraint(
            "amends_id IS NULL OR amends_id <> id", name=op.f("ck_agenda_items_amends_another")
        ),
        sa.ForeignKeyConstraint(["amends_id"], ["agenda_items.id"], name=op.f("fk_agenda_items_amends_id")),
        sa.ForeignKeyConstraint(["assembly_id"], ["assemblies.id"], name=op.f("fk_agenda_items_assembly_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_agenda_items_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("assembly_id", "position", name=op.f("uq_agenda_items_assembly_id_position")),
        sa.UniqueConstraint("assembly_id", "request_id", name=op.f("uq_agenda_items_assembly_id_request_id")),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_items_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_items_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "count_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("first_counter", sa.String(length=200), nullable=False),
        sa.Column("second_counter", sa.String(length=200), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("unused", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("first_counter <> second_counter", name=op.f("ck_count_sheets_two_counters")),
        sa.CheckConstraint(
            "issued >= 0 AND spoilt >= 0 AND unused >= 0", name=op.f("ck_count_sheets_amounts")
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_count_sheets_opened_by_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_count_sheets_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheets")),
        sa.UniqueConstraint("vote_id", "serial", name=op.f("uq_count_sheets_vote_id_serial")),
    )
    with op.batch_alter_table("count_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_sheets_state"), ["state"], unique=False)

    op.create_table(
        "minutes_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(assembly_id IS NULL) <> (vote_id IS NULL)", name=op.f("ck_minutes_files_of_one")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_minutes_files_sha256")),
        sa.ForeignKeyConstraint(
            ["assembly_id"], ["assemblies.id"], name=op.f("fk_minutes_files_assembly_id")
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_minutes_files_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_files")),
        sa.UniqueConstraint("sha256", name=op.f("uq_minutes_files_sha256")),
    )
    op.create_table(
        "minutes_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["assembly_minutes.id"], name=op.f("fk_minutes_signatures_minutes_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_minutes_signatures_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_signatures")),
        sa.UniqueConstraint(
            "minutes_id", "person_id", name=op.f("uq_minutes_signatures_minutes_id_person_id")
        ),
        sa.UniqueConstraint("minutes_id", "role", name=op.f("uq_minutes_signatures_minutes_id_role")),
    )
    op.create_table(
        "presences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("admitted_by_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_off_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("mode IN ('in_person', 'online')", name=op.f("ck_presences_mode")),
        sa.CheckConstraint(
            "left_at IS NULL OR left_at >= entered_at", name=op.f("ck_presences_left_after_entering")
        ),
        sa.ForeignKeyConstraint(["admitted_by_id"], ["people.id"], name=op.f("fk_presences_admitted_by_id")),
        sa.ForeignKeyConstraint(["assembly_id"], ["assemblies.id"], name=op.f("fk_presences_assembly_id")),
        sa.ForeignKeyConstraint(
            ["elector_id"], ["assembly_electors.id"], name=op.f("fk_presences_elector_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id")),
        sa.ForeignKeyConstraint(["seen_off_by_id"], ["people.id"], name=op.f("fk_presences_seen_off_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
    )
    with op.batch_alter_table("presences", schema=None) as batch_op:
        batch_op.create_index("ix_presences_assembly", ["assembly_id", "left_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_presences_elector_id"), ["elector_id"], unique=False)
        batch_op.create_index(
            "uq_presences_inside",
            ["assembly_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "action_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_action_points_words")),
        sa.ForeignKeyConstraint(["done_by_id"], ["people.id"], name=op.f("fk_action_points_done_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_action_points_item_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_action_points_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_points")),
    )
    with op.batch_alter_table("action_points", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_points_item_id"), ["item_id"], unique=False)

    op.create_table(
        "interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_interests_words")),
        sa.ForeignKeyConstraint(["declared_by_id"], ["people.id"], name=op.f("fk_interests_declared_by_id")),
        sa.ForeignKeyConstraint(
            ["elector_id"], ["assembly_electors.id"], name=op.f("fk_interests_elector_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_interests_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
    )
    with op.batch_alter_table("interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interests_elector_id"), ["elector_id"], unique=False)
        batch_op.create_index("uq_interests_item_elector", ["item_id", "elector_id"], unique=True)

    op.create_table(
        "proxies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("instrument_name", sa.String(length=200), nullable=False),
        sa.Column("instrument_type", sa.String(length=100), nullable=False),
        sa.Column("instrument_sha256", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("instrument", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(instrument_sha256 = '') = (instrument_name = '')", name=op.f("ck_proxies_instrument_whole")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) OR (withdrawn_at >= given_at)",
            name=op.f("ck_proxies_withdrawn_after_giving"),
        ),
        sa.CheckConstraint("principal_id <> holder_id", name=op.f("ck_proxies_another")),
        sa.ForeignKeyConstraint(["assembly_id"], ["assemblies.id"], name=op.f("fk_proxies_assembly_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_proxies_given_by_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["assembly_electors.id"], name=op.f("fk_proxies_holder_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_proxies_item_id")),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["assembly_electors.id"], name=op.f("fk_proxies_principal_id")
        ),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["people.id"], name=op.f("fk_proxies_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxies")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proxies_request_id")),
    )
    with op.batch_alter_table("proxies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proxies_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proxies_principal_id"), ["principal_id"], unique=False)
        batch_op.create_index(
            "uq_proxies_item",
            ["item_id", "principal_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL AND item_id IS NOT NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL AND item_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_proxies_whole",
            ["assembly_id", "principal_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL AND item_id IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL AND item_id IS NULL"),
        )

    op.create_table(
        "sheet_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number < 3 OR length(reason) > 0", name=op.f("ck_sheet_entries_resolved_with_reason")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sheet_entries_number")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["people.id"], name=op.f("fk_sheet_entries_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["count_sheets.id"], name=op.f("fk_sheet_entries_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_entries")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_sheet_entries_sheet_id_number")),
    )
    op.create_table(
        "sheet_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("roll_entry_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["sheet_entries.id"], name=op.f("fk_sheet_lines_entry_id")),
        sa.ForeignKeyConstraint(
            ["roll_entry_id"], ["roll_entries.id"], name=op.f("fk_sheet_lines_roll_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_lines")),
        sa.UniqueConstraint("entry_id", "roll_entry_id", name=op.f("uq_sheet_lines_entry_id_roll_entry_id")),
    )
