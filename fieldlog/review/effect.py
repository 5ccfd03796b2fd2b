"""Before and after: a pair of periods at a place, beside places to compare with.

An address holds all there is to a comparison. Concludes nothing that could not have been seen.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.measure.week import Week, week_named
from fieldlog.picture import Sight, effect
from fieldlog.review import moments, names, week
from fieldlog.review.door import door

WEEKS, LEAST, MOST = 8, 2, 26


@dataclass(frozen=True)
class Asked:
    """What an address asks for. `wrong`: what was written for a week and is none."""

    places: list[str]
    others: list[str]
    before: Week
    after: Week
    weeks: int
    wrong: list[str]

    @property
    def overlaps(self) -> bool:
        first, last = sorted((self.before, self.after))
        return first + self.weeks > last


@door.get("/effect")
@guard("week.read")
def compare():
    """The form, and what it gives once places are chosen."""
    asked = _asked()
    found = None
    if asked.places and not (asked.wrong or asked.overlaps):
        of = Sight(sight.present_orgs(), sight.counted_orgs(current_user))
        found = effect.compared(
            of, asked.places, asked.others, asked.before, asked.after, asked.weeks, moments.zone()
        )
        audit.told("effect.read", detail={"places": asked.places, "others": asked.others})
    return render_template(
        "review/effect.html",
        asked=asked,
        found=found,
        places=names.places(),
        periods=[_says(first, asked.weeks) for first in (asked.before, asked.after)],
        counted=[names.organisation(org) for org in sight.counted_orgs(current_user)],
    )


def _asked() -> Asked:
    """Within what is known and can be held: a place is here or there, not both."""
    known, args = names.places(), request.args
    weeks = min(MOST, max(LEAST, args.get("weeks", WEEKS, type=int)))
    places = [code for code in args.getlist("place") if code in known]
    others = [code for code in args.getlist("other") if code in known and code not in places]
    written = {name: _week(args[name]) for name in ("before", "after") if args.get(name)}
    wrong = [args[name] for name, found in written.items() if found is None]
    after = written.get("after") or week.running() - weeks
    before = written.get("before") or after - weeks
    return Asked(places, others, before, after, weeks, wrong)


def _week(text: str) -> Week | None:
    """As it stands in a form, where small letters and blanks are no mistake."""
    try:
        return week_named(text.strip().upper())
    except ValueError:
        return None


def _says(first: Week, weeks: int) -> str:
    last = first + (weeks - 1)
    now = datetime.now(UTC)
    days = f"{moments.day(first.days[0], now)} – {moments.day(last.days[-1], now)}"
    return _("weeks %(first)d–%(last)d (%(days)s)", first=first.number, last=last.number, days=days)
