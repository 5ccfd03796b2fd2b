"""CSV as Excel and LibreOffice open it by a double click: UTF-8 with its mark, semicolons.

A text that a spreadsheet would take for a formula begins with ', and stays text. The last line
says what the file is: where it is missing, the file was cut off.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
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
    """The file of records, piece by piece."""
    shown = columns()
    head = [column.name for column in shown]
    return lines(head, table(shown, records, cell()), about.says)


def lines(head: list[str], rows: Iterable[list], says: Callable[[int], str]) -> Iterator[bytes]:
    """A file of any rows of cells, piece by piece; `says` tells what it is, by how many it has."""
    buffer, number = StringIO(newline=""), 0
    line = csv.writer(buffer, delimiter=";").writerow
    buffer.write(BOM)
    line(head)
    for number, row in enumerate(rows, 1):
        line(row)
        if number % ROWS_A_PIECE == 0:
            yield _taken(buffer)
    line([])
    line([says(number)])
    yield _taken(buffer)


def cell() -> Callable[[Value], str | int | None]:
    """What writes a value into its cell, for spreadsheets in the reader's language."""
    return partial(_cell, comma=current() == "sv")


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
