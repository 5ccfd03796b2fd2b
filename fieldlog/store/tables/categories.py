"""What can be observed: tiles and the kinds under them. A code lives for ever."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db


class Category(db.Model):
    """A tile (`parent` null) or a kind under it. `public`: place, district or no.

    `standing` marks a condition that stays until seen fixed. `incident`: counts as one.
    """

    __tablename__ = "categories"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    sv: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    icon: Mapped[str | None] = mapped_column(Text)
    focus: Mapped[str | None] = mapped_column(Text)
    incident: Mapped[bool] = mapped_column(default=True)
    route: Mapped[str | None] = mapped_column(Text)
    public: Mapped[str] = mapped_column(Text)
    standing: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)
