"""A table with its sums as a network: what a reader can work out of what is withheld, and what
else to withhold against it. Knows which values a cell's sign leaves possible, not what it counts.

Nodes are rows and columns, edges are cells, flows are counts: what comes in by a row's sum goes
out by its cells. A withheld cell can be higher exactly when the surplus can flow back from its
head to its tail through other cells that are not shown (Gusfield 1988, SIAM J. Comput.
17:552–571); along the cheapest such way the shown ones are withheld too.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf

FEW = "few"
WITHHELD = "withheld"
LEAST = 5

At = tuple[int, int]


class Network:
    """A table whose last row and column are its sums, and what of it is shown: all but 1–4."""

    def __init__(self, table: list[list[int]], least: int = LEAST) -> None:
        self._least = least
        self._count = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
        self._sums = (len(table) - 1, len(table[0]) - 1)
        self._sign = {at: FEW for at, n in self._count.items() if 0 < n < least}
        self._ways: dict = {}
        for at in self._count:
            tail, head = self._ends(at)
            self._ways.setdefault(tail, []).append((head, at, 1))
            self._ways.setdefault(head, []).append((tail, at, -1))

    def protect(self) -> None:
        """Withhold until every small count could be any of 1–4. Withholding never narrows what is
        possible elsewhere, so once over all of them is enough."""
        for at, count in self._count.items():
            if 0 < count < self._least:
                self._make_room(at, 1, self._least - 1 - count)
                self._make_room(at, -1, count - 1)

    def shown(self) -> list[list[int | str]]:
        """The table as it may be shown, sums and all."""
        rows, columns = self._sums
        cells = self._count | self._sign
        return [[cells[i, j] for j in range(columns + 1)] for i in range(rows + 1)]

    def _make_room(self, at: At, sign: int, need: int) -> None:
        """See that the cell could be `need` more (sign 1) or less (−1) with all sums kept."""
        supposed = dict(self._count)
        tail, head = self._ends(at)[::sign]
        for _ in range(need):
            for other, way in self._cheapest(head, tail, at, supposed):
                if not self._room(other, way, supposed):
                    self._sign[other] = WITHHELD
                supposed[other] += way

    def _cheapest(self, start, goal, without: At, supposed: dict) -> Iterator[tuple[At, int]]:
        """The cells of the cheapest way from node to node, each with +1 or −1 (Dijkstra 1959)."""
        came: dict = {}
        heap = [(0, start, None)]
        while heap:
            cost, node, step = heappop(heap)
            if node in came:
                continue
            came[node] = step
            if node == goal:
                break
            for other, at, way in self._ways[node]:
                price = self._price(at, way, supposed)
                if other not in came and at != without and price < inf:
                    heappush(heap, (cost + price, other, (node, at, way)))
        while came[goal]:
            goal, at, way = came[goal]
            yield at, way

    def _price(self, at: At, way: int, supposed: dict) -> float:
        """0 where the cell has room already; else what the reader loses, most for a sure zero."""
        if self._room(at, way, supposed):
            return 0
        if way < 0 and not supposed[at]:
            return inf
        return self._count[at] or self._count[self._sums] + 1

    def _room(self, at: At, way: int, supposed: dict) -> bool:
        """Whether what is shown lets a reader suppose one more (or one less) in that cell."""
        sign = self._sign.get(at)
        if sign is None:
            return False
        low, high = (1, self._least - 1) if sign == FEW else (0, inf)
        return low <= supposed[at] + way <= high

    def _ends(self, at: At):
        """(tail, head): from row to column, but the other way for a row's or a column's sum."""
        row, column = ("row", at[0]), ("column", at[1])
        is_sum = (at[0] == self._sums[0]) != (at[1] == self._sums[1])
        return (column, row) if is_sum else (row, column)
