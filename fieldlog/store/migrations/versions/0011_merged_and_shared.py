"""What was merged, and what was shown to another organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = {"merged": ("merged_into",), "shared": ("observed_at", "rid")}


def upgrade() -> None:
    for table in ("visits", "events"):
        op.add_column(table, sa.Column("merged_into", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("shared", sa.Text(), nullable=True))
        for name, columns in INDEXES.items():
            there = sa.text(f"{'merged_into' if name == 'merged' else name} IS NOT NULL")
            op.create_index(
                f"ix_{table}_{name}",
                table,
                list(columns),
                sqlite_where=there,
                postgresql_where=there,
            )


def downgrade() -> None:
    for table in ("visits", "events"):
        for name in INDEXES:
            op.drop_index(f"ix_{table}_{name}", table)
        op.drop_column(table, "merged_into")
        op.drop_column(table, "shared")
