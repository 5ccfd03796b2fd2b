"""What of a table of counts may be published: small counts become "fewer than 5", and others are
withheld so that no small one can be worked out from the sums. Knows nothing of what is counted.

1–4 are FEW; 0 is shown. A reader who knows the shown cells, the sums and these rules still finds
each value from 1 to 4 possible for every small count. What is withheld for that is cheap, not
least: a best choice is a hard problem (Cox 1995, J. Amer. Statist. Assoc. 90:1453–1462).

One table is safe by itself. Two that overlap (a month and its quarter, before and after a
correction) are not safe beside each other: publish disjoint ones, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldlog.measure.network import FEW, LEAST, WITHHELD, Network

__all__ = ["FEW", "LEAST", "WITHHELD", "Published", "publish", "publish_list", "small"]

Shown = int | str


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be shown: each place a count, FEW or WITHHELD."""

    cells: list[list[Shown]]
    rows: list[Shown]
    columns: list[Shown]
    total: Shown


def publish(table: Sequence[Sequence[int]], least: int = LEAST) -> Published:
    """The table with its row sums, column sums and total, as they may be shown together.

    Raises ValueError for rows of unequal length or a negative count.
    """
    return _published(Network(_with_sums(table), least))


def publish_list(counts: Sequence[int], least: int = LEAST) -> tuple[list[Shown], Shown]:
    """(the counts, their sum), as they may be shown together."""
    found = publish([counts], least)
    return found.cells[0], found.rows[0]


def small(count: int, least: int = LEAST) -> bool:
    """Whether a count that stands alone may not be shown: 1–4."""
    return 0 < count < least


def _with_sums(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """With a last column of row sums and a last row of column sums."""
    if min((count for row in table for count in row), default=0) < 0:
        raise ValueError("a negative count")
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _published(network: Network) -> Published:
    network.protect()
    *rows, last = network.shown()
    return Published([row[:-1] for row in rows], [row[-1] for row in rows], last[:-1], last[-1])
