"""Reads the parameters of OGC API Features: limit, bbox, datetime, and where to go on.

Knows no collection; what can't be understood is refused with a sentence.
"""

from datetime import datetime, timedelta

from flask import request

from fieldlog.features.door import wrong
from sync import times

DEFAULT, MOST = 100, 1000
NAMES = ("limit", "bbox", "datetime", "after")
OPEN_ENDS = ("", "..")
MOMENT = timedelta(microseconds=1)


def limit() -> int:
    """From 1; the standard says that more than the most there is means the most."""
    text = request.args.get("limit", str(DEFAULT))
    if not (text.isascii() and text.isdigit() and int(text[:9]) >= 1):
        raise wrong("`limit` is a number from 1 up.")
    return min(int(text[:9]), MOST)


def box() -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees; heights, if there are any, mean nothing to a point."""
    text = request.args.get("bbox")
    if text is None:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
        west, south, east, north = numbers if len(numbers) == 4 else _flat(numbers)
    except ValueError as fault:
        raise wrong("`bbox` is four or six numbers: west,south,east,north.") from fault
    sound = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if not sound:
        raise wrong("`bbox` has degrees: longitudes to ±180, latitudes to ±90, south first.")
    return west, south, east, north


def span() -> tuple[datetime | None, datetime | None]:
    """The bounds [since, until) of an instant or an interval, which counts its last moment in."""
    text = request.args.get("datetime")
    if text is None:
        return None, None
    ends = text.split("/")
    if len(ends) > 2 or (len(ends) == 1 and text in OPEN_ENDS):
        raise wrong("`datetime` is a time, or two with a slash between; `..` is an open end.")
    first, last = _end(ends[0]), _end(ends[-1])
    if first and last and first > last:
        raise wrong("`datetime` ends before it begins.")
    return first, last and last + MOMENT


def _flat(numbers: list[float]) -> tuple[float, float, float, float]:
    west, south, _low, east, north, _high = numbers
    return west, south, east, north


def _end(text: str) -> datetime | None:
    if text in OPEN_ENDS:
        return None
    try:
        # A plus in an address that was not escaped is a space.
        return times.moment(text.replace(" ", "+").upper())
    except ValueError as fault:
        raise wrong(
            "`datetime` has RFC 3339 times with an offset: 2026-11-23T21:40:00Z."
        ) from fault
