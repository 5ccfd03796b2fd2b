"""Ids as they stand in the address of a page. Knows no record."""

from fieldlog import problems

RID_BYTES = 16


def rid(text: str) -> bytes:
    """The id of an address, with or without dashes. Refused: anything else."""
    try:
        found = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        found = b""
    if len(found) != RID_BYTES:
        raise problems.Refused(problems.NOT_FOUND)
    return found
