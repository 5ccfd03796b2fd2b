"""The audit log as a page: who read, searched, exported, released, enrolled, was refused.

An auditor sees all of it; a supervisor what the own people did, and what others did with the own
records. Reading it is logged too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog.access import audit as access
from fieldlog.access import sight
from fieldlog.access.guard import guard, may
from fieldlog.review import address, details, filters, labels, names
from fieldlog.review.door import door
from fieldlog.store import audit as store

PAGE = 100


@dataclass(frozen=True)
class Line:
    """One act in words. `href` leads to what it was about, where the reader may go there."""

    seq: int
    at: datetime
    who: str
    org: str
    what: str
    is_refused: bool
    about: str
    href: str | None


@door.get("/audit")
@guard("audit.read")
def audit():
    """A page of it, newest first."""
    orgs = sight.audited_orgs(current_user)
    what = request.args.get("what")
    what = what if what in labels.ACTS else None
    before = request.args.get("before", type=address.number)
    access.told("audit.read", detail={"what": what} if what else None)
    found = store.page(orgs, what=what, before=before, limit=PAGE + 1)
    return render_template(
        "review/audit.html",
        lines=list(lines(found[:PAGE], _about)),
        older=found[PAGE - 1].seq if len(found) > PAGE else None,
        newest=before is not None,
        acts=labels.ACTS,
        what=what,
        head=store.head(),
    )


def lines(rows: list, about: Callable[[Any], tuple[str, str | None]]) -> Iterator[Line]:
    """The rows in words; `about` says what each was about, and where that is read."""
    for row in rows:
        said, href = about(row)
        refused = row.what in (access.REFUSED, access.NOT_SIGNED_IN)
        yield Line(
            seq=row.seq,
            at=row.at,
            who=_who(row),
            org=names.organisation(row.org) if row.org else "",
            what=labels.of(labels.ACTS, row.what),
            is_refused=refused,
            about=said,
            href=href,
        )


def _who(row) -> str:
    if row.account is None:
        # A command at the server, or somebody at the login page.
        return _("nobody known") if row.what == access.NOT_SIGNED_IN else _("a command")
    return f"{names.account(row.account)}, {labels.of(labels.ROLES, row.role)}"


def _about(row) -> tuple[str, str | None]:
    detail = row.detail or {}
    if row.what.startswith(("record.", "photo.")):
        mine = row.owner in sight.orgs(current_user)
        href = url_for("review.record", rid=row.subject) if mine else None
        return f"… {row.subject[-8:]}", href
    if row.what == "devices.enrol":
        return names.account(row.subject), None
    if row.what in ("devices.revoke", "devices.enrolled"):
        return names.device(row.subject), None
    if row.what.startswith(("week.", "figures.")):
        said = " · ".join(filter(None, (row.subject, detail.get("as"))))
        return said, url_for("review.week", name=row.subject) if may("week.read") else None
    said = details.in_words(detail)
    if row.what in ("log.read", "log.export"):
        reads = bool(sight.orgs(current_user))
        return said or _("everything"), filters.address(detail) if reads else None
    return " · ".join(filter(None, (said, row.subject and f"… {row.subject[-8:]}"))), None
