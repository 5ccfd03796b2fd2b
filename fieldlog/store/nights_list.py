"""The nightly runs of a stretch of days, for the page that draws them. Changes nothing."""

from datetime import date

from sqlalchemy import select

from fieldlog.store.database import reading
from fieldlog.store.tables import Night


def since(day: date) -> list[Night]:
    """Every run of operational day `day` or later, oldest first."""
    wanted = select(Night).where(Night.night >= day).order_by(Night.started_at)
    return list(reading().scalars(wanted))
