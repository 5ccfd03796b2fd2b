"""How agreements, promises and commitments are spoken of: kinds, states, fields, what is asked.

Knows no page and no form.
"""

from datetime import date

from babel.dates import get_day_names
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldlog.language import current
from fieldlog.measure.windows import Window
from fieldlog.review import moments
from fieldlog.store.promises import Commitment, Thing

KINDS = {
    "agreement": later("Agreement"),
    "promise": later("Promise"),
    "focus": later("Focus area"),
    "commitment": later("Commitment"),
    "source": later("Source"),
}
STATES = {
    "draft": later("draft"),
    "published": later("published"),
    "ended": later("ended"),
}
FORMS = {
    "presence": later("presence at places"),
    "count": later("something counted"),
    "dialogue": later("resident dialogue"),
    "walk": later("safety walk"),
    "survey": later("safety survey"),
    "publication": later("publication"),
}
FIELDS = {
    "title": later("Title"),
    "title_en": later("Title in English"),
    "text": later("Text"),
    "text_en": later("Text in English"),
    "sources": later("Sources"),
    "examples": later("Examples"),
    "from": later("First day"),
    "to": later("Last day"),
    "parties": later("Parties"),
    "agreement": later("Agreement"),
    "promise": later("Promise"),
    "focus": later("Focus area"),
    "form": later("Kind"),
    "owner": later("Responsible"),
    "joint": later("Everybody's visits count"),
    "places": later("Places"),
    "windows": later("When"),
    "visits": later("Visits a week"),
    "minutes_per_visit": later("Minutes a visit"),
    "minutes": later("Minutes a week"),
    "callouts": later("Call-outs count"),
    "count": later("How many"),
    "unit": later("Of what"),
    "unit_en": later("Of what, in English"),
    "follow_up": later("Followed up on"),
    "day": later("Day"),
    "publisher": later("Publisher"),
    "address": later("Address"),
    "state": later("State"),
    "since": later("Holds from"),
    "code": later("Code"),
}
MISSING = {
    "parent": later("what it belongs to"),
    "owner": later("who is responsible"),
    "place": later("at least one place"),
    "period": later("a period"),
    "number": later("at least one number"),
    "follow_up": later("a follow-up date"),
}
NUMBERS = frozenset({"visits", "minutes_per_visit", "minutes", "count"})


def title(thing: Thing) -> str:
    """Its title in the reader's language, where it has one."""
    return (current() == "en" and thing.title_en) or thing.title


def text(thing: Thing) -> str | None:
    return (current() == "en" and thing.text_en) or thing.text


def missing(names: tuple[str, ...]) -> str:
    """What lacks, as the end of a sentence."""
    return ", ".join(str(MISSING[name]) for name in names)


def asked(one: Commitment) -> str:
    """What a commitment asks: 3 visits a week, at least 10 min each."""
    if one.form == "count":
        unit = (current() == "en" and one.unit_en) or one.unit
        return f"{one.count} {unit}" if one.count and unit else ""
    said = []
    if one.visits:
        said.append(ngettext("%(num)d visit a week", "%(num)d visits a week", one.visits))
    if one.minutes_per_visit:
        said.append(_("at least %(n)d min each", n=one.minutes_per_visit))
    if one.minutes:
        said.append(_("%(n)d min a week", n=one.minutes))
    return ", ".join(said)


def window(one: Window) -> str:
    """fre–lör 21:00–02:00"""
    return f"{_days(one.weekdays)} {one.starts:%H:%M}–{one.to:%H:%M}"


def period(first: date | None, last: date | None) -> str:
    """2023–2026 for whole years, else both days; a dash where one is not said."""
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = {first.year: None, last.year: None}
        return "–".join(str(year) for year in years)
    ends = [moments.day(one) if one else "" for one in (first, last)]
    return " – ".join(ends) if any(ends) else "–"


def days() -> list[str]:
    """The weekdays from Monday, in three letters."""
    names = get_day_names("abbreviated", locale=get_locale())
    return [names[number][:3] for number in range(7)]


def _days(weekdays: frozenset[int]) -> str:
    """Days in a row as from–to."""
    names = days()
    runs: list[list[int]] = []
    for day in sorted(weekdays):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [[names[day - 1] for day in {run[0]: 0, run[-1]: 0}] for run in runs]
    return ", ".join("–".join(ends) for ends in said)
