"""Words of notes without an index by record: their rows say where each stands."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_note_words_rid", "note_words")


def downgrade() -> None:
    op.create_index("ix_note_words_rid", "note_words", ["rid"])
