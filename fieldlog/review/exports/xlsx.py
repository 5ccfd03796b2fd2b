"""XLSX with real times and numbers, its heads frozen; the last sheet says what the file is.

Written to disk row by row, because the format can't be sent before it is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flask_babel import gettext as _
from xlsxwriter import Workbook

from fieldlog.review.exports.about import About
from fieldlog.review.exports.columns import Value, columns, table
from fieldlog.store.listing import Listed

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDING = "xlsx"
PIECE = 64 * 1024
TIME = "yyyy-mm-dd hh:mm:ss"
WIDTH = 18


class Sheet(NamedTuple):
    """A sheet: its name, its head, and rows of cells as `cell` makes them."""

    name: str
    head: list[str]
    rows: Iterable[list[Value]]


def write(records: Iterable[Listed], about: About) -> Iterator[bytes]:
    """The file of records, piece by piece."""
    shown = columns()
    head = [column.name for column in shown]
    return book([Sheet(_("Log"), head, table(shown, records, cell))], about.says)


def book(sheets: Iterable[Sheet], says: Callable[[int], str]) -> Iterator[bytes]:
    """A file of any sheets, piece by piece; `says` tells what it is, by how many rows it has."""
    with TemporaryDirectory(prefix="fieldlog-export-") as folder:
        path = Path(folder, "book.xlsx")
        # Strings stay strings: nothing becomes a formula or a link.
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "default_date_format": TIME,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with Workbook(path, options) as written:
            number = sum(_sheet(written, sheet) for sheet in sheets)
            written.add_worksheet(_("About this file")).write_string(0, 0, says(number))
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def cell(value: Value) -> Value:
    """Excel knows no fractions of a second that anybody would want to see."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def _sheet(written: Workbook, told: Sheet) -> int:
    """Write it; how many rows it had."""
    sheet, number = written.add_worksheet(told.name), 0
    bold = written.add_format({"bold": True})
    sheet.set_column(0, len(told.head) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(told.head):
        sheet.write_string(0, at, name, bold)
    for number, row in enumerate(told.rows, 1):
        for at, value in enumerate(row):
            if value is not None:
                sheet.write(number, at, value)
    sheet.autofilter(0, 0, number, len(told.head) - 1)
    return number
