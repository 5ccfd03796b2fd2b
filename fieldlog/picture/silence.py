"""What is not known yet: phones that have not been heard, and the places where they work.

Not visited is not the same as no data yet. Knows no figure.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fieldlog.store import heard
from fieldlog.store.weeks import observed

LOOK_BACK = timedelta(weeks=2)  # where a phone has been in these weeks it works


@dataclass(frozen=True)
class Silence:
    """`heard`: by phone, until when all of it is here; None where that is not known.

    `workers`: the phones that work at each place; asked only when somebody is silent.
    """

    until: datetime
    heard: dict[str, datetime | None]
    workers: dict[str, set[str]]
    by_org: dict[str, int]

    def of(self, place: str | None) -> datetime | None:
        """Until when everything that works at the place is here. Where nobody is known to work
        any phone might: then it is the one that has been silent longest."""
        phones = self.workers.get(place) or self.heard.keys()
        times = [self.heard[phone] for phone in phones if phone in self.heard]
        return None if None in times else min(times, default=self.until)

    def covers(self, place: str | None) -> bool:
        """Whether something of the place may still be missing."""
        known = self.of(place)
        return known is None or known < self.until


def until(orgs: tuple[str, ...], since: datetime, moment: datetime) -> Silence:
    """Who has not been heard up to that moment; `since` is when the week began."""
    phones = heard.contacts(orgs)
    known = {phone.id: _known(phone, since) for phone in phones}
    silent = [phone.org for phone in phones if not _at_least(known[phone.id], moment)]
    return Silence(
        moment,
        known,
        observed.workers(orgs, since - LOOK_BACK, moment) if silent else {},
        dict(sorted(Counter(silent).items())),
    )


def _known(phone: sa.Row, since: datetime) -> datetime | None:
    """A log is sent in order: of a phone that still holds something, what it wrote before the
    newest visit here is here too."""
    return observed.latest_visit(phone, since) if phone.unsent else phone.last_contact_at


def _at_least(moment: datetime | None, least: datetime) -> bool:
    return moment is not None and moment >= least
