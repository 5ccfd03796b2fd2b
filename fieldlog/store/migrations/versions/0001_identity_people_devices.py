"""Who this store is, its people and their devices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("inc", sa.LargeBinary(), nullable=False),
        sa.Column("receipt_key", sa.Text(), nullable=False),
        sa.Column("centre_key", sa.Text(), nullable=True),
        sa.Column("centre_inc", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_identity_only_one"),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )
    op.create_table(
        "login_waits",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login", name="pk_login_waits"),
    )
    op.create_table(
        "organisations",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_organisations"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["organisations.code"], name="fk_accounts_org"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("app", sa.Text(), nullable=True),
        sa.Column("skew_s", sa.Float(), nullable=True),
        sa.Column("unsent", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('phone', 'node', 'store')", name="ck_devices_kind"),
        sa.ForeignKeyConstraint(["org"], ["organisations.code"], name="fk_devices_org"),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
    )
    op.create_table(
        "device_accounts",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_device_accounts_account"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_device_accounts_device"),
        sa.PrimaryKeyConstraint("device", "account", name="pk_device_accounts"),
    )
    with op.batch_alter_table("device_accounts") as batch_op:
        batch_op.create_index("ix_device_accounts_account", ["account"])

    op.create_table(
        "enrolment_codes",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_enrolment_codes_account"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_enrolment_codes_device"),
        sa.PrimaryKeyConstraint("hash", name="pk_enrolment_codes"),
    )
    op.create_table(
        "tokens",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_tokens_device"),
        sa.PrimaryKeyConstraint("hash", name="pk_tokens"),
    )
    with op.batch_alter_table("tokens") as batch_op:
        batch_op.create_index("ix_tokens_device", ["device"])


def downgrade() -> None:
    op.drop_table("tokens")
    op.drop_table("enrolment_codes")
    op.drop_table("device_accounts")
    op.drop_table("devices")
    op.drop_table("accounts")
    op.drop_table("organisations")
    op.drop_table("login_waits")
    op.drop_table("identity")
