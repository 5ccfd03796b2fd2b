"""What holds a token: phones, nodes, and this store itself. Knows no clear token or code."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Utc


class Device(db.Model):
    """`skew_s`: device clock minus ours at the last push. `unsent`: as the device last said."""

    __tablename__ = "devices"
    __table_args__ = (CheckConstraint("kind IN ('phone', 'node', 'store')", name="kind"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    org: Mapped[str | None] = mapped_column(ForeignKey("organisations.code"))
    enrolled_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)
    last_contact_at: Mapped[datetime | None] = mapped_column(Utc)
    app: Mapped[str | None] = mapped_column(Text)
    skew_s: Mapped[float | None] = mapped_column(Float)
    unsent: Mapped[int | None] = mapped_column(BigInteger)


class DeviceAccount(db.Model):
    """An account that may write on a device."""

    __tablename__ = "device_accounts"
    __table_args__ = (Index(None, "account"),)

    device: Mapped[str] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)


class Token(db.Model):
    """SHA-256 of a token. Rows are only added and revoked."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "device"),)

    hash: Mapped[bytes] = mapped_column(Bytes(32), primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("devices.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class EnrolmentCode(db.Model):
    """SHA-256 of a one-time code. `device`: what was enrolled with it."""

    __tablename__ = "enrolment_codes"

    hash: Mapped[bytes] = mapped_column(Bytes(32), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)
    device: Mapped[str | None] = mapped_column(ForeignKey("devices.id"))
