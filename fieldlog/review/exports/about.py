"""What an export says of itself: how many records, when, by whom, under which filters.

Knows no record and no kind of file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog.review import filters, moments, names


@dataclass(frozen=True)
class About:
    """`chosen` is each filter in words; `records` is how many there were when it was asked for."""

    at: datetime
    by: str
    chosen: tuple[str, ...]
    records: int

    def says(self, records: int | None = None) -> str:
        """All of it in a line, of so many records as there turned out to be."""
        number = self.records if records is None else records
        counted = ngettext("%(num)d record", "%(num)d records", number)
        chosen = ", ".join(self.chosen) or _("everything")
        return _(
            "%(records)s from the log, taken out %(when)s by %(name)s. Shown: %(chosen)s.",
            records=counted,
            when=moments.local(self.at).strftime("%Y-%m-%d %H:%M"),
            name=self.by,
            chosen=chosen,
        )

    def file_name(self, ending: str) -> str:
        """fieldlog-logg-2026-11-27-1305-57548-poster.csv, for every kind of disk."""
        when = moments.local(self.at).strftime("%Y-%m-%d-%H%M")
        return _("fieldlog-log-%(when)s-%(n)d-records", when=when, n=self.records) + "." + ending


def about(args: Mapping[str, str], orgs: tuple[str, ...], records: int) -> About:
    """Of an export that the reader asks for now."""
    chosen = [f"{one.label}: {one.chosen}" for one in filters.facets(args, orgs) if one.chosen]
    if args.get("quarantine") == "1":
        chosen.append(_("quarantine"))
    return About(datetime.now(UTC), reader(), tuple(chosen), records)


def reader() -> str:
    """Who takes it out."""
    return f"{current_user.name}, {names.organisation(current_user.org)}"
