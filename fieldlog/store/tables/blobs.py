"""Photos: which entries name which, and which are here whole. The bytes lie elsewhere."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Utc

LACKING = text("up_sig IS NULL")


class Blob(db.Model):
    """A photo that was here whole when the row was written: its bytes are the truth.

    `kind` is what the bytes are, whatever a record calls them; `width` and `height` are in pixels,
    null where they can't be told. `up_*` is the centre's receipt, as a node learnt it.
    """

    __tablename__ = "blobs"
    __table_args__ = (
        Index("ix_blobs_lacking", "stored_at", sqlite_where=LACKING, postgresql_where=LACKING),
    )

    sha256: Mapped[bytes] = mapped_column(Bytes(32), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    stored_at: Mapped[datetime] = mapped_column(Utc)
    up_inc: Mapped[str | None] = mapped_column(Text)
    up_at: Mapped[str | None] = mapped_column(Text)
    up_sig: Mapped[str | None] = mapped_column(Text)


class BlobName(db.Model):
    """An entry names a photo of so many bytes. Follows from the entry's payload alone."""

    __tablename__ = "blob_names"
    __table_args__ = (Index(None, "entry_id"),)

    sha256: Mapped[bytes] = mapped_column(Bytes(32), primary_key=True)
    entry_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
