"""The log page: visits and events one may see, newest first, by filters that are links."""

from flask import render_template, request
from flask_login import current_user

from fieldlog import config
from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import filters, rows
from fieldlog.review.door import door
from fieldlog.store import listing

PAGE = 50


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
    where = listing.whereabouts(
        [record.row.entry_id for record in page.records],
        at_centre=config.current().role == "centre",
    )
    return render_template(
        "review/log.html",
        lines=rows.lines(page.records, where),
        total=listing.count(wanted),
        many=listing.COUNTED,
        facets=filters.facets(request.args, orgs),
        quarantine=_quarantine(),
        filtered=bool(filters.kept(request.args)),
        older=page.older and _page(after=page.older),
        newer=page.newer and _page(before=page.newer),
        newest=filters.address(request.args),
        everything=filters.address({}),
    )


def _page(**keys: listing.Key) -> str:
    return filters.address(
        request.args, **{name: filters.write_key(key) for name, key in keys.items()}
    )


def _quarantine() -> dict:
    """The link that shows only what stands in quarantine, or takes that filter away."""
    chosen = request.args.get("quarantine") == "1"
    return {
        "chosen": chosen,
        "href": filters.address(request.args, quarantine=None if chosen else "1"),
    }
