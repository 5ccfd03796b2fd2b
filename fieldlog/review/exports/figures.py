"""Takes a week's figures out as tables: behind the password, limited and logged. No record leaves.

A frozen week's are those that were frozen.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from unicodedata import normalize

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import AnyOf

from fieldlog.access import audit, limits
from fieldlog.access.guard import guard
from fieldlog.measure.week import Week
from fieldlog.review import moments, names
from fieldlog.review.door import door
from fieldlog.review.exports import about, csvfile, tables, xlsx
from fieldlog.review.exports.page import PasswordForm, attached, refusal
from fieldlog.review.week import named, seen
from fieldlog.store.tables import Picture

TABLES = ("trust", "promise", "events", "when")


class FiguresForm(PasswordForm):
    """One table as CSV, or all of them as sheets of an XLSX."""

    kind = StringField(validators=[AnyOf((xlsx.ENDING, *TABLES))])


@door.post("/week/<name>/figures")
@guard("figures.export")
@limits.limiter.limit(limits.EXPORTS, key_func=limits.account)
def figures(name: str):
    """What the week's page shows, to whom it shows it."""
    week, form = named(name), FiguresForm()
    refused = refusal(form) if form.validate_on_submit() else _("Choose what kind of file.")
    if refused:
        flash(refused, "need")
        return redirect(url_for("review.week", name=name), HTTPStatus.SEE_OTHER)
    frozen, found = seen(week, datetime.now(UTC))
    kind, told, says = form.kind.data, tables.of(week, found), _says(week, frozen, found)
    called = _("fieldlog-week-%(week)s", week=week)
    if kind == xlsx.ENDING:
        writer, file = xlsx, xlsx.book([xlsx.Sheet(*table) for table in told.values()], says)
    else:
        writer, file = csvfile, _csv(told[kind], says)
        called += "-" + _plain(told[kind].name)
    audit.told("figures.export", str(week), detail={"as": kind, "frozen": frozen is not None})
    answer = Response(b"".join(file), mimetype=writer.MIMETYPE)
    return attached(answer, f"{called}.{writer.ENDING}")


def _plain(name: str) -> str:
    """As every disk and browser takes it: data-att-lita-pa"""
    letters = normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return letters.replace(" ", "-")


def _csv(table: tables.Table, says: Callable[[int], str]) -> Iterator[bytes]:
    cell = csvfile.cell()
    return csvfile.lines(table.head, ([cell(one) for one in row] for row in table.rows), says)


def _says(week: Week, frozen: Picture | None, found: dict[str, Any]) -> Callable[[int], str]:
    """What the file is: of which week, how settled, whose events, by whom."""
    at = _minute(datetime.fromisoformat(found["as_of"]))
    state = _("as they stood %(when)s", when=at)
    if frozen:
        state = _("frozen %(when)s (%(hash)s)", when=at, hash=frozen.sha256[:8])
    counted = ", ".join(map(names.organisation, found["orgs"]["events"]))
    said = _(
        "Figures of week %(week)s, %(state)s, taken out %(when)s by %(name)s. "
        "Events and visit hours of: %(orgs)s.",
        week=week,
        state=state,
        when=_minute(datetime.now(UTC)),
        name=about.reader(),
        orgs=counted,
    )
    return lambda _rows: said


def _minute(moment: datetime) -> str:
    return moments.local(moment).strftime("%Y-%m-%d %H:%M")
