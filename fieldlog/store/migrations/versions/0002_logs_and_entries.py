"""Logs, their entries and branches, and quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("branch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("log_id", "branch", "seq", name="uq_entries_log_id_branch_seq"),
    )
    with op.batch_alter_table("entries") as batch_op:
        batch_op.create_index(
            "ix_entries_release",
            ["subject"],
            sqlite_where=sa.text("type = 'release'"),
            postgresql_where=sa.text("type = 'release'"),
        )
        batch_op.create_index("ix_entries_rid", ["rid"])
        batch_op.create_index("ix_entries_subject", ["subject"])

    op.create_table(
        "logs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("via_node", sa.Text(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("base_hash", sa.LargeBinary(), nullable=False),
        sa.Column("have", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("projected", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("previous", sa.LargeBinary(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("unsent", sa.BigInteger(), nullable=True),
        sa.Column("skew_s", sa.Float(), nullable=True),
        sa.Column("app", sa.Text(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known", sa.BigInteger(), nullable=False),
        sa.Column("up_r", sa.Text(), nullable=True),
        sa.Column("up_have", sa.BigInteger(), nullable=True),
        sa.Column("up_hash", sa.LargeBinary(), nullable=True),
        sa.Column("up_inc", sa.Text(), nullable=True),
        sa.Column("up_at", sa.Text(), nullable=True),
        sa.Column("up_sig", sa.Text(), nullable=True),
        sa.Column("up_q", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_logs"),
        sa.UniqueConstraint("log", name="uq_logs_log"),
    )
    with op.batch_alter_table("logs") as batch_op:
        batch_op.create_index("ix_logs_device", ["device"])

    op.create_table(
        "quarantine",
        sa.Column(
            "entry_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("log_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name="pk_quarantine"),
    )
    with op.batch_alter_table("quarantine") as batch_op:
        batch_op.create_index(
            "ix_quarantine_standing",
            ["log_id"],
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.create_table(
        "branches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("log_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("projected", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name="fk_branches_log_id"),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.UniqueConstraint("log_id", "number", name="uq_branches_log_id_number"),
    )


def downgrade() -> None:
    op.drop_table("branches")
    op.drop_table("quarantine")
    op.drop_table("logs")
    op.drop_table("entries")
