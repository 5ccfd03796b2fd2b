"""Rescue files, and an index to find what was sent back to its author."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rescues",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_rescues"),
    )
    held = sa.text("file IS NOT NULL")
    op.create_index(
        "ix_rescues_held", "rescues", ["received_at"], sqlite_where=held, postgresql_where=held
    )
    returned = sa.text("type = 'return'")
    op.create_index(
        "ix_entries_return", "entries", ["id"], sqlite_where=returned, postgresql_where=returned
    )


def downgrade() -> None:
    op.drop_index("ix_entries_return", "entries")
    op.drop_table("rescues")
