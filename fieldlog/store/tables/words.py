"""The words of notes, for the log's search: made from visits and events and from nothing else.

By week before word: what begins with the same letters lies together within a week, and what is
written now lies together on disk.
"""

from datetime import datetime

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Utc

Plain = Text().with_variant(Text(collation="C"), "postgresql")
"""A text in the order of its signs' numbers, as SQLite has it: a prefix is a range."""


class NoteWord(db.Model):
    """`word` stands in the note of the record `rid`, as `fieldlog.store.words` writes it; `week`
    counts from 1970.
    """

    __tablename__ = "note_words"
    __table_args__ = ({"sqlite_with_rowid": False},)

    org: Mapped[str] = mapped_column(Text, primary_key=True)
    week: Mapped[int] = mapped_column(Integer, primary_key=True)
    word: Mapped[str] = mapped_column(Plain, primary_key=True)
    rid: Mapped[bytes] = mapped_column(Bytes(16), primary_key=True)
    observed_at: Mapped[datetime] = mapped_column(Utc)
