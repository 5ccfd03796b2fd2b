"""Reference bundles by content hash, each for one scope. Knows nothing of what is in them."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Hex, Utc


class Bundle(db.Model):
    """`scope` says who may fetch it: the same bytes may be there for several scopes."""

    __tablename__ = "bundles"
    __table_args__ = (Index(None, "name", "scope", "made_at"),)

    sha256: Mapped[str] = mapped_column(Hex(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Utc)
