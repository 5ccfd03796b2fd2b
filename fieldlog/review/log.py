"""The log page: visits and events one may see, newest first, by filters that are links."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import config
from fieldlog.access import audit, sight, stepup
from fieldlog.access.guard import guard
from fieldlog.review import address, counts, filters, mapping, moments, rows
from fieldlog.review.door import door
from fieldlog.store import cursor, heard, listing, record, whereabouts

PAGE = 50


@dataclass(frozen=True)
class Silence:
    """Why nothing is listed: `kind` is hollow (it was looked for, and is not there) or hatched
    (nobody knows yet).
    """

    kind: str
    what: str
    why: str


@door.get(filters.LOG)
@guard("log.read")
def log():
    """A page of the log."""
    orgs = sight.orgs(current_user)
    wanted = filters.read(request.args, orgs)
    page = listing.page(
        wanted,
        after=filters.read_key(request.args.get("after")),
        before=filters.read_key(request.args.get("before")),
        limit=PAGE,
    )
    audit.told("log.read", detail=filters.told(request.args))
    where = whereabouts.of(
        [record.row.entry_id for record in page.records],
        at_centre=config.current().role == "centre",
    )
    return render_template(
        "review/log.html",
        lines=rows.lines(
            page.records, where, record.merged_into([r.row.rid for r in page.records]), orgs
        ),
        where_on_map=mapping.of_records(page.records),
        total=listing.count(wanted),
        many=listing.COUNTED,
        facets=filters.facets(request.args, orgs),
        quarantine=_quarantine(),
        silence=None if page.records else _silence(wanted, orgs),
        organisations=counts.organisations(orgs, filters.day_of(request.args)),
        asked=filters.kept(request.args),
        sure=stepup.is_needed(),
        older=page.older and _page(after=page.older),
        newer=page.newer and _page(before=page.newer),
        newest=filters.address(request.args),
        news=0,
        news_at=url_for("review.news", since=listing.newest_entry(), **filters.kept(request.args)),
        everything=filters.address({}),
    )


@door.get(f"{filters.LOG}/news")
@guard("log.read")
def news():
    """How many have come on the first page of these filters since an entry: a count, no record."""
    since = request.args.get("since", 0, type=address.number)
    wanted = filters.read(request.args, sight.orgs(current_user))
    found = listing.page(wanted, limit=PAGE).records
    return render_template(
        "review/news.html",
        news=sum(one.row.entry_id > since for one in found),
        newest=filters.address(request.args),
    )


def _silence(wanted: listing.Filters, orgs: tuple[str, ...]) -> Silence:
    """Not visited is not the same as no data yet: that ends when every phone has been heard
    after the time that is asked about.
    """
    now = datetime.now(UTC)
    is_over = wanted.until is not None and wanted.until <= now
    since = wanted.until if is_over else moments.day_bounds(counts.today())[0]
    known = heard.heard(orgs, since)
    if known.latest is None:
        why = _("No phone has been heard. That is not the same as nothing having happened.")
        return Silence("hatched", _("No data yet"), why)
    if known.phones_heard < known.phones:
        why = ngettext(
            "%(num)d phone has not been heard since: what it holds may match later.",
            "%(num)d phones have not been heard since: what they hold may match later.",
            known.phones - known.phones_heard,
        )
        return Silence("hatched", _("No data yet"), why)
    if wanted.until is not None and not is_over:
        why = _("The time asked about is not over: more may come.")
        return Silence("hatched", _("Nothing matches yet"), why)
    visits = (
        (wanted.place is not None or wanted.within)
        and not wanted.categories
        and not wanted.words
        and wanted.state is None
    )
    what = _("Not visited") if visits else _("Nothing matches")
    if wanted.until is None:
        why = _("All phones have been heard since 06:00, and none of their records match.")
    else:
        why = _("Every phone has been heard since, and none holds any.")
    return Silence("hollow", what, why)


def _page(**keys: listing.Key) -> str:
    return filters.address(request.args, **{name: cursor.write(key) for name, key in keys.items()})


def _quarantine() -> dict:
    """The link that shows only what stands in quarantine, or takes that filter away."""
    chosen = request.args.get("quarantine") == "1"
    return {
        "chosen": chosen,
        "href": filters.address(request.args, quarantine=None if chosen else "1"),
    }
