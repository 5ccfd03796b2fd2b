"""Who has read what one wrote: for the people of the field, whose records others look at.

Searches and files hold many records at once and the log does not say whose: such a row says that
one's own may have been among them. Reading this is logged too.
"""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog.access import audit as access
from fieldlog.access.guard import guard
from fieldlog.review import address, audit, rows
from fieldlog.review.door import door
from fieldlog.store import audit as store
from fieldlog.store import record


@door.get("/accesses")
@guard("accesses.read")
def accesses():
    """A page of them, newest first."""
    before = request.args.get("before", type=address.number)
    access.told("accesses.read")
    found = store.of_author(current_user.id, current_user.org, before=before, limit=audit.PAGE + 1)
    shown = found[: audit.PAGE]
    mine = record.written_by(
        current_user.id, {address.rid(row.subject) for row in shown if row.author}
    )
    return render_template(
        "review/accesses.html",
        lines=list(audit.lines(shown, lambda row: (_about(row, mine), None))),
        older=shown[-1].seq if len(found) > audit.PAGE else None,
        newest=before is not None,
    )


def _about(row, mine: dict[bytes, tuple[str, Any]]) -> str:
    if not row.author:
        return _many(row)
    known = mine.get(address.rid(row.subject))
    return rows.says(*known) if known else f"… {row.subject[-8:]}"


def _many(row) -> str:
    said = _("your organisation's records; yours may be among them")
    number = (row.detail or {}).get("records")
    if number is None:
        return said
    return ngettext("%(num)d record", "%(num)d records", number) + ": " + said
