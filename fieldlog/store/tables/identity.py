"""Who this store is. Knows nothing of the devices and people it serves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Hex, Utc


class Identity(db.Model):
    """One row. `inc` is this incarnation of the database: a restore gives it a new one."""

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text)
    inc: Mapped[str] = mapped_column(Hex(16))
    receipt_key: Mapped[str] = mapped_column(Text)
    centre_key: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Utc)
