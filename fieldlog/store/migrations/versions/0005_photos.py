"""Photos that are here, and the entries that name them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 1_000


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("up_inc", sa.Text(), nullable=True),
        sa.Column("up_at", sa.Text(), nullable=True),
        sa.Column("up_sig", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    with op.batch_alter_table("blobs") as batch_op:
        batch_op.create_index(
            "ix_blobs_lacking",
            ["stored_at"],
            sqlite_where=sa.text("up_sig IS NULL"),
            postgresql_where=sa.text("up_sig IS NULL"),
        )
    names = op.create_table(
        "blob_names",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "entry_id", name="pk_blob_names"),
    )
    with op.batch_alter_table("blob_names") as batch_op:
        batch_op.create_index("ix_blob_names_entry_id", ["entry_id"])
    _name_what_was_kept_before(names)


def downgrade() -> None:
    op.drop_table("blob_names")
    op.drop_table("blobs")


def _name_what_was_kept_before(names: sa.Table) -> None:
    """Entries of earlier versions may name photos, which nobody could send then."""
    entries = sa.table("entries", *map(sa.column, ("id", "type", "payload")))
    wanted = sa.select(entries.c.id, entries.c.payload).order_by(entries.c.id).limit(BATCH)
    wanted = wanted.where(entries.c.type.in_(("event", "amend")), entries.c.payload.is_not(None))
    after = 0
    while found := op.get_bind().execute(wanted.where(entries.c.id > after)).all():
        rows = [row for id, payload in found for row in _named(id, bytes(payload))]
        if rows:
            op.get_bind().execute(sa.insert(names), rows)
        after = found[-1].id


def _named(id: int, payload: bytes) -> list[dict]:
    if b'"sha256"' not in payload:
        return []
    body = json.loads(payload)["body"]
    blobs = body.get("blobs") or (body.get("body") or {}).get("blobs") or []
    sizes = {blob["sha256"]: blob["size"] for blob in reversed(blobs)}
    return [
        {"sha256": bytes.fromhex(sha256), "entry_id": id, "size": size}
        for sha256, size in sizes.items()
    ]
