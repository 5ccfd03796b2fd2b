"""A table is read as any country's spreadsheet writes it, and what is none is said to be none."""

import pytest

from fieldlog.store import spreadsheet
from fieldlog.store.changes import NoDocument

TITLED = ({"code", "title"}, [{"code": "a", "title": "Å; ä, ö"}])


@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_and_rows_are_told_apart_whatever_stands_between_them(between, end):
    text = f'code{between}title{end}a{between}"Å; ä, ö"{end}'
    assert spreadsheet.read(text) == TITLED
    assert spreadsheet.read(spreadsheet.BOM + text) == TITLED


def test_an_empty_file_has_no_columns():
    assert spreadsheet.read("") == (set(), [])


def test_what_no_table_can_hold_is_refused_in_words():
    with pytest.raises(NoDocument, match="no table"):
        spreadsheet.read(f"code;title\na;{'x' * 200_000}\n")
