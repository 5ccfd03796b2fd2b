"""Where a page of records goes on, as a word for an address. Knows no query."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from fieldlog.store.filtering import Key

EPOCH = datetime.fromtimestamp(0, UTC)


def write(key: Key) -> str:
    """The word of a key."""
    micros = int((key.observed_at - EPOCH) / timedelta(microseconds=1))
    return f"{micros}.{urlsafe_b64encode(key.rid).decode().rstrip('=')}"


def read(text: str) -> Key:
    """The key of a word. Raises ValueError for anything that is none."""
    match = re.fullmatch(r"(-?\d{1,17})\.([\w-]{22})", text, re.ASCII)
    if match is None:
        raise ValueError("no place in the list")
    try:
        at = EPOCH + timedelta(microseconds=int(match[1]))
    except OverflowError as beyond:
        raise ValueError("no time in the list") from beyond
    return Key(at, urlsafe_b64decode(match[2] + "=="))
