"""Places that are visited. Knows no promises and no visits."""

from datetime import datetime

from sqlalchemy import Double, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Utc


class Place(db.Model):
    """`lat`, `lon` in WGS 84 degrees: its middle. Never removed, only made inactive."""

    __tablename__ = "places"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float] = mapped_column(Double)
    lon: Mapped[float] = mapped_column(Double)
    radius_m: Mapped[int] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime] = mapped_column(Utc)
