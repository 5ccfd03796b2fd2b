"""Forget the centre's incarnation at a node: the night's comparison finds what a restore lost."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identity") as batch_op:
        batch_op.drop_column("centre_inc")


def downgrade() -> None:
    with op.batch_alter_table("identity") as batch_op:
        batch_op.add_column(sa.Column("centre_inc", sa.Text(), nullable=True))
