"""iCalendar (RFC 5545) of what is planned, for the calendars that people already have.

Taken in twice it stands there once: an entry keeps its UID. Knows no record.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from flask_babel import gettext as _

from fieldlog.review import names
from fieldlog.review.exports.planned import Planned

MIMETYPE, ENDING = "text/calendar", "ics"
LINE = 75  # octets
ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


def write(planned: Iterable[Planned], now: datetime) -> bytes:
    """The whole calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fieldlog//planned presence//SV"]
    for one in planned:
        lines += _entry(one, now)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _entry(one: Planned, now: datetime) -> Iterator[str]:
    place = names.places().get(one.place)
    called = place.name if place else one.place
    yield "BEGIN:VEVENT"
    yield f"UID:{one.key}@fieldlog"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART{_when(one.begins)}"
    yield f"DTEND{_when(one.ends)}"
    yield "SUMMARY:" + _text(_("Presence: %(place)s", place=called))
    yield "LOCATION:" + _text(called)
    yield "DESCRIPTION:" + _text(one.says)
    if place:
        yield f"GEO:{place.lat:f};{place.lon:f}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(at: datetime | date) -> str:
    return f":{_moment(at)}" if isinstance(at, datetime) else f";VALUE=DATE:{at:%Y%m%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n").translate(ESCAPED)


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, cut between signs; what goes on begins with a space."""
    done, room = bytearray(), LINE
    for sign in line:
        octets = sign.encode()
        if len(octets) > room:
            done += b"\r\n "
            room = LINE - 1
        done += octets
        room -= len(octets)
    return bytes(done) + b"\r\n"
