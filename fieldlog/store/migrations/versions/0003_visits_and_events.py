"""Visits and events as they stand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("visit", sa.LargeBinary(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("rid", sa.LargeBinary(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amended", sa.Boolean(), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("rid", name="pk_events"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("events") as batch_op:
        batch_op.create_index(
            "ix_events_conflict",
            ["org", "conflict", "observed_at", "rid"],
            sqlite_where=sa.text("conflict = true"),
            postgresql_where=sa.text("conflict = true"),
        )
        batch_op.create_index(
            "ix_events_org_category_observed_at_rid", ["org", "category", "observed_at", "rid"]
        )
        batch_op.create_index("ix_events_org_observed_at_rid", ["org", "observed_at", "rid"])
        batch_op.create_index(
            "ix_events_org_place_observed_at_rid", ["org", "place", "observed_at", "rid"]
        )
        batch_op.create_index(
            "ix_events_quarantined",
            ["org", "observed_at", "rid"],
            sqlite_where=sa.text("code IS NOT NULL"),
            postgresql_where=sa.text("code IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_events_reviewed",
            ["org", "review", "observed_at", "rid"],
            sqlite_where=sa.text("review <> 'new'"),
            postgresql_where=sa.text("review <> 'new'"),
        )
        batch_op.create_index(
            "ix_events_visit",
            ["visit"],
            sqlite_where=sa.text("visit IS NOT NULL"),
            postgresql_where=sa.text("visit IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_events_withdrawn",
            ["org", "observed_at", "rid"],
            sqlite_where=sa.text("state = 'withdrawn'"),
            postgresql_where=sa.text("state = 'withdrawn'"),
        )

    op.create_table(
        "visits",
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("crew", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("climate", sa.Text(), nullable=True),
        sa.Column("contacts", sa.Text(), nullable=True),
        sa.Column("nothing_observed", sa.Boolean(), nullable=True),
        sa.Column("rid", sa.LargeBinary(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amended", sa.Boolean(), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("rid", name="pk_visits"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("visits") as batch_op:
        batch_op.create_index(
            "ix_visits_conflict",
            ["org", "conflict", "observed_at", "rid"],
            sqlite_where=sa.text("conflict = true"),
            postgresql_where=sa.text("conflict = true"),
        )
        batch_op.create_index("ix_visits_org_observed_at_rid", ["org", "observed_at", "rid"])
        batch_op.create_index(
            "ix_visits_org_place_observed_at_rid", ["org", "place", "observed_at", "rid"]
        )
        batch_op.create_index(
            "ix_visits_quarantined",
            ["org", "observed_at", "rid"],
            sqlite_where=sa.text("code IS NOT NULL"),
            postgresql_where=sa.text("code IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_visits_reviewed",
            ["org", "review", "observed_at", "rid"],
            sqlite_where=sa.text("review <> 'new'"),
            postgresql_where=sa.text("review <> 'new'"),
        )
        batch_op.create_index(
            "ix_visits_running",
            ["org", "observed_at", "rid"],
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )
        batch_op.create_index(
            "ix_visits_withdrawn",
            ["org", "observed_at", "rid"],
            sqlite_where=sa.text("state = 'withdrawn'"),
            postgresql_where=sa.text("state = 'withdrawn'"),
        )


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("events")
