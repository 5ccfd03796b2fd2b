"""Who is signed in at the desk. Knows no clear token."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Utc


class SignedIn(db.Model):
    """`hash`: SHA-256 of what the browser bears. Gone once signed out."""

    __tablename__ = "sessions"

    hash: Mapped[bytes] = mapped_column(Bytes(32), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    ends_at: Mapped[datetime] = mapped_column(Utc)
