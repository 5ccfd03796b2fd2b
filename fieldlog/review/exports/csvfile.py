"""CSV as Excel and LibreOffice open it by a double click: UTF-8 with its mark, semicolons.

A text that a spreadsheet would take for a formula begins with ', and stays text. The last line
says what the file is: where it is missing, the file was cut off.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from io import StringIO

from fieldlog.language import current
from fieldlog.review.exports.about import About
from fieldlog.review.exports.columns import Value, columns, table
from fieldlog.store.listing import Listed

MIMETYPE, ENDING = "text/csv", "csv"
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
ROWS_A_PIECE = 200


def write(records: Iterable[Listed], about: About) -> Iterator[bytes]:
    """The file, piece by piece."""
    buffer, number, shown = StringIO(newline=""), 0, columns()
    cell = partial(_cell, comma=current() == "sv")
    line = csv.writer(buffer, delimiter=";").writerow
    buffer.write(BOM)
    line([column.name for column in shown])
    for number, row in enumerate(table(shown, records, cell), 1):
        line(row)
        if number % ROWS_A_PIECE == 0:
            yield _taken(buffer)
    line([])
    line([about.says(number)])
    yield _taken(buffer)


def _cell(value: Value, comma: bool) -> str | int | None:
    """A value as it stands in its cell. `comma`: a Swedish spreadsheet takes 59.4 for a text."""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat(" ")[:19]
    return str(value).replace(".", ",") if comma and isinstance(value, float) else value


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
