"""Reading lines and counted bytes out of pieces that come as they like. Knows no format."""

from collections.abc import Iterable


class Short(Exception):
    """The pieces ended before what was asked for."""


class Pieces:
    """Never holds more than the longest of what is asked for and one piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._coming = iter(pieces)
        self._held = bytearray()

    def line(self, most: int) -> bytes:
        """The next line with its newline, which stands within `most` bytes; raises Short."""
        while (end := self._held.find(b"\n", 0, most)) < 0:
            if len(self._held) >= most or not self._more():
                raise Short
        return self._out(end + 1)

    def take(self, count: int) -> bytes:
        """Just so many bytes; raises Short."""
        while len(self._held) < count:
            if not self._more():
                raise Short
        return self._out(count)

    def is_empty(self) -> bool:
        """Whether nothing more comes."""
        while not self._held:
            if not self._more():
                return True
        return False

    def _more(self) -> bool:
        piece = next(self._coming, None)
        if piece is None:
            return False
        self._held += piece
        return True

    def _out(self, count: int) -> bytes:
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken
