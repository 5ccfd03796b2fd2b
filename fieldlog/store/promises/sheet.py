"""Commitments and sources as a table that a spreadsheet opens, and the same table read back as a
document. Semicolons and a byte order mark: so a Swedish Excel wants it.
"""

import csv
import io
import re
from itertools import chain

from fieldlog.store import spreadsheet
from fieldlog.store.changes import NoDocument
from fieldlog.store.promises.document import LISTS, told
from fieldlog.store.promises.things import KINDS
from fieldlog.store.wording import N_
from sync.digits import whole
from sync.messages import SEQ_MAX

SHEETS = ("commitment", "source")
ABOUT = ("code", "state", "since")
LISTED = ("sources", "examples", "places")
NUMBERS = ("visits", "minutes_per_visit", "minutes", "count")
FLAGS = ("joint", "callouts")
YES = "yes"
ACTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
_STRANGE = N_("It has columns that neither commitments nor sources have: %(about)s.")
_LACKING = N_(
    "Its columns are neither those of commitments nor those of sources; both have code and title."
)
_WINDOW = re.compile(r"([1-7](?:,[1-7])*) (\d\d:\d\d)-(\d\d:\d\d)")


def columns(kind: str) -> list[str]:
    """The columns of a kind's table."""
    fields = KINDS[kind][1]().fields
    return [*ABOUT, *(field.data_key or name for name, field in fields.items())]


def written(kind: str, *, drafts: bool = True) -> str:
    """Every commitment, or every source, as it was last written."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(names := columns(kind))
    for item in told(drafts=drafts)[LISTS[kind]]:
        rows.writerow([_guarded(_cell(name, item.get(name))) for name in names])
    return spreadsheet.BOM + out.getvalue()


def read(text: str) -> dict:
    """The document a table tells. Raises NoDocument when its columns are those of neither kind.

    What a cell says and can't be read stays as it is: the document's own check tells of it.
    """
    names, rows = spreadsheet.read(text)
    kind = next((one for one in SHEETS if {"code", "title"} <= names <= set(columns(one))), None)
    if kind is None:
        strange = sorted(names - set(chain.from_iterable(map(columns, SHEETS))))
        raise NoDocument(_STRANGE if strange else _LACKING, about=", ".join(strange))
    items = [{name: _value(name, cell) for name, cell in row.items() if cell} for row in rows]
    return {LISTS[kind]: items}


def _cell(name: str, value) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return YES
        case list() if name == "windows":
            return "; ".join(map(_window, value))
        case list():
            return " ".join(value)
    return str(value)


def _window(one: dict) -> str:
    return f"{','.join(map(str, one['weekdays']))} {one['from']}-{one['to']}"


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(ACTS) else cell


def _value(name: str | None, cell):
    if name is None or not isinstance(cell, str):
        return cell  # more cells than columns
    cell = cell.strip()
    if cell.startswith("'") and cell[1:].startswith(ACTS):
        cell = cell[1:]
    if name in LISTED:
        return cell.split()
    if name in NUMBERS:
        found = whole(cell, SEQ_MAX)
        return cell if found is None else found
    if name in FLAGS:
        return True if cell == YES else cell
    return _windows(cell) if name == "windows" else cell


def _windows(cell: str):
    found = [_WINDOW.fullmatch(one.strip()) for one in cell.split(";")]
    if not all(found):
        return cell
    return [
        {"weekdays": [int(day) for day in one[1].split(",")], "from": one[2], "to": one[3]}
        for one in found
    ]
