"""XLSX with real times and numbers, its head frozen; a second sheet says what the file is.

Written to disk row by row, because the format can't be sent before it is whole.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

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


def write(records: Iterable[Listed], about: About) -> Iterator[bytes]:
    """The file, piece by piece."""
    with TemporaryDirectory(prefix="fieldlog-export-") as folder:
        path = Path(folder, "log.xlsx")
        # Strings stay strings: nothing becomes a formula or a link.
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "default_date_format": TIME,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with Workbook(path, options) as book:
            number = _records(book, records)
            book.add_worksheet(_("About this file")).write_string(0, 0, about.says(number))
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _records(book: Workbook, records: Iterable[Listed]) -> int:
    """The sheet of them; how many they were."""
    sheet, shown, number = book.add_worksheet(_("Log")), columns(), 0
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(shown) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(shown):
        sheet.write_string(0, at, column.name, bold)
    for number, row in enumerate(table(shown, records, _cell), 1):
        for at, value in enumerate(row):
            if value is not None:
                sheet.write(number, at, value)
    sheet.autofilter(0, 0, number, len(shown) - 1)
    return number


def _cell(value: Value) -> Value:
    """Excel knows no fractions of a second that anybody would want to see."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value
