"""A line with a long way: 400 ms there and back, 50 kB/s, as at the edge of a mobile cell."""

import socket
import time

from tests.support.proxy import CHUNK, Proxy
from tests.support.proxy import Fault as Break

FAR = Break("far")


class Far(Proxy):
    """Every request over a way of so many seconds there and back, at so many bytes a second."""

    there_and_back, pace = 0.4, 50_000

    def far(self, client: socket.socket, _) -> None:
        """All passes, slowly."""
        self.carry(client, self._take(client))

    def carry(self, client: socket.socket, request: bytes) -> None:
        """A connection costs one way there and back, a request and its answer another."""
        time.sleep(self.there_and_back + self.there_and_back / 2)  # the fault itself
        with self._upstream() as server:
            self._at_pace(request, server)
            answer = b"".join(iter(lambda: server.recv(CHUNK), b""))
        time.sleep(self.there_and_back / 2)
        self._at_pace(answer, client)

    def _at_pace(self, data: bytes, side: socket.socket) -> None:
        step = self.pace // 50
        for at in range(0, len(data), step):
            side.sendall(data[at : at + step])
            time.sleep(len(data[at : at + step]) / self.pace)
