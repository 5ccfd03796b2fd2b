"""Frozen pictures, decisions and actions of the weekly meeting; an index to open faults."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = sa.text("standing = 'open'")


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["accounts.id"], name="fk_pictures_frozen_by_accounts"
        ),
        sa.PrimaryKeyConstraint("week", name="pk_pictures"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", _serial(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("places", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name="fk_decisions_by_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_week", "decisions", ["week"])
    op.create_table(
        "actions",
        sa.Column("id", _serial(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name="fk_actions_by_accounts"),
        sa.ForeignKeyConstraint(
            ["owner"], ["organisations.code"], name="fk_actions_owner_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
    )
    op.create_index("ix_actions_number", "actions", ["number"])
    op.create_index(
        "ix_events_open",
        "events",
        ["org", "observed_at", "rid"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_events_open", "events")
    for table in ("actions", "decisions", "pictures"):
        op.drop_table(table)


def _serial() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
