"""Webhooks, and what they are still to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hooks"),
        sa.ForeignKeyConstraint(["org"], ["organisations.code"], name="fk_hooks_org"),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name="fk_hooks_by"),
    )
    op.create_index("ix_hooks_org", "hooks", ["org"])
    op.create_table(
        "hook_posts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("hook", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hook_posts"),
        sa.ForeignKeyConstraint(["hook"], ["hooks.id"], name="fk_hook_posts_hook"),
    )
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_hook_posts_next_at",
        "hook_posts",
        ["next_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_hook_posts_hook_made_at", "hook_posts", ["hook", "made_at"])


def downgrade() -> None:
    op.drop_table("hook_posts")
    op.drop_table("hooks")
