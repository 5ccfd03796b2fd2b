"""Times as people read them: lör 23 nov 21:40, the operational day from 06:00, ISO weeks.

Everything here is in the app's zone; everything below the door is UTC. Knows nothing of records.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names
from flask_babel import get_locale, get_timezone
from flask_babel import gettext as _

DAY_STARTS = time(6)


def local(moment: datetime) -> datetime:
    """The moment on the wall clock of the app's zone."""
    return moment.astimezone(zone())


def clock(moment: datetime) -> str:
    """21:40"""
    return local(moment).strftime("%H:%M")


def exact(moment: datetime) -> str:
    """21:40:05"""
    return local(moment).strftime("%H:%M:%S")


def stamp(moment: datetime, now: datetime | None = None) -> str:
    """lör 23 nov 21:40, with the year when it is not this one."""
    return f"{day(local(moment).date(), now)} {clock(moment)}"


def short(moment: datetime, now: datetime | None = None) -> str:
    """21:40 within the operational day that runs, else with its date."""
    now = now or datetime.now(UTC)
    return clock(moment) if operational_day(moment) == operational_day(now) else stamp(moment, now)


def day(which: date, now: datetime | None = None) -> str:
    """lör 23 nov, with the year when it is not this one."""
    month = get_month_names("abbreviated", locale=get_locale())[which.month][:3]
    this_year = local(now or datetime.now(UTC)).year
    year = "" if which.year == this_year else f" {which.year}"
    return f"{weekday(which)} {which.day} {month}{year}"


def weekday(which: date) -> str:
    """lör"""
    return get_day_names("abbreviated", locale=get_locale())[which.weekday()][:3]


def operational_day(moment: datetime) -> date:
    """The day a moment belongs to: Friday night stays Friday until 06:00."""
    here = local(moment)
    return here.date() if here.time() >= DAY_STARTS else here.date() - timedelta(days=1)


def day_bounds(which: date) -> tuple[datetime, datetime]:
    """The operational day as UTC moments [from, to): 23, 24 or 25 hours long."""
    return _begins(which), _begins(which + timedelta(days=1))


def hours_of(which: date, first: int, hours: int) -> tuple[datetime, datetime]:
    """So many hours of an operational day by the wall clock, from its hour `first`, in UTC."""
    begins = datetime.combine(which, DAY_STARTS) + timedelta(hours=first)
    ends = begins + timedelta(hours=hours)
    return tuple(wall.replace(tzinfo=zone()).astimezone(UTC) for wall in (begins, ends))


def aware(text: str) -> datetime:
    """The moment of an address. Raises ValueError for one without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(f"{text!r} has no zone")
    return moment


def week_bounds(year: int, week: int) -> tuple[datetime, datetime]:
    """The ISO week as UTC moments [from, to), Monday 06:00 to Monday 06:00."""
    monday = date.fromisocalendar(year, week, 1)
    return _begins(monday), _begins(monday + timedelta(days=7))


def length(seconds: float) -> str:
    """14 min, 1 tim 58 min, 3 d 2 tim, 45 s: two units at most, never negative."""
    seconds = abs(int(seconds))
    if seconds < 60:
        return _("%(n)d s", n=seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return _("%(n)d min", n=minutes)
    if hours < 24:
        return _pair(_("%(n)d h", n=hours), minutes % 60, _("%(n)d min", n=minutes % 60))
    return _pair(_("%(n)d d", n=days), hours % 24, _("%(n)d h", n=hours % 24))


def zone() -> ZoneInfo:
    """The app's zone."""
    return ZoneInfo(str(get_timezone()))


def _begins(which: date) -> datetime:
    return datetime.combine(which, DAY_STARTS, zone()).astimezone(UTC)


def _pair(large: str, rest: int, small: str) -> str:
    return f"{large} {small}" if rest else large
