"""The words of notes, to search by; those of the notes there are."""

import re
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

AT_A_TIME = 2_000
EPOCH, WEEK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(weeks=1)


def upgrade() -> None:
    plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    words = op.create_table(
        "note_words",
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("word", plain, nullable=False),
        sa.Column("rid", sa.LargeBinary(), nullable=False),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("org", "week", "word", "rid", name="pk_note_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_note_words_rid", "note_words", ["rid"])
    for table in ("visits", "events"):
        _fill(words, table)


def downgrade() -> None:
    op.drop_table("note_words")


def _fill(words: sa.Table, table: str) -> None:
    noted = sa.table(
        table,
        sa.column("rid", sa.LargeBinary()),
        sa.column("org", sa.Text()),
        sa.column("observed_at", sa.DateTime(timezone=True)),
        sa.column("note", sa.Text()),
    )
    wanted = sa.select(noted).where(noted.c.note != "").order_by(noted.c.rid).limit(AT_A_TIME)
    after = b""
    while found := op.get_bind().execute(wanted.where(noted.c.rid > after)).all():
        rows = [row for one in found for row in _words(*one)]
        if rows:
            op.bulk_insert(words, rows)
        after = found[-1].rid


def _words(rid: bytes, org: str, at: datetime, note: str) -> list[dict]:
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    same = {"org": org, "week": (at - EPOCH) // WEEK, "rid": rid, "observed_at": at}
    found = set(re.findall(r"\w+", normalize("NFC", note.casefold())))
    return [same | {"word": word} for word in found]
