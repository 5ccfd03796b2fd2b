"""A TCP proxy that does to a request what networks do; of HTTP it knows where a request ends.

Each connection carries one request (the proxy asks the server to close after it), so each request
meets one fault, drawn by `plan`.
"""

import random
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 65536
PATIENCE = 60  # s; a test's own time-outs are shorter
REMEMBERED = 20  # requests that may be delivered again


@dataclass(frozen=True)
class Fault:
    """`kind` is a method of Proxy; `amount` is bytes, bytes a second or seconds, as it asks."""

    kind: str
    amount: float = 0


CLEAN = Fault("clean")


def seeded(seed: int, share: float) -> Callable[[], Fault]:
    """A plan in which `share` of the requests meet a fault, the same ones for the same seed."""
    dice = random.Random(seed)

    def draw() -> Fault:
        if dice.random() >= share:
            return CLEAN
        return dice.choice(
            [
                Fault("refuse"),
                Fault("reset", dice.randrange(1, 60_000)),
                Fault("cut", dice.randrange(0, 400)),
                Fault("double"),
                Fault("slow", dice.randrange(200_000, 2_000_000)),
                Fault("stall", dice.uniform(0.05, 0.4)),
            ]
        )

    return draw


class Proxy:
    """Listens on a free port of the loopback and passes on to `target`; `met` counts the faults."""

    def __init__(self, target: tuple[str, int], plan: Callable[[], Fault] = lambda: CLEAN):
        self.target, self.plan = target, plan
        self.met: Counter[str] = Counter()
        self.past: deque[bytes] = deque(maxlen=REMEMBERED)
        self._held: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self) -> None:
        """Stops listening; requests under way are let finish."""
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            fault = self.plan()
            self.met[fault.kind] += 1
            threading.Thread(target=self._meet, args=(client, fault), daemon=True).start()

    def _meet(self, client: socket.socket, fault: Fault) -> None:
        client.settimeout(PATIENCE)
        try:
            getattr(self, fault.kind)(client, fault.amount)
        except OSError:
            _reset(client)  # the other side went away: the client sees that too
        finally:
            client.close()

    # The kinds of fault

    def clean(self, client, _):
        """All passes."""
        self._answer(client, self._take(client))

    def refuse(self, client, _):
        """Nothing is let through."""
        _reset(client)

    def reset(self, client, amount):
        """The server gets the first `amount` bytes, then both sides lose the line."""
        request = self._take(client)
        with self._upstream() as server:
            server.sendall(request[: min(int(amount), len(request) - 1)])
            _reset(server)
        _reset(client)

    def reset_after(self, client, _):
        """The server gets the whole request, and its answer finds nobody."""
        request = self._take(client)
        with self._upstream() as server:
            server.sendall(request)
            _reset(client)
            _drain(server)

    def cut(self, client, amount):
        """The server takes the whole request; of its answer only `amount` bytes come back."""
        request = self._take(client)
        with self._upstream() as server:
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(CHUNK), b""))
        client.sendall(answer[: min(int(amount), max(len(answer) - 1, 0))])
        _reset(client)

    def double(self, client, _):
        """The server gets the request twice; the client sees the second answer."""
        request = self._take(client)
        with self._upstream() as server:
            server.sendall(request)
            _drain(server)
        self._answer(client, request)

    def late(self, client, _):
        """The client loses the line; its request arrives after the next one that passes."""
        self._held.append(self._take(client))
        _reset(client)

    def replay(self, client, amount):
        """All passes; then up to `amount` requests of before are delivered once more, newest
        first."""
        old = list(self.past)[: -int(amount) - 1 : -1]
        self._answer(client, self._take(client))
        self._deliver(old)

    def black_hole(self, client, _):
        """The request is taken and nothing ever comes back, until the client gives up."""
        self._take(client)
        while client.recv(CHUNK):
            pass

    def slow(self, client, amount):
        """The request trickles through at `amount` bytes a second."""
        request = self._take(client)
        with self._upstream() as server:
            step = max(int(amount // 50), 1)
            for at in range(0, len(request), step):
                server.sendall(request[at : at + step])
                time.sleep(step / amount)  # the fault itself
            _pass_on(server, client)

    def stall(self, client, amount):
        """Nothing moves for `amount` seconds, then all passes."""
        request = self._take(client)
        time.sleep(amount)  # the fault itself
        self._answer(client, request)

    def _answer(self, client, request):
        with self._upstream() as server:
            server.sendall(request)
            _pass_on(server, client)
        held, self._held = self._held, []
        self._deliver(held)

    def _deliver(self, requests: list[bytes]) -> None:
        """Whatever they are answered with, nobody hears it."""
        for request in requests:
            with self._upstream() as server:
                server.sendall(request)
                _drain(server)

    def _take(self, client: socket.socket) -> bytes:
        request = _request(client)
        self.past.append(request)
        return request

    def _upstream(self) -> socket.socket:
        server = socket.create_connection(self.target, timeout=PATIENCE)
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return server


def _request(client: socket.socket) -> bytes:
    """One whole request, with the server asked to close after it. OSError if the client gave up."""
    held = b""
    while b"\r\n\r\n" not in held:
        held += _some(client)
    head, _, body = held.partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    named = {k.strip().lower(): v.strip() for k, _, v in (f.partition(b":") for f in fields)}
    while not _complete(named, body):
        body += _some(client)
    kept = [f for f in fields if not f.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", body])


def _complete(named: dict[bytes, bytes], body: bytes) -> bool:
    if named.get(b"transfer-encoding", b"").lower() == b"chunked":
        return body.endswith(b"0\r\n\r\n")
    return len(body) >= int(named.get(b"content-length", b"0"))


def _some(client: socket.socket) -> bytes:
    data = client.recv(CHUNK)
    if not data:
        raise ConnectionAbortedError("the client left in the middle of its request")
    return data


def _pass_on(server: socket.socket, client: socket.socket) -> None:
    while data := server.recv(CHUNK):
        client.sendall(data)


def _drain(server: socket.socket) -> None:
    while server.recv(CHUNK):
        pass


def _reset(side: socket.socket) -> None:
    side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    side.close()
