"""Ids and numbers as they stand in the address of a page. Knows no record."""

from fieldlog import problems
from sync.digits import whole

RID_BYTES = 16
LARGEST = 2**63 - 1  # what a database can hold


def rid(text: str) -> bytes:
    """The id of an address, with or without dashes. Refused: anything else."""
    try:
        found = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        found = b""
    if len(found) != RID_BYTES:
        raise problems.Refused(problems.NOT_FOUND)
    return found


def number(text: str) -> int:
    """A row's number, for `args.get(…, type=number)`. Raises ValueError for what can be none."""
    found = whole(text, LARGEST)
    if found is None:
        raise ValueError("no number of a row")
    return found
