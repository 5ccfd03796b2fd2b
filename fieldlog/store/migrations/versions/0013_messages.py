"""Words to the people on phones, from a coordinator or a supervisor."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(["org"], ["organisations.code"], name="fk_messages_org"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_messages_account"),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name="fk_messages_by"),
    )
    op.create_index("ix_messages_at", "messages", ["at"])


def downgrade() -> None:
    op.drop_table("messages")
