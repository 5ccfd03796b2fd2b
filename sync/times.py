"""Times on the wire: RFC 3339 with an offset. Inside, a time is always aware."""

import re
from datetime import UTC, datetime

# The years keep every time convertible to every zone and storable in every database.
PATTERN = (
    r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})$"
)
_SHAPE = re.compile(PATTERN.replace("$", r"\Z"))


def moment(text: str) -> datetime:
    """The aware datetime that `text` names; raises ValueError for anything but RFC 3339."""
    if not _SHAPE.match(text):
        raise ValueError(f"not an RFC 3339 time with offset: {text!r}")
    return datetime.fromisoformat(text)


def is_moment(text: str) -> bool:
    if not _SHAPE.match(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def stamp(at: datetime) -> str:
    """`at` in UTC for the wire; raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError("a naive time is no time")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
