"""Column types that keep their promises: times with a zone, ids of a fixed length.

Knows nothing of what the columns are for.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator):
    """A moment: an aware datetime in any zone goes in, the same moment in UTC comes out.

    A naive one is refused: SQLite drops the zone in silence, and nobody could say later what
    was meant.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: use an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Hex(TypeDecorator):
    """`size` bytes, spoken of as lowercase hex in Python and kept as bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, size: int):
        super().__init__()
        self.size = size

    def process_bind_param(self, value, dialect):
        return None if value is None else _exactly(self.size, bytes.fromhex(value))

    def process_result_value(self, value, dialect):
        return None if value is None else bytes(value).hex()


class Bytes(TypeDecorator):
    """Exactly `size` bytes: a hash (32) or a rid (16)."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, size: int):
        super().__init__()
        self.size = size

    def process_bind_param(self, value, dialect):
        return None if value is None else _exactly(self.size, value)

    def process_result_value(self, value, dialect):
        return None if value is None else bytes(value)


Json = sa.JSON(none_as_null=True)
"""A JSON value; None is NULL."""

Serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A row number given by the database (SQLite numbers only INTEGER keys by itself)."""


def text(moment: datetime) -> str:
    """A moment as SQLite keeps it, for statements that go past SQLAlchemy's types."""
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _exactly(size: int, value: bytes) -> bytes:
    if len(value) != size:
        raise ValueError(f"expected {size} bytes, got {len(value)}")
    return value
