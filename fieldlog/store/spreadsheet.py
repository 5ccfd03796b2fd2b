"""Tables as a spreadsheet of any country writes them: with its mark before the first sign, and a
semicolon, a comma or a tab between cells. Knows nothing of what the cells say.
"""

import csv
import io

from fieldlog.store.changes import NoDocument
from fieldlog.store.wording import N_

BOM = "\ufeff"


def read(text: str) -> tuple[set[str], list[dict]]:
    """The names of a table's columns, and its rows by them. Raises NoDocument."""
    text = text.removeprefix(BOM)
    if "\0" in text:
        raise NoDocument(N_("It is no table: it holds a zero byte."))
    first = next(iter(text.splitlines()), "")
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        return set(table.fieldnames or ()), list(table)
    except csv.Error as wrong:
        raise NoDocument(N_("It is no table."), detail=str(wrong)) from wrong
