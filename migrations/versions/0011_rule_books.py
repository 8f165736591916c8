"""Rule books of bodies; a vote names the version that it took. The rules of votes that are there go into the books."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0011_rule_books"
down_revision = "0010_second_words"
branch_labels = None
depends_on = None

# The table of moves as it was when this was written (workflows/rule_book.py).
DEFINITION = (1, "38ab4ff5b438fa5c30e94c8e943f17d74fe9848885336d1addf465f91226a343")
FROZEN = (
    "body_id",
    "kind",
    "key",
    "version",
    "titles",
    "cites",
    "content",
    "sha256",
    "in_force_from",
    "approved_at",
)


def upgrade() -> None:
    """A table, a column, the rules of votes, and a guard over what is approved."""
    op.create_table(
        "rule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("cites", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("definition_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('decision', 'representation', 'calls', 'roll', 'election')", name=op.f("ck_rule_versions_kind")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_rule_versions_version")),
        sa.CheckConstraint("length(cites) > 0", name=op.f("ck_rule_versions_cites")),
        sa.CheckConstraint(
            "in_force_until IS NULL OR in_force_until >= in_force_from", name=op.f("ck_rule_versions_period")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> written_by_id", name=op.f("ck_rule_versions_second_person")
        ),
        sa.CheckConstraint(
            "state = 'withdrawn' OR (state = 'draft') = (approved_at IS NULL)", name=op.f("ck_rule_versions_approved")
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_rule_versions_approved_by_id")),
        sa.ForeignKeyConstraint(["body_id"], ["networks.id"], name=op.f("fk_rule_versions_body_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_rule_versions_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
        sa.UniqueConstraint(
            "body_id", "kind", "key", "version", name=op.f("uq_rule_versions_body_id_kind_key_version")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_rule_versions_state"), "rule_versions", ["state"])
    with op.batch_alter_table("votes") as table:
        table.add_column(sa.Column("rule_version_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            table.f("fk_votes_rule_version_id"), "rule_versions", ["rule_version_id"], ["id"]
        )
        table.create_index(table.f("ix_votes_rule_version_id"), ["rule_version_id"])
    _take_over()
    _guard()


def downgrade() -> None:
    """Take column and table away again; every vote still holds its rule."""
    with op.batch_alter_table("votes") as table:
        table.drop_index(table.f("ix_votes_rule_version_id"))
        table.drop_constraint(table.f("fk_votes_rule_version_id"), type_="foreignkey")
        table.drop_column("rule_version_id")
    op.drop_index(op.f("ix_rule_versions_state"), "rule_versions")
    op.drop_table("rule_versions")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION plenaria_rule_frozen()")


VOTES = sa.table(
    "votes", *(sa.column(name) for name in ("id", "body_id", "state", "rule_sha256", "rule_version_id", "prepared_by_id", "reviewed_by_id", "zone")),
    sa.column("rule", sa.Text()), sa.column("opens_at", sa.DateTime(timezone=True)), sa.column("convened_at", sa.DateTime(timezone=True)),
)  # fmt: skip
BOOK = sa.table(
    "rule_versions", *(sa.column(name) for name in (
        "id", "body_id", "kind", "key", "version", "sha256", "written_by_id", "approved_by_id", "state", "definition_version",
        "definition_sha256",
    )),
    *(sa.column(name, sa.Text()) for name in ("titles", "cites", "content")),
    *(sa.column(name, sa.Date()) for name in ("in_force_from", "in_force_until")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("approved_at", "created_at")),
)  # fmt: skip


def _take_over() -> None:
    """Every rule by which a body was asked becomes a version of its book: a second person had reviewed the vote. Those
    of drafts wait for their approval. Of one name the later begins where the earlier ends."""
    bind = op.get_bind()
    bodies: dict[tuple[int, str], dict[str, list[Any]]] = {}
    for vote in bind.execute(sa.select(VOTES).order_by(VOTES.c.opens_at, VOTES.c.id)):
        rules = bodies.setdefault((vote.body_id, _key(vote.rule)), {})
        rules.setdefault(vote.rule_sha256, []).append(vote)
    for (body_id, key), rules in bodies.items():
        used = [(votes, _reviewed(votes)) for votes in rules.values()]
        asked = [(votes, by) for votes, by in used if by is not None]
        for n, (votes, by) in enumerate(asked):
            later = asked[n + 1][1] if n + 1 < len(asked) else None
            _insert(body_id, key, n + 1, votes, approved=by, later=later)
        for n, (votes, _) in enumerate((one for one in used if one[1] is None), len(asked) + 1):
            _insert(body_id, key, n, votes, approved=None, later=None)


def _insert(body_id: int, key: str, version: int, votes: list[Any], *, approved: Any, later: Any) -> None:
    bind, first = op.get_bind(), approved or votes[0]
    rule = json.loads(first.rule)
    begins = _day(first)
    state = "draft" if approved is None else "in_force" if later is None else "superseded"
    made = bind.execute(
        BOOK.insert().values(
            body_id=body_id, kind="decision", key=key, version=version, titles=_text(rule.get("title") or {"es": key}),
            cites=rule.get("cites") or "-", content=first.rule, sha256=first.rule_sha256, in_force_from=begins,
            in_force_until=None if later is None else max(begins, _day(later)), written_by_id=first.prepared_by_id,
            approved_by_id=None if approved is None else approved.reviewed_by_id,
            approved_at=None if approved is None else (approved.convened_at or approved.opens_at),
            created_at=first.convened_at or first.opens_at, state=state, definition_version=DEFINITION[0],
            definition_sha256=DEFINITION[1],
        ).returning(BOOK.c.id)
    ).scalar_one()  # fmt: skip
    bind.execute(
        VOTES.update().where(VOTES.c.id.in_([vote.id for vote in votes])).values(rule_version_id=made)
    )


def _reviewed(votes: Iterable[Any]) -> Any:
    """The first vote by this rule that a second person had reviewed; None: there is none."""
    return next(
        (vote for vote in votes if vote.reviewed_by_id is not None or vote.convened_at is not None), None
    )


def _key(rule: str) -> str:
    name = str(json.loads(rule).get("id", ""))
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "rule"


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _day(vote: Any) -> date:
    """The day on which a vote opens, where it is held."""
    at = vote.opens_at if vote.opens_at.tzinfo else vote.opens_at.replace(tzinfo=UTC)
    return at.astimezone(ZoneInfo(vote.zone)).date()


def _guard() -> None:
    """What is approved is never rewritten, and no version is deleted, as migration 0002 has it for records."""
    if op.get_bind().dialect.name == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FROZEN)
        op.execute(
            "CREATE FUNCTION plenaria_rule_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'an approved rule is not changed'; END $$"
        )
        op.execute(
            "CREATE TRIGGER rule_versions_frozen BEFORE UPDATE ON rule_versions FOR EACH ROW "
            f"WHEN (OLD.approved_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION plenaria_rule_frozen()"
        )
        op.execute(
            "CREATE TRIGGER rule_versions_kept BEFORE DELETE ON rule_versions FOR EACH ROW "
            "EXECUTE FUNCTION plenaria_append_only()"
        )
        return
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)
    op.execute(
        "CREATE TRIGGER rule_versions_frozen BEFORE UPDATE ON rule_versions "
        f"WHEN OLD.approved_at IS NOT NULL AND ({changed}) "
        "BEGIN SELECT RAISE(ABORT, 'an approved rule is not changed'); END"
    )
    op.execute(
        "CREATE TRIGGER rule_versions_kept BEFORE DELETE ON rule_versions "
        "BEGIN SELECT RAISE(ABORT, 'rule_versions is append-only'); END"
    )
